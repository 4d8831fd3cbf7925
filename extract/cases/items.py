"""Drafts to case items: number, title, kinds, who answers, attachments, proposals and decisions."""

from __future__ import annotations

from collections.abc import Iterator

from extract.cases.decisions import decisions
from extract.cases.drafts import Draft
from extract.cases.finder import find_cases
from extract.cases.kinds import attachment_lines, attachments_of, kind_lines, kinds_of, labelled_lines
from extract.cases.meeting_sections import case_sections
from extract.cases.memos import memo_items
from extract.cases.names import names
from extract.cases.sections import Section, sections
from extract.cases.title_notes import responsible_notes
from extract.evidence import evidence, gathered
from extract.exempt import case_marks
from extract.heads.lines import Value, head_blocks
from extract.labels import find
from extract.labels import labelled as head_labels
from extract.votes.reading import votes
from models.layout import LogicalDocument, Paragraph
from models.records import CaseItem, Document, Outcome, Vote
from models.words import pattern


def case_items(document: LogicalDocument, record: Document) -> Iterator[CaseItem]:
    """The cases of an agenda, minutes or a memo; of any other kind of document none."""
    if document.kind in ("agenda", "minutes"):
        found = find_cases(document.blocks)
        if len(found) == 1:
            found[0].responsible = found[0].responsible or _of_head(document)
        labelled = any(s.name == "adopted" for draft in found for s in sections(draft.body))
        for draft, mark in zip(found, case_marks(found), strict=True):
            yield _item(draft, mark, adopts=document.kind == "minutes", labelled=labelled)
    elif document.kind == "case_memo":
        yield from memo_items(document, record)


def _of_head(document: LogicalDocument) -> list[Paragraph]:
    """Who answers for the only case of a document, as its head says: an extract of the minutes, for one case."""
    one = find(list(head_labels(head_blocks(document))), "case_columns", "responsible")
    return list(one.values[:1]) if one else []


def _item(draft: Draft, mark: Value | None, *, adopts: bool, labelled: bool) -> CaseItem:
    side = draft.side + labelled_lines(draft, "kind") + kind_lines(draft, adopts=adopts)
    responsible = draft.responsible + labelled_lines(draft, "responsible") + responsible_notes(draft.title)
    found = names(responsible)
    points = decisions(
        draft.body, adopts=adopts, conclusion=draft.conclusion, labelled=labelled, title=draft.title_text or ""
    )
    if adopts and not any(d.stage == "adopted" for d in points) and not draft.body:
        points = (*points, *decisions(draft.title[1:], adopts=True))
    adopted: list[Outcome] = [d.outcome for d in points if d.stage == "adopted" and d.outcome]
    voted = _votes(draft) if adopts else ()
    carried = any(vote.result and pattern("adoption", "adopted").fullmatch(vote.result) for vote in voted)
    if carried and not adopted and any(d.stage == "adopted" for d in points):
        adopted = ["approved"]
    kinds, attached = kinds_of(side, draft.number), attachments_of([*side, *attachment_lines(draft)])
    pages = sorted({place.page for p in draft.paragraphs() for place in p.places if place.page})
    return CaseItem(
        number=draft.number,
        title=draft.title_text,
        kinds=kinds,
        responsible=tuple(dict.fromkeys(name for name, _ in found)),
        attachments=attached,
        decisions=points,
        votes=voted,
        outcome=adopted[0] if adopted else None,
        exempt=mark.text if mark else None,
        text="\n".join(p.printed for p in draft.paragraphs()),
        first_page=pages[0] if pages else None,
        last_page=pages[-1] if pages else None,
        evidence=gathered(
            evidence("number", draft.numbered) if draft.numbered and draft.number else (),
            *(evidence("title", p) for p in draft.title),
            evidence("exempt", mark.source, mark.text) if mark else (),
            *(evidence("kinds", p) for p in side if kinds and kinds_of([p], None)),
            *(evidence("attachments", p) for p in side if attached and attachments_of([p])),
            *(evidence("responsible", p) for _, sources in found for p in sources),
        ),
    )


def _votes(draft: Draft) -> tuple[Vote, ...]:
    """The votes that minutes tell of, in the text of a case and in its column for decisions."""
    column = [Section("adopted", tuple(draft.conclusion))] if draft.conclusion else []
    return votes([*case_sections(draft.body, adopts=True), *column])
