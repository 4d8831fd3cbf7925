"""The body that an agenda, minutes or a memo belongs to, as the document names it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.heads.lines import Value, head_blocks, strong_lines
from extract.heads.presence import is_head_label
from extract.labels import Labelled
from models.bodies import body_name, own_body
from models.case_minutes import treated_case
from models.dates import DATE
from models.layout import LogicalDocument, Paragraph, paragraphs
from models.words import MONTHS, WEEKDAYS, pattern, words

LINES = 8  # paragraphs at the top of a document among which the body stands in plain type
LONGEST = 70  # characters of a body's name
_PARTIAL_DATE = re.compile(rf"\b\d{{1,2}}\.?\s?(?:{'|'.join(MONTHS)})\b.*", re.IGNORECASE)
_ENDS = re.compile(
    rf"\s+(?=(?:{'|'.join(WEEKDAYS)}|den|kl|klokka|klokken|på|via|nr)\b|\d)|\s*[.,;:(]\s|[.,;:]$", re.IGNORECASE
)
_MEETING = re.compile(r"\b(\w{5,})møtet?\b", re.IGNORECASE)
_SHORT = re.compile(r"[A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ]{1,4})?")


def body_of(document: LogicalDocument, title: Value | None, labels: Sequence[Labelled]) -> Value | None:
    """The body with the line it was read from."""
    if document.kind not in ("agenda", "minutes", "case_memo"):
        return None
    stated = _beside_label(document, labels)
    if stated or document.kind == "case_memo":
        return stated or _on_top(document)
    top = [block for block in document.blocks[:LINES] if isinstance(block, Paragraph)]
    if treating := next(((treated.body, line) for line in top if (treated := treated_case(line.text))), None):
        return Value(as_printed(treating[0], document), treating[1])
    head = [p for p in head_blocks(document) if isinstance(p, Paragraph)]
    lines = [replace(title.source, text=title.text)] if title else []
    lines += [p for p in strong_lines(head_blocks(document)) if not title or p is not title.source]
    calling = [line for line in lines[:6] if pattern("body_nouns", "calls").match(line.text)]
    for readers, among in (((_body_called,), calling), (_NAMING, lines[:6]), (_PLAIN, head[:LINES])):
        for line in among:
            found = next((name for read in readers if (name := read(line.text))), None)
            if found:
                return Value(as_printed(found, document), line)
    return _by_its_meeting(document, lines[:6])


def _by_its_meeting(document: LogicalDocument, lines: Sequence[Paragraph]) -> Value | None:
    """The body whose meeting a title names, as the text prints it: "Representantskapsmøte" is Representantskapet's."""
    for line in lines:
        for stem in _MEETING.findall(line.text):
            known = re.compile(rf"\b(?i:{re.escape(stem.lower().removesuffix('s'))})(?:et|en|a|t)\b", re.IGNORECASE)
            found = (match for p in paragraphs(document.blocks) for match in known.finditer(p.text))
            named = next((match[0] for match in found if match[0][0].isupper() and _body_alone(match[0])), None)
            if named:
                return Value(named, line)
    return None


def _on_top(document: LogicalDocument) -> Value | None:
    """The body that a memo names in a line of its own at the very top."""
    lines = [block for block in document.blocks[:3] if isinstance(block, Paragraph)]
    return next((Value(as_printed(name, document), line) for line in lines if (name := _body_alone(line.text))), None)


def _beside_label(document: LogicalDocument, labels: Sequence[Labelled]) -> Value | None:
    for section in ("head_labels", "case_columns"):
        known = pattern(section, "body")
        for one in labels:
            if known.fullmatch(one.label) and one.values and len(one.text) < 80:
                text = re.sub(r"^(?:\d+|møte i)\s+", "", DATE.sub("", one.values[0].text), flags=re.IGNORECASE)
                name = as_printed(text, document)
                if re.search(r"[^\W\d_]{2}", name):
                    return Value(name, one.values[0])
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
    text = _PARTIAL_DATE.sub(" ", DATE.sub(" ", text))
    bracketed = re.search(r"\(([A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ][A-Za-zæøåÆØÅ]{1,5})?)\)", text)
    if bracketed:
        return bracketed[1]
    skipped = set(words("connectives", "title"))
    tokens = re.split(r",| – | - ", text.strip(" ,–-:"))[0].split()
    while tokens and (tokens[0].casefold().strip(".,:") in skipped or not re.search(r"[^\W\d]", tokens[0])):
        tokens.pop(0)
    name = _undressed(" ".join(tokens))
    meeting = re.fullmatch(r"\w+møtet?(?:\s+(?:i|for)\s+(?P<of>.+))?", name, re.IGNORECASE)
    if meeting and body_name(name) == name:
        name = meeting["of"] or ""
    named = name[:1].isupper() or bool(name and pattern("body_nouns", "any").fullmatch(name.split()[0]))
    return name if named and len(name) < LONGEST else None


