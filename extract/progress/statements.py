"""Whether a sentence says that work is carried out: "Arbeidet er avsluttet", "Søknaden er sendt", "er utarbeidd".

Only the perfect tells of it ("er sendt", "har sendt", "ble sendt"). What is planned, wished, half done, denied or made
a condition says nothing of the kind ("skal være sendt", "er ikke ferdig", "når planen er utarbeidet").
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from models.words import pattern

_CLAUSE_END = re.compile(r"[,;:]\s|\s(?:og|men|slik at)\s")


class Completed(NamedTuple):
    """What a sentence says is done: the word that says so, and the clause it stands in."""

    verb: str
    clause: str


def completed(sentence: str) -> Completed | None:
    """What a sentence says is done; None where it says no such thing.

    >>> completed("Arbeidet er avsluttet.").verb, completed("Sekretariatet har sendt søknaden.").verb
    ('avsluttet', 'sendt')
    >>> completed("Rettleiaren er no utarbeidd og sendt kommunane."), completed("Ferdig")
    (Completed(verb='utarbeidd', clause='Rettleiaren er no utarbeidd'), Completed(verb='Ferdig', clause='Ferdig'))
    >>> completed("Rapporten, som vi ba om, er levert.").clause, completed("Saken ble sendt tilbake.")
    ('Rapporten, som vi ba om,  er levert.', None)
    >>> completed("Saken ble drøftet, og det er utarbeidet en plan for avvik.").clause
    'og det er utarbeidet en plan for avvik.'
    >>> completed("Planen er ikke utarbeidet."), completed("Når planen er utarbeidet, tas den opp.")
    (None, None)
    >>> [completed(text) for text in ("Den skal være sendt.", "Arbeidet er delvis gjennomført.", "Er brevet sendt?")]
    [None, None, None]
    """
    if _closing_word().fullmatch(sentence.strip(" .:–-")):
        return Completed(sentence.strip(" .:–-").split()[0], sentence.strip(" .:–-"))
    if sentence.rstrip().endswith("?"):
        return None
    for match in _perfect().finditer(sentence):
        before = re.split(r"[;:]\s", sentence[: match.start()])[-1]
        behind = _CLAUSE_END.split(sentence[match.end() :])[0]
        if not _words("holds_back").search(f"{before} {match['between']}") and not _holds_back_after().match(behind):
            return Completed(match["done"], _around(sentence, match, behind))
    return _did(sentence)


def _did(sentence: str) -> Completed | None:
    """Somebody did it: "Kari Dal sendte ut planen"; the verb stands behind a name or another word that begins it.

    >>> _did("Kari Dal sendte ut planen som avtalt.").verb, _did("Hun spurte om de sendte planen.")
    ('sendte ut', None)
    """
    match = _past().match(sentence)
    if not match or _words("holds_back").search(match["who"]) or _words("holds_back").search(sentence[match.end() :]):
        return None
    return Completed(match["done"], sentence)


def _around(sentence: str, match: re.Match[str], behind: str) -> str:
    """The clause of a verb, from the clause end before it to the one behind."""
    before = _CLAUSE_END.split(sentence[: match.start()])[-1].strip()
    if not before:  # what stands between commas is told of the subject: "Rapporten, som kom i mai, er sendt"
        before = sentence[: match.start()]
    return f"{before} {match[0]}{behind}".strip()


def pending(sentence: str) -> bool:
    """Whether a sentence says that work goes on or waits: "Arbeidet pågår", "er ikke ferdig".

    >>> pending("Arbeidet pågår."), pending("Oversikten er ikke mottatt."), pending("Brevet er sendt.")
    (True, True, False)
    """
    denied = (m for m in _perfect().finditer(sentence) if _words("denials").search(m["between"]))
    return bool(_words("pending").search(sentence) or next(denied, None))


@cache
def _perfect() -> re.Pattern[str]:
    between = rf"(?:{pattern('progress', 'between').pattern}\s+){{0,2}}"
    object_ = r"(?:[\wæøå-]+\s+){0,3}?"
    return re.compile(
        rf"(?<!\w)(?:{pattern('progress', 'auxiliaries').pattern})\s+(?P<between>{between}{object_})"
        rf"(?P<done>{pattern('progress', 'participles').pattern})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _past() -> re.Pattern[str]:
    """A subject of one to five words, the first with a capital, and the verb; a number and a colon may lead."""
    who = r"(?P<who>[A-ZÆØÅ][\w.-]*(?:\s+(?!om\b|at\b|som\b)[\w.-]+){0,4}?)"
    verb = pattern("progress", "past").pattern
    return re.compile(rf"(?:[^:]{{0,30}}:\s+)?{who}\s+(?P<done>(?i:{verb}))(?!\w)")


@cache
def _closing_word() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('progress', 'closing_words').pattern})(?:\s+\d[\d. /-]*)?", re.IGNORECASE)


@cache
def _holds_back_after() -> re.Pattern[str]:
    """Conditions behind the verb: "er sendt innen fristen" is told of what has been, "er gjennomført når …" is not."""
    return re.compile(rf"\s+(?:{pattern('progress', 'conditions_after').pattern})(?!\w)", re.IGNORECASE)


@cache
def _words(name: str) -> re.Pattern[str]:
    """The words of a list, anywhere in a text."""
    return re.compile(rf"(?<!\w)(?:{pattern('progress', name).pattern})(?!\w)", re.IGNORECASE)
