"""The hits of a search: found tier by tier in the full-text index, put together by case, the best ones first.

Each tier is asked for its newest rows only, in the order in which the index has them, so that a word which stands on
every page costs no more than a rare one.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from models.word_forms import fold
from plugins.view.passages import HIT_CLOSE, HIT_OPEN
from plugins.view.search_typed import case_number, pieces, split_words
from plugins.view.search_words import TIERS, Slot, slots

MOST = 500
"""Rows that are looked at; where more were found, the page says so."""
SIZE = 20
"""Hits of one part of the list."""
MOST_MARKED = 12
"""Words of a hit that are marked on its page."""
IN_TEXT = 2
"""What a hit in the text alone stands behind one in the title: as far as a compound behind the word itself."""
POINTS = (0, 1, 2, 4)
"""What each tier costs; the fewest points come first, and of equals the newest."""


class Narrowed(NamedTuple):
    """What a search is narrowed to; an empty string is everything."""

    body: str = ""
    year: str = ""
    kind: str = ""
    outcome: str = ""
    state: str = ""
    responsible: str = ""

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """The conditions on ``search_filters`` with their values.

        >>> Narrowed(year="2022", responsible="Øyåsen").conditions
        [('substr(filters.date, 1, 4) = ?', '2022'), ('instr(filters.responsible, ?) > 0', 'oyasen')]
        """
        asked = (self.body, self.year, self.kind, self.outcome, self.state, fold(self.responsible.strip()))
        return [(condition, value) for condition, value in zip(_CONDITIONS, asked, strict=True) if value]


_CONDITIONS = (
    "filters.body_id = ?",
    "substr(filters.date, 1, 4) = ?",
    "filters.document_kind = ?",
    "filters.outcome = ?",
    "instr(filters.states, '|' || ? || '|') > 0",
    "instr(filters.responsible, ?) > 0",
)


class Found(NamedTuple):
    """A row of the index that was found."""

    rowid: int
    points: int
    how: str
    """The tier, or ``number`` for the case whose number was typed."""


class Row(NamedTuple):
    """A row of the index with what decides its place among the hits."""

    rowid: int
    kind: str
    document_id: str
    page: int | None
    item: str
    """The case item that it belongs to, or the row itself."""
    stage: str | None
    points: int
    how: str

    @property
    def order(self) -> tuple[bool, int, bool, int]:
        """Text in force first; then the nearest, and of equals a case or a decision, and the newest."""
        return self.kind == "struck", self.points, self.kind == "page", -self.rowid


def search(conn: sqlite3.Connection, typed: str, narrowed: Narrowed, part: int = 1) -> list[dict[str, Any]]:
    """A part of the hits, ready to be shown; each tells how many there are in all.

    Nothing that is typed breaks it: what holds no word finds nothing.
    """
    asked = slots(conn, pieces(typed))
    found = list(find(conn, asked, narrowed))
    direct = find_case(conn, typed, narrowed)
    rows = hits(conn, asked, [*direct, *(one for one in found if one.rowid not in {d.rowid for d in direct})])
    start = SIZE * (max(part, 1) - 1)
    whole = {"hits": len(rows), "more_exist": int(len(found) >= MOST)}
    return [detail | whole for detail in details(conn, asked, rows[start : start + SIZE])]


def find(conn: sqlite3.Connection, asked: list[Slot], narrowed: Narrowed) -> Iterator[Found]:
    """The rows in which every piece stands, the nearest first, each once, at most :data:`MOST`."""
    seen: set[int] = set()
    for points, how, expression in expressions(asked):
        for rowid in _matching(conn, expression, narrowed):
            if rowid not in seen and len(seen) < MOST:
                seen.add(rowid)
                yield Found(rowid, points, how)


def expressions(asked: list[Slot]) -> list[tuple[int, str, str]]:
    """The full-text expressions of a search, the nearest first: points, tier, expression.

    >>> from plugins.view.search_typed import Piece
    >>> one = Slot(Piece("word", (("avvik",),)), (('"avvik"',), (), ('"samhandlingsavvik"',), ()))
    >>> [(points, how) for points, how, _ in expressions([one])]
    [(0, 'exact'), (2, 'exact'), (2, 'compound'), (4, 'compound')]
    >>> expressions([one])[2][2]
    '{title} : (("avvik" OR "samhandlingsavvik"))'
    """
    made, before = [], ""
    for tier, how in enumerate(TIERS):
        expression = " AND ".join(f"({' OR '.join(slot.upto(tier))})" for slot in asked if slot.upto(tier))
        whole = asked and all(slot.upto(tier) for slot in asked)
        if whole and expression != before:
            made += [(POINTS[tier], how, f"{{title}} : ({expression})"), (POINTS[tier] + IN_TEXT, how, expression)]
            before = expression
    return sorted(made, key=lambda one: one[0])


def _matching(conn: sqlite3.Connection, expression: str, narrowed: Narrowed) -> Iterator[int]:
    conditions = narrowed.conditions
    joined = "CROSS JOIN search_filters AS filters ON filters.hit = search.rowid" if conditions else ""
    where = " AND ".join(["search MATCH ?", *(condition for condition, _ in conditions)])
    sql = f"SELECT search.rowid FROM search {joined} WHERE {where} ORDER BY search.rowid DESC LIMIT ?"  # noqa: S608
    return (rowid for (rowid,) in conn.execute(sql, (expression, *(value for _, value in conditions), MOST)))


def find_case(conn: sqlite3.Connection, typed: str, narrowed: Narrowed) -> list[Found]:
    """Where the search is a case number: the case itself, as the latest minutes have it, else the latest document."""
    number = case_number(typed)
    if not number:
        return []
    marks = ", ".join("?" * len(number.printed))
    condition = " AND ".join(["true", *(condition for condition, _ in narrowed.conditions)])
    sql = _CASE.format(marks=marks, condition=condition)
    endings = json.dumps(number.printed)
    values = (*number.printed, number.series, endings, *(value for _, value in narrowed.conditions))
    return [Found(rowid, -1, "number") for (rowid,) in conn.execute(sql, values)]


_CASE = """
    WITH numbered AS (
        SELECT id FROM cases WHERE number IN ({marks})
        UNION
        SELECT cases.id FROM cases, (SELECT ? AS series), json_each(?) AS printed
        WHERE cases.number >= 'A' AND substr(cases.number, -length(printed.value)) = printed.value
            AND (lower(cases.number) = series || printed.value
                OR series = '' AND rtrim(cases.number, '0123456789./-') || printed.value = cases.number)
    ),
    placed AS (
        SELECT filters.hit, row_number() OVER (
            PARTITION BY filters.case_id ORDER BY filters.document_kind = 'minutes' DESC, filters.date DESC, filters.hit
        ) AS place
        FROM numbered
        JOIN case_items ON case_items.case_id = numbered.id
        JOIN search_filters AS filters ON filters.case_item_id = case_items.id AND filters.stage IS NULL
        WHERE {condition}
    )
    SELECT hit FROM placed WHERE place = 1 ORDER BY hit DESC LIMIT 20
