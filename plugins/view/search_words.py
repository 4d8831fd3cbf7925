"""The words of the documents that answer to a typed word, from the word itself to words that begin or end alike.

Looked up in the tables that a published file brings (``store.search_index``): what is asked of the full-text index are
words that stand in it, so the hits are marked in their own spelling, and the index needs no knowledge of Norwegian.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from models.word_forms import base_forms, fold, is_known, unfolded
from plugins.view.search_typed import Piece

TIERS = ("exact", "inflected", "compound", "alike")
"""How a hit was found, the nearest first: the typed word; another form of it; a compound with it, or another word for
the same; a word that begins or ends as it does."""

MOST_FORMS = 600
"""Words that a whole search may become, so that no search takes the index long; the most frequent are taken."""
STEM = 5
"""Letters that a word must have for others that begin or end with it to be looked for; shorter ones begin anything."""
BEGINNING = 3
"""Letters of a beginning that is looked for where nothing else is found."""
COMMONER = 5
"""How many times as frequent "råd" must be as "rad" to be found when "rad" is typed and stands in the documents."""

_ENDINGS = {"ing": 6, "e": STEM, "a": STEM}
"""Endings of a basic form that its stem is without, and the letters that must be left: "rekruttering" and "rekruttere"
begin alike, "stilling" and "stille" say different things."""

Forms = tuple[tuple[str, ...], ...]
"""The words of each tier, each word in the first that has it."""


class Slot(NamedTuple):
    """A piece of a search with the full-text phrases that answer to it, tier by tier."""

    piece: Piece
    phrases: Forms

    def upto(self, tier: int) -> tuple[str, ...]:
        """The phrases of a tier and of those before it."""
        return tuple(phrase for phrases in self.phrases[: tier + 1] for phrase in phrases)


def slots(conn: sqlite3.Connection, pieces: list[Piece]) -> list[Slot]:
    """Each piece with what answers to it; words written apart that the documents write as one are put together."""
    most = MOST_FORMS // max(len(pieces), 1)
    found: list[Slot] = []
    left = list(pieces)
    while left:
        piece = left.pop(0)
        joined = _joined(conn, piece, left[0]) if left else None
        if joined:
            left.pop(0)
        found.append(_slot(conn, joined or piece, most))
    return found


def _joined(conn: sqlite3.Connection, first: Piece, second: Piece) -> Piece | None:
    """Two words as the one that they are in the documents: "samhandlings avvik"; only where neither can stand alone."""
    if first.kind != "word" or second.kind != "word":
        return None
    before, last = first.tokens[0][0], second.tokens[0][0]
    for word in (before + last, before + "s" + last):
        if _vocabulary(conn, word) and not _vocabulary(conn, before):
            return Piece("word", ((word,),))
    return None


def _slot(conn: sqlite3.Connection, piece: Piece, most: int) -> Slot:
    if piece.kind == "phrase":
        return Slot(piece, (tuple(quoted(*tokens) for tokens in piece.tokens), (), (), ()))
    word = piece.tokens[0][0]
    tiers = [tuple(quoted(form) for form in forms) for forms in word_forms(conn, word, max(most // len(TIERS), 3))]
    return Slot(piece, tuple(tiers))


def quoted(*tokens: str) -> str:
    """Words as a phrase of the full-text index; they hold letters and digits only.

    >>> quoted("til", "orientering")
    '"til orientering"'
    """
    return '"' + " ".join(tokens) + '"'


def word_forms(conn: sqlite3.Connection, word: str, most: int) -> Forms:
    """The words of the documents that answer to a typed word, at most so many a tier."""
    if not word.isalpha():
        return (word,), (), (), ()
    spelled = _spelled(conn, word)
    exact = spelled.same or [word]
    keys = frozenset().union(*map(base_forms, spelled.meant))
    others = _synonyms(conn, keys)
    tiers = [
        exact,
        _by_form(conn, keys, "base", most),
        [*_by_form(conn, others, "base", most), *_by_form(conn, keys, "part", most)],
        [*spelled.perhaps, *_alike(conn, min(sorted(keys), key=len), most)],
    ]
    distinct = _each_once(tiers, most)
    if not spelled.same and not any(distinct[1:]) and len(word) >= BEGINNING:
        return distinct[0], (), (), tuple(_beginning(conn, "folded", fold(word), most))
    return distinct


def _each_once(tiers: list[list[str]], most: int) -> Forms:
    """
    >>> _each_once([["a"], ["a", "b"], ["b", "c", "d"], []], 1)
    (('a',), ('b',), ('c',), ())
    """
    seen: set[str] = set()
    kept = []
    for tier in tiers:
        new = [word for word in dict.fromkeys(tier) if word not in seen][:most]
        seen.update(new)
        kept.append(tuple(new))
    return tuple(kept)


class Spelled(NamedTuple):
    """Words of the documents that a typed word may be."""

    same: list[str]
    perhaps: list[str]
    """Other words than the typed one, but for a keyboard without Norwegian letters the same."""
    meant: list[str]
    """What is inflected and compounded: words of the documents, or else of the dictionaries, or the word as typed."""


def _spelled(conn: sqlite3.Connection, word: str) -> Spelled:
    """The word itself, and the words that it is without Norwegian letters, where it is not meant as it stands.

    "samarbeidsmote" is no Norwegian word, so it is "samarbeidsmøte" even where a web address in a document has it too;
    "for" is one, and is not "før".
    """
    sql = "SELECT word, hits FROM search_words WHERE folded = ? ORDER BY hits DESC, word"
    found = dict(conn.execute(sql, (fold(word),)).fetchall())
    own = [word] if word in found else []
    if not word.isascii():
        return Spelled(own, [], [word])
    other = [one for one in found if one != word]
    if is_known(word) and (own or not other):
        return Spelled(own, [one for one in other if found[one] >= COMMONER * found[word]], [word])
    return Spelled(own + other, [], own + other or sorted(unfolded(word)) or [word])


def _vocabulary(conn: sqlite3.Connection, word: str) -> bool:
    return conn.execute("SELECT 1 FROM search_words WHERE word = ?", (word,)).fetchone() is not None


def _by_form(conn: sqlite3.Connection, forms: Iterable[str], how: str, most: int) -> list[str]:
    """The words with one of the basic forms, or with a part that has one; the most frequent first."""
    forms = sorted(forms)
    marks = ", ".join("?" * len(forms))
    sql = f"""
        SELECT word FROM search_forms JOIN search_words USING (word)
        WHERE form IN ({marks}) AND how = ? GROUP BY word ORDER BY max(hits) DESC, word LIMIT ?
    """  # noqa: S608 - only question marks are put in
    return [word for (word,) in conn.execute(sql, (*forms, how, most))]


def _synonyms(conn: sqlite3.Connection, forms: Iterable[str]) -> frozenset[str]:
    """The basic forms of other words for the same."""
    forms = sorted(forms)
    marks = ", ".join("?" * len(forms))
    sql = f"SELECT DISTINCT synonym FROM search_synonyms WHERE form IN ({marks})"  # noqa: S608 - as above
    return frozenset().union(*(base_forms(word) for (word,) in conn.execute(sql, forms)))


def _alike(conn: sqlite3.Connection, form: str, most: int) -> list[str]:
    """Words that begin with the stem of a basic form, or end with the form."""
    bare = {form.removesuffix(ending): least for ending, least in _ENDINGS.items() if form.endswith(ending)}
    stem = next((one for one, least in bare.items() if len(one) >= least), form)
    begin = _beginning(conn, "word", stem, most) if len(stem) >= STEM else []
    return begin + (_beginning(conn, "backwards", form[::-1], most) if len(form) >= STEM else [])


def _beginning(conn: sqlite3.Connection, column: str, beginning: str, most: int) -> list[str]:
    sql = f"SELECT word FROM search_words WHERE {column} >= ? AND {column} < ? ORDER BY hits DESC, word LIMIT ?"  # noqa: S608
    return [word for (word,) in conn.execute(sql, (beginning, beginning + "\U0010ffff", most))]
