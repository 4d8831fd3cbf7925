"""What counts as the same Norwegian word: its inflections, its spellings, the words it is compounded of.

Pure functions of a single word and of the dictionaries that simplemma brings for bokmål and nynorsk, so that what is
stored beside an index and what is asked of it are always worked out alike. ``norwegian.toml`` holds the words by which
a rule is too wide or too narrow.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

_FILE = Path(__file__).with_name("norwegian.toml")
LANGUAGES = ("nb", "nn")
LONGEST = 60
"""Letters of a word that is still taken apart; longer ones are addresses and rows of signs."""
ENDINGS = ("ene", "et")
"""Neuter nouns in these forms are taken for verbs: "rådene" for a form of "råde", "kurset" of "kurse"."""
SHORTEST_PART = 3
UNSPLIT = 8
"""A word of the dictionary with fewer letters is taken as it stands: "rapport" is no port, "vedtak" no roof."""

MOST_UNSURE = 6
"""Letters of a word that may each stand for a Norwegian one."""

_UNFOLDED = {"aa": ("å",), "ae": ("æ",), "oe": ("ø",), "a": ("å",), "o": ("ø",)}
_LETTERS = str.maketrans({"ø": "o", "ö": "o", "æ": "ae", "ä": "ae", "å": "a", "œ": "oe", "ð": "d", "đ": "d"})


@cache
def data() -> dict[str, Any]:
    """What ``norwegian.toml`` says."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def fold(word: str) -> str:
    """A word as it is typed on a keyboard without Norwegian letters; "aa" and "oe" are "å" and "ø".

    >>> fold("Samarbeidsmøte"), fold("samarbeidsmote"), fold("paarørende"), fold("pårørende"), fold("Særutskrift")
    ('samarbeidsmote', 'samarbeidsmote', 'parorende', 'parorende', 'saerutskrift')
    """
    plain = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return bare.replace("aa", "a").replace("oe", "o")


def unfolded(word: str) -> set[str]:
    """The Norwegian words that a word typed without Norwegian letters may be.

    >>> unfolded("fodsel"), unfolded("foedsel"), unfolded("xyz")
    ({'fødsel'}, {'fødsel'}, set())
    """
    parts = re.split(r"(aa|ae|oe|a|o)", word)
    if len(parts) > 2 * MOST_UNSURE + 1:
        return set()
    ways = ([part, *_UNFOLDED.get(part, ())] for part in parts)
    return {way for letters in product(*ways) if (way := "".join(letters)) != word and is_known(way)}