"""


def hits(conn: sqlite3.Connection, asked: list[Slot], found: list[Found]) -> list[Row]:
    """The found rows as hits, in the order of the list: one a case in a document, no page beside a case on it."""
    rows = list(_rows(conn, found))
    several = len({row.item for row in rows}) < len(rows)
    in_text = _in_text(conn, asked, rows) if several else set()
    best: dict[tuple[bool, str], Row] = {}
    for row in sorted(rows, key=lambda row: (row.how != "number", row.rowid not in in_text, *_nearness(row))):
        best.setdefault((row.kind == "struck", row.item), row)
    pages = {(row.document_id, row.page) for row in rows if row.kind in ("case", "decision")}
    points = _points_of_items(rows)
    kept = [row._replace(points=points[row.item]) for row in best.values()]
    return sorted(
        (row for row in kept if row.kind != "page" or (row.document_id, row.page) not in pages),
        key=lambda row: row.order,
    )


def _points_of_items(rows: Iterable[Row]) -> dict[str, int]:
    """The points of each case item: those of its best row, whichever of its rows is shown."""
    points: dict[str, int] = {}
    for row in rows:
        points[row.item] = min(row.points, points.get(row.item, row.points))
    return points


def _nearness(row: Row) -> tuple[int, bool, bool, int]:
    """Of a case item's rows the nearest is shown: a point before the whole text, a decision before a proposal."""
    return row.points, row.kind == "case", row.stage == "proposed", row.rowid


