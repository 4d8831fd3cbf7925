"""A letter's text as sections: a theme and a question with the paragraphs and list points under them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from extract.letters.headings import (
    BIGGER,
    Heading,
    is_administrative,
    is_answering,
    is_bullet,
    numbered,
    read_heading,
    theme_and_question,
    usual_size,
)
from extract.letters.numbers import listed_questions
from extract.letters.questions import question_of
from models.layout import Paragraph

LONGEST_LEAD = 60  # characters of a heading in bold in the line of its text


@dataclass(slots=True)
class Section:
    """What stands under a theme and a question; either may be None."""

    theme: Heading | None = None
    question: Heading | None = None
    texts: list[Paragraph] = field(default_factory=list)


Part = Heading | Paragraph


def parts(every: Sequence[Paragraph]) -> list[Part]:
    """A letter's paragraphs with its headings told from its text.

    Questions that are quoted one after another, before they are answered, head nothing and are left out.
    """
    usual = usual_size(every)
    found: list[Part] = []
    for before, p, after in zip([None, *every[:-1]], every, [*every[1:], None], strict=True):
        heading = None if (split := _run_in(p, usual)) else read_heading(p, after, usual, before)
        found += split or (theme_and_question(heading) if heading else [p])
    quoted = {id(h) for h in _quoted(found)}
    return [part for part in found if id(part) not in quoted]


def _run_in(paragraph: Paragraph, usual: float) -> list[Part]:
    """A heading in the line of its text: "Utfordringer: Det er …" and "Ad 1: Vi mener at …"; else nothing.

    >>> [getattr(part, "question", "text") for part in _run_in(Paragraph("Tiltak: Flere plasser."), 10.0)]
    ['measures', 'text']
    """
    number, text = numbered(paragraph)
    named = re.match(r"(?P<name>[^:.\n]{3,60})[:.]\s+(?P<rest>\S.*)", text, re.DOTALL)
    if named and not paragraph.label and (code := question_of(named["name"])) and not named["name"].endswith("?"):
        return [Heading(named["name"], paragraph, number, code), _rest(paragraph, named["rest"])]
    lead = paragraph.lead.strip()
    if lead and number and lead[-1] in ".:" and len(lead) < LONGEST_LEAD and paragraph.text.startswith(lead):
        name = numbered(replace(paragraph, text=lead))[1]
        return [Heading(name.rstrip(" .:"), paragraph, number), _rest(paragraph, paragraph.text[len(lead) :].strip())]
    if is_answering(paragraph.text) and text and not paragraph.label and read_heading(paragraph, None, usual) is None:
        return [Heading("", paragraph, number), _rest(paragraph, text)]
    return []


def _rest(paragraph: Paragraph, text: str) -> Paragraph:
    return Paragraph(text, paragraph.places, size=paragraph.size, gap=paragraph.gap)


def _quoted(found: Sequence[Part]) -> Iterator[Part]:
    """The invitation's questions where an introduction lists them one after another before they are answered.

    They are a list by their marks, or they come again as headings, or what follows refers to their numbers.
    """
    first_theme = next((i for i, part in enumerate(found) if _is_theme(part)), len(found))
    for asking, run in groupby(found[:first_theme], key=lambda part: _asked(part) is not None):
        listed = list(run)
        if asking and len({_asked(part) for part in listed}) > 1:
            later = found[found.index(listed[-1]) + 1 :]
            yield from (part for part in listed if _comes_again(part, later))


def _is_theme(part: Part) -> bool:
    return isinstance(part, Heading) and part.question is None and not is_answering(part.source.text)


def _comes_again(part: Part, later: Sequence[Part]) -> bool:
    if isinstance(part, Paragraph) or part.bullet:
        return True
    answered = [h for h in later if isinstance(h, Heading)]
    return any(h.text.casefold() == part.text.casefold() for h in answered) or any(
        h.number is not None and part.number is not None and re.split(r"\.", h.number)[0] == part.number
        for h in answered
    )


def _asked(part: Part) -> str | None:
    if isinstance(part, Heading):
        return part.question
    return question_of(part.text) if is_bullet(part) and part.text.endswith("?") else None


def sections(every: Sequence[Paragraph], form: bool = False) -> list[Section]:
    """The sections of a letter in order. In a ``form`` a question is the theme of what answers it."""
    found = parts(every)
    listed = listed_questions(every)
    outer = questions_are_outer(found)
    made = [Section()]
    open_headings: list[Heading] = []
    for part in found:
        if isinstance(part, Paragraph):
            _add(made, part, listed)
            continue
        heading = _resolved(part, listed)
        open_headings = [h for h in open_headings if _holds(h, heading, outer)] + [heading]
        made.append(_section(open_headings, listed, form))
    return [section for section in made if section.texts]


def _add(made: list[Section], text: Paragraph, listed: dict[str, Heading]) -> None:
    """A paragraph to the open section, or to one of its own where its number says what it answers: "2.1 …"."""
    number, bare = numbered(text)
    asked = listed.get(number.split(".")[0]) if number and "." in number else None
    if asked is None:
        made[-1].texts.append(text)
        return
    point = replace(text, text=bare, label=number)
    if made[-1].question is None or made[-1].question.question != asked.question:
        made.append(Section(made[-1].theme, asked))
    made[-1].texts.append(point)


def _resolved(heading: Heading, listed: dict[str, Heading]) -> Heading:
    """A heading that only gives the number of a question, "Ad 2:", is that question."""
    if heading.text or heading.number not in listed:
        return heading
    asked = listed[heading.number]
    return Heading(asked.text, heading.source, heading.number, asked.question)


def _section(open_headings: Sequence[Heading], listed: dict[str, Heading], form: bool) -> Section:
    named = [h for h in open_headings if h.text]
    themes = [h for h in named if h.question is None or form]
    questions = [h for h in open_headings if h.question is not None]
    question = questions[-1] if questions else _by_number(open_headings, listed)
    return Section(themes[-1] if themes else None, question)


def _by_number(open_headings: Sequence[Heading], listed: dict[str, Heading]) -> Heading | None:
    """The question that the first part of a section's number names: 2.1, 2.2 … answer question 2."""
    for heading in reversed(open_headings):
        asked = listed.get((heading.number or "").split(".")[0])
        if asked and ("." in (heading.number or "") or is_answering(heading.source.text)):
            return asked
    return None


