"""What a section says of its measure under labels: "Mål 1: …", "Målet er …", "Resultat/ status:", "Tiltak:"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from models.dates import DATE
from models.layout import Paragraph
from models.words import MONTHS, pattern

FIELDS = ("goal", "status", "period", "work_form", "responsible", "measures", "unread")
"""What a label may name; "measures" begins a list of them, "unread" is what no field holds."""

_ORDINAL = re.compile(r"\s*\d{1,2}\.?$")
_AS_OF = re.compile(rf"\s*\b(?:pr|per)\b\.?|\b(?:{'|'.join(MONTHS)})\b|\b(?:19|20)\d\d\b|[–-]\s*$", re.IGNORECASE)
LONGEST = 45  # characters of a label


class Said(NamedTuple):
    """A paragraph under its label; ``opens`` where the label stands before it or is all of it."""

    field: str | None
    paragraph: Paragraph | None
    opens: bool = False


@dataclass(slots=True)
class Part:
    """Goal, status and other fields that stand together: a section has one, or one for each "Mål 1", "Mål 2"."""

    values: dict[str, list[Paragraph]] = field(default_factory=dict)

    def take(self, name: str, paragraph: Paragraph) -> None:
        self.values.setdefault(name, []).append(paragraph)


def label_field(text: str) -> str | None:
    """The field that a label names, without ordinals and dates.

    >>> [label_field(t) for t in ("Mål 1", "Resultat/ status", "Status pr. 1.9.2023", "Tiltak i 2024", "Barn og unge")]
    ['goal', 'status', 'status', 'measures', None]
    """
    label = " ".join(text.strip(" :*").split())
    if not label or len(label) > LONGEST:
        return None
    forms = (label, undated(label), _ORDINAL.sub("", label))
    return next((f for f in FIELDS for form in forms if pattern("measure_labels", f).fullmatch(form)), None)


def undated(label: str) -> str:
    """A label without the day, month or year that it is dated with.

    >>> undated("Status pr. september 2023"), undated("Tiltak i 2024")
    ('Status', 'Tiltak i')
    """
    return " ".join(_AS_OF.sub(" ", DATE.sub(" ", label)).split()).strip(" .:")


def said(paragraph: Paragraph) -> Said:
    """What one paragraph opens: "Mål 1: Etablere team" a goal with its text, "Resultat/ status:" a status yet to come.

    >>> said(Paragraph("Mål 1: Etablere team")).paragraph.text, said(Paragraph("Resultat/ status:"))[:2]
    ('Etablere team', ('status', None))
    >>> said(Paragraph("Målet er færre innleggelser.")).field, said(Paragraph("Målgruppen er unge.")).field
    ('goal', None)
    """
    text = paragraph.text.strip()
    lead, colon, rest = text.partition(":")
    named = label_field(lead) if colon or paragraph.bold or paragraph.heading else None
    if named:
        value = replace(paragraph, text=rest.strip(), lead="", lines=()) if rest.strip() else None
        return Said(named, value, opens=True)
    if paragraph.lead and text.startswith(paragraph.lead) and (named := label_field(paragraph.lead)):
        rest = text[len(paragraph.lead) :].strip(" :")
        return Said(named, replace(paragraph, text=rest, lead="", lines=()) if rest else None, opens=True)
    if not paragraph.label and pattern("measure_labels", "goal_sentences").match(text):
        return Said("goal", paragraph)
    return Said(None, paragraph)


def parts(body: Sequence[Paragraph]) -> list[Part]:
    """The goals and states of a section in order: a goal after a status begins another part.

    >>> texts = ("Mål 1: Ett team", "Status:", "Ansatt. Venter.", "Mål 2: To team", "Status:", "Ikke begynt.")
    >>> [[p.text for p in part.values["status"]] for part in parts([Paragraph(t) for t in texts])]
    [['Ansatt. Venter.'], ['Ikke begynt.']]
    """
    found = [Part()]
    current: str | None = None
    for paragraph in body:
        opened = said(paragraph)
        if opened.field == "goal" and "status" in found[-1].values:
            found.append(Part())
        if opened.field:
            current = opened.field if opened.opens else None
            if opened.field == "status":
                found[-1].values.setdefault("status", [])
            if opened.paragraph:
                found[-1].take(opened.field, opened.paragraph)
                current = current if opened.field in ("status", "measures") else None
        elif current:
            found[-1].take(current, paragraph)
            current = current if current in ("status", "measures") or paragraph.label else None
        elif paragraph.label and _lists(found[-1], paragraph):
            found[-1].take("goal", paragraph)
    return found


def _lists(part: Part, paragraph: Paragraph) -> bool:
    """A list point right after a goal that ends with a colon belongs to the goal."""
    goal = part.values.get("goal", [])
    return bool(goal) and goal[0].text.endswith(":") and "status" not in part.values


def listed(part: Part) -> Iterator[Paragraph]:
    """The points of the list under "Tiltak:"; running text there is none."""
    for paragraph in part.values.get("measures", []):
        if paragraph.label:
            yield paragraph
