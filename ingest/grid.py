"""Ruling lines to tables: a grid of cells, merged ones once, the words of a page given to their cells.

The geometry is pdfplumber's (its table functions take plain edges, so they work on rules that pypdfium2 read); what
is ours is the grid: rows, columns and how many of them a merged cell covers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from ingest.lines import Line, to_lines
from ingest.paragraphs import to_paragraphs
from models.layout import Cell, Row, Table
from models.page import Box, Page, Word, union

TOLERANCE = 3.0  # points; pdfplumber's default for snapping, joining and intersecting
MAX_RULES = 5_000  # a page; more is a drawing, and the search for intersections grows with their square


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's box and where it begins in the grid (0-based), with the rows and columns it covers."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on one page before words are read into it."""

    box: Box
    page: int
    cells: tuple[GridCell, ...]
    edges: tuple[float, ...]
    """x of its column borders, left to right, in points."""

    def holds(self, word: Word) -> bool:
        return self.box.contains((word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2)


def grids(page: Page) -> list[Grid]:
    """The ruled tables of a page, top to bottom. A frame round one text is no table: at least two cells."""
    rules = page.rules
    if not rules or len(rules) > MAX_RULES:
        return []
    edges = merge_edges([_edge(r.box) for r in rules], TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    cells = intersections_to_cells(edges_to_intersections(edges, TOLERANCE, TOLERANCE))
    tables = [[Box(*cell) for cell in table] for table in cells_to_tables(cells) if len(table) > 1]
    return sorted((_grid(table, page.number) for table in tables), key=lambda g: g.box.top)


def _edge(box: Box) -> dict[str, object]:
    horizontal = box.width >= box.height
    return {
        "x0": box.x0, "x1": box.x1, "top": box.top, "bottom": box.bottom, "width": box.width, "height": box.height,
        "orientation": "h" if horizontal else "v", "object_type": "line",
    }  # fmt: skip


def borders(values: Iterable[float]) -> list[float]:
    """Border positions, those closer than the tolerance counted once.

    >>> borders([10, 100.2, 100, 10.4, 55])
    [10, 55, 100]
    """
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > TOLERANCE:
            found.append(value)
    return found


def _index(edges: list[float], value: float) -> int:
    """The border that a cell's side lies on."""
    at = bisect_left(edges, value - TOLERANCE)
    return min(at, len(edges) - 1)


def _grid(boxes: list[Box], page: int) -> Grid:
    across = borders(x for b in boxes for x in (b.x0, b.x1))
    down = borders(y for b in boxes for y in (b.top, b.bottom))
    cells = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        left, right = _index(across, box.x0), _index(across, box.x1)
        top, bottom = _index(down, box.top), _index(down, box.bottom)
        cells.append(GridCell(box, top, left, max(bottom - top, 1), max(right - left, 1)))
    return Grid(union(boxes), page, tuple(cells), tuple(across))


def to_table(grid: Grid, words: list[Word]) -> tuple[Table, list[Word]]:
    """The table with its words, and the words inside its frame that lie in no cell."""
    lines, loose = _lines_by_cell(grid, words)
    right = _text_edges(grid, lines)
    rows: dict[int, list[Cell]] = {cell.row: [] for cell in grid.cells}
    for at, cell in enumerate(grid.cells):
        paragraphs = to_paragraphs(lines[at], right.get(cell.column + cell.columns, cell.box.x1))
        rows[cell.row].append(Cell(tuple(paragraphs), cell.column, cell.columns, cell.rows))
    return Table(tuple(Row(tuple(cells)) for _, cells in sorted(rows.items())), borders=grid.edges), loose


def _lines_by_cell(grid: Grid, words: list[Word]) -> tuple[list[list[Line]], list[Word]]:
    inside: list[list[Word]] = [[] for _ in grid.cells]
    loose = []
    for word in words:
        middle = ((word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2)
        at = next((i for i, cell in enumerate(grid.cells) if cell.box.contains(*middle)), None)
        if at is None:
            loose.append(word)
        else:
            inside[at].append(word)
    return [to_lines(ws, grid.page) for ws in inside], loose


def _text_edges(grid: Grid, lines: list[list[Line]]) -> dict[int, float]:
    """Where text can end before each column border: as far from it as text begins after the cell's left border."""
    margins = [min(line.box.x0 for line in ls) - cell.box.x0 for cell, ls in zip(grid.cells, lines, strict=True) if ls]
    margin = max(min(margins), 0.0) if margins else 0.0
    return {i: x - margin for i, x in enumerate(grid.edges)}
