"""What a logical document is: title, body, date, sender. Nothing that it does not state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extract.case_table import is_case_table
from extract.cases import heading_draft
from extract.evidence import evidence, gathered
from extract.labels import Labelled, find, labelled
from models.dates import DATE, find_dates, only_date
from models.layout import Block, LogicalDocument, Paragraph, Table, paragraphs
from models.organisations import is_organisation
from models.records import Document, Evidence
from models.words import pattern, sections, words

HEAD_PARAGRAPHS = 14
# "Eldrerådets behandling av sak 18/2024 i møte den 23.04.2024:"
BODY_TREATS = re.compile(r"(?P<body>.{3,80}?s)\s+(?:behandling|handsaming)\s+av\s+(?P<case>sak\b.*)", re.IGNORECASE)
SIGNED = re.compile(r"\b(?:med|mvh|vennlig|venleg)\b.{0,20}\b(?:hilsen|helsing)\b|^mvh\b", re.IGNORECASE)
DATE_BESIDE = re.compile(r"\b(?:vår\s+)?dato\s*:?\s*" + f"(?:{DATE.pattern})", DATE.flags)
ANNEX = re.compile(r"vedlegg\s*(?:nr\.?\s*)?\d*\s*[-–:.]?\s*(?P<rest>.+)", re.IGNORECASE)
# Which dates a kind of document is dated by; others keep None.
DATED_BY = {
    "procedure": [
        "godkj. dato",
        "godkjent dato",
        "godkjenningsdato",
        "godkjent",
        "gyldig fra",
        "gjelder fra",
        "godkjend dato",
        "dato godkjent",
    ],
    "case_memo": ["dato", "møtedato", "møte", "behandles i møte"],
    "input_letter": ["dato", "vår dato", "date"],
    "consultation_response": ["dato", "vår dato", "svardato"],
}


@dataclass(frozen=True, slots=True)
class Value:
    """A reading with the paragraph it was read from."""

    text: str
    source: Paragraph


def head_blocks(document: LogicalDocument) -> list[Block]:
    """The blocks before the first case; of a document without cases its first page or so."""
    listed = any(isinstance(b, Table) and is_case_table(b) for b in document.blocks)

    def is_head(block: Block) -> bool:
        if isinstance(block, Table):
            return not is_case_table(block) or document.kind == "case_memo"
        return listed or heading_draft(block, listed=listed) is None

    if document.kind in ("agenda", "minutes"):
        return list(takewhile(is_head, document.blocks))
    return list(document.blocks[: 2 * HEAD_PARAGRAPHS])


def read_head(document: LogicalDocument) -> Document:
    """The record of a logical document."""
    head = head_blocks(document)
    labels = list(labelled(head))
    title = _title(document, head, labels)
    body = _body(document, title, labels)
    sender = _sender(document, head, title)
    date = _date(document, head, labels, title, sender)
    found = {"title": title, "body": body, "organisation": sender, "date": date}
    pieces: list[Iterator[Evidence]] = [evidence(name, v.source) for name, v in found.items() if v]
    return Document(
        n=document.n,
        kind=document.kind,
        first_page=document.pages[0] if document.pages else None,
        last_page=document.pages[1] if document.pages else None,
        claim=document.claim,
        evidence=gathered(*pieces),
        **{name: value.text if value else None for name, value in found.items()},
    )


# --- title -----------------------------------------------------------------------------------------------------------


def _title(document: LogicalDocument, head: Sequence[Block], labels: Sequence[Labelled]) -> Value | None:
    labelled_title = find(labels, "head_labels", "title")
    if labelled_title and document.kind in ("agenda", "minutes"):
        return Value(labelled_title.values[0].text, labelled_title.values[0])
    lines = list(_strong_lines(head))
    if document.kind in ("case_memo", "procedure", "presentation"):
        return _largest(_after_memo_table(head) if document.kind == "case_memo" else lines)
    if document.kind == "other":
        return _largest([line for line in lines if line.page in (None, lines[0].page)])
    return _by_kind(document.kind, lines or _plain_lines(head))


def _plain_lines(head: Sequence[Block]) -> list[Paragraph]:
    return [b for b in head[:6] if isinstance(b, Paragraph) and len(b.text) < 90 and not b.text.endswith(".")]


def _strong_lines(head: Sequence[Block]) -> Iterator[Paragraph]:
    """Lines of the head set apart from the text: bold, a heading style, capitals, or bigger than most."""
    texts = list(paragraphs(tuple(head)))
    sizes: dict[float, int] = {}
    for p in texts:
        sizes[p.size] = sizes.get(p.size, 0) + len(p.text)
    usual = max(sizes, key=lambda size: sizes[size], default=0.0)
    for p in texts[: 2 * HEAD_PARAGRAPHS]:
        if p.text and (p.bold or p.heading or p.size > 1.1 * usual > 0 or (p.text.isupper() and len(p.text) > 5)):
            yield p


def _after_memo_table(head: Sequence[Block]) -> list[Paragraph]:
    """The strong lines behind a memo's table of case number and body, where its title stands."""
    tables = [i for i, block in enumerate(head) if isinstance(block, Table)]
    after = head[tables[0] + 1 :] if tables else head
    return [p for p in _strong_lines(head) if any(p is b for b in after)] or list(_strong_lines(head))


