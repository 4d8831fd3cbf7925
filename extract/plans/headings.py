"""Headings of plans and reports, and how they rank: a DOCX says it by style, a PDF by size, weight and number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from models.layout import Block, Paragraph, paragraphs
from models.words import is_unfinished, pattern

LONGEST = 150  # characters of a heading; longer ones are bold text
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\)?")
_NUMBERED_TEXT = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*\.?)\s+(?=[A-ZÆØÅ«])")

Rank = tuple[int, float, int]


def usual_size(blocks: Sequence[Block]) -> float:
    """The font size of most characters, in points; 0 where it is not known."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs(tuple(blocks)):
        sizes[round(paragraph.size, 1)] += len(paragraph.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def is_heading(paragraph: Paragraph, usual: float) -> bool:
    """A short line set apart from the text: by a style, in bold, or bigger than most; a bullet is none.

    >>> is_heading(Paragraph("Barn og unge", bold=True), 11.0), is_heading(Paragraph("Barn og unge", label="•"), 11.0)
    (True, False)
    >>> is_heading(Paragraph("Planen følges opp i møtene.", bold=True), 11.0)
    False
    """
    text = paragraph.text.strip()
    if not text or len(text) > LONGEST or (paragraph.label and not _NUMBER.fullmatch(paragraph.label)):
        return False
    if not paragraph.heading and (text.endswith((".", ",", ";")) or is_unfinished(text)):
        return False
    return bool(paragraph.heading or paragraph.bold or paragraph.size > 1.08 * usual > 0)


def rank(paragraph: Paragraph) -> Rank:
    """A sortable rank, the highest heading least: style before size before depth of the number.

    >>> rank(Paragraph("A", heading=1)) < rank(Paragraph("B", heading=2)) < rank(Paragraph("C", bold=True))
    True
    >>> large, numbered, deeper = Paragraph("A", size=16), Paragraph("1. B", size=13), Paragraph("1.1 C", size=13)
    >>> rank(large) < rank(numbered) < rank(deeper)
    True
    """
    return (paragraph.heading or 9, 0.0 if paragraph.heading else -round(paragraph.size), len(number_of(paragraph)))


def number_of(paragraph: Paragraph) -> tuple[int, ...]:
    """The number of a heading or list point: (1,), (3, 2); empty where it has none.

    >>> [number_of(p) for p in (Paragraph("Eldre", label="2."), Paragraph("3.1 Eldre"), Paragraph("2023 var et år"))]
    [(2,), (3, 1), ()]
    """
    label = paragraph.label or ""
    found = _NUMBERED_TEXT.match(paragraph.text)
    number = label if _NUMBER.fullmatch(label) else found["number"] if found else ""
    return tuple(int(part) for part in re.findall(r"\d+", number))


def heading_text(paragraph: Paragraph) -> str:
    """A heading without its number and colon.

    >>> heading_text(Paragraph("3.1 Skrøpelige eldre:"))
    'Skrøpelige eldre'
    """
    return _NUMBERED_TEXT.sub("", paragraph.text.strip(), count=1).strip(" :")


def titled(paragraph: Paragraph) -> Paragraph:
    """A heading as a value: its number and colon are no part of it."""
    return replace(paragraph, text=heading_text(paragraph), label=None, lines=())


def is_frame(paragraph: Paragraph) -> bool:
    """Whether a heading is one of those that frame a plan: introduction, organisation, economy …"""
    return _framed(heading_text(paragraph))


def _framed(text: str) -> bool:
    """One framing phrase, or two of them: "Innledning og bakgrunn".

    >>> [_framed(t) for t in ("Innledning", "Innledning og bakgrunn", "Bakgrunnsmusikk i sykehjem", "Mål og barn")]
    [True, True, False, False]
    """
    frame = pattern("measure_headings", "frame")
    if frame.fullmatch(text):
        return True
    parts: Iterable[str] = re.split(r"\s+og\s+|\s*[,/]\s*", text)
    return all(frame.fullmatch(part) for part in parts)


def names_plan(text: str) -> bool:
    """Whether a heading is the title of a plan or of a report on one, not of a part of it.

    >>> names_plan("Handlingsplan 2023"), names_plan("Status for tiltakene 2023"), names_plan("Barn og unge")
    (True, True, False)
    """
    named = re.search(rf"\b{pattern('measure_lists', 'plans').pattern}\b", text, re.IGNORECASE)
    return bool(named or pattern("document_titles", "status_report").match(text))


def names_areas(text: str) -> bool:
    """Whether a heading or a line before a list speaks of the plan's focus areas.

    >>> [names_areas(t) for t in ("Forslag til innsatsområder:", "Prioriterte tiltak 2024", "Formål og strategi:")]
    [True, True, False]
    """
    return bool(re.search(rf"(?<!\w){pattern('measure_lists', 'areas').pattern}(?!\w)", text, re.IGNORECASE))
