"""Cells of tables and queries: ids become links, codes become Norwegian words. Everything else is left to Datasette."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from markupsafe import Markup, escape

from models.labels import label
from plugins.view import links
from plugins.view.source import DATABASE

PLAIN_ARRAYS = {"responsible"}


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Datasette) -> Any:
    if database != DATABASE or value is None or value == "":
        return None
    stored = value["value"] if isinstance(value, Mapping) else value
    shown = value["label"] if isinstance(value, Mapping) else value
    address = _address(row, stored, column, table, datasette)
    if address:
        return Markup('<a href="{}">{}</a>').format(address, shown)
    return _words(column, stored)


def _address(row: Any, value: Any, column: str, table: str | None, datasette: Datasette) -> str | None:
    """Where the cell leads: a document to its source page, a page number to that page, a case to its trail."""
    if column == "case_id":
        return links.case_url(datasette, str(value))
    if column == "meeting_id":
        return links.meeting_url(datasette, str(value))
    if column == "document_id":
        return links.source_url(datasette, str(value), _number(row, "page") or _number(row, "first_page"))
    if column in ("page", "first_page") and isinstance(value, int):
        document = _stored(row, "id" if table == "documents" else "document_id")
        return links.source_url(datasette, str(document), value, _record(row, table)) if document else None
    return None


def _words(column: str, value: Any) -> Markup | None:
    if column in PLAIN_ARRAYS and str(value).startswith("["):
        return escape(", ".join(json.loads(value))) or Markup("&nbsp;")
    words = label(column, value)
    return None if words is None else escape(words) or Markup("&nbsp;")


def _record(row: Any, table: str | None) -> str | None:
    """What to mark on the source page: this row's own evidence."""
    return str(_stored(row, "id")) if table in ("evidence", "decisions", "case_items", "attendances") else None


def _stored(row: Any, column: str) -> Any:
    """The row's value in a column, without the label that Datasette may have put to a foreign key."""
    if column not in row.keys():
        return None
    value = row[column]
    return value["value"] if isinstance(value, Mapping) else value


def _number(row: Any, column: str) -> int | None:
    value = _stored(row, column)
    return value if isinstance(value, int) else None
