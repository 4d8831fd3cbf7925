"""Which printed names are one organisation's: with and without "kommune" or "HF", or abbreviated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from models.organisations import is_organisation
from models.words import pattern, words

BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
LONGEST = 9  # words before a bracket among which the name is sought


class Named(NamedTuple):
    """An organisation's name: what is its own, folded, and the word behind it that says what it is, if any."""

    base: str
    tail: str = ""


@cache
def named(printed: str) -> Named:
    """An organisation's name in its parts.

    >>> named("Nordvik kommune"), named("NORDVIK"), named("Sykehuset i Fjordregionen HF (SiF)").tail
    (Named(base='nordvik', tail='kommune'), Named(base='nordvik', tail=''), 'hf')
    >>> named("KS")
    Named(base='ks', tail='')
    """
    found = re.findall(r"[^\W_]+", BRACKET.sub("", printed).casefold())
    if len(found) > 1 and found[-1] in words("organisation_words", "tails"):
        return Named(" ".join(found[:-1]), found[-1])
    return Named(" ".join(found))


def is_proper(printed: str) -> bool:
    """Whether a text names one organisation, rather than a kind of them.

    >>> [is_proper(text) for text in ("Nordvik kommune", "Helsedirektoratet", "Alle kommuner", "direktoratet", "KS")]
    [True, True, False, False, True]
    >>> is_proper("Helse- og omsorgsdepartementet")
    True
    """
    found = printed.casefold().split()
    if not found or not printed[0].isupper():
        return False
    proper = words("organisation_words", "proper")
    kinds = {entry.strip("*") for entry in proper if entry.startswith("*")}
    if pattern("organisation_words", "proper").fullmatch(found[-1]) and found[-1] not in kinds:
        return True
    several = found[0] in words("role_words", "before") or found[-1] in words("organisation_words", "plurals")
    return len(found) > 1 and not several and is_organisation(printed)


def explained(text: str) -> Iterable[tuple[str, str]]:
    """The abbreviations that a text prints in brackets behind an organisation's name.

    >>> list(explained("Møte med Sykehuset i Fjordregionen HF (SiF) og Aslaug Myrkleiv (SiF)."))
    [('SiF', 'Sykehuset i Fjordregionen HF')]
    """
    for match in re.finditer(r"\(([A-ZÆØÅ][\w-]{1,9})\)", text):
        before = re.findall(r"[\w-]+", re.split(r"[.,;:()•]", text[max(0, match.start() - 120) : match.start()])[-1])
        starts = range(len(before) - 1, max(-1, len(before) - LONGEST - 1), -1)
        names = (" ".join(before[start:]) for start in starts if before[start][0] == match[1][0])
        if name := next((name for name in names if _abbreviates(match[1], name) and is_proper(name)), None):
            yield match[1], name


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of an abbreviation stand in a name in order, its capitals at the beginning of words."""
    initials = iter("".join(word[0].upper() for word in re.split(r"[\s-]+", name)))
    letters = iter(name.casefold().replace(" ", ""))
    capitals = [letter for letter in short if letter.isupper()]
    return all(letter in initials for letter in capitals) and all(letter in letters for letter in short.casefold())


class Known(NamedTuple):
    """What all documents say of organisations: the tails seen behind each name, and what abbreviations stand for."""

    names: frozenset[str]
    """What is own of every name."""
    tails: Mapping[str, frozenset[str]]
    abbreviations: Mapping[tuple[str, str], frozenset[Named]]
    """By collaboration or document, and abbreviation."""


def known_of(names: Iterable[Named], abbreviations: Iterable[tuple[str, str, str]]) -> Known:
    """What names and abbreviations, as (collaboration or document, abbreviation, name), tell together."""
    tails: dict[str, set[str]] = defaultdict(set)
    stand_for: dict[tuple[str, str], set[Named]] = defaultdict(set)
    for place, short, name in abbreviations:
        stand_for[place, named(short).base].add(named(name))
    every = {*names, *(name for found in stand_for.values() for name in found)}
    for one in every:
        if one.tail:
            tails[one.base].add(one.tail)
    return Known(
        frozenset(one.base for one in every),
        {base: frozenset(found) for base, found in tails.items()},
        {key: frozenset(found) for key, found in stand_for.items()},
    )


def meant(printed: str, places: Iterable[str], known: Known) -> tuple[Named, ...]:
    """The organisations that a name can mean, seen from a document and its collaboration.

    >>> known = known_of([named("Nordvik kommune")], [("d", "SiF", "Sykehuset i Fjordregionen HF")])
    >>> meant("Nordvik", ["d"], known), meant("SiF", ["d"], known) == meant("Sykehuset i Fjordregionen", ["d"], known)
    ((Named(base='nordvik', tail='kommune'),), True)
    """
    own = named(printed)
    for place in places:
        stand_for = known.abbreviations.get((place, own.base), ())
        if found := [name for name in stand_for if own.tail in ("", name.tail)]:
            return tuple(sorted({one for name in found for one in _with_tail(name, known)}))
    return tuple(_with_tail(own, known))


def _with_tail(name: Named, known: Known) -> list[Named]:
    if name.tail:
        return [name]
    return [Named(name.base, tail) for tail in sorted(known.tails.get(name.base, ()))] or [name]
