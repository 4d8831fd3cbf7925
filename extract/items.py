"""Drafts to case items: number, title, kinds, who answers, attachments, proposals and decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.case_table import is_case_table, roles_under, table_drafts, table_heads
from extract.cases import Draft, case_of_minutes, ends_cases, group_kind, heading_draft, merged, parted_business
from extract.decisions import decisions
from extract.evidence import evidence, gathered
from extract.head_lines import Value
from extract.labels import find, in_paragraphs, labelled
from extract.names import names
from extract.sections import label_of, labels_apart
from extract.sections import sections as cut_sections
from models.case_numbers import read_case_number
from models.layout import Block, LogicalDocument, Paragraph, Table, paragraphs
from models.records import CaseItem, CaseKind, Document
from models.words import pattern, sections

ATTACHED = re.compile(
    r"(?:(?P<count>\d{1,2})\s*(?:stk\.?\s*)?)?\b(?:vedlegg|vedlagt)\b(?!\s*\w*\s*(?:følger|ettersendes))", re.IGNORECASE
)
# What may follow "Vedlegg" in a line that announces attachments: nothing, numbers, or a colon and their names.
ENUMERATED = re.compile(r"(?:[\d\s,.&–-]|og)*|:.*")
HEAD_LINES = 10  # blocks of a memo in which its number stands as a heading
KIND_LINES = 3  # paragraphs under a case's heading in which its kind may stand by itself
PREFIX_KINDS = {"O": "information", "D": "discussion", "V": "decision", "RS": "information"}


def case_items(document: LogicalDocument, record: Document) -> Iterator[CaseItem]:
    """The cases of an agenda, minutes or a memo; of any other kind of document none."""
    if document.kind in ("agenda", "minutes"):
        found = merged(list(parted_business(drafts(document.blocks))))
        labelled = any(s.name == "adopted" for draft in found for s in cut_sections(draft.body))
        for draft in found:
            yield _item(draft, adopts=document.kind == "minutes", labelled=labelled)
    elif document.kind == "case_memo":
        yield from _memo(document, record)


def drafts(blocks: Sequence[Block]) -> list[Draft]:
    """The cases of a document in reading order."""
    found = _Found(listed=any(isinstance(b, Table) and is_case_table(b) for b in blocks))
    for block in blocks:
        if isinstance(block, Table):
            found.table(block)
        else:
            for paragraph in labels_apart([block]):
                found.paragraph(paragraph)
    return found.drafts


@dataclass(slots=True)
class _Found:
    """The cases found so far, and the one that is open."""

    listed: bool
    """Cases stand in a table of this document."""
    drafts: list[Draft] = field(default_factory=list)
    current: Draft | None = None
    group: Paragraph | None = None
    heads: dict[str, float] = field(default_factory=dict)
    """x of the column headings seen last, by role: a list of cases may have been cut from them."""

    def table(self, table: Table) -> None:
        here = table_heads(table)
        if is_case_table(table):
            above = self.current if self.current and self.current.in_table else None
            self.drafts += table_drafts(table, above, {} if here else roles_under(self.heads, table))
            self.current = self.drafts[-1] if self.drafts else None
        elif self.current and not self.current.in_table:
            self.current.body += table.paragraphs()
        self.heads = here or self.heads

    def paragraph(self, paragraph: Paragraph) -> None:
        current = self.current
        opened = case_of_minutes(paragraph) if not self.drafts else None
        opened = opened or (heading_draft(paragraph, listed=self.listed) if paragraph.text else None)
        if opened and (opened.number or (current and not current.in_table)):
            opened.side += [self.group] if self.group else []
            self.current = opened
            self.drafts.append(opened)
        elif label_of(paragraph) is None and group_kind(paragraph):
            self.group, self.current = paragraph, None
        elif current and not current.in_table:
            if ends_cases(paragraph):
                self.current = None
            elif not (current.title or current.body or current.untitled) and label_of(paragraph) is None:
                current.title.append(paragraph)
            else:
                current.body.append(paragraph)


def _item(draft: Draft, *, adopts: bool, labelled: bool) -> CaseItem:
    side = draft.side + _labelled(draft, "kind") + _kind_lines(draft, adopts=adopts)
    responsible = draft.responsible + _labelled(draft, "responsible")
    found = names(responsible)
    points = decisions(draft.body, adopts=adopts, conclusion=draft.conclusion, labelled=labelled)
    if adopts and not any(d.stage == "adopted" for d in points) and not draft.body:
        points = (*points, *decisions(draft.title[1:], adopts=True))
    adopted = [d.outcome for d in points if d.stage == "adopted" and d.outcome]
    kinds, attached = kinds_of(side, draft.number), attachments_of([*side, *_attachment_lines(draft)])
    pages = sorted({place.page for p in draft.paragraphs() for place in p.places if place.page})
    return CaseItem(
        number=draft.number,
        title=draft.title_text,
        kinds=kinds,
        responsible=tuple(dict.fromkeys(name for name, _ in found)),
        attachments=attached,
        decisions=points,
        outcome=adopted[0] if adopted else None,
        text="\n".join(p.printed for p in draft.paragraphs()),
        first_page=pages[0] if pages else None,
        last_page=pages[-1] if pages else None,
        evidence=gathered(
            evidence("number", draft.numbered) if draft.numbered and draft.number else (),
            *(evidence("title", p) for p in draft.title),
            *(evidence("kinds", p) for p in side if kinds and kinds_of([p], None)),
            *(evidence("attachments", p) for p in side if attached and attachments_of([p])),
            *(evidence("responsible", p) for _, sources in found for p in sources),
        ),
    )


def kinds_of(side: Sequence[Paragraph], number: str | None) -> tuple[CaseKind, ...]:
    """The kinds named beside a case, in the order of the vocabulary; a series prefix (V-SAK) names one too.

    >>> kinds_of([Paragraph("2 vedlegg Beslutning")], "2022.26"), kinds_of([], "O-SAK3")
    (('decision',), ('information',))
    """
    prefix = re.match(r"([A-Z]{1,2})-?SAK|(RS)\d", number or "")
    named = PREFIX_KINDS.get(prefix[1] or prefix[2]) if prefix else None
    text = "\n".join(p.printed for p in side)
    return tuple(
        kind  # type: ignore[misc]  # the sections of the word list are the kinds
        for kind in sections("case_kinds")
        if kind == named or re.search(r"(?<!\w)" + pattern("case_kinds", kind).pattern + r"(?!\w)", text, re.IGNORECASE)
    )


def attachments_of(side: Sequence[Paragraph]) -> int:
    """How many attachments a row announces: "2 vedlegg" two, "Vedlegg" one.

    >>> attachments_of([Paragraph("3 vedlegg")]), attachments_of([Paragraph("Vedlegg")]), attachments_of([])
    (3, 1, 0)
    """
    matches = [match for p in side for match in ATTACHED.finditer(p.printed)]
    return sum(int(match["count"] or 1) for match in matches)


def _attachment_lines(draft: Draft) -> Iterator[Paragraph]:
    """A line of the case itself that only announces attachments: "Vedlegg: Prosjektplan", "2 vedlegg"."""
    if any(ATTACHED.search(p.printed) for p in draft.side):
        return
    for paragraph in draft.body:
        match = ATTACHED.match(paragraph.printed)
        rest = paragraph.printed[match.end() :].strip() if match else ""
        if match and ENUMERATED.fullmatch(rest):
            count = len(re.findall(r"\d+", rest)) or int(match["count"] or 1)
            yield Paragraph(f"{count} vedlegg", places=paragraph.places)
            return


def _kind_lines(draft: Draft, *, adopts: bool) -> list[Paragraph]:
    """Lines right under a case's heading that only name its kind; in minutes "Vedtak" is a label and no kind."""
    kinds = [pattern("case_kinds", kind) for kind in sections("case_kinds")]
    lines = [] if draft.in_table else draft.body[:KIND_LINES]
    return [
        p for p in lines if any(kind.fullmatch(p.text.strip(" :.")) for kind in kinds) and not (adopts and label_of(p))
    ]


