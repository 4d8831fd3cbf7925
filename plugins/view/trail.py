"""Rows of the queries ``saksgang`` and ``mote`` put together again: a document, its cases, their points."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]

_ORDER = ("agenda", "case_memo", "minutes")
"""On one day: what was sent out before what came of it."""


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


def by_case(items: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The items of a meeting, those of one case together, in the order of their numbers.

    A case without a number stands by itself, at the end.

    >>> [[item["n"] for item in found] for found in by_case(
    ...     {"n": n, "number": number} for n, number in enumerate(("22.10", None, "22.9", "22.10"), 1))]
    [[3], [1, 4], [2]]
    """
    cases: dict[Any, list[dict[str, Any]]] = {}
    for place, item in enumerate(items):
        cases.setdefault(item["number"] or place, []).append(item)
    return sorted(cases.values(), key=lambda found: _in_order(found[0]["number"]))


def _in_order(number: str | None) -> tuple[bool, list[int]]:
    return not number, [int(part) for part in re.findall(r"\d{1,9}", number or "")]


def latest(items: list[dict[str, Any]], stage: str, followed: Container[str] = ()) -> dict[str, Any] | None:
    """The last item that has points of the stage; None where no document has any.

    Minutes and their copy hold the same points, of which one is followed: that one is preferred.

    >>> original, copy = ({"document_id": n, "adopted": [{"decision_id": n}]} for n in ("a", "b"))
    >>> latest([original, copy], "adopted", {"a"})["document_id"], latest([original, copy], "adopted")["document_id"]
    ('a', 'b')
    """
    having = [item for item in items if item[stage]]
    known = [item for item in having if any(point["decision_id"] in followed for point in item[stage])]
    return next(reversed(known or having), None)


def timeline(
    items: Iterable[dict[str, Any]], earlier: Iterable[dict[str, Any]] = (), later: Iterable[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """What happened to a case, in order: its documents, and the other cases it follows up or is followed up by.

    Each event has ``what``: ``document``, ``earlier`` or ``later``. Documents that tell of the same (minutes as DOCX
    and as PDF) are one event, with the others under ``copies``. What has no date comes last.

    >>> minutes = {"document_kind": "minutes", "date": "2031-03-04", "meeting_id": "su-1"}
    >>> agenda, after = minutes | {"document_kind": "agenda"}, {"date": "2031-06-01"}
    >>> [(event["what"], len(event["copies"])) for event in timeline([minutes, dict(minutes), agenda], later=[after])]
    [('document', 0), ('document', 1), ('later', 0)]
    """
    events: dict[Any, dict[str, Any]] = {}
    for item in items:
        same = (item["document_kind"], item["date"], item["meeting_id"])
        if same in events:
            events[same]["copies"].append(item)
        else:
            events[same] = {**item, "what": "document", "copies": []}
    others = [{**row, "what": "earlier", "copies": []} for row in earlier]
    others += [{**row, "what": "later", "copies": []} for row in later]
    return sorted([*events.values(), *others], key=_when)


def _when(event: dict[str, Any]) -> tuple[bool, str, int]:
    kind = event.get("document_kind")
    place = {"earlier": -1, "later": len(_ORDER) + 1}.get(event["what"], _ORDER.index(kind) if kind in _ORDER else 1)
    return event["date"] is None, event["date"] or "", place
