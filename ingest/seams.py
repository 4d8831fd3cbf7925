"""What a page break cut in two, put together again: paragraphs, cells and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ingest.clean import join_lines
from models.layout import Block, Cell, Paragraph, Row, Table, paragraphs
from models.page import Page
from models.words import is_unfinished

ENDS = (".", ":", "?", "!", "»", ";", "…")
FOOT = 0.88  # of the text's size: smaller type at the bottom of a page is a foot
SAME_BORDER = 4.0  # points: the same border drawn twice, on two pages
SAME_COLUMN = 8.0  # points, either way: where an unruled column begins
SAME_EDGE = 1.5  # points, either way: two paragraphs set at one tab stop
LOW = 0.8  # of the page: a row that reaches further down may go on overleaf
FULL = 0.75  # of the column: a line that ends before this was not broken by the margin


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """One page's blocks; ``right`` is where its text ends, in points."""

    page: Page
    blocks: tuple[Block, ...]
    right: float


def join_pages(pages: Sequence[PageBlocks]) -> list[Block]:
    """All pages' blocks one after another; a block that goes on over the break is one block.

    Nothing is joined over the seam between two documents that were put together in one file.
    """
    whole: list[Block] = []
    before: PageBlocks | None = None
    for page in pages:
        blocks = list(page.blocks)
        if whole and blocks and before is not None and page.page.shares_fonts is not False:
            at = _above_foot(whole, blocks[0])
            last = whole[at]
            if isinstance(last, Table) and (found := rest_of_row(last, blocks, before.page)):
                rest, taken = found
                whole[at] = replace(last, rows=(*last.rows[:-1], _continued_row(last.rows[-1], rest)))
                blocks = blocks[taken:]
            elif (joined := _joined(last, blocks[0], before.right)) is not None:
                whole[at] = joined
                blocks = blocks[1:]
        whole += blocks
        before = page
    return whole


def _above_foot(whole: Sequence[Block], first: Block) -> int:
    """The position of the block that may go on over the page break: the last one, small type below it apart.

    Small type at the bottom of a page, a footnote or an address that only page 1 has, stands between the two halves of
    a paragraph; it stays a block of its own behind the paragraph. A single line above it goes on in small letters only.

    >>> blocks = [Paragraph("Vi mener", size=11.0), Paragraph("Postboks 12, 9990 Nordvik", size=7.0)]
    >>> [_above_foot(blocks, Paragraph(text, size=11.0)) for text in ("at planen er god.", "Planen er god.")]
    [0, 1]
    """
    at = len(whole) - 1
    while at > 0 and 0 < _size(whole[at]) < FOOT * _size(first):
        at -= 1
    last = whole[at]
    if not isinstance(last, Paragraph) or not isinstance(first, Paragraph):
        return len(whole) - 1
    return at if len(last.lines) > 1 or first.text[:1].islower() else len(whole) - 1


def _size(block: Block) -> float:
    return max((p.size for p in paragraphs((block,))), default=0.0)


def _joined(last: Block, first: Block, right: float) -> Block | None:
    if isinstance(last, Table) and isinstance(first, Table):
        return continued_table(last, first)
    if isinstance(last, Paragraph) and isinstance(first, Paragraph) and goes_on(last, first, right):
        return continued(last, first)
    return None


def goes_on(last: Paragraph, first: Paragraph, right: float | None = None) -> bool:
    """Whether the paragraph on the next page is the rest of the last one: same face, no label, in mid-sentence.

    >>> goes_on(Paragraph("Saken legges frem for"), Paragraph("neste møte i utvalget"))
    True
    >>> goes_on(Paragraph("Løsning fra prosjekt i"), Paragraph("Nordvik")), goes_on(Paragraph("Fast"), Paragraph("Ny"))
    (True, False)
    >>> goes_on(Paragraph("Saken utsettes"), Paragraph("Konklusjon", bold=True))
    False
    """
    if first.label or first.heading or last.bold != first.bold or abs(last.size - first.size) > 0.6:
        return False
    if first.text[:1].islower() or is_unfinished(last.text):
        return True
    box = last.places[-1].box if last.places else None
    full = box is None or right is None or box.x0 + FULL * (right - box.x0) < box.x1
    return bool(right) and full and not last.text.endswith(ENDS) and not last.bold


