"""From a case to other cases and meetings: what it follows up, is put off to, is to be raised in, or mentions.

The kind follows from the words and from time: a meeting that lies ahead is one in which something is to be raised,
unless it is only announced or prepared; one that lies behind is mentioned. The document's own meeting and the case's
own number are no references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extract.cases.finder import find_cases
from extract.evidence import evidence, gathered
from extract.references.cases import Named, cases_behind, cases_in
from extract.references.dates import find_whens, settled
from extract.references.kinds import Source, has, kind_of
from extract.references.meetings import Meeting, find_bodies, meetings_in
from extract.sentences import sentences
from models.layout import Block, LogicalDocument, Paragraph, Table, paragraphs
from models.records import CaseItem, Document, Reference
from models.words import pattern

HEAD = 14  # blocks of a memo's head, whose tables list the meetings that treat the case
KINDS = ("postponed_to", "to_be_raised_in", "follow_up", "mentions")
ATTACHED = re.compile(r"(?:\d+\s+)?vedlegg\b", re.IGNORECASE)
SERIES = re.compile(r"^[A-ZÆØÅ-]+(?=\d)", re.IGNORECASE)
_HIERARCHICAL = re.compile(r"\bsak(?:en|a)?\s+(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d/]|\.\d)", re.IGNORECASE)
# What may stand between "oppfølging av" and the number: bodies, "sak", connectives, other numbers.
CHAINED = re.compile(
    r"(?:[\s,()«»-]|\b(?:og|av|samt|i|fra|frå|den|sak(?:en|a|ene)?|nr|vedtak(?:et)?|\w+(?:ets|ens|as|nes))\b"
    r"|[\d./]+|\b[A-ZÆØÅ][\w-]*)*"
)


def case_references(document: LogicalDocument, record: Document, items: tuple[CaseItem, ...]) -> Iterator[Reference]:
    """The references of a document's cases, each target once a case, in reading order."""
    numbers = frozenset(item.number for item in items if item.number)
    for item, texts in _texts(document, items):
        found: list[Reference] = []
        for paragraph, in_title in texts:
            for sentence in sentences(paragraph.text):
                source = Source(sentence, paragraph, item, record.body, record.date, in_title, numbers)
                found += read_sentence(source)
        yield from _told_once(found, item)


def _texts(
    document: LogicalDocument, items: tuple[CaseItem, ...]
) -> Iterator[tuple[CaseItem, list[tuple[Paragraph, bool]]]]:
    """Each case with its paragraphs; the title, put together again, first."""
    if document.kind in ("agenda", "minutes"):
        for item, draft in zip(items, find_cases(document.blocks), strict=True):
            body = {id(p): p for p in (*draft.body, *draft.conclusion) if not any(p is t for t in draft.title)}
            yield item, [*_title(item, draft.title), *((p, False) for p in body.values() if _speaks(p))]
    elif document.kind == "case_memo":
        for item in items:
            told = list(paragraphs(tuple(_without_head(document.blocks))))
            title = [p for p in told if item.title and p.text and p.text in item.title]
            rest = ((p, False) for p in told if _speaks(p) and not any(p is t for t in title))
            yield item, [*_title(item, title[:1]), *rest]


def _title(item: CaseItem, title: list[Paragraph]) -> Iterator[tuple[Paragraph, bool]]:
    if title and item.title:
        places = tuple(place for p in title for place in p.places)
        yield replace(title[0], text=item.title, places=places), True