def _labelled(draft: Draft, name: str) -> list[Paragraph]:
    """What stands behind a label in a line of the case: "Saksbehandler: Kari Dal", "Type sak: Orientering"."""
    return [
        value
        for one in in_paragraphs(draft.body)
        if pattern("case_columns", name).fullmatch(one.label) and len(one.text) < 90
        for value in one.values[:1]
    ]


# --- memos -----------------------------------------------------------------------------------------------------------


def _heading_number(blocks: Sequence[Block]) -> Paragraph | None:
    """The line of a memo's head that begins with a named case number: "Styresak 45-2024"."""
    lines = [b for b in blocks[:HEAD_LINES] if isinstance(b, Paragraph)]
    numbered = [(line, number) for line in lines if (number := read_case_number(line.text)) and number.named]
    return next((line for line, number in numbered if line.bold or number.end >= len(line.text) - 1), None)


def _memo(document: LogicalDocument, record: Document) -> Iterator[CaseItem]:
    """The case of a memo: its head's labels, its title, and what stands under "Forslag til vedtak"."""
    labels = list(labelled(document.blocks[:14]))
    numbered = find(labels, "case_columns", "number")
    number = read_case_number(numbered.text, column=True) if numbered else None
    headed = _heading_number(document.blocks) if number is None else None
    if headed:
        number = read_case_number(headed.text)
    responsible = find(labels, "case_columns", "responsible")
    kind = find(labels, "case_columns", "kind")
    found = names(responsible.values) if responsible else []
    body = [p for p in paragraphs(document.blocks) if p.text]
    points = decisions(body, adopts=False)
    kinds = kinds_of(kind.values, None) if kind else ()
    title = Value(record.title, body[0]) if record.title and body else None
    yield CaseItem(
        number=number.number if number else document.case_reference,
        title=title.text if title else None,
        kinds=kinds,
        responsible=tuple(dict.fromkeys(name for name, _ in found)),
        decisions=points,
        text="\n".join(p.printed for p in body),
        first_page=record.first_page,
        last_page=record.last_page,
        evidence=gathered(
            *(
                evidence("number", p)
                for p in ([headed] if headed else numbered.values[:1] if numbered and number else ())
            ),
            (e for e in record.evidence if e.field == "title"),
            *(evidence("kinds", p) for p in (kind.values if kind and kinds else ())),
            *(evidence("responsible", p) for _, sources in found for p in sources),
        ),
    )
