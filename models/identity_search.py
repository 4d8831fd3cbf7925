"""Identity numbers in text, however they are spelled, and the text without them.

Seen or to be expected: ``DDMMYYNNNNN``, ``DDMMYY NNNNN``, ``DD.MM.YY-NNNNN``, ``DD.MM.YYYY NNNNN``, digits spread out
one by one, digits of other scripts, soft hyphens and blanks of any width between them, and a number that the end of a
line or of a table cell cuts anywhere. What else has eleven digits is left alone: an account number by its grouping
(``1234.56.78901``) or by the word before it, and anything with other control digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from models.identity_numbers import LENGTH, birth_year, is_identity_number
from models.words import pattern

MASK = "█"
"""Stands for each digit of a number, so that a text keeps its length and looks like the black box on the page."""

_NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_NOTHING}]")
_LINE_ENDS = "\n\r\x0b\x0c\u2028\u2029"
_SIGN = r"(?:[^\w\n,;+%]|_)"
"""What may stand between two groups of digits; not what makes a list, a decimal or a sum of them."""
_INLINE = re.compile(rf"{_SIGN}{{1,3}}")
_BREAK = re.compile(rf"{_SIGN}{{0,4}}(?:\n{_SIGN}{{0,4}}){{1,3}}")
_TOKEN = re.compile(r"\d+")

ALWAYS = frozenset({(), (6,), (2, 4, 6)})
"""Where a number may be cut into groups: "010199 12345" is cut at 6. An account number's 4 and 6 is not among them."""
ALONE = frozenset({(6, 9), (2, 4, 6, 9), (6, 8), (8,), (9,)})
"""Cuts that a date and a telephone number make together: only where no further digits precede or follow."""
EVEN = frozenset({(3, 6), (3, 6, 9), (4, 8), (2, 4, 6, 8), (2, 4, 6, 8, 10), tuple(range(1, LENGTH)), (6, 7, 8, 9, 10)})
"""Cuts that other numbers have too: only where, besides, the same sign stands at each of them."""
BIRTH_DATES = frozenset({(2, 2, 4), (1, 2, 4), (2, 1, 4), (1, 1, 4), (1, 2, 2), (2, 1, 2), (1, 1, 2), (4, 2, 2), (8,)})
"""Lengths of the groups of a date that is not DDMMYY: "1.1.1999", "1999-01-01", "01011999"."""
LOOK_BACK = 60
"""Characters before a number in which a word says what it is."""
FILLER = 25
"""Characters between such a word and the number: "kontonr. i DNB: …"."""


class Span(NamedTuple):
    """Where a number stands in a text, in characters; ``end`` is behind its last digit."""

    start: int
    end: int


class _Group(NamedTuple):
    """Digits without anything between them; ``gap`` is what stands before them, None where that parts numbers."""

    digits: str
    start: int
    end: int
    gap: str | None


def identity_numbers(text: str, *, accounts: bool = False) -> list[Span]:
    """The identity numbers in a text, first to last, not overlapping; a line break may stand in the middle of one.

    ``accounts``: the text stands under a heading such as "Kontonummer", so that eleven digits in one are none.

    >>> text = "Født 018101-12332, fnr.: 0 1 8 1 0 1 1 2 3 3 2"
    >>> [text[start:end] for start, end in identity_numbers(text)]
    ['018101-12332', '0 1 8 1 0 1 1 2 3 3 2']
    >>> identity_numbers("Konto 01810112332, 0181.01.12332, tlf. 22 33 44 55, sak 2022.26, 01810112333")
    []
    """
    plain, places = _plain(text)
    groups = list(_groups(plain))
    found: list[Span] = []
    for at, group in enumerate(groups):
        if found and group.start < found[-1].end:
            continue
        end = _end_of_number(plain, groups, at, accounts)
        if end:
            found.append(Span(group.start, end))
    return [Span(places[start], places[end - 1] + 1) for start, end in found]


