"""From when to when a meeting lasted: beside a label, in a line of the head, or where minutes say that it ended.

Seen: "kl. 10:00 – 14:00", "17:00 -22:45", "0900-1400", "Møtestart: 17.00", "Fra kl.: 10.00 Til kl.: 13.15", "satt kl.
16.00 og hevet kl. 17.10", "Møtet hevet kl. 14.00", "heves klokken 01:02". When somebody came or left is no such time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.heads.lines import Value, head_blocks
from extract.heads.meeting_dates import is_of_another
from extract.heads.people import people
from extract.heads.presence import presence_of
from extract.labels import Labelled
from models.dates import Hours, find_hours
from models.layout import LogicalDocument, Paragraph, paragraphs
from models.words import pattern

LONGEST_LINE = 160  # characters
_ENDED = re.compile(
    r"\b(?:slutt|slutta|hevet|heva|avsluttet|avslutta|heves|hevast|avsluttes)\b"
    r"(?P<when>[^.\d]{0,12}(?:(?:kl|klokk\w+)\.?\s*\d[\d.:]*|\b\d{1,2}[.:]\d\d\b))",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:kl(?:okk\w+)?\.?:?\s*)?(?P<clock>\d{1,2}[.:]?\d\d|\d{1,2})(?![\d.:/-]\d)", re.IGNORECASE)


def hours_of(document: LogicalDocument, labels: Sequence[Labelled]) -> tuple[Value | None, Value | None]:
    """When the meeting began and when it ended, each with the line it was read from."""
    found = next(_stretches(document, labels), None)
    start, end = _beside(labels, "start"), _beside(labels, "end")
    if found:
        hours, line = found
        start = start or Value(hours.start, line)
        end = end or (Value(hours.end, line) if hours.end else None)
    return start or _beginning(document), end or _closing(document)


def _stretches(document: LogicalDocument, labels: Sequence[Labelled]) -> Iterator[tuple[Hours, Paragraph]]:
    """The times of the head with their lines: beside labels for date or time first, then in its short lines."""
    known = pattern("head_labels", "date")
    for value in (p for one in labels if known.fullmatch(one.label) for p in one.values[:2]):
        alone = _CLOCK.fullmatch(value.text.strip(" ."))
        if hours := find_hours(value.text) or (find_hours(f"kl {alone['clock']}") if alone else None):
            yield hours, value
    for block in head_blocks(document):
        if isinstance(block, Paragraph) and len(block.text) < LONGEST_LINE and not _is_of_somebody(block.text):
            hours = find_hours(block.text)
            if hours:
                ended = _ended(block.text) if not hours.end else None
                yield hours._replace(end=hours.end or (ended if ended != hours.start else None)), block


def _beginning(document: LogicalDocument) -> Value | None:
    """The hour of an agenda's sentence that says when the meeting begins: "Møtet … starter kl. 12.30"."""
    begins = pattern("head_sentences", "begins").pattern
    known = re.compile(rf"\bmøtet\b[^.]*\b(?:{begins})\s+(?=kl)(?P<when>kl[^,;]{{1,12}})", re.IGNORECASE)
    for block in head_blocks(document) if document.kind == "agenda" else ():
        match = known.search(block.text) if isinstance(block, Paragraph) else None
        hours = find_hours(match["when"]) if match else None
        if hours and isinstance(block, Paragraph):
            return Value(hours.start, block)
    return None


def _is_of_somebody(text: str) -> bool:
    """Whether a line is of a list of people, or of another meeting: its time is not that of the meeting."""
    return presence_of(text.partition(":")[0]) is not None or is_of_another(text) or bool(list(people(text)))


def _beside(labels: Sequence[Labelled], name: str) -> Value | None:
    """The clock beside a label for the start or the end alone."""
    known = pattern("head_labels", name)
    for one in labels:
        clock = _CLOCK.match(one.values[0].text) if known.fullmatch(one.label) and one.values else None
        hours = find_hours(f"kl {clock['clock']}") if clock else None
        if hours:
            return Value(hours.start, one.values[0])
    return None


def _ended(text: str) -> str | None:
    match = _ENDED.search(text)
    clock = re.search(r"\d[\d.:]*", match["when"]) if match else None
    hours = find_hours(f"kl {clock[0].rstrip('.:')}") if clock else None
    return hours.start if hours else None


def _closing(document: LogicalDocument) -> Value | None:
    """The hour at which minutes say that the meeting ended: the last of them, since a meeting can be broken off."""
    if document.kind != "minutes":
        return None
    lines = [p for p in paragraphs(document.blocks) if len(p.text) < LONGEST_LINE]
    return next((Value(ended, line) for line in reversed(lines) if (ended := _ended(line.text))), None)
