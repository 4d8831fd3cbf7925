"""What the columns of a table of cases hold, by their headings, and whether a table is one.

Column headings give the columns their roles; the middle one mostly has none ("Saksnr. | | Ansvar").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from models.case_numbers import CaseNumber, read_case_number
from models.layout import Block, Cell, Row, Table
from models.words import pattern

ROLES = ("number", "title", "responsible", "kind", "attachments", "time", "conclusion", "deadline", "text")
ARCHIVE = "archive"
LONGEST_HEADING = 40  # characters
UNDER = 30.0  # points: a heading stands over a column that begins this near to it
NUMBER_CELL = re.compile(r"[A-ZÆØÅ.\s-]{0,12}\d[\d\s./–-]{0,12}", re.IGNORECASE)
# "2024." over "23": a number that a narrow column broke.
BROKEN_NUMBER = re.compile(r"(?:19|20)\d\d\s*[./]|\d{1,3}\s*/")


def is_case_table(table: Table) -> bool:
    """Whether a table lists cases: a number in the first cell of a row, and a second column.

    >>> from models.layout import Paragraph
    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> is_case_table(Table((row("Saksnr.", "", "Ansvar"), row("2022.1", "Avvik", "Kari Dal"))))
    True
    >>> is_case_table(Table((row("Dato/sted", "22.09.22"), row("Referent", "Kari Dal"))))
    False
    """
    return table.columns > 1 and any(row_number(row) for row in numbered(table).rows) and not heads_one_case(table)


def numbered(table: Table) -> Table:
    """A table whose first column counts cases from one, "1", "2", under a heading that says so: as "Sak 1", "Sak 2".

    >>> from models.layout import Paragraph
    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> [r.cells[0].text for r in numbered(Table((row("Nr", "Sak"), row("1", "Avvik"), row("2", "Ymse")))).rows]
    ['Nr', 'Sak 1', 'Sak 2']
    >>> [r.cells[0].text for r in numbered(Table((row("Nr", "Post"), row("1", "Lønn"), row("2", "Mat")))).rows]
    ['Nr', '1', '2']
    """
    heads = [[cell.text.casefold().strip(" .:") for cell in row.cells] for row in table.rows[:3]]
    if not any(names[:1] and any(pattern("case_columns", "case").fullmatch(n) for n in names[:2]) for names in heads):
        return table
    counts = [row.cells[0].text.strip(". ") for row in table.rows if row.cells and _counts(row.cells[0])]
    if counts != [str(n) for n in range(1, len(counts) + 1)] or len(counts) < 2:
        return table
    return replace(table, rows=tuple(_as_case(row) for row in table.rows))


def _counts(cell: Cell) -> bool:
    return cell.column == 0 and bool(re.fullmatch(r"\d{1,2}\.?", cell.text))


def _as_case(row: Row) -> Row:
    if not row.cells or not _counts(row.cells[0]):
        return row
    first = row.cells[0]
    named = replace(first.paragraphs[0], text=f"Sak {first.text.strip('. ')}", label=None)
    return Row((replace(first, paragraphs=(named,)), *row.cells[1:]))


def heads_one_case(table: Table) -> bool:
    """Whether a table says where and when cases were treated, and nothing of what they are."""
    roles = [
        next((name for name in ("number", "body", "date") if pattern("case_columns", name).fullmatch(head)), None)
        for head in (cell.text.strip(" :.\n") for cell in table.rows[0].cells)
        if head
    ]
    return {"number", "body"} <= set(roles) <= {"number", "body", "date"}


def heads_apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; rows above the column headings of a table of cases are a head of their own, drawn close to it.

    >>> from models.layout import Paragraph
    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> both = Table((row("Tema", "Referat SSU"), row("Saksnr.", ""), row("2022.1", "Avvik")))
    >>> [len(table.rows) for table in heads_apart([both])]
    [1, 2]
    """
    for block in blocks:
        if isinstance(block, Table):
            yield from _head_apart(number_first(unstacked(block)))
        else:
            yield block


def unstacked(table: Table) -> Table:
    """A table with all numbers in one cell and all titles in another, with a row for each of them.

    >>> from models.layout import Paragraph
    >>> cell = lambda column, *texts: Cell(tuple(map(Paragraph, texts)), column)
    >>> one = Table((Row((cell(0, "8/21", "9/21"), cell(1, "21/3", "20/744"), cell(2, "Møtebok", "Tilsyn"))),))
    >>> [row.text for row in unstacked(one).rows]
    ['8/21 | 21/3 | Møtebok', '9/21 | 20/744 | Tilsyn']
    """
    return replace(table, rows=tuple(one for row in table.rows for one in _rows_of(row)))


