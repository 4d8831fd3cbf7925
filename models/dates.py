"""Norwegian dates and times of day as they stand in heads of documents.

Only what is written is read: a date without a year stays without one (None here), two dates are two candidates.

The grammar was drawn from public meeting documents: ``22.09.22``, ``07.oktober 2022``, ``torsdag 19. februar 2009``,
``2022-09-22``, ``09-09-22``; ``kl. 13.30-15.30``, ``kl 12-15``, ``10:00 – 14:00``, ``0900-1400``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.words import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    rf"""
    (?<![\d.,/-])(?:
        (?P<iso>\d{{4}})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)              # 2022-09-22
      | (?P<day>\d{{1,2}})\s?(?:(?P<dot>\.)|(?P<slash>/)|-)\s?(?P<month>\d{{1,2}})\s?           # 22.09.22, 09-09-22
        (?(dot)\.[-–]?|(?(slash)[/.-]|-))\s?(?P<year>\d{{4}}|\d{{2}})                         # 15/5-19, 5.5.-19
      | (?P<day2>\d{{1,2}})\.?\s?(?:ste\s)?(?P<name>{_MONTH})\.?\s?,?\s?(?P<year2>\d{{4}})     # 07.oktober 2022
    )(?![\d/]|\.\d|-\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = r"(?P<{0}>[01]?\d|2[0-4])(?:[.:]?(?P<{0}_minute>[0-5]\d))?"
TIMES = re.compile(
    rf"""
    (?:\b(?:kl|klokka|klokken|tid)\b\.?\s*:?\s*|(?P<bare>(?<![\d.:])(?=\d{{1,2}}[.:]?\d\d\s*[-–—]\s*\d{{1,2}}[.:]?\d\d(?![.\d]))))
    {_CLOCK.format("start")}
    (?:\s*(?:-|–|—|til)\s*(?:(?:kl|klokka|klokken)\.?:?\s*)?{_CLOCK.format("end")}(?![\d]))?
    (?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Found(NamedTuple):
    """A date in a text: ISO day, and where it stands (character offsets)."""

    day: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[Found]:
    """Every whole date in a text, first to last. Two-digit years are 2000 to 2068 and 1969 to 1999, as POSIX has it.

    >>> [found.day for found in find_dates("Møte torsdag 19. februar 2009, ref. 22.9.22 og 09-09-22")]
    ['2009-02-19', '2022-09-22', '2022-09-09']
    >>> list(find_dates("sak 2022.29, perioden 2021-2022, 31.02.2022, 16. april, kl 9-11.30"))
    []
    """
    for match in DATE.finditer(text):
        day = _day(match)
        if day:
            yield Found(day.isoformat(), match.start(), match.end())


def _day(match: re.Match[str]) -> date | None:
    found = match.groupdict()
    if found["iso"]:
        parts = int(found["iso"]), int(found["iso_month"]), int(found["iso_day"])
    elif found["day"]:
        parts = _year(found["year"]), int(found["month"]), int(found["day"])
    else:
        parts = _year(found["year2"]), MONTHS[found["name"].lower()], int(found["day2"])
    try:
        return date(*parts)
    except ValueError:
        return None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 69 else 1900)


def only_date(text: str) -> str | None:
    """The date of a text that holds exactly one; None where there is none or more than one.

    >>> only_date("Dato: 22.09.22"), only_date("19.05.22 eller 20.05.22")
    ('2022-09-22', None)
    """
    days = {found.day for found in find_dates(text)}
    return days.pop() if len(days) == 1 else None


# Behind "14.": "desember", "og 15. desember", "– 15. desember", "12. 2031".
_REST_OF_DAY = re.compile(
    rf"(?:(?:og|eller|til|samt|[-–])\s*\d{{1,2}}\.\s*)?(?:(?P<name>{_MONTH})(?!\w)|\d{{1,2}}\.\s?(?:19|20)\d\d(?!\d))",
    re.IGNORECASE,
)


def makes_a_day(rest: str) -> bool:
    """Whether what stands behind a number with a full stop makes a date of it, rather than a point of a list.

    A month that begins a title with a capital and a hyphen is none.

    >>> [makes_a_day(rest) for rest in ("desember 2031", "Desember.", "og 15. mai", "– 2. mars", "12. 2031", "12.2031")]
    [True, True, True, True, True, True]
    >>> [makes_a_day(rest) for rest in ("Desember-møtet", "Maiken svarer", "12 kommuner", "12.10 Åpning", "og videre")]
    [False, False, False, False, False]
    """
    match = _REST_OF_DAY.match(rest)
    if match is None:
        return False
    return not (match["name"] and match["name"][0].isupper() and rest[match.end() :].startswith("-"))


_WEEKDAY = r"(?:(?:man|tirs|ons|tors|fre|lør|søn|mån|tys|laur|sun)dag(?:en)?\s+(?:den\s+)?)?"
# What stands before the last of several days: "14.–" of "14.–15. juni 2023", "30. mai til" of "30. mai til 1. juni".
_FIRST = re.compile(
    rf"""(?<![\d./-])(?P<day>\d{{1,2}})
    (?:\.\s?(?P<month>\d{{1,2}})\.?(?=\s*[-–—])|\.?\s*(?P<name>{_MONTH})\.?|(?P<dot>\.)|(?=[-–—]\d|\s+og\s))
    \s*(?:[-–—]|og|til)\s*{_WEEKDAY}$""",
    re.VERBOSE | re.IGNORECASE,
)
_SPANS = re.compile(rf"\s*,?\s*(?:[-–—]|og|til)\s*{_WEEKDAY}(?:\S+\s*kl\.?\s*[\d.:–-]+\s*)?", re.IGNORECASE)


def first_day(text: str) -> Found | None:
    """The only date of a text; of a meeting on several days the first of them.

    >>> [first_day(t).day for t in ("14.–15. juni 2023", "onsdag 14. og torsdag 15.06.2023", "30. mai - 1. juni 2023")]
    ['2023-06-14', '2023-06-14', '2023-05-30']
    >>> first_day("14.06.23 - 15.06.23").day, first_day("19.05.22 eller 20.05.22"), first_day("Møte 4 – 15.06.23").day
    ('2023-06-14', None, '2023-06-15')
    """
    text = re.sub(r"(?<=\d\.)-(?=\d)", "–", text)
    found = list(find_dates(text))
    if not found:
        return None
    if len(found) == 2 and _SPANS.fullmatch(text[found[0].end : found[1].start]) and found[0].day < found[1].day:
        return Found(found[0].day, found[0].start, found[1].end)
    if len({one.day for one in found}) > 1:
        return None
    match = _FIRST.search(text, 0, found[0].start)
    first = _day_before(match, date.fromisoformat(found[0].day)) if match else None
    return Found(first, match.start(), found[0].end) if match and first else found[0]


def _day_before(match: re.Match[str], last: date) -> str | None:
    month = int(match["month"]) if match["month"] else MONTHS[match["name"].lower()] if match["name"] else last.month
    try:
        first = date(last.year - (month > last.month), month, int(match["day"]))
    except ValueError:
        return None
    return first.isoformat() if first < last else None


class Hours(NamedTuple):
    """From when to when, as ``HH:MM``; ``end`` is None where only the start is written."""

    start: str
    end: str | None
    text_start: int
    text_end: int


def find_hours(text: str) -> Hours | None:
    """The first time of day, or stretch of the day, in a text.

    >>> find_hours("22.09.22, kl. 13.30-15.30")[:2], find_hours("kl 12-15")[:2], find_hours("Tid: 10:00 – 14:00")[:2]
    (('13:30', '15:30'), ('12:00', '15:00'), ('10:00', '14:00'))
    >>> find_hours("mandag kl. 9")[:2], find_hours("0900-1400")[:2], find_hours("perioden 2021-2022")
    (('09:00', None), ('09:00', '14:00'), None)
    """
    for match in TIMES.finditer(text):
        start, end = _clock(match, "start"), _clock(match, "end")
        years = re.search(r"(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d", match[0])  # 2021-2022 is no time of day
        if start and not (match["bare"] is not None and (years or not end or end <= start)):
            return Hours(start, end, match.start(), match.end())
    return None


def _clock(match: re.Match[str], name: str) -> str | None:
    if match[name] is None:
        return None
    hour, minute = int(match[name]), int(match[f"{name}_minute"] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 else None