def _undressed(name: str) -> str:
    """A body without what stands around it in a title.

    >>> [_undressed(name) for name in ("SSUs møte", "AU-møtet på Teams kl 9", "Eldrerådet nr. 3")]
    ['SSU', 'AU', 'Eldrerådet']
    """
    name = re.sub(r"\s+(?:på\s+(?:Teams|Zoom)|kl\b|klokk\w+).*$|\s*\([^()]*\)?$", "", name, flags=re.IGNORECASE)
    tokens = name.split()
    genitive = len(tokens) > 1 and tokens[-1].casefold().strip(".") in ("møte", "møtet") and tokens[-2][-1:] == "s"
    skipped = set(words("connectives", "title"))
    while tokens and (tokens[-1].casefold().strip(".,:") in skipped or re.fullmatch(r"[\d./:-]+", tokens[-1])):
        tokens.pop()
    name = " ".join(tokens).strip(" .,:–-")
    return re.sub(r"(?<=\w)-møtet?(?:\s.*)?$", "", name.removesuffix("s") if genitive else name)


def _body_beside(text: str) -> str | None:
    """The body in a line that names another thing beside it: "Sørdal kommune – Kontrollutvalget", "SSU – Referat".

    >>> _body_beside("Sørdal kommune – Kontrollutvalget"), _body_beside("SSU – Referat 22.09.22"), _body_beside("A – B")
    ('Kontrollutvalget', 'SSU', None)
    """
    if is_head_label(text.partition(":")[0]):
        return None
    parts = [part.strip() for part in re.split(r"\s+[–-]\s+|,\s+|:\s+", text)]
    kinds = (pattern("document_titles", kind) for kind in ("agenda", "minutes"))
    titled = any(kind.match(part) for kind in kinds for part in parts)
    bodies = [part for part in parts if _is_body(part) or (titled and _SHORT.fullmatch(part))]
    return bodies[0] if len(parts) > 1 and len(bodies) == 1 else None


def _is_body(name: str) -> bool:
    return bool(own_body(name) or pattern("body_nouns", "any").fullmatch(name))


def _body_alone(text: str) -> str | None:
    """The body in a line of its own that opens with what bodies are called, or is one of the settings.

    >>> _body_alone("Styringsgruppe for nærsykehuset"), _body_alone("Eldrerådet 12.03.2024")
    ('Styringsgruppe for nærsykehuset', 'Eldrerådet')
    >>> _body_alone("Helseutvalget møtes ofte."), _body_alone("Samhandlingsforum Nord"), _body_alone("Valg av eldreråd")
    (None, 'Samhandlingsforum Nord', None)
    >>> _body_alone("SØRDAL MENIGHETSRÅD"), _body_alone("Overordna samhandlingsutval Nord og Sør")
    ('SØRDAL MENIGHETSRÅD', 'Overordna samhandlingsutval Nord og Sør')
    """
    name = _PARTIAL_DATE.sub("", DATE.sub("", text)).strip(" :–-,")
    if own_body(name):
        return name
    nouns = "|".join(pattern("body_nouns", which).pattern for which in ("any", "in_heads"))
    tails = pattern("body_nouns", "tails").pattern
    more = rf"\s+(?:{tails})\s+\S.*|(?-i:(?:\s+(?:og\s+)?[A-ZÆØÅ][\w-]+){{1,4}})"
    before = r"(?-i:[A-ZÆØÅ][\w-]*\s+(?:(?:[A-ZÆØÅ][\w-]*|\w+(?:lige|lege|ale|iske|na))\s+){0,2})?"
    opening = re.fullmatch(rf"{before}(?:{nouns})(?:{more})?", name, re.IGNORECASE)
    plain = len(name) < LONGEST and name[:1].isupper() and not re.search(r"\d|[.!?:]|^møte\s", name, re.IGNORECASE)
    return name if opening and plain else None


def _body_called(text: str) -> str | None:
    """The body of a line that calls its meeting, or that goes on with the title: "for kommunestyret".

    >>> _body_called("Vi innkaller til møte i Rådet for eldre torsdag 4. april."), _body_called("for kommunestyret")
    ('Rådet for eldre', 'kommunestyret')
    >>> _body_called("Møte i morgen"), _body_called("for alle")
    (None, None)
    """
    calls = rf"(?:^|\b){pattern('body_nouns', 'calls').pattern}\s+|^(?:for|i)\s+(?=\S+$)"
    match = re.search(calls, text, re.IGNORECASE)
    name = _ENDS.split(text[match.end() :])[0].strip() if match else ""
    if match and (bracketed := re.match(rf"[^().]*\(({_SHORT.pattern})\)", text[match.end() :])):
        return bracketed[1]
    return name if _body_alone(name[:1].upper() + name[1:]) or _SHORT.fullmatch(name) else None


_NAMING = (body_in_title, _body_beside, _body_alone)
_PLAIN = (_body_beside, _body_alone, _body_called)


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
