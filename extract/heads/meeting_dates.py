"""The day of a meeting: beside a label of the head, in the title, in the line that calls it, in any other line.

Seen: 25.03.2026; "torsdag 19. februar 2009"; "14.–15. juni 2023", of which the first day counts; "tirsdag 16. april",
whose year stands elsewhere in the head; an agenda's letter with a date of its own, which comes last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from extract.heads.lines import Value
from extract.labels import Labelled
from extract.references.dates import find_whens
from models.case_numbers import read_case_number
from models.dates import find_dates, find_hours, first_day
from models.layout import Block, LogicalDocument, Paragraph, paragraphs
from models.words import WEEKDAYS, pattern

LONGEST_LINE = 160  # characters
_WEEKDAY = re.compile(rf"\b(?P<name>{'|'.join(WEEKDAYS)})(?:en)?\b", re.IGNORECASE)
# "Ungdomsrådsmøte 18.08.24": a meeting and its day, before other days of the head such as that of a print
_NAMED = re.compile(rf"\w*møtet?\s+(?:(?:{'|'.join(WEEKDAYS)})\s+|den\s+)*\d", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d)")
_MEETING_NUMBER = re.compile(r"\b(?:møte|nr\.?)\s*(?:nr\.?\s*)?\d{1,2}\s*[/-]\s*((?:19|20)\d\d)", re.IGNORECASE)


def meeting_date(
    document: LogicalDocument, head: Sequence[Block], labels: Sequence[Labelled], title: Value | None
) -> Value | None:
    """The first day of the meeting with the line it was read from; None where the head names none, or several."""
    years = _years(document, head)
    lines = [b for b in head if isinstance(b, Paragraph) and len(b.text) < LONGEST_LINE]
    stated, dated = _beside_labels(labels)
    titled = [title.source] if title else []
    own = [line for line in lines if not is_of_another(line.text)]
    calling = [line for line in own if find_hours(line.text)] if document.kind == "agenda" else []
    rest = [line for line in own if not _is_letter(line.text)]
    named = [line for line in own if _NAMED.match(line.text)]
    for group in ([*stated, *titled], calling, [*dated, *named, *rest]):
        found = _first(group, whole_day) or _first(group, partial(_without_year, years=years))
        if found:
            return found
    return _first(lines, whole_day)


def _first(lines: Iterable[Paragraph], read: Callable[[str], str | None]) -> Value | None:
    return next((Value(day, line) for line in lines if (day := read(line.text))), None)


def _beside_labels(labels: Sequence[Labelled]) -> tuple[list[Paragraph], list[Paragraph]]:
    """What stands beside labels that are of a meeting, and beside a plain "Dato", which may be the letter's."""
    known, plain = pattern("head_labels", "date"), pattern("head_labels", "letter_date")
    stated: list[Paragraph] = []
    dated: list[Paragraph] = []
    for one in labels:
        if known.fullmatch(one.label):
            for value in one.values[:2]:
                of_meeting = not plain.fullmatch(one.label) or find_hours(value.text) or _WEEKDAY.search(value.text)
                (stated if of_meeting else dated).append(value)
    return stated, dated


def whole_day(text: str) -> str | None:
    """The only date of a text, or the first day of several in a row."""
    found = first_day(text)
    return found.day if found else None


class _Years(NamedTuple):
    """The years that can be a meeting's."""

    sure: frozenset[int]
    """Those of the head's dates and of the meeting's number."""
    named: frozenset[int]
    """All that the head or the numbers of its cases name."""


def _years(document: LogicalDocument, head: Sequence[Block]) -> _Years:
    texts = [p.text for p in paragraphs(tuple(head))]
    sure = {int(found.day[:4]) for text in texts for found in find_dates(text)}
    sure |= {int(year) for text in texts for year in _MEETING_NUMBER.findall(text)}
    named = {int(year) for text in texts for year in _YEAR.findall(text)}
    numbers = (read_case_number(p.text) for p in paragraphs(document.blocks))
    cases = {int(n.number[-2:]) + 2000 for n in numbers if n and re.search(r"\d/(?:20)?\d\d$", n.number)}
    return _Years(frozenset(sure), frozenset(sure | named | cases))


def _without_year(text: str, years: _Years) -> str | None:
    """A day and month in words with the only year that the head prints; of several the one with that weekday.

    >>> _without_year("tirsdag 16. april kl. 12", _Years(frozenset(), frozenset({2023, 2024})))
    '2024-04-16'
    >>> _without_year("16. april kl. 12", _Years(frozenset({2023, 2024}), frozenset())) is None
    True
    """
    whens = [w for w in find_whens(text) if w.day and w.year is None and text[w.end - 1].isalpha()]
    if len(whens) != 1:
        return None
    weekday = _WEEKDAY.search(text)
    days = {day for year in (years.named if weekday else years.sure) if (day := _with_year(text, whens[0].end, year))}
    if weekday:
        days = {day for day in days if date.fromisoformat(day).weekday() == WEEKDAYS[weekday["name"].lower()]}
    return days.pop() if len(days) == 1 else None


def _with_year(text: str, at: int, year: int) -> str | None:
    found = first_day(f"{text[:at]} {year} {text[at:]}")
    return found.day if found else None


def is_of_another(text: str) -> bool:
    """Whether a line with a date is about something else: the next meeting, earlier minutes, when to send word."""
    return bool(re.search(rf"\b{pattern('head_sentences', 'other_dates').pattern}(?!\w)", text, re.IGNORECASE))


def _is_letter(text: str) -> bool:
    return bool(pattern("head_labels", "letter_date").match(text))
