"""Whether two case titles speak of the same thing, word for word.

A body rewords its titles from meeting to meeting: "Ung Arena+ Nordvik" comes back as "Prosjekt Ung arena+", "Innspill
til agenda for Partnerskapsmøte høsten 2022" as "Partnerskapsmøte høsten 2022". Words that every title may hold (status,
orientering, prosjekt …) and the collaboration's own name tell nothing; the others are compared by their stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from rapidfuzz import fuzz

from models.words import words

COVERED = 66.0
"""Of 100: how much of the shorter title must stand in the other. Two of three words; one of two says too little."""
MARGIN = 10.0
"""How much better the best title must be than the next; otherwise there is no telling which one is meant."""
SPELLING = 85.0
"""Of rapidfuzz' ``ratio``: "area" and "arena" (89) are one word misspelt, "akutt" and "avvik" (40) are not."""
SHORTEST_PART = 5  # letters of a compound's part: "avvik" in "samhandlingsavvik"

T = TypeVar("T")
_WORD = re.compile(r"\d{4}|[^\W\d]\w*")  # a year tells two titles apart, "(4 år)" does not
_QUOTED = re.compile(r"[«“\"](?P<name>[^»”\"]{3,120})[»”\"]")


class Likeness(NamedTuple):
    """How well two texts agree: of the shorter one's words, and of both; 0 to 100."""

    covered: float
    both: float

    @property
    def agrees(self) -> bool:
        return self.covered >= COVERED


def quoted_names(text: str) -> list[str]:
    """What a text puts in quotation marks: the name of the case that is to be raised.

    >>> quoted_names("Merknaden noteres, og «status for fastlegene» settes opp som sak.")
    ['status for fastlegene']
    """
    return [match["name"] for match in _QUOTED.finditer(text)]


@lru_cache(maxsize=100_000)
def naming_words(title: str, collaboration: str | None = None) -> tuple[str, ...]:
    """The stems of the words that name something, each once.

    >>> naming_words("Orientering om status for Prosjekt Ung Arena+ i Nordvik", "Nordvik")
    ('ung', 'arena')
    """
    general = _general() | frozenset(re.findall(r"\w+", (collaboration or "").casefold()))
    found = (word for word in _WORD.findall(title.casefold()) if word not in general)
    return tuple(dict.fromkeys(stem(word) for word in found))


@cache
def _general() -> frozenset[str]:
    return frozenset(words("case_titles", "general"))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(words("case_titles", "endings"), key=len, reverse=True))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its inflection, bokmål and nynorsk; at least four letters are left, five without a mere "a".

    >>> stem("avtalene"), stem("avtaler"), stem("avtale"), stem("2022"), stem("ung"), stem("arena")
    ('avtal', 'avtal', 'avtal', '2022', 'ung', 'arena')
    """
    if word.isdigit():
        return word
    return next(
        (word[: -len(e)] for e in _endings() if word.endswith(e) and len(word) - len(e) >= 4 + (len(e) == 1)), word
    )


@lru_cache(maxsize=200_000)
def same_word(one: str, other: str) -> bool:
    """Whether two stems are one word: inflected, misspelt, or one a part of the other's compound.

    >>> same_word("avvik", "samhandlingsavvik"), same_word("area", "arena"), same_word("kartlegg", "kartlegging")
    (True, True, True)
    >>> same_word("2022", "2023"), same_word("akutt", "avvik"), same_word("plan", "planlegg")
    (False, False, False)
    """
    if one == other:
        return True
    if one[:1].isdigit() or other[:1].isdigit():
        return False
    short, long = sorted((one, other), key=len)
    if len(short) >= SHORTEST_PART and (long.startswith(short) or long.endswith(short)):
        return True
    return len(short) >= 4 and fuzz.ratio(one, other) >= SPELLING


@lru_cache(maxsize=200_000)
def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """How well two titles agree, by their naming words.

    >>> likeness(naming_words("Kompetansebroen"), naming_words("Orientering om strategi (4 år) for Kompetansebroen"))
    Likeness(covered=100.0, both=50.0)
    >>> likeness(naming_words("Status"), naming_words("Orientering"))
    Likeness(covered=0.0, both=0.0)
    """
    short, long = sorted((one, other), key=len)
    shared = sum(any(same_word(word, there) for there in long) for word in short)
    if not shared or not any(len(word) >= 4 for word in short):
        return Likeness(0.0, 0.0)
    return Likeness(round(100 * shared / len(short), 1), round(100 * shared / (len(short) + len(long) - shared), 1))


def best(wanted: tuple[str, ...], candidates: Iterable[tuple[T, tuple[str, ...]]]) -> tuple[T, Likeness] | None:
    """The one candidate whose title agrees; None where none does, or where two agree about as well.

    >>> titles = ["Samhandlingsavvik", "Handlingsplan 2023", "Avvik i akuttkjeden"]
    >>> best(naming_words("Revidert prosedyre for samhandlingsavvik"), [(t, naming_words(t)) for t in titles])[0]
    'Samhandlingsavvik'
    >>> best(naming_words("Avvik"), [(t, naming_words(t)) for t in ("Avvik A", "Avvik B")]) is None
    True
    """
    scored = [(likeness(wanted, named), candidate) for candidate, named in candidates]
    agreeing = sorted((entry for entry in scored if entry[0].agrees), key=lambda entry: entry[0], reverse=True)
    if not agreeing:
        return None
    first = agreeing[0]
    if len(agreeing) > 1 and sum(first[0]) - sum(agreeing[1][0]) < MARGIN:
        return None
    return first[1], first[0]
