"""What the publishable documents state, copied from the working database into a fresh file.

Each table of the schema says by its columns what its rows hang on, and so which of them may go along. Concluded
tables and columns are left out: :func:`store.link.derive` fills them from what was copied.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from store.schema import SEARCH, TABLES, Table

_ON_CLOSED_PAGE = """EXISTS (
    SELECT 1 FROM temp.closed_pages AS closed
    WHERE closed.document_id = stated.document_id AND closed.page IS stated.page
)"""
_NAMED = (
    (
        "bodies",
        "id, name",
        """id IN (
            SELECT body_id FROM main.documents UNION SELECT body_id FROM working.meetings
            WHERE id IN (SELECT meeting_id FROM main.meeting_documents)
        )""",
    ),
    (
        "meetings",
        "id, body_id, date",
        "id IN (SELECT meeting_id FROM main.meeting_documents) AND body_id IN (SELECT id FROM main.bodies)",
    ),
    (
        "cases",
        "id, body_id, number",
        "id IN (SELECT case_id FROM main.case_items) AND body_id IN (SELECT id FROM main.bodies)",
    ),
)
"""The keys of what several documents share, where a published one names it; the rest of these rows is derived."""
_LOOSE = (
    ("documents", "meeting_id", "meetings"),
    ("meeting_documents", "meeting_id", "meetings"),
    ("attendances", "meeting_id", "meetings"),
    ("case_items", "meeting_id", "meetings"),
    ("case_items", "case_id", "cases"),
)
"""What a document was told by a neighbour in its file that is held back: a memo its meeting, a case its body."""
_HITS = {"page": "pages", "struck": "pages", "case": "case_items", "decision": "decisions"}
"""The table that a kind of search hit stands in."""


def copy_stated(db: Database) -> None:
    """Fill the tables of a fresh file; ``db`` is in a transaction, with the working database and the temporary tables
    of :mod:`store.closed` at hand.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")
    for table in TABLES:
        if not (table.concluded or table.derived):
            names = ", ".join(f'"{name}"' for name in _stated(table))
            db.execute(f"INSERT INTO main.{table.name} ({names}) {publishable(table)}")
    for name, columns, named in _NAMED:
        db.execute(
            f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM working.{name} WHERE {named} ORDER BY id"
        )
    for name, column, target in _LOOSE:
        db.execute(f"UPDATE main.{name} SET {column} = NULL WHERE {column} NOT IN (SELECT id FROM main.{target})")
    _copy_hits(db)
    _hold_files_back(db)


def publishable(table: Table) -> str:
    """The rows of a table that visitors may see, as SQL, in the order of their keys.

    >>> from store.schema import table as find_table
    >>> publishable(find_table("meeting_documents")).split(" WHERE ")[1]
    'stated.document_id IN (SELECT id FROM main.documents) ORDER BY document_id'
    """
    names = ", ".join(f'"{name}"' for name in _stated(table))
    conditions = " AND ".join(f"({one})" if " OR " in one else one for one in _conditions(table)) or "true"
    return f"SELECT {names} FROM working.{table.name} AS stated WHERE {conditions} ORDER BY {', '.join(table.primary)}"


def _stated(table: Table) -> list[str]:
    return [column.name for column in table.columns if not column.concluded]


def _conditions(table: Table) -> Iterator[str]:
    names = table.names
    if table.name == "source_files":
        yield "stated.superseded_by IS NULL"
        yield _OPEN_FILES
    elif table.name == "problems":
        yield from _PROBLEMS
    elif table.name == "evidence":
        yield " OR ".join(_of_records())
    elif table.name == "documents":
        yield "stated.sha256 IN (SELECT sha256 FROM main.source_files)"
        yield "stated.id NOT IN (SELECT id FROM temp.closed_documents)"
    elif table.name == "case_items":
        yield "stated.document_id IN (SELECT id FROM main.documents)"
        yield "stated.id NOT IN (SELECT id FROM temp.closed_items)"
    else:
        if "sha256" in names:
            yield "stated.sha256 IN (SELECT sha256 FROM main.source_files)"
        if "document_id" in names:
            yield "stated.document_id IN (SELECT id FROM main.documents)"
        if "case_item_id" in names:
            yield "stated.case_item_id IS NULL OR stated.case_item_id IN (SELECT id FROM main.case_items)"
        if {"page", "document_id"} <= set(names):
            bound = "stated.case_item_id IS NOT NULL OR " if "case_item_id" in names else ""
            yield f"{bound}NOT {_ON_CLOSED_PAGE}"


