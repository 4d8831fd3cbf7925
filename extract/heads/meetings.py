"""A meeting as the head of its agenda or minutes tells it: when, where, who leads and who writes."""

from __future__ import annotations

from extract.evidence import evidence, gathered
from extract.heads.attendance import attendances
from extract.heads.hours import hours_of
from extract.heads.leaders import chair_of, secretary_of
from extract.heads.lines import head_blocks
from extract.heads.places import place_of
from extract.labels import labelled
from models.layout import LogicalDocument
from models.records import Document, Meeting


def read_meeting(document: LogicalDocument, record: Document) -> Meeting:
    """The meeting that an agenda or minutes is about."""
    head = head_blocks(document)
    labels = list(labelled(head))
    start, end = hours_of(document, labels)
    place = place_of(head, labels, record, start.source if start else None)
    people = tuple(attendances(document)) if document.kind == "minutes" else ()
    found = {
        "start": start,
        "end": end,
        "place": place,
        "chair": chair_of(document, labels, people),
        "secretary": secretary_of(document, labels, people),
    }
    return Meeting(
        body=record.body,
        date=record.date,
        **{name: value.text if value else None for name, value in found.items()},
        attendances=people,
        evidence=gathered(
            (e for e in record.evidence if e.field in ("body", "date")),
            *(evidence(name, value.source) for name, value in found.items() if value),
        ),
    )
