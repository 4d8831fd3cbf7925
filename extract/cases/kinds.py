"""What stands beside a case about its treatment: its kinds, and how many attachments it announces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from extract.cases.drafts import Draft
from extract.cases.sections import label_of
from extract.labels import in_paragraphs
from models.layout import Paragraph
from models.records import CaseKind
from models.words import pattern, sections

ATTACHED = re.compile(
    r"(?:(?P<count>\d{1,2})\s*(?:stk\.?\s*)?)?\b(?:vedlegg|vedlagt)\b(?!\s*\w*\s*(?:følger|ettersendes))", re.IGNORECASE
)
# What may follow "Vedlegg" in a line that announces attachments: nothing, numbers, or a colon and their names.
ENUMERATED = re.compile(r"(?:[\d\s,.&–-]|og)*|:.*")
NAME_LENGTH = 90  # characters of a line that names an attachment
KIND_LINES = 3  # paragraphs under a case's heading in which its kind may stand by itself
PREFIX_KINDS = {"O": "information", "D": "discussion", "V": "decision"}


def kinds_of(side: Sequence[Paragraph], number: str | None) -> tuple[CaseKind, ...]:
    """The kinds named beside a case, in the order of the vocabulary; a series prefix (V-SAK) names one too.

    >>> kinds_of([Paragraph("2 vedlegg Beslutning")], "2022.26"), kinds_of([], "O-SAK3"), kinds_of([], "14/21-O")
    (('decision',), ('information',), ('information',))
    """
    suffix = re.search(r"\d[-–]([A-Z])$", number or "")
    prefix = re.match(r"([A-Z]{1,2})-?SAK", number or "", re.IGNORECASE)
    named = {PREFIX_KINDS.get(prefix[1].upper())} if prefix else set()
    codes = [*(p.text.strip(" .()") for p in side), *(suffix.groups() if suffix else ())]
    named |= {kind for kind in sections("case_kind_codes") for c in codes if is_code(kind, c)}
    text = "\n".join(p.printed for p in side)
    return tuple(
        kind  # type: ignore[misc]  # the sections of the word list are the kinds
        for kind in sections("case_kinds")
        if kind in named or re.search(r"(?<!\w)" + pattern("case_kinds", kind).pattern + r"(?!\w)", text, re.IGNORECASE)
    )


def is_code(kind: str, text: str) -> bool:
    """Whether a cell or a line is nothing but the letter for a kind: "O", "V"."""
    return bool(pattern("case_kind_codes", kind).fullmatch(text))


def attachments_of(side: Sequence[Paragraph]) -> int:
    """How many attachments a row announces: "2 vedlegg" two, "Vedlegg" one.

    >>> attachments_of([Paragraph("3 vedlegg")]), attachments_of([Paragraph("Vedlegg")]), attachments_of([])
    (3, 1, 0)
    """
    matches = [match for p in side for match in ATTACHED.finditer(p.printed)]
    return sum(int(match["count"] or 1) for match in matches)


def attachment_lines(draft: Draft) -> Iterator[Paragraph]:
    """A line of the case itself that only announces attachments: "Vedlegg: Prosjektplan", "2 vedlegg"."""
    if not any(ATTACHED.search(p.printed) for p in draft.side):
        yield from announced(draft.body)


def announced(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The first line that only announces attachments, with their number: those named in it, or in the list under it.

    >>> body = [Paragraph("Vedlegg:"), Paragraph("Handlingsplan", label="1."), Paragraph("Statistikk", label="2.")]
    >>> [p.text for p in announced(body)], [p.text for p in announced([Paragraph("Vedlegg: Ingen")])]
    (['2 vedlegg'], [])
    """
    for at, paragraph in enumerate(paragraphs):
        for sentence in re.split(r"(?<=[a-zæøå]\.)\s+(?=[A-ZÆØÅ])", paragraph.printed):
            match = ATTACHED.match(sentence, _before(sentence))
            rest = sentence[match.end() :].strip() if match else ""
            if match and ENUMERATED.fullmatch(rest):
                points = 0 if rest.strip(" :") else _enumerated(paragraphs[at + 1 :])
                numbers = re.findall(r"\d+", rest) if not re.search(r"[^\W\d]{3}", rest) else []
                count = points or len(numbers) or int(match["count"] or 1)
                if not pattern("attachment_words", "none").fullmatch(rest.strip(" :.")):
                    yield Paragraph(f"{count} vedlegg", places=paragraph.places)
                return