def continued(last: Paragraph, first: Paragraph) -> Paragraph:
    """Two halves of a paragraph as one, with the places of both."""
    return replace(
        last,
        text=join_lines([last.text, first.text]),
        places=last.places + first.places,
        lines=last.lines + first.lines,
        struck=" ".join(filter(None, (last.struck, first.struck))),
    )


def continued_table(last: Table, first: Table) -> Table | None:
    """The two halves of a table that goes on over a page break, or None where they are two tables.

    A heading row that is repeated on the new page is left out; a row cut in mid-sentence becomes one row again.

    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),) if t else (), i) for i, t in enumerate(texts)))
    >>> head = row("Saksnr.", "", "Ansvar")
    >>> whole = continued_table(Table((head, row("1", "Avvik i", "Kari"))), Table((head, row("", "samhandling", ""))))
    >>> [r.text for r in whole.rows]
    ['Saksnr. |  | Ansvar', '1 | Avvik i samhandling | Kari']
    """
    if last.ruled != first.ruled or not _same_borders(last, first):
        return None
    last, first = on_common_borders(last, first)
    if last.columns != first.columns:
        return None
    rows = list(first.rows)
    if rows and rows[0].text == last.rows[0].text and rows[0].text.strip(" |"):
        rows = rows[1:]
    elif last.ruled and rows and _is_new_head(last.rows[0], rows[0]):
        return None
    if rows and _row_goes_on(last.rows[-1], rows[0]):
        return replace(last, rows=(*last.rows[:-1], _continued_row(last.rows[-1], rows[0]), *rows[1:]))
    return replace(last, rows=(*last.rows, *rows))


def rest_of_row(last: Table, blocks: Sequence[Block], page: Page | None = None) -> tuple[Row, int] | None:
    """The paragraphs at the top of a page that are the rest of an unruled table's last row, and how many they are.

    Without ruling lines nothing else shows that the table goes on: they stand where a column begins that is not the
    first, and the first of them goes on in mid-sentence; or the row reaches the foot of its ``page``, and the first of
    them stands exactly below what the row has there.

    >>> from models.layout import Place
    >>> from models.page import Box
    >>> at = lambda text, x, y=70: Paragraph(text, (Place(1, Box(x, y, 300, y + 9)),))
    >>> row = Row((Cell((at("7/04", 60),), 0), Cell((at("Ventetiden er 5", 140),), 1)))
    >>> rest_of_row(Table((row,), ruled=False), [at("dager.", 140), at("Konklusjon", 140), at("Neste møte", 60)])[1]
    2
    >>> low = Row((Cell((at("7/04", 60, 750),), 0), Cell((at("Konklusjon", 140, 750),), 1)))
    >>> after = [at("Saken utsettes", 140), at("Neste møte", 60)]
    >>> [(rest_of_row(Table((r,), ruled=False), after, Page(1, 595, 842)) or (r, 0))[1] for r in (low, row)]
    [1, 0]
    """
    starts = _column_starts(last)
    edge = _left_edge(blocks[0])
    column = next((n for n, x in enumerate(starts) if n and x and edge and abs(x - edge) < SAME_COLUMN), None)
    if last.ruled or column is None or edge is None:
        return None
    own = takewhile(lambda block: (_left_edge(block) or 0.0) > edge - SAME_COLUMN, blocks)
    rest = tuple(block for block in own if isinstance(block, Paragraph))
    row = last.rows[-1]
    before = row.at(column).paragraphs
    if before and (goes_on(before[-1], rest[0]) or (_reaches_foot(row, page) and _is_below(before, rest[0]))):
        return Row((Cell(rest, column),)), len(rest)
    return None


def _reaches_foot(row: Row, page: Page | None) -> bool:
    """Whether a row's text goes down to the end of a page."""
    if page is None:
        return False
    bottoms = [
        place.box.bottom for p in row.paragraphs() for place in p.places if place.box and place.page == page.number
    ]
    return max(bottoms, default=0.0) > LOW * page.height


def _is_below(before: Sequence[Paragraph], first: Paragraph) -> bool:
    """Whether a paragraph is set at the same edge as one of a cell, in type of the same size."""
    edge = _left_edge(first)
    return any(
        edge is not None and own is not None and abs(own - edge) <= SAME_EDGE and abs(p.size - first.size) <= 0.6
        for p in before
        for own in [_left_edge(p)]
    )


