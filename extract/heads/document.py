"""What a logical document is: title, body, date, sender. Nothing that it does not state."""

from __future__ import annotations

from collections.abc import Iterator

from extract.evidence import evidence, gathered
from extract.heads.bodies import body_of
from extract.heads.dates import date_of
from extract.heads.lines import head_blocks
from extract.heads.senders import sender_of
from extract.heads.titles import title_of
from extract.labels import labelled
from models.layout import LogicalDocument
from models.records import Document, Evidence


def read_head(document: LogicalDocument) -> Document:
    """The record of a logical document."""
    head = head_blocks(document)
    labels = list(labelled(head))
    title = title_of(document, head, labels)
    body = body_of(document, title, labels)
    sender = sender_of(document, head, title)
    date = date_of(document, head, labels, title, sender)
    found = {"title": title, "body": body, "organisation": sender, "date": date}
    pieces: list[Iterator[Evidence]] = [evidence(name, v.source) for name, v in found.items() if v]
    return Document(
        n=document.n,
        kind=document.kind,
        first_page=document.pages[0] if document.pages else None,
        last_page=document.pages[1] if document.pages else None,
        claim=document.claim,
        case_reference=document.case_reference,
        evidence=gathered(*pieces),
        **{name: value.text if value else None for name, value in found.items()},
    )
