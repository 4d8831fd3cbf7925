"""Whether a page's text layer can be read at all: a check of the language, not of the length.

A text layer may be there and be worthless: glyphs shifted against the alphabet, as the font has no Unicode map
("6DNVOLVWH"); blanks that came out as another character ("Saken;tas;til;orientering"); an old scanner's recognition
("Sakcn tas ti1 oricntcring"), which often lost å and ø and ran words together. Each leaves traces that tables of
numbers, lists of names and short pages do not have, and every rule below needs enough text to see them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import combining, normalize

FEWEST = 60  # letters: less text shows no language
RUNNING_TEXT = 0.08
"""Share of frequent small words among the words of running text: .16 to .5 in minutes, plans and letters, .14 and more
where a tenth of the letters was misread; about 0 in lists of names and in gibberish."""
DAMAGED_TEXT = 0.12  # share of letters in damaged words: at most .07 in good running text, .15 with a tenth misread
GIBBERISH = 0.45  # the same in text without small words: .72 and more with shifted glyphs, .3 in names from abroad
GLUED_LENGTH = 26  # letters; compounds that are longer are rare
GLUED = 0.06  # share of letters in words that long: at most .03 in good text, .16 where two in five blanks are lost
GLUED_LETTERS = 110  # in such words
LOST = 3  # such words; one is enough where no å, ø or æ is left on the page
SYMBOLS = 0.15  # share of characters that Norwegian text hardly uses
UNMAPPED = 0.3  # share of characters without a meaning of their own
ADDRESS = re.compile(r"://|www\.|\w@\w+\.|%[0-9A-F]{2}")
LONGEST_ADDRESS = 150  # characters on one line
MARKS = ".,:;!?()[]«»\"'”“…"
NORDIC = re.compile("[åøæ]")
UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters for private use, the replacement character and control characters: what a font without a map gives."""
RARE_SYMBOL = re.compile(r"[<=>?@;\[\\\]^{|}~#$&*¤¦¬¿¡±¶¢£¥]")
PARTS = re.compile(r"[^\W\d_]+")
INSIDE = re.compile(r"[^\W\d_](?:[^\w\s'’´`./:,;()@&+*§«»\"”\u00ad\u2010-\u2015-]|\d)[^\W\d_]")
"""A sign or a digit between two letters of one word: "m¢te", "fastle6e"."""
LONE = frozenset("bdfghklnprstv")  # what "på", "får", "når" leave where å is a blank; a list label has a mark with it
MOJIBAKE = re.compile("[Ãã][\u0080-¿]|\ufffd")


class Traces(NamedTuple):
    """What a text looks like, in letters and words without addresses and numbers."""

    letters: int
    marked: int
    """Letters å, ø and æ: 1 to 2.5 per cent in Norwegian."""
    small: float
    """Share of frequent small words among the words."""
    damaged: int
    """Letters in damaged words."""
    glued: int
    """Letters in words that are too long to be one."""
    lost: int
    """Words whose å, ø or æ came out as something else."""

    @property
    def language(self) -> bool:
        """Whether it is readable, or too little to say."""
        if self.letters < FEWEST:
            return True
        glued = self.glued / self.letters / GLUED if self.glued >= GLUED_LETTERS else 0.0
        if self.small < RUNNING_TEXT:
            return self.damaged < GIBBERISH * self.letters and glued < 1
        if self.lost and not self.marked:
            return False
        return self.damaged / self.letters / DAMAGED_TEXT + glued + self.lost / LOST < 1


def readable(text: str) -> bool:
    """Whether a page's text is language, numbers or names rather than gibberish.

    >>> readable("Saken tas til orientering. SSU ber om at fagutvalget følger opp og legger frem et forslag i møtet.")
    True
    >>> readable("6DNHQ WDV WLO RULHQWHULQJ 668 EHU RP DW IDJXWYDOJHW RSS RJ OHJJHU IUHP HW IRUVODJ L QHVWH PWH")
    False
    >>> readable("2022 14 512,5 3 % 2023 16 004,0 4 %"), readable("Olsen, Kari (Nordvik)")
    (True, True)
    """
    tokens = text.split()
    printed = sum(map(len, tokens))
    symbols = RARE_SYMBOL.findall(text)
    if printed < FEWEST:
        return True
    if len(UNKNOWN.findall(text)) > UNMAPPED * printed or (len(set(symbols)) > 4 and len(symbols) > SYMBOLS * printed):
        return False
    return traces(tokens).language


