"""What to try where a search finds nothing: another spelling, fewer words, no filters."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from rapidfuzz.distance import OSA

from models.word_forms import fold
from plugins.view.search_hits import Narrowed, find
from plugins.view.search_typed import Piece, clean, pieces
from plugins.view.search_words import slots

SHORTEST = 4
"""Letters of a word that is taken for a misspelling; shorter ones are near to too many others."""
LETTERS_A_SLIP = 4
"""One slip of the pen in so many letters, and at most three in a word: "rekrutering", "samhandlingsavik"."""
MOST_SLIPS = 3


class PieceHits(NamedTuple):
    """How often a piece of a search is found by itself."""

    text: str
    hits: int


class SearchHelp(NamedTuple):
    """What to try instead of a search that found nothing."""

    suggestion: str | None
    """Another spelling that finds something under the same filters."""
    without_filters: int
    """Hits where the filters are taken away."""
    pieces: tuple[PieceHits, ...]
    """The pieces of the search one by one, under the same filters; empty where there is only one."""


def help_with(conn: sqlite3.Connection, typed: str, narrowed: Narrowed) -> SearchHelp:
    """What to try instead of a search that found nothing."""
    asked = pieces(typed)
    single = [PieceHits(" ".join(one.tokens[0]), _count(conn, [one], narrowed)) for one in asked]
    unfiltered = _count(conn, asked, Narrowed()) if any(narrowed) else 0
    return SearchHelp(suggestion(conn, typed, narrowed), unfiltered, tuple(single if len(single) > 1 else ()))


def _count(conn: sqlite3.Connection, asked: list[Piece], narrowed: Narrowed) -> int:
    return sum(1 for _ in find(conn, slots(conn, asked), narrowed))


def suggestion(conn: sqlite3.Connection, typed: str, narrowed: Narrowed) -> str | None:
    """The search with each word that finds nothing in its likeliest other spelling, if that finds something."""
    asked, text = pieces(typed), clean(typed)
    for piece in asked:
        word = piece.tokens[0][0]
        if (
            piece.kind == "word"
            and not any(slots(conn, [piece])[0].phrases[1:])
            and not _count(conn, [piece], Narrowed())
        ):
            nearest = next(iter(near_words(conn, word)), None)
            if nearest is None:
                return None
            text = text.replace(word, nearest, 1)
    return text if text != clean(typed) and _count(conn, pieces(text), narrowed) else None


def near_words(conn: sqlite3.Connection, word: str, most: int = 5) -> list[str]:
    """The words of the documents that a typed word may be a misspelling of: the nearest, of equals the commonest."""
    if len(word) < SHORTEST or not word.isalpha():
        return []
    slips = min(len(word) // LETTERS_A_SLIP, MOST_SLIPS)
    target = fold(word)
    sql = "SELECT word, folded, hits FROM search_words WHERE length(folded) BETWEEN ? AND ?"
    rows = conn.execute(sql, (len(target) - slips, len(target) + slips))
    near = [
        (distance, -hits, other)
        for other, folded, hits in rows
        if (distance := OSA.distance(target, folded, score_cutoff=slips)) <= slips
    ]
    return [other for _, _, other in sorted(near)[:most]]
