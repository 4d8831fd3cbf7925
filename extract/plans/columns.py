"""Which column of a plan's table holds what, and the same words as labels inside its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.plans.labels import undated
from models.layout import Cell, Paragraph, Row
from models.words import pattern

VALUES = ("goal", "work_form", "period", "status", "responsible")
"""Fields that a column of their own may hold."""
NAMES = ("title", "project", "area")
"""What a column of measures may be called, the surest first."""

_TRAILING = re.compile(r"(?:[\s:?*.]|\([^()]*\)|(?:19|20)\d\d(?:\s*[-–/]\s*\d{2,4})?|[-–])+$")
_BROKEN = re.compile(r"(?<=[a-zæøå])-\s*(?=[a-zæøå])")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a plan's table: of its measures, of their groups where there is one, and of each field."""

    title: int
    group: int | None
    fields: tuple[tuple[str, int], ...]

    def of(self, field: str) -> int | None:
        return self.title if field == "title" else dict(self.fields).get(field)


def column_role(text: str) -> str | None:
    """What a column heading names: one of :data:`VALUES` or :data:`NAMES`, or "other".

    >>> [column_role(t) for t in ("Arbeidsform 2025", "Tiltak (hva)", "Ansvar- lig", "Status pr. 1.9.2024", "Kommune")]
    ['work_form', 'title', 'responsible', 'status', None]
    """
    whole = " ".join(text.split())
    word = _TRAILING.sub("", whole)
    candidates = (word, _BROKEN.sub("", word), _TRAILING.sub("", undated(whole)))
    roles = (*NAMES, *VALUES, "other")
    return next((role for role in roles for c in candidates if pattern("measure_columns", role).fullmatch(c)), None)


def read_columns(row: Row) -> Columns | None:
    """The columns that a heading row names; None where the row is no heading of a plan's table.

    >>> head = ("Hvor vil vi?", "Prioriterte pasientgrupper", "Satsninger", "Mål", "Arbeidsform 2025", "Periode")
    >>> read_columns(Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(head))))
    Columns(title=2, group=1, fields=(('goal', 3), ('work_form', 4), ('period', 5)))
    >>> read_columns(Row((Cell((Paragraph("Saksnr."),)), Cell((Paragraph("Tittel"),), 1)))) is None
    True
    """
    roles = {cell.column: column_role(cell.text) for cell in row.cells if cell.text.strip()}
    fields: dict[str, int] = {}
    for column, role in roles.items():
        if role in VALUES:
            fields.setdefault(role, column)
    title = _title_column(roles, fields)
    if title is None or not fields:
        return None
    return Columns(title, _group_column(row, roles, title), tuple(fields.items()))


def _title_column(roles: dict[int, str | None], fields: dict[str, int]) -> int | None:
    """The first column called "Tiltak"; else of "Satsing | Satsingsområde | Mål" the last before the fields."""
    for name in ("title", "project"):
        found = [column for column, role in roles.items() if role == name]
        if found:
            return found[0]
    areas = [column for column, role in roles.items() if role == "area" and column < min(fields.values(), default=0)]
    return areas[-1] if areas else None


def _group_column(row: Row, roles: dict[int, str | None], title: int) -> int | None:
    """The nearest column to the left that is called a group or has a name of its own, else any so called."""
    left = [c.column for c in row.cells if c.column < title and (c.text.strip() or c.rows > 1)]
    near = [column for column in left if roles.get(column) in ("area", "project", None)]
    areas = [column for column, role in roles.items() if role == "area" and column != title]
    named = [column for column in near if column in areas]
    return next(iter((named or near)[-1:] or areas[:1]), None)


def without_label(paragraphs: Sequence[Paragraph], field: str) -> tuple[list[Paragraph], bool]:
    """A cell's paragraphs without the column's name that stands above or before them, and whether it stood there.

    >>> rest, labelled = without_label([Paragraph("Mål", bold=True), Paragraph("Færre innleggelser")], "goal")
    >>> rest[0].text, labelled
    ('Færre innleggelser', True)
    >>> without_label([Paragraph("Mål: Færre innleggelser")], "goal")[0][0].text
    'Færre innleggelser'
    """
    if not paragraphs:
        return [], False
    first, rest = paragraphs[0], list(paragraphs[1:])
    if _names(first.text, field):
        return rest, True
    lead, colon, value = first.text.partition(":")
    if colon and value.strip() and _names(lead, field):
        return [_shortened(first, value), *rest], True
    if first.lead and first.text.startswith(first.lead) and _names(first.lead, field):
        return [_shortened(first, first.text[len(first.lead) :]), *rest], True
    return list(paragraphs), False


def _shortened(paragraph: Paragraph, text: str) -> Paragraph:
    return replace(paragraph, text=text.strip(" :"), lead="", lines=())


def _names(text: str, field: str) -> bool:
    role = column_role(text)
    return role == field or (field == "title" and role in NAMES)


def cell_at(covering: dict[int, Cell], column: int | None) -> Cell:
    return covering.get(column, Cell()) if column is not None else Cell()
