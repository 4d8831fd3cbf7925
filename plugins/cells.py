"""Cells of tables and queries: ids become links, codes become Norwegian words. Everything else is left to Datasette."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import is_url
from markupsafe import Markup, escape

from models.labels import label
from plugins.view import links
from plugins.view.source import DATABASE

PLAIN_ARRAYS = {"responsible", "spellings"}
OWN_PAGE = {
    ("cases", "number"): "case_id",
    ("cases", "title"): "case_id",
    ("meetings", "date"): "meeting_id",
    ("bodies", "name"): "body_id",
    ("documents", "title"): "document_id",
    ("people", "name"): "person_id",
    ("organisations", "name"): "organisation_id",
}
"""(table, column) of cells that lead to the row's own page on the site, and as what its key is taken."""
KEYS = {
    "case_id": links.case_url,
    "meeting_id": links.meeting_url,
    "body_id": links.meetings_url,
    "person_id": links.person_url,
    "organisation_id": links.organisation_url,
}
"""Columns with a key that has a page of its own."""


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Datasette) -> Any:
    if database != DATABASE or value is None or value == "":
        return None
    stored = value["value"] if isinstance(value, Mapping) else value
    shown = value["label"] if isinstance(value, Mapping) else value
    address = _address(row, stored, column, table, datasette)
    if address:
        return Markup('<a href="{}">{}</a>').format(address, shown)
    return _words(column, stored) or _dead_address(stored)


def _address(row: Any, value: Any, column: str, table: str | None, datasette: Datasette) -> str | None:
    """Where the cell leads: a document or a page to its source page, other keys to the page of what they name."""
    target, key = OWN_PAGE.get((table or "", column), column), value
    if target != column:
        key = _stored(row, "id")
    if target in KEYS:
        return KEYS[target](datasette, str(key))
    if target == "document_id":
        return links.source_url(datasette, str(key), _number(row, "page") or _number(row, "first_page"))
    return _page_address(row, value, column, table, datasette)


def _page_address(row: Any, value: Any, column: str, table: str | None, datasette: Datasette) -> str | None:
    document = _stored(row, "id" if table == "documents" else "document_id")
    if column not in ("page", "first_page") or not isinstance(value, int) or not document:
        return None
    return links.source_url(datasette, str(document), value, _record(row, table))


def _words(column: str, value: Any) -> Markup | None:
    if column in PLAIN_ARRAYS and str(value).startswith("["):
        return escape(", ".join(json.loads(value))) or Markup("&nbsp;")
    words = label(column, value)
    return None if words is None else escape(words) or Markup("&nbsp;")


def _dead_address(value: Any) -> Markup | None:
    """An address that a document states stays text: Datasette would make it a link out of the site.

    >>> _dead_address("https://evil.example/<b>"), _dead_address("Se https://example.no")
    (Markup('https://evil.example/&lt;b&gt;'), None)
    """
    return escape(value) if isinstance(value, str) and is_url(value.strip()) else None


def _record(row: Any, table: str | None) -> str | None:
    """What to mark on the source page: this row's own evidence."""
    return str(_stored(row, "id")) if table in ("evidence", "decisions", "case_items", "attendances", "votes") else None


def _stored(row: Any, column: str) -> Any:
    """The row's value in a column, without the label that Datasette may have put to a foreign key."""
    if column not in set(row.keys()):  # `in row` would look at the values
        return None
    value = row[column]
    return value["value"] if isinstance(value, Mapping) else value


def _number(row: Any, column: str) -> int | None:
    value = _stored(row, column)
    return value if isinstance(value, int) else None
