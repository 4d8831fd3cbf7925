"""Which collaboration a document speaks of: measures and people of two collaborations are never taken for one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile

from sqlite_utils import Database

from models.words import pattern, sections

_PLACE = r"(?P<place>[A-ZÆØÅ][a-zæøå]+(?:[ -](?:og )?[A-ZÆØÅ][a-zæøå]+)*)"
_NAMED = re.compile(rf"(?i:{pattern('collaborations', 'names').pattern})(?:\s+(?:i|for)\s+|[^\S\n]+){_PLACE}")

LETTERS = ("input_letter", "consultation_response")
"""Kinds of documents that come from outside, or go out, and speak of any collaboration."""

IN_PASSING = 10
"""A place that one document names beside this many that name another is no collaboration of these documents."""
Circle = tuple[str, str | None]
"""A file, a body or the whole database."""


def collaboration_of(text: str) -> str | None:
    """The place that a text names most often behind "Helsefellesskapet", None where it names none.

    >>> collaboration_of("Helsefellesskapet i Fjordregionen. I Helsefelleskapet Fjordregionen er det fem kommuner.")
    'Fjordregionen'
    >>> collaboration_of("Et helsefellesskap er en arena."), collaboration_of("Helsefellesskapet\\nReferat")
    (None, None)
    """
    places = Counter(filter(None, (_bare(match["place"]) for match in _NAMED.finditer(text))))
    return min(places, key=lambda place: (-places[place], place), default=None)


def _bare(place: str) -> str:
    """A place without the title of the document that stands behind it in the same line.

    >>> _bare("Fjordregionen Referat"), _bare("Møre og Romsdal")
    ('Fjordregionen', 'Møre og Romsdal')
    """
    titles = [pattern("document_titles", kind) for kind in sections("document_titles")]
    kept = takewhile(lambda word: not any(title.fullmatch(word) for title in titles), place.split())
    return " ".join(kept)


def collaborations(db: Database) -> dict[str, str | None]:
    """The collaboration of each document by its key.

    A document that names none belongs to the one that the other documents of its file name, else to that of its body or
    of the whole database; None where all of these name several. Letters name whom they please and count for nothing.
    A collaboration that was given by its full name is known by its place.
    """
    letters = ", ".join(f"'{kind}'" for kind in LETTERS)
    stated = db.execute(
        "SELECT documents.id, sha256, body_id, coalesce(source_files.collaboration,"
        f" CASE WHEN documents.kind NOT IN ({letters}) THEN documents.collaboration END)"
        " FROM documents JOIN source_files USING (sha256)"
    ).fetchall()
    rows = [(*row, place and (collaboration_of(place) or place)) for *row, place in stated]
    named: dict[Circle, Counter[str]] = defaultdict(Counter)
    for _, sha256, body, place in rows:
        for circle in _circles(sha256, body) if place else ():
            named[circle][place] += 1
    return {key: place or _only(named, _circles(sha256, body)) for key, sha256, body, place in rows}


def _circles(sha256: str, body: str | None) -> list[Circle]:
    """What a document belongs to, the nearest first."""
    return [("file", sha256), *([("body", body)] if body else []), ("all", None)]


def _only(named: Mapping[Circle, Counter[str]], circles: Sequence[Circle]) -> str | None:
    """The place of the nearest circle that names one alone, or so often that the others are mentioned in passing."""
    for places in (named[circle] for circle in circles if circle in named):
        (place, most), *others = places.most_common()
        if sum(count for _, count in others) * IN_PASSING <= most:
            return place
    return None
