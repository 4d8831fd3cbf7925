"""A sentence cut into clauses, each with its subject and its finite verb.

Norwegian puts the finite verb second, so a clause is found from its verb: a passive in -es (nynorsk -ast), or a present
in -er or -ar of a verb of the word list, or of an unknown one right behind somebody who acts. Verbs of relative clauses
and of conditions are passed by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from models.words import MONTHS, pattern, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Voice = Literal["active", "passive"]
_PASSIVE = re.compile(r"[a-zæøå]{3,}(?:es|ast)")
PERIPHRASTIC = ("blir", "vert")  # "vert lagd fram"
_PARTICIPLE = re.compile(
    r"(?!(?:nytt|mot|at|rett|fast|først|sist|det|med|ved|eit|et|ut|tid|vidt|godt|kort|litt)$)[a-zæøå]{2,}[td]"
)
_GENITIVE = re.compile(r"\w+(?:ene|ane|erne)s")  # virksomhetenes, kommunanes
_PRESENT = re.compile(r"[a-zæøå]{2,}(?:er|ar)")
_ARTICLES = ("en", "et", "ein", "eit", "den", "det", "de")  # a word in -es behind one is a genitive or "felles"
_SUBORDINATE = frozenset(words("duty_phrases", "subordinates"))
_JOINS = ("og", "samt", "men")
_STOP = re.compile(r"[.!?;][»\")]?\s+(?=[A-ZÆØÅ«])")
_INITIAL = re.compile(r"[A-ZÆØÅ](?:\.[A-ZÆØÅ])*")
SUBJECT = 8  # tokens: the longest new subject between "og" and its verb


@dataclass(frozen=True, slots=True)
class Clause:
    """Token offsets of a clause in its sentence: subject from ``start`` to ``verb``, the rest from there to ``end``."""

    start: int
    verb: int
    end: int
    voice: Voice
    inherits: bool = False
    """It shares the subject of the clause before it: "… og rapporterer"."""


def sentences(text: str) -> Iterator[str]:
    """The sentences of a point; also what a semicolon parts. A point in a date, behind an initial, an abbreviation or
    the number of a point ends none; one behind a whole date or a number does.

    >>> list(sentences("Saken følges opp i SSU 22.9. Alle svarer. Kari S. Dal sender planen den 1. mai."))
    ['Saken følges opp i SSU 22.9.', 'Alle svarer.', 'Kari S. Dal sender planen den 1. mai.']
    >>> list(sentences("1. Planen godkjennes uten punkt 4. SSU følger opp bl.a. Fossum."))
    ['1. Planen godkjennes uten punkt 4.', 'SSU følger opp bl.a. Fossum.']
    """
    start = 0
    for stop in _STOP.finditer(text):
        if not _goes_on(text[start : stop.start()].split(), text[stop.end() :]):
            yield text[start : stop.end()].strip()
            start = stop.end()
    if text[start:].strip():
        yield text[start:].strip()


def _goes_on(before: list[str], rest: str) -> bool:
    """Whether the point behind these words belongs to the last of them."""
    last = before[-1].strip('(«"') if before else ""
    if len(before) < 2 and last.isdigit():
        return True
    month = rest.split()[0].lower().strip(".,") in MONTHS
    return (last.isdigit() and month) or bool(_INITIAL.fullmatch(last) or _abbreviated().fullmatch(last.lower()))


@cache
def _abbreviated() -> re.Pattern[str]:
    return re.compile(rf"{pattern('abbreviations', 'any').pattern}|dir")


def clauses(doc: Doc) -> list[Clause]:
    """The clauses of a sentence. What stands under a condition is left out, the main clause behind it is kept."""
    start = 0
    verbs = [i for i in range(len(doc)) if voice_of(doc, i)]
    if (verbs and doc[0].lower_ in words("duty_phrases", "conditions")) or _begins(doc, "ved behov"):
        comma = next((i for i in range(len(doc)) if doc[i].text == ","), None)
        start = comma + 1 if comma is not None else verbs[1] if len(verbs) > 1 else len(doc)
        verbs = [i for i in verbs if i >= start]
    return list(_cut(doc, start, verbs))


def _begins(doc: Doc, phrase: str) -> bool:
    return doc.text.lower().startswith(phrase)


def _cut(doc: Doc, start: int, verbs: list[int]) -> Iterator[Clause]:
    first = _main(doc, start, verbs)
    if first is None:
        return
    heads = [(start, first, False)]
    for verb in (v for v in verbs if v > first):
        near = range(verb - 1, max(heads[-1][1], verb - SUBJECT - 2), -1)
        join = next((i for i in near if doc[i].lower_ in _JOINS), None)
        if join is None or any(doc[i].lower_ in _SUBORDINATE for i in range(join, verb)):
            continue
        if join == verb - 1:
            heads.append((verb, verb, True))
        elif voice_of(doc, verb) == "passive" or any(e.start >= join and e.end <= verb for e in doc.ents):
            heads.append((join + 1, verb, False))
    ends = [start - 1 if doc[start - 1].lower_ in _JOINS else start for start, _, _ in heads[1:]]
    for (begin, verb, inherits), end in zip(heads, [*ends, len(doc)], strict=True):
        yield Clause(begin, verb, end, voice_of(doc, verb) or "active", inherits)


def _main(doc: Doc, start: int, verbs: list[int]) -> int | None:
    """The verb of the main clause: the first one that no relative clause before it claims."""
    owed = 0
    at = start
    for verb in verbs:
        owed += sum(doc[i].lower_ in ("som", "der") for i in range(at, verb))
        at = verb
        if not owed:
            return verb
        owed -= 1
    return None


def voice_of(doc: Doc, at: int) -> Voice | None:
    """Whether a token is a finite verb, and in which voice.

    >>> from extract.duties.actors import read
    >>> [voice_of(read("Kommunene kartlegger sine rutiner"), i) for i in range(4)]
    [None, 'active', None, None]
    >>> voice_of(read("Virksomhetenes rutiner kartlegges"), 2)
    'passive'
    """
    token, before = doc[at], doc[at - 1] if at else None
    word = token.lower_
    if word in words("duty_verbs", "no_verbs") or (before and token.text[:1].isupper()):
        return None
    if word in _passives() or (
        word in PERIPHRASTIC and any(_PARTICIPLE.fullmatch(t.lower_) for t in doc[at + 1 : at + 4])
    ):
        return "passive"
    if word in _presents():
        return "active"
    if _PASSIVE.fullmatch(word) and before and not _GENITIVE.fullmatch(word):
        return None if at > 1 and before.lower_ in _ARTICLES else "passive"
    if word in words("duty_verbs", "none"):
        return "active"
    return "active" if before and _PRESENT.fullmatch(word) and _acts(doc, before) else None


def _acts(doc: Doc, before: Token) -> bool:
    """Whether the word before an unknown verb can be who acts: the end of an actor, or a name inside the sentence."""
    return any(before.i in range(entity.start, entity.end) for entity in doc.ents)


@cache
def _presents() -> frozenset[str]:
    """The present of the word list's infinitives, in both written standards: utarbeider, utarbeidar, kartlegg."""
    found = set(words("duty_verbs", "irregular"))
    for infinitive in words("duty_verbs", "work"):
        stem = infinitive.removesuffix("e").removesuffix("j") if infinitive.endswith(("legge", "leggje")) else ""
        found |= {infinitive + "r", infinitive.removesuffix("e") + "ar", stem}
    return frozenset(found - {""})


@cache
def _passives() -> frozenset[str]:
    """The passive of the word list's infinitives: utarbeides, tas, utarbeidast, leggjast."""
    verbs = words("duty_verbs", "work")
    return frozenset(form for v in verbs for form in (v + "s", v + "st", v.removesuffix("e") + "ast"))


def is_infinitive(word: str) -> bool:
    """Whether a word is the infinitive of a verb of work.

    >>> is_infinitive("utrede"), is_infinitive("leggja"), is_infinitive("felles")
    (True, True, False)
    """
    return word in _infinitives()


@cache
def _infinitives() -> frozenset[str]:
    """The word list's infinitives and their forms in -a: sende, senda, leggja."""
    verbs = words("duty_verbs", "work")
    return frozenset(verbs) | {verb.removesuffix("e") + "a" for verb in verbs if verb.endswith("e")}
