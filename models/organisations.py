"""What tells the name of an organisation from that of a person."""

from __future__ import annotations

import re

from models.words import pattern


def is_organisation(text: str) -> bool:
    """Whether a short text names an organisation.

    >>> is_organisation("Sørdal kommune"), is_organisation("Sykehuset i Fjordregionen HF"), is_organisation("Kari Dal")
    (True, True, False)
    """
    known = pattern("organisation_words", "any")
    tokens = re.findall(r"[\w-]+", text)
    return len(text) < 80 and text[:1].isupper() and any(known.fullmatch(token) for token in tokens)
