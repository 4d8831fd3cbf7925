"""The question that a line asks, by the words that letters and invitations use for it."""

from __future__ import annotations

import re
from functools import cache

from models.words import pattern, sections

LONGEST_QUESTION = 240  # characters


def question_of(text: str) -> str | None:
    """The question that a heading asks: by its name, or by the first telling word of a question; None for a theme.

    >>> question_of("Hva er de viktigste utfordringene å adressere?"), question_of("Kva tiltak er aktuelle?")
    ('challenges', 'measures')
    >>> question_of("Er dere kjent med pågående arbeid eller gode eksempler?"), question_of("Aktuelle tiltak:")
    ('examples', 'measures')
    >>> question_of("Har dere andre merknader?"), question_of("Tiltak mot rus"), question_of("Samhandling")
    ('other', None, None)
    """
    bare = text.strip(" :.?–-")
    for code in sections("input_question_labels"):
        if _name(code).fullmatch(bare):
            return code
    if not is_question(text):
        return None
    found = [(m.start(), code) for code in sections("input_questions") if (m := _word(code).search(text))]
    if found:
        return min(found)[1]
    return "other" if text.rstrip().endswith("?") else None


@cache
def _name(code: str) -> re.Pattern[str]:
    """The names of a question; here a lone ``*`` is one word."""
    return re.compile(pattern("input_question_labels", code).pattern, re.IGNORECASE)


@cache
def _word(code: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + pattern("input_questions", code).pattern + r"(?!\w)", re.IGNORECASE)


def is_question(text: str) -> bool:
    """Whether a line asks: one sentence with a question mark, or the first words of a question without a full stop.

    >>> [is_question(t) for t in ("Hvilke tiltak er aktuelle", "Hva nå? Det vet ingen.", "Hvilke tiltak du vil.")]
    [True, False, False]
    """
    text = text.strip()
    if len(text) > LONGEST_QUESTION or re.search(r"[.!?]\s+[A-ZÆØÅ]", text[:-1]):
        return False
    starts = re.compile(pattern("input_asking", "starts").pattern + r"(?!\w)", re.IGNORECASE)
    return text.endswith("?") or bool(starts.match(text) and not text.endswith((".", ",", ";")))
