"""Who was there: attendance tables and lists of minutes. An agenda's list of the invited is not attendance.

Seen: a table Navn | Stilling | Organisasjon | Merknad; "Til stede: A, B, C" and "Forfall: D" in lines or table rows;
one name a line with role or municipality behind it; groups ("Fra sekretariatet:", "For Høyre:"); the list at the end
of the minutes. Votes list names too, and are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.cases.lines import is_attendance_label
from extract.evidence import evidence, gathered
from extract.heads.attendance_tables import attendance_roles, from_table, is_attendance_table
from extract.heads.given_names import given_names
from extract.heads.lines import head_blocks
from extract.heads.people import FULL_NAME, Person, is_group, people
from extract.heads.presence import group_presence, is_head_label, is_of_another_body, presence_of
from models.layout import Block, LogicalDocument, Paragraph, Table
from models.records import Attendance, Presence
from models.words import pattern, sections, words

LONGEST_LINE = 400  # characters of a line of names without a label
LONGEST_LABEL = 100  # characters of a label with the names that follow it without a colon


def attendances(document: LogicalDocument) -> Iterator[Attendance]:
    """Every person in the attendance lists of minutes, each once, in the order of the document.

    Who stands among the members and again among those who were absent was absent.
    """
    head = head_blocks(document)
    found = [*listed(head), *listed(tail_blocks(document))] or list(listed(_labelled_blocks(document)))
    first: dict[str, Attendance] = {}
    for person, presence, paragraph in found:
        there = first.get(person.name)
        if there is None or (presence == "absent" and there.presence == "present"):
            first[person.name] = _record(person, presence, paragraph)
    yield from first.values()


def listed(blocks: Sequence[Block]) -> Iterator[tuple[Person, Presence, Paragraph]]:
    """The people of the blocks, by the label that their list stands under.

    >>> blocks = [Paragraph("Forfall:"), Paragraph("Kari Dal, leder"), Paragraph("Vara: Ola Vik"), Paragraph("Jo Li")]
    >>> [(person.name, presence) for person, presence, _ in listed(blocks)]
    [('Kari Dal', 'absent'), ('Ola Vik', 'present'), ('Jo Li', 'present')]
    >>> [person.name for person, _, _ in listed([Paragraph("Til stede: Kari Dal"), Paragraph("Kopi: Ola Vik")])]
    ['Kari Dal']
    >>> blocks = [Paragraph("Dessuten møtte:"), Paragraph("Sekretariatet: Jo Li"), Paragraph("Nordvik: Ola Vik")]
    >>> [(person.name, presence) for person, presence, _ in listed(blocks)]
    [('Jo Li', 'secretariat'), ('Ola Vik', 'guest')]
    """
    above: Presence | None = None
    writers: Presence | None = None
    heads = members = False
    for block in blocks:
        if isinstance(block, Table):
            above, heads = yield from from_table(block, above if heads else None, heads=heads)
            continue
        for part in _labels_apart(block.text):
            found = _label(part, block.lead, above)
            if found and members and is_of_another_body(part):
                found = ("guest", found[1])
            if found and heads and found[0] == "secretariat" and above != "absent" and found[1]:
                writers, text = found
            elif found:
                (above, text), writers = found, None
                heads = not text
            elif above and _goes_on(part, block, heads=heads):
                text, writers = part, None if ":" in part else writers
            else:
                above, writers, text = None, None, part if _absentees(part) else ""
            for presence, told in _by_sentence(text, writers or above):
                given = given_names(told) if found else []
                for person in given or people(told, surnames=heads, lenient=bool(found)):
                    members = members or presence == "present"
                    yield person, presence_in(presence, person), block


def _labels_apart(text: str) -> list[str]:
    """A line with several lists as one text each: "Til stede: Kari Dal Forfall: Ola Vik"."""
    known = "|".join(pattern("attendance_labels", name).pattern for name in sections("attendance_labels"))
    sent = r"fr[aå]\s[a-zæøå]+\s(?:møtte|deltok)"
    label = rf"(?<=[\s.;,])(?=[A-ZÆØÅ])(?i:{known}|{sent})(?:\s*:|(?=\s(?:[a-zæøå]+\s){{0,2}}{FULL_NAME}))"
    bounds = [0, *(match.start() for match in re.finditer(label, text)), len(text)]
    return [text[first:last].strip(" ,;") for first, last in pairwise(bounds)]


def _by_sentence(text: str, listed: Presence | None) -> Iterator[tuple[Presence, str]]:
    """The sentences of a list; one that says who had sent word is of those absent: "Siv Moe hadde meldt forfall"."""
    for sentence in re.split(r"(?<=[\w)]{3})\.\s+(?=[A-ZÆØÅ])", text):
        absent = _absentees(sentence)
        if absent or listed:
            yield ("absent" if absent else listed or "present"), absent or sentence


def _absentees(sentence: str) -> str | None:
    match = re.fullmatch(rf"(?P<who>.+?)\s+{pattern('attendance_behind', 'sent_word').pattern}[\s.]*", sentence)
    return match["who"] if match else None


def _goes_on(text: str, paragraph: Paragraph, *, heads: bool) -> bool:
    """Whether a line without a label of attendance goes on with the list above it.

    ``heads``: that list's label stands by itself, so that labels below it tell where its people are from.
    """
    label, colon, _ = text.partition(":")
    if colon and (is_head_label(label) or not (heads or is_group(label))):
        return False
    return not paragraph.bold and len(text) < LONGEST_LINE and bool(list(people(text, surnames=heads)))


def presence_in(listed: Presence, person: Person) -> Presence:
    """What a list's label says, unless the words behind a name say more: "forfall", "møtesekretær".

    A member who only writes ("Kari Dal (referent)") stays one.
    """
    if person.presence:
        return person.presence
    told = [part.strip() for part in (person.role or "").split(",")] + [person.organisation or ""]
    if len(told := [one for one in told if one]) == 1 and pattern("attendance_remarks", "writing").fullmatch(told[0]):
        return listed
    if listed in ("present", "guest") and any(pattern("attendance_remarks", "secretariat").fullmatch(t) for t in told):
        return "secretariat"
    if listed == "present" and any(pattern("attendance_remarks", "guest").fullmatch(t) for t in told):
        return "guest"
    return listed


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
    if isinstance(block, Table):
        return is_attendance_table(block)
    return is_attendance_label(block) or _could_be_people(block)


def _labelled_blocks(document: LogicalDocument) -> list[Block]:
    """Lists between the list of cases and the cases: lines with a label of attendance and what goes on with them, and
    tables with columns of their own, or below a line that begins as a label ("Deltakere i Strategisk utvalg").
    """
    found: list[Block] = []
    inside = below = False
    for block in document.blocks:
        if isinstance(block, Table):
            inside = inside or attendance_roles(block) > (1 if below else 2)
        else:
            inside = is_attendance_label(block) or (inside and _could_be_people(block))
            below = _begins_as_label(block.text)
        found += [block] if inside else []
    return found


def _begins_as_label(text: str) -> bool:
    known = "|".join(pattern("attendance_labels", name).pattern for name in ("present", "absent"))
    return bool(re.match(rf"(?:{known}|deltakarliste|deltakerliste)(?!\w)", text, re.IGNORECASE))


def _label(text: str, lead: str, above: Presence | None) -> tuple[Presence, str] | None:
    """What a label that a line begins with says of presence, and the rest of the line."""
    head, colon, rest = text.partition(":")
    if lead and text.startswith(lead) and presence_of(lead):
        head, colon, rest = lead, ":", text.removeprefix(lead)
    if not colon and presence_of(head) is None:
        head, rest = _label_before_names(text)
    presence = presence_of(head) or (group_presence(head, above) if above else None)
    return (presence, rest.strip(" :")) if presence else None


def _label_before_names(text: str) -> tuple[str, str]:
    """A label without a colon in front of a name: "Til stede var Kari Dal, Ola Vik", "Møtte: …"."""
    gaps = re.finditer(rf"\s+(?=(?:[a-zæøå]+\s){{0,2}}{FULL_NAME})", text[:LONGEST_LABEL])
    match = next((gap for gap in gaps if presence_of(text[: gap.start()])), None)
    if not match:
        return "", text
    fillers = "|".join((*words("attendance_words", "fillers"), *words("attendance_words", "present")))
    return text[: match.start()], re.sub(rf"^(?:(?:{fillers})\s+)+", "", text[match.end() :])


def _could_be_people(paragraph: Paragraph) -> bool:
    """A line of names goes on a list: bullets, or short lines of capitalised words."""
    return not paragraph.bold and len(paragraph.text) < LONGEST_LINE and bool(list(people(paragraph.text)))


def _record(person: Person, presence: Presence, paragraph: Paragraph) -> Attendance:
    return Attendance(
        name=person.name,
        organisation=person.organisation,
        role=person.role,
        presence=presence,
        evidence=gathered(evidence("name", replace(paragraph, lead=""))),
    )
