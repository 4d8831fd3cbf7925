"""The date of a document: of the meeting, of a letter, of a procedure's approval. A deadline is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.heads.lines import Value
from extract.heads.meeting_dates import meeting_date
from extract.labels import Labelled
from models.dates import DATE, find_dates, only_date
from models.layout import Block, LogicalDocument, Paragraph, paragraphs
from models.words import pattern, sections

DATE_BESIDE = re.compile(r"\b(?:vår\s+)?dato\s*:?\s*" + f"(?:{DATE.pattern})", DATE.flags)
ANNEX = re.compile(r"vedlegg\s*(?:nr\.?\s*)?\d*\s*[-–:.]?\s*(?P<rest>.+)", re.IGNORECASE)


def date_of(
    document: LogicalDocument,
    head: Sequence[Block],
    labels: Sequence[Labelled],
    title: Value | None,
    sender: Value | None,
) -> Value | None:
    if document.kind in ("agenda", "minutes"):
        return meeting_date(document, head, labels, title)
    if document.kind not in sections("dated_by"):
        return None
    known = pattern("dated_by", document.kind)
    for one in labels:
        if known.fullmatch(one.label.strip()) and one.values:
            day = only_date(one.values[0].text)
            if day:
                return Value(day, one.values[0])
    if document.kind in ("input_letter", "consultation_response"):
        return _letter_date(head) or _annex_date(document, title, sender)
    return None


def _letter_date(head: Sequence[Block]) -> Value | None:
    """A line of the letterhead that is a date and little else: "Fossum, 9. september 2022"."""
    for line in paragraphs(tuple(head[:10])):
        beside = DATE_BESIDE.search(line.text)
        day = only_date(beside[0]) if beside else None
        if day:
            return Value(day, line)
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