def _enumerated(below: Sequence[Paragraph]) -> int:
    """How many attachments the lines below the word name: points, lines numbered from 1, or lines up to a label.

    >>> listed = [Paragraph("Kart over skogen"), Paragraph("Kostnader")]
    >>> _enumerated([*listed, Paragraph("Forslag til vedtak:")]), _enumerated([*listed, Paragraph("Vi går tur.")])
    (2, 0)
    >>> _enumerated([Paragraph("1 Kart"), Paragraph("2 Brev fra 2022"), Paragraph("Det er god plass.")])
    2
    """
    points = len(list(takewhile(lambda p: p.label, below)))
    numbered = len(list(takewhile(lambda one: re.match(rf"{one[0]}\.?\s+\D", one[1].text), enumerate(below, 1))))
    names = list(takewhile(_names_one, below))
    ends = below[len(names)] if len(names) < len(below) else None
    free = len(names) if ends and (ends.bold or ends.text.endswith(":") or label_of(ends)) else 0
    return points or numbered or free


def _names_one(line: Paragraph) -> bool:
    """Whether a line could be the name of an attachment: short, in plain type, no sentence and no label."""
    plain = not (line.bold or line.heading or line.label or label_of(line))
    return plain and len(line.text) <= NAME_LENGTH and not line.text.endswith((".", ":", ","))


def _before(text: str) -> int:
    """Where the word stands in a line that begins with how they were sent: "Trykte vedlegg:"."""
    first = re.match(rf"{pattern('attachment_words', 'before').pattern}\s+", text, re.IGNORECASE)
    return first.end() if first else 0


def kind_lines(draft: Draft, *, adopts: bool) -> list[Paragraph]:
    """Lines right under a case's heading that only name its kind; in minutes "Vedtak" is a label and no kind."""
    lines = draft.body[: 1 if draft.in_table else KIND_LINES]
    return [
        replace(p, text=only, label=None, lead="")
        for p in lines
        if (only := kind_sentence(p.text)) and not (adopts and (label_of(p) or p.text.endswith(".")))
    ]


def kind_sentence(text: str) -> str | None:
    """What a line says of the kind of its case by itself, or in a first sentence of its own.

    >>> kind_sentence("Orientering og drøfting. Meldinger tas i bruk fra september."), kind_sentence("Vedtakssak")
    ('Orientering og drøfting', 'Vedtakssak')
    >>> kind_sentence("Orientering om budsjettet."), kind_sentence("Godkjenning av referat")
    (None, None)
    """
    known = "|".join(pattern("case_kinds", kind).pattern for kind in sections("case_kinds"))
    first = re.split(r"(?<=\w)\.(?=\s|$)", text, maxsplit=1)[0].strip(" :")
    return first if re.fullmatch(rf"(?:{known})(?:(?:\s*[,/]\s*|\s+og\s+)(?:{known}))*", first, re.IGNORECASE) else None


def labelled_lines(draft: Draft, name: str) -> list[Paragraph]:
    """What stands behind a label in a line of the case: "Saksbehandler: Kari Dal", "Type sak: Orientering"."""
    return [
        value
        for one in in_paragraphs(draft.body)
        if pattern("case_columns", name).fullmatch(one.label) and len(one.text) < 90
        for value in one.values[:1]
    ]
