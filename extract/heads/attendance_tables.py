"""Attendance as a table: with column headings, with the labels in its rows or its columns, or names alone.

Seen: Navn | Funksjon | Representerer under "Følgende faste medlemmer møtte:"; Navn | Møtte for | Representerer;
Navn | Stilling | Organisasjon | Merknad; Funksjon | Navn | Forfall; "Til stede | Kari Dal, Ola Vik"; Til stede |
Forfall with the names below; "Kari Dal | leder | AP" under a label.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from extract.heads.people import NAME, Person, people, says_absent
from extract.heads.presence import group_presence, is_head_label, presence_of
from models.layout import Cell, Paragraph, Row, Table
from models.organisations import is_organisation
from models.records import Presence
from models.words import pattern, sections

Found = tuple[Person, Presence, Paragraph]
Open = tuple[Presence | None, bool]
"""What the label of a list says that may go on, and whether nothing but the label stood beside it."""


def from_table(table: Table, above: Presence | None, *, heads: bool = True) -> Generator[Found, None, Open]:
    """The people in a table; gives the list that is open below it.

    ``above``: what the label over it says of them; ``heads``: nothing but that label stands above them.
    """
    by_column: dict[int, Presence] = {}
    columns: dict[str, int] = {}
    presence = above
    for row in _labels_joined(table.rows):
        if labels := _labels_of(row):
            by_column = labels
            continue
        if by_column and not _row_label(row, None):
            for column, said in by_column.items():
                yield from _people_of([row.at(column)], said)
            continue
        by_column = {}
        if not columns and (told := list(_told_in_cells(row))):
            presence, heads = None, False
            yield from told
            continue
        label = None if columns and sum(bool(c.text.strip()) for c in row.cells) > 1 else _row_label(row, presence)
        label = label or _of_sender(row, presence, heads=heads)
        if found := attendance_columns(row):
            columns, presence = found, presence or "present"
        elif label:
            beside = list(_people_of(row.cells[1:], label))
            presence, heads = label, not beside
            yield from beside
        elif columns:
            yield from _from_row(row, columns, presence or "present")
        elif presence and _may_name(row, heads=heads):
            yield from _unlabelled(row, presence)
        else:
            presence = None
    return presence, heads


def _may_name(row: Row, *, heads: bool) -> bool:
    """Whether a row can go on with a list: nothing but names below its label, or names beside an empty cell."""
    first = row.at(0).text.strip()
    return not first or (heads and not is_head_label(first))


def is_attendance_table(table: Table) -> bool:
    """Whether a table has the column headings, or the labels, of an attendance list."""
    return any(_labels_of(row) or attendance_columns(row) or _row_label(row, None) for row in table.rows)


def attendance_roles(table: Table) -> int:
    """How much of an attendance list a table is: its known columns, or the labels of presence in its rows."""
    columns = next((len(found) for row in table.rows if (found := attendance_columns(row))), 0)
    return max(columns, 2 * sum(_row_label(row, None) is not None for row in table.rows))


def attendance_columns(row: Row) -> dict[str, int]:
    """Roles of an attendance table's columns by its heading row; empty where there is no column of names.

    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(text),), n) for n, text in enumerate(texts)))
    >>> attendance_columns(row("Navn", "Funksjon", "Møtte for")), attendance_columns(row("Saksnr.", "Navn"))
    ({'name': 0, 'role': 1, 'deputy': 2}, {})
    """
    found: dict[str, int] = {}
    for cell in row.cells:
        label = " ".join(cell.text.split()).strip(" :.").casefold()
        names = (n for n in sections("attendance_columns") if n not in found)
        role = next((n for n in names if pattern("attendance_columns", n).fullmatch(label)), None)
        if role:
            found[role] = cell.column
    named = "name" in found or {"first_name", "last_name"} <= found.keys()
    return found if named and len(found) > 1 else {}


# --- labels in the table ---------------------------------------------------------------------------------------------


def _labels_of(row: Row) -> dict[int, Presence]:
    """Presence by column where a row is nothing but labels: "Til stede | Forfall"."""
    found = {cell.column: told for cell in row.cells if (told := presence_of(cell.text))}
    return found if len(found) > 1 and len(found) == sum(bool(cell.text.strip()) for cell in row.cells) else {}


def _row_label(row: Row, above: Presence | None) -> Presence | None:
    """What the first cell of a row says where it is a label, with or without names beside it."""
    first = row.cells[0].text.strip() if row.cells else ""
    return presence_of(first) or (group_presence(first, above) if above else None) if first else None


def _labels_joined(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows; a label that goes on in the first cell of the next one, with nothing beside it, is one label.

    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(text),) if text else (), n) for n, text in enumerate(texts)))
    >>> [r.text for r in _labels_joined([row("Fra administrasjonen", "Kari Dal"), row("møtte:", "")])]
    ['Fra administrasjonen møtte: | Kari Dal']
    """
    above: Row | None = None
    for row in rows:
        if above is not None and _ends_label(above, row):
            first = above.cells[0]
            label = replace(first.paragraphs[0], text=f"{first.text} {row.cells[0].text}", lines=())
            above = Row((replace(first, paragraphs=(label,)), *above.cells[1:]))
            continue
        if above is not None:
            yield above
        above = row
    if above is not None:
        yield above


