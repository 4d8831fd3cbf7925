"""A case's paragraphs cut at its labels: "Forslag til konklusjon", "Behandling", "Vedtak:".

A label opens a section; the next label or heading closes it. What is quoted from elsewhere over several paragraphs is
left out, since its labels are somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from models.layout import Paragraph
from models.words import pattern, words

LABEL_LENGTH = 60  # characters
WITH_NAMES = 90  # characters of a label before a colon, which may say whose it is
LINE_START = 12  # characters by which a printed line is found again in its paragraph
SECTIONS = ("proposed", "adopted", "moved", "votes", "attachments", "follow_up", "treatment", "background")


@dataclass(frozen=True, slots=True)
class Section:
    """The paragraphs under one label; ``name`` is None before the first."""

    name: str | None
    paragraphs: tuple[Paragraph, ...]
    label: Paragraph | None = None


def label_of(paragraph: Paragraph) -> tuple[str, str] | None:
    """The section that a paragraph's label opens, and the text behind the label; None where it holds no label.

    >>> label_of(Paragraph("Forslag til konklusjon")), label_of(Paragraph("Konklusjon: Tas til orientering"))
    (('proposed', ''), ('adopted', 'Tas til orientering'))
    >>> label_of(Paragraph("Vedtak (samrøystes):")), label_of(Paragraph("Innstilling frå rådmannen:"))
    (('adopted', ''), ('proposed', ''))
    >>> label_of(Paragraph("Vedtaket ble påklaget i mai")), label_of(Paragraph("Forslag fra Kari ble drøftet"))
    (None, None)
    """
    text = paragraph.text.strip()
    head, colon, rest = text.partition(":")
    if paragraph.lead and not colon and len(paragraph.lead) <= LABEL_LENGTH:
        head, rest, colon = paragraph.lead, text.removeprefix(paragraph.lead), ":"
    if len(head) > (WITH_NAMES if colon else LABEL_LENGTH) or (rest.strip() and not colon):
        return None
    name = _section_name(_without_manner(head.strip(" .:–-")))
    return (name, rest.strip(" :–-")) if name else None


@cache
def _manner() -> re.Pattern[str]:
    """How it was voted, behind a label: "Vedtak (samrøystes)", "VEDTAK (6 MOT 2 RØYSTER)", "Vedtak, enstemmig"."""
    return re.compile(rf"\s*(?:\([^()]*\)|[,–-]\s*(?:{pattern('votes', 'unanimous').pattern}))$", re.IGNORECASE)


def _without_manner(label: str) -> str:
    return _manner().sub("", label)


def labels_apart(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs cut before a line that is a label, or begins with one and a colon, where the line above it was full.

    >>> both = Paragraph("Lang tittel Konklusjon", bold=True, lines=("Lang tittel", "Konklusjon"))
    >>> [p.text for p in labels_apart([both])]
    ['Lang tittel', 'Konklusjon']
    """
    for paragraph in paragraphs:
        at = next((i for i in range(1, len(paragraph.lines)) if _is_label_line(i, paragraph)), 0)
        start = paragraph.text.rfind(paragraph.lines[at][:LINE_START]) if at else 0
        if start <= 0:
            yield paragraph
            continue
        yield replace(paragraph, text=paragraph.text[:start].strip(), lines=paragraph.lines[:at])
        rest = replace(paragraph, text=paragraph.text[start:], lines=paragraph.lines[at:], label=None, lead="", gap=0.0)
        yield from labels_apart([rest])


def _is_label_line(at: int, paragraph: Paragraph) -> bool:
    """A line of a paragraph that is a label: with a colon, in bold, or by itself after the end of a sentence."""
    line = paragraph.lines[at]
    label = label_of(Paragraph(line))
    if label is None or label[0] not in ("proposed", "adopted"):
        return False
    alone = not label[1] and (paragraph.bold or paragraph.lines[at - 1].endswith((".", "!", "?", "»", ":")))
    return ":" in line or alone


@lru_cache(maxsize=4096)
def _section_name(label: str) -> str | None:
    """The section of a label; longer labels first, since "forslag til vedtak" ends in "vedtak"."""
    return next((name for name, pattern in _labels() if pattern.fullmatch(label)), None)


