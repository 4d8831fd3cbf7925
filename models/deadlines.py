"""Deadlines as they are printed, as EDTF (ISO 8601-2), and as the earliest and the latest day they can mean.

Only what is written is read. A day without a year gets its year from the meeting: the first such day that is not before
it. "Neste møte" and "snarest" are deadlines without a date: the text is kept and the EDTF stays None.

Forms seen in minutes and memos, bokmål and nynorsk: ``15.06.2022``, ``22.9.``, ``31.juli``, ``innen 1. desember 2023``,
``innan utgangen av april 2024``, ``i løpet av høsten 2022``, ``første kvartal 2023``, ``1. og 2. halvår 2022``,
``primo 2023``, ``ved årsskiftet``, ``SSU 23. november``, ``fra 1. mai 2025``, ``uke 17 i 2024``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from models.dates import find_dates
from models.words import MONTHS, pattern, sections

SEASONS = {name: code for code, names in sections("deadline_seasons").items() for name in names}
_ORDINALS = {"første": 1, "fyrste": 1, "andre": 2, "annet": 2, "tredje": 3, "fjerde": 4}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>20\d\d)"
_SEASON = "|".join(sorted(SEASONS, key=len, reverse=True))
_SEASON_NAMED = "|".join(name for name in SEASONS if name.endswith(("en", "et")))  # "vår" is a pronoun as well
_NUMBER = rf"(?P<n>[1-4]|{'|'.join(_ORDINALS)})\.?"
_TIMES = re.compile(
    rf"""(?<![\w.])(?:
        (?P<day>\d{{1,2}})\s?\.\s?(?P<month>\d{{1,2}})\s?(?:\.(?!\d)|(?![.\d\w]))          # 22.9.
      | (?P<day2>\d{{1,2}})\.?\s?(?P<name>{_MONTH})\b(?!\.?\s?,?\s?\d{{4}})                # 31.juli
      | (?:(?P<edge>primo|medio|ultimo)\s+)?(?P<monthname>(?!jul\b(?!\.?\s+20))(?:{_MONTH})) # mars 2024, no jul
        \.?(?:\s+(?P<myear>20\d\d))?(?!\w)
      | (?P<edge2>primo|medio|ultimo)\s+(?P<eyear>20\d\d)                   # primo 2023
      | (?P<season>{_SEASON})\s+(?:i\s+)?(?P<syear>20\d\d)                                # høsten 2022
      | (?P<named>{_SEASON_NAMED})(?!\w|\s+(?:i\s+)?20\d\d)                                # høsten
      | {_NUMBER}\s*(?P<part>kvartal|kv\.?|halvår)\s+(?:i\s+|av\s+)?(?P<qyear>20\d\d)  # første kvartal 2023
      | 1\.?\s+og\s+2\.?\s*halvår\s+(?P<hyear>20\d\d)                       # 1. og 2. halvår 2022
      | (?P<turn>årsskiftet)(?:\s+(?P<tyear>20\d\d)\s?/\s?(?:20)?\d\d)?                    # årsskiftet 2022/2023
      | uke\s+(?P<week>\d{{1,2}})\s*(?:i\s+|,\s*)?(?P<wyear>20\d\d)         # uke 17 i 2024
      | (?<=\bav\s)(?P<this>året)\b                                                         # innen utgangen av året
      | {_YEAR}(?!\s?[-–/]\s?\d)\b                                                         # 2025
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# "hver 1. januar og 1. juli": every year, no single day.
_REPEATED = re.compile(
    rf"\b(?:hver|kvar)\s+\d{{1,2}}\.?\s?(?:{_MONTH})\b(?:\s+og\s+\d{{1,2}}\.?\s?(?:{_MONTH})\b)*", re.IGNORECASE
)
_EDGES = {"primo": 1, "medio": 6, "ultimo": 12}


class Deadline(NamedTuple):
    """A deadline in a text: as printed, as EDTF (None where it names no date), and its character offsets."""

    text: str
    edtf: str | None
    start: int
    end: int


class _Time(NamedTuple):
    edtf: str
    start: int
    end: int
    bare: bool
    """A month or a year by itself: a time only behind a word that says so."""


LONGEST = 4_000  # characters of a sentence; the search for what leads to a date grows with the square of them


def find_deadlines(text: str, meeting: str | None = None) -> Iterator[Deadline]:
    """Every deadline in a text, first to last; ``meeting`` is the ISO day that a date without a year is counted from.

    >>> [d.edtf for d in find_deadlines("sendes ut 15.06.2022 og følges opp i SSU 22.9.", "2022-05-19")]
    ['2022-06-15', '2022-09-22']
    >>> found = next(find_deadlines("Kommunene svarer innen 1. desember 2023."))
    >>> found.text, found.edtf
    ('innen 1. desember 2023', '../2023-12-01')
    >>> [d.edtf for d in find_deadlines("i løpet av høsten 2022, fra 1. mai 2025, første kvartal 2023, for 2024")]
    ['2022-23', '2025-05-01/..', '2023-01/2023-03']
    >>> [(d.text, d.edtf) for d in find_deadlines("legges frem i neste møte, altså før jul", "2022-05-19")]
    [('i neste møte', None), ('før jul', None)]
    """
    text = text[:LONGEST]
    found = [Deadline(m[0], None, m.start(), m.end()) for m in _REPEATED.finditer(text)]
    repeated = [(d.start, d.end) for d in found]
    times = (t for t in _times(text, meeting) if not any(start <= t.start < end for start, end in repeated))
    found += [led for time in times if (led := _led(text, time))]
    undated = [Deadline(m[0], None, m.start(), m.end()) for m in _open().finditer(text)]
    found += [d for d in undated if not any(one.start < d.end and d.start < one.end for one in found)]
    yield from sorted(found, key=lambda d: d.start)


def read_deadline(text: str, meeting: str | None = None) -> str | None:
    """The EDTF of a field that holds a deadline, as a column headed "Frist" does; None where it names no single date.

    >>> read_deadline("10.01.25"), read_deadline("april", "2024-12-06"), read_deadline("snarest")
    ('2025-01-10', '2025-04', None)
    """
    times = list(_times(text, meeting))
    found = [d.edtf for time in times if (d := _led(text, time))] or [time.edtf for time in times]
    return found[0] if len(found) == 1 else None


def _led(text: str, time: _Time) -> Deadline | None:
    """A time with the words before it that make it a last day, a first day, or a time within which."""
    for kind in ("by", "from", "before", "after", "within"):
        lead = _lead(kind).search(text, 0, time.start)
        if lead:
            start, edtf = lead.start(), time.edtf
            if kind == "by":
                edtf = f"../{edtf[:7]}-31" if "-12/" in edtf else f"../{edtf.split('/')[-1]}"
            elif kind == "from":
                edtf = f"{edtf.split('/')[0]}/.."
            elif kind == "after":
                edtf = f"{edtf.split('/')[-1]}/.."
            elif kind == "before":
                edtf = _until_before(edtf)
            if time.bare and lead[0].strip().lower() in ("den", "på", "til"):
                return None
            if lead[0].strip().lower() in ("den", "på"):
                start = time.start
            return Deadline(text[start : time.end].strip(), edtf, start, time.end)
    return None if time.bare else Deadline(text[time.start : time.end], time.edtf, time.start, time.end)


def _until_before(edtf: str) -> str:
    """The interval that ends the day before a time begins."""
    first = days(edtf)[0]
    return f"../{date.fromisoformat(first) - timedelta(days=1)}" if first else edtf


@cache
def _lead(kind: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){pattern('deadline_leads', kind).pattern}\s*:?\s*(?:\w+dag\s+)?(?:den\s+)?$", re.IGNORECASE
    )


