"""What a visitor typed, as the pieces that must be found: words, phrases, case numbers. Never a syntax to be broken."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from models.word_forms import data

MOST_PIECES = 20
"""Pieces of a search that are looked for; what comes after them is left out, and the page says so."""

_PHRASE = re.compile(r'["«“”„](?P<phrase>[^"«»“”„]*)["»“”“]?|(?P<plain>[^\s"«»“”„]+)')
_WORDS = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_CASE_NUMBER = re.compile(
    r"""
    (?:saks?(?:nr|nummer)?\.?\s*:?\s*)?                        # sak, saksnr.
    (?P<series>[a-zæøå]{1,5}(?:-sak)?[\s-]{0,2})?              # PS, RS, V-sak
    (?: (?P<year_first>(?:19|20)\d\d) \s?[./]\s? (?P<second>\d{1,3})
      | (?P<first>\d{1,3}) \s?[/-]\s? (?P<year_last>(?:19|20)?\d\d) )
    """,
    re.VERBOSE,
)


class Piece(NamedTuple):
    """A part of a search."""

    kind: Literal["word", "phrase"]
    tokens: tuple[tuple[str, ...], ...]
    """A word by itself; of a phrase, the words as they stand, in one or several ways of writing it."""


class Number(NamedTuple):
    """A case number whichever way it is written."""

    series: str
    """The letters before it, without blanks, small: "ps", or empty."""
    year: int
    running: int

    @property
    def printed(self) -> tuple[str, ...]:
        """The ways in which documents print it, without its series.

        >>> Number("", 2022, 6).printed[:4]
        ('2022.6', '2022.06', '6/22', '06/22')
        """
        short, runs = f"{self.year % 100:02d}", dict.fromkeys((str(self.running), f"{self.running:02d}"))
        ways = [f"{self.year}.{n}" for n in runs] + [f"{n}/{short}" for n in (*runs, f"{self.running:03d}")]
        ways += [f"{n}{sign}{year}" for n in runs for sign in "/-" for year in (short, self.year)]
        return tuple(dict.fromkeys([*ways, *(f"{self.year}/{n}" for n in runs)]))


def clean(typed: str | None) -> str:
    r"""The search in small letters, without control signs, each letter as one sign.

    >>> clean("Mo\u0308te\x00  i SSU\n")
    'möte i ssu'
    """
    whole = unicodedata.normalize("NFC", typed or "")
    return " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in whole).casefold().split())


def split_words(text: str) -> list[str]:
    """The words of a text as the index has them: letters and digits, with the accents that stand behind a letter.

    >>> split_words("PM-møte 22.09.22")
    ['PM', 'møte', '22', '09', '22']
    """
    return _WORDS.findall(text)


def case_number(typed: str | None) -> Number | None:
    """The case number that is all of a search; None for any other search.

    >>> [case_number(typed) for typed in ("2022.26", "sak 26/2022", "26/22", "PS 26/22")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [Number(series='', year=2022, running=26), Number(series='', year=2022, running=26),
     Number(series='', year=2022, running=26), Number(series='ps', year=2022, running=26)]
    >>> case_number("saken 26/22 om avvik"), case_number("22.09.22")
    (None, None)
    """
    match = _CASE_NUMBER.fullmatch(clean(typed).strip('"«»'))
    if not match:
        return None
    year, running = match["year_first"] or match["year_last"], match["second"] or match["first"]
    series = re.sub(r"[\s-]", "", match["series"] or "")
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
    return Number(series, full, int(running))


def pieces(typed: str | None) -> list[Piece]:
    """The parts of a search, all of which must be found; empty where nothing can be looked for.

    Words that say nothing are left out where others stand, and whatever is written without a blank but falls into
    several words is a phrase.

    >>> [(piece.kind, piece.tokens) for piece in pieces('avvik i "til orientering" PM-møte')]
    [('word', (('avvik',),)), ('phrase', (('til', 'orientering'),)), ('phrase', (('pm', 'møte'),))]
    >>> pieces("på"), pieces('" * )'), pieces(None)
    ([Piece(kind='word', tokens=(('på',),))], [], [])
    """
    return _all_pieces(typed)[:MOST_PIECES]


def is_cut(typed: str | None) -> bool:
    """Whether a search has more pieces than are looked for.

    >>> is_cut("avvik " * 21), is_cut("avvik")
    (True, False)
    """
    return len(_all_pieces(typed)) > MOST_PIECES


def _all_pieces(typed: str | None) -> list[Piece]:
    if number := case_number(typed):
        return [number_piece(number)]
    found = [piece for match in _PHRASE.finditer(clean(typed)) if (piece := _piece(match["phrase"], match["plain"]))]
    stop = data()["search"]["stop_words"]
    telling = [piece for piece in found if piece.kind == "phrase" or piece.tokens[0][0] not in stop]
    return telling or found


def number_piece(number: Number) -> Piece:
    """A case number as it may stand in a text.

    >>> number_piece(Number("", 2022, 6)).tokens
    (('2022', '6'), ('6', '22'), ('6', '2022'))
    >>> number_piece(Number("ps", 2022, 26)).tokens[-1]
    ('ps26', '2022')
    """
    unpadded = [way for way in number.printed if not re.search(r"(?:^|[./])0", way)]  # "06.22" is part of a date
    glued = [number.series + way for way in unpadded if number.series]
    return Piece("phrase", tuple(dict.fromkeys(tuple(re.split(r"[./-]", way)) for way in (*unpadded, *glued))))


def _piece(phrase: str | None, plain: str | None) -> Piece | None:
    tokens = tuple(split_words(phrase if phrase is not None else plain or ""))
    if not tokens:
        return None
    return Piece("word" if phrase is None and len(tokens) == 1 else "phrase", (tokens,))
