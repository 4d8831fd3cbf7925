"""What the database knows of a document, its pages and the evidence on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.database import Database

from models.page import Box
from plugins.view.missing import Missing
from plugins.view.original import Original, find_original
from plugins.view.passages import Passage

DATABASE = "sakspor"
"""The database's name on the site: the served file is called ``sakspor.db``."""

_DOCUMENT = """
    select d.*, coalesce(m.date, d.date) as shown_date, b.name as body_name,
           s.path, s.kind as file_kind, s.status, s.pages as file_pages, s.downloadable
    from documents d
    join source_files s on s.sha256 = d.sha256
    left join bodies b on b.id = d.body_id
    left join meetings m on m.id = d.meeting_id
    where d.id = ?
"""
_EVIDENCE = """
    select text, address, x0, top, x1, bottom from evidence
    where document_id = :document and page is :page and (id = :quote or record_id = :quote)
    order by id
"""
_QUOTED_PAGES = """
    select distinct page from evidence
    where document_id = :document and (id = :quote or record_id = :quote) and page is not null
    order by page
"""
_PAGE = "select text, struck, places from pages where document_id = :document and page is :page"

_CASES_ON_PAGE = """
    select distinct case_id, number, title from case_items
    where document_id = :document and case_id is not null
      and (:page is null or :page between first_page and coalesce(last_page, first_page))
    order by id
"""


_HELD_BACK = "select 1 from masks where sha256 = ? and page is ? and x0 is null"
_MASKS = "select x0, top, x1, bottom from masks where sha256 = ? and page = ?"


class PageText(NamedTuple):
    """What was read on a page, or in a DOCX: three texts whose lines stand beside each other."""

    text: str = ""
    struck: str = ""
    places: str = ""


async def find_document(db: Database, document_id: str) -> dict[str, Any] | None:
    """The document with its file, meeting and body; None for an unknown id."""
    row = (await db.execute(_DOCUMENT, [document_id])).first()
    return dict(row) if row else None


async def pages_with_text(db: Database, document_id: str) -> list[int]:
    """The numbers of the pages on which anything was read; empty for a DOCX."""
    sql = "select page from pages where document_id = ? and page is not null order by page"
    return [row["page"] for row in await db.execute(sql, [document_id])]


async def page_text(db: Database, document_id: str, page: int | None) -> PageText:
    """What was read on a page; nothing where nothing was."""
    row = (await db.execute(_PAGE, {"document": document_id, "page": page})).first()
    return PageText(*(part or "" for part in row)) if row else PageText()


async def quoted_pages(db: Database, document_id: str, quote: str) -> list[int]:
    """The pages on which the evidence stands that ``quote`` names; none for a text to look for."""
    rows = await db.execute(_QUOTED_PAGES, {"document": document_id, "quote": quote})
    return [row["page"] for row in rows]


async def find_passages(db: Database, document_id: str, page: int | None, quote: str) -> list[Passage]:
    """What ``quote`` asks to have marked: an evidence id, a record id, or else a text to look for on the page."""
    rows = (await db.execute(_EVIDENCE, {"document": document_id, "page": page, "quote": quote})).rows
    if not rows:
        return [Passage(quote)] if quote.strip() else []
    return [Passage(row["text"], row["address"] or (None if None in row[2:6] else Box(*row[2:6]))) for row in rows]


async def masks(db: Database, sha256: str, page: int) -> tuple[Box, ...]:
    """What must be black on the picture of a page; Missing where nothing of it may be seen."""
    rows = (await db.execute(_MASKS, [sha256, page])).rows
    if any(None in tuple(row) for row in rows):
        raise Missing("Bildet av siden er holdt tilbake.")
    return tuple(Box(*row) for row in rows)


async def is_held_back(db: Database, sha256: str, page: int | None) -> bool:
    """Whether nothing of a page (in a DOCX: of the whole text) is shown."""
    return (await db.execute(_HELD_BACK, [sha256, page])).first() is not None


async def cases_on_page(db: Database, document_id: str, page: int | None) -> list[dict[str, Any]]:
    """The cases that the page (in a DOCX: the document) treats."""
    result = await db.execute(_CASES_ON_PAGE, {"document": document_id, "page": page})
    return [dict(row) for row in result.rows]


def page_numbers(document: dict[str, Any], with_text: list[int]) -> list[int]:
    """The document's pages in its file; empty for a DOCX.

    >>> page_numbers({"first_page": 3, "last_page": 5}, [3, 5])
    [3, 4, 5]
    >>> page_numbers({"first_page": None, "last_page": None}, [])
    []
    """
    first, last = document["first_page"], document["last_page"]
    if first is not None:
        return list(range(first, (last or first) + 1))
    return with_text


def original(datasette: Datasette, document: dict[str, Any]) -> Original | None:
    """The document's file, if it was loaded, lies on this machine and is unchanged."""
    if document["status"] != "loaded":
        return None
    path = datasette.get_database(DATABASE).path
    folders = (Path(path).parent, Path.cwd()) if path else (Path.cwd(),)
    return find_original(document["path"], document["sha256"], document["file_kind"], folders)
