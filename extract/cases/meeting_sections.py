"""A case's sections as one meeting's: where it decides without a label, and what earlier bodies did with the case.

Minutes print a proposal, a vote and a decision with labels that differ from body to body, or without. Behind the head
"Formannskapet 18.03.2031" stands what another body did: its recommendation is a proposal here, its decision none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extract.cases.sections import INTRO, LABEL_LENGTH, Section, label_of, opens_decision, sections
from extract.votes.reading import ends_in_vote
from models.dates import DATE
from models.layout import Paragraph
from models.words import pattern


def case_sections(paragraphs: Sequence[Paragraph], *, adopts: bool) -> list[Section]:
    """A case's sections; in minutes a vote right behind a proposal, without a label, ends the proposal.

    >>> lines = [Paragraph("Innstilling:"), Paragraph("Planen godkjennes."), Paragraph("Enstemmig vedtatt.")]
    >>> [section.name for section in case_sections(lines, adopts=True)]
    [None, 'proposed', 'votes']
    """
    if not adopts:
        return list(sections(paragraphs))
    found = [
        list(_meeting_s_own([part for section in sections(block) for part in _turns(section)]))
        for block in _by_body(paragraphs)
    ]
    return list(_taken_up([section for block in _last_decided(found) for section in block]))


def _by_body(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """The paragraphs cut before each line that names a body and a day: what that body did with the case then."""
    blocks: list[list[Paragraph]] = [[]]
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if not is_body_and_day(paragraph.text):
            blocks[-1].append(paragraph)
        elif not (before and _is_of_proposal(before)):  # below the label "Innstilling" it says whose proposal that is
            blocks.append([paragraph])
        before = paragraph
    return blocks


def _is_of_proposal(paragraph: Paragraph) -> bool:
    label = label_of(paragraph)
    return label is not None and label[0] == "proposed" and not label[1]


def is_body_and_day(text: str) -> bool:
    """Whether a line is the head of what a body did with the case on a day.

    >>> is_body_and_day("Formannskapet 18.03.2031"), is_body_and_day("Saksprotokoll i Kommunestyret - 22.04.2031")
    (True, True)
    >>> is_body_and_day("31.05.2031 KOMMUNESTYRET")
    True
    >>> is_body_and_day("Formannskapet behandlet saken 18.03.2031.")
    False
    """
    if len(text) > LABEL_LENGTH:
        return False
    dated = DATE.sub("DAY", text.strip(" .:"))
    return "DAY" in dated and bool(_body_and_day().fullmatch(dated))


@cache
def _body_and_day() -> re.Pattern[str]:
    body, lead = pattern("body_nouns", "any").pattern, pattern("decision_heads", "leads").pattern
    named = rf"(?:\S+\s+){{0,3}}?(?:{body})(?:\s+for\s+[\w ]{{3,40}}?)?"
    head = rf"(?:(?:{lead})\s+)?{named}(?:s\s+behandling)?"
    return re.compile(rf"(?:DAY\s*[-–:]?\s+)?{head}(?:\s*[-–,:]?\s*(?:den\s+)?DAY)?(?:,?\s+sak\s+\S+)?", re.IGNORECASE)


def _last_decided(blocks: Sequence[list[Section]]) -> Iterator[list[Section]]:
    """The blocks, each earlier body's decision no decision any more: the meeting's own is the first, where it has no
    head of its own, else the last; what an earlier body proposed to it is a proposal.
    """
    deciding = [n for n, block in enumerate(blocks) if any(section.name == "adopted" for section in block)]
    own = deciding[0] if deciding[:1] == [0] else deciding[-1] if deciding else 0
    for n, block in enumerate(blocks):
        last = max((at for at, section in enumerate(block) if section.name == "adopted" and section.label), default=-1)
        whole = n == own and (n == 0 or not block)
        yield (
            block
            if whole
            else [
                replace(section, name="background")
                if section.name == "adopted" and (n != own or at < last)
                else section
                for at, section in enumerate(block)
            ]
        )


def _turns(section: Section) -> Iterator[Section]:
    """A section of minutes cut where the meeting decides without a label: a vote, or "Et enstemmig styre vedtok:"."""
    inside = section.paragraphs
    for n, paragraph in enumerate(inside):
        changed = section.name == "proposed" and is_change(paragraph) and n + 1 < len(inside)
        voted = n and section.name in ("proposed", "moved") and ends_in_vote(paragraph.text)
        decided = section.name not in ("adopted", "background") and opens_decision(paragraph.text)
        spoken = n and section.name == "proposed" and not paragraph.label and is_speech(paragraph.text)
        if decided or changed or voted or spoken:
            yield replace(section, paragraphs=inside[:n])
            if decided or changed:
                yield Section("adopted", inside[n + 1 :], paragraph)
            elif spoken:
                yield from _turns(Section("treatment", inside[n:]))
            else:
                yield from _turns(Section("votes", inside[n:]))
            return
    yield section


def is_speech(text: str) -> bool:
    """Whether a paragraph tells what somebody said or did in the meeting, so that the proposal above it has ended.

    >>> [is_speech(text) for text in ("Leiaren viste til saka.", "Kari Nord (Ap) fremmet forslag.", "Saken utsettes.")]
    [True, True, False]
    """
    return bool(_speech().match(text))


@cache
def _speech() -> re.Pattern[str]:
    said = pattern("decision_heads", "speech").pattern
    return re.compile(rf"(?:[A-ZÆØÅ]\S*\s+)(?:(?:[A-ZÆØÅ]\S*|\([^()]*\)|og)\s+){{0,5}}(?:{said})\b")


def is_change(paragraph: Paragraph) -> bool:
    """Whether a line says that what stands below it was decided instead: "Det ble gjort en justering av vedtaket:"."""
    text = paragraph.text.rstrip()
    if paragraph.label or len(text.split()) > INTRO:
        return False
    return text.endswith((":", ".")) and bool(pattern("decision_intros", "changes").search(text))


_QUOTES = re.compile(r"^\s*[\"«“]|[\"»”](\.?)\s*$")


def _taken_up(cut: Sequence[Section]) -> Iterator[Section]:
    """The sections; where the case began with no proposal, the only one that somebody took up as a whole is its own."""
    taken = [
        p for section in cut if section.name in (None, "treatment") for p in section.paragraphs if takes_up(p.text)
    ]
    if len(taken) != 1 or any(section.name in ("proposed", "moved") for section in cut):
        yield from cut
        return
    for section in cut:
        at = next((n for n, p in enumerate(section.paragraphs) if p is taken[0]), None)
        if at is None:
            yield section
            continue
        points = tuple(replace(p, text=_QUOTES.sub(r"\1", p.text)) for p in section.paragraphs[at + 1 :])
        yield replace(section, paragraphs=section.paragraphs[:at])
        yield from _turns(Section("proposed", points, taken[0]))


def takes_up(text: str) -> bool:
    """Whether a line leads to a whole proposal that somebody made or took up: no amendment, no addition.

    >>> takes_up("Kari Nord (Ap) tok opp formannskapets innstilling:"), takes_up("Leder fremmet følgende forslag:")
    (True, True)
    >>> takes_up("Kari Nord fremmet følgende tilleggsforslag:"), takes_up("Hun fremmet forslag om utsettelse:")
    (False, False)
    """
    if not text.rstrip().endswith(":") or len(text.split()) > INTRO:
        return False
    return bool(_takes_up().search(text))


@cache
def _takes_up() -> re.Pattern[str]:
    verbs, nouns = pattern("decision_heads", "takes_up").pattern, pattern("adoption", "proposal").pattern
    whose = r"(?:(?:dette|følgende|følgjande|slikt?|sitt|si|\w+s)\s+){0,2}"
    return re.compile(rf"\b(?:{verbs})\s+{whose}(?:{nouns})(?:\s+til\s+vedtak)?\s*:$", re.IGNORECASE)


def _meeting_s_own(cut: Sequence[Section]) -> Iterator[Section]:
    """The sections of minutes; a proposal that is made in the treatment is none of those that the case began with."""
    proposed = treated = False
    for section in cut:
        treated = treated or section.name in ("treatment", "votes")
        again = section.name == "proposed" and proposed and treated
        proposed = proposed or section.name == "proposed"
        yield replace(section, name="treatment") if again else section
