"""The measures in the tables of a plan: bands, groups and headings among the rows told from measures.

Seen: a group cell merged over its measures, or cut by a page break; bands in capitals over the whole row; heading rows
again before each group ("Tiltak | Mål | Periode"), beside a merged cell, or as a label inside each cell; rows that hold
"Tiltak" and nothing else. What belongs to no measure is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.plans.columns import VALUES, Columns, cell_at, column_role, read_columns, without_label
from extract.plans.drafts import Draft, joined
from extract.plans.headings import heading_text, is_frame, is_heading, names_areas, names_plan, titled, usual_size
from models.layout import Block, Cell, Paragraph, Row, Table
from models.words import pattern


@dataclass(slots=True)
class Reading:
    """How far the tables of a document are read."""

    columns: Columns | None = None
    width: int = 0
    group: list[Paragraph] = field(default_factory=list)
    used: bool = True
    """The group has a measure already."""
    pending: list[Paragraph] = field(default_factory=list)
    """A title that stands beside a heading row; its values are in the next row."""
    last: Draft | None = None
    plain: bool = False
    """Measures' names are not in bold here, so that a bold line alone in its row is a band."""


def table_drafts(blocks: Sequence[Block]) -> list[Draft]:
    """The measures of all tables that are a plan, top to bottom.

    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),) if t else (), i) for i, t in enumerate(texts)))
    >>> plan = Table((row("Tiltak", "Ansvar", "Frist"), row("Mobil røntgen", "Nordvik", "2024"), row("Tiltak", "", "")))
    >>> [(joined(d.title), joined(d.values["period"])) for d in table_drafts([plan])]
    [('Mobil røntgen', '2024')]
    """
    reading, found, usual = Reading(), list[Draft](), usual_size(blocks)
    heading: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            reading.columns = None if is_heading(block, usual) else reading.columns
            heading = block if is_heading(block, usual) else heading
        else:
            _begin(reading, block, heading)
            found += _rows(reading, block)
    return found


def _begin(reading: Reading, table: Table, heading: Paragraph | None) -> None:
    """A table with a heading row of its own is another one; without, it goes on with the columns of the last."""
    own = next((columns for row in table.rows[:4] if (columns := read_columns(row))), None)
    if own:
        reading.columns, reading.width, reading.last, reading.pending = own, table.columns, None, []
        reading.group = [titled(heading)] if heading and own.group is None and _names_group(heading) else []
        reading.used = True
        reading.plain = any(_is_plain(row, own) for row in table.rows)
    elif reading.columns and reading.width != table.columns:
        reading.columns = None


def _is_plain(row: Row, columns: Columns) -> bool:
    title = row.at(columns.title).paragraphs
    return bool(title) and not title[0].bold and sum(bool(c.text.strip()) for c in row.cells) > 1


def _names_group(heading: Paragraph) -> bool:
    text = heading_text(heading)
    plain = pattern("measure_lists", "measures").match(text)
    return not (plain or names_plan(text) or names_areas(text) or is_frame(heading) or column_role(text))


def _rows(reading: Reading, table: Table) -> Iterator[Draft]:
    columns = reading.columns
    if columns is None:
        return
    for row, covering in rows_with_covering(table):
        columns = reading.columns = _renewed(columns, row)
        band = _band(row, columns, table.columns, plain=reading.plain)
        if band is None or columns.group is None or band.column > columns.group:
            _take_group(reading, row)
        if band:
            _take_band(reading, band)
            continue
        yield from _measure(reading, columns, row, covering)


def _renewed(columns: Columns, row: Row) -> Columns:
    """The columns after a heading row further down, which keeps the column of groups where it names none."""
    heading = read_columns(row)
    if heading is None or not _is_heading_row(row, heading):
        return columns
    return Columns(heading.title, columns.group if heading.group is None else heading.group, heading.fields)


def rows_with_covering(table: Table) -> Iterator[tuple[Row, dict[int, Cell]]]:
    """Each row with the cell that stands in, or reaches into, each of its columns."""
    reaching: dict[int, tuple[Cell, int]] = {}
    for row in table.rows:
        for cell in row.cells:
            for column in range(cell.column, cell.column + cell.columns):
                reaching[column] = (cell, cell.rows)
        yield row, {column: cell for column, (cell, _) in reaching.items()}
        reaching = {column: (cell, left - 1) for column, (cell, left) in reaching.items() if left > 1}


def _is_heading_row(row: Row, columns: Columns) -> bool:
    """Every cell of the row but a group's is a column's name."""
    return all(column_role(c.text) for c in row.cells if c.text.strip() and c.column >= columns.title)


def _band(row: Row, columns: Columns, width: int, *, plain: bool) -> Cell | None:
    """The one cell of a band: merged from the measures' column to the last, or set apart with nothing beside it."""
    texts = [c for c in row.cells if c.text.strip() and c.column + c.columns > columns.title]
    if len(texts) != 1 or not texts[0].column <= columns.title < texts[0].column + texts[0].columns:
        return None
    cell = texts[0]
    merged = cell.columns > 1 and cell.column + cell.columns >= width
    bold = plain and columns.group is None and all(p.bold for p in cell.paragraphs)
    alone = bold or (cell.text.isupper() and len(cell.text) > 3)
    return cell if merged or alone else None


def _take_band(reading: Reading, band: Cell) -> None:
    """A band is the group where the table has no column of groups, or where it covers that column."""
    columns = reading.columns
    reading.pending, reading.last = [], None
    if columns and (columns.group is None or band.column <= columns.group):
        reading.group, reading.used = list(band.paragraphs), False


def _take_group(reading: Reading, row: Row) -> None:
    """A group's cell: a new group, or the rest of one that a page break cut before its first measure."""
    column = reading.columns.group if reading.columns else None
    cell = next((c for c in row.cells if c.column == column and c.text.strip()), None)
    if cell is None or column_role(cell.text):
        return
    pages = reading.group[-1].page if reading.group else None, cell.paragraphs[0].page
    cut = not reading.used and reading.group and pages[0] is not None and pages[0] != pages[1]
    reading.group = [*reading.group, *cell.paragraphs] if cut else list(cell.paragraphs)
    reading.used = False
    reading.last = None


def _measure(reading: Reading, columns: Columns, row: Row, covering: dict[int, Cell]) -> Iterator[Draft]:
    cell = cell_at(covering, columns.title)
    title, labelled = without_label(cell.paragraphs, "title")
    values, own = {}, {}
    for name in VALUES:
        value = cell_at(covering, columns.of(name))
        values[name], label = without_label(value.paragraphs, name)
        labelled |= label
        own[name] = [p for p in values[name] if value in row.cells]
    if not any(values.values()) and (labelled or not any(p.text for p in title)):
        reading.pending = [] if _is_name_of_column(title) else title
        return
    yield from _row(reading, title if cell in row.cells else [], values, own, merged=title)


def _is_name_of_column(title: Sequence[Paragraph]) -> bool:
    return bool(column_role(joined(title) or ""))


def _row(
    reading: Reading,
    title: list[Paragraph],
    values: dict[str, list[Paragraph]],
    own: dict[str, list[Paragraph]],
    merged: list[Paragraph],
) -> Iterator[Draft]:
    """A row of values: a measure, a further goal of one whose cell is merged, or more of the row above."""
    if not title and reading.pending:
        title = reading.pending
    elif not title and merged and own["goal"]:
        title = merged
    reading.pending = []
    if title:
        reading.last, reading.used = Draft(title, {**values, "group": list(reading.group)}), True
        yield reading.last
    elif reading.last:
        for name, paragraphs in own.items():
            reading.last.add(name, paragraphs)