def _rows(conn: sqlite3.Connection, found: list[Found]) -> Iterator[Row]:
    by_id = {one.rowid: one for one in found}
    sql = """
        SELECT search.rowid, search.kind, search.document_id, search.page, coalesce(case_item_id, record_id), stage
        FROM json_each(?) AS asked
        CROSS JOIN search ON search.rowid = asked.value
        CROSS JOIN search_filters ON hit = asked.value
    """
    for row in conn.execute(sql, (json.dumps(list(by_id)),)):
        rowid, kind, document_id, page, item, stage = row
        yield Row(rowid, kind, document_id, page, item, stage, by_id[rowid].points, by_id[rowid].how)


def _in_text(conn: sqlite3.Connection, asked: list[Slot], rows: list[Row]) -> set[int]:
    """Those of the rows in whose text, not only in whose title, some piece stands."""
    phrases = [phrase for slot in asked for phrase in slot.upto(len(TIERS))]
    if not rows or not phrases:
        return set()
    ids = [row.rowid for row in rows]
    sql = "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"
    expression = f"{{text}} : ({' OR '.join(phrases)})"
    return {rowid for (rowid,) in conn.execute(sql, (expression, min(ids), max(ids)))}


def details(conn: sqlite3.Connection, asked: list[Slot], rows: list[Row]) -> Iterator[dict[str, Any]]:
    """Hits as the page and the machine get them, the found words between ``⟦`` and ``⟧``.

    Each row is asked for the phrases that it has, since every phrase costs a look-up in the index.
    """
    phrases = [phrase for slot in asked for phrase in slot.upto(len(TIERS))]
    for row in rows:
        own = " OR ".join(_standing_in(phrases, *_texts(conn, row.rowid)) or phrases)
        cursor = conn.execute(_DETAIL, (HIT_OPEN, HIT_CLOSE, HIT_OPEN, HIT_CLOSE, own, row.rowid))
        names = [column[0] for column in cursor.description]
        detail = dict(zip(names, cursor.fetchone(), strict=True))
        yield detail | {"found_by": row.how, "words": found_words(f"{detail['snippet']} {detail['title']}")}


def _texts(conn: sqlite3.Connection, rowid: int) -> tuple[str, str]:
    title, text = conn.execute("SELECT title, text FROM search WHERE rowid = ?", (rowid,)).fetchone()
    return title, text


def _standing_in(phrases: list[str], *texts: str) -> list[str]:
    """The phrases whose words all stand in one of the texts.

    >>> _standing_in(['"avvik"', '"til orientering"', '"orden"'], "Avvik", "Tas til orientering")
    ['"avvik"', '"til orientering"']
    """
    words = {word for text in texts for word in split_words(text.casefold())}
    return [phrase for phrase in phrases if words.issuperset(phrase.strip('"').split())]


def found_words(marked: str) -> str:
    """The words that an excerpt marks, each once, to be marked on the page that the hit opens.

    >>> found_words("Om ⟦avvik⟧ og ⟦samhandlingsavvik⟧, og ⟦Avvik⟧")
    'avvik samhandlingsavvik'
    """
    words = dict.fromkeys(word.casefold() for word in re.findall(f"{HIT_OPEN}([^{HIT_CLOSE}]*){HIT_CLOSE}", marked))
    return " ".join(list(words)[:MOST_MARKED])


_DETAIL = """
    SELECT search.kind, coalesce(nullif(highlight(search, 4, ?, ?), ''), documents.title) AS title,
        snippet(search, 5, ?, ?, ' … ', 32) AS snippet,
        documents.title AS document, documents.kind AS document_kind, coalesce(bodies.name, documents.body) AS body,
        filters.date, search.page, filters.case_id, filters.outcome, filters.stage,
        '/kilde/' || search.document_id || coalesce('?side=' || search.page, '') AS link,
        search.document_id, search.record_id
    FROM search
    CROSS JOIN search_filters AS filters ON filters.hit = search.rowid
    JOIN documents ON documents.id = search.document_id
    LEFT JOIN bodies ON bodies.id = filters.body_id
    WHERE search MATCH ? AND search.rowid = ?
"""
