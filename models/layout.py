"""What both kinds of file become: blocks of paragraphs and tables, each with its place.

A PDF and a DOCX of the same minutes give the same blocks, so nothing behind ``ingest`` knows the file type. A
:class:`Place` is a page and a box in a PDF, an address such as ``t2.r3.c1.p1`` in a DOCX.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from models.page import Box, Page


class Place(NamedTuple):
    """Where a piece of text stands."""

    page: int | None = None
    """1-based page of the file; None in a DOCX, which has no pages."""
    box: Box | None = None
    address: str | None = None
    """In a DOCX: body paragraph ``p12`` or ``t2.r3.c1.p1`` (table, row, cell, paragraph; 1-based)."""

    @property
    def short(self) -> str:
        """The address, or the edges of the box in tenths of a point; empty where neither is known.

        >>> Place(1, Box(72, 90.25, 200.04, 104)).short, Place(address="t2.r3.c1.p1").short, Place(1).short
        ('72 90.2 200 104', 't2.r3.c1.p1', '')
        """
        return self.address or " ".join(f"{round(edge, 1):g}" for edge in self.box or ())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or list point with layout undone: lines joined, hyphens at line ends gone.

    ``label`` is the list mark that stood before the text ("•", "a)", "1."); it is not part of ``text``.

    >>> Paragraph("Saken tas til orientering", label="a)").printed
    'a) Saken tas til orientering'
    """

    text: str
    places: tuple[Place, ...] = ()
    label: str | None = None
    level: int = 0
    """Nesting of a list point: 0 for the outermost."""
    heading: int = 0
    """Rank of a heading where the file says so (a DOCX style): 1 is the highest, 0 is no heading."""
    bold: bool = False
    """Every word is bold."""
    italic: bool = False
    lead: str = ""
    """The bold words that the paragraph begins with, where not all of it is bold."""
    size: float = 0.0
    """Font size of most of its characters, in points."""
    colour: str | None = None
    gap: float = 0.0
    """Blank space above it, in points (in a DOCX: 12 for every empty paragraph before it)."""
    lines: tuple[str, ...] = ()
    """Its lines as printed, where the file has lines (a PDF)."""
    struck: str = ""
    """Text of this paragraph that is struck through or deleted: not in force, and not part of ``text``."""

    @property
    def printed(self) -> str:
        return f"{self.label} {self.text}" if self.label and not self.wholly_struck else self.text

    @property
    def wholly_struck(self) -> bool:
        """Nothing of it is in force: its list mark is not either."""
        return bool(self.struck) and not self.text

    @property
    def page(self) -> int | None:
        return self.places[0].page if self.places else None


@dataclass(frozen=True)
class Cell:
    """A table cell. A cell merged over several columns or rows stands once, at its first place."""

    paragraphs: tuple[Paragraph, ...] = ()
    column: int = 0
    columns: int = 1
    rows: int = 1

    @cached_property
    def text(self) -> str:
        """Its paragraphs in force, one a line. Whoever looks for columns asks for it many times."""
        return "\n".join(p.printed for p in self.paragraphs if not p.wholly_struck)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; cells that an earlier row's merged cell covers are absent.

    >>> row = Row((Cell((Paragraph("2022.26"),)), Cell((Paragraph("Avvik"),), column=2)))
    >>> row.at(2).text, row.at(1).text
    ('Avvik', '')
    """

    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell that begins in, or stretches over, a column; an empty one where there is none."""
        for cell in self.cells:
            if cell.column <= column < cell.column + cell.columns:
                return cell
        return Cell(column=column)

    @property
    def text(self) -> str:
        return " | ".join(cell.text for cell in self.cells)

    def paragraphs(self) -> Iterator[Paragraph]:
        for cell in self.cells:
            yield from cell.paragraphs


@dataclass(frozen=True, slots=True)
class Table:
    """A table with or without ruling lines, its rows continued over page breaks put together again."""

    rows: tuple[Row, ...]
    ruled: bool = True
    borders: tuple[float, ...] = ()
    """x of its column borders, left to right, in points; empty where no rules show them."""

    @property
    def columns(self) -> int:
        return max((c.column + c.columns for r in self.rows for c in r.cells), default=0)

    def paragraphs(self) -> Iterator[Paragraph]:
        for row in self.rows:
            yield from row.paragraphs()

    @property
    def page(self) -> int | None:
        return next((p.page for p in self.paragraphs()), None)


