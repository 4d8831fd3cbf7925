"""Who leads a meeting and who writes its minutes: by label, by a sentence, by role in the attendance, by signature.

Seen: "Møteleder: Kari Dal (nestleder)", "Møteleiar: …", "Møtet ble ledet av styreleder Kari Dal", "Ola Vik førte
protokollen", "Ola Vik (referent)" among those present, and "Ola Vik (sign.)" over "referent" at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.heads.lines import Value, head_blocks
from extract.heads.people import FULL_NAME, people
from extract.labels import Labelled, labelled
from models.layout import Block, LogicalDocument, Paragraph, Place, Table
from models.records import Attendance
from models.words import pattern

LONGEST_LINE = 200  # characters of a line with such a sentence
LONGEST = 80  # characters of a name with what is said of it
TAIL = 16  # blocks at the end of minutes among which signatures stand
_SIGNED = re.compile(r"\s*[(\[]?(?:s|sign|sgn|signert|elektronisk signert)\.?[)\]]\s*$|\s*/s/\s*$", re.IGNORECASE)


def chair_of(document: LogicalDocument, labels: Sequence[Labelled], present: Sequence[Attendance]) -> Value | None:
    """Who leads the meeting, with the line it was read from."""
    return (
        _labelled(labels, "chair")
        or _in_sentence(head_blocks(document), "chair")
        or _by_role(present, "chair")
        or _signed(document, "chair")
    )


def secretary_of(document: LogicalDocument, labels: Sequence[Labelled], present: Sequence[Attendance]) -> Value | None:
    """Who writes the minutes, with the line it was read from."""
    return (
        _labelled(labels, "secretary")
        or _in_sentence(head_blocks(document), "secretary")
        or _by_role(present, "secretariat")
        or _signed(document, "secretariat")
        or _in_sentence(_tail(document), "secretary")
    )


def _labelled(labels: Sequence[Labelled], name: str) -> Value | None:
    known = pattern("head_labels", name)
    for one in labels:
        if known.fullmatch(one.label) and one.values and (text := one.values[0].text.strip(" .;")):
            return Value(only_name(text), one.values[0])
    return None


def only_name(text: str) -> str:
    """The only person that a text names, without what stands behind the name; any other text as it stands.

    >>> only_name("Ordfører Kari Dal (AP)"), only_name("Ola Vik og Siv Moe"), only_name("Sekretariatet")
    ('Ordfører Kari Dal', 'Ola Vik og Siv Moe', 'Sekretariatet')
    """
    text = _SIGNED.sub("", text)
    named = list(people(text, lenient=True))
    return text[: text.index(named[0].name) + len(named[0].name)] if len(named) == 1 and named[0].name in text else text


def _in_sentence(blocks: Sequence[Block], name: str) -> Value | None:
    """The person of "Møtet ble ledet av ordfører Kari Dal", "Ola Vik førte protokollen"."""
    before = pattern("head_sentences", f"{name}_before").pattern
    behind = pattern("head_sentences", f"{name}_behind").pattern
    who = rf"(?:[A-ZÆØÅa-zæøå.]+\s+){{0,3}}?{FULL_NAME}(?:\s+[A-ZÆØÅ][\w-]+)*"
    known = (rf"\b(?i:{before})\s+(?P<who>{who})(?=[.,;(]|\s|$)", rf"(?P<who>{who})\s+(?i:{behind})(?!\w)")
    for block in blocks:
        if isinstance(block, Table) or len(block.text) >= LONGEST_LINE:
            continue
        for one in known:
            match = re.search(one, block.text)
            named = list(people(match["who"])) if match else []
            if len(named) == 1:
                return Value(named[0].name, block)
    return None


def _by_role(present: Sequence[Attendance], said: str) -> Value | None:
    """The only person in the list of attendance whose role is to lead, or to write: "Kari Dal (referent)"."""
    known = pattern("attendance_remarks", said)
    found = [
        p
        for p in present
        if p.presence != "absent" and any(known.fullmatch(part.strip()) for part in (p.role or "").split(","))
    ]
    if len(found) != 1:
        return None
    return Value(found[0].name, Paragraph(found[0].name, places=_places(found[0])))


def _places(person: Attendance) -> tuple[Place, ...]:
    return tuple(Place(e.page, e.box, e.address) for e in person.evidence)


def _tail(document: LogicalDocument) -> list[Block]:
    if document.kind != "minutes":
        return []
    head = len(head_blocks(document))
    return list(document.blocks[max(head, len(document.blocks) - TAIL) :])


def _signed(document: LogicalDocument, said: str) -> Value | None:
    """The only person who signs the minutes in that role: behind the name, on the line below it, or before a colon."""
    role = pattern("attendance_remarks", said)
    found: dict[str, Value] = {}
    lines = list(_lines(_tail(document)))
    for at, line in enumerate(lines):
        text = _SIGNED.sub("", line.text).strip(" .")
        named = list(people(text)) if len(text) < LONGEST else []
        below = _SIGNED.sub("", lines[at + 1].text).strip(" .()") if at + 1 < len(lines) else ""
        told = [(named[0].role or "").strip(), below] if len(named) == 1 else []
        if any(role.fullmatch(one) for one in told):
            found[named[0].name] = Value(named[0].name, line)
    known = pattern("head_labels", "chair" if said == "chair" else "secretary")
    for one in labelled(_tail(document)) if not found else ():
        first = one.values[0] if known.fullmatch(one.label) and role.fullmatch(one.label) and one.values else None
        named = list(people(_SIGNED.sub("", first.text))) if first else []
        if first and len(named) == 1:
            found[named[0].name] = Value(named[0].name, first)
    return next(iter(found.values())) if len(found) == 1 else None


def _lines(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The lines of the blocks; of a table column by column, since names and roles stand one above the other."""
    for block in blocks:
        if isinstance(block, Table):
            for column in range(block.columns):
                for row in block.rows:
                    yield from row.at(column).paragraphs
        else:
            yield block
