"""Identity numbers taken out of a file, between reading it and everything that is made of it.

One step for PDF and DOCX: the file's text in reading order is searched as a whole, so that a number that a line, a cell
or a page break cuts is found, and each digit of it is masked where it stands. Texts keep their length, and places are
left as they are, so evidence still points to the page. Where the numbers stand on the pages of a PDF is kept, for the
black boxes in their pictures; what was masked is told by count, never by the number. Masking twice equals masking once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.lines import to_lines
from models.identity_search import MASK, Span, hide, identity_numbers, masked
from models.layout import Block, File, Flaw, Paragraph, Place, Table
from models.page import Box, Page, Word
from models.words import pattern

Numbers = Mapping[int, Sequence[Span]]
"""By the id of a paragraph the spans of its printed text that hold digits of a number."""


def without_identity_numbers(file: File) -> File:
    """A file with identity numbers masked, their places on its pages, and a remark on each page that had one.

    >>> head, cell = Paragraph("Gjelder 018101", places=(Place(1),)), Paragraph("12332 Kari", places=(Place(1),))
    >>> file = without_identity_numbers(File("brev.pdf", "0f", "pdf", (head, cell)))
    >>> [block.text for block in file.blocks], [(flaw.code, flaw.page, flaw.detail) for flaw in file.flaws]
    (['Gjelder ██████', '█████ Kari'], [('identity_number', 1, '1 nummer')])
    """
    segments = [*_segments(file.blocks), *((paragraph, False) for paragraph in file.furniture)]
    numbers, starts = _found(segments)
    if not numbers:
        return file
    places = tuple(dict.fromkeys(_boxes(segments, numbers, file.pages)))
    counts = Counter(paragraph.page for paragraph in starts)
    told = (Flaw("identity_number", page, f"{n} {'nummer' if n == 1 else 'numre'}") for page, n in counts.items())
    return replace(
        file,
        blocks=tuple(_block(block, numbers) for block in file.blocks),
        furniture=tuple(_paragraph(paragraph, numbers) for paragraph in file.furniture),
        pages=tuple(_page(page, places) for page in file.pages),
        flaws=(*file.flaws, *told),
        masks=places,
    )


def _segments(blocks: Iterable[Block]) -> Iterator[tuple[Paragraph, bool]]:
    """The paragraphs in reading order, each with whether it stands in a column of account numbers."""
    account = pattern("identity_numbers", "others")
    for block in blocks:
        if not isinstance(block, Table):
            yield block, False
            continue
        heads = [cell.column for cell in block.rows[0].cells if account.match(cell.text)] if block.rows else []
        for row in block.rows:
            for cell in row.cells:
                yield from ((paragraph, cell.column in heads) for paragraph in cell.paragraphs)


def _found(segments: Sequence[tuple[Paragraph, bool]]) -> tuple[dict[int, list[Span]], list[Paragraph]]:
    """The digits of numbers by paragraph, and for each number the paragraph in which it begins.

    What is struck is read behind what is in force, for a number may be struck too.
    """
    texts = [_printed(paragraph) for paragraph, _ in segments]
    found: dict[int, list[Span]] = {}
    starts: list[Paragraph] = []
    offset, at = 0, 0
    bounds = []
    for text in texts:
        bounds.append((offset, offset + len(text)))
        offset += len(text) + 1
    for start, end in identity_numbers("\n".join(texts)):
        while bounds[at][1] <= start:
            at += 1
        if segments[at][1] and identity_numbers(texts[at], accounts=True) == []:
            continue
        starts.append(segments[at][0])
        for (first, last), (paragraph, _) in zip(bounds[at:], segments[at:], strict=True):
            if first >= end:
                break
            found.setdefault(id(paragraph), []).append(Span(max(start - first, 0), min(end, last) - first))
    return found, starts


def _printed(paragraph: Paragraph) -> str:
    """All that stands in a paragraph: list mark, text in force, and text that is struck."""
    return "\n".join((paragraph.label or "", paragraph.text, paragraph.struck)).rstrip("\n")


def _block(block: Block, numbers: Numbers) -> Block:
    if not isinstance(block, Table):
        return _paragraph(block, numbers)
    rows = (
        replace(
            row,
            cells=tuple(
                replace(cell, paragraphs=tuple(_paragraph(p, numbers) for p in cell.paragraphs)) for cell in row.cells
            ),
        )
        for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _paragraph(paragraph: Paragraph, numbers: Numbers) -> Paragraph:
    """A paragraph with its numbers masked wherever it repeats its own text: in its lines and its bold beginning."""
    spans = numbers.get(id(paragraph))
    if not spans:
        return paragraph
    label, text, struck = (*hide(_printed(paragraph), spans).split("\n"), "", "")[:3]
    lines = _lines(paragraph, text)
    at = paragraph.text.find(paragraph.lead)
    lead = text[at : at + len(paragraph.lead)] if at >= 0 else masked(paragraph.lead)
    return replace(paragraph, label=label or None, text=text, struck=struck, lines=lines, lead=lead)


def _lines(paragraph: Paragraph, text: str) -> tuple[str, ...]:
    """The printed lines with the same digits masked as in the text: joining lines keeps every digit and their order."""
    shown = [character for character in text if character.isdecimal() or character == MASK]
    here = sum(_digits(line) for line in paragraph.lines)
    if here != len(shown):
        return tuple(hide("\n".join(paragraph.lines), identity_numbers("\n".join(paragraph.lines))).split("\n"))
    left = iter(shown)
    return tuple("".join(next(left) if c.isdecimal() or c == MASK else c for c in line) for line in paragraph.lines)


def _digits(text: str) -> int:
    return sum(character.isdecimal() or character == MASK for character in text)


def _boxes(segments: Iterable[tuple[Paragraph, bool]], numbers: Numbers, pages: Sequence[Page]) -> Iterator[Place]:
    """Where the masked digits stand on the pages of a PDF."""
    by_number = {page.number: page for page in pages}
    for paragraph, _ in segments:
        spans = numbers.get(id(paragraph))
        if spans and paragraph.page in by_number:
            yield from _places(paragraph, spans, by_number)


def _places(paragraph: Paragraph, spans: Sequence[Span], pages: Mapping[int, Page]) -> Iterator[Place]:
    """The words that hold the digits: the n-th digit of a paragraph is the n-th in its words.

    Where a box holds other words as well, all words with digits in it are taken; where it holds none, all of it.
    """
    inside = [(place, word) for place in paragraph.places for word in _words_in(place, pages)]
    ends = [0]
    for _, word in inside:
        ends.append(ends[-1] + _digits(word.text))
    printed = _printed(paragraph)
    hidden = {
        n
        for n, at in enumerate(at for at, c in enumerate(printed) if c.isdecimal() or c == MASK)
        if any(start <= at < end for start, end in spans)
    }
    known = ends[-1] == _digits(printed)
    taken = [
        Place(place.page, word.box)
        for (place, word), (first, after) in zip(inside, pairwise(ends), strict=True)
        if after > first and (not known or not hidden.isdisjoint(range(first, after)))
    ]
    yield from taken or (Place(place.page, place.box) for place in paragraph.places)


def _words_in(place: Place, pages: Mapping[int, Page]) -> Iterator[Word]:
    """The words in a place in reading order, struck ones last, as :func:`_printed` has them."""
    page = pages.get(place.page or 0)
    if page is None or place.box is None:
        return
    inside = [word for word in page.words if place.box.contains(*_middle(word.box))]
    lines = to_lines(inside, page.number)
    yield from sorted((word for line in lines for word in line.words), key=lambda word: word.struck)


def _middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2


def _page(page: Page, masks: Iterable[Place]) -> Page:
    hidden = {place.box for place in masks if place.page == page.number}
    return replace(
        page,
        words=tuple(replace(w, text=_without_digits(w.text), link=None) if w.box in hidden else w for w in page.words),
    )


def _without_digits(text: str) -> str:
    return "".join(MASK if character.isdecimal() else character for character in text)