def _ends_label(above: Row, row: Row) -> bool:
    """Whether a row holds the last words of the label in the row above, which has no colon of its own yet."""
    texts = [" ".join(cell.text.split()) for cell in (*above.cells[:2], *row.cells)]
    if len(above.cells) < 2 or not row.cells or row.cells[0].column or len(above.cells[0].paragraphs) != 1:
        return False
    label, beside, rest, *others = texts
    opens = not label.endswith(":") and re.match(r"fr[aå]\s", label, re.IGNORECASE)
    return bool(opens and beside and rest.endswith(":") and not any(others) and presence_of(rest) != "absent")


def _told_in_cells(row: Row) -> Iterator[Found]:
    """The people of a row whose cells are lists with labels of their own: "Til stede: Kari Dal | Forfall: Ola Vik"."""
    lines = [paragraph for cell in row.cells for paragraph in cell.paragraphs]
    for paragraph in lines if row.cells and row.cells[0].paragraphs else ():
        label, colon, rest = paragraph.text.partition(":")
        said = presence_of(label) if colon else None
        if said is None:
            return
        for person in people(rest, lenient=True):
            yield person, person.presence or said, paragraph


def _of_sender(row: Row, above: Presence | None, *, heads: bool) -> Presence | None:
    """What a row says whose label is of an organisation that sent somebody: "Fra Helse Nord: | Kari Dal"."""
    label = re.fullmatch(r"fr[aå]\s+(?P<who>.+?)\s*:", row.cells[0].text.strip() if row.cells else "", re.IGNORECASE)
    return "present" if above and not heads and label and is_organisation(label["who"]) else None


def _unlabelled(row: Row, presence: Presence) -> Iterator[Found]:
    """A row under a label: a name with what the other cells say of it, or the names beside a municipality."""
    first, rest = row.at(0), [cell for cell in row.cells if cell.column and cell.text.strip()]
    beside = [" ".join(cell.text.split()) for cell in rest]
    named = list(_people_of([first], presence))
    if len(named) == 1 and not any(list(people(text)) for text in beside):
        person = next(people(", ".join([named[0][0].name, *beside])), named[0][0])
        yield person, person.presence or presence, named[0][2]
        return
    yield from named
    where = first.text.strip() if is_organisation(first.text.strip()) else None
    for person, said, paragraph in _people_of(rest, presence):
        yield replace(person, organisation=person.organisation or where), said, paragraph


def _people_of(cells: Sequence[Cell], presence: Presence) -> Iterator[Found]:
    """The people of some cells; a line may have a label of its own: "Andre: Ola Vik"."""
    for paragraph in (p for cell in cells for p in cell.paragraphs):
        label, colon, rest = paragraph.text.partition(":")
        own = presence_of(re.split(r"[,(]", label)[0]) if colon else None
        for person in people(rest if own else paragraph.text):
            yield person, person.presence or own or presence, paragraph


# --- rows under column headings --------------------------------------------------------------------------------------


def _from_row(row: Row, columns: dict[str, int], presence: Presence) -> Iterator[Found]:
    texts = {name: " ".join(row.at(column).text.split()) for name, column in columns.items()}
    printed = texts.get("name") or " ".join(filter(None, (texts.get("first_name"), texts.get("last_name"))))
    named = _named(printed)
    source = next(iter(row.at(columns.get("name", columns.get("first_name", 0))).paragraphs), None)
    if named is None or source is None:
        return
    said = [text for name in ("remark", "role") if (text := texts.get(name))]
    person = Person(named.name, texts.get("organisation") or named.organisation, _role(texts, named))
    yield person, _absent(texts, named) or _said(said, presence), source


def _named(printed: str) -> Person | None:
    """The person in a cell of names: "Kari Dal (leder)", "Dal, Kari", "Siv Moe FORFALL"."""
    turned = re.fullmatch(r"(\w[\w'-]+),\s*(\w[\w'. -]+)", printed)
    if turned and NAME.fullmatch(turned[2]) and NAME.fullmatch(turned[1]):
        return Person(printed)
    return next(people(printed), None)


def _role(texts: dict[str, str], named: Person) -> str | None:
    remark = texts.get("remark")
    deputy = texts.get("deputy")
    parts = (
        texts.get("role") or named.role,
        remark if remark and not _is_presence(remark) else None,
        f"møtte for {deputy}" if deputy and NAME.fullmatch(deputy) else deputy,
    )
    return ", ".join(filter(None, parts)) or None


def _absent(texts: dict[str, str], named: Person) -> Presence | None:
    """Absence by the name's own words, or by anything but a no in a column headed "Forfall"."""
    told = texts.get("absent", "").strip(" .-–").casefold()
    return "absent" if named.presence == "absent" or told not in ("", "nei", "ingen") else None


def _said(texts: Sequence[str], presence: Presence) -> Presence:
    """Presence by the remark, else by role; the list's own where they say nothing."""
    for text in texts:
        if says_absent(text):
            return "absent"
        for one in ("secretariat", "guest") if presence == "present" else ():
            if any(
                pattern("attendance_remarks", one).fullmatch(w.strip(" .,"))
                for w in (text, *text.split(","), *text.split()[:1])
            ):
                return "secretariat" if one == "secretariat" else "guest"
    return presence


def _is_presence(remark: str) -> bool:
    known = ("absent", "present", "secretariat", "guest")
    return any(pattern("attendance_remarks", one).fullmatch(remark.strip(" .")) for one in known)