def traces(tokens: Sequence[str]) -> Traces:
    """What speaks for and against words being language. Addresses on the web and numbers are left out."""
    counted = [(token, size) for token in tokens if (size := letter_count(token)) and not _address(token)]
    words = [token.strip(MARKS).casefold() for token, _ in counted]
    pairs = [(word, size) for word, (_, size) in zip(words, counted, strict=True)]
    return Traces(
        letters=sum(size for _, size in pairs),
        marked=sum(map(len, map(NORDIC.findall, words))),
        small=sum(word in _small() for word in words) / max(len(words), 1),
        damaged=sum(size for word, size in pairs if damaged(word)),
        glued=sum(size for word, size in pairs if size >= GLUED_LENGTH and _glued(word)),
        lost=sum(word in _lost() or bool(MOJIBAKE.search(word)) for word in words)
        + sum(token in LONE for token, _ in counted),
    )


def is_running_text(tokens: Sequence[str]) -> bool:
    """Whether words hold as many frequent small ones as sentences do: then they are language, and the right way up.

    >>> is_running_text("Saken tas til orientering".split()), is_running_text("Kari Dal Nordvik".split())
    (True, False)
    """
    return traces(tokens).small >= RUNNING_TEXT


def whole_letters(tokens: Sequence[str]) -> int:
    """How many letters stand in words of four letters and more that can be words.

    >>> whole_letters("xqzrt saken tas til orientering".split())
    16
    """
    return sum(
        size for token in tokens if (size := letter_count(token)) > 3 and not damaged(token.strip(MARKS).casefold())
    )


def _address(token: str) -> bool:
    """Whether a word is an address on the web, rather than a page's words run together with one among them."""
    return len(token) < LONGEST_ADDRESS and ADDRESS.search(token) is not None


@lru_cache(maxsize=50_000)
def letter_count(token: str) -> int:
    """How many letters a token holds."""
    return sum(map(str.isalpha, token))


def _glued(word: str) -> bool:
    """Whether even the longest piece between hyphens, slashes and leader dots is too long for a compound."""
    return max(map(letter_count, re.split(r"[-–/]|[._…]{2,}", word))) >= GLUED_LENGTH


@lru_cache(maxsize=50_000)
def damaged(word: str) -> bool:
    """Whether a word in lower case cannot be one: a sign inside it, or letters that do not follow each other.

    One strange place in a longer word is let pass, since names and abbreviations have such.

    >>> [damaged(word) for word in ("orientering", "oricntcring", "fastle6e", "ssus", "hba1c")]
    [False, True, True, False, True]
    """
    if INSIDE.search(word) or MOJIBAKE.search(word):
        return True
    letters = strange = 0
    for part in PARTS.findall(word):
        letters += len(part)
        if len(part) > 2:
            strange += sum(triple not in _triples() for triple in _threes(_folded(part)))
    return strange > 0.25 * letters


def _threes(part: str) -> Iterator[str]:
    marked = f"^{part}$"
    return (marked[i : i + 3] for i in range(len(part)))


@lru_cache(maxsize=50_000)
def _folded(part: str) -> str:
    """A word in the 29 letters: "ö" as "ø", "é" as "e"; letters of other alphabets stay.

    >>> _folded("möte"), _folded("café")
    ('møte', 'cafe')
    """
    if part.isascii():
        return part
    kept = part.replace("ä", "æ").replace("ö", "ø")
    return "".join(c if c in "æøå" else "".join(d for d in normalize("NFD", c) if not combining(d)) for c in kept)


@cache
def _triples() -> frozenset[str]:
    """The triples of ``letters.txt``."""
    lines = Path(__file__).with_name("letters.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" ") for line in lines if not line.startswith("#")]
    return frozenset(pair + after for pair, letters in pairs for after in letters)


@cache
def _language() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("language.toml").read_text(encoding="utf-8"))


@cache
def _small() -> frozenset[str]:
    return frozenset(_language()["small"].split())


@cache
def _lost() -> frozenset[str]:
    """The frequent words with å, ø or æ as they look without it: "p", "ogsa", "vaere", "f0lger"."""
    forms = {form for word in _language()["lettered"].split() for form in _forms(word)}
    return frozenset(forms - set(_language()["real"].split()) - _small())


def _forms(word: str) -> Iterator[str]:
    stands_for = _language()["stands_for"]
    return ("".join(form) for form in product(*(stands_for.get(letter, [letter]) for letter in word)))
