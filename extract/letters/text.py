"""The text of an input letter: what stands between title and signature, without page feet and forms' prompts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from extract.heads.senders import SIGNED
from extract.letters.headings import TYPED, is_bullet, set_apart, usual_size
from extract.letters.questions import is_question, question_of
from models.layout import Block, LogicalDocument, Paragraph, Table
from models.records import Document
from models.words import pattern

SMALL = 0.88  # of the text's size: small type at the foot or head of a page
SIGNATURE_LINE = 80  # characters
INDENT = 6.0  # points: further in than the mark of the list point above


def letter_text(document: LogicalDocument, head: Document) -> list[Paragraph]:
    """The paragraphs of a letter in reading order, its tables laid out flat.

    >>> blocks = (Paragraph("Innspill til plan", bold=True), Paragraph("Vi foreslår mer."), Paragraph("Mvh"))
    >>> letter = LogicalDocument(0, "input_letter", None, blocks)
    >>> [p.text for p in letter_text(letter, Document(n=0, kind="input_letter"))]
    ['Innspill til plan', 'Vi foreslår mer.']
    """
    every = [p for p in flat(document.blocks) if p.text.strip()]
    usual = usual_size(every)
    body = _after_title(list(_in_full(_without_feet(every, usual))), head)
    return list(_glued(_joined_headings(list(_before_signature(body, usual)), usual)))


# --- tables laid out flat --------------------------------------------------------------------------------------------


def flat(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph; a table with questions over its columns or in its left column becomes headings and answers.

    >>> from models.layout import Cell, Row
    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> table = Table((row("Tema", "Utfordringer", "Tiltak"), row("Rus", "Ventetid", "Team")))
    >>> [(p.text, p.heading) for p in flat([table])]
    [('Rus', 7), ('Utfordringer', 8), ('Ventetid', 0), ('Tiltak', 8), ('Team', 0)]
    """
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif _questions_on_top(block):
            yield from _by_column(block)
        else:
            yield from _by_row(block)


def _questions_on_top(table: Table) -> bool:
    top = table.rows[0].cells if len(table.rows) > 1 else ()
    return sum(question_of(cell.text) is not None for cell in top) >= 2


def _by_column(table: Table) -> Iterator[Paragraph]:
    questions, first = table.rows[0], table.rows[0].cells[0]
    themed = question_of(first.text) is None
    for row in table.rows[1:]:
        for cell in row.cells:
            if themed and cell.column == first.column:
                yield from (replace(p, heading=7) for p in cell.paragraphs[:1])
            elif cell.text.strip():
                yield from (replace(p, heading=8) for p in questions.at(cell.column).paragraphs[:1])
                yield from (
                    replace(p, label=p.label or "•") if len(cell.paragraphs) > 1 else p for p in cell.paragraphs
                )


def _by_row(table: Table) -> Iterator[Paragraph]:
    for row in table.rows:
        asks = len(row.cells) > 1 and is_question(row.cells[0].text)
        for cell in row.cells:
            heads = asks and cell is row.cells[0]
            yield from (replace(p, heading=8) if heads else p for p in cell.paragraphs)


# --- where the text begins and ends ----------------------------------------------------------------------------------


def _after_title(every: list[Paragraph], head: Document) -> list[Paragraph]:
    """What follows the title; a title that the head does not give is no reason to lose anything."""
    title = [e.text for e in head.evidence if e.field == "title"]
    at = next((i for i, p in enumerate(every[:40]) if p.printed in title), None)
    return every if at is None else every[at + 1 :]


def _before_signature(body: Sequence[Paragraph], usual: float) -> Iterator[Paragraph]:
    """All up to "Med vennlig hilsen"; behind it only what begins with a heading on a later page, the letter's annex."""
    signed: Paragraph | None = None
    for p in body:
        if signed is not None:
            later = p.page is not None and p.page > (signed.page or 0)
            if not (later and set_apart(p, usual)) and not (p.page is None and p.heading):
                continue
            signed = None
        if SIGNED.search(p.text) and len(p.text) < SIGNATURE_LINE:
            signed = p
        else:
            yield p


# --- what is no text -------------------------------------------------------------------------------------------------