def _largest(lines: Sequence[Paragraph]) -> Value | None:
    """The biggest line that is neither a section's heading nor a label; the first of equals."""
    section = pattern("headings", "memo_sections")
    opening = pattern("headings", "opening")
    possible = [
        p for p in lines if not section.fullmatch(p.text.strip(" :")) and not opening.fullmatch(p.text.strip(" :"))
    ]
    possible = [p for p in possible if not p.text.endswith(":") and not is_bare_kind(p.text)]
    if not possible:
        return None
    best = max(possible, key=lambda p: (p.heading == 1, p.size))
    return _with_rest(best, lines)


def is_bare_kind(text: str) -> bool:
    """Whether a line only names the kind of document: "Saksframlegg".

    >>> is_bare_kind("SAKSFRAMLEGG"), is_bare_kind("Saksframlegg om avvik")
    (True, False)
    """
    return any(pattern("document_titles", kind).fullmatch(text.strip(" :")) for kind in sections("document_titles"))


def _with_rest(best: Paragraph, lines: Sequence[Paragraph]) -> Value:
    """A title with the line after it where it goes on in lower case at the same size."""
    after = [p for p in lines if p.size == best.size and p.page == best.page]
    at = next(i for i, p in enumerate(after) if p is best)
    text = best.text
    for more in after[at + 1 : at + 3]:
        if not more.text[:1].islower() or more.bold != best.bold:
            break
        text = f"{text} {more.text}"
    return Value(text, best)


def _by_kind(kind: str, lines: Sequence[Paragraph]) -> Value | None:
    """The line that names the kind; a status report's title is both lines, "Handlingsplan …" and "Status …"."""
    kinds = ["status_report", "action_plan"] if kind == "status_report" else [kind]
    naming = [re.compile(r"\b" + pattern("document_titles", k).pattern, re.IGNORECASE) for k in kinds]
    matching = [p for p in lines if any(name.search(p.text) for name in naming)]
    if not matching:
        return None
    begins = [p for p in matching if any(name.match(p.text) for name in naming)]
    first = max(begins or matching, key=lambda p: p.size)
    if is_bare_kind(first.text) and len(begins) > 1:
        first = max((p for p in begins if not is_bare_kind(p.text)), key=lambda p: p.size, default=first)
    if kind != "status_report":
        return _with_rest(first, lines)
    block = [p for p in matching if p.page == first.page and p.size >= 0.5 * first.size][:2]
    return Value(" ".join(p.text for p in block), first)


# --- body ------------------------------------------------------------------------------------------------------------


def _body(document: LogicalDocument, title: Value | None, labels: Sequence[Labelled]) -> Value | None:
    if document.kind not in ("agenda", "minutes", "case_memo"):
        return None
    stated = find(labels, "head_labels", "body") or find(labels, "case_columns", "body")
    if stated and len(stated.text) < 80 and (name := body_name(DATE.sub("", stated.values[0].text))):
        return Value(name, stated.values[0])
    if document.kind == "case_memo":
        return None
    first = next((b for b in document.blocks if isinstance(b, Paragraph)), None)
    treating = BODY_TREATS.match(first.text) if first else None
    if treating and first:
        return Value(body_name(treating["body"].removesuffix("s")), first)
    lines = [title.source] if title else []
    lines += [p for p in _strong_lines(head_blocks(document)) if not title or p is not title.source]
    for line in lines[:6]:
        name = body_in_title(line.text)
        if name:
            return Value(body_name(name), line)
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
    return name if name and name[:1].isupper() and len(name) < 70 else None


