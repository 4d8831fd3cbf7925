"""Who sent a letter or answered a consultation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.heads.lines import Value
from extract.labels import labelled
from models.layout import Block, LogicalDocument, Paragraph, Table, paragraphs
from models.organisations import is_organisation

SIGNED = re.compile(r"\b(?:med|mvh|vennlig|venleg)\b.{0,20}\b(?:hilsen|helsing)\b|^mvh\b", re.IGNORECASE)


def sender_of(document: LogicalDocument, head: Sequence[Block], title: Value | None) -> Value | None:
    if document.kind == "consultation_response":
        stated = _ticked(document) or _labelled_sender(head) or _named_in(title)
        return stated or _letterhead(head, title) or _signature(document)
    if document.kind == "input_letter":
        above = [*document.furniture, *head] if document.pages is None else [*head, *document.furniture]
        return _letterhead(above, title) or _labelled_sender(head) or _named_in(title) or _signature(document)
    return None


def _letterhead(head: Sequence[Block], title: Value | None) -> Value | None:
    """An organisation by itself above the title."""
    for block in head[:6]:
        if isinstance(block, Table):
            continue
        if title and block is title.source:
            break
        if is_organisation(block.text) and not block.text.endswith((".", ":")) and not SIGNED.search(block.text):
            return Value(block.text, block)
    return None


def _labelled_sender(head: Sequence[Block]) -> Value | None:
    known = (
        "fra",
        "frå",
        "avsender",
        "avsendar",
        "høringsinstans",
        "høyringsinstans",
        "virksomhet",
        "organisasjon",
        "verksemd",
        "instans",
    )
    for one in labelled(head):
        if one.label.casefold() in known and one.values:
            return Value(one.values[0].text, one.values[0])
    return None


def _named_in(title: Value | None) -> Value | None:
    """The organisation that a title names as sender: "Høringssvar fra Sørdal kommune – forskrift om transport"."""
    match = re.search(r"\bfr[aå]\s+([^–:,(]+?)(?=\s+(?:til|om|på|ved)\b|\s[–-]|[:,(]|$)", title.text) if title else None
    return Value(match[1].strip(), title.source) if title and match and is_organisation(match[1].strip()) else None


def _signature(document: LogicalDocument) -> Value | None:
    """The organisation under "Med vennlig hilsen"."""
    texts = [b for b in document.blocks if isinstance(b, Paragraph)]
    for at, paragraph in enumerate(texts):
        if SIGNED.search(paragraph.text) and len(paragraph.text) < 80:
            for line in texts[at : at + 5]:
                after = SIGNED.sub("", line.text).strip(" ,")
                if is_organisation(after):
                    return Value(after, line)
    return None


def _ticked(document: LogicalDocument) -> Value | None:
    """The organisation behind the only ticked box; of a ticked group and a ticked member the member, which is named
    fuller.
    """
    boxes = [p for p in paragraphs(document.blocks) if "☒" in (p.label or "") or p.text.startswith("☒")]
    named = [replace(p, text=p.text.lstrip("☒☑ ").strip()) for p in boxes]
    named = [p for p in named if is_organisation(p.text) and "☐" not in p.text]
    longest = [
        p for p in named if not any(o is not p and o.text.startswith(p.text) and o.text != p.text for o in named)
    ]
    return Value(longest[0].text, longest[0]) if len(longest) == 1 else None