def _without_feet(every: Sequence[Paragraph], usual: float) -> Iterator[Paragraph]:
    """Without small type that stands first or last on its page: the sender's address, which only page 1 has."""
    for at, p in enumerate(every):
        if p.page is None or p.label or not 0 < p.size < SMALL * usual:
            yield p
            continue
        after = next((o for o in every[at + 1 :] if not _small(o, usual)), None)
        before = next((o for o in reversed(every[:at]) if not _small(o, usual)), None)
        last = after is None or after.page != p.page
        first = before is None or (before.places[-1].page != p.page)
        if not last and not first:
            yield p


def _small(paragraph: Paragraph, usual: float) -> bool:
    return 0 < paragraph.size < SMALL * usual


def _in_full(every: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs without the prompts that a form prints in its fields."""
    for p in every:
        text = " ".join(_prompt().sub(" ", p.text).split())
        if text == p.text:
            yield p
        elif re.search(r"\w", text):
            yield replace(p, text=text, lines=())


@cache
def _prompt() -> re.Pattern[str]:
    return re.compile(r",?\s*(?<!\w)" + pattern("input_forms", "prompts").pattern + r"(?!\w)[.:…]*", re.IGNORECASE)


# --- what belongs together -------------------------------------------------------------------------------------------


def _joined_headings(every: Sequence[Paragraph], usual: float) -> Iterator[Paragraph]:
    """A heading broken over two lines is one: the same type, and the second goes on in small letters.

    >>> lines = [Paragraph("Er dere kjent med eksempler som", bold=True), Paragraph("vi bør kjenne til?", bold=True)]
    >>> [p.text for p in _joined_headings(lines, 10.0)]
    ['Er dere kjent med eksempler som vi bør kjenne til?']
    """
    held: Paragraph | None = None
    for p in every:
        if held is not None and _same_heading(held, p, usual):
            held = replace(
                held, text=f"{held.text} {p.text}", places=held.places + p.places, lines=held.lines + p.lines
            )
            continue
        if held is not None:
            yield held
        held = p
    if held is not None:
        yield held


def _same_heading(first: Paragraph, second: Paragraph, usual: float) -> bool:
    alike = (first.bold, first.italic, first.heading) == (second.bold, second.italic, second.heading)
    begun = set_apart(first, usual) and not first.text.endswith(("?", ".", ":"))
    return begun and alike and abs(first.size - second.size) < 0.6 and not second.label and second.text[:1].islower()


def _glued(every: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """A list point with what goes on under it: in small letters, or further in than its mark.

    >>> point, rest = Paragraph("Felles planer for", label="•"), Paragraph("sykehus og kommune")
    >>> [p.text for p in _glued([point, rest, Paragraph("Vi mener")])]
    ['Felles planer for sykehus og kommune', 'Vi mener']
    """
    held: Paragraph | None = None
    for p in (typed_mark(q) for q in every):
        if held is not None and _goes_on(held, p):
            held = replace(held, text=f"{held.text} {p.text}", places=held.places + p.places, lines=())
            continue
        if held is not None:
            yield held
        held = p
    if held is not None:
        yield held


def _goes_on(point: Paragraph, rest: Paragraph) -> bool:
    if not is_bullet(point) or rest.label or rest.heading or set_apart(rest, 0.0) != set_apart(point, 0.0):
        return False
    if abs(point.size - rest.size) > 0.6:
        return False
    if rest.text[:1].islower():
        return True
    mark, box = point.places[-1].box if point.places else None, rest.places[0].box if rest.places else None
    near = point.page == rest.page and rest.gap <= max(point.gap, 0.6 * point.size)
    return bool(mark and box and near and len(point.places) == 1 and box.x0 > mark.x0 + INDENT)


def typed_mark(paragraph: Paragraph) -> Paragraph:
    """A list point whose mark was typed straight before its first word: "-Økt bruk av video".

    >>> typed_mark(Paragraph("-Økt bruk av video")).printed, typed_mark(Paragraph("Økt")).label
    ('- Økt bruk av video', None)
    """
    match = None if paragraph.label else TYPED.match(paragraph.text)
    return replace(paragraph, label=match[0].strip(), text=paragraph.text[match.end() :]) if match else paragraph
