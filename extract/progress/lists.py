"""Lists of what earlier meetings decided: "Møte | Saksnr. | Sak | Vedtak | Ansvar | Status" as a table.

Such a table holds case numbers of other meetings, so it is no list of this document's cases. It is known by a column
for what has become of each row, and by a column for the meeting it is of, or by the heading it stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.case_numbers import read_case_number
from models.case_titles import is_follow_up_list
from models.dates import find_dates
from models.layout import Block, Paragraph, Row, Table
from models.words import pattern

_COLUMNS = {
    "meeting": "meeting_columns",
    "number": "number_columns",
    "status": "status_columns",
    "matter": "decision_columns",
}
_TICKS = re.compile(r"[x×✓✔☒☑]|ja", re.IGNORECASE)


class Entry(NamedTuple):
    """A row of a follow-up list: the case it is of, what was decided, and what has become of it."""

    number: str | None
    matter: str
    status: tuple[Paragraph, ...]
    ticked: bool
    """A column headed "Ferdig" or "Utført" holds a tick or a date."""
    where: Paragraph


@dataclass(frozen=True, slots=True)
class _Heads:
    columns: dict[int, str]
    done: frozenset[int]

    def has(self, *roles: str) -> bool:
        return all(role in self.columns.values() for role in roles)


def follow_up_tables(blocks: Sequence[Block]) -> Iterator[Table]:
    """The tables that list earlier decisions.

    >>> from models.layout import Cell
    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> of_meetings = Table((row("Møte", "Saknr.", "Sak", "Status"), row("19.05.22", "2022.13", "Avvik", "Utført")))
    >>> by_heading = Table((row("Saknr.", "Sak", "Status"), row("2022.13", "Avvik", "Utført")))
    >>> len(list(follow_up_tables([of_meetings, by_heading])))
    1
    >>> len(list(follow_up_tables([Paragraph("2022.40 Oppfølgingsliste", bold=True), by_heading])))
    1
    """
    heading = ""
    for block in blocks:
        if isinstance(block, Paragraph):
            heading = block.text or heading
        elif (heads := _heads(block)) and (heads.has("meeting") or is_follow_up_list(heading)):
            yield block


def _heads(table: Table) -> _Heads | None:
    """The roles of the columns, where the first row names a status, and a number or a matter it belongs to."""
    columns: dict[int, str] = {}
    done: set[int] = set()
    for cell in table.rows[0].cells if len(table.rows) > 1 else ():
        text = " ".join(cell.text.split()).strip(" :.").casefold()
        role = next((r for r, name in _COLUMNS.items() if r not in columns.values() and _names(name, text)), None)
        if role:
            columns[cell.column] = role
        elif _names("status_columns", text):
            columns[cell.column] = "status"
        if text and pattern("progress", "closing_words").fullmatch(text):
            done.add(cell.column)
    heads = _Heads(columns, frozenset(done))
    return heads if heads.has("status") and (heads.has("number") or heads.has("matter")) else None


def _names(columns: str, text: str) -> bool:
    return bool(pattern("progress", columns).fullmatch(text))


def entries(table: Table) -> Iterator[Entry]:
    """The rows of a follow-up list under their headings.

    >>> from models.layout import Cell
    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> table = Table((row("Møte", "Saknr.", "Sak", "Ferdig"), row("19.05.22", "2022.13", "Avvik", "X")))
    >>> [(e.number, e.matter, e.ticked) for e in entries(table)]
    [('2022.13', 'Avvik', True)]
    """
    heads = _heads(table)
    for row in table.rows[1:] if heads else ():
        entry = _entry(row, heads) if heads else None
        if entry:
            yield entry


def _entry(row: Row, heads: _Heads) -> Entry | None:
    number, matter, ticked = None, [], False
    status: list[Paragraph] = []
    for cell in row.cells:
        role, text = heads.columns.get(cell.column), cell.text.strip()
        if role == "number" and (read := read_case_number(text, column=True)):
            number = read.number
        elif role == "status":
            status += [p for p in cell.paragraphs if p.text]
            ticked = ticked or (cell.column in heads.done and _is_tick(text))
        elif role != "meeting":
            matter.append(text)
    where = next((p for p in [*status, *row.paragraphs()] if p.text), None)
    if where is None or not (number or any(matter)):
        return None
    return Entry(number, " ".join(" ".join(matter).split()), tuple(status), ticked, where)


def _is_tick(text: str) -> bool:
    return bool(_TICKS.fullmatch(text)) or any(d.start == 0 and d.end == len(text) for d in find_dates(text))
