"""A list as CSV for a spreadsheet: all its rows, in Norwegian where the query says which columns the file has."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from models.labels import heading, label
from plugins.view.lists import Listed

CONTENT_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own alphabet, and "å" becomes two signs."""
DELIMITERS = {"": ",", "semikolon": ";"}
"""What ``skille`` in the address may be: a Norwegian Excel splits a file that is opened by semicolons only, and needs
the byte order mark; other programs expect commas, and stumble over the mark."""
_PAGES_ONLY = {"hits"}
"""Columns that the pages need and a file has no use for."""
_ROWS = 500


def csv_parts(found: Listed, delimiter: str) -> Iterator[str]:
    """The file in parts of some hundred rows.

    ``csv_columns`` of the query names the file's columns and their order; their headings and codes are Norwegian then.
    """
    chosen = found.query.get("csv_columns")
    columns = chosen or [column for column in found.columns if column not in _PAGES_ONLY]
    places = [found.columns.index(column) for column in columns]
    headings = _lines([[heading(column) if chosen else column for column in columns]], delimiter)
    yield BYTE_ORDER_MARK + headings if delimiter == ";" else headings
    for start in range(0, len(found.rows), _ROWS):
        rows = ([row[place] for place in places] for row in found.rows[start : start + _ROWS])
        yield _lines([_worded(columns, row) if chosen else row for row in rows], delimiter)


def _worded(columns: Sequence[str], row: Sequence[Any]) -> list[Any]:
    return [label(column, value) or value for column, value in zip(columns, row, strict=True)]


def _lines(rows: Sequence[Sequence[Any]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()
