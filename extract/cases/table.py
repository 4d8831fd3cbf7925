"""The table of cases: a number in a row's first cell, the case in the widest one, who answers for it in the last.

Column headings give the columns their roles; the middle one mostly has none ("Saksnr. | | Ansvar"). A row without a
number goes on with the case above it: it was cut by a page break, or its cells were split by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.cases.drafts import Draft, is_other_business
from extract.cases.sections import labels_apart
from models.case_numbers import CaseNumber, read_case_number
from models.layout import Block, Cell, Paragraph, Row, Table
from models.words import pattern, sections

ROLES = ("number", "title", "responsible", "kind", "attachments", "time", "conclusion", "deadline")
UNDER = 30.0  # points: a heading stands over a column that begins this near to it
LONG_TITLE = 160  # characters; a first paragraph in plain type that is longer is text


NUMBER_CELL = re.compile(r"[A-ZÆØÅ.\s-]{0,12}\d[\d\s./–-]{0,12}", re.IGNORECASE)

# "2024." over "23": a number that a narrow column broke.
BROKEN_NUMBER = re.compile(r"(?:19|20)\d\d\s*[./]|\d{1,3}\s*/")


def is_case_table(table: Table) -> bool:
    """Whether a table lists cases: a number in the first cell of a row, and a second column.

    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> is_case_table(Table((row("Saksnr.", "", "Ansvar"), row("2022.1", "Avvik", "Kari Dal"))))
    True
    >>> is_case_table(Table((row("Dato/sted", "22.09.22"), row("Referent", "Kari Dal"))))
    False
    """
    return table.columns > 1 and any(_number(row) for row in table.rows)


def heads_apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; rows above the column headings of a table of cases are a head of their own, drawn close to it.

    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> both = Table((row("Tema", "Referat SSU"), row("Saksnr.", ""), row("2022.1", "Avvik")))
    >>> [len(table.rows) for table in heads_apart([both])]
    [1, 2]
    """
    for block in blocks:
        if isinstance(block, Table):
            yield from _head_apart(number_first(block))
        else:
            yield block