@cache
def _open() -> re.Pattern[str]:
    body = pattern("open_deadlines", "any").pattern.replace(r"\w*", r"\w+")
    return re.compile(rf"(?<!\w){body}(?!\w)", re.IGNORECASE)


# --- times -----------------------------------------------------------------------------------------------------------


def _times(text: str, meeting: str | None) -> Iterator[_Time]:
    whole = list(find_dates(text))
    yield from (_Time(found.day, found.start, found.end, False) for found in whole)
    for match in _TIMES.finditer(text):
        if any(found.start < match.end() and match.start() < found.end for found in whole):
            continue
        edtf = _edtf(match, meeting)
        if edtf:
            bare = match["year"] or match["this"] or match["named"] or (match["monthname"] and not match["edge"])
            yield _Time(edtf, match.start(), match.end(), bool(bare))


def _edtf(match: re.Match[str], meeting: str | None) -> str | None:
    found = match.groupdict()
    if day := found["day"] or found["day2"]:
        month = int(found["month"]) if found["month"] else MONTHS[found["name"].lower()]
        return _next_day(int(day), month, meeting)
    if found["monthname"]:
        return _next_month(MONTHS[found["monthname"].lower()], found["myear"], meeting)
    if found["eyear"]:
        return f"{found['eyear']}-{_EDGES[found['edge2'].lower()]:02d}"
    if found["syear"]:
        return f"{found['syear']}-{SEASONS[found['season'].lower()]}"
    if found["named"]:
        return _next_season(SEASONS[found["named"].lower()], meeting)
    if found["qyear"]:
        return _part(found["n"], found["part"], found["qyear"])
    if found["hyear"]:
        return f"{found['hyear']}-01/{found['hyear']}-12"
    return _edtf_of_year(found, meeting)