def _without_head(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for at, block in enumerate(blocks):
        if at >= HEAD or not isinstance(block, Table):
            yield block


def _speaks(paragraph: Paragraph) -> bool:
    return bool(paragraph.text) and not ATTACHED.match(paragraph.text)


def _told_once(found: list[Reference], item: CaseItem) -> Iterator[Reference]:
    """One reference a target, by its weightiest kind; a case with its meeting's date where it is told once.

    Of sentences that say the same, the one that is adopted speaks for them.
    """
    adopted = item.points("adopted")

    def weight(reference: Reference) -> tuple[int, bool, bool]:
        sentences = {e.text for e in reference.evidence if e.field == "kind"}
        concluded = any(sentence in text for sentence in sentences for text in adopted)
        return KINDS.index(reference.kind), reference.target_date is None, not concluded

    kept: dict[tuple[str | None, ...], Reference] = {}
    for reference in found:
        by_case = (reference.target, reference.target_body)
        key = by_case if reference.target else (*by_case, reference.target_date)
        there = kept.get(key)
        if there is None:
            kept[key] = reference
            continue
        first = min(there, reference, key=weight)
        date = first.target_date or there.target_date or reference.target_date
        pieces = gathered(there.evidence, reference.evidence) if first.target_date != date else first.evidence
        kept[key] = first.model_copy(update={"target_date": date, "evidence": pieces})
    yield from kept.values()


def read_sentence(source: Source) -> Iterator[Reference]:
    """The references of one sentence: first the cases it names, then the meetings.

    >>> def read(text, title="Avvik"):
    ...     item = CaseItem(number="2022.28", title=title)
    ...     found = read_sentence(Source(text, Paragraph(text), item, "SSU", "2022-05-19"))
    ...     return [(r.kind, r.target or r.target_body, r.target_date) for r in found]
    >>> read("Oppfølging av sak 2022.13."), read("Saken ble utsatt til SSU 22.9.22"), read("Sak 2022.28 tas opp.")
    ([('follow_up', '2022.13', None)], [('postponed_to', None, '2022-09-22')], [])
    >>> read("«Fastleger» settes opp som sak i neste SSU-møte den 22.9.22."), read("Saken følges opp i SSU 22.9.")
    ([('to_be_raised_in', None, '2022-09-22')], [('to_be_raised_in', None, '2022-09-22')])
    >>> read("Han minnet om referatet fra SSU 10.2.22 sak 2022.9 vedrørende fastlegene.")
    [('mentions', '2022.9', '2022-02-10')]
    >>> read("Møtet gjennomføres fredag 07.10.22 kl 12-15", "Partnerskapsmøte høsten 2022")
    [('mentions', 'PM', '2022-10-07')]
    """
    if has("reference_meetings", "heads", source.text):
        return
    bodies = find_bodies(source.text, source.body)
    meetings = list(meetings_in(source.text, source.body))
    cases = list(cases_in(source.text, bodies))
    cases += [case for case in _running(source, meetings) if not any(c.start <= case.start < c.end for c in cases)]
    used: set[Meeting] = set()
    for case in cases:
        meeting = next((m for m in meetings if m.when and m.when.day and _belong(source.text, case, m)), None)
        used |= {meeting} if meeting else set()
        elsewhere = case.number.isdigit() and meeting is not None
        if elsewhere or not _is_own(case, source.item):
            yield _case(source, case, meeting)
    for meeting in meetings:
        if meeting not in used and (found := _meeting(source, meeting)):
            yield found
    if found := _announced(source):
        yield found


def _running(source: Source, meetings: list[Meeting]) -> Iterator[Named]:
    """Numbers without a year that say which case is meant: behind the day of a meeting, or of this document's own.

    "… vedtok i møte 22.01.2021 sak 1", "ref sak 4.2" where this document has a case 4.2.
    """
    yield from cases_behind(source.text, meetings)
    for match in _HIERARCHICAL.finditer(source.text):
        if match["number"] in source.numbers:
            yield Named(match.start(), match.end(), match["number"], None)


def _belong(text: str, case: Named, meeting: Meeting) -> bool:
    """Whether a case number and a meeting stand side by side: "SSU 10.2.22 sak 2022.9", "sak 2022.9 i SSU 10.2.22"."""
    first, second = sorted([(case.start, case.end), (meeting.start, meeting.end)])
    between = re.sub(r"\b(?:i|fra|frå|jfr?|som)\b\.?", " ", text[first[1] : second[0]])
    return first[1] >= second[0] or not between.strip(" ,;:().–-")


def _is_own(case: Named, item: CaseItem) -> bool:
    """A number without its series is the case's own as well: "sak 11/24" in PS 11/24."""
    own, named = (SERIES.sub("", number or "") for number in (item.number, case.number))
    return case.body is None and own == named


def _case(source: Source, case: Named, meeting: Meeting | None) -> Reference:
    cue = rf"(?<!\w){pattern('reference_kinds', 'follow_up').pattern}"
    follows = any(
        CHAINED.fullmatch(source.text[m.end() : case.start]) for m in re.finditer(cue, source.text[: case.end], re.I)
    ) or re.match(cue, source.text[case.start :], re.I)
    date = settled(meeting.when, source.date, ahead=False) if meeting and meeting.when else None
    body = case.body or (meeting.body if meeting else None)
    return _made(source, "follow_up" if follows else "mentions", case.number, body, date)


def _meeting(source: Source, meeting: Meeting) -> Reference | None:
    kind, date = kind_of(source, meeting)
    own = meeting.body is None and date is not None and date == source.date
    if kind is None or own:
        return None
    printed = source.text[meeting.when.start : meeting.when.end] if meeting.when else None
    return _made(source, kind, None, meeting.body, date, printed)


def _announced(source: Source) -> Reference | None:
    """The day of the meeting that the case's title names: "Møtet gjennomføres fredag 07.10.22"."""
    match = _announces().match(source.text)
    if not match:
        return None
    title = [body.name for body in find_bodies(source.item.title or "", source.body) if body.name]
    if len(title) != 1:
        return None
    when = next((w for w in find_whens(source.text) if w.day and w.start >= match.start("date")), None)
    date = settled(when, source.date, ahead=True) if when else None
    return _made(source, "mentions", None, title[0], date) if date else None


@cache
def _announces() -> re.Pattern[str]:
    words = pattern("reference_meetings", "announced").pattern
    return re.compile(rf"{words}(?!\w)[^.:;]*?(?P<date>\d{{1,2}}\.)", re.IGNORECASE)


def _made(
    source: Source, kind: str, target: str | None, body: str | None, date: str | None, day: str | None = None
) -> Reference:
    """A reference with its sentence as evidence; ``day``: the date by itself, as printed."""
    values = {"kind": kind, "target": target, "target_body": body, "target_date": date}
    sentence = source.item.title if source.in_title else source.text
    printed = {"target_date": day or sentence}
    pieces = (evidence(f, source.paragraph, printed.get(f, sentence)) for f, value in values.items() if value)
    return Reference.model_validate({"number": source.item.number, **values, "evidence": gathered(*pieces)})
