"""What a plan says of one measure, as paragraphs, before it becomes a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.evidence import evidence, gathered
from extract.plans.periods import read_period
from extract.sentences import ENDS, first_sentence
from models.layout import Paragraph
from models.records import Evidence, Measure

FIELDS = ("group", "goal", "work_form", "period", "responsible")
"""Fields of a measure that hold the whole text of their paragraphs."""


@dataclass(slots=True)
class Draft:
    """A measure's title and, by field, the paragraphs of its values."""

    title: list[Paragraph]
    values: dict[str, list[Paragraph]] = field(default_factory=dict)

    def add(self, name: str, paragraphs: Sequence[Paragraph]) -> None:
        """More paragraphs of a field; those that stand there already are left out."""
        there = self.values.setdefault(name, [])
        there += [p for p in paragraphs if p not in there]


def joined(paragraphs: Sequence[Paragraph]) -> str | None:
    """The texts of paragraphs in one line, without list marks; None where there are none.

    >>> joined([Paragraph("Avtaler", label="•"), Paragraph("Rutiner", label="•")]), joined([])
    ('Avtaler Rutiner', None)
    """
    return " ".join(p.text.strip() for p in paragraphs if p.text.strip()) or None


def name_and_rest(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """A measure's name and what describes it.

    The first paragraph is the name. Where it ends like a sentence or introduces the next, the cell is taken whole.

    >>> name, rest = name_and_rest([Paragraph("Mobil røntgen", bold=True), Paragraph("Prøves ut i to kommuner")])
    >>> joined(name), joined(rest)
    ('Mobil røntgen', 'Prøves ut i to kommuner')
    >>> joined(name_and_rest([Paragraph("Integrerte tjenester."), Paragraph("Tidlig kartlegging")])[0])
    'Integrerte tjenester. Tidlig kartlegging'
    """
    if paragraphs and paragraphs[0].text.rstrip().endswith((*ENDS, ":", ",", ";")):
        return list(paragraphs), []
    return list(paragraphs[:1]), list(paragraphs[1:])


def to_measure(draft: Draft) -> Measure | None:
    """The record of a draft; None where it has no title."""
    name, rest = name_and_rest([p for p in draft.title if p.text.strip()])
    title = joined(name)
    if not title:
        return None
    status = [p for p in draft.values.get("status", []) if p.text.strip()][:1]
    period = joined(draft.values.get("period", []))
    whole = {key: joined(draft.values.get(key, [])) for key in FIELDS}
    return Measure(
        title=title,
        **whole,
        description=joined(rest),
        status=first_sentence(status[0].text.strip()) if status else None,
        period_edtf=read_period(period) if period else None,
        evidence=gathered(_evidence("title", name), _evidence("description", rest), *_values(draft), _status(status)),
    )


def _values(draft: Draft) -> Iterator[Iterator[Evidence]]:
    for key in FIELDS:
        yield _evidence(key, draft.values.get(key, []))
    if read_period(joined(draft.values.get("period", [])) or ""):
        yield _evidence("period_edtf", draft.values["period"])


def _evidence(name: str, paragraphs: Sequence[Paragraph]) -> Iterator[Evidence]:
    for paragraph in paragraphs:
        yield from evidence(name, paragraph)


def _status(paragraphs: Sequence[Paragraph]) -> Iterator[Evidence]:
    for paragraph in paragraphs:
        yield from evidence("status", replace(paragraph, label=None), first_sentence(paragraph.text.strip()) or None)