_OPEN_FILES = """
    stated.sha256 NOT IN (SELECT sha256 FROM temp.closed_files)
    AND (
        stated.sha256 NOT IN (SELECT sha256 FROM working.documents)
        OR stated.sha256 IN (
            SELECT sha256 FROM working.documents WHERE id NOT IN (SELECT id FROM temp.closed_documents)
        )
    )
"""
_PROBLEMS = (
    "stated.code <> 'exempt'",
    "stated.path NOT IN (SELECT path FROM temp.closed_paths)",
    "stated.sha256 IS NULL OR stated.sha256 IN (SELECT sha256 FROM main.source_files)",
    "stated.document_id IS NULL OR stated.document_id IN (SELECT id FROM main.documents)",
    f"stated.document_id IS NULL OR NOT {_ON_CLOSED_PAGE}",
    """stated.document_id IS NOT NULL OR stated.page IS NULL OR NOT EXISTS (
        SELECT 1 FROM working.documents
        LEFT JOIN temp.closed_pages AS closed ON closed.document_id = documents.id
        WHERE documents.sha256 = stated.sha256 AND (
            closed.page = stated.page
            OR (
                documents.id IN (SELECT id FROM temp.closed_documents)
                AND stated.page BETWEEN documents.first_page AND documents.last_page
            )
        )
    )""",
)


def _of_records() -> Iterator[str]:
    """For each table that evidence can speak of: the record is there."""
    for table in TABLES:
        if table.record and table.name != "evidence" and not table.concluded:
            keys = f"SELECT {table.primary[0]} FROM main.{table.name}"
            yield f"(stated.record_table = '{table.name}' AND stated.record_id IN ({keys}))"


def _copy_hits(db: Database) -> None:
    there = " OR ".join(f"(kind = '{kind}' AND record_id IN (SELECT id FROM main.{t}))" for kind, t in _HITS.items())
    hits = ", ".join(SEARCH)
    db.execute(
        f"INSERT INTO main.search ({hits}) SELECT {hits} FROM ({_DATED}) WHERE {there} ORDER BY day, document_id, hit"
    )


_DATED = """
    SELECT search.*, search.rowid AS hit, coalesce(meetings.date, documents.date) AS day
    FROM working.search
    JOIN main.documents ON documents.id = search.document_id
    LEFT JOIN main.meetings ON meetings.id = documents.meeting_id
"""
"""Oldest first: a search walks through the index from its end, and meets the newest first."""


def _hold_files_back(db: Database) -> None:
    """Offer no file that holds something closed, and no picture of a page on which it stands."""
    db.execute(
        """
        INSERT INTO main.masks (id, sha256, page)
        WITH RECURSIVE shown (sha256, page, last) AS (
            SELECT sha256, first_page, last_page FROM working.documents
            WHERE id IN (SELECT id FROM temp.closed_documents) AND sha256 IN (SELECT sha256 FROM main.source_files)
            UNION ALL
            SELECT sha256, page + 1, last FROM shown WHERE page < last
        ),
        closed AS (
            SELECT sha256, page FROM shown
            UNION
            SELECT documents.sha256, closed_pages.page FROM temp.closed_pages
            JOIN main.documents ON documents.id = closed_pages.document_id
        )
        SELECT substr(sha256, 1, 12) || '/side' || coalesce(page, 0), sha256, page FROM closed ORDER BY sha256, page
        """
    )
    db.execute("UPDATE main.source_files SET downloadable = 0 WHERE sha256 IN (SELECT sha256 FROM main.masks)")