@cache
def _spellings() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Any of the elements, to be quick about the many words that have none; and each with what it is read as."""
    elements = data()["spellings"]
    return re.compile("|".join(elements)), tuple((re.compile(one), other) for one, other in elements.items())


def usual_spelling(word: str) -> str:
    """A word with the elements of the other written standard, and of freely chosen forms, in one spelling.

    >>> usual_spelling("brukarutvalet"), usual_spelling("utskrivelse"), usual_spelling("avtale")
    ('brukerutvalget', 'utskriving', 'avtale')
    """
    any_element, elements = _spellings()
    if any_element.search(word):
        for element, other in elements:
            word = element.sub(other, word)
    return word


@lru_cache(maxsize=200_000)
def base_forms(word: str) -> frozenset[str]:
    """The word and the basic forms that it may be an inflection of. Two words are the same where they share one.

    A compound that no dictionary knows is inflected as its last part is.

    >>> "avtale" in base_forms("avtalene"), "avtale" in base_forms("avtalar")
    (True, True)
    >>> "fagutvalg" in base_forms("fagutvalgets"), bool(base_forms("jordmødre") & base_forms("jordmor"))
    (True, True)
    """
    usual = usual_spelling(word)
    forms = {word, usual}.union(*map(_lemmas, {word, usual}))
    if not is_known(usual):
        forms |= set(_forms_of_unknown(usual))
    return frozenset({word, *(form.casefold() for form in forms if len(form) > 1)})


def _forms_of_unknown(word: str) -> Iterator[str]:
    """The basic forms of a word that no dictionary has: of its last part, and without the "s" of the genitive."""
    for form in {word, word.removesuffix("s")}:
        yield from _lemmas(form)
        if split := _split(form):
            yield from (split.before + last for last in _lemmas(split.last))


def part_forms(word: str) -> frozenset[str]:
    """The basic forms of the words that a compound is put together of; empty for a word that is none.

    >>> "avvik" in part_forms("samhandlingsavvikene"), "avtale" in part_forms("samarbeidsavtaler")
    (True, True)
    >>> [part_forms(word) for word in ("tiltak", "rehabilitering", "partnerskap", "virksomheten")]
    [frozenset(), frozenset(), frozenset(), frozenset()]
    """
    found: set[str] = set()
    for part in _parts(usual_spelling(word)):
        found |= base_forms(part)
    return frozenset(found)


class Split(NamedTuple):
    """A compound: what goes before its last word, with the "s" between them and without, and the last word."""

    before: str
    first: str
    last: str


def _parts(word: str) -> Iterator[str]:
    """The parts of a compound, and the parts of those that are compounds themselves."""
    basic = _basic_form(word)
    if split := _split(basic) or _split(basic.removesuffix("s")):
        yield from (split.first, split.last, *_parts(split.first), *_parts(split.last))
        yield from (before for before in (split.before,) if is_known(before))  # "kurs", not only "kur" with an "s"


def _basic_form(word: str) -> str:
    """An inflected word of the dictionaries in its basic form: "virksomheten" ends with no "heten"."""
    from simplemma import lemmatize

    known_in = next((language for language in LANGUAGES if _is_in(word, language)), None)
    return lemmatize(word, lang=known_in).casefold() if known_in else word


@lru_cache(maxsize=200_000)
def _split(word: str) -> Split | None:
    """A word as a compound with its longest last word; None where it is none.

    >>> _split("samhandlingsavvik"), _split("møtested").last, _split("samarbeidsteam").last
    (Split(before='samhandlings', first='samhandling', last='avvik'), 'sted', 'team')
    """
    if len(word) > LONGEST or not word.isalpha() or (len(word) < UNSPLIT and is_known(word)):
        return None
    places = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    splits = filter(None, (_split_at(word[:n], word[n:]) for n in places))
    return next(splits, None)


def _split_at(before: str, last: str) -> Split | None:
    """The two as a compound. An "s" in between belongs to the first, but where that ends with "e" to the last."""
    if not _is_part(last, "not_last"):
        return None
    if last[0] == "s" and before[-1] not in "es" and _is_part(last[1:], "not_last"):
        return None
    without_link = (before.removesuffix("s"), before, before.removesuffix("e"))
    first = next(filter(_goes_first, without_link), None)
    return Split(before, first, last) if first else None


def _goes_first(first: str) -> bool:
    return _is_part(first, "not_first") or (len(first) >= UNSPLIT and _split(first) is not None)


def _is_part(word: str, exceptions: str) -> bool:
    """Whether a word makes compounds. Of three letters the dictionaries hold many that do not ("res", "jon")."""
    rules = data()["compounds"]
    if len(word) <= SHORTEST_PART:
        return word in rules["short"]
    return is_known(word) and word not in rules[exceptions]


@lru_cache(maxsize=200_000)
def _lemmas(word: str) -> frozenset[str]:
    from simplemma import lemmatize

    bare = {word.removesuffix(ending) for ending in ENDINGS if len(word) - len(ending) >= SHORTEST_PART}
    return frozenset(lemmatize(word, lang=language) for language in LANGUAGES) | set(filter(is_known, bare))


@lru_cache(maxsize=200_000)
def is_known(word: str) -> bool:
    """Whether a dictionary of bokmål or nynorsk has the word, inflected or not."""
    return any(_is_in(word, language) for language in LANGUAGES)


def _is_in(word: str, language: str) -> bool:
    from simplemma import is_known as in_dictionary

    return bool(in_dictionary(word, lang=language))
