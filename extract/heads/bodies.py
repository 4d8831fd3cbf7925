"""The body that an agenda, minutes or a memo belongs to, as the document names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.heads.lines import Value, head_blocks, strong_lines
from extract.labels import Labelled, find
from models.bodies import body_name, own_body
from models.dates import DATE
from models.layout import LogicalDocument, Paragraph, paragraphs
from models.words import pattern, words

# The whole head of minutes of one case: "Eldrerådets behandling av sak 18/2024 i møte den 23.04.2024".
BODY_TREATS = re.compile(
    r"(?P<body>.{3,80}?)(?:s|\s+si)\s+(?:behandling|handsaming)\s+av\s+(?P<case>sak\b.*)", re.IGNORECASE
)


def body_of(document: LogicalDocument, title: Value | None, labels: Sequence[Labelled]) -> Value | None:
    if document.kind not in ("agenda", "minutes", "case_memo"):
        return None
    stated = find(labels, "head_labels", "body") or find(labels, "case_columns", "body")
    if stated and len(stated.text) < 80 and (name := as_printed(DATE.sub("", stated.values[0].text), document)):
        return Value(name, stated.values[0])
    if document.kind == "case_memo":
        return None
    first = next((b for b in document.blocks if isinstance(b, Paragraph)), None)
    treating = BODY_TREATS.match(first.text) if first else None
    if treating and first:
        return Value(as_printed(treating["body"], document), first)
    lines = [title.source] if title else []
    lines += [p for p in strong_lines(head_blocks(document)) if not title or p is not title.source]
    for line in lines[:6]:
        found = body_in_title(line.text) or _body_beside(line.text) or _body_alone(line.text)
        if found:
            return Value(as_printed(found, document), line)
    return None


def body_in_title(text: str) -> str | None:
    """The body that a title names: what is left when the kind, dates, numbers and connecting words are taken away.

    >>> body_in_title("Innkalling SSU"), body_in_title("Referat fra møte i Eldrerådet 12.03.2024")
    ('SSU', 'Eldrerådet')
    >>> body_in_title("Innkalling Partnerskapsmøte, Helsefellesskapet i Fjordregionen"), body_in_title("Referat")
    ('Partnerskapsmøte', None)
    """
    if not any(pattern("document_titles", kind).match(text) for kind in ("agenda", "minutes")):
        return None
    for kind in ("agenda", "minutes"):
        text = re.sub(r"^" + pattern("document_titles", kind).pattern + r"(?!\w)", " ", text, flags=re.IGNORECASE)
    text = DATE.sub(" ", text)
    bracketed = re.search(r"\(([A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ]{2,4})?)\)", text)
    if bracketed:
        return bracketed[1]
    skipped = set(words("connectives", "title"))
    tokens = re.split(r",| – | - ", text.strip(" ,–-:"))[0].split()
    while tokens and (tokens[0].casefold().strip(".,:") in skipped or not re.search(r"[^\W\d]", tokens[0])):
        tokens.pop(0)
    while tokens and (tokens[-1].casefold().strip(".,:") in skipped or re.fullmatch(r"[\d./:-]+", tokens[-1])):
        tokens.pop()
    name = " ".join(tokens).strip(" .,:–-")
    named = name[:1].isupper() or bool(name and pattern("body_nouns", "any").fullmatch(name.split()[0]))
    return name if named and len(name) < 70 else None


def _body_beside(text: str) -> str | None:
    """The body in a line that names municipality and body: "Sørdal kommune – Kontrollutvalget"."""
    parts = [part.strip() for part in re.split(r"\s+[–-]\s+|,\s+", text)]
    bodies = [part for part in parts if own_body(part) or pattern("body_nouns", "any").fullmatch(part)]
    return bodies[0] if len(parts) > 1 and len(bodies) == 1 else None


def _body_alone(text: str) -> str | None:
    """The body in a line of its own that opens with what bodies are called, or is one of the settings.

    >>> _body_alone("Styringsgruppe for nærsykehuset"), _body_alone("Helseutvalget møtes ofte.")
    ('Styringsgruppe for nærsykehuset', None)
    """
    name = text.strip(" :–-")
    if own_body(name):
        return name
    opening = re.match(rf"(?:{pattern('body_nouns', 'any').pattern})(?:\s+for\s+\S.*)?$", name, re.IGNORECASE)
    return name if opening and len(name) < 70 and name[:1].isupper() and not re.search(r"\d|[.!?]$", name) else None


def as_printed(name: str, document: LogicalDocument) -> str:
    """A body's abbreviation where this document prints it, else its name as it stands.

    >>> au = LogicalDocument(0, "minutes", None, (Paragraph("Referat fra Arbeidsutvalget"),))
    >>> as_printed("Arbeidsutvalget", au), as_printed("Samordningsrådet (SR)", au)
    ('Arbeidsutvalget', 'SR')
    """
    known = body_name(name)
    if known == name.strip() or f"({known})" in name:
        return known
    printed = re.compile(rf"(?<![\w-]){re.escape(known)}(?![\w-])")
    texts = (p.text for p in paragraphs(document.blocks))
    return known if any(printed.search(text) for text in texts) else name.strip(" ,–-")