def masked(text: str) -> str:
    """A text with the digits of identity numbers masked.

    >>> masked("Kari (018101 12332) møtte"), masked("Sak 2022.26")
    ('Kari (██████ █████) møtte', 'Sak 2022.26')
    """
    return hide(text, identity_numbers(text))


def hide(text: str, spans: Sequence[Span]) -> str:
    """A text with all digits inside the spans masked."""
    for start, end in spans:
        inside = "".join(MASK if character.isdecimal() else character for character in text[start:end])
        text = text[:start] + inside + text[end:]
    return text


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """A text with ASCII digits and plain blanks, without invisible characters, and where each character came from."""
    plain = text.translate(_PLAIN)
    if _INVISIBLE.search(plain) is None:
        return plain, range(len(plain))
    places = [at for at, character in enumerate(plain) if character not in _NOTHING]
    return "".join(plain[at] for at in places), places


class _Plain(dict[int, str]):
    """What a character is read as, looked up once: texts are long, and have few different characters.

    >>> "４\u00a0\u2028x".translate(_Plain())
    '4 \\nx'
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isdecimal():
            self[code] = str(unicodedata.decimal(character))
        elif character in _LINE_ENDS:
            self[code] = "\n"
        else:
            self[code] = " " if character.isspace() else character
        return self[code]


_PLAIN = _Plain()


def _groups(plain: str) -> Iterator[_Group]:
    end = 0
    for match in _TOKEN.finditer(plain):
        gap = plain[end : match.start()]
        joins = end and (_INLINE.fullmatch(gap) or _BREAK.fullmatch(gap))
        yield _Group(match[0], match.start(), match.end(), gap if joins else None)
        end = match.end()


def _end_of_number(plain: str, groups: Sequence[_Group], at: int, accounts: bool) -> int | None:
    """Where the number ends that begins with a group; None where none does."""
    run = _run(groups, at)
    label = _label_before(plain, groups[at].start) if run or len(groups[at].digits) == 5 else None
    if label == "last_five" and len(groups[at].digits) == 5:
        return groups[at].end
    if run is None:
        return _end_with_whole_year(groups, at)
    digits = "".join(group.digits for group in run)
    if label and not _goes_on(groups, at, len(run)):
        return run[-1].end
    if not is_identity_number(digits) or plain[: run[0].start].endswith("+"):
        return None
    other = accounts or _is_other(plain, run[0].start)
    return run[-1].end if _looks_like_one(groups, at, run) and not other else None


def _run(groups: Sequence[_Group], at: int) -> list[_Group] | None:
    """The groups from one on that have eleven digits together; None where none have."""
    run: list[_Group] = []
    digits = 0
    for group in groups[at : at + LENGTH]:
        if run and group.gap is None:
            return None
        run.append(group)
        digits += len(group.digits)
        if digits >= LENGTH:
            return run if digits == LENGTH else None
    return None


def _looks_like_one(groups: Sequence[_Group], at: int, run: Sequence[_Group]) -> bool:
    """Whether the digits are grouped as those of an identity number."""
    gaps = _gaps(run)
    inside = tuple(cut for cut, gap in gaps.items() if "\n" not in gap)
    broken = len(gaps) - len(inside)
    alone = not _goes_on(groups, at, len(run))
    even = len({gaps[cut] for cut in inside}) <= 1
    if not _is_regular({cut: gaps[cut] for cut in inside}):
        return False
    if not broken:
        return inside in ALWAYS or (alone and inside in ALONE) or (alone and even and inside in EVEN)
    if broken > 1 and tuple(gaps) not in ALWAYS | ALONE | EVEN:
        return False
    return alone and any(cuts in ALWAYS | ALONE or (even and cuts in EVEN) for cuts in (inside, tuple(gaps)))


def _gaps(run: Sequence[_Group]) -> dict[int, str]:
    """What stands between the groups, by the number of digits before it."""
    gaps: dict[int, str] = {}
    digits = 0
    for group in run:
        if digits:
            gaps[digits] = group.gap or ""
        digits += len(group.digits)
    return gaps


def _is_regular(gaps: dict[int, str]) -> bool:
    """Whether one sign parts the day, the month and the year, and the last digits stand apart by blanks or that sign.

    "05.10.16 170/19" are a date and a case number.

    >>> _is_regular({2: ".", 4: ".", 6: " "}), _is_regular({2: " ", 4: "/"}), _is_regular({6: " ", 9: "/"})
    (True, False, False)
    """
    if 2 in gaps and 4 in gaps and gaps[2] != gaps[4]:
        return False
    tail = [gaps[cut] for cut in gaps if cut > 6]
    spread = len(set(gaps.values())) == 1 and not any(sign in gap for gap in tail for sign in "/:")
    return spread or all(gap.isspace() or gap == gaps.get(6) for gap in tail)


def _goes_on(groups: Sequence[_Group], at: int, length: int) -> bool:
    """Whether further digits stand right before or behind a run in its line."""
    before = groups[at].gap
    after = groups[at + length].gap if at + length < len(groups) else None
    return any(gap is not None and "\n" not in gap for gap in (before, after))


def _end_with_whole_year(groups: Sequence[_Group], at: int) -> int | None:
    """The end of a number whose date is written with the century, or without noughts: "1.1.1999 12345"."""
    for length in (1, 3):
        date, rest = groups[at : at + length], groups[at + length : at + length + 2]
        gaps = [group.gap for group in [*date[1:], *rest[:1]]]
        joined = len(gaps) == length and None not in gaps and len(set(gaps[:-1])) <= 1
        if not joined or tuple(len(group.digits) for group in date) not in BIRTH_DATES:
            continue
        count = 1 if len(rest[0].digits) == 5 else 2
        last = "".join(group.digits for group in rest[:count])
        apart = count == 2 and (len(rest[0].digits) != 3 or (rest[-1].gap or "-").strip(" ") != "")
        if len(last) != 5 or apart or _goes_on(groups, at, length + count):
            continue
        if any(_is_of(day, month, year, last) for day, month, year in _dates([group.digits for group in date])):
            return rest[count - 1].end
    return None


def _dates(parts: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The readings of a date's digits as day, month and year.

    >>> list(_dates(["01011999"])), list(_dates(["1", "12", "99"]))
    ([('01', '01', '1999'), ('99', '19', '0101')], [('01', '12', '99')])
    """
    if len(parts) == 1:
        yield parts[0][:2], parts[0][2:4], parts[0][4:]
        yield parts[0][6:], parts[0][4:6], parts[0][:4]
    elif len(parts[0]) == 4:
        yield parts[2], parts[1], parts[0]
    else:
        yield parts[0].zfill(2), parts[1].zfill(2), parts[2]


