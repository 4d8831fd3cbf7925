"""A meeting as the head of its agenda or minutes tells it: when, where, who leads and who writes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.evidence import evidence, gathered
from extract.heads.attendance import attendances
from extract.heads.lines import Value, head_blocks
from extract.labels import Labelled, find, labelled
from models.dates import DATE, find_hours
from models.layout import LogicalDocument, Paragraph, Place
from models.records import Attendance, Document, Meeting
from models.words import pattern

WEEKDAY = re.compile(r"\b(?:man|tirs|ons|tors|fre|lør|søn|mån|tys|laur|sun)dag(?:en)?\b\s*(?:den\b)?", re.IGNORECASE)
ENDED = re.compile(
    r"\b(?:slutt|hevet|heva|avsluttet|avslutta|heves)\b[^.\d]{0,12}(?:kl|klokk\w+)\.?\s*\d[\d.:]*", re.IGNORECASE
)
HOUR_WORDS = re.compile(r"\b(?:kl|klokka|klokken)\b\.?", re.IGNORECASE)
TIME_LABEL = re.compile(r"\b(?:tid|dato|sted|stad)\s*:\s*", re.IGNORECASE)


def read_meeting(document: LogicalDocument, record: Document) -> Meeting:
    """The meeting that an agenda or minutes is about."""
    labels = list(labelled(head_blocks(document)))
    hours_from = _hours_source(labels, head_blocks(document))
    hours = find_hours(hours_from.text) if hours_from else None
    place = _place(labels)
    end = hours.end if hours and hours.end else None
    closing = None if end else _closing(document)
    chair, secretary = (_person(labels, name) for name in ("chair", "secretary"))
    people = tuple(attendances(document)) if document.kind == "minutes" else ()
    secretary = secretary or _by_role(people)
    place = place or (_beside_hours(hours_from) if hours_from and record.date else None)
    return Meeting(
        body=record.body,
        date=record.date,
        start=hours.start if hours else None,
        end=end or (closing.text if closing else None),
        place=place.text if place else None,
        chair=chair.text if chair else None,
        secretary=secretary.text if secretary else None,
        attendances=people,
        evidence=gathered(
            (e for e in record.evidence if e.field in ("body", "date")),
            evidence("start", hours_from) if hours and hours_from else (),
            evidence("end", hours_from) if end and hours_from else (),
            evidence("end", closing.source) if closing else (),
            *(evidence(n, v.source) for n, v in (("place", place), ("chair", chair), ("secretary", secretary)) if v),
        ),
    )


def _hours_source(labels: Sequence[Labelled], head: Sequence[object]) -> Paragraph | None:
    """The paragraph with the time of day: beside a label for date or time, else in a line of the head."""
    known = pattern("head_labels", "date")
    beside = [p for one in labels if known.fullmatch(one.label) for p in one.values]
    lines = [b for b in head if isinstance(b, Paragraph) and len(b.text) < 160]
    return next((p for p in [*beside, *lines] if find_hours(p.text)), None)


def _place(labels: Sequence[Labelled]) -> Value | None:
    """What stands beside a label for the place, without date and time.

    The label may be for both ("Dato/sted"), in one line or in two; then what is left of the lines is the place.
    """
    known = pattern("head_labels", "place")
    for one in labels:
        if not known.fullmatch(one.label):
            continue
        for paragraph in one.values:
            text = place_in(paragraph.text)
            if text:
                return Value(text, paragraph)
    return None


def _closing(document: LogicalDocument) -> Value | None:
    """The hour at which minutes say that the meeting ended: "Møtet hevet kl. 14.00"."""
    if document.kind != "minutes":
        return None
    for block in document.blocks:
        ended = ENDED.search(block.text) if isinstance(block, Paragraph) and len(block.text) < 120 else None
        hours = find_hours(ended[0]) if ended else None
        if hours and isinstance(block, Paragraph):
            return Value(hours.start, block)
    return None


def _beside_hours(line: Paragraph) -> Value | None:
    """The place in a line of the head that holds date and time too: "19. september 2024 kl. 10-13, Rådhuset"."""
    whole_date = DATE.search(line.text)
    place = place_in(line.text) if whole_date and "," in line.text else None
    return Value(place, line) if place and len(place.split()) <= 10 else None


def _by_role(people: Sequence[Attendance]) -> Value | None:
    """The only person in the list of attendance whose role is to write: "Kari Dal (referent)"."""
    known = pattern("head_labels", "secretary")
    writing = [p for p in people if any(known.fullmatch(part.strip()) for part in (p.role or "").split(","))]
    if len(writing) != 1:
        return None
    return Value(writing[0].name, Paragraph(writing[0].name, places=_places(writing[0])))


def _places(person: Attendance) -> tuple[Place, ...]:
    return tuple(Place(e.page, e.box, e.address) for e in person.evidence)


def place_in(text: str) -> str | None:
    """A text without date, weekday and time of day; None where nothing is left.

    >>> place_in("Nordvik kulturhus, Strandgata 14, 22.09.22, kl. 13.30-15.30"), place_in("19.05.22, kl. 13.30-16.00")
    ('Nordvik kulturhus, Strandgata 14', None)
    """
    hours = find_hours(text)
    if hours:
        text = text[: hours.text_start] + " " + text[hours.text_end :]
    text = WEEKDAY.sub(" ", DATE.sub(" ", text))
    text = TIME_LABEL.sub(" ", HOUR_WORDS.sub(" ", text))
    parts = [part.strip(" .:;–-") for part in text.split(",")]
    left = ", ".join(" ".join(part.split()) for part in parts if re.search(r"[^\W\d]", part) or re.search(r"\d", part))
    return left or None


def _person(labels: Sequence[Labelled], name: str) -> Value | None:
    one = find(labels, "head_labels", name)
    if not one:
        return None
    first = one.values[0]
    return Value(first.text.strip(" .;"), first) if first.text else None
