"""The source page ``/kilde/<document>``: a page of the original beside its text, with the quoted passage marked.

``?side=N`` chooses the page of the file, ``&bevis=X`` what to mark: the id of an evidence row, the id of a record, or a
text. ``/kilde/<document>/side/N.png`` is the picture and ``/kilde/<document>/fil`` the file itself, as an attachment.
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote as percent_encode

from datasette import Forbidden, Response, hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_decode
from datasette.utils.asgi import Request

from models.page import Box
from plugins.view import source
from plugins.view.drawing import TooBusy, page_png
from plugins.view.missing import Missing
from plugins.view.original import Original
from plugins.view.page_image import Marks, PageNotRendered
from plugins.view.passages import Passage, marked_lines
from plugins.view.plain_rendering import parts

CACHE = {"Cache-Control": "private, max-age=300"}
NO_ORIGINAL = "Originalfilen ligger ikke på denne maskinen."


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [
        (r"^/kilde/(?P<document>[^/]+)$", show_page),
        (r"^/kilde/(?P<document>[^/]+)/side/(?P<page>\d{1,6})\.png$", show_image),
        (r"^/kilde/(?P<document>[^/]+)/fil$", send_file),
    ]


async def show_page(datasette: Datasette, request: Request) -> Response:
    """The page with its text; for a DOCX, which has no pages, the whole text."""
    document = await _document(datasette, request)
    db = datasette.get_database(source.DATABASE)
    numbers = source.page_numbers(document, await source.pages_with_text(db, document["id"]))
    quote = request.args.get("bevis") or ""
    quoted = await source.quoted_pages(db, document["id"], quote) if quote else []
    page = _chosen_page(request.args.get("side"), numbers, quoted)
    file = await asyncio.to_thread(source.original, datasette, document)
    read = await source.page_text(db, document["id"], page)
    passages = await source.find_passages(db, document["id"], page, quote)
    lines = marked_lines(read.text, passages, read.struck, read.places)
    held_back = await source.is_held_back(db, document["sha256"], page)
    context = {
        "document": document,
        "page": page,
        "numbers": numbers,
        "quote": quote,
        "quoted_page": quoted[0] if quoted and page not in quoted else None,
        "parts": list(parts(lines)),
        "has_struck": bool(read.struck),
        "has_mark": any("<mark" in line.text for line in lines),
        "file": file,
        "cases": await source.cases_on_page(db, document["id"], page),
        "has_image": file is not None and file.kind == "pdf" and page is not None and not held_back,
        "held_back": held_back,
    }
    return Response.html(await datasette.render_template("kilde.html", context, request=request))


async def show_image(datasette: Datasette, request: Request) -> Response:
    """The picture of a page of the document."""
    document = await _document(datasette, request)
    db = datasette.get_database(source.DATABASE)
    page = int(request.url_vars["page"])
    if page not in source.page_numbers(document, await source.pages_with_text(db, document["id"])):
        raise Missing("Dokumentet har ikke denne siden.")
    file = await _file(datasette, document)
    if file.kind != "pdf":
        raise Missing("Bare PDF-filer har sidebilder.")
    passages = await source.find_passages(db, document["id"], page, request.args.get("bevis") or "")
    hidden = await source.masks(db, document["sha256"], page)
    try:
        png = await page_png(file, page, _marks(passages)._replace(hidden=hidden))
    except PageNotRendered:
        raise Missing("Siden kan ikke vises som bilde. Last ned originalen, eller les teksten.") from None
    except TooBusy:
        text = "Mange sider blir tegnet akkurat nå. Prøv igjen om litt."
        return Response.text(text, status=503, headers={"Retry-After": "5"})
    return Response(png, content_type="image/png", headers=CACHE)


def _marks(passages: list[Passage]) -> Marks:
    """What to mark in the picture: passages whose box is known, and those that are looked for."""
    placed = tuple((passage.text, passage.place) for passage in passages if isinstance(passage.place, Box))
    return Marks(placed, tuple(passage.text for passage in passages if passage.place is None))


async def send_file(datasette: Datasette, request: Request) -> Response:
    """The original, always as an attachment: the browser must not run anything that lies in it."""
    document = await _document(datasette, request)
    if not document["downloadable"]:
        raise Missing("Originalen er holdt tilbake. Teksten og bildene av sidene kan vises.")
    file = await _file(datasette, document)
    content = await asyncio.to_thread(file.content)
    if content is None:
        raise Missing(NO_ORIGINAL)
    name = percent_encode(file.download_name)
    headers = CACHE | {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, content_type=file.content_type, headers=headers)


async def _document(datasette: Datasette, request: Request) -> dict[str, Any]:
    if source.DATABASE not in datasette.databases:
        raise Missing("Ingen database er lastet.")
    allowed, _ = await datasette.check_visibility(
        request.actor,
        permissions=[("view-table", (source.DATABASE, "pages")), ("view-database", source.DATABASE), "view-instance"],
    )
    if not allowed:
        raise Forbidden("Du har ikke tilgang til dokumentet.")
    db = datasette.get_database(source.DATABASE)
    document = await source.find_document(db, tilde_decode(request.url_vars["document"]))
    if document is None:
        raise Missing("Dokumentet finnes ikke. Det kan være erstattet av en nyere utgave. Prøv å søke etter det.")
    return document


async def _file(datasette: Datasette, document: dict[str, Any]) -> Original:
    file = await asyncio.to_thread(source.original, datasette, document)
    if file is None:
        raise Missing(NO_ORIGINAL)
    return file


def _chosen_page(asked: str | None, numbers: list[int], quoted: list[int]) -> int | None:
    """The page asked for, else the one with the quoted passage, or the first; None for a document without pages.

    >>> _chosen_page("4", [3, 4], []), _chosen_page(None, [3, 4], [4]), _chosen_page(None, [3, 4], [])
    (4, 4, 3)
    """
    if not numbers:
        return None
    if not asked:
        return next((page for page in quoted if page in numbers), numbers[0])
    if not asked.isdecimal() or int(asked) not in numbers:
        raise Missing(f"Dokumentet går fra side {numbers[0]} til side {numbers[-1]}.")
    return int(asked)
