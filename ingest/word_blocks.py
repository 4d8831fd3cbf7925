"""The body of a DOCX to blocks: paragraphs and tables in document order, each with its address.

Addresses count from 1. ``p12`` is the twelfth paragraph of the body, empty ones counted; ``t2.r3.c1.p1`` the first
paragraph in the first cell of the third row of the second table (rows that were deleted with changes tracked are not
counted, cells that continue a merged one are). Further in, addresses are put together: ``t2.r3.c1.t1.r1.c1.p1`` stands
in a table inside that cell, ``p12.x1.p2`` in the text box that hangs in paragraph 12.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from docx.oxml.ns import qn

from ingest.word_numbering import BULLETS
from ingest.word_package import Element
from ingest.word_paragraphs import Reading, mark_is_deleted, read_paragraph
from ingest.word_settled import number, value
from models.layout import Block, Cell, Paragraph, Row, Table

LINE = 12.0  # points: an empty paragraph counts as a blank line of ordinary text
MAX_COLUMNS = 63  # Word's own limit


class Part(NamedTuple):
    """A table, or the elements of one paragraph, with its address."""

    address: str
    elements: list[Element]
    is_table: bool = False


def blocks(container: Element, reading: Reading, prefix: str = "") -> Iterator[Block]:
    """Paragraphs and tables of a body, cell, text box, note, header or footer, which must be settled.

    A paragraph without text is not yielded, unless some of it is struck. A number that stands alone in a cell
    ("Saksnr." columns are often numbered automatically) becomes the cell's text.
    """
    gap = 0.0
    parts = list(_parts(container, prefix))
    for part in parts:
        if part.is_table:
            gap = 0.0
            if (table := read_table(part.elements[0], reading, part.address)).columns:
                yield table
            continue
        read = read_paragraph(part.elements, part.address, reading)
        if container.tag == qn("w:tc") and len(parts) == 1:
            read = read._replace(lines=[_number_as_text(line) for line in read.lines])
        lines = [line for line in read.lines if line.text or line.struck]
        for line in lines:
            yield replace(line, gap=gap, label=line.label if line.text else None)
            gap = 0.0
        if read.shown and not lines:
            gap += LINE
        for k, box in enumerate(read.boxes, 1):
            yield from blocks(box, reading, f"{part.address}.x{k}.")


def _parts(container: Element, prefix: str) -> Iterator[Part]:
    """Tables, and paragraphs with those that run on into them because the mark between was deleted."""
    paragraphs = tables = 0
    open_part: Part | None = None
    for child in container:
        if child.tag == qn("w:p"):
            paragraphs += 1
            open_part = open_part or Part(f"{prefix}p{paragraphs}", [])
            open_part.elements.append(child)
            if mark_is_deleted(child):
                continue
        if open_part and child.tag in (qn("w:p"), qn("w:tbl")):
            yield open_part
            open_part = None
        if child.tag == qn("w:tbl"):
            tables += 1
            yield Part(f"{prefix}t{tables}", [child], is_table=True)
    if open_part:
        yield open_part


def _number_as_text(line: Paragraph) -> Paragraph:
    if line.text or not line.label or line.label in BULLETS:
        return line
    return replace(line, text=line.label, label=None)


@dataclass
class _Open:
    """A cell as it is read; ``rows`` grows while rows below continue it."""

    column: int
    columns: int
    paragraphs: tuple[Paragraph, ...] = ()
    rows: int = 1

    def cell(self) -> Cell:
        return Cell(self.paragraphs, self.column, self.columns, self.rows)


@dataclass
class _Grid:
    """Rows read so far, and the merged cell that is open in each column."""

    rows: list[list[_Open]] = field(default_factory=list)
    merged: dict[int, _Open] = field(default_factory=dict)


def read_table(table: Element, reading: Reading, address: str) -> Table:
    """A table; merged cells stand once, where they begin, and the cells they cover are absent."""
    grid = _Grid()
    for r, row in enumerate(table.findall(qn("w:tr")), 1):
        _read_row(grid, row, reading, f"{address}.r{r}")
    return Table(tuple(Row(tuple(cell.cell() for cell in row)) for row in grid.rows))


def _read_row(grid: _Grid, row: Element, reading: Reading, address: str) -> None:
    column = _columns(value(row.find(qn("w:trPr")), "w:gridBefore"), 0)
    cells: list[_Open] = []
    grid.rows.append(cells)
    for c, element in enumerate(row.findall(qn("w:tc")), 1):
        properties = element.find(qn("w:tcPr"))
        width = _columns(value(properties, "w:gridSpan"), 1)
        if cells and _continues(properties, "w:hMerge"):  # how files from older programs merge columns
            cells[-1].columns += width
        elif _continues(properties, "w:vMerge") and column in grid.merged:
            grid.merged[column].rows += 1
        else:
            cells.append(_Open(column, width, _cell_paragraphs(element, reading, f"{address}.c{c}.")))
            grid.merged.pop(column, None)
            if properties is not None and properties.find(qn("w:vMerge")) is not None:
                grid.merged[column] = cells[-1]
        column += width


def _columns(text: str | None, least: int) -> int:
    return min(max(number(text, least), least), MAX_COLUMNS)


def _continues(properties: Element | None, name: str) -> bool:
    """Whether a merge mark says that the cell continues the one above, or before: it does unless it says "restart"."""
    mark = None if properties is None else properties.find(qn(name))
    return mark is not None and mark.get(qn("w:val")) != "restart"


def _cell_paragraphs(cell: Element, reading: Reading, prefix: str) -> tuple[Paragraph, ...]:
    return tuple(flat(blocks(cell, reading, prefix)))


def flat(found: Iterator[Block]) -> Iterator[Paragraph]:
    """The paragraphs of blocks in order, those of inner tables among them."""
    for block in found:
        if isinstance(block, Table):
            yield from block.paragraphs()
        else:
            yield block
