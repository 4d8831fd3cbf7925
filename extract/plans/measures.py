"""Measures of action plans, status reports and presentations: from their tables, or from their headings and lists."""

from __future__ import annotations

from collections.abc import Iterator

from extract.plans.drafts import Draft, to_measure
from extract.plans.prose import prose_drafts, slide_drafts
from extract.plans.status_reports import status_drafts
from extract.plans.tables import table_drafts
from models.layout import LogicalDocument
from models.records import Measure


def measures(document: LogicalDocument) -> Iterator[Measure]:
    """The measures of a plan, a report on one, or slides that list its focus areas; of other documents none."""
    for draft in _drafts(document):
        measure = to_measure(draft)
        if measure:
            yield measure


def _drafts(document: LogicalDocument) -> list[Draft]:
    """A plan's tables say all of it; the text around them only tells more of the same measures."""
    blocks = document.blocks
    if document.kind == "presentation":
        return slide_drafts(blocks)
    if document.kind not in ("action_plan", "status_report"):
        return []
    ways = (table_drafts, status_drafts, prose_drafts)
    return next((drafts for read in ways if (drafts := read(blocks))), [])
