"""Where a meeting is held: beside a label, behind date and hour in a line of the head, or on the net.

Seen: "Møtested/lokaler: Rådhuset", "Dato/sted: Nordvik kulturhus, 22.09.22, kl. 13.30", "Møtet holdes torsdag 16. april
kl. 10.00 i Formannskapssalen", "Referat fra AU-møte på Teams".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract.heads.lines import Value
from extract.labels import Labelled
from models.dates import DATE, find_hours, first_day
from models.layout import Block, Paragraph
from models.records import Document
from models.words import WEEKDAYS, pattern

LONGEST_LINE = 200  # characters
LONGEST = 12  # words of a place in a line that says more
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})(?:en)?\b\s*(?:den\b)?", re.IGNORECASE)
_HOUR_WORDS = re.compile(r"\b(?:kl|klokka|klokken)\b\.?", re.IGNORECASE)
_TIME_LABEL = re.compile(r"\b(?:tid|dato|sted|stad)\s*:\s*", re.IGNORECASE)
_IN = re.compile(r"\s*,?\s*(?i:i|på|ved|hos)\s+(?P<place>[A-ZÆØÅ0-9].*)")


def place_of(
    head: Sequence[Block], labels: Sequence[Labelled], record: Document, hours_in: Paragraph | None
) -> Value | None:
    """Where the meeting is, with the line it was read from; ``hours_in`` holds its time of day."""
    return (
        _beside_label(labels)
        or (_beside_hours(hours_in, record.body) if hours_in and record.date else None)
        or _held_in(head)
        or _online(head)
        or _beside_day(head, record)
        or (_below_hours(head, hours_in) if hours_in and record.kind == "agenda" else None)
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


def _beside_hours(line: Paragraph, body: str | None) -> Value | None:
    """The place in a line of the head that holds date and time too: "19. september 2024 kl. 10-13, Rådhuset"."""
    hours = find_hours(line.text)
    after = line.text[hours.text_end :] if hours else ""
    at = after.casefold().find(body.casefold()) if body else -1
    behind = _IN.match(after[at + len(body or "") :] if at >= 0 else after)
    if behind:
        return _short(re.split(r"\.(?:\s|$)", behind["place"])[0], line)
    place = place_in(line.text) if DATE.search(line.text) and "," in line.text else None
    return _short(place, line) if place else None


def _beside_day(head: Sequence[Block], record: Document) -> Value | None:
    """The place in a short line that holds nothing but it and the day: "Tirsdag 14. mars 2023, personalrommet"."""
    for block in head:
        day = first_day(block.text) if isinstance(block, Paragraph) and len(block.text) < LONGEST_LINE else None
        if isinstance(block, Paragraph) and day and day.day == record.date and block.text != record.title:
            before, behind = block.text[: day.start].strip(" ,"), block.text[day.end :]
            place = behind.removeprefix(",").strip(" .") if _WEEKDAY.sub("", before).strip() == "" else ""
            if behind.startswith(",") and re.fullmatch(r"[^\d,:]+(?:\s\d+)?", place):
                return _short(place, block)
    return None


def _below_hours(head: Sequence[Block], line: Paragraph) -> Value | None:
    """The place of an agenda in a line of its own below the day and the hour, both set apart from the text alike."""
    at = next((n for n, block in enumerate(head[:-1]) if block is line), None)
    below = head[at + 1] if at is not None else None
    if not isinstance(below, Paragraph) or not (line.bold and below.bold) or below.size != line.size:
        return None
    plain = not re.search(r"[:.?!]$", below.text) and not below.label and below.text[:1].isupper()
    listed = pattern("list_heads", "any").match(below.text)
    return _short(below.text, below) if plain and not listed and not place_in(line.text) else None


def _held_in(head: Sequence[Block]) -> Value | None:
    """The place of a sentence that tells nothing else: "Møtet ble holdt i Menighetshuset"."""
    known = re.compile(rf"{pattern('head_sentences', 'place_before').pattern}(?=\s+(?:i|på|ved|hos)\s)", re.IGNORECASE)
    begins = pattern("head_sentences", "begins").pattern
    ends = re.compile(rf"\s+(?=(?:{'|'.join(WEEKDAYS)}|den|kl|og (?:{begins}))\b|\d)|\.(?:\s|$)", re.IGNORECASE)
    for block, text in _sentences(head):
        match = known.match(text)
        behind = _in_house().match(text[match.end() :]) if match else None
        place = ends.split(behind["place"])[0] if behind else ""
        if place and not pattern("body_nouns", "any").fullmatch(place):
            return _short(place, block)
    return None


def _sentences(head: Sequence[Block]) -> Iterator[tuple[Paragraph, str]]:
    """The sentences of the head's lines with their lines."""
    for block in head:
        if isinstance(block, Paragraph):
            for sentence in re.split(r"(?<=[a-zæøå]{3}\.)\s+(?=[A-ZÆØÅ])", block.text):
                if len(sentence) < LONGEST_LINE:
                    yield block, sentence


@cache
def _in_house() -> re.Pattern[str]:
    """A place by its name, or by what houses are called: "på rådhuset i Havnes"."""
    nouns = pattern("head_sentences", "place_nouns").pattern
    return re.compile(rf"\s*,?\s*(?i:i|på|ved|hos)\s+(?P<place>(?:[A-ZÆØÅ0-9]|{nouns}(?!\w)).*)")


def _online(head: Sequence[Block]) -> Value | None:
    """The net, where the head says that the meeting is on it: "på Teams", "Teams-møte"."""
    names = pattern("head_sentences", "online").pattern
    known = re.compile(
        rf"\b(?:på|via|over|i|pr\.?|per)\s+(?P<on>{names})\b|\b(?P<as>{names})-?møte(?:t)?\b", re.IGNORECASE
    )
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
    parts = [re.sub(r"\s+fr[aå]$", "", part.strip(" .:;–-")) for part in text.split(",")]
    left = ", ".join(" ".join(part.split()) for part in parts if re.search(r"[^\W_]", part))
    return left or None