def body_name(printed: str) -> str:
    """A body by its abbreviation where it prints one in brackets or is one that every health community has.

    One body goes by one name, so that "Innkalling SSU" and "Referat fra Strategisk samarbeidsutvalg" are of the same
    series.

    >>> body_name("Partnerskapsmøtet"), body_name("Samordningsrådet (SR)"), body_name("Eldrerådet")
    ('PM', 'SR', 'Eldrerådet')
    """
    printed = printed.strip(" ,–-")
    bracketed = re.search(r"\(([A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ]{2,4})?)\)\s*$", printed)
    if bracketed:
        return bracketed[1]
    explained = re.fullmatch(r"([A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ]{2,6})?)\s*\([^()]+\)", printed)
    if explained:
        return explained[1]
    known = (short for short in sections("body_names") if pattern("body_names", short).fullmatch(printed))
    return next(known, printed)


# --- date ------------------------------------------------------------------------------------------------------------


def _date(
    document: LogicalDocument,
    head: Sequence[Block],
    labels: Sequence[Labelled],
    title: Value | None,
    sender: Value | None,
) -> Value | None:
    if document.kind in ("agenda", "minutes"):
        return _meeting_date(head, labels, title)
    known = DATED_BY.get(document.kind)
    if known is None:
        return None
    for one in labels:
        if one.label.casefold().strip() in known and one.values:
            day = only_date(one.values[0].text)
            if day:
                return Value(day, one.values[0])
    if document.kind in ("input_letter", "consultation_response"):
        return _letter_date(head) or _annex_date(document, title, sender)
    return None


def _meeting_date(head: Sequence[Block], labels: Sequence[Labelled], title: Value | None) -> Value | None:
    """Beside a label, else in the title, else the only date of the head's strong or short lines."""
    known = pattern("head_labels", "date")
    for one in labels:
        if known.fullmatch(one.label):
            for value in one.values:
                days = list(find_dates(value.text))
                if days:
                    return Value(days[0].day, value)
    lines = [title.source] if title else []
    lines += [p for b in head if isinstance(b, Paragraph) for p in [b] if len(p.text) < 160]
    for line in lines:
        day = only_date(line.text)
        if day:
            return Value(day, line)
    return None


def _letter_date(head: Sequence[Block]) -> Value | None:
    """A line of the letterhead that is a date and little else: "Fossum, 9. september 2022"."""
    for block in paragraphs(tuple(head[:10])):
        beside = DATE_BESIDE.search(block.text)
        if beside and (day := only_date(beside[0])):
            return Value(day, block)
    for block in head[:8]:
        if isinstance(block, Paragraph) and len(block.text) < 60:
            found = list(find_dates(block.text))
            rest = re.sub(r"(?i)\b(?:vår|dykkar|deres|dato|ref|date)\b", "", DATE.sub("", block.text)).strip(" .,:")
            if len(found) == 1 and len(rest.split()) <= 3 and not re.search(r"\d", rest):
                return Value(found[0].day, block)
    return None


def _annex_date(document: LogicalDocument, title: Value | None, sender: Value | None) -> Value | None:
    """The date that the covering letter's list of annexes gives for this letter: same title, same sender.

    "Vedlegg 2 - SiF - Innspill til plan - 09-09-22": the sender may be abbreviated to initials there.
    """
    if not title or not sender:
        return None
    fitting = []
    for line in document.siblings:
        match = ANNEX.match(line)
        if match and title.text.casefold() in match["rest"].casefold() and names_sender(match["rest"], sender.text):
            day = only_date(match["rest"])
            if day:
                fitting.append(Value(day, Paragraph(line, places=title.source.places)))
    return fitting[0] if len(fitting) == 1 else None


def names_sender(line: str, sender: str) -> bool:
    """Whether a line names an organisation in full or by its initials.

    >>> names_sender("SiF - Innspill til plan", "Sykehuset i Fjordregionen HF")
    True
    >>> names_sender("NK - Innspill", "Sørdal kommune")
    False
    """
    if sender.casefold() in line.casefold():
        return True
    full = [w for w in sender.split() if w not in ("HF", "RHF", "AS")]
    initials = "".join(w[0] for w in full)
    return len(full) > 1 and any(token == initials for token in re.findall(r"\w+", line))


# --- sender ----------------------------------------------------------------------------------------------------------


def _sender(document: LogicalDocument, head: Sequence[Block], title: Value | None) -> Value | None:
    if document.kind == "consultation_response":
        return _ticked(document) or _labelled_sender(head) or _named_in(title) or _signature(document)
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
