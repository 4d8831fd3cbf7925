"""Addresses inside the site."""

from __future__ import annotations

from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils import tilde_encode

from plugins.view.source import DATABASE


def source_url(datasette: Datasette, document_id: str, page: int | None = None, quote: str | None = None) -> str:
    """The source page of a document, at a page, with a passage marked."""
    asked = {"side": page, "bevis": quote}
    query = urlencode({name: value for name, value in asked.items() if value})
    path = f"/kilde/{tilde_encode(document_id)}"
    return str(datasette.urls.path(f"{path}?{query}" if query else path))


def case_url(datasette: Datasette, case_id: str) -> str:
    """A case through all its documents."""
    return str(datasette.urls.query(DATABASE, "saksgang")) + "?" + urlencode({"sak": case_id})


def meeting_url(datasette: Datasette, meeting_id: str) -> str:
    """A meeting with its documents and cases."""
    return str(datasette.urls.query(DATABASE, "mote")) + "?" + urlencode({"mote": meeting_id})


def image_url(datasette: Datasette, document_id: str, page: int, quote: str | None = None) -> str:
    """The picture of a page, with the same passage marked."""
    query = "?" + urlencode({"bevis": quote}) if quote else ""
    return str(datasette.urls.path(f"/kilde/{tilde_encode(document_id)}/side/{page}.png{query}"))


def file_url(datasette: Datasette, document_id: str) -> str:
    """The original file."""
    return str(datasette.urls.path(f"/kilde/{tilde_encode(document_id)}/fil"))
