"""Who sent an input letter or a consultation response, to whom and when: its letterhead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract.evidence import evidence, gathered
from extract.labels import find, labelled
from extract.letters.points import KINDS
from models.layout import LogicalDocument, Paragraph, paragraphs
from models.organisations import is_organisation
from models.records import Document, Evidence, Submission
from models.words import pattern

LETTERHEAD = 16  # paragraphs: more than a letter has above its salutation
POSTCODE = re.compile(r"(?:N-)?\d{4}\s+[A-ZÆØÅ][\w.\s-]{1,30}")


def submission(document: LogicalDocument, head: Document) -> Submission | None:
    """The letter as one record; None for a document that is no letter.

    >>> blocks = (Paragraph("Helse- og omsorgsdepartementet"), Paragraph("Postboks 8011 Dep"), Paragraph("0030 OSLO"))
    >>> letter = LogicalDocument(0, "input_letter", None, blocks)
    >>> submission(letter, Document(n=0, kind="input_letter", organisation="Sørdal kommune")).recipient
    'Helse- og omsorgsdepartementet'
    """
    if document.kind not in KINDS:
        return None
    recipient = _recipient(document, head)
    return Submission(
        sender=head.organisation,
        recipient=recipient.text if recipient else None,
        date=head.date,
        title=head.title,
        evidence=gathered(_head_evidence(head), evidence("recipient", recipient) if recipient else ()),
    )


def _head_evidence(head: Document) -> Iterator[Evidence]:
    names = {"organisation": "sender", "date": "date", "title": "title"}
    for piece in head.evidence:
        if piece.field in names:
            yield piece.model_copy(update={"field": names[piece.field]})


def _recipient(document: LogicalDocument, head: Document) -> Paragraph | None:
    """Beside "Til:", else the organisation over a postal address that is not the sender's."""
    titles = [e.text for e in head.evidence if e.field == "title"]
    above: list[Paragraph] = []
    for p in list(paragraphs(document.blocks))[:LETTERHEAD]:
        if p.printed in titles:
            break
        above.append(p)
    stated = find(list(labelled(document.blocks[:LETTERHEAD])), "input_letterhead", "recipients")
    if stated and len(stated.values[0].text) < 80:
        return stated.values[0]
    return _addressed(above, head.organisation)


def _addressed(above: Sequence[Paragraph], sender: str | None) -> Paragraph | None:
    lines = [Paragraph(text, p.places) for p in above for text in (p.lines or (p.text,))]
    for at, line in enumerate(lines):
        addressed = any(_is_address(after.text) for after in lines[at + 1 : at + 4])
        if addressed and _is_receiver(line.text) and line.text != sender:
            return line
    return None


def _is_receiver(text: str) -> bool:
    authority = any(pattern("input_letterhead", "authorities").fullmatch(token) for token in text.split())
    return (authority or is_organisation(text)) and len(text) < 80 and not _is_address(text)


def _is_address(text: str) -> bool:
    return bool(_street().match(text) or POSTCODE.fullmatch(text.strip()))


@cache
def _street() -> re.Pattern[str]:
    return re.compile(pattern("input_letterhead", "street").pattern + r"\s*\d", re.IGNORECASE)
