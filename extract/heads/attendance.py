"""Who was there: attendance tables and lists of minutes. An agenda's list of the invited is not attendance.

Seen: a table Navn | Stilling | Organisasjon | Merknad; "Til stede: A, B, C" and "Forfall: D" in lines or table rows;
one name a line with role or municipality behind it; groups ("Fra sekretariatet:").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.cases.lines import is_attendance_label
from extract.evidence import evidence, gathered
from extract.heads.lines import head_blocks
from extract.labels import Labelled, labelled
from models.layout import Block, LogicalDocument, Paragraph, Row, Table
from models.organisations import is_organisation
from models.records import Attendance, Presence
from models.words import pattern, sections

NAME = re.compile(
    r"(?:[A-ZÆØÅÉÜÖÄ][\w.'’-]*|av|de|von|van|der|la)(?:\s+(?:[A-ZÆØÅÉÜÖÄ][\w.'’-]*|av|de|von|van|der|la)){0,4}"
)
BRACKET = re.compile(r"\s*\(([^()]*)\)")
GROUP = re.compile(r"(?:fr[aå]|for)\s", re.IGNORECASE)
TITLE = re.compile(pattern("titles", "before_names").pattern + r"\s+(?=[A-ZÆØÅ])", re.IGNORECASE)
BEHIND = re.compile(r"\s+(?:[-–]|v/)\s+")
NOBODY = ("ingen", "ingen forfall", "ikkje nokon", "-", "–")
ORDER: tuple[Presence, ...] = ("absent", "secretariat", "guest", "present")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as an entry of a list names them."""

    name: str
    organisation: str | None = None
    role: str | None = None
    absent: bool = False


def attendances(document: LogicalDocument) -> Iterator[Attendance]:
    """Every person in the attendance lists of minutes, each once, in the order of the document."""
    seen: set[tuple[str, str]] = set()
    for one in _all(document):
        if (one.name, one.presence) not in seen:
            seen.add((one.name, one.presence))
            yield one


def _all(document: LogicalDocument) -> Iterator[Attendance]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _from_table(block)
    for one in _lists([*head_blocks(document), *tail_blocks(document)]):
        presence = presence_of(one.label)
        if presence:
            for paragraph in one.values:
                for person in people(paragraph.text):
                    yield _record(person, _presence_in_list(person, presence), paragraph)


def _presence_in_list(person: Person, listed: Presence) -> Presence:
    """What a list's label says, unless the words behind a name say more: "forfall", "referent"."""
    if person.absent:
        return "absent"
    writes = pattern("attendance_remarks", "secretariat")
    writing = any(writes.fullmatch(part.strip()) for part in (person.role or "").split(","))
    return "secretariat" if writing and listed == "present" else listed


def tail_blocks(document: LogicalDocument) -> list[Block]:
    """The blocks from a list of those present at the end of minutes; empty where there is none."""
    head = len(head_blocks(document))
    for at in range(len(document.blocks) - 1, head, -1):
        block = document.blocks[at]
        if isinstance(block, Paragraph) and is_attendance_label(block):
            first = at
            while first - 1 > head and _is_listed(document.blocks[first - 1]):
                first -= 1
            return list(document.blocks[first:])
    return []


def _is_listed(block: Block) -> bool:
    return isinstance(block, Paragraph) and (is_attendance_label(block) or _could_be_people(block))


def _lists(head: Sequence[Block]) -> Iterator[Labelled]:
    """Labels with the names behind them; a label by itself as a heading takes the lines up to the next label."""
    tables = [block for block in head if isinstance(block, Table) and not _columns(block.rows[0])]
    yield from labelled(tables)
    label: str | None = None
    values: list[Paragraph] = []
    for block in head:
        if isinstance(block, Table):
            continue
        found = _label(block)
        if found is None and _is_head_label(block):
            found = ("", [])
        if found is None and label is not None and _could_be_people(block):
            values.append(block)
            continue
        if label is not None:
            yield Labelled(label, tuple(values))
        label, values = found if found else (None, [])
    if label is not None:
        yield Labelled(label, tuple(values))


