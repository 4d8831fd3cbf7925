"""The grammar of Norwegian case numbers, and what merely looks like one.

Forms seen in public documents: ``2022.26``, ``33/09``, ``Sak 53/2011``, ``Sak nr.: 62/12``, ``PS 6/26``,
``FS-36/13``, ``Sak STY 30/03``, ``Sak 02-14``, ``07 – 2022``, ``V-SAK 1``. An archive number (``05/1476``,
``2014/1234``), a date and a sum of money are none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from models.layout import Table

_KEYWORD = r"(?P<keyword>(?:styre|møte|utvalgs|utvals|vedtaks)?sak(?:s?\s?(?:nr|nummer))?\.?\s*:?|nr\.?)"
_PREFIX = r"(?P<prefix>[A-ZÆØÅ]{1,6}(?:[-–]?[Ss][Aa][Kk])?(?=[\s.:-]*\d)[\s.:-]{0,3})"
NUMBER = re.compile(
    rf"""
    \s*(?:{_KEYWORD}\s*)?(?:{_PREFIX})?
    (?P<number>
        (?P<dotted>(?:19|20)\d\d\s?\.\s?\d{{1,3}})                     # 2022.26, 2022. 31
      | (?P<year_first>(?:19|20)\d\d\s?/\s?\d{{1,3}})                  # 2014/15
      | (?P<slashed>\d{{1,4}}(?:\.\d{{1,2}})?\s?/\s?(?:(?:19|20)\d\d|\d\d)) # 33/09, 53/2011, 7.1/07
      | (?P<dashed>\d{{1,3}}\s?[-–]\s?(?:(?:19|20)\d\d|\d\d))          # 02-14, 07 – 2022
      | (?P<running>\d{{1,3}})                                         # V-SAK 1
    )
    (?![\w/]|[.,]\d|\s?[-–]\s?\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "Sak 1", "O-sak 3": a running number counts only behind such a word.
_RUNNING_PREFIX = re.compile(r"[A-ZÆØÅ]{1,3}[-–]\s?SAK", re.IGNORECASE)


class CaseNumber(NamedTuple):
    """A number as printed without blanks and the word "sak", and the offset of what follows it."""

    number: str
    end: int
    named: bool
    """The word "sak" or a series prefix stands before it."""


def read_case_number(text: str, *, column: bool = False) -> CaseNumber | None:
    """The case number that a text begins with.

    ``column``: the text comes from a column of case numbers, where forms count that elsewhere could be a date, a range
    or a list label ("02-14", "7").

    >>> [read_case_number(t).number for t in ("2022. 31", "Sak nr.: 62/12 Budsjett", "PS 6/26 Reglement", "V-SAK 1")]
    ['2022.31', '62/12', 'PS6/26', 'V-SAK1']
    >>> [read_case_number(t) for t in ("22.09.22", "15.06.2022", "05/1476", "2 vedlegg", "2021-2022", "10/12-15/12")]
    [None, None, None, None, None, None]
    >>> read_case_number("02-14"), read_case_number("02-14", column=True).number, read_case_number("Sak 02-14 X").number
    (None, '02-14', '02-14')
    """
    match = NUMBER.match(text)
    if not match:
        return None
    keyword, prefix = match["keyword"] or "", (match["prefix"] or "").strip(" .:")
    if keyword.lower().startswith("nr") and not column:
        return None
    if prefix and not prefix[:1].isupper():
        return None
    named = bool(keyword or prefix)
    if match["dashed"] and not (named or column):
        return None
    if match["running"] and not (column or _RUNNING_PREFIX.fullmatch(prefix) or (keyword and not prefix)):
        return None
    if match["slashed"] and _is_fraction(match["slashed"], named or column):
        return None
    number = re.sub(r"[\s:]", "", prefix) + re.sub(r"\s", "", match["number"])
    return CaseNumber(number, match.end(), named)


def _is_fraction(text: str, named: bool) -> bool:
    """A slashed number that is a day and month or a fraction ("1/2", "26/4"), unless it is named as a case."""
    right = re.sub(r"\s", "", text).split("/")[1]
    return not named and len(right) < 2


def sort_key(number: str) -> tuple[int, int, str]:
    """Year and running number, for lists in the order of the series.

    >>> sorted(["2022.10", "2022.9", "12/23", "3/2023"], key=sort_key)
    ['2022.9', '2022.10', '3/2023', '12/23']
    """
    digits = [int(part) for part in re.findall(r"\d+", number)]
    if len(digits) < 2:
        return (0, digits[0] if digits else 0, number)
    first, last = digits[0], digits[-1]
    year, running = (first, last) if first >= 1900 else (last, first)
    return (year + 2000 if year < 69 else year, running, number)


def holds_case_numbers(table: Table) -> bool:
    """Whether some row of a table begins with a case number: a list of cases, or the head of a memo."""
    return any(row.cells and read_case_number(row.cells[0].text.split("\n")[0]) for row in table.rows)
