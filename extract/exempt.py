"""Which documents and cases are exempt from public access, by the marks that they carry themselves.

A document is exempt by a mark in its head: a running head, a stamp, a cell or a label before its running text. A case
is exempt by a mark in its own heading, its side column or its text, or because it is treated in a part of the meeting
without the public. Where it is not clear which of two cases a mark belongs to, both are exempt; a mark in an agenda or
minutes that belongs to no case closes the whole document. Nothing is taken out here: the working database holds all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.cases.drafts import Draft
from extract.evidence import evidence, gathered
from extract.heads.lines import HEAD_PARAGRAPHS, Value, head_blocks
from extract.labels import labelled
from models.exempt import closes_meeting, labelled_mark, opens_meeting, sentence_mark, stamp, title_mark
from models.layout import Block, LogicalDocument, Paragraph, Table, paragraphs
from models.records import CaseItem, Document

RUNNING_TEXT = 15  # words of a paragraph that is no line of a head
AT_TOP = 3  # paragraphs at the top of a page among which a stamp stands
LAST = 2  # paragraphs at the end of a case that may be the stamp of the next one


def document_mark(document: LogicalDocument) -> Value | None:
    """The mark that closes a document, with the paragraph it stands in; None for one that carries none.

    >>> memo = LogicalDocument(0, "case_memo", None, (Paragraph("Unntatt offentlighet"), Paragraph("Saksframlegg")))
    >>> document_mark(memo).text
    'Unntatt offentlighet'
    """
    return next(_document_marks(document), None)


def with_mark(record: Document, mark: Value | None) -> Document:
    """A document's record with the mark that closes it, and the place of that mark."""
    if mark is None:
        return record
    found = gathered(record.evidence, evidence("exempt", mark.source, mark.text))
    return record.model_copy(update={"exempt": mark.text, "evidence": found})


def _document_marks(document: LogicalDocument) -> Iterator[Value]:
    head = head_blocks(document)
    for paragraph in document.furniture:
        if mark := stamp(paragraph.printed) or _label_in(paragraph):
            yield Value(mark, paragraph)
    for one in labelled(head):
        value = next(iter(one.values), None)
        if value and (mark := labelled_mark(one.label, value.text)):
            yield Value(mark, value)
    lines = _lines_of_head(head)
    for paragraph in lines:
        if mark := stamp(paragraph.printed) or _label_in(paragraph):
            yield Value(mark, paragraph)
    if document.kind in ("agenda", "minutes"):
        yield from (Value(p.text, p) for p in lines if closes_meeting(p.text))
    elif document.kind != "procedure":
        yield from _stamps_on_later_pages(document)
        yield from (Value(said, p) for p in lines if (said := sentence_mark(p.text)))


def _lines_of_head(head: Sequence[Block]) -> list[Paragraph]:
    """The lines of a head before its running text; in a table every line is one, and what a list says is none."""
    found: list[Paragraph] = []
    for block in head:
        if isinstance(block, Table):
            found += block.paragraphs()
            continue
        if len(block.text.split()) >= RUNNING_TEXT and block.text.endswith("."):
            break
        found.append(block)
    marked = found[: 4 * HEAD_PARAGRAPHS]
    return [line for before, line in pairwise([None, *marked]) if line and not _is_example(before, line)]


def _is_example(before: Paragraph | None, line: Paragraph) -> bool:
    """A list point, or a line that the one before it introduces: "Dokumentet stemples slik:"."""
    ticked = (line.label or "").startswith(("☒", "☑"))
    introduced = before is not None and before.text.endswith(":") and len(before.text.split()) > 3
    return (bool(line.label) and not ticked) or introduced


def _label_in(paragraph: Paragraph) -> str | None:
    label, colon, value = paragraph.text.partition(":")
    return labelled_mark(label, value) if colon else None


def _stamps_on_later_pages(document: LogicalDocument) -> Iterator[Value]:
    """Stamps at the top of a page behind the first: an annex that could not be told apart begins there."""
    first = document.pages[0] if document.pages else None
    page, place = first, 0
    for paragraph in paragraphs(document.blocks):
        place = place + 1 if paragraph.page == page else 0
        page = paragraph.page
        strong = paragraph.text.isupper() or "§" in paragraph.text
        if page != first and place < AT_TOP and strong and not paragraph.label and (mark := stamp(paragraph.text)):
            yield Value(mark, paragraph)


def case_marks(drafts: Sequence[Draft]) -> list[Value | None]:
    """For each case of a document the mark that closes it; a part of the meeting is closed until it is opened again.

    >>> closed, stamped = Draft("1/22", body=[Paragraph("Lukket møte")]), Draft("2/22", title=[Paragraph("Ny leder")])
    >>> opened = Draft("3/22", title=[Paragraph("Åpent møte")])
    >>> [mark.text if mark else None for mark in case_marks([closed, stamped, opened])]
    [None, 'Lukket møte', None]
    """
    found: list[Value | None] = []
    part: Value | None = None
    above: Value | None = None
    for draft in drafts:
        lines = list(draft.paragraphs())
        own = _own_mark(draft, lines)
        if any(opens_meeting(p.text) for p in [*draft.side, *draft.title]):
            part = None
        found.append(own or above or part)
        above = next((Value(m, p) for p in lines[-LAST:] if p in draft.body and (m := stamp(p.printed))), None)
        part = _part_after(part, lines)
    return found


def _own_mark(draft: Draft, lines: Sequence[Paragraph]) -> Value | None:
    titles = [p for p in lines if p in draft.title or p is draft.numbered]
    if draft.title_text and draft.title and (mark := title_mark(draft.title_text)):
        return Value(mark, draft.title[0])
    for paragraph in lines:
        heading = paragraph in titles or paragraph in draft.side
        mark = stamp(paragraph.printed) or _label_in(paragraph) or sentence_mark(paragraph.text)
        mark = mark or (title_mark(paragraph.text) if heading else None)
        if mark is None and paragraph in draft.other:
            mark = labelled_mark("Tilgangskode", paragraph.text)
        if mark and not (closes_meeting(paragraph.text) and paragraph is lines[-1] and paragraph in draft.body):
            return Value(mark, paragraph)
    return next((Value(p.text, p) for p in lines[:-1] if p not in draft.title and closes_meeting(p.text)), None)


def _part_after(part: Value | None, lines: Sequence[Paragraph]) -> Value | None:
    """The head of the closed part of the meeting that goes on behind a case; None where the meeting is open."""
    for paragraph in lines:
        if closes_meeting(paragraph.text):
            part = Value(paragraph.text, paragraph)
        elif opens_meeting(paragraph.text):
            part = None
    return part


def stray_mark(document: LogicalDocument, items: Sequence[CaseItem]) -> Value | None:
    """A stamp in an agenda or minutes that stands in none of its exempt cases: whose it is, cannot be told."""
    if document.kind not in ("agenda", "minutes"):
        return None
    closed = "\n".join(item.text for item in items if item.exempt)
    stamped = ((mark, p) for p in paragraphs(document.blocks) if not p.label and (mark := stamp(p.text)))
    return next((Value(mark, p) for mark, p in stamped if p.text not in closed), None)