def _left_edge(block: Block) -> float | None:
    """Where a paragraph begins on its page, in points; None for a table."""
    box = block.places[0].box if isinstance(block, Paragraph) and block.places else None
    return box.x0 if box else None


def on_common_borders(last: Table, first: Table) -> tuple[Table, Table]:
    """Two halves of a table with their columns counted alike, where the borders of one are among those of the other.

    A head that was drawn close to a list of cases splits columns that the rest of the list on the next page does not.

    >>> cell = lambda column, columns=1: Cell((), column, columns)
    >>> fine = Table((Row((cell(0), cell(1), cell(2))),), borders=(10, 40, 60, 90))
    >>> coarse = Table((Row((cell(0), cell(1))),), borders=(10, 40, 90))
    >>> [(c.column, c.columns) for c in on_common_borders(fine, coarse)[1].rows[0].cells]
    [(0, 1), (1, 2)]
    """
    if last.columns == first.columns or not last.borders or not first.borders:
        return last, first
    fine, coarse = (last, first) if len(last.borders) > len(first.borders) else (first, last)
    at = [_near(fine.borders, x) for x in coarse.borders]
    if None in at:
        return last, first
    rows = tuple(
        Row(tuple(_recounted(cell, [i for i in at if i is not None]) for cell in r.cells)) for r in coarse.rows
    )
    counted = replace(coarse, rows=rows, borders=fine.borders)
    return (last, counted) if coarse is first else (counted, first)


def _near(borders: Sequence[float], x: float) -> int | None:
    return next((i for i, border in enumerate(borders) if abs(border - x) <= SAME_BORDER), None)


def _recounted(cell: Cell, at: Sequence[int]) -> Cell:
    end = min(cell.column + cell.columns, len(at) - 1)
    return replace(cell, column=at[cell.column], columns=max(at[end] - at[cell.column], 1))


def _is_new_head(head: Row, row: Row) -> bool:
    """A first row that is all bold like a heading row, and another one, begins another table.

    A bold row whose first cell is empty and merged downwards is the rest of a group that the page break cut.
    """
    if row.cells and row.cells[0].rows > 1 and not row.cells[0].text and head.cells[0].text:
        return False
    return _all_bold(row) and _all_bold(head) and len([c for c in row.cells if c.text]) > 1


def _all_bold(row: Row) -> bool:
    paragraphs = list(row.paragraphs())
    return bool(paragraphs) and all(p.bold for p in paragraphs)


def _same_borders(last: Table, first: Table) -> bool:
    """Unruled halves only belong together where their columns begin at the same x (8 points either way)."""
    if last.ruled:
        return True
    return all(
        abs(a - b) < SAME_COLUMN
        for a, b in zip(_column_starts(last), _column_starts(first), strict=False)
        if a is not None and b is not None
    )


def _column_starts(table: Table) -> list[float | None]:
    starts: list[float | None] = [None] * table.columns
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                box = paragraph.places[0].box if paragraph.places else None
                if box is not None:
                    start = starts[cell.column]
                    starts[cell.column] = box.x0 if start is None else min(start, box.x0)
    return starts


def _row_goes_on(last: Row, first: Row) -> bool:
    """A row whose first cell is empty and in which some cell goes on in mid-sentence."""
    if first.cells and first.cells[0].column == 0 and first.cells[0].text:
        return False
    return any(
        bool(cell.paragraphs and before.paragraphs) and goes_on(before.paragraphs[-1], cell.paragraphs[0])
        for cell in first.cells
        for before in [last.at(cell.column)]
    )


def _continued_row(last: Row, first: Row) -> Row:
    return Row(tuple(_continued_cell(cell, first.at(cell.column)) for cell in last.cells))


def _continued_cell(cell: Cell, rest: Cell) -> Cell:
    if not rest.paragraphs or rest.column != cell.column:
        return cell
    if cell.paragraphs and goes_on(cell.paragraphs[-1], rest.paragraphs[0]):
        middle = continued(cell.paragraphs[-1], rest.paragraphs[0])
        return replace(cell, paragraphs=(*cell.paragraphs[:-1], middle, *rest.paragraphs[1:]))
    return replace(cell, paragraphs=cell.paragraphs + rest.paragraphs)
