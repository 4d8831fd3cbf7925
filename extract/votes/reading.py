"""The votes of a case, from its sections: what several sentences, bullets and lists of names tell of one vote.

Minutes tell of a vote under "Votering", in the treatment, beside the decision, or in a label ("Enstemmig vedtak:").
Proposals, background and annexes tell of other days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from extract.cases.sections import Section
from extract.evidence import evidence, gathered
from extract.sentences import sentences
from extract.votes.names import is_list
from extract.votes.signs import is_elsewhere, signs
from extract.votes.tallies import Side, Told, may_tell, told
from models.layout import Paragraph
from models.records import Evidence, Vote, VoteName
from models.words import pattern

_APART = ("proposed", "attachments", "follow_up", "background")
_TALLY = re.compile(r"[FAB]P?S?(?::\(?|\()?N\)?S?(?:[:.]|$)|[FAB]P?S?:(?=Y)")  # "For: 55", "Mot (4): Kari Nord"
_OPEN_LIST = (":", ",", "og", ";")


@dataclass(slots=True)
class _Told:
    """A vote while its sentences are read."""

    subject: str | None
    counts: dict[str, int] = field(default_factory=dict)
    names: list[VoteName] = field(default_factory=list)
    unanimous: bool = False
    casting: bool = False
    result: str | None = None
    bare: bool = True
    texts: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def record(self) -> Vote:
        return Vote(
            subject=self.subject,
            for_count=self.counts.get("for"),
            against_count=self.counts.get("against"),
            blank_count=self.counts.get("blank"),
            unanimous=self.unanimous,
            casting_vote=self.casting,
            result=self.result.lower() if self.result else None,
            text=" ".join(dict.fromkeys(self.texts)),
            names=tuple(dict.fromkeys(self.names)),
            evidence=gathered(self.evidence),
        )


def votes(cut: Iterable[Section]) -> tuple[Vote, ...]:
    """The votes that a case's sections tell of, in order.

    >>> from extract.cases.sections import sections
    >>> lines = ["Votering:", "Innstillingen ble vedtatt med 6 mot 3 stemmer. Mot stemte: Kari Nord (H), Ola Sør (V)."]
    >>> [vote] = votes(sections([Paragraph(line) for line in lines]))
    >>> vote.subject, vote.for_count, vote.against_count, vote.result, [one.name for one in vote.names]
    ('Innstillingen', 6, 3, 'vedtatt', ['Kari Nord', 'Ola Sør'])
    """
    found: list[_Told] = []
    for section in cut:
        if section.name not in _APART:
            first = len(found)
            for sentence, places in _sentences(section):
                _take(sentence, places, found, first, section.name)
    return tuple(one.record() for one in found)


def _sentences(section: Section) -> Iterator[tuple[str, Sequence[Paragraph]]]:
    """The sentences of a section with the paragraphs they stand in, its label first."""
    if section.label and section.name in ("adopted", "votes"):
        yield section.label.text.partition(":")[0].strip(), [section.label]
    for text, places in _lines(section.paragraphs):
        for sentence in clauses(text) if may_tell(text) else ():
            yield sentence, places


def _lines(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, list[Paragraph]]]:
    """Paragraphs; bullets that count one side each together, and a list of names with the line that it goes on."""
    text = ""
    places: list[Paragraph] = []
    for paragraph in paragraphs:
        joint = _joint(text, paragraph.text) if text else None
        if joint is None and text:
            yield text, places
            text, places = "", []
        text = f"{text}{joint or ''}{paragraph.text}"
        places.append(paragraph)
    if text:
        yield text, places


def _joint(text: str, following: str) -> str | None:
    """What joins a paragraph to the one before it; None where nothing does."""
    if not may_tell(text):
        return None
    if _is_tally(text.rpartition(" / ")[2]) and _is_tally(following):
        return " / "
    sides = set("FAB") & {sign.letter for sign in signs(text)}
    goes_on = text.rstrip().endswith(_OPEN_LIST)
    if sides and is_list(following, party=not goes_on):
        return " " if goes_on else ", "
    return None


def _is_tally(text: str) -> bool:
    return bool(_TALLY.match("".join(sign.letter for sign in signs(text))))


def clauses(text: str) -> Iterator[str]:
    """The sentences of a text, and what begins like one without a full stop before it.

    >>> list(clauses("For forslaget stemte 1: Kari Nord (H) Mot forslaget stemte 2: Ola Sør (V)"))
    ['For forslaget stemte 1: Kari Nord (H)', 'Mot forslaget stemte 2: Ola Sør (V)']
    """
    for sentence in sentences(text):
        yield from filter(None, (part.strip() for part in _begins().split(sentence)))


@cache
def _begins() -> re.Pattern[str]:
    """Where a clause begins without a full stop before it, or behind one that could be an ordinal's ("punkt 2.")."""
    nouns, results = pattern("votes", "proposals").pattern, pattern("votes", "results").pattern
    side = r"(?:For|Mot|Imot|I mot|Blankt?|Blanke|Dermed|Derved)\b(?!\s+(?:dette|denne|øvrig))"
    return re.compile(
        rf"(?<![/,;|])\s(?={side})|(?<=\d\.)\s(?=[A-ZÆØÅ])(?=(?i:{nouns})\b)|(?<=\d)\s(?=[A-ZÆØÅ])(?=(?i:{results})\b)"
    )


