"""What the database knows of a document, its pages and the evidence on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.database import Database

from models.page import Box
from plugins.view.original import Original, find_original

DATABASE = "sakspor"
"""The database's name on the site: the served file is called ``sakspor.db``."""

_DOCUMENT = """
    select d.*, coalesce(m.date, d.date) as shown_date, b.name as body_name,
           s.path, s.kind as file_kind, s.status, s.pages as file_pages
    from documents d
    join source_files s on s.sha256 = d.sha256
    left join bodies b on b.id = d.body_id
    left join meetings m on m.id = d.meeting_id
    where d.id = ?
"""
_EVIDENCE = """
    select text, page, x0, top, x1, bottom from evidence
    where document_id = :document and page is :page and (cast(id as text) = :quote or record_id = :quote)
"""


_CASES_ON_PAGE = """
    select distinct case_id, number, title from case_items
    where document_id = :document and case_id is not null
      and (:page is null or :page between first_page and coalesce(last_page, first_page))
    order by id
"""


class Quote(NamedTuple):
    """What to mark on a page: texts in the text, boxes on the image."""

    texts: tuple[str, ...]
    boxes: tuple[Box, ...]
    words: tuple[str, ...]
    """Words whose boxes are not stored and must be looked up in the PDF."""


async def find_document(db: Database, document_id: str) -> dict[str, Any] | None:
    """The document with its file, meeting and body; None for an unknown id."""
    row = (await db.execute(_DOCUMENT, [document_id])).first()
    return dict(row) if row else None


async def page_texts(db: Database, document_id: str) -> dict[int | None, str]:
    """Page number (None in a DOCX) -> text, in page order."""
    rows = await db.execute("select page, text from pages where document_id = ? order by page", [document_id])
    return {row["page"]: row["text"] for row in rows}


async def struck_texts(db: Database, document_id: str) -> dict[int | None, str]:
    """Page number -> what is struck through on the page, line beside line; only pages where something is."""
    sql = "select page, struck from pages where document_id = ? and struck is not null"
    return {row["page"]: row["struck"] for row in await db.execute(sql, [document_id])}


async def find_quote(db: Database, document_id: str, page: int | None, quote: str) -> Quote:
    """What ``quote`` asks to have marked: an evidence id, a record id, or else a text to look for on the page."""
    rows = (await db.execute(_EVIDENCE, {"document": document_id, "page": page, "quote": quote})).rows
    if rows:
        boxes = tuple(Box(*row[2:6]) for row in rows if None not in row[2:6])
        return Quote(tuple(row["text"] for row in rows), boxes, ())
    words = tuple(word for word in quote.replace('"', " ").split() if len(word) >= 3)
    return Quote((quote,), (), words)


async def cases_on_page(db: Database, document_id: str, page: int | None) -> list[dict[str, Any]]:
    """The cases that the page (in a DOCX: the document) treats."""
    result = await db.execute(_CASES_ON_PAGE, {"document": document_id, "page": page})
    return [dict(row) for row in result.rows]


def page_numbers(document: dict[str, Any], texts: dict[int | None, str]) -> list[int]:
    """The document's pages in its file; empty for a DOCX.

    >>> page_numbers({"first_page": 3, "last_page": 5}, {3: "a", 5: "b"})
    [3, 4, 5]
    >>> page_numbers({"first_page": None, "last_page": None}, {None: "a"})
    []
    """
    first, last = document["first_page"], document["last_page"]
    if first is not None:
        return list(range(first, (last or first) + 1))
    return sorted(page for page in texts if page is not None)


def original(datasette: Datasette, document: dict[str, Any]) -> Original | None:
    """The document's file, if it was loaded, lies on this machine and is unchanged."""
    if document["status"] != "loaded":
        return None
    path = datasette.get_database(DATABASE).path
    folders = (Path(path).parent, Path.cwd()) if path else (Path.cwd(),)
    return find_original(document["path"], document["sha256"], document["file_kind"], folders)