@cache
def _labels() -> list[tuple[str, re.Pattern[str]]]:
    """Every label as a pattern with its section, the longest first."""
    entries = [(entry, name) for name in SECTIONS for entry in words("decision_labels", name)]
    entries.sort(key=lambda pair: (len(pair[0].replace("*", "")), pair[1]), reverse=True)
    return [(name, _entry(entry)) for entry, name in entries]


# Who a proposal is from, behind its label: names, roles, dates, never a verb.
_WHO = r"(?:\s+(?:(?-i:[A-ZÆØÅ])\S*|\w+(?:en|a|ane|ene|et)|og|i|for|den|\(\S+\)|\d[\d./]*)){1,7}"


# Whose it is, before the label; "Som forslag til vedtak" is a sentence and not somebody's.
_WHOSE = r"(?!(?:som|i|jfr?\.?|etter|ved|det|den|dette|dermed|da)\s)(?:\S+\s+){1,3}"


def _entry(entry: str) -> re.Pattern[str]:
    """A label as a pattern. A leading ``*`` stands for up to three words ("kommunedirektørens innstilling"), one at the
    end for whom it is from ("framlegg til vedtak frå rådmannen"), and ``@`` for an abbreviation ("LEV - Tilråding").
    """
    start, body = (_WHOSE, entry[2:]) if entry.startswith("* ") else ("", entry)
    body, end = (body[:-2], _WHO) if body.endswith(" *") else (body, "")
    parts = (r"(?-i:[A-ZÆØÅ]{2,6})" if w == "@" else re.escape(w).replace(r"\*", r"\w*") for w in body.split())
    return re.compile(start + r"\s+".join(parts) + end, re.IGNORECASE)


def sections(paragraphs: Sequence[Paragraph]) -> Iterator[Section]:
    """A case's paragraphs cut at its labels. Quoted blocks of earlier minutes are left out."""
    name: str | None = None
    opened: Paragraph | None = None
    inside: list[Paragraph] = []
    for paragraph in without_quotes(list(labels_apart(paragraphs))):
        label = label_of(paragraph)
        if label and label[0] == "follow_up" and label[1]:  # a line beside a point: "Ansvar: Kari Dal"
            yield Section(name, tuple(inside), opened)
            yield Section("follow_up", (replace(paragraph, text=label[1], lead=""),), paragraph)
            inside, opened = [], None
        elif label:
            yield Section(name, tuple(inside), opened)
            name, rest = label
            opened, inside = paragraph, [replace(paragraph, text=rest, lead="")] if rest else []
        elif inside and _is_heading(paragraph, inside):
            yield Section(name, tuple(inside), opened)
            name, inside, opened = "treatment", [], None
        else:
            inside.append(paragraph)
    yield Section(name, tuple(inside), opened)


def _is_heading(paragraph: Paragraph, inside: Sequence[Paragraph]) -> bool:
    """A short bold line after plain text is a heading of its own and ends what stood before it."""
    short = len(paragraph.text) <= LABEL_LENGTH and not paragraph.text.endswith((".", ";", ","))
    larger = paragraph.size > 1.15 * inside[-1].size > 0
    return bool(
        paragraph.heading or ((paragraph.bold or larger) and not inside[-1].bold and short and not paragraph.label)
    )


def without_quotes(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs without a quotation that runs over several of them: earlier minutes, a letter that is cited.

    >>> texts = ["Godkjent.", "«Fra forrige referat:", "• gode ideer", "• rekruttering»", "Tas til orientering."]
    >>> [p.text for p in without_quotes([Paragraph(t) for t in texts])]
    ['Godkjent.', 'Tas til orientering.']
    """
    closing = _closing_quotes(paragraphs)
    skip_to = -1
    for at, paragraph in enumerate(paragraphs):
        if at <= skip_to:
            continue
        if at in closing:
            skip_to = closing[at]
            continue
        yield paragraph


def _closing_quotes(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """For each paragraph that opens a quotation and leaves it open, the later one that closes it."""
    found: dict[int, int] = {}
    for at, paragraph in enumerate(paragraphs):
        if not paragraph.text.startswith("«") or paragraph.text.count("«") <= paragraph.text.count("»"):
            continue
        depth = 0
        for end in range(at, len(paragraphs)):
            if end > at and label_of(paragraphs[end]) and paragraphs[end].bold:
                break
            depth += paragraphs[end].text.count("«") - paragraphs[end].text.count("»")
            if depth <= 0 and end > at:
                found[at] = end
                break
    return found