def _is_of(day: str, month: str, year: str, last: str) -> bool:
    digits = day + month + year[-2:] + last
    return is_identity_number(digits) and (len(year) == 2 or birth_year(digits) == int(year))


def _label_before(plain: str, start: int) -> str | None:
    """The list whose word stands right before a number and says that it is one."""
    before = plain[max(start - LOOK_BACK, 0) : start]
    return next((name for name in ("last_five", "labels") if _ends_with(name).search(before)), None)


def _is_other(plain: str, start: int) -> bool:
    """Whether a word before a number, or before the list of numbers it stands in, says that it is something else."""
    return bool(_ends_with("others").search(plain[max(start - 4 * LOOK_BACK, 0) : start]))


@cache
def _ends_with(name: str) -> re.Pattern[str]:
    """A word of a list with little behind it; behind the name of another number also a list of such."""
    words = rf"(?<![\w-]){pattern('identity_numbers', name).pattern}(?!\w)"
    if name == "others":
        rest = rf"[^\d\n]{{0,{FILLER}}}\n?(?:\d[\d .]{{9,12}}\d[\s,;]{{1,3}}(?:og\s)?)*"
    else:
        rest = r"[^\d\n]{0,15}\n?[^\w\n]{0,3}"
    return re.compile(words + rest + r"\Z", re.IGNORECASE)
