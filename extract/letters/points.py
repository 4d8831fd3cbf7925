"""The points of input letters and consultation responses, each with its theme and the question it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.evidence import evidence, gathered
from extract.letters.headings import is_bullet
from extract.letters.sections import Section, answers, is_form, is_table_of_contents, sections
from extract.letters.text import letter_text
from models.layout import LogicalDocument, Paragraph
from models.records import Document, InputPoint
from models.words import pattern

KINDS = ("input_letter", "consultation_response")
COURTESY = 250  # characters: a longer last paragraph says more than goodbye
PROSE = 80  # characters: shorter lines without a full stop in a letter without headings are its head
TICKED = re.compile(r"[☒☑]\s*(?P<answer>[^☐☒☑]+)")


def input_points(document: LogicalDocument, head: Document) -> Iterator[InputPoint]:
    """Each list point, or each paragraph where a section has no list, of a letter or a response.

    >>> blocks = (Paragraph("Rus", bold=True), Paragraph("Hva er utfordringene?"), Paragraph("Ventetid", label="•"))
    >>> letter = LogicalDocument(0, "input_letter", None, blocks)
    >>> [(p.theme, p.question, p.text) for p in input_points(letter, Document(n=0, kind="input_letter"))]
    [('Rus', 'challenges', 'Ventetid')]
    """
    if document.kind not in KINDS:
        return
    every = letter_text(document, head)
    form = document.kind == "consultation_response" and is_form(every)
    made = sections(every, form=form)
    if form:
        yield from (point for section in answers(made) for point in _answered(section))
        return
    made = _without_courtesy(made)
    organised = any(section.question for section in made)
    only_questions = organised and not any(section.theme for section in made)
    for section in made:
        theme = section.question if only_questions else section.theme
        for text in _points(section, made):
            yield _point(Section(theme, section.question), text, organised)


def _points(section: Section, made: Sequence[Section]) -> list[Paragraph]:
    """The points of a section: its list where it has one; of an introduction before headings only its list."""
    bullets = [p for p in section.texts if is_bullet(p)]
    introduction = section is made[0] and section.theme is None and section.question is None
    if introduction and len(made) > 1:
        return [] if is_table_of_contents(made, section) else bullets
    if bullets:
        return bullets
    if introduction:
        return [p for p in section.texts if len(p.text) > PROSE or p.text.endswith((".", "!", "?"))]
    return section.texts


def _without_courtesy(made: Sequence[Section]) -> list[Section]:
    """Without the last paragraph where it only offers to talk more about it."""
    if not made or not _is_courtesy(made[-1].texts[-1]):
        return list(made)
    last = Section(made[-1].theme, made[-1].question, made[-1].texts[:-1])
    return [*made[:-1], last] if last.texts else list(made[:-1])


def _is_courtesy(paragraph: Paragraph) -> bool:
    polite = re.search(pattern("input_courtesies", "phrases").pattern, paragraph.text, re.IGNORECASE)
    return bool(polite) and not is_bullet(paragraph) and len(paragraph.text) < COURTESY


# --- forms -----------------------------------------------------------------------------------------------------------


def _answered(section: Section) -> Iterator[InputPoint]:
    """The answers to a question of a form: every paragraph and list point, or the ticked box if nothing is written."""
    ticked = [(p, answer) for p in section.texts for answer in ticks(p)]
    written = [p for p in section.texts if not has_boxes(p) and not _is_field(p)]
    answer = "; ".join(text for _, text in ticked) or None
    for text in written:
        yield _point(section, text, organised=True, answer=answer, boxes=[p for p, _ in ticked])
    if not written:
        yield from (_point(section, replace(p, text=text, label=None), True, text, [p]) for p, text in ticked)


def _is_field(paragraph: Paragraph) -> bool:
    """The name of a form's field by itself: "Kommentar:"."""
    return bool(pattern("input_forms", "fields").fullmatch(paragraph.text.rstrip(" :"))) and not is_bullet(paragraph)


def has_boxes(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line of boxes to tick."""
    return bool(re.search("[☐☒☑]", paragraph.printed))


def ticks(paragraph: Paragraph) -> list[str]:
    """What is ticked in a line of boxes.

    >>> ticks(Paragraph("Ja ☐ Nei ☐ Vet ikke", label="☒")), ticks(Paragraph("Ja", label="☐"))
    (['Ja'], [])
    """
    return [match["answer"].strip(" ,;/") for match in TICKED.finditer(paragraph.printed)]


# --- records ---------------------------------------------------------------------------------------------------------


def _point(
    section: Section,
    text: Paragraph,
    organised: bool,
    answer: str | None = None,
    boxes: Sequence[Paragraph] = (),
) -> InputPoint:
    """The record. In a letter organised by questions, what answers none of them is "other"."""
    theme, question = section.theme, section.question
    pieces = [evidence("text", text)]
    pieces += [evidence("theme", theme.source)] if theme and theme.text else []
    pieces += [evidence("question", question.source)] if question else []
    pieces += [evidence("answer", box) for box in boxes]
    return InputPoint(
        theme=theme.text or None if theme else None,
        question=(question.question if question else "other") if organised else None,
        text=text.text,
        answer=answer,
        evidence=gathered(*pieces),
    )
