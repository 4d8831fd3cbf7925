"""A sentence to what it tells of a vote: who got how many votes, unanimous or not, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from extract.votes.names import names
from extract.votes.signs import Sign, count, signs
from models.records import VoteName, VoteSide
from models.words import pattern, words

SIDES: dict[str, VoteSide] = {"F": "for", "A": "against"}
BLANK = "blank"
# How numbers and sides stand together, in the signs of ``signs``; of several that fit, the first.
_RULES = {
    "both": r"(?P<for>N)[SM]?(?P<these>\([^()]*\))?F?P?,?O?A(?P<against>N)S?(?![ST]?[FAB])",  # "9 stemmer (H) mot 4"
    "dash": r"(?P<for>N)-(?P<against>N)S",  # "med 13–4 stemmer"
    "first": r"(?P<side>[FAB])[XYPO]{0,6}?T:?(?P<count>N)?",  # "For forslaget stemte 35"
    "got": r"(?:G[PXYO]{0,4}?|P:)(?P<count>N)(?:ON)?S(?P<side>[FAB])?",  # "fikk 3 stemmer", "Forslag 1: 25 stemmer"
    "after": r"(?P<count>N)[SMO]{0,3}T?(?P<side>[FAB])S?",  # "9 stemte for", "2 blanke stemmer"
    "stood": r"TO?(?P<side>[FAB])P?:?\(?(?P<count>N)?",  # "Følgende stemte mot: …"
    "label": r"(?P<side>[FAB])P?S?(?::\(?|\()(?P<count>N)S?",  # "For: 55", "Mot (4): …"
    "listed": r"(?P<side>[FA])P?S?:(?=Y)",  # "For: Kari Nord (Ap), …"
    "against": r"(?P<side>A)(?P<count>N)S",  # "vedtatt mot 4 stemmer"
    "bare": r"(?P<side>[FAB])P?(?P<count>N)S?",  # "For 9, mot 4"
    "more": r"P(?P<count>N)",  # "fikk innstillingen 6 stemmer og forslaget fra H 3"
    "votes": r"(?P<count>N)S",  # "med 9 stemmer"
}
_EACH = {name: re.compile(body) for name, body in _RULES.items()}


class Side(NamedTuple):
    """One side of a vote as a sentence gives it."""

    side: str
    number: int | None
    subject: str | None
    names: tuple[VoteName, ...] = ()


class Hit(NamedTuple):
    """A place among the signs that fits a rule."""

    rule: str
    match: re.Match[str]

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()


@dataclass(slots=True)
class Told:
    """What a sentence tells of a vote."""

    text: str
    sides: list[Side] = field(default_factory=list)
    subject: str | None = None
    unanimous: bool = False
    casting: bool = False
    manner: bool = False
    result: str | None = None
    decides: bool = False
    bare: bool = False
    """The sentence says nothing but how it was voted."""

    @property
    def counts(self) -> Mapping[str, int]:
        return {one.side: one.number for one in self.sides if one.number is not None}

    def is_vote(self, *, under: bool) -> bool:
        """Whether a vote is told of; ``under`` a label for votes or decisions an outcome need not be told."""
        how = self.unanimous or self.manner or self.casting
        settled = self.result or self.decides or under or len(self.text.split()) <= 4
        return bool(self.sides) or bool(how and settled)


@lru_cache(maxsize=1024)
def told(text: str, *, under: bool = False) -> Told:
    """What a sentence tells of a vote; ``under`` a label for votes, "For: 9" needs no other side beside it.

    >>> told("Innstillingen ble vedtatt med fem mot fire stemmer.").counts
    {'for': 5, 'against': 4}
    >>> one = told("Tilleggsforslaget fra SV fikk 1 stemme og falt.")
    >>> one.subject, one.counts, one.result
    ('Tilleggsforslaget fra SV', {'for': 1}, 'falt')
    >>> told("For: 55 / Mot: 14 / Blankt: 3").counts
    {'for': 55, 'against': 14, 'blank': 3}
    >>> told("Det settes av kr 5 mill. for 2024.").sides, told("Enstemmig vedtatt.").unanimous
    ([], True)
    """
    if not may_tell(text):
        return Told(text)
    row = signs(text)
    letters = "".join(sign.letter for sign in row)
    hits = _with_others(list(_hits(letters, row, text, under)), letters, under)
    sides = list(_sides(hits, letters, row, text))
    return Told(
        text,
        sides,
        _subject(letters, row, text),
        unanimous="U" in letters,
        casting="C" in letters,
        manner="W" in letters,
        result=_result(letters, row, text),
        decides="V" in letters,
        bare=_is_bare(hits, letters, row, sides),
    )


def may_tell(text: str) -> bool:
    """Whether a text has a word or a number of votes at all: a cheap look before it is taken apart.

    >>> may_tell("Mot: 4"), may_tell("Innstillingen vedtatt"), may_tell("Planen sendes på høring for 2024")
    (True, True, False)
    """
    return bool(_telling().search(text))


@cache
def _telling() -> re.Pattern[str]:
    lists = ("votes", "voted", "unanimous", "manner", "casting", "results")
    stems = sorted({word.split()[0].rstrip("*") for name in lists for word in words("votes", name)})
    sides = "|".join(pattern("votes", name).pattern for name in ("for", "against", "blank"))
    number = r"(?:\s*[:(]\s*|\s+)\d{1,3}\b(?![.:/–-]\d)"
    return re.compile(rf"\b(?:{'|'.join(stems)}|(?:{sides})(?:\s*:|{number}))", re.IGNORECASE)


def _hits(letters: str, row: Sequence[Sign], text: str, under: bool) -> Iterator[Hit]:
    """The places that fit a rule, from left to right; at each the first rule that does."""
    at = 0
    while at < len(letters):
        found = (Hit(name, match) for name, rule in _EACH.items() if (match := rule.match(letters, at)))
        hit = next((hit for hit in found if _holds(hit, letters, row, text, under)), None)
        if hit:
            yield hit
        at = hit.end if hit else at + 1


def _holds(hit: Hit, letters: str, row: Sequence[Sign], text: str, under: bool) -> bool:
    """Whether a place that fits a rule is about votes and not about something else."""
    voting = under or any(sign in letters for sign in "STRUW")
    before = text[: row[hit.start].start].rstrip()
    if hit.rule == "both":
        return voting
    if hit.rule in ("label", "listed"):
        begins = not before or before[-1] in ".,;/•|)-–" or "T" in letters or before[-1].isdigit()
        return begins and (hit.rule == "label" or under)
    if hit.rule == "more":
        return "G" in letters[: hit.start]
    if hit.rule == "votes":
        return before.endswith(("(", "med", "Med")) or under
    return voting


def _with_others(hits: Sequence[Hit], letters: str, under: bool) -> list[Hit]:
    """The places without those that only another side beside them makes certain: "For 9, mot 4"."""
    loose = ("bare", "after", "label")
    shown = {sign for hit in hits for sign in letters[hit.start : hit.end] if sign in "FAB"}
    certain = under or len(shown) > 1
    return [h for h in hits if h.rule not in loose or certain or set(letters[h.start : h.end]) & set("STM")]


def _sides(hits: Sequence[Hit], letters: str, row: Sequence[Sign], text: str) -> Iterator[Side]:
    for before, hit, following in zip([None, *hits], hits, [*hits[1:], None], strict=False):
        found = hit.match.groupdict()
        inside = [i for i in range(hit.start, min(hit.end + 1, len(row))) if letters[i] == "P"]
        subject = _text(row[inside[0]], text) if inside and hit.rule != "both" else None
        rest = text[row[hit.end - 1].end : row[following.start].start if following else len(text)]
        if "against" in found:
            first, end = hit.match.span("these")
            these = names(text[row[first].end : row[end - 1].start], "for") if first >= 0 else ()
            yield Side("for", _number(hit.match, "for", row, text), subject, these)
            against = _number(hit.match, "against", row, text)
            yield Side("against", against, subject, _names(rest, "against", against))
            continue
        letter = found.get("side") or "F"
        called: tuple[VoteName, ...] = ()
        if letter in SIDES:
            called = _names(rest, SIDES[letter], _number(hit.match, "count", row, text))
            if not called and hit.rule == "stood" and not found.get("count"):
                start = row[before.end - 1].end if before else 0
                called = names(text[start : row[hit.start].start], SIDES[letter])
        if found.get("count") or called:
            yield Side(SIDES.get(letter, BLANK), _number(hit.match, "count", row, text), subject, called)


def _names(rest: str, side: VoteSide, number: int | None) -> tuple[VoteName, ...]:
    """The names right behind a side: after a colon, in brackets, or at once."""
    rest = rest.lstrip(" :–-,")
    if rest.startswith("(") and ")" in rest:
        inside, _, behind = rest[1:].partition(")")
        if found := names(inside, side):
            return found if _are_as_many(found, number) else ()
        rest = behind.lstrip(" :–-,")
    return names(rest, side)


def _are_as_many(found: Sequence[VoteName], number: int | None) -> bool:
    """Whether names in brackets can be those of the voters: a single word may name a place instead."""
    sure = any(one.party or " " in (one.name or "") for one in found)
    return sure or number is None or len(found) == number


def _number(match: re.Match[str], group: str, row: Sequence[Sign], text: str) -> int | None:
    at = match.start(group) if group in match.re.groupindex else -1
    return count(_text(row[at], text)) if at >= 0 else None


def _text(sign: Sign, text: str) -> str:
    return text[sign.start : sign.end]


def _subject(letters: str, row: Sequence[Sign], text: str) -> str | None:
    """What was voted on: the proposal that is named last before the result, else the first; else how it begins."""
    proposals = [i for i, letter in enumerate(letters) if letter == "P"]
    result = letters.find("R")
    before = [i for i in proposals if i < result] or proposals[:1]
    if before:
        return _text(row[before[-1]], text)
    begin = re.match(r"[YX][YXFOND(),/.-]{0,11}?(?=O?U|OR|ONR|G)", letters)
    if begin and result > 0:
        head = text[: row[begin.end() - 1].end] if letters[begin.end() - 1] != "O" else text[: row[begin.end() - 2].end]
        return head.strip(" ,") or None
    return None


def _result(letters: str, row: Sequence[Sign], text: str) -> str | None:
    """What came of it, as printed, with the word that denies it."""
    match = re.search(r"D?RD?", letters)
    if match is None:
        return None
    return text[row[match.start()].start : row[match.end() - 1].end]


def _in_brackets(letters: str, told_of: Set[int]) -> set[int]:
    """The places of brackets right behind a number: parties, places, or how many of whom."""
    groups = (match.span() for match in re.finditer(r"\([^()]*\)", letters))
    return {i for start, end in groups if start - 1 in told_of for i in range(start, end)}


def _is_bare(hits: Sequence[Hit], letters: str, row: Sequence[Sign], sides: Sequence[Side]) -> bool:
    """Whether no word of a sentence says anything else; names in it belong to the vote."""
    told_of = {i for hit in hits for i in range(hit.start, hit.end)}
    named = any(side.names for side in sides)
    told_of |= _in_brackets(letters, told_of)
    return all(i in told_of or letter not in ("X" if named else "XY") for i, letter in enumerate(letters))
