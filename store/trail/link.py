"""The trail of every decision, derived after each load wherever it can be another one; rows that differ are written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from store.connected import AMONG, Neighbourhood, changed, note
from store.keys import body_key
from store.references import number_parts
from store.schema import table
from store.trail.carriers import Carrier, carriers, deciding
from store.trail.commitments import deadline, responsible, why_open
from store.trail.copies import link_copies
from store.trail.reading import told
from store.trail.told import Point, Told

Values = dict[str, Any]
AT_ONCE = 200
"""Documents that are looked at together, where neighbourhoods are smaller."""


def link_trail(db: Database) -> None:
    """Bring carriers and commitments up to date; inside a transaction, after references are resolved.

    Only documents that hang together with something new are looked at, a neighbourhood or some small ones at a time.
    """
    link_notes(db)
    db.execute("PRAGMA defer_foreign_keys = ON")
    for together in _portions(list(changed(db))):
        _link_documents(db, [document for documents in together for document in documents])
        for documents in together:
            note(db, documents)


def _portions(neighbourhoods: Iterable[Neighbourhood]) -> Iterator[list[Neighbourhood]]:
    """Neighbourhoods that are small together, so that not every little one asks the database anew.

    >>> [[len(one) for one in together] for together in _portions([["a"] * n for n in (100, 150, 1, 900)])]
    [[100, 150], [1, 900]]
    """
    together: list[Neighbourhood] = []
    for documents in neighbourhoods:
        together.append(documents)
        if sum(map(len, together)) >= AT_ONCE:
            yield together
            together = []
    if together:
        yield together


def _link_documents(db: Database, documents: Neighbourhood) -> None:
    """The trail of the decisions in some documents, none of which has to do with any other."""
    link_copies(db, documents)
    everything = told(db, documents)
    links: list[Values] = []
    commitments: list[Values] = []
    for point in everything.points:
        if point.same_as is None:
            own = [(carrier, _link(point, n, carrier)) for n, carrier in enumerate(carriers(point, everything), 1)]
            links += (values for _, values in own)
            commitments.append(_commitment(point, own, everything))
    _bring_up_to_date(db, "decision_carriers", links, documents)
    _bring_up_to_date(db, "decision_commitments", commitments, documents)


def forget_trail(db: Database, documents: str, values: tuple[Any, ...]) -> None:
    """Take out what hangs on documents that go (``documents``: SQL of their keys); the next link makes it anew."""
    lost = f"""
        SELECT id FROM decision_carriers
        WHERE document_id IN ({documents})
            OR decision_id IN (SELECT id FROM decisions WHERE document_id IN ({documents}))
            OR case_item_id IN (SELECT id FROM case_items WHERE document_id IN ({documents}))
    """
    decided = f"SELECT id FROM decisions WHERE document_id IN ({documents})"
    db.execute(f"DELETE FROM decision_commitments WHERE decision_id IN ({decided})", values)
    db.execute(f"UPDATE decisions SET same_as = NULL WHERE same_as IN ({decided})", values)
    db.execute(f"UPDATE decision_commitments SET carrier_id = NULL WHERE carrier_id IN ({lost})", values * 3)
    db.execute(f"DELETE FROM decision_carriers WHERE id IN ({lost})", values * 3)


def _link(point: Point, n: int, carrier: Carrier) -> Values:
    return {
        "id": f"{point.id}/l{n}",
        "decision_id": point.id,
        "kind": carrier.kind,
        "says": carrier.says,
        "case_item_id": carrier.treatment.items[0].id or None,
        "case_id": carrier.treatment.case,
        "meeting_id": carrier.treatment.meeting,
        "document_id": carrier.document,
        "page": carrier.page,
        "text": carrier.text,
        "compared": carrier.compared,
        "score": float(carrier.score),
    }


def _commitment(point: Point, own: Sequence[tuple[Carrier, Values]], everything: Told) -> Values:
    decides = deciding([carrier for carrier, _ in own])
    due = deadline(point)
    return {
        "decision_id": point.id,
        "responsible": responsible(point),
        "deadline_text": due.text,
        "deadline_edtf": due.edtf,
        "deadline_earliest": due.earliest,
        "deadline_latest": due.latest,
        "carrier_id": next((values["id"] for carrier, values in own if carrier is decides), None),
        "open_because": why_open(point, everything),
    }


def _bring_up_to_date(db: Database, name: str, made: Sequence[Values], documents: Neighbourhood) -> None:
    """Delete, insert and replace so that a table holds the rows that were made for the decisions in some documents."""
    columns = table(name).names
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    rows = {values[columns[0]]: tuple(values[column] for column in columns) for values in made}
    own = f"SELECT {names} FROM {name} WHERE decision_id IN (SELECT id FROM decisions WHERE document_id {AMONG})"
    there = {row[0]: row for row in db.execute(own, (json.dumps(documents),))}
    db.conn.executemany(f"DELETE FROM {name} WHERE {columns[0]} = ?", [(key,) for key in there if key not in rows])
    differing = [row for key, row in rows.items() if there.get(key) != row]
    db.conn.executemany(f"INSERT OR REPLACE INTO {name} ({names}) VALUES ({marks})", differing)


def link_notes(db: Database) -> None:
    """The cases that progress notes name, one candidate or none."""
    cases: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for key, body, number in db.execute("SELECT id, body_id, number FROM cases ORDER BY id"):
        for of_body in (body, ""):  # a list by itself may name no body
            cases.setdefault((of_body, number_parts(number)), []).append(key)
    found = []
    for key, target, named, own, place in db.execute(_NAMED).fetchall():
        meant = cases.get(((body_key(named, place) if named else own) or "", number_parts(target)), ())
        found.append((meant[0] if len(meant) == 1 else None, key))
    change = "UPDATE progress_notes SET target_case_id = ? WHERE id = ? AND target_case_id IS NOT ?"
    db.conn.executemany(change, [(case, key, case) for case, key in found])


_NAMED = """
    SELECT progress_notes.id, target, target_body, coalesce(meetings.body_id, documents.body_id),
        source_files.collaboration
    FROM progress_notes
    JOIN documents ON documents.id = progress_notes.document_id
    JOIN source_files ON source_files.sha256 = documents.sha256
    LEFT JOIN meetings ON meetings.id = documents.meeting_id
    WHERE target IS NOT NULL
"""
