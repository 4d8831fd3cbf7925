"""Rows of the queries ``saksgang`` and ``mote`` put together again: a document, its cases, their points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]


def case_items(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """One entry a case item, in the order of the rows, with its ``proposed`` and ``adopted`` points.

    >>> rows = [{"case_item_id": "a", "stage": "proposed", "text": "X"}, {"case_item_id": "a", "stage": None}]
    >>> [len(item["proposed"]) for item in case_items(rows)]
    [1]
    """
    items: dict[str, dict[str, Any]] = {}
    for row in map(dict, rows):
        item = items.setdefault(row["case_item_id"], row | {"proposed": [], "adopted": []})
        if row["stage"]:
            item[row["stage"]].append(row)
    return list(items.values())


def by_document(items: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each document (any one of its items stands for it) with its items, in order of first appearance."""
    documents: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        documents.setdefault(item["document_id"], []).append(item)
    return ((found[0], found) for found in documents.values())


def latest(items: list[dict[str, Any]], stage: str) -> dict[str, Any] | None:
    """The last item that has points of the stage; None where no document has any."""
    return next((item for item in reversed(items) if item[stage]), None)