def _take(sentence: str, places: Sequence[Paragraph], found: list[_Told], first: int, name: str | None) -> None:
    """Add a sentence to the vote that it goes on with, or begin a new one; one that tells of none is left."""
    one = told(sentence, under=name == "votes")
    if is_elsewhere(sentence) or (not one.sides and _conditions().search(sentence)):
        return
    if not one.is_vote(under=name in ("votes", "adopted")):
        _conclude(one, places, found[first:])
        return
    for at, sides in enumerate(_apart(one.sides)):
        subject = next((side.subject for side in sides if side.subject), None) or one.subject
        whole = at == 0 or _same(subject, one.subject)
        result = one.result if whole and (one.subject is None or _same(subject, one.subject)) else None
        now = _Told(subject, unanimous=one.unanimous, casting=one.casting, result=result)
        now.counts = {side.side: side.number for side in sides if side.number is not None}
        now.names = [name for side in sides for name in side.names]
        now.bare = one.bare
        last = next((v for v in reversed(found[first:]) if _goes_on(v, now)), None)
        if last is None or (last is not found[-1] and not now.subject):
            found.append(now)
            last = now
        else:
            _join(last, now)
        _add(last, sentence, places)


def _apart(sides: Sequence[Side]) -> list[list[Side]]:
    """The sides of a sentence, vote by vote: a second number for the same side is another vote's."""
    groups: list[list[Side]] = [[]]
    for side in sides:
        if any(side.side == other.side for other in groups[-1]):
            groups.append([])
        groups[-1].append(side)
    return groups


def _goes_on(vote: _Told, now: _Told) -> bool:
    """Whether a sentence tells more of a vote: of the same proposal, with no other number for a side."""
    if now.unanimous or not _same(vote.subject, now.subject) or (vote.result and now.result):
        return False
    if vote.unanimous and (now.counts.get("against") or not now.bare):
        return False
    if any(vote.counts.get(side, number) != number for side, number in now.counts.items()):
        return False
    known = {name.side for name in vote.names} & {name.side for name in now.names}
    told_of = bool(now.names or now.casting or not set(now.counts) <= set(vote.counts))
    return told_of and not known


def _join(vote: _Told, now: _Told) -> None:
    vote.subject = vote.subject or now.subject
    vote.counts |= now.counts
    vote.names += now.names
    vote.casting = vote.casting or now.casting
    vote.result = vote.result or now.result


