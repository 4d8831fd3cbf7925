"""A logical document -> records: its head, its meeting, its cases with proposals and decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.cases.columns import heads_apart
from extract.cases.items import case_items
from extract.duties.responsibilities import responsibilities
from extract.exempt import document_mark, stray_mark, with_mark
from extract.heads.document import read_head
from extract.heads.meetings import read_meeting
from extract.letters.points import input_points
from extract.letters.submissions import submission
from extract.plans.measures import measures
from extract.procedures import procedure
from extract.progress.notes import progress_notes
from extract.references.references import case_references
from models.layout import LogicalDocument
from models.records import CaseItem, Document, Extraction, Measure

__all__ = ["records"]


def records(document: LogicalDocument) -> Extraction:
    """Everything that a logical document states, with the evidence of each value."""
    if document.kind != "case_memo":  # its head may be a table of cases too, and stays whole
        document = replace(document, blocks=tuple(heads_apart(document.blocks)))
    head = with_mark(read_head(document), document_mark(document))
    if document.repeats is not None:
        first = document.pages[0] if document.pages else None
        return Extraction(document=head, problems=(("repeated", first, ""),))
    items = tuple(case_items(document, head))
    head = head if head.exempt else with_mark(head, stray_mark(document, items))
    planned = tuple(measures(document))
    return Extraction(
        document=head,
        meeting=read_meeting(document, head) if document.kind in ("agenda", "minutes") else None,
        case_items=items,
        responsibilities=tuple(responsibilities(document, head, items)),
        references=tuple(case_references(document, head, items)),
        progress=tuple(progress_notes(document, head, items)),
        measures=planned,
        input_points=tuple(input_points(document, head)),
        submission=submission(document, head),
        procedure=procedure(document),
        problems=tuple(_problems(document, head, items, planned)),
    )


def _problems(
    document: LogicalDocument, head: Document, items: tuple[CaseItem, ...], planned: tuple[Measure, ...]
) -> Iterator[tuple[str, int | None, str]]:
    first = document.pages[0] if document.pages else None
    if head.exempt:
        yield "exempt", first, head.exempt
    if document.kind == "other" and document.blocks:
        yield "unknown_layout", first, ""
    if document.kind in ("agenda", "minutes") and not items:
        yield "unread_case", first, ""
    if document.kind in ("action_plan", "status_report") and document.blocks and not planned:
        yield "unread_measures", first, ""
    for item in items:
        if item.exempt:
            yield "exempt", item.first_page, " ".join(filter(None, (item.number, item.exempt)))
        if item.title is None:
            yield "unread_case", item.first_page, item.number or ""
