"""Read from the database what decisions are followed by, for documents that hang together."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from sqlite_utils import Database

from store.connected import AMONG, Neighbourhood
from store.trail.titles import naming_words
from store.trail.told import Adopted, Ahead, Duty, Item, Mention, Note, Point, Told, Treatment


def told(db: Database, documents: Neighbourhood) -> Told:
    """Everything that these documents tell of decisions and of the cases that take them up."""
    read = partial(_read, db, json.dumps(documents))
    treatments = sorted([*_treatments(read), *_lists(read)], key=lambda t: (t.date, t.key))
    by_meeting: dict[str, list[Treatment]] = defaultdict(list)
    by_body: dict[str, list[Treatment]] = defaultdict(list)
    by_case: dict[str, list[Treatment]] = defaultdict(list)
    mentioning: dict[str, list[tuple[Treatment, Mention]]] = defaultdict(list)
    noting: dict[str, list[tuple[Treatment, Note]]] = defaultdict(list)
    for treatment in treatments:
        if treatment.meeting:
            by_meeting[treatment.meeting].append(treatment)
        if treatment.body:
            by_body[treatment.body].append(treatment)
        if treatment.case:
            by_case[treatment.case].append(treatment)
        for mention in treatment.mentions:
            mentioning[mention.target].append((treatment, mention))
        for note in treatment.notes:
            if note.target is None:
                continue
            noting[note.target].append((treatment, note))
    points = [point for point in _points(read) if point.is_committed]
    items: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        items[point.item].append(point)
    return Told(points, treatments, by_meeting, by_body, by_case, mentioning, noting, items)


Rows = Iterable[tuple[Any, ...]]
Read = Callable[[str], Rows]
"""The rows of a query that are of the documents at hand."""


def _read(db: Database, documents: str, sql: str) -> Rows:
    """The rows of a query; ``documents`` is the JSON that its ``AMONG`` asks for."""
    return db.execute(sql, (documents,))


def _grouped(rows: Rows) -> dict[str, list[tuple[Any, ...]]]:
    """Rows by their first column, without it."""
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *row in rows:
        found[key].append(tuple(row))
    return found


_ITEMS = f"""
    SELECT case_items.id, case_items.document_id, documents.kind, case_items.case_id,
        coalesce(cases.body_id, meetings.body_id, documents.body_id), case_items.meeting_id,
        coalesce(meetings.date, documents.date), case_items.title, case_items.first_page, documents.collaboration
    FROM case_items
    JOIN documents ON documents.id = case_items.document_id
    LEFT JOIN cases ON cases.id = case_items.case_id
    LEFT JOIN meetings ON meetings.id = case_items.meeting_id
    WHERE documents.kind IN ('agenda', 'minutes', 'case_memo') AND documents.id {AMONG}
    ORDER BY documents.kind = 'minutes' DESC, documents.kind = 'agenda' DESC, case_items.id
"""

_POINTS = f"""
    SELECT decisions.id, decisions.case_item_id, case_items.case_id,
        coalesce(cases.body_id, meetings.body_id, documents.body_id), documents.collaboration,
        coalesce(meetings.date, documents.date, ''), case_items.title, decisions.text, decisions.outcome,
        decisions.same_as,
        case_items.meeting_id, coalesce(case_items.responsible, '[]')
    FROM decisions
    JOIN case_items ON case_items.id = decisions.case_item_id
    JOIN documents ON documents.id = decisions.document_id
    LEFT JOIN cases ON cases.id = case_items.case_id
    LEFT JOIN meetings ON meetings.id = case_items.meeting_id
    WHERE decisions.stage = 'adopted' AND decisions.document_id {AMONG}
    ORDER BY decisions.id
"""

_DUTIES = f"""
    SELECT decision_id, actor, action, deadline_text, deadline, earliest, latest FROM responsibilities
    WHERE stage = 'adopted' AND decision_id IS NOT NULL AND document_id {AMONG} ORDER BY length(id), id
"""

_AHEAD = f"""
    SELECT case_references.case_item_id, decision_id, kind, target_meeting_id, meetings.date, target_date, told.text,
        dated.text
    FROM case_references
    JOIN evidence AS told ON told.record_id = case_references.id AND told.field = 'kind'
        AND told.record_table = 'case_references'
    LEFT JOIN evidence AS dated ON dated.record_id = case_references.id AND dated.field = 'target_date'
        AND dated.record_table = 'case_references'
    LEFT JOIN meetings ON meetings.id = target_meeting_id
    WHERE kind IN ('postponed_to', 'to_be_raised_in') AND case_references.document_id {AMONG}
    ORDER BY length(case_references.id), case_references.id
"""

_OWNERS = f"""
    SELECT case_items.case_id || '@' || case_items.meeting_id, name.value
    FROM case_items
    JOIN documents ON documents.id = case_items.document_id
    JOIN json_each(case_items.responsible) AS name
    WHERE case_items.case_id IS NOT NULL AND case_items.meeting_id IS NOT NULL AND documents.id {AMONG}
    ORDER BY documents.kind = 'minutes' DESC, documents.kind = 'agenda' DESC, case_items.id, name.key
