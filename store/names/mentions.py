"""Every place where a name is printed, read from the tables that hold names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from store.connected import AMONG
from store.names.organisations import is_proper
from store.names.printed import Piece, Shape, bare_name, pieces, shape

LISTED = frozenset({("attendances", "name"), ("case_items", "responsible"), ("meeting_documents", "chair")}) | {
    ("meeting_documents", "secretary")
}
"""Where the people of a document are named; a given name by itself means one of them."""
GIVERS = frozenset({"organisation", "sender", "recipient"})
"""Fields that name an organisation, whatever it looks like."""


class Mention(NamedTuple):
    """A name in one field of one row."""

    id: str
    record_table: str
    record_id: str
    document_id: str
    page: int | None
    field: str
    printed: str
    role: str | None
    organisation: str | None
    date: str | None
    name: str
    """The name alone, without title and brackets."""
    shape: Shape

    @property
    def listed(self) -> bool:
        """Whether it stands in a list of a document's people."""
        return (self.record_table, self.field) in LISTED


class Stated(NamedTuple):
    """A field with names as a table holds it."""

    table: str
    record: str
    document: str
    field: str
    text: str
    role: str | None
    organisation: str | None
    page: int | None
    date: str | None


_FIELDS = (
    ("attendances", "id", "name", "name", "role", "organisation", "NULL"),
    ("attendances", "id", "organisation", "organisation", "NULL", "NULL", "NULL"),
    ("meeting_documents", "document_id", "chair", "chair", "NULL", "NULL", "NULL"),
    ("meeting_documents", "document_id", "secretary", "secretary", "NULL", "NULL", "NULL"),
    ("vote_names", "id", "name", "name", "iif(side = 'for', 'stemte for', 'stemte imot')", "NULL", "page"),
    ("case_items", "id", "responsible", "responsible", "NULL", "NULL", "first_page"),
    ("responsibilities", "id", "actor", "actor", "NULL", "NULL", "page"),
    ("measures", "id", "responsible", "responsible", "NULL", "NULL", "page"),
    ("submissions", "document_id", "sender", "sender", "NULL", "NULL", "NULL"),
    ("submissions", "document_id", "recipient", "recipient", "NULL", "NULL", "NULL"),
    ("procedures", "document_id", "prepared_by", "prepared_by", "NULL", "NULL", "NULL"),
    ("procedures", "document_id", "approved_by", "approved_by", "NULL", "NULL", "NULL"),
)
"""Table, key, field, and the columns or expressions for text, role, organisation and page."""


def mentions(db: Database, documents: Sequence[str]) -> Iterator[Mention]:
    """Every printed name of some documents, in the order of the tables and their keys.

    Several names in one field have an ordinal each.
    """
    places = _places(db, documents)
    for stated in _stated(db, documents):
        printed = json.loads(stated.text) if stated.text.startswith("[") else [stated.text]
        found = [piece for text in printed for piece in _pieces(stated.field, text)]
        evidence = places.get((stated.table, stated.record, stated.field), ())
        for n, piece in enumerate(found, 1):
            yield Mention(
                f"{stated.table}:{stated.record}:{stated.field}:{n}",
                *(stated.table, stated.record, stated.document),
                _page(piece, evidence) or stated.page,
                *(stated.field, piece.printed),
                *(stated.role or piece.role, stated.organisation or piece.organisation, stated.date),
                *(piece.name, shape_of(stated.field, piece.name)),
            )


def _pieces(field: str, text: str) -> tuple[Piece, ...]:
    """A field for organisations holds one; only what is printed before it ("Fra kommunene") makes it a group."""
    return (Piece(text, text),) if field in GIVERS else pieces(text)


def name_of(field: str, printed: str) -> str:
    """The name of a printed mention by itself."""
    return printed if field in GIVERS else bare_name(printed)


def shape_of(field: str, name: str) -> Shape:
    """What a name in a field can name."""
    found = shape(name)
    if field in GIVERS:
        return found if found in ("body", "role") and not is_proper(name) else "organisation"
    return found


def _stated(db: Database, documents: Sequence[str]) -> Iterator[Stated]:
    for table, key, field, text, role, organisation, page in _FIELDS:
        read = (text, role, organisation, page)
        columns = (f"{table}.{name}" if name.isidentifier() and name != "NULL" else name for name in read)
        yield from (
            Stated(table, record, document, field, *values)
            for record, document, *values in db.execute(
                f"SELECT {table}.{key}, {table}.document_id, {', '.join(columns)},"
                " coalesce(meetings.date, documents.date)"
                f" FROM {table} JOIN documents ON documents.id = {table}.document_id"
                " LEFT JOIN meetings ON meetings.id = documents.meeting_id"
                f" WHERE {table}.{text} IS NOT NULL AND {table}.{text} NOT IN ('', '[]')"
                f" AND {table}.document_id {AMONG} ORDER BY {table}.{key}",
                (json.dumps(documents),),
            ).fetchall()
        )


def _places(db: Database, documents: Sequence[str]) -> Mapping[tuple[str, str, str], Sequence[tuple[str, int]]]:
    """The texts and pages of the evidence of fields with names, by table, row and field."""
    found: dict[tuple[str, str, str], list[tuple[str, int]]] = defaultdict(list)
    fields = {(table, field) for table, _, field, *_ in _FIELDS}
    sql = f"""
        SELECT record_table, field, record_id, text, page FROM evidence
        WHERE page IS NOT NULL AND document_id {AMONG} ORDER BY id
    """
    for table, field, record, text, page in db.execute(sql, (json.dumps(documents),)):
        if (table, field) in fields:
            found[table, record, field].append((text, page))
    return found


def _page(piece: Piece, evidence: Sequence[tuple[str, int]]) -> int | None:
    """The page of the evidence in which a name stands; else of the first."""
    words = piece.name.split()
    return next((page for text, page in evidence if words[-1] in text), evidence[0][1] if evidence else None)
