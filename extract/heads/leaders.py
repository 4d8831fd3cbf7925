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
        or _elected(document)
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
        or _anywhere(document, "secretary")
    )


def _labelled(labels: Sequence[Labelled], name: str) -> Value | None:
    known = pattern("head_labels", name)
    for one in labels:
        if known.fullmatch(one.label) and one.values and (text := one.values[0].text.strip(" .;")):
            return Value(only_name(text), one.values[0])
    return None


def only_name(text: str) -> str:
    """The only person that a text names, without title and role; any other text as it stands.

    >>> only_name("Ordfører Kari Dal (AP)"), only_name("Ola Vik og Siv Moe"), only_name("Sekretariatet")
    ('Kari Dal', 'Ola Vik og Siv Moe', 'Sekretariatet')
    """
    text = _SIGNED.sub("", text)
    named = list(people(text, lenient=True))
    return named[0].name if len(named) == 1 else text


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


def _elected(document: LogicalDocument) -> Value | None:
    """The only person whom the meeting chose to lead it: "Kari Dal ble valgt til møteleder"."""
    known = pattern("head_sentences", "chair_elected").pattern
    sentence = re.compile(rf"(?P<who>{FULL_NAME}(?:\s+[A-ZÆØÅ][\w-]+)*)\s+(?:ble|blei|vart)\s+(?:{known})(?!\w)")
    found: dict[str, Value] = {}
    for block in document.blocks if document.kind == "minutes" else ():
        match = sentence.search(block.text) if isinstance(block, Paragraph) else None
        named = list(people(match["who"])) if match else []
        if len(named) == 1 and isinstance(block, Paragraph):
            found[named[0].name] = Value(named[0].name, block)
    return next(iter(found.values())) if len(found) == 1 else None


def _places(person: Attendance) -> tuple[Place, ...]:
    return tuple(Place(e.page, e.box, e.address) for e in person.evidence)


def _tail(document: LogicalDocument) -> list[Block]:
    """The blocks among which signatures stand: the last ones of minutes; of an agenda those of its head too."""
    head = len(head_blocks(document)) % max(len(document.blocks), 1)  # one without a case of its own is all head
    last = max(head, len(document.blocks) - TAIL)
    return [*(document.blocks[:head] if document.kind == "agenda" else ()), *document.blocks[last:]]


def _signed(document: LogicalDocument, said: str) -> Value | None:
    """The only person who signs in that role: behind the name, on the line below it or above it, or before a colon."""
    role = pattern("attendance_remarks", said)
    found: dict[str, Value] = {}
    lines = [(_SIGNED.sub("", line.text).strip(" .()"), line) for line in _lines(_tail(document))]
    lines = [(text, line) for text, line in lines if text]
    for at, (text, line) in enumerate(lines):
        named = list(people(text)) if len(text) < LONGEST else []
        around = [lines[n][0] for n in (at + 1, at - 1) if 0 <= n < len(lines)]
        told = [(named[0].role or "").strip(), *_roles(around)] if len(named) == 1 else []
        if any(role.fullmatch(one) for one in told):
            found[named[0].name] = Value(named[0].name, line)
    found = found or _before_colon(document, "chair" if said == "chair" else "secretary")
    return next(iter(found.values())) if len(found) == 1 else None


def _roles(around: Sequence[str]) -> list[str]:
    """The roles of the lines below and above a name: those of the one below, where both name any."""
    every = [pattern(*known) for known in (("attendance_remarks", "chair"), ("attendance_remarks", "secretariat"))]
    every += [pattern("titles", "before_names"), pattern("titles", "in_lists")]
    for text in around:
        parts = re.split(r"\s*[/,]\s*", text)
        if any(known.fullmatch(part) for part in parts for known in every):
            return parts
    return []


def _before_colon(document: LogicalDocument, name: str) -> dict[str, Value]:
    found = {}
    for one in labelled(_tail(document)):
        first = one.values[0] if pattern("signatures", name).fullmatch(one.label) and one.values else None
        named = list(people(_SIGNED.sub("", first.text))) if first else []
        if first and len(named) == 1:
            found[named[0].name] = Value(named[0].name, first)
    return found


def _anywhere(document: LogicalDocument, name: str) -> Value | None:
    """The only person behind a label such as "Ref." in a line of its own, wherever minutes print it."""
    known = re.compile(rf"(?:{pattern('signatures', name).pattern})\s*:?\s+(?P<who>[A-ZÆØÅ].*)", re.IGNORECASE)
    found: dict[str, Value] = {}
    for block in document.blocks if document.kind == "minutes" else ():
        match = known.fullmatch(block.text) if isinstance(block, Paragraph) and len(block.text) < LONGEST else None
        named = list(people(_SIGNED.sub("", match["who"]))) if match else []
        if len(named) == 1 and isinstance(block, Paragraph):
            found[named[0].name] = Value(named[0].name, block)
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
