"""The grammar of Norwegian case numbers, and what merely looks like one.

Forms seen in public documents: ``2022.26``, ``33/09``, ``Sak 53/2011``, ``Sak nr.: 62/12``, ``PS 6/26``,
``FS-36/13``, ``Sak STY 30/03``, ``Sak 02-14``, ``07 – 2022``, ``V-SAK 1``. An archive number (``05/1476``,
``2014/1234``), a date and a sum of money are none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from models.layout import Table
from models.words import pattern

_WORD = pattern("case_words", "any").pattern
_KEYWORD = rf"(?P<keyword>{_WORD}s?(?:[\s-]?(?:nr|nummer|no))?\.?\s*:?|nr\.?)"
_PREFIX = r"(?P<prefix>(?-i:[A-ZÆØÅ]{1,6})(?:[-–]?sak)?(?=[\s.:–-]*\d)[\s.:–-]{0,3})"
_KIND = r"(?:[-–](?-i:[A-ZÆØÅ])(?=\s|$))?"
NUMBER = re.compile(
    rf"""
    \s*(?:{_KEYWORD}\s*)?(?:{_PREFIX})?
    (?P<number>
        (?P<dotted>(?:19|20)\d\d\s?\.\s?\d{{1,3}})                     # 2022.26, 2022. 31
      | (?P<year_first>(?:19|20)\d\d\s?/\s?\d{{1,3}})                  # 2014/15
      | (?P<slashed>\d{{1,4}}(?:\.\d{{1,2}})?\s?/\s?(?:(?:19|20)\d\d|\d\d)){_KIND} # 33/09, 53/2011, 7.1/07, 14/21-O
      | (?P<dashed>\d{{1,3}}\s?[-–]\s?(?:(?:19|20)\d\d|\d\d))          # 02-14, 07 – 2022
      | (?P<levels>(?!\d\d?\.\d\d?\.\d\d\b)\d{{1,2}}(?:\.[1-9]\d?){{1,3}}) # Sak 4.2; no day
      | (?P<running>\d{{1,3}})                                         # V-SAK 1
    )
    (?![\w/]|[.,]\d|\s?[-–]\s?\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "Sak 1", "O-sak 3": a running number counts only behind such a word.
_RUNNING_PREFIX = re.compile(r"[A-ZÆØÅ]{1,3}[-–]\s?SAK", re.IGNORECASE)
# "50/50": where neither part is a year, the two stand for shares.
_YEARS = {*range(37), *range(80, 100)}
# "6/07 05/1476 Skolekretser", "92/15 15/914": an archive number behind the case number, by year and running number.
_ARCHIVE = re.compile(r"\s*[(\[]?(?P<year>(?:19|20)?\d\d)/(?P<running>\d{1,6})(?:-\d{1,4})?(?![\w/])[)\]]?")
# "30/15 38/15", "62/08, 61/08 og 63/08": numbers in a row are the range of a meeting, or the order of treatment.
_MORE_NUMBERS = re.compile(
    r"(?:\s*(?:,|;|og|til|t\.o\.m\.|tom|samt|[-–])?\s*(?:sak\s*)?\d{1,4}/(?:\d{4}|\d\d)(?!\d))+\s*[.:]?\s*", re.I
)


_PARTS = re.compile(r"(?P<first>\d+(?:\.\d+)?(?=[/–-])|\d{4}(?=\.))(?P<sign>[./–-])(?P<last>\d+)")
# "14/21-O": the letter for its kind behind a number is no part of the series.
_LETTER = re.compile(r"(?<=/\d\d)[-–][A-ZÆØÅ]$|(?<=/\d{4})[-–][A-ZÆØÅ]$")


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
    >>> read_case_number("14/21-O Orientering om ventetider").number, read_case_number("14/21 - Orientering").number
    ('14/21-O', '14/21')
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
    named = bool(keyword or prefix)
    if match["dashed"] and not (named or column):
        return None
    if match["levels"] and (prefix or not keyword):
        return None
    if match["year_first"] and not keyword and _is_school_year(match["year_first"]):
        return None
    if match["running"] and not (column or _RUNNING_PREFIX.fullmatch(prefix) or (keyword and not prefix)):
        return None
    if match["slashed"] and not (named or column) and not _is_year(match["slashed"]):
        return None
    number = re.sub(r"[\s:]", "", prefix) + re.sub(r"\s", "", match["number"])
    return CaseNumber(number, match.end(), named)


def _is_school_year(text: str) -> bool:
    """
    >>> _is_school_year("2022/23"), _is_school_year("2014/19")
    (True, False)
    """
    year, other = re.sub(r"\s", "", text).split("/")
    return int(other) == (int(year) + 1) % 100


def _is_year(text: str) -> bool:
    """Whether a part could be a year; "1/2", "26/4" and "50/50" are a fraction, a day and a share."""
    left, right = re.sub(r"\s", "", text).split("/")
    return len(right) == 4 or (len(right) == 2 and (int(right) in _YEARS or (left.isdigit() and int(left) in _YEARS)))


def archive_length(rest: str, number: str) -> int:
    """How much of what follows a case number is the archive number beside it.

    Its running number has three figures or more, or it begins with the year that the case number ends in.

    >>> archive_length(" 05/1476 Skolekretser", "6/07"), archive_length(" 15/88 Skolekretser", "92/15")
    (8, 6)
    >>> archive_length(" 7/15 er utsatt", "92/15"), archive_length(" 2024/25 barnehager", "92/15")
    (0, 0)
    """
    match = _ARCHIVE.match(rest)
    if not match:
        return 0
    same_year = number.endswith(match["year"][-2:]) and "/" in number
    return match.end() if len(match["running"]) > 2 or same_year else 0


def goes_on_with_numbers(rest: str) -> bool:
    """Whether nothing but further case numbers follow one: a range, or the order in which cases were treated.

    >>> goes_on_with_numbers(" 38/15"), goes_on_with_numbers(", 61/08 og 63/08"), goes_on_with_numbers(" Budsjett")
    (True, True, False)
    """
    return bool(_MORE_NUMBERS.fullmatch(rest))


def same_series(first: str, second: str) -> bool:
    """Whether two numbers could be of one body's series: they share what stands before the figures, and the year.

    >>> same_series("PS6/26", "PS7/26"), same_series("24/57", "24/58"), same_series("7/07", "06/88")
    (True, True, False)
    """
    one, other = re.findall(r"\d+", first), re.findall(r"\d+", second)
    prefixes = [re.match(r"\D*", number) for number in (first, second)]
    return (one[0] == other[0] or one[-1] == other[-1]) and prefixes[0][0] == prefixes[1][0]  # type: ignore[index]


def canonical(number: str) -> str:
    """A case number as every spelling of it is kept: "PS 06/26" in a list is "6/2026" in the treatment.

    The year has two figures behind the running number, no zeros fill up the running number, and the prefix of a body's
    main series is left out. Series of their own keep theirs: RS 4/26 is another case than PS 4/26.

    >>> [canonical(n) for n in ("PS6/26", "6/2026", "042/16", "07–2022", "2022.07", "2014/15", "RS4/26", "V-SAK1")]
    ['6/26', '6/26', '42/16', '7-22', '2022.7', '2014/15', 'RS4/26', 'V-SAK1']
    >>> canonical("14/21-O")
    '14/21'
    """
    prefix = (re.match(r"\D*", number) or [""])[0]
    kept = "" if pattern("case_series", "main").fullmatch(prefix.strip("-–. ")) else prefix
    figures = _PARTS.fullmatch(_LETTER.sub("", number[len(prefix) :]))
    if not figures:
        return number
    first, sign, last = figures["first"].lstrip("0") or "0", figures["sign"].replace("–", "-"), figures["last"]
    if int(first.split(".")[0]) >= 1900:
        return f"{kept}{first}{sign}{int(last)}"
    century = last[:2] == ("20" if int(last[-2:]) < 69 else "19")
    return f"{kept}{first}{sign}{last[-2:] if len(last) == 4 and century else last}"


def holds_case_numbers(table: Table) -> bool:
    """Whether some row of a table begins with a case number: a list of cases, or the head of a memo."""
    return any(row.cells and read_case_number(row.cells[0].text.split("\n")[0]) for row in table.rows)
