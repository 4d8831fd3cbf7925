"""The cases of a document -> responsibilities: who does what by when, each with the place it was read from.

A case's proposals and decisions are read point by point; what else stands in the case is read for tasks that are
plainly given to somebody. Quotations of earlier minutes, the title and the head of the case give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from extract.cases.sections import label_of, without_quotes
from extract.duties.duties import Duty, duties
from extract.evidence import evidence, gathered
from models.dates import first_day
from models.deadlines import Deadline, days, read_deadline
from models.layout import LogicalDocument, Paragraph, paragraphs
from models.records import CaseItem, Decision, Document, Evidence, Responsibility

KINDS = ("agenda", "minutes", "case_memo")
# "Hilde" of "Hilde Berg", who may be called so further on.
_NAMED = re.compile(r"\b([A-ZÆØÅ][a-zæøå]+)(?:\s[A-ZÆØÅ][\w.-]*)*\s(?=[A-ZÆØÅ][a-zæøå-]+)")
WORDS = 4  # a line of fewer is no sentence


def responsibilities(
    document: LogicalDocument, record: Document, items: Sequence[CaseItem], meeting: str | None = None
) -> Iterator[Responsibility]:
    """The commitments of agendas, minutes and memos, case by case; ``meeting`` is the ISO day of the meeting, from
    which a date without a year is counted (the document's own date where it is None).
    """
    if record.kind not in KINDS:
        return
    printed = [p for p in paragraphs(document.blocks) if p.text]
    day = meeting or record.date
    known = frozenset(match[1] for p in printed for match in _NAMED.finditer(p.text))
    for item in items:
        for decision in item.decisions:
            for duty in _of_decision(decision, item, day):
                yield _record(duty, item.number, decision.stage, decision.evidence, decision.ordinal)
        for paragraph in _treatment(item, printed):
            for duty in duties(
                paragraph.text, stated=False, meeting=day, known=known, minutes=record.kind == "minutes"
            ):
                yield _record(duty, item.number, "text", tuple(evidence("text", paragraph)))


def _of_decision(decision: Decision, item: CaseItem, day: str | None) -> Iterator[Duty]:
    due = _due_cell(item) if decision.stage == "adopted" else None
    text = " ".join((decision.text, *_beside(decision, item)))
    for duty in duties(text, stated=True, meeting=day):
        if due and not duty.deadline and (edtf := read_deadline(due, day)):
            duty = duty._replace(deadline=Deadline(due, f"../{edtf}", 0, 0))
        yield duty


def _beside(decision: Decision, item: CaseItem) -> Iterator[str]:
    """The line below a point that says who and when, as the labels that :func:`duties` reads.

    >>> point = Decision(stage="adopted", ordinal=1, text="Det lages en sjekkliste.")
    >>> text = "1. Det lages en sjekkliste.\\nOppfølging: Kari Dal, frist 1.6.2022"
    >>> list(_beside(point, CaseItem(text=text, decisions=(point,))))
    ['Ansvar: Kari Dal', 'Frist: 1.6.2022']
    """
    lines = item.text.split("\n")
    at = next((n for n, line in enumerate(lines) if line.strip().endswith(decision.text)), None)
    below = Paragraph(lines[at + 1]) if at is not None and at + 1 < len(lines) else None
    label = label_of(below) if below else None
    if not below or not label or label[0] != "follow_up" or not label[1]:
        return
    if below.text.casefold().startswith("frist"):
        yield f"Frist: {label[1]}"
        return
    who, _, when = label[1].partition(",")
    yield f"Ansvar: {who.strip()}"
    if when := re.sub(r"^\s*frist\s*:?\s*", "", when, flags=re.IGNORECASE).strip(" ."):
        yield f"Frist: {when}"


def _due_cell(item: CaseItem) -> str | None:
    """The cell of a column headed "Frist" beside the decision: the last line of the case, and nothing but a date."""
    last = item.text.rsplit("\n", 1)[-1].strip()
    day = first_day(last)
    return last if day and not (last[: day.start] + last[day.end :]).strip(" .") else None


def _record(
    duty: Duty,
    number: str | None,
    stage: Literal["adopted", "proposed", "text"],
    places: Sequence[Evidence],
    ordinal: int | None = None,
) -> Responsibility:
    text, edtf = (duty.deadline.text, duty.deadline.edtf) if duty.deadline else (None, None)
    earliest, latest = days(edtf)
    return Responsibility(
        number=number,
        stage=stage,
        ordinal=ordinal,
        actor=duty.actor,
        action=duty.action,
        deadline_text=text,
        deadline=edtf,
        earliest=earliest,
        latest=latest,
        evidence=gathered(place.model_copy(update={"field": "action"}) for place in places),
    )


def _treatment(item: CaseItem, printed: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The sentences of a case that are neither its head nor a proposal or a decision, outside quotations."""
    told = {" ".join(decision.text.split()) for decision in item.decisions} | {item.title or "", item.number or ""}
    lines = [Paragraph(line) for line in item.text.split("\n")]
    for line in without_quotes(lines):
        label = label_of(line)
        text = label[1] if label else line.text
        bare = _without_told(text.lstrip("•-–*o ").strip(), told)
        if len(bare.split()) >= WORDS:
            yield _source(bare, printed)


def _without_told(text: str, told: set[str]) -> str:
    """A line without the title, or a point that is read already, which it is or ends with.

    >>> _without_told("Rektor undersøker prisen. Saken utsettes.", {"Saken utsettes.", ""})
    'Rektor undersøker prisen.'
    >>> [_without_told(line, {"Kari sender planen."}) for line in ("2. Kari sender planen.", "planen.")]
    ['2.', '']
    """
    for one in filter(None, told):
        if one.endswith(text):
            return ""
        text = text.removesuffix(one).strip()
    return text


def _source(text: str, printed: Sequence[Paragraph]) -> Paragraph:
    """A line of the case's text with the places of the paragraph it was printed in."""
    for paragraph in printed:
        if text in paragraph.printed:
            return Paragraph(text, places=paragraph.places)
    return Paragraph(text)