def _conclude(one: Told, places: Sequence[Paragraph], found: Sequence[_Told]) -> None:
    """What came of a vote in a sentence of its own: "Dermed ble forslag 1 vedtatt"."""
    if not one.result or not one.bare:
        return
    waiting = [vote for vote in found if not vote.result and _same(vote.subject, one.subject)]
    if waiting and (one.subject or waiting[-1] is found[-1]):
        waiting[-1].result = one.result
        _add(waiting[-1], one.text, places)


def _add(vote: _Told, sentence: str, places: Sequence[Paragraph]) -> None:
    vote.texts.append(sentence)
    inside = [p for p in places if p.text and (p.text in sentence or sentence in p.text)] or places
    vote.evidence += [piece for p in inside for piece in evidence("text", p, sentence if sentence in p.text else None)]


def _same(one: str | None, other: str | None) -> bool:
    """Whether two names may mean one proposal: "Tilleggsforslaget fra SV" and, later, "forslaget".

    >>> _same("Forslag 1", "forslaget"), _same("Forslag 1", "tilleggsforslaget")
    (True, False)
    >>> _same("Forslag 1", "forslag 2"), _same("Tilleggsforslaget fra SV", "forslaget"), _same(None, "innstillingen")
    (False, True, True)
    """
    if one is None or other is None:
        return True
    first, second = (text.casefold().split() for text in (one, other))
    if first == second:
        return True
    return len(second) == 1 and any(word.endswith(second[0]) or second[0] == f"{word}et" for word in first)


@cache
def _conditions() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern('votes', 'conditions').pattern})\b", re.IGNORECASE)


def says_only_votes(text: str) -> bool:
    """Whether a paragraph tells how it was voted and nothing else.

    >>> says_only_votes("For forslaget stemte 1: Kari Nord (H). Dermed falt forslaget.")
    True
    >>> says_only_votes("Enstemmig vedtatt."), says_only_votes("Styret vedtok enstemmig å bygge hytte.")
    (True, False)
    """
    every = [told(clause, under=True) for clause in clauses(text)] if may_tell(text) else []
    return any(one.is_vote(under=True) for one in every) and all(one.bare for one in every)


def ends_in_vote(text: str) -> bool:
    """Whether a paragraph ends with how it was voted and nothing else.

    >>> ends_in_vote("Kari Nord foreslo noe. Forslaget fikk 2 av 5 stemmer og falt."), ends_in_vote("Planen godtas.")
    (True, False)
    """
    last = list(clauses(text))[-1:] if may_tell(text) else []
    return bool(last) and (one := told(last[0], under=True)).bare and one.is_vote(under=True)


def adopts_by_vote(text: str) -> bool:
    """Whether a text tells how it was voted, nothing else, and that the proposal as a whole was adopted.

    >>> adopts_by_vote("Tilleggsforslaget fra SV falt med 1 mot 8 stemmer. Innstillingen ble vedtatt mot 1 stemme.")
    True
    >>> adopts_by_vote("Endringsforslaget ble enstemmig vedtatt."), adopts_by_vote("Forslaget fra Høyre ble vedtatt.")
    (False, False)
    >>> adopts_by_vote("Innstillingen falt med 2 mot 7 stemmer")
    False
    """
    every = [told(clause, under=True) for clause in clauses(text)] if may_tell(text) else []
    if not all(one.bare for one in every) or not any(one.is_vote(under=True) for one in every):
        return False
    through = [one for one in every if one.result and pattern("adoption", "adopted").fullmatch(one.result)]
    return bool(through) and all(one.subject is None or _is_whole(one.subject) for one in through)


def _is_whole(subject: str) -> bool:
    """Whether a name means the proposal that the case began with: none of the meeting's own, no single point of it.

    >>> _is_whole("Rådmannens innstilling"), _is_whole("innstillingen"), _is_whole("forslag 2")
    (True, True, False)
    """
    nouns = pattern("votes", "proposals").pattern
    last = subject.split()[-1]
    amends = re.match(pattern("votes", "amendments").pattern, last, re.IGNORECASE)
    return bool(re.fullmatch(rf"(?:.*\s)?(?:{nouns})(?:\s+til\s+\w+)?", subject, re.IGNORECASE)) and not amends
