"""Which collaboration a document speaks of: measures of two collaborations are never taken for one."""

from __future__ import annotations

import re
from collections import Counter

from models.words import pattern

_PLACE = r"(?P<place>[A-ZÆØÅ][a-zæøå]+(?:[ -](?:og )?[A-ZÆØÅ][a-zæøå]+)*)"
_NAMED = re.compile(rf"(?i:{pattern('collaborations', 'names').pattern})\s+(?:i\s+|for\s+)?{_PLACE}")


def collaboration_of(text: str) -> str | None:
    """The place that a text names most often behind "Helsefellesskapet", None where it names none.

    >>> collaboration_of("Helsefellesskapet i Fjordregionen. I Helsefelleskapet Fjordregionen er det fem kommuner.")
    'Fjordregionen'
    >>> collaboration_of("Et helsefellesskap er en arena.") is None
    True
    """
    places = Counter(match["place"] for match in _NAMED.finditer(text))
    return min(places, key=lambda place: (-places[place], place), default=None)