"""


_ADOPTED = f"""
    SELECT case_item_id, id, text, outcome, page FROM decisions
    WHERE stage = 'adopted' AND document_id {AMONG} ORDER BY id
"""

_MINUTED = f"SELECT meeting_id FROM documents WHERE kind = 'minutes' AND meeting_id IS NOT NULL AND id {AMONG}"


def _points(read: Read) -> Iterator[Point]:
    duties = {key: [Duty(*row) for row in rows] for key, rows in _grouped(read(_DUTIES)).items()}
    ahead = _grouped(read(_AHEAD))
    owners = _grouped(read(_OWNERS))
    for row in read(_POINTS):
        (key, item, case), (same_as, meeting, own) = row[:3], row[-3:]
        tasks = duties.get(key, [])
        times = {time for duty in tasks for time in (duty.edtf, duty.text) if time}
        named = (
            Ahead(*rest) for decision, *rest in ahead.get(item, ()) if decision == key or (rest[3] and rest[3] in times)
        )
        answering = json.loads(own) or [name for (name,) in owners.get(f"{case}@{meeting}", ())]
        given, meetings = tuple(dict.fromkeys(answering)), tuple(dict.fromkeys(named))
        yield Point._make((*row[:-3], given, tuple(tasks), meetings, same_as))


def _treatments(read: Read) -> Iterator[Treatment]:
    """The items of each case at each meeting; memos that name no meeting go with the only meeting of their case."""
    mentions, notes, adopted = _grouped(read(_MENTIONS)), _grouped(read(_NOTES)), _grouped(read(_ADOPTED))
    minuted = {meeting for (meeting,) in read(_MINUTED)}
    for items, collaboration in _together(read):
        first = items[0]
        keys = [item.id for item in items]
        yield Treatment(
            key=f"{first.case or first.id}@{first.date}",
            case=first.case,
            body=first.body,
            meeting=first.meeting,
            date=first.date or "",
            title=next((item.title for item in items if item.title), None),
            items=items,
            minuted=first.meeting in minuted or any(item.kind == "minutes" for item in items),
            adopted=tuple(Adopted(*row) for key in keys for row in adopted.get(key, ())),
            mentions=tuple(Mention(*row) for key in keys for row in mentions.get(key, ())),
            notes=tuple(_note(row) for key in keys for row in notes.get(key, ())),
            named=naming_words(next((item.title for item in items if item.title), ""), collaboration),
        )


def _lists(read: Read) -> Iterator[Treatment]:
    """Lists of earlier decisions that stand in no case: a document, or a part of one, as a treatment of its own."""
    for key, notes in _grouped(read(_LOOSE_NOTES)).items():
        kind, body, meeting, date, title, page = notes[0][:6]
        item = Item("", key, kind, None, body, meeting, date, title, page)
        told_notes = tuple(_note(note[6:]) for note in notes)
        yield Treatment(key, None, body, meeting, date, title, (item,), kind == "minutes", (), (), told_notes, ())


_LOOSE_NOTES = f"""
    SELECT documents.id, documents.kind, coalesce(meetings.body_id, documents.body_id), documents.meeting_id,
        coalesce(meetings.date, documents.date), documents.title, documents.first_page,
        target_case_id, target, subject, progress_notes.text, verb, document_id, page
    FROM progress_notes
    JOIN documents ON documents.id = document_id
    LEFT JOIN meetings ON meetings.id = documents.meeting_id
    WHERE case_item_id IS NULL AND coalesce(meetings.date, documents.date) IS NOT NULL AND document_id {AMONG}
    ORDER BY progress_notes.id
"""

_MENTIONS = f"""
    SELECT case_references.case_item_id, kind, target_case_id, evidence.text, case_references.document_id,
        case_references.page
    FROM case_references
    JOIN evidence ON evidence.record_id = case_references.id AND field = 'kind' AND record_table = 'case_references'
    WHERE target_case_id IS NOT NULL AND case_references.document_id {AMONG}
    ORDER BY case_references.id
"""

_NOTES = f"""
    SELECT case_item_id, target_case_id, target, subject, text, verb, document_id, page
    FROM progress_notes
    WHERE case_item_id IS NOT NULL AND document_id {AMONG}
    ORDER BY id
"""


def _note(row: tuple[Any, ...]) -> Note:
    target_case, target, *rest = row
    return Note(target_case, target is not None, *rest)


def _together(read: Read) -> Iterator[tuple[tuple[Item, ...], str | None]]:
    grouped: dict[tuple[str | None, ...], list[Item]] = defaultdict(list)
    places: dict[str, str | None] = {}
    undated: list[Item] = []
    for row in read(_ITEMS):
        item = Item(*row[:-1])
        places[item.id] = row[-1]
        if item.date is None:
            undated.append(item)
        else:
            grouped[(item.case or item.id, item.meeting or item.date)].append(item)
    meetings: dict[str | None, list[tuple[str | None, ...]]] = defaultdict(list)
    for key in grouped:
        meetings[key[0]].append(key)
    for item in undated:
        if item.case and len(meetings[item.case]) == 1:
            grouped[meetings[item.case][0]].append(item)
    for items in grouped.values():
        yield tuple(items), next((places[item.id] for item in items if places[item.id]), None)
