"""A case's paragraphs to its proposals and decisions, point by point.

Labels ("Forslag til konklusjon", "Vedtak:") open a section, the next label or heading closes it; each paragraph,
bullet or lettered point in it is a point. Without a label the decision is the last short sentence of the case.
"Enstemmig vedtatt" alone adopts the proposal above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.cases import ends_cases
from extract.evidence import evidence, gathered
from extract.outcomes import closes, outcome_of, sentences
from models.layout import Paragraph
from models.records import Decision, Stage
from models.words import pattern, words

LABEL_LENGTH = 60  # characters
SECTIONS = ("proposed", "adopted", "attachments", "follow_up", "treatment")


@dataclass(frozen=True, slots=True)
class Section:
    """The paragraphs under one label; ``name`` is None before the first."""

    name: str | None
    paragraphs: tuple[Paragraph, ...]


def label_of(paragraph: Paragraph) -> tuple[str, str] | None:
    """The section that a paragraph's label opens, and the text behind the label; None where it holds no label.

    >>> label_of(Paragraph("Forslag til konklusjon")), label_of(Paragraph("Konklusjon: Tas til orientering"))
    (('proposed', ''), ('adopted', 'Tas til orientering'))
    >>> label_of(Paragraph("Vedtaket ble påklaget i mai")), label_of(Paragraph("Forslag fra Kari ble drøftet"))
    (None, None)
    """
    text = paragraph.text.strip()
    head, colon, rest = text.partition(":")
    if paragraph.lead and not colon and len(paragraph.lead) <= LABEL_LENGTH:
        head, rest, colon = paragraph.lead, text.removeprefix(paragraph.lead), ":"
    if len(head) > LABEL_LENGTH or (rest.strip() and not colon):
        return None
    name = _section_name(head.strip(" .:–-"))
    return (name, rest.strip(" :–-")) if name else None


def _section_name(label: str) -> str | None:
    """The section of a label; longer labels first, since "forslag til vedtak" ends in "vedtak"."""
    fitting = [
        (len(entry.replace("*", "")), name)
        for name in SECTIONS
        for entry in words("decision_labels", name)
        if _entry(entry).fullmatch(label)
    ]
    return max(fitting)[1] if fitting else None


def _entry(entry: str) -> re.Pattern[str]:
    """A label as a pattern; a leading ``*`` stands for up to three words ("kommunedirektørens innstilling")."""
    start, body = ("(?:\\S+\\s+){1,3}", entry[2:]) if entry.startswith("* ") else ("", entry)
    return re.compile(start + r"\s+".join(re.escape(w).replace(r"\*", r"\w*") for w in body.split()), re.IGNORECASE)


def sections(paragraphs: Sequence[Paragraph]) -> Iterator[Section]:
    """A case's paragraphs cut at its labels. Quoted blocks of earlier minutes are left out."""
    name: str | None = None
    inside: list[Paragraph] = []
    for paragraph in without_quotes(paragraphs):
        label = label_of(paragraph)
        if label:
            yield Section(name, tuple(inside))
            name, rest = label
            inside = [replace(paragraph, text=rest, lead="")] if rest else []
        elif inside and _is_heading(paragraph, inside):
            yield Section(name, tuple(inside))
            name, inside = "treatment", []
        else:
            inside.append(paragraph)
    yield Section(name, tuple(inside))


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


def decisions(
    paragraphs: Sequence[Paragraph], *, adopts: bool, conclusion: Sequence[Paragraph] = ()
) -> tuple[Decision, ...]:
    """The proposed and adopted points of a case.

    ``adopts``: the document is minutes, so what stands under "Konklusjon" or "Vedtak" was decided; in an agenda or a
    memo it was not. ``conclusion`` holds the cells of a column for decisions.

    >>> texts = ["Forslag til vedtak", "Planen godkjennes", "Vedtak", "Enstemmig vedtatt"]
    >>> [(d.stage, d.text, d.by_reference) for d in decisions([Paragraph(t) for t in texts], adopts=True)]
    [('proposed', 'Planen godkjennes', False), ('adopted', 'Planen godkjennes', True)]
    """
    cut = list(sections(paragraphs))
    proposed = list(_points(cut, "proposed"))
    adopted = [*_points(cut, "adopted"), *conclusion_points(conclusion)] if adopts else []
    if adopts and not any(section.name == "adopted" for section in cut) and not adopted:
        adopted = list(_unlabelled(cut))
    return (*_records("proposed", proposed), *_adopted(adopted, proposed))


def conclusion_points(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        label = label_of(paragraph)
        if label is None:
            yield paragraph
        elif label[1]:
            yield replace(paragraph, text=label[1], lead="")


def _points(cut: Sequence[Section], name: str) -> Iterator[Paragraph]:
    for section in cut:
        if section.name == name:
            for paragraph in section.paragraphs:
                if ends_cases(paragraph):
                    return
                if paragraph.text:
                    yield paragraph


def _unlabelled(cut: Sequence[Section]) -> Iterator[Paragraph]:
    """The last sentence of the case where it is a decision by itself."""
    texts = [p for s in cut if s.name in (None, "treatment") for p in s.paragraphs if not ends_cases(p)]
    if not texts:
        return
    last = texts[-1]
    whole = sentences(last.text)
    if closes(last.text) and len(whole) == 1:
        yield last
    elif whole and closes(whole[-1]):
        yield replace(last, text=whole[-1], label=None)


def _adopted(points: Sequence[Paragraph], proposed: Sequence[Paragraph]) -> Iterator[Decision]:
    reference = pattern("adopted_by_reference", "phrases")
    own = [p for p in points if not (proposed and reference.fullmatch(p.text.strip(" .!:")))]
    if points and not own:
        for record in _records("adopted", proposed):
            pieces = gathered(record.evidence, *(evidence("text", p) for p in points))
            yield record.model_copy(
                update={"by_reference": True, "evidence": pieces, "outcome": record.outcome or "approved"}
            )
    else:
        yield from _records("adopted", own)


def _records(stage: Stage, points: Sequence[Paragraph]) -> Iterator[Decision]:
    for ordinal, point in enumerate(points, 1):
        yield Decision(
            stage=stage,
            ordinal=ordinal,
            text=point.text,
            outcome=outcome_of(point.text),
            evidence=gathered(evidence("text", point)),
        )
