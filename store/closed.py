"""What of the working database is held back when a file is published, as temporary tables of keys.

Held back are the documents that are marked or named as exempt; the cases marked so in an open document, in every
document that treats them; the memos and annexes of those cases; and the pages on which they stand, text and picture. A
page of the same file that prints the title of such a case is held back too. The secretariat's rules decide before any
mark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlite_utils import Database

from store.references import number_parts
from store.rules import Rules

SHORTEST = 8
"""Characters of a title that can be looked for on other pages: "Eventuelt" and "Økonomi" are everybody's."""

_TABLES = (
    "closed_files (sha256 TEXT PRIMARY KEY)",
    "opened_files (sha256 TEXT PRIMARY KEY)",
    "closed_paths (path TEXT PRIMARY KEY)",
    "closed_documents (id TEXT PRIMARY KEY)",
    "closed_items (id TEXT PRIMARY KEY)",
    "closed_pages (document_id TEXT, page INTEGER, UNIQUE (document_id, page))",
)
_PATHS = """
    SELECT sha256, path FROM working.file_paths UNION SELECT sha256, path FROM working.source_files
    UNION SELECT NULL, path FROM working.problems WHERE sha256 IS NULL
"""
_MARKED_DOCUMENTS = """
    INSERT INTO temp.closed_documents
    SELECT id FROM working.documents
    WHERE sha256 IN (SELECT sha256 FROM temp.closed_files)
        OR (exempt IS NOT NULL AND sha256 NOT IN (SELECT sha256 FROM temp.opened_files))
"""
_MARKED_ITEMS = """
    INSERT INTO temp.closed_items
    WITH deciding AS (
        SELECT case_items.id, case_id, document_id FROM working.case_items
        JOIN working.documents ON documents.id = document_id
        WHERE document_id NOT IN (SELECT id FROM temp.closed_documents)
            AND documents.sha256 NOT IN (SELECT sha256 FROM temp.opened_files)
    ),
    marked AS (SELECT * FROM deciding WHERE id IN (SELECT id FROM working.case_items WHERE exempt IS NOT NULL))
    SELECT id FROM marked UNION SELECT id FROM deciding WHERE case_id IN (SELECT case_id FROM marked)
"""
"""A case that is exempt in one document is so in all that are not declared public."""
_THEIR_MEMOS = """
    INSERT OR IGNORE INTO temp.closed_documents
    SELECT documents.id FROM working.documents
    JOIN working.case_items ON case_items.document_id = documents.id
    WHERE documents.kind = 'case_memo' AND case_items.id IN (SELECT id FROM temp.closed_items)
"""
_THEIR_COPIES = """
    INSERT OR IGNORE INTO temp.closed_documents
    SELECT problems.document_id FROM working.problems
    WHERE problems.code = 'repeated' AND problems.sha256 IN (
        SELECT sha256 FROM working.documents JOIN working.case_items ON case_items.document_id = documents.id
        WHERE case_items.id IN (SELECT id FROM temp.closed_items)
    )
"""
"""The signed scan of minutes shows their exempt cases, and has no cases of its own."""
_CLOSED_ITEMS = """
    SELECT case_items.document_id, documents.sha256, case_items.number, case_items.title,
        case_items.first_page, case_items.last_page, documents.first_page
    FROM working.case_items JOIN working.documents ON documents.id = case_items.document_id
    WHERE case_items.id IN (SELECT id FROM temp.closed_items)
"""


def note_closed(db: Database, rules: Rules) -> None:
    """Fill the temporary tables; ``db`` has the working database attached."""
    forget_closed(db)
    db.execute("PRAGMA temp_store = MEMORY")
    for definition in _TABLES:
        db.execute(f"CREATE TEMP TABLE {definition}")
    _note_files(db, rules)
    db.execute(_MARKED_DOCUMENTS)
    db.execute(_MARKED_ITEMS)
    db.execute(_THEIR_MEMOS)
    db.execute(_THEIR_COPIES)
    _note_annexes(db)
    _note_pages(db)


def nothing_closed(db: Database) -> None:
    """The same tables, empty."""
    forget_closed(db)
    for definition in _TABLES:
        db.execute(f"CREATE TEMP TABLE {definition}")


def forget_closed(db: Database) -> None:
    for definition in _TABLES:
        db.execute(f"DROP TABLE IF EXISTS temp.{definition.split()[0]}")


def _note_files(db: Database, rules: Rules) -> None:
    """A content that lies in several places is closed by any of them, and opened by any where none closes it."""
    verdicts: dict[str | None, set[str | None]] = defaultdict(set)
    for sha256, path in db.execute(_PATHS).fetchall():
        verdict = rules.verdict(path)
        verdicts[sha256].add(verdict)
        if sha256 is None and verdict == "exempt":
            db.execute("INSERT OR IGNORE INTO temp.closed_paths VALUES (?)", (path,))
    for sha256, said in verdicts.items():
        if sha256 and "exempt" in said:
            db.execute("INSERT INTO temp.closed_files VALUES (?)", (sha256,))
        elif sha256 and "public" in said:
            db.execute("INSERT INTO temp.opened_files VALUES (?)", (sha256,))


def _note_annexes(db: Database) -> None:
    """Close the annexes that carry the number of an exempt case in the same file."""
    numbers = {(sha256, number_parts(number)) for _, sha256, number, *_ in db.execute(_CLOSED_ITEMS) if number}
    marked = "SELECT id, sha256, case_reference FROM working.documents WHERE case_reference IS NOT NULL"
    annexes = [key for key, sha256, number in db.execute(marked) if (sha256, number_parts(number)) in numbers]
    db.conn.executemany("INSERT OR IGNORE INTO temp.closed_documents VALUES (?)", [(key,) for key in annexes])


def _note_pages(db: Database) -> None:
    """Close the pages of exempt cases; where a case has none in a file with pages, the whole document."""
    titles: dict[str, set[str]] = defaultdict(set)
    for document, sha256, _, title, first, last, first_of_document in db.execute(_CLOSED_ITEMS).fetchall():
        if first is None and first_of_document is not None:
            db.execute("INSERT OR IGNORE INTO temp.closed_documents VALUES (?)", (document,))
        pages = [None] if first is None else range(first, (last or first) + 1)
        _close_pages(db, ((document, page) for page in pages))
        if title and len(title) >= SHORTEST:
            titles[sha256].add(_folded(title))
    sql = """
        SELECT document_id, page, coalesce(text, '') || ' ' || coalesce(struck, '') || ' ' || coalesce(furniture, '')
        FROM working.pages WHERE document_id IN (SELECT id FROM working.documents WHERE sha256 = ?)
    """
    for sha256, named in titles.items():
        pages_of_file = db.execute(sql, (sha256,)).fetchall()
        shown = [(document, page) for document, page, text in pages_of_file if any(t in _folded(text) for t in named)]
        _close_pages(db, shown)


def _close_pages(db: Database, pages: Iterable[tuple[str, int | None]]) -> None:
    db.conn.executemany("INSERT OR IGNORE INTO temp.closed_pages VALUES (?, ?)", pages)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
