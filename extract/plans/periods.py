"""The period of a measure as EDTF (ISO 8601-2), where what is printed is a date; "Kontinuerlig" stays text.

Forms seen in plans: "2025", "2024-2025", "2021-22", "2025-", "Våren 2023", "1. kvartal 2024", "01.01.2024-31.12.2025",
"januar 2024 – juni 2025", "innen 1. desember 2025", "ut 2026", "fra høsten 2024".
"""

from __future__ import annotations

import re

from models.dates import find_dates
from models.words import MONTHS

_SEASONS = {"vår": "21", "sommer": "22", "sommar": "22", "høst": "23", "haust": "23", "vinter": "24"}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SEASON = re.compile(rf"(?P<name>{'|'.join(_SEASONS)})(?:en|a|parten|semesteret)?\s+(?:i\s+)?{_YEAR}", re.IGNORECASE)
_MONTH = re.compile(rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?\s+{_YEAR}", re.IGNORECASE)
_QUARTER = re.compile(rf"(?:Q(?P<q>[1-4])|(?P<n>[1-4])\.?\s*(?:kvartal|kv\.?))\s+{_YEAR}", re.IGNORECASE)
_HALF = re.compile(rf"(?P<n>[12])\.?\s*(?:halvår|halvdel(?:\s+av)?)\s+{_YEAR}", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:[-–—]|\btil\b|\bog med\b)\s*")
_UNTIL = re.compile(
    r"(?:innen|innan|frist\s*:?|til og med|t\.?o\.?m\.?|ut|utgangen av|til|senest)\s+(?:utgangen av\s+)?", re.IGNORECASE
)
_FROM = re.compile(r"(?:fra|frå|f\.?o\.?m\.?|fra og med|frå og med|oppstart|start)\s+(?:og med\s+)?", re.IGNORECASE)


def read_period(text: str) -> str | None:
    """The period as EDTF, or None where the text as a whole is not one date or one interval.

    >>> [read_period(t) for t in ("2025", "2024-2025", "2025-", "2021-22", "Våren 2023", "Kontinuerlig", "Fast utvalg")]
    ['2025', '2024/2025', '2025/..', '2021/2022', '2023-21', None, None]
    >>> [read_period(t) for t in ("innen 1. desember 2025", "fra høsten 2024", "ut 2026", "1. kvartal 2024")]
    ['../2025-12-01', '2024-23/..', '../2026', '2024-33']
    >>> read_period("januar 2024 – juni 2025"), read_period("01.01.24-31.12.25"), read_period("2026-2024")
    ('2024-01/2025-06', '2024-01-01/2025-12-31', None)
    """
    text = re.sub(r"\s+", " ", text).strip(" .;:")
    point = _point(text)
    if point:
        return point
    until, since = _UNTIL.match(text), _FROM.match(text)
    if until and (point := _point(text[until.end() :])):
        return f"../{point}"
    if since:
        text = text[since.end() :]
        if point := _point(text):
            return f"{point}/.."
    return _interval(text)


def _interval(text: str) -> str | None:
    for dash in _DASH.finditer(text):
        start, rest = _point(text[: dash.start()]), text[dash.end() :]
        if not start:
            continue
        if not rest:
            return f"{start}/.."
        end = _point(_whole_year(rest, start))
        if end and end[:4] >= start[:4]:
            return f"{start}/{end}"
    return None


def _whole_year(text: str, start: str) -> str:
    """The short year of "2021-22" written out."""
    return start[:2] + text if re.fullmatch(r"\d\d", text) and len(start) == 4 else text


def _point(text: str) -> str | None:
    """One day, month, season, quarter, half-year or year (EDTF codes 21-24, 33-36, 40-41 for parts of a year)."""
    text = text.strip(" .")
    if re.fullmatch(_YEAR, text):
        return text
    if found := _SEASON.fullmatch(text):
        return f"{found['year']}-{_SEASONS[found['name'].lower()]}"
    if found := _MONTH.fullmatch(text):
        return f"{found['year']}-{MONTHS[found['name'].lower()]:02d}"
    if found := _QUARTER.fullmatch(text):
        return f"{found['year']}-{32 + int(found['q'] or found['n'])}"
    if found := _HALF.fullmatch(text):
        return f"{found['year']}-{39 + int(found['n'])}"
    days = list(find_dates(text))
    return days[0].day if len(days) == 1 and (days[0].start, days[0].end) == (0, len(text)) else None