Block = Paragraph | Table


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph of the blocks in reading order, those in table cells among them."""
    for block in blocks:
        if isinstance(block, Table):
            yield from block.paragraphs()
        else:
            yield block


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something about a file or page that was not, or not safely, read."""

    code: str
    """One of :data:`models.problems.PROBLEMS`."""
    page: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file as read: blocks in reading order, page furniture apart."""

    name: str
    sha256: str
    kind: str
    """``pdf`` or ``docx``, decided by content."""
    blocks: tuple[Block, ...]
    furniture: tuple[Paragraph, ...] = ()
    """Running heads, footers and page numbers, taken out of the blocks."""
    pages: tuple[Page, ...] = ()
    """The pages of a PDF; empty for a DOCX."""
    flaws: tuple[Flaw, ...] = ()
    masks: tuple[Place, ...] = ()
    """Where identity numbers were masked on the pages of a PDF; a place without a box is a whole page."""
    author: str | None = None

    @property
    def page_count(self) -> int | None:
        return len(self.pages) if self.kind == "pdf" else None


@dataclass(frozen=True, slots=True)
class LogicalDocument:
    """A logical document: the part of a file that a secretary would file by itself."""

    n: int
    """0-based position in the file."""
    kind: str
    """One of :data:`models.records.DOCUMENT_KINDS`."""
    pages: tuple[int, int] | None
    """First and last page of the file, 1-based; None for a DOCX."""
    blocks: tuple[Block, ...]
    furniture: tuple[Paragraph, ...] = ()
    claim: str = ""
    """Why this layout claimed the document: the words that decided."""
    case_reference: str | None = None
    """The case that an attachment's head names ("Sak 2022.29")."""
    repeats: int | None = None
    """``n`` of the document in the same file whose text this one repeats: its signed copy, scanned."""
    siblings: tuple[str, ...] = field(default=(), repr=False)
    """Lines elsewhere in the same file that may speak of this document (a covering letter's list of annexes)."""


def page_texts(document: LogicalDocument) -> dict[int | None, str]:
    """The text of each page in reading order, one paragraph a line; the cells of a table row follow one another.

    A paragraph that runs over a page break is given to the page on which it begins. A DOCX has one entry, under None.
    A paragraph that is struck as a whole leaves an empty line: its text is no longer in force.

    >>> first, second = Paragraph("Sak 1", places=(Place(1),)), Paragraph("Sak 2", places=(Place(2),))
    >>> page_texts(LogicalDocument(0, "minutes", (1, 2), (first, Table((Row((Cell((second,)),)),)))))
    {1: 'Sak 1', 2: 'Sak 2'}
    """
    return {number: "\n".join(p.printed for p in on_page) for number, on_page in _paragraphs_by_page(document).items()}


def struck_texts(document: LogicalDocument) -> dict[int | None, str]:
    """What is struck through on each page, for pages where something is: not in force, and not in :func:`page_texts`.

    Its lines stand beside those of the page's text, so that line 3 was struck from line 3 or after it; what is struck
    in a running head comes last.

    >>> kept, gone = Paragraph("Frist: fredag", struck="mandag"), Paragraph("", label="a)", struck="Saken utsettes")
    >>> memo = LogicalDocument(0, "procedure", None, (Paragraph("Ansvar"), kept, gone))
    >>> page_texts(memo), struck_texts(memo)
    ({None: 'Ansvar\\nFrist: fredag\\n'}, {None: '\\nmandag\\na) Saken utsettes'})
    """
    lines = {
        number: [f"{p.label} {p.struck}" if p.wholly_struck and p.label else p.struck for p in on_page]
        for number, on_page in _paragraphs_by_page(document).items()
    }
    for paragraph in document.furniture:
        if paragraph.struck:
            lines.setdefault(paragraph.page, []).append(paragraph.struck)
    return {number: "\n".join(texts) for number, texts in lines.items() if any(texts)}


def line_places(document: LogicalDocument) -> dict[int | None, str]:
    """Where each line of :func:`page_texts` stands, line beside line: see :attr:`Place.short`.

    A line that has several places, as one that runs over a page break, is given the first.

    >>> head, point = Paragraph("Sak 1", places=(Place(1, Box(72, 90, 200.04, 104)),)), Paragraph("Utsatt")
    >>> line_places(LogicalDocument(0, "minutes", (1, 1), (head, point)))
    {1: '72 90 200 104\\n'}
    """
    return {
        number: "\n".join(p.places[0].short if p.places else "" for p in on_page)
        for number, on_page in _paragraphs_by_page(document).items()
    }


def furniture_texts(document: LogicalDocument) -> dict[int | None, str]:
    """The running heads, footers and page numbers of each page that has some, one a line.

    >>> furniture_texts(LogicalDocument(0, "minutes", (1, 2), (), (Paragraph("Side 2", places=(Place(2),)),)))
    {2: 'Side 2'}
    """
    lines: dict[int | None, list[str]] = {}
    for paragraph in document.furniture:
        if paragraph.text:
            lines.setdefault(paragraph.page, []).append(paragraph.printed)
    return {number: "\n".join(texts) for number, texts in lines.items()}


def _paragraphs_by_page(document: LogicalDocument) -> dict[int | None, list[Paragraph]]:
    """The document's paragraphs in reading order, each under the page on which it begins."""
    found: dict[int | None, list[Paragraph]] = {}
    page = document.pages[0] if document.pages else None
    for paragraph in paragraphs(document.blocks):
        page = paragraph.page or page
        found.setdefault(page, []).append(paragraph)
    return found