def questions_are_outer(found: Sequence[Part]) -> bool:
    """Whether themes stand under questions, where type and numbers do not tell: each question comes once, themes again.

    >>> asks = lambda code: Heading(code, Paragraph(code), question=code)
    >>> theme = lambda text: Heading(text, Paragraph(text))
    >>> questions_are_outer([asks("challenges"), theme("Rus"), theme("Barn"), asks("measures"), theme("Rus")])
    True
    >>> questions_are_outer([theme("Rus"), asks("challenges"), asks("measures"), theme("Barn"), asks("challenges")])
    False
    """
    headings = [part for part in found if isinstance(part, Heading)]
    asked = Counter(h.text.casefold() for h in headings if h.question)
    themes = Counter(h.text.casefold() for h in headings if h.question is None)
    both = any(theme.source is question.source for theme, question in pairwise(headings))
    if not asked or max(asked.values()) > 1 or both:
        return False
    if themes and max(themes.values()) > 1:
        return True
    return headings[0].question is not None and len(themes) > 0


def _holds(outer: Heading, inner: Heading, questions_outer: bool) -> bool:
    """Whether a heading stays open when another one follows: it does where the other one is below it."""
    told = is_below(inner, outer)
    if told is not None:
        return told
    if (outer.question is None) == (inner.question is None):
        return False
    return (outer.question is not None) == questions_outer


def is_below(inner: Heading, outer: Heading) -> bool | None:
    """Whether a heading ranks below another: by list nesting, style, number, size, or weight; None where none tells.

    >>> is_below(Heading("Rus", Paragraph(""), "1.1"), Heading("Tiltak", Paragraph(""), "1"))
    True
    >>> is_below(Heading("Rus", Paragraph("", size=12)), Heading("Tiltak", Paragraph("", size=12))) is None
    True
    """
    a, b = inner.source, outer.source
    for low, high in (
        (inner.bullet, outer.bullet),
        (a.heading, b.heading) if a.heading and b.heading else (0, 0),
        (inner.depth, outer.depth) if inner.depth and outer.depth else (0, 0),
        (b.size, a.size) if max(a.size, b.size) > BIGGER * min(a.size, b.size) else (0, 0),
        (b.bold or b.heading > 0, a.bold or a.heading > 0),
        (_plain(a), _plain(b)),
    ):
        if low != high:
            return low > high
    return None


def _plain(paragraph: Paragraph) -> bool:
    return not (paragraph.bold or paragraph.italic or paragraph.heading)


def is_form(every: Sequence[Paragraph]) -> bool:
    """Whether a response is a form: questions that are numbered or set as headings, with answers under them."""
    headings = [part for part in parts(every) if isinstance(part, Heading)]
    return any(h.question is not None and h.source.text.rstrip().endswith("?") for h in headings)


def answers(made: Sequence[Section]) -> list[Section]:
    """A form's sections from its first question on, without those that ask who answers."""
    first = next((i for i, s in enumerate(made) if s.question is not None), 0)
    return [s for s in made[first:] if not (s.theme and is_administrative(s.theme.text))]


def is_table_of_contents(made: Sequence[Section], introduction: Section) -> bool:
    """Whether the list in a letter's introduction only names the themes that follow as headings."""
    themes = {s.theme.text.casefold() for s in made if s.theme}
    points = [p.text.casefold().strip(" .,;") for p in introduction.texts if is_bullet(p)]
    return bool(points) and sum(point in themes for point in points) * 2 >= len(points)
