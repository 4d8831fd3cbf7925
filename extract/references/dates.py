"""Days, months and seasons by which a text names another meeting: "22.9.22", "SSU 22.9.", "i november", "høsten 2024".

The year that is not written is taken from the document's own date: what lies ahead is the first such day after it, what
lies behind the last before it. Without a date to count from, a day without a year stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.dates import find_dates
from models.words import MONTHS, sections

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
SEASONS = {word: int(code) for code, words in sections("deadline_seasons").items() for word in words}
_SEASON = "|".join(sorted(SEASONS, key=len, reverse=True))
PARTIAL = re.compile(
    rf"""
    (?<![\w.,/-])(?:
        (?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.?(?![\d/-]|\.\d)           # 22.9.
      | (?P<day2>\d{{1,2}})\.\s?(?P<name>{_MONTH})(?!\w)                         # 16. november
      | (?P<alone>(?!jul\b)(?:{_MONTH}))(?!\w)(?:\s+(?P<year>(?:19|20)\d\d)(?!\d|\.\d))?        # i november, mars 2024
      | (?P<season>{_SEASON})(?!\w)(?:\s+(?P<season_year>(?:19|20)\d\d)(?!\d|\.\d))?   # høsten 2024
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


class When(NamedTuple):
    """A date as printed: where it stands (character offsets) and what is written of it."""

    start: int
    end: int
    year: int | None
    month: int
    """1 to 12, or a season as in EDTF: 21 spring, 22 summer, 23 autumn, 24 winter."""
    day: int | None


def find_whens(text: str) -> Iterator[When]:
    """Every date of a text, whole ones first, then those of which something is left out.

    >>> [when[2:] for when in find_whens("SSU 22.9.22, SSU 22.9., 16. november, i mars 2024 og høsten 2025")]
    [(2022, 9, 22), (None, 9, 22), (None, 11, 16), (2024, 3, None), (2025, 23, None)]
    >>> list(find_whens("sak 2022.13, 4.25 prosent, delavtale 11.3.1"))
    []
    """
    whole = list(find_dates(text))
    for found in whole:
        day = date.fromisoformat(found.day)
        yield When(found.start, found.end, day.year, day.month, day.day)
    for match in PARTIAL.finditer(text):
        if not any(found.start < match.end() and match.start() < found.end for found in whole):
            when = _partial(match)
            if when.month in range(1, 13) or when.month in SEASONS.values():
                yield when


def _partial(match: re.Match[str]) -> When:
    at = match.span()
    if match["season"]:
        return When(*at, _number(match["season_year"]), SEASONS[match["season"].lower()], None)
    if match["alone"]:
        return When(*at, _number(match["year"]), MONTHS[match["alone"].lower()], None)
    month = int(match["month"]) if match["month"] else MONTHS[match["name"].lower()]
    return When(*at, None, month, int(match["day"] or match["day2"]))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def settled(when: When, base: str | None, *, ahead: bool) -> str | None:
    """A date as EDTF, its missing year counted from ``base`` (an ISO day); None where that cannot be told.

    ``ahead``: the text speaks of what is to come.

    >>> day, autumn = (next(find_whens(text)) for text in ("SSU 22.9.", "høsten"))
    >>> settled(day, "2022-05-19", ahead=True), settled(day, "2022-11-01", ahead=True), settled(day, None, ahead=True)
    ('2022-09-22', '2023-09-22', None)
    >>> settled(day, "2022-05-19", ahead=False), settled(autumn, "2022-05-19", ahead=True)
    ('2021-09-22', '2022-23')
    """
    if when.year is not None:
        return _edtf(when.year, when)
    if base is None:
        return None
    year = int(base[:4])
    years = (year, year + 1) if ahead else (year, year - 1)
    written = [edtf for one in years if (edtf := _edtf(one, when))]
    return next((edtf for edtf in written if (is_after(edtf, base) if ahead else not is_after(edtf, base))), None)


def _edtf(year: int, when: When) -> str | None:
    if when.day is None:
        return f"{year}-{when.month:02d}"
    try:
        return date(year, when.month, when.day).isoformat()
    except ValueError:
        return None


def is_after(edtf: str, base: str) -> bool:
    """Whether a day, month or season ends after an ISO day; of a month, the one that the day lies in does not.

    >>> is_after("2022-09-22", "2022-09-22"), is_after("2022-11", "2022-09-22"), is_after("2022-23", "2022-09-22")
    (False, True, True)
    """
    month = int(edtf[5:7])
    if month > 12:
        return f"{edtf[:4]}-{min((month - 20) * 3 + 2, 12):02d}" > base[:7]
    return edtf > base[: len(edtf)]
