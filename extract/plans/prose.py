"""Plans without a table, and slides about one: focus areas as a numbered list, as numbered headings, or both.

A point of the list is a focus area; the points under it are its measures. A point with measures of its own is only
their group, unless the plan has a section for it too. A section that lists measures under "Tiltak:" is their group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from extract.plans.drafts import Draft
from extract.plans.headings import (
    heading_text,
    is_frame,
    is_heading,
    names_areas,
    names_plan,
    number_of,
    rank,
    titled,
    usual_size,
)
from extract.plans.labels import FIELDS, label_field, listed, parts
from models.layout import Block, Paragraph
from models.layout import paragraphs as all_paragraphs
from models.words import pattern

SAME = 85  # rapidfuzz: a list point and the heading of its section, which is often worded a little otherwise


@dataclass(slots=True)
class Area:
    """A point of the list of focus areas, and the points under it."""

    point: Paragraph
    under: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of any rank."""

    heading: Paragraph
    body: list[Paragraph] = field(default_factory=list)
    inner: list[Section] = field(default_factory=list)
    """Sections of a lower rank below it."""


def prose_drafts(blocks: Sequence[Block]) -> list[Draft]:
    """The focus areas and measures of a plan written as text.

    >>> points = [("1.", "Eldre"), ("2.", "Barn og unge"), ("•", "Ambulant team")]
    >>> text = [Paragraph("Planen har disse innsatsområdene:"), *(Paragraph(text, label=mark) for mark, text in points)]
    >>> [(d.title[0].text, [p.text for p in d.values["group"]]) for d in prose_drafts(text)]
    [('Eldre', []), ('Ambulant team', ['Barn og unge'])]
    """
    sections = list(to_sections(blocks))
    treated = treated_areas(sections)
    areas = listed_areas(blocks, measures=not treated)
    found = [draft for area in areas for draft in _area_drafts(area, treated)]
    known = [text for draft in found for text in _texts(draft)]
    for section in treated:
        drafts = list(_section_drafts(section))
        alone = len(drafts) == 1 and drafts[0].title == [titled(section.heading)]
        if not alone or not (_among(heading_text(section.heading), known) or _by_number(section, areas)):
            found += [d for d in drafts if not _among(heading_text(d.title[0]), known)]
        else:
            _complete(found, drafts[0])
    return found


def slide_drafts(blocks: Sequence[Block]) -> list[Draft]:
    """The focus areas that slides list; "Eldre: Prosjektet Vitality" is a group and its measure."""
    return [draft for area in listed_areas(blocks, measures=True) for draft in _area_drafts(area, [])]


def listed_areas(blocks: Sequence[Block], *, measures: bool) -> list[Area]:
    """The first list under a line that speaks of focus areas: its points, and those nested under them.

    With ``measures`` a line that says "Tiltak" will do, where a plan is spoken of.
    """
    usual = usual_size(blocks)
    lines = [p for p in all_paragraphs(tuple(blocks)) if p.text.strip()]
    planned = any(re.search(pattern("measure_lists", "plans").pattern, line.text, re.IGNORECASE) for line in lines)
    for n, line in enumerate(lines[:-1]):
        points = list(_run(lines[n + 1 :], usual))
        if points and _introduces(line, usual, planned=planned and measures):
            return _nested(points)
    return []


def _introduces(line: Paragraph, usual: float, *, planned: bool) -> bool:
    """A heading, or a line that ends with a colon, that names focus areas; in a plan also one that says "Tiltak"."""
    if line.label or not (is_heading(line, usual) or line.text.rstrip().endswith(":")):
        return False
    return names_areas(line.text) or (planned and label_field(line.text) == "measures")


def _run(lines: Sequence[Paragraph], usual: float) -> Iterator[Paragraph]:
    for line in lines:
        if not line.label or is_heading(line, usual):
            return
        yield line


def _nested(points: Sequence[Paragraph]) -> list[Area]:
    first = points[0]
    found: list[Area] = []
    for point in points:
        if not found or (point.level <= first.level and _mark(point) == _mark(first)):
            found.append(Area(point))
        else:
            found[-1].under.append(point)
    return found


def _mark(point: Paragraph) -> str:
    """Numbers are one kind of list mark, letters another, each bullet its own."""
    label = point.label or ""
    return "1" if label[:1].isdigit() else "a" if label[:1].isalpha() and len(label) > 1 else label


def _area_drafts(area: Area, treated: Sequence[Section]) -> Iterator[Draft]:
    section = next((s for s in treated if _treats(s, area.point)), None)
    group, colon, name = area.point.text.partition(": ")
    if section or not (area.under or colon):
        yield Draft([replace(area.point, text=area.point.text.rstrip(" .:"), label=None)], {"group": []})
    elif colon and not area.under:
        yield Draft([_part(area.point, name)], {"group": [_part(area.point, group)]})
    for point in area.under:
        yield Draft([_part(point, point.text)], {"group": [_part(area.point, area.point.text)]})