def _is_head_label(paragraph: Paragraph) -> bool:
    """A line with another label of the head ends a list: "Møtesekretær: Kari Dal"."""
    label, colon, _ = paragraph.text.partition(":")
    known = ("secretary", "chair", "date", "place", "body", "attachments", "title")
    return bool(colon) and any(pattern("head_labels", name).fullmatch(label.strip()) for name in known)


def _label(paragraph: Paragraph) -> tuple[str, list[Paragraph]] | None:
    """An attendance label that a paragraph begins with, and the rest of the paragraph as its first value."""
    head, colon, rest = paragraph.text.partition(":")
    if paragraph.lead and not colon:
        head, rest = paragraph.lead, paragraph.text.removeprefix(paragraph.lead)
    if presence_of(head) is None or (rest.strip() and not colon and not paragraph.lead):
        return None
    return head.strip(), [_with_text(paragraph, rest.strip(" :"))] if rest.strip(" :") else []


def _with_text(paragraph: Paragraph, text: str) -> Paragraph:
    return Paragraph(text, places=paragraph.places, size=paragraph.size)


def _could_be_people(paragraph: Paragraph) -> bool:
    """A line of names goes on a list: bullets, or short lines of capitalised words."""
    return not paragraph.bold and len(paragraph.text) < 300 and bool(list(people(paragraph.text)))


def presence_of(label: str) -> Presence | None:
    """What a list's label says of the people in it.

    >>> [presence_of(label) for label in ("Til stede", "FORFALL", "Fra sekretariatet møtte:", "Saksnr.")]
    ['present', 'absent', 'secretariat', None]
    """
    text = " ".join(label.strip(" .:–-").split())
    text = re.sub(r"\s*\([^)]*\)$", "", text)
    return next((p for p in ORDER if pattern("attendance_labels", p).fullmatch(text)), None)


def people(text: str) -> Iterator[Person]:
    """The people that an entry or a comma list names.

    >>> [(p.name, p.organisation) for p in people("Kari Dal, Sørdal kommune; Ola Vik (Nordvik)")]
    [('Kari Dal', 'Sørdal kommune'), ('Ola Vik', 'Nordvik')]
    >>> [(p.name, p.role) for p in people("Kari Dal (leder), Ola Vik, Per Li (vara for Siv Moe)")]
    [('Kari Dal', 'leder'), ('Ola Vik', None), ('Per Li', 'vara for Siv Moe')]
    >>> [(p.name, p.role) for p in people("Brukerrepresentant: Kari Dal")]
    [('Kari Dal', 'Brukerrepresentant')]
    >>> list(people("Ingen"))
    []
    """
    if text.strip(" .").casefold() in NOBODY:
        return
    group, colon, rest = text.partition(":")
    group = group.strip()
    grouped = bool(colon) and len(group) < 50 and not (" " in group and NAME.fullmatch(group))
    organisation = group if grouped and (is_organisation(group) or GROUP.match(group)) else None
    for entry in re.split(r"\s*[;•]\s*", rest if grouped else text):
        for person in _entry(entry, organisation):
            yield person if organisation or not grouped else replace(person, role=person.role or group)


def _entry(entry: str, organisation: str | None) -> Iterator[Person]:
    """Parts between commas: a name begins a person, anything else says more of the person before it."""
    person: Person | None = None
    for part in re.split(r",\s*(?![^()]*\))|\s+og\s+(?=[A-ZÆØÅ][\w-]+\s+[A-ZÆØÅ])", entry):
        found = _person(part, organisation)
        if found is not None:
            if person is not None:
                yield person
            person = found
        elif person is not None and part.strip():
            person = _more(person, part.strip(" ."))
    if person is not None:
        yield person


