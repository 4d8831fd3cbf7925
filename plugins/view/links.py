"""Addresses inside the site."""

from __future__ import annotations

from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils import tilde_encode

from plugins.view.source import DATABASE


def source_url(datasette: Datasette, document_id: str, page: int | None = None, quote: str | None = None) -> str:
    """The source page of a document, at a page, with a passage marked.

    A document without pages may be long, so there the browser goes to the mark at once.
    """
    asked = {"side": page, "bevis": quote}
    query = urlencode({name: value for name, value in asked.items() if value})
    path = f"/kilde/{tilde_encode(document_id)}"
    mark = "#merket" if quote and not page else ""
    return str(datasette.urls.path(f"{path}?{query}{mark}" if query else path))


def _query(datasette: Datasette, name: str, parameters: dict[str, str]) -> str:
    return str(datasette.urls.path(f"/{DATABASE}/{name}?{urlencode(parameters)}"))


def case_url(datasette: Datasette, case_id: str) -> str:
    """A case through all its documents."""
    return _query(datasette, "saksgang", {"sak": case_id})


def meeting_url(datasette: Datasette, meeting_id: str) -> str:
    """A meeting with its documents and cases."""
    return _query(datasette, "mote", {"mote": meeting_id})


def person_url(datasette: Datasette, person_id: str) -> str:
    """A person, with roles, meetings and responsibilities."""
    return _query(datasette, "person", {"person": person_id})


def organisation_url(datasette: Datasette, organisation_id: str) -> str:
    """An organisation, with its people and responsibilities."""
    return _query(datasette, "organisasjon", {"organisasjon": organisation_id})


def image_url(datasette: Datasette, document_id: str, page: int, quote: str | None = None) -> str:
    """The picture of a page, with the same passage marked."""
    query = "?" + urlencode({"bevis": quote}) if quote else ""
    return str(datasette.urls.path(f"/kilde/{tilde_encode(document_id)}/side/{page}.png{query}"))


def file_url(datasette: Datasette, document_id: str) -> str:
    """The original file."""
    return str(datasette.urls.path(f"/kilde/{tilde_encode(document_id)}/fil"))


def meetings_url(datasette: Datasette, body_id: str) -> str:
    """The meetings of a body."""
    return _query(datasette, "moter", {"utvalg": body_id})