def _part(point: Paragraph, text: str) -> Paragraph:
    return replace(point, text=text.strip().rstrip(":;,. "), label=None, lines=())


# --- sections --------------------------------------------------------------------------------------------------------


def to_sections(blocks: Sequence[Block]) -> Iterator[Section]:
    """The headings of a plan with what stands under them, labels such as "Mål" left in the text."""
    usual = usual_size(blocks)
    current: Section | None = None
    for line in all_paragraphs(tuple(blocks)):
        if is_heading(line, usual) and label_field(heading_text(line)) is None:
            if current:
                yield current
            current = Section(line)
        elif current and line.text.strip():
            current.body.append(line)
    if current:
        yield current


def treated_areas(sections: Sequence[Section]) -> list[Section]:
    """The sections that treat a focus area: those below a heading such as "Satsingsområder", or the numbered ones.

    >>> sections = [Section(Paragraph(text, bold=True)) for text in ("1. Innledning", "2. Eldre", "Team")]
    >>> [heading_text(s.heading) for s in treated_areas(sections)]
    ['Eldre']
    """
    for n, section in enumerate(sections):
        if _holds_areas(section):
            below = list(_below(sections, n))
            if below:
                return [s for s in _outermost(below) if not is_frame(s.heading)]
    numbered = [s for s in sections if number_of(s.heading)]
    if not numbered:
        return []
    outer = min(rank(s.heading) for s in numbered)
    first = next(n for n, s in enumerate(sections) if number_of(s.heading))
    within = _outermost([s for s in sections[first:] if rank(s.heading) >= outer])
    return [s for s in within if number_of(s.heading) and not is_frame(s.heading)]


def _holds_areas(section: Section) -> bool:
    text = heading_text(section.heading)
    if names_plan(text):
        return False
    return names_areas(text) or bool(pattern("measure_lists", "measures").fullmatch(text))


def _below(sections: Sequence[Section], n: int) -> Iterator[Section]:
    for section in sections[n + 1 :]:
        if rank(section.heading) <= rank(sections[n].heading):
            return
        yield section


def _outermost(sections: Sequence[Section]) -> list[Section]:
    """The sections of the highest rank, each with those of a lower one that follow it."""
    highest = min(rank(s.heading) for s in sections)
    found: list[Section] = []
    for section in sections:
        if rank(section.heading) == highest:
            found.append(replace(section, inner=[]))
        elif found:
            found[-1].inner.append(section)
    return found


def _section_drafts(section: Section) -> Iterator[Draft]:
    """The measures that a section lists, or treats under headings of their own; else the section is one itself."""
    found = parts(section.body)
    values = {name: value for part in found for name, value in part.values.items() if name in FIELDS[:5]}
    points = [point for part in found for point in listed(part)]
    inner = [s for s in section.inner if not is_frame(s.heading)]
    group = [titled(section.heading)]
    for point in points:
        yield Draft([_part(point, point.text)], {"goal": values.get("goal", []), "group": group})
    for one in inner:
        own = {name: value for part in parts(one.body) for name, value in part.values.items() if name in FIELDS[:5]}
        under = [point for part in parts(one.body) for point in listed(part)]
        for title in [_part(p, p.text) for p in under] or [titled(one.heading)]:
            yield Draft([title], {**own, "group": [titled(one.heading)] if under else group})
    if not points and not inner:
        yield Draft([titled(section.heading)], {**values, "group": []})


def _treats(section: Section, point: Paragraph) -> bool:
    """Whether a section treats a point of the list: the same number, or nearly the same words."""
    same_number = bool(number_of(point)) and number_of(point) == number_of(section.heading)
    return same_number or _alike(heading_text(section.heading), point.text)


def _by_number(section: Section, areas: Sequence[Area]) -> bool:
    return any(_treats(section, area.point) for area in areas)


def _alike(a: str, b: str) -> bool:
    return fuzz.token_sort_ratio(a.casefold().strip(" .:"), b.casefold().strip(" .:")) >= SAME


def _among(text: str, known: Sequence[str]) -> bool:
    return any(_alike(text, other) for other in known)


def _texts(draft: Draft) -> Iterator[str]:
    for paragraph in (*draft.title, *draft.values.get("group", [])):
        yield heading_text(paragraph)


def _complete(found: Sequence[Draft], section: Draft) -> None:
    """What the section says of a listed area under labels goes to that area."""
    for draft in found:
        if _alike(heading_text(draft.title[0]), heading_text(section.title[0])):
            for name, value in section.values.items():
                draft.values[name] = draft.values.get(name) or value
