"""A case's paragraphs cut at its labels: "Forslag til konklusjon", "Behandling", "Vedtak:".

A label opens a section; the next label or heading closes it. What is quoted from elsewhere over several paragraphs is
left out, since its labels are somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from extract.cases.lines import is_signature
from extract.votes.signs import is_elsewhere
from models.layout import Paragraph
from models.words import pattern, words

LABEL_LENGTH = 60  # characters
WITH_NAMES = 90  # characters of a label before a colon, which may say whose it is
LINE_START = 12  # characters by which a printed line is found again in its paragraph
INTRO = 24  # words of a line that leads to a decision
SECTIONS = ("proposed", "adopted", "moved", "votes", "attachments", "follow_up", "treatment", "background")


@dataclass(frozen=True, slots=True)
class Section:
    """The paragraphs under one label; ``name`` is None before the first."""

    name: str | None
    paragraphs: tuple[Paragraph, ...]
    label: Paragraph | None = None


def label_of(paragraph: Paragraph) -> tuple[str, str] | None:
    """The section that a paragraph's label opens, and the text behind the label; None where it holds no label.

    >>> label_of(Paragraph("Forslag til konklusjon")), label_of(Paragraph("Konklusjon: Tas til orientering"))
    (('proposed', ''), ('adopted', 'Tas til orientering'))
    >>> label_of(Paragraph("Vedtak (samrøystes):")), label_of(Paragraph("Innstilling frå rådmannen:"))
    (('adopted', ''), ('proposed', ''))
    >>> label_of(Paragraph("Vedtaket ble påklaget i mai")), label_of(Paragraph("Forslag fra Kari ble drøftet"))
    (None, None)
    """
    text = paragraph.text.strip()
    head, colon, rest = text.partition(":")
    if paragraph.lead and not colon and len(paragraph.lead) <= LABEL_LENGTH:
        head, rest, colon = paragraph.lead, text.removeprefix(paragraph.lead), ":"
    if len(head) > (WITH_NAMES if colon else LABEL_LENGTH) or (rest.strip() and not colon):
        return None
    name = _section_name(_bare(head.strip(" .:–-")))
    return (name, rest.strip(" :–-")) if name else None


@cache
def _manner() -> re.Pattern[str]:
    """How it was voted, behind a label: "Vedtak (samrøystes)", "VEDTAK (6 MOT 2 RØYSTER)", "Vedtak, enstemmig"."""
    return re.compile(rf"\s*(?:\([^()]*\)|[,–-]\s*(?:{pattern('votes', 'unanimous').pattern}))$", re.IGNORECASE)


def _bare(label: str) -> str:
    """A label without how it was voted, and without the case's number: "KOM-41/12 VEDTAK"."""
    return _NUMBERED.sub("", _manner().sub("", label))


_NUMBERED = re.compile(r"^[A-ZÆØÅ]{1,5}[-\s]?\d{1,4}/\d{2,4}\s*[-–:]?\s+")


