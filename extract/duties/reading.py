"""A sentence that is being read for commitments: its text, its tokens, and what its dates say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from models.deadlines import Deadline, days, find_deadlines
from models.words import pattern

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DATED = re.compile(r"\d|\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b")

_BOUND = re.compile(r"\b(?:innen|innan|før|snarest|straks|omgående|(?:til|i|på)\s+neste)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence being read: its text and the tokens of it, in which quotations are blanked out."""

    sentence: str
    doc: Doc
    led: bool
    """It stands in a proposal or a decision, or words before it say that it was agreed."""
    meeting: str | None
    minutes: bool = False
    """It stands in minutes, where the present tense tells of what is to be done."""
    known: Set[str] = frozenset()
    """First names of people in the document."""

    def offset(self, token: int) -> int:
        return self.doc[token].idx if token < len(self.doc) else len(self.sentence)

    def deadlines(self, text: str) -> Iterator[Deadline]:
        return find_deadlines(text, self.meeting)

    def is_due(self, text: str) -> bool:
        """Whether a text holds a deadline with a date."""
        return any(found.edtf for found in self.deadlines(text))

    def without_deadline(self, text: str) -> str:
        text = text.strip(" .,;")
        found = next(self.deadlines(text), None)
        return re.split(r"\s+før\s", text[: found.start] if found else text)[0].strip(" .,;")


@cache
def begins(name: str) -> re.Pattern[str]:
    """A list of phrases, each as the first words of a text."""
    return re.compile(rf"(?:{pattern('duty_phrases', name).pattern})(?!\w)", re.IGNORECASE)


def is_ahead(text: str, meeting: str | None) -> bool:
    """Whether a text holds a date that lies ahead of the meeting, or a last day where the meeting is not known.

    >>> is_ahead("gir en orientering i februar 2024", "2023-11-10"), is_ahead("ble godkjent 1.9.23", "2023-11-10")
    (True, False)
    >>> is_ahead("svarer innen 1. mai 2024", None), is_ahead("svarer 1. mai 2024", None)
    (True, False)
    """
    if not _DATED.search(text):
        return False
    found = [deadline.edtf for deadline in find_deadlines(text, meeting) if deadline.edtf]
    if meeting is None:
        return any(edtf.startswith("../") for edtf in found)
    return any((days(edtf)[1] or "") > meeting for edtf in found)


def has_bound(text: str, meeting: str | None) -> bool:
    """Whether a text says by when, with or without a date: "før jul", "til neste møte", "innen 1. mai"; a day alone, on
    which something is held, does not.

    >>> has_bound("følger opp saken før jul", None), has_bound("leier kirken 9. april", "2011-02-02")
    (True, False)
    """
    return bool(_BOUND.search(text)) and any(
        _BOUND.match(d.text) and (d.edtf is None or d.edtf.startswith("../")) for d in find_deadlines(text, meeting)
    )