def number_first(table: Table) -> Table:
    """A table whose headings put the number behind another column ("Kl. | Saksnr. | Sak") with that column first.

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
    at = next((i for i, row in enumerate(table.rows) if _number(row) or "number" in column_roles(row).values()), 0)
    if not at or not is_case_table(table):
        return [table]
    return [replace(table, rows=table.rows[:at]), replace(table, rows=table.rows[at:])]


def table_heads(table: Table) -> dict[str, float]:
    """X of the column headings of a table, in points, by role; empty where it has none or its file has no places."""
    for row in table.rows:
        roles = column_roles(row) if not _number(row) else {}
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


def table_drafts(table: Table, above: Draft | None = None, roles: dict[int, str] | None = None) -> Iterator[Draft]:
    """The cases of a table; rows before its first number go on with the case ``above``, which is not yielded again.

    ``roles`` of the columns where the table has no headings of its own.
    """
    roles = dict(roles or {})
    current = above
    side: list[Paragraph] = []
    for row in table.rows:
        found = column_roles(row)
        if found and not _number(row):
            roles = found
            continue
        number = _number(row)
        group = _group_head(row)
        if number is None and group is not None:
            side = [group]
        elif number is not None or _is_unnumbered_case(row, roles):
            current = Draft(number.number if number else None, in_table=True, side=list(side))
            _fill(current, row, roles, number)
            yield current
        elif current is not None:
            _fill(current, row, roles, None)


def column_roles(row: Row) -> dict[int, str]:
    """The roles of the columns where a row is a row of column headings (at least two, or "Saksnr." alone), else {}.

    >>> column_roles(Row((Cell((Paragraph("Saksnr."),)), Cell((), 1), Cell((Paragraph("Ansvar"),), 2))))
    {0: 'number', 2: 'responsible'}
    """
    roles: dict[int, str] = {}
    for cell in row.cells:
        text = re.sub(r"-\n", "", cell.text)
        parts = [part.strip(" :.") for part in [text, *re.split(r"[/\n]", text)] if part.strip()]
        if not parts or len(cell.text) > 40:
            continue
        archive = any(pattern("archive_columns", "any").fullmatch(part) for part in parts)
        roles_of = (r for r in ROLES if any(pattern("case_columns", r).fullmatch(part) for part in parts))
        role = "archive" if archive else next(roles_of, None)
        if role and role not in roles.values():
            roles[cell.column] = role
    return roles if len(roles) > 1 or "number" in roles.values() else {}


def _number(row: Row) -> CaseNumber | None:
    first = row.cells[0] if row.cells else None
    if first is None or first.column or not first.paragraphs:
        return None
    text = first.paragraphs[0].printed
    if BROKEN_NUMBER.fullmatch(text) and len(first.paragraphs) > 1:
        text = f"{text} {first.paragraphs[1].printed}"
    return read_case_number(text, column=bool(NUMBER_CELL.fullmatch(text)) and not text.isdigit())


def _group_head(row: Row) -> Paragraph | None:
    """A row of one cell that names a kind of cases: "Orienteringssaker"."""
    filled = [cell for cell in row.cells if cell.paragraphs]
    if len(filled) != 1 or len(filled[0].paragraphs) != 1:
        return None
    only = filled[0].paragraphs[0]
    text = only.text.strip(" :.")
    whole = filled[0].columns > 1 or only.bold
    return only if whole and any(pattern("case_kinds", k).fullmatch(text) for k in sections("case_kinds")) else None


def _is_unnumbered_case(row: Row, roles: dict[int, str]) -> bool:
    """Whether a row has "Eventuelt" in the number column, or in bold where the case stands and nothing beside it."""
    if not row.cells:
        return False
    first = row.cells[0]
    if first.column == 0 and first.text:
        return is_other_business(first.text)
    main = _main(row, roles)
    return bool(main.paragraphs) and main.paragraphs[0].bold and is_other_business(main.paragraphs[0].text)


def _main(row: Row, roles: dict[int, str]) -> Cell:
    """The cell with the case itself: under "Sakstittel", else the first column without another role."""
    titled = next((column for column, role in roles.items() if role == "title"), None)
    if titled is not None:
        return row.at(titled)
    taken = {column for column, role in roles.items() if role != "title"} | {0}
    free = [cell for cell in row.cells if cell.column not in taken]
    return (
        max(free, key=lambda cell: (cell.columns, len(cell.text)), default=row.at(1))
        if not roles
        else (free[0] if free else row.at(1))
    )


def _fill(draft: Draft, row: Row, roles: dict[int, str], number: CaseNumber | None) -> None:
    """A row's cells into the draft by role."""
    main = _main(row, roles)
    begins = number is not None or not (draft.title or is_other_business(row.at(0).text))
    for cell in row.cells:
        role = roles.get(cell.column)
        if cell is main:
            title, body = parted(cell.paragraphs) if begins else ([], list(cell.paragraphs))
            draft.title += title
            draft.body += body
        elif cell.column == 0:
            _fill_number_cell(draft, cell, number)
        elif role == "responsible":
            draft.responsible += cell.paragraphs
        elif role in ("kind", "attachments"):
            draft.side += cell.paragraphs
        elif role == "conclusion":
            draft.conclusion += cell.paragraphs
        else:
            draft.other += cell.paragraphs


def _fill_number_cell(draft: Draft, cell: Cell, number: CaseNumber | None) -> None:
    if number is None and not draft.title and is_other_business(cell.text):
        draft.title += cell.paragraphs
        return
    if number is None:
        draft.side += cell.paragraphs
        return
    first, rest = cell.paragraphs[0], cell.paragraphs[1:]
    if BROKEN_NUMBER.fullmatch(first.printed) and rest:
        first = replace(
            first, text=f"{first.printed} {rest[0].printed}", label=None, places=first.places + rest[0].places
        )
        rest = rest[1:]
    draft.numbered = first
    left = first.printed[number.end :].strip(" :.–-")
    if left:
        draft.side.append(replace(first, text=left, label=None))
    draft.side += rest


def parted(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """A case's cell as title and text: the bold paragraph it begins with, else its bold lead, else its first short
    line.

    >>> cell = [Paragraph("Avvik", bold=True), Paragraph("Konklusjon", bold=True), Paragraph("Tas til orientering")]
    >>> [[p.text for p in part] for part in parted(cell)]
    [['Avvik'], ['Konklusjon', 'Tas til orientering']]
    """
    if not paragraphs:
        return [], []
    first, *rest = labels_apart(paragraphs)
    if first.bold:
        title = [first]
        while rest and rest[0].bold and not rest[0].label and rest[0].text[:1].islower():
            title.append(rest.pop(0))
        return title, rest
    if first.lead and len(first.lead) > 3 and not first.lead.rstrip().endswith(":"):
        after = first.text.removeprefix(first.lead).strip(" :.–-")
        return [replace(first, text=first.lead)], [replace(first, text=after, lead=""), *rest] if after else rest
    if len(first.text) <= LONG_TITLE:
        return [first], rest
    return [], list(paragraphs)