def _edtf_of_year(found: dict[str, str], meeting: str | None) -> str | None:
    """Times that are told by their year, or by a turn of the year."""
    if found["turn"]:
        year = found["tyear"] or (meeting or "")[:4]
        return f"{year}-12/{int(year) + 1}-01" if year else None
    if found["wyear"]:
        return _week(int(found["wyear"]), int(found["week"]))
    if found["this"]:
        return (meeting or "")[:4] or None
    return found["year"] if found["year"] >= (meeting or "")[:4] else None


def _next_day(day: int, month: int, meeting: str | None) -> str | None:
    """The first such day that is not before the meeting."""
    if meeting is None:
        return None
    for year in (int(meeting[:4]), int(meeting[:4]) + 1):
        try:
            found = date(year, month, day).isoformat()
        except ValueError:
            continue
        if found >= meeting:
            return found
    return None


def _next_month(month: int, year: str | None, meeting: str | None) -> str | None:
    if year:
        return f"{year}-{month:02d}"
    if meeting is None:
        return None
    return f"{int(meeting[:4]) + (month < int(meeting[5:7]))}-{month:02d}"


def _next_season(season: str, meeting: str | None) -> str | None:
    """The first such season that is not over at the meeting."""
    if meeting is None:
        return None
    over = sections("season_days")[season][1] < meeting[5:]
    return f"{int(meeting[:4]) + over}-{season}"


def _part(number: str, part: str, year: str) -> str | None:
    n, size = _ORDINALS.get(number.lower()) or int(number), 6 if part.lower() == "halvår" else 3
    return f"{year}-{(n - 1) * size + 1:02d}/{year}-{n * size:02d}" if n * size <= 12 else None


def _week(year: int, week: int) -> str | None:
    try:
        return f"{date.fromisocalendar(year, week, 1)}/{date.fromisocalendar(year, week, 7)}"
    except ValueError:
        return None


# --- days ------------------------------------------------------------------------------------------------------------


def days(edtf: str | None) -> tuple[str | None, str | None]:
    """The earliest and the latest day that a deadline can mean, as ISO days; None where it is open to that side.

    >>> days("2022-06-15"), days("2024-02"), days("../2024-04"), days("2025-05-01/..")
    (('2022-06-15', '2022-06-15'), ('2024-02-01', '2024-02-29'), (None, '2024-04-30'), ('2025-05-01', None))
    >>> days("2022-23"), days("2023-01/2023-03"), days("2025"), days(None)
    (('2022-08-01', '2022-12-31'), ('2023-01-01', '2023-03-31'), ('2025-01-01', '2025-12-31'), (None, None))
    """
    if not edtf:
        return None, None
    first, _, last = edtf.partition("/")
    return _edge(first, 0), _edge(last or first, 1)


def _edge(point: str, side: int) -> str | None:
    """The first (``side`` 0) or last (1) day of one point of EDTF."""
    if point in ("", ".."):
        return None
    year, *rest = point.split("-")
    if not rest:
        return f"{year}-{('01-01', '12-31')[side]}"
    if rest[0] in sections("season_days"):
        return f"{year}-{sections('season_days')[rest[0]][side]}"
    if len(rest) == 2:
        return point
    return f"{point}-{(1, monthrange(int(year), int(rest[0]))[1])[side]:02d}"
