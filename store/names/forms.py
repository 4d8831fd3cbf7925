"""A person's name as words that can be compared, and when two printed names can be one person's.

Compared are only whole names: a given name and a surname. Less than that ("Irene", "Velken", "HM") means somebody only
beside the full name in the same document, which is :mod:`store.names.document`'s matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product

from rapidfuzz.distance import Indel

Form = tuple[str, ...]
"""A name's words, folded, in the order they are printed; parts of a double name are words of their own."""

PARTICLES = frozenset({"av", "af", "de", "der", "den", "von", "van", "la", "le", "el", "al", "du", "da", "di"})
_LETTERS = str.maketrans({"å": "aa", "ä": "æ", "ö": "ø", "ð": "d", "ß": "ss", "’": None, "'": None, "´": None})
_SPELLINGS = (("ch", "k"), ("ck", "k"), ("c", "k"), ("th", "t"), ("ph", "f"), ("w", "v"), ("z", "s"))
LONG = 6  # letters from which a doubled letter is a matter of spelling: "Hallvard", not "Anne" beside "Ane"
LONGER = 7  # letters from which one letter more or less within the word is: "Fredrik", not "Marine" beside "Martine"


@cache
def form(name: str) -> Form:
    """The words of a name, without accents, dots and hyphens, one letter for "å" and "aa".

    >>> form("Anne-Kristine W. Åsen"), form("ANNE KRISTINE W AASEN") == form("Anne-Kristine W. Åsen")
    (('anne', 'kristine', 'w', 'aasen'), True)
    """
    folded = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W\d_]+", bare))


def is_whole(words: Form) -> bool:
    """Whether a name has a given name and a surname, neither of them an initial.

    >>> [is_whole(form(name)) for name in ("Kari Dal", "Kari M. Dal", "Kari", "K. Dal", "Rune B.")]
    [True, True, False, False, False]
    """
    return len(words) > 1 and len(words[0]) > 1 and bool(_surnames(words))


def _surnames(words: Form) -> list[str]:
    return [word for word in words[1:] if len(word) > 1 and word not in PARTICLES]


@cache
def skeleton(given: str) -> str:
    """A given name without what is only a matter of spelling.

    >>> skeleton("rannveig") == skeleton("ranveig"), skeleton("christian") == skeleton("kristian")
    (True, True)
    >>> skeleton("anne") == skeleton("ane"), skeleton("kari") == skeleton("karin")
    (False, False)
    """
    for one, other in _SPELLINGS:
        given = given.replace(one, other)
    given = given[:1] + given[1:-1].replace("y", "i") + given[1:][-1:]
    return re.sub(r"(.)\1", r"\1", given) if len(given) >= LONG else given


@cache
def is_spelled(one: str, other: str) -> bool:
    """Whether two given names are spellings of one.

    A letter that is another one makes another name (Ingvild, Ingvald), and so does another ending (Kari, Karin).

    >>> is_spelled("fredrik", "frederik"), is_spelled("thor", "tor"), is_spelled("halvard", "hallvard")
    (True, True, True)
    >>> is_spelled("ingvild", "ingvald"), is_spelled("kristin", "kristine"), is_spelled("martine", "marine")
    (False, False, False)
    """
    if one == other or skeleton(one) == skeleton(other):
        return True
    long = min(len(one), len(other)) >= LONGER
    return long and one[0] == other[0] and one[-1] == other[-1] and Indel.distance(one, other) == 1


@cache
def given_keys(given: str) -> tuple[str, ...]:
    """What two spellings of a given name have in common: what is left without spelling, or without one letter.

    >>> set(given_keys("fredrik")) & set(given_keys("frederik")), set(given_keys("kari")) & set(given_keys("karin"))
    ({'-fredrik'}, set())
    """
    whole = [f"-{given}"] if len(given) >= LONGER else []
    shorter = [f"-{given[:at]}{given[at + 1 :]}" for at in range(1, len(given) - 1)] if len(given) > LONGER else []
    return tuple(dict.fromkeys([skeleton(given), *whole, *shorter]))


def shortened(later: Form) -> Iterator[Form]:
    """What a shorter name can have of the words behind the given name: each as it is, as an initial, or not at all.

    >>> sorted(shortened(("wang", "hansen")))[:4]
    [('h',), ('hansen',), ('w',), ('w', 'h')]
    """
    for chosen in product(*((word, word[0], "") for word in later)):
        kept = tuple(word for word in chosen if word)
        if kept and kept != later:
            yield kept


def are_spellings(one: Form, other: Form) -> bool:
    """Whether two whole names differ only in how the given name is spelled.

    >>> are_spellings(form("Rannveig Velken"), form("Ranveig Velken"))
    True
    >>> are_spellings(form("Rannveig Velken"), form("Ranveig Velde"))
    False
    """
    return one[1:] == other[1:] and is_spelled(one[0], other[0])


def says_more(long: Form, short: Form) -> bool:
    """Whether a whole name has all that another one has, and more: a middle name, a second surname, an initial's word.

    >>> [says_more(form(long), form(short)) for long, short in (
    ...     ("Rune Burkeland-Matre", "Rune Burkeland"), ("Marte Wang Hansen", "Marte W. Hansen"))]
    [True, True]
    >>> says_more(form("Marte Wang Hansen"), form("Marte Lie Hansen")), says_more(form("Ole Dal"), form("Ole Berg"))
    (False, False)
    """
    if long[1:] == short[1:] or len(short) > len(long) or not is_spelled(long[0], short[0]):
        return False
    return _are_among(short[1:], long[1:])


def _are_among(few: Form, many: Form) -> bool:
    """Whether words stand among others in the same order, an initial for the word that it begins."""
    rest = iter(many)
    return all(any(word == one or (len(one) == 1 and word[0] == one) for word in rest) for one in few)


def is_part(words: Form, whole: Form) -> bool:
    """Whether less than a whole name can stand for a whole one: a given name, a surname, or initials.

    >>> [is_part(form(part), form("Tom Ole Øye")) for part in ("Tom", "Tom Ole", "Øye", "T. Øye", "Tom Ø.", "Ole")]
    [True, True, True, True, True, False]
    """
    if len(words) == 1 and len(words[0]) > 1:
        return is_spelled(words[0], whole[0]) or words[0] == whole[-1]
    first, *later = words
    return (is_spelled(first, whole[0]) or first == whole[0][0]) and _are_among(tuple(later), whole[1:])


def have_initials(letters: str, whole: Form) -> bool:
    """Whether letters are the initials of a name, middle names left out or not.

    >>> have_initials("TØ", form("Tom Ole Øhren")), have_initials("TOØ", form("Tom Ole Øhren"))
    (True, True)
    >>> have_initials("TO", form("Tom Ole Øhren"))
    False
    """
    printed = "".join(letter[0] for letter in form(" ".join(letters)))
    initials = "".join(word[0] for word in whole if word not in PARTICLES)
    return printed in (initials, initials[0] + initials[-1])