def _person(part: str, organisation: str | None) -> Person | None:
    brackets = [b.strip() for b in BRACKET.findall(part)]
    bare, *behind = BEHIND.split(BRACKET.sub("", part).strip(" ."), maxsplit=1)
    absent = bool(re.search(r"\b(?:forfall|fravær)\b", part, re.IGNORECASE))
    bare = re.sub(r"(?i)\s*\bforfall\b.*$", "", bare).strip(" .")
    title = TITLE.match(bare)
    if title:
        bare = bare[title.end() :]
    if not NAME.fullmatch(bare) or is_organisation(bare) or len(bare.split()) < 2:
        return None
    person = Person(bare, organisation, title[0].strip() if title else None, absent=absent)
    for more in [*brackets, *behind]:
        person = _more(person, more)
    return person


def _more(person: Person, text: str) -> Person:
    """A person with one more thing said: an organisation or, in small letters or otherwise, a role."""
    absent = person.absent or bool(pattern("attendance_remarks", "absent").fullmatch(text))
    if person.organisation is None and text[:1].isupper() and not absent:
        return Person(person.name, text, person.role, absent)
    role = f"{person.role}, {text}" if person.role else text
    return Person(
        person.name, person.organisation, role if not absent or text.casefold() != "forfall" else person.role, absent
    )


# --- tables ----------------------------------------------------------------------------------------------------------


def _columns(row: Row) -> dict[str, int]:
    """Roles of an attendance table's columns by its heading row; empty where there is no column of names."""
    found: dict[str, int] = {}
    for cell in row.cells:
        label = cell.text.strip(" :.\n").casefold()
        role = next(
            (r for r in sections("attendance_columns") if pattern("attendance_columns", r).fullmatch(label)), None
        )
        if role and role not in found:
            found[role] = cell.column
    return found if "name" in found and len(found) > 1 else {}


def _from_table(table: Table) -> Iterator[Attendance]:
    columns = _columns(table.rows[0]) if table.rows else {}
    if not columns:
        return
    presence: Presence = "present"
    for row in table.rows[1:]:
        columns = _columns(row) or columns
        texts = {role: " ".join(row.at(column).text.split()) for role, column in columns.items()}
        heading = presence_of(next((c.text for c in row.cells if c.text), ""))
        if heading and sum(bool(c.text) for c in row.cells) == 1:
            presence = heading
            continue
        yield from _from_row(row, columns, texts, presence)


def _from_row(row: Row, columns: dict[str, int], texts: dict[str, str], presence: Presence) -> Iterator[Attendance]:
    name = re.sub(r"(?i)\s*[-–(]*\s*\bforfall\b\)?\s*$", "", texts["name"]).strip(" .")
    name = BRACKET.sub("", name).strip()
    if (
        not name
        or not NAME.fullmatch(name)
        or re.search(r"\d", name)
        or pattern("attendance_columns", "name").fullmatch(name)
    ):
        return
    said = _said(texts, presence, forfall=name != texts["name"] and "forfall" in texts["name"].casefold())
    role = texts.get("role") or None
    remark = texts.get("remark")
    if remark and not _is_presence(remark):
        role = f"{role}, {remark}" if role else remark
    source = row.at(columns["name"]).paragraphs
    record = Person(name, texts.get("organisation") or None, role)
    for paragraph in source[:1]:
        yield _record(record, said, paragraph)


def _said(texts: dict[str, str], presence: Presence, *, forfall: bool) -> Presence:
    """Presence by the remark, else by role; the list's own where they say nothing."""
    if forfall:
        return "absent"
    for text in (texts.get("remark", ""), texts.get("role", "")):
        for one in ("absent", "secretariat", "guest"):
            if any(
                pattern("attendance_remarks", one).fullmatch(w.strip(" .,"))
                for w in (text, *text.split(","), *text.split()[:1])
            ):
                return one
    return presence


def _is_presence(remark: str) -> bool:
    return any(
        pattern("attendance_remarks", one).fullmatch(remark.strip(" .")) for one in sections("attendance_remarks")
    ) or (remark.casefold().strip(" .") in ("x", "ja", "til stede", "tilstede"))


def _record(person: Person, presence: Presence, paragraph: Paragraph) -> Attendance:
    return Attendance(
        name=person.name,
        organisation=person.organisation,
        role=person.role,
        presence=presence,
        evidence=gathered(evidence("name", paragraph)),
    )