def labels_apart(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs cut where a label stands inside them: on a line of its own, or behind a sentence and before a colon.

    >>> both = Paragraph("Lang tittel Konklusjon", bold=True, lines=("Lang tittel", "Konklusjon"))
    >>> [p.text for p in labels_apart([both])]
    ['Lang tittel', 'Konklusjon']
    >>> [p.text for p in labels_apart([Paragraph("Saken ble drøftet. Vedtak: Planen godkjennes.")])]
    ['Saken ble drøftet.', 'Vedtak: Planen godkjennes.']
    """
    for paragraph in paragraphs:
        starts = _line_starts(paragraph)
        cuts = sorted({0, *_label_lines(paragraph, starts), *_inner_labels(paragraph.text)})
        if len(cuts) == 1:
            yield paragraph
            continue
        for first, end in pairwise([*cuts, len(paragraph.text)]):
            inside = [n for n, start in enumerate(starts) if first <= start < end]
            lines = paragraph.lines[inside[0] : inside[-1] + 1] if inside else ()
            part = replace(paragraph, text=paragraph.text[first:end].strip(), lines=lines)
            yield part if first == 0 else replace(part, label=None, lead="", gap=0.0)


def _line_starts(paragraph: Paragraph) -> list[int]:
    """Where each printed line begins in the text; where it is not found, the line before it does."""
    starts = [0]
    for line in paragraph.lines[1:]:
        starts.append(max(paragraph.text.find(line[:LINE_START], starts[-1] + 1), starts[-1]))
    return starts


def _label_lines(paragraph: Paragraph, starts: Sequence[int]) -> Iterator[int]:
    """Where lines begin that are labels, and the lines below those that are nothing else."""
    lines = paragraph.lines
    for at, line in enumerate(lines):
        alone = opens_decision(line) or _is_label_alone(line)
        if (at and _is_label_line(at, paragraph)) or (opens_decision(line) and (not at or _is_full(lines[at - 1]))):
            yield starts[at]
        elif not (at == 0 and alone):
            continue
        if alone and at + 1 < len(lines) and not lines[at + 1][:1].islower():
            yield starts[at + 1]


def _is_label_line(at: int, paragraph: Paragraph) -> bool:
    """A line of a paragraph that is a label: with a colon, in bold, or by itself after the end of a sentence."""
    line = paragraph.lines[at]
    label = label_of(Paragraph(line))
    if label is None or label[0] == "follow_up":
        return False
    alone = not label[1] and (paragraph.bold or _is_full(paragraph.lines[at - 1]))
    return alone or (":" in line and label[0] in ("proposed", "adopted", "votes", "moved"))


def _is_full(line: str) -> bool:
    return line.endswith((".", "!", "?", "»", ":"))


def _is_label_alone(line: str) -> bool:
    label = label_of(Paragraph(line))
    return label is not None and not label[1] and label[0] in ("proposed", "adopted", "votes")


def _inner_labels(text: str) -> Iterator[int]:
    """Where a label with a colon stands behind a sentence of the same paragraph."""
    for match in _INNER.finditer(text):
        label = label_of(Paragraph(match["label"]))
        if label and label[0] in ("proposed", "adopted"):
            yield match.start("label")


_INNER = re.compile(r"(?<=[.!?»])\s+(?P<label>[A-ZÆØÅ][^.:!?]{2,60}:)(?=\s)")


def opens_decision(text: str) -> bool:
    """Whether a line in the past tense leads to what was decided.

    >>> opens_decision("Et enstemmig formannskap vedtok:"), opens_decision("Vedtatt slik:")
    (True, False)
    >>> opens_decision("Partnerskapet vedtok i møte 22.01.2031 sak 1 at:")
    False
    """
    text = text.rstrip()
    if not text.endswith(":") or len(text.split()) > INTRO:
        return False
    return bool(re.search(rf"\b(?:{pattern('decision_intros', 'past').pattern})\b", text, re.I)) and not is_elsewhere(
        text
    )


@lru_cache(maxsize=4096)
def _section_name(label: str) -> str | None:
    """The section of a label; longer labels first, since "forslag til vedtak" ends in "vedtak"."""
    return next((name for name, pattern in _labels() if pattern.fullmatch(label)), None)


@cache
def _labels() -> list[tuple[str, re.Pattern[str]]]:
    """Every label as a pattern with its section, the longest first."""
    entries = [(entry, name) for name in SECTIONS for entry in words("decision_labels", name)]
    entries.sort(key=lambda pair: (len(pair[0].replace("*", "")), pair[1]), reverse=True)
    return [(name, _entry(entry)) for entry, name in entries]


# Whose it is, before the label; "Som forslag til vedtak" is a sentence and not somebody's.
_WHOSE = r"(?!(?:som|i|jfr?\.?|etter|ved|det|den|dette|dermed|da)\s)(?:\S+\s+){1,3}"


@cache
def _who() -> str:
    """Whom a proposal is from, or who decided and when, behind the label: no verb."""
    roles, verbs = pattern("role_words", "alone").pattern, pattern("decision_labels", "no_name").pattern
    word = rf"(?:(?:{roles})(?!\w)|(?!(?:{verbs})(?!\w)|\w{{2,}}(?:es|er)(?!\w))\w[\w./-]*|\(\S+\)|[-–])"
    return rf"(?:\s+{word}){{1,7}}"


def _entry(entry: str) -> re.Pattern[str]:
    """A label as a pattern. A leading ``*`` stands for up to three words ("kommunedirektørens innstilling"), one at the
    end for whom it is from ("framlegg til vedtak frå rådmannen"), ``@`` for an abbreviation ("LEV - Tilråding"), and
    ``+`` for an office, in small letters ("forslag fra sekretariatet").
    """
    start, body = (_WHOSE, entry[2:]) if entry.startswith("* ") else ("", entry)
    body, end = (body[:-2], _who()) if body.endswith(" *") else (body, "")
    signs = {"@": r"(?-i:[A-ZÆØÅ]{2,6})", "+": r"(?:(?-i:[a-zæøå])[\w.-]+)(?:\s+(?-i:[a-zæøå])[\w.-]+){0,3}"}
    parts = (signs.get(w) or re.escape(w).replace(r"\*", r"\w*") for w in body.split())
    return re.compile(start + r"\s+".join(parts) + end, re.IGNORECASE)


def sections(paragraphs: Sequence[Paragraph]) -> Iterator[Section]:
    """A case's paragraphs cut at its labels. Quoted blocks of earlier minutes are left out."""
    name: str | None = None
    opened: Paragraph | None = None
    inside: list[Paragraph] = []
    for paragraph in without_quotes(list(labels_apart(unsigned(paragraphs)))):
        label = label_of(paragraph)
        if label and label[0] == "follow_up" and label[1]:  # a line beside a point: "Ansvar: Kari Dal"
            yield Section(name, tuple(inside), opened)
            yield Section("follow_up", (replace(paragraph, text=label[1], lead=""),), paragraph)
            inside, opened = [], None
        elif label:
            yield Section(name, tuple(inside), opened)
            name, rest = label
            opened, inside = paragraph, [replace(paragraph, text=rest, lead="")] if rest else []
        elif inside and _is_heading(paragraph, inside) and not opens_decision(paragraph.text):
            yield Section(name, tuple(inside), opened)
            name, inside, opened = "treatment", [], None
        else:
            inside.append(paragraph)
    yield Section(name, tuple(inside), opened)


def unsigned(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The paragraphs before a name that stands alone above the role in which it signs.

    >>> [p.text for p in unsigned([Paragraph(text) for text in ("Ingen saker.", "Kari Nord", "styresekretær")])]
    ['Ingen saker.']
    """
    for at, (name, role) in enumerate(pairwise(paragraphs)):
        if len(role.text) <= LABEL_LENGTH and " " in name.text.strip() and is_signature(f"{name.text} {role.text}"):
            return paragraphs[:at]
    return paragraphs


def _is_heading(paragraph: Paragraph, inside: Sequence[Paragraph]) -> bool:
    """A short bold line after plain text is a heading of its own and ends what stood before it."""
    short = len(paragraph.text) <= LABEL_LENGTH and not paragraph.text.endswith((".", ";", ","))
    larger = paragraph.size > 1.15 * inside[-1].size > 0
    return bool(
        paragraph.heading or ((paragraph.bold or larger) and not inside[-1].bold and short and not paragraph.label)
    )


def without_quotes(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs without a quotation that runs over several of them: earlier minutes, a letter that is cited.

    >>> texts = ["Godkjent.", "«Fra forrige referat:", "• gode ideer", "• rekruttering»", "Tas til orientering."]
    >>> [p.text for p in without_quotes([Paragraph(t) for t in texts])]
    ['Godkjent.', 'Tas til orientering.']
    """
    closing = _closing_quotes(paragraphs)
    skip_to = -1
    for at, paragraph in enumerate(paragraphs):
        if at <= skip_to:
            continue
        if at in closing:
            skip_to = closing[at]
            continue
        yield paragraph


def _closing_quotes(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """For each paragraph that opens a quotation and leaves it open, the later one that closes it."""
    found: dict[int, int] = {}
    for at, paragraph in enumerate(paragraphs):
        if not paragraph.text.startswith("«") or paragraph.text.count("«") <= paragraph.text.count("»"):
            continue
        depth = 0
        for end in range(at, len(paragraphs)):
            if end > at and label_of(paragraphs[end]) and paragraphs[end].bold:
                break
            depth += paragraphs[end].text.count("«") - paragraphs[end].text.count("»")
            if depth <= 0 and end > at:
                found[at] = end
                break
    return found
