"""Where a meeting is held: beside a label, behind date and hour in a line of the head, or on the net.

Seen: "Møtested/lokaler: Rådhuset", "Dato/sted: Nordvik kulturhus, 22.09.22, kl. 13.30", "Møtet holdes torsdag 16. april
kl. 10.00 i Formannskapssalen", "Referat fra AU-møte på Teams".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.heads.lines import Value
from extract.labels import Labelled
from models.dates import DATE, find_hours
from models.layout import Block, Paragraph
from models.records import Document
from models.words import WEEKDAYS, pattern

LONGEST_LINE = 200  # characters
LONGEST = 12  # words of a place in a line that says more
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})(?:en)?\b\s*(?:den\b)?", re.IGNORECASE)
_HOUR_WORDS = re.compile(r"\b(?:kl|klokka|klokken)\b\.?", re.IGNORECASE)
_TIME_LABEL = re.compile(r"\b(?:tid|dato|sted|stad)\s*:\s*", re.IGNORECASE)
_IN = re.compile(r"\s*,?\s*(?:i|på|ved|hos)\s+(?P<place>[A-ZÆØÅ0-9].*)")


def place_of(
    head: Sequence[Block], labels: Sequence[Labelled], record: Document, hours_in: Paragraph | None
) -> Value | None:
    """Where the meeting is, with the line it was read from; ``hours_in`` holds its time of day."""
    return (
        _beside_label(labels)
        or (_beside_hours(hours_in) if hours_in and record.date else None)
        or _held_in(head)
        or _online(head)
    )


def _beside_label(labels: Sequence[Labelled]) -> Value | None:
    """What stands beside a label for the place, without date and time.

    The label may be for both ("Dato/sted"), in one line or in two; then what is left of the lines is the place.
    """
    known = pattern("head_labels", "place")
    for one in labels:
        for paragraph in one.values if known.fullmatch(one.label) else ():
            text = place_in(paragraph.text)
            if text:
                return Value(text, paragraph)
    return None


def _beside_hours(line: Paragraph) -> Value | None:
    """The place in a line of the head that holds date and time too: "19. september 2024 kl. 10-13, Rådhuset"."""
    hours = find_hours(line.text)
    behind = _IN.match(line.text[hours.text_end :]) if hours else None
    if behind:
        return _short(re.split(r"\.(?:\s|$)", behind["place"])[0], line)
    place = place_in(line.text) if DATE.search(line.text) and "," in line.text else None
    return _short(place, line) if place else None


def _held_in(head: Sequence[Block]) -> Value | None:
    """The place of a sentence that tells nothing else: "Møtet ble holdt i Menighetshuset"."""
    known = re.compile(rf"{pattern('head_sentences', 'place_before').pattern}(?={_IN.pattern}$)", re.IGNORECASE)
    for block in head:
        match = known.match(block.text) if isinstance(block, Paragraph) and len(block.text) < LONGEST_LINE else None
        behind = _IN.match(block.text[match.end() :]) if match and isinstance(block, Paragraph) else None
        if behind and isinstance(block, Paragraph):
            return _short(place_in(behind["place"]) or "", block)
    return None


def _online(head: Sequence[Block]) -> Value | None:
    """The net, where the head says that the meeting is on it: "på Teams", "Teams-møte"."""
    names = pattern("head_sentences", "online").pattern
    known = re.compile(rf"\b(?:på|via|over|i)\s+(?P<on>{names})\b|\b(?P<as>{names})-?møte(?:t)?\b", re.IGNORECASE)
    for block in head:
        match = known.search(block.text) if isinstance(block, Paragraph) and len(block.text) < LONGEST_LINE else None
        if match and isinstance(block, Paragraph):
            return Value(match["on"] or match["as"], block)
    return None


def _short(text: str, line: Paragraph) -> Value | None:
    text = text.strip(" .,;:–-")
    return Value(text, line) if text and len(text.split()) <= LONGEST else None


def place_in(text: str) -> str | None:
    """A text without date, weekday and time of day; None where nothing is left.

    >>> place_in("Nordvik kulturhus, Strandgata 14, 22.09.22, kl. 13.30-15.30"), place_in("19.05.22, kl. 13.30-16.00")
    ('Nordvik kulturhus, Strandgata 14', None)
    """
    hours = find_hours(text)
    if hours:
        text = text[: hours.text_start] + " " + text[hours.text_end :]
    text = _WEEKDAY.sub(" ", DATE.sub(" ", text))
    text = _TIME_LABEL.sub(" ", _HOUR_WORDS.sub(" ", text))
    parts = [part.strip(" .:;–-") for part in text.split(",")]
    left = ", ".join(" ".join(part.split()) for part in parts if re.search(r"[^\W_]", part))
    return left or None