def _rows_of(row: Row) -> list[Row]:
    counts = [len(cell.paragraphs) for cell in row.cells]
    stacked = [p.printed for cell in row.cells[:2] for p in cell.paragraphs if len(cell.paragraphs) == max(counts)]
    numbers = [found for text in stacked if (found := read_case_number(text)) and found.end == len(text)]
    full = [count for count in counts if count]
    if len(full) < 2 or full[0] < 2 or len(set(full)) > 1 or len(numbers) < full[0]:
        return [row]
    return [Row(tuple(replace(c, paragraphs=c.paragraphs[n : n + 1]) for c in row.cells)) for n in range(full[0])]


def number_first(table: Table) -> Table:
    """A table whose headings put the number behind another column ("Kl. | Saksnr. | Sak") with that column first.

    >>> from models.layout import Paragraph
    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> turned = number_first(Table((row("Kl.", "Saksnr.", "Sak"), row("13.00", "2023/18", "Avvik"))))
    >>> [[cell.text for cell in row.cells] for row in turned.rows]
    [['Saksnr.', 'Kl.', 'Sak'], ['2023/18', '13.00', 'Avvik']]
    """
    roles = next((found for row in table.rows if "number" in (found := column_roles(row)).values()), {})
    at = next((column for column, role in roles.items() if role == "number"), 0)
    if not at or any(c.columns > 1 and c.column <= at < c.column + c.columns for r in table.rows for c in r.cells):
        return table

    def moved(cell: Cell) -> Cell:
        return replace(cell, column=0 if cell.column == at else cell.column + (cell.column < at))

    rows = (Row(tuple(sorted(map(moved, row.cells), key=lambda cell: cell.column))) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _head_apart(table: Table) -> list[Table]:
    at = next((i for i, row in enumerate(table.rows) if row_number(row) or "number" in column_roles(row).values()), 0)
    if at and "responsible" in column_roles(table.rows[at - 1]).values():  # "Saker | Oppfølging/ansvar"
        at -= 1
    if not at or not is_case_table(table):
        return [table]
    at -= bool(column_roles(table.rows[at - 1]))
    if not at:
        return [table]
    return [replace(table, rows=table.rows[:at]), replace(table, rows=table.rows[at:])]


def table_heads(table: Table) -> dict[str, float]:
    """X of the column headings of a table, in points, by role; empty where it has none or its file has no places."""
    for row in table.rows:
        roles = column_roles(row) if not row_number(row) else {}
        starts = {role: _start(row.at(column)) for column, role in roles.items()}
        if "number" in starts:
            return {role: start for role, start in starts.items() if start is not None}
    return {}


def roles_under(heads: dict[str, float], table: Table) -> dict[int, str]:
    """The roles of a table's columns by the headings that stand over them in another table."""
    starts: dict[int, float] = {}
    for cell in (cell for row in table.rows for cell in row.cells):
        start = _start(cell)
        if start is not None:
            starts[cell.column] = min(start, starts.get(cell.column, start))
    return {
        column: role
        for role, x in heads.items()
        for column, start in starts.items()
        if abs(start - x) <= UNDER and abs(start - x) == min(abs(other - x) for other in starts.values())
    }


def _start(cell: Cell) -> float | None:
    boxes = [place.box for p in cell.paragraphs for place in p.places if place.box]
    return min((box.x0 for box in boxes), default=None)


def column_roles(row: Row) -> dict[int, str]:
    """The roles of the columns where a row is a row of column headings (at least two, or "Saksnr." alone), else {}.

    >>> from models.layout import Paragraph
    >>> column_roles(Row((Cell((Paragraph("Saksnr."),)), Cell((), 1), Cell((Paragraph("Ansvar"),), 2))))
    {0: 'number', 2: 'responsible'}
    """
    roles: dict[int, str] = {}
    for cell in row.cells:
        named = _roles_of(cell.text) if len(cell.text) <= LONGEST_HEADING else ()
        role = next((role for role in named if role == ARCHIVE or role not in roles.values()), None)
        if role:
            roles[cell.column] = role
    return roles if len(roles) > 1 or "number" in roles.values() else {}


@lru_cache(maxsize=4096)
def _roles_of(heading: str) -> tuple[str, ...]:
    """The roles that a column heading may mean, whole or by what stands before and behind a slash.

    >>> _roles_of("Saksnr."), _roles_of("Arkivsak"), _roles_of("Tor-\\nsdag")
    (('number',), ('archive',), ())
    """
    text = heading.replace("-\n", "")
    parts = [part.strip(" :.") for part in [text, *re.split(r"[/\n]", text)] if part.strip()]
    if any(pattern("archive_columns", "any").fullmatch(part) for part in parts):
        return (ARCHIVE,)
    return tuple(role for role in ROLES if any(pattern("case_columns", role).fullmatch(part) for part in parts))


def row_number(row: Row) -> CaseNumber | None:
    first = row.cells[0] if row.cells else None
    if first is None or first.column or not first.paragraphs:
        return None
    text = first.paragraphs[0].printed
    if BROKEN_NUMBER.fullmatch(text) and len(first.paragraphs) > 1:
        text = f"{text} {first.paragraphs[1].printed}"
    return read_case_number(text, column=bool(NUMBER_CELL.fullmatch(text)) and not text.isdigit())
