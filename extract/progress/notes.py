"""From a document to what it says of how far earlier work has come.

Three places: a sentence of a case ("Søknaden er sendt"), a paragraph of a standing list that opens with a case number
("2022.13 Digital hjemmeoppfølging: Søknaden er sendt"), and a row of a list that is a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from extract.cases.finder import find_cases
from extract.cases.sections import sections
from extract.evidence import evidence, gathered
from extract.progress.lists import Entry, entries, follow_up_tables
from extract.progress.statements import completed, pending
from extract.references.cases import cases_in
from extract.references.meetings import find_bodies
from extract.sentences import sentences
from models.case_numbers import read_case_number
from models.case_titles import is_follow_up_list
from models.layout import LogicalDocument, Paragraph, Table, paragraphs
from models.records import CaseItem, Document, Progress

HEAD = 14  # blocks of a memo's head, whose tables list the meetings that treat the case
_WITH_YEAR = re.compile(r"\d+\D+\d+$")


def progress_notes(document: LogicalDocument, record: Document, items: Sequence[CaseItem]) -> Iterator[Progress]:
    """What a document says of earlier work, case by case; the rows of lists that stand outside a case come last."""
    tables = list(follow_up_tables(document.blocks))
    listed = {id(p) for table in tables for p in table.paragraphs()}
    told: set[int] = set()
    for item, own in _texts(document, items, listed):
        rows = [table for table in tables if any(id(p) in {id(q) for q in own} for p in table.paragraphs())]
        told |= {id(table) for table in rows}
        yield from _of_tables(rows, item.number)
        free = [p for p in own if id(p) not in listed]
        if is_follow_up_list(item.title):
            yield from _of_list(_untreated(free), item, record)
        else:
            points = [p for p in free if (number := _numbered(p)) and number != item.number]
            yield from _of_list(points, item, record)
            yield from _of_case([p for p in free if p not in points], item, record)
    lists = [item.number for item in items if is_follow_up_list(item.title)]
    rest = [table for table in tables if id(table) not in told]
    yield from _of_tables(rest, lists[0] if len(lists) == 1 else None)


def _texts(
    document: LogicalDocument, items: Sequence[CaseItem], listed: Set[int]
) -> Iterator[tuple[CaseItem, list[Paragraph]]]:
    """Each case with its paragraphs, those of lists (``listed``, by ``id``) among them; a memo without its head."""
    if document.kind in ("agenda", "minutes"):
        for item, draft in zip(items, find_cases(document.blocks), strict=True):
            title = {id(p) for p in draft.title}
            rows = (p for p in draft.other if id(p) in listed)
            yield item, [p for p in (*draft.body, *draft.conclusion, *rows) if p.text and id(p) not in title]
    elif document.kind == "case_memo":
        for item in items[:1]:
            told = (b for n, b in enumerate(document.blocks) if n >= HEAD or not isinstance(b, Table))
            yield item, [p for p in paragraphs(tuple(told)) if p.text]


def _untreated(texts: Sequence[Paragraph]) -> list[Paragraph]:
    """A case without its proposals and its conclusion."""
    return [p for section in sections(texts) if section.name not in ("proposed", "adopted") for p in section.paragraphs]


def _of_case(texts: Sequence[Paragraph], item: CaseItem, record: Document) -> Iterator[Progress]:
    """Sentences that say that something is done, of the case itself or of a case that they name."""
    for paragraph in texts:
        for sentence in sentences(paragraph.text):
            found = completed(sentence)
            if _only_word(sentence) or not (found or pending(sentence)):
                continue
            named = list(cases_in(sentence, find_bodies(sentence, record.body)))
            subject, verb = (found.clause, found.verb) if found else (sentence, None)
            for one in named:
                about = {"target": one.number, "target_body": one.body, "subject": subject}
                yield _note(paragraph, item.number, sentence, verb, **about)
            if not named:
                yield _note(paragraph, item.number, sentence, verb, subject=subject)


def _only_word(sentence: str) -> bool:
    """A word by itself is a status in a list only; in a case it may be anything."""
    return len(sentence.split()) < 2


def _of_list(texts: Sequence[Paragraph], item: CaseItem, record: Document) -> Iterator[Progress]:
    """A point of the list from its number to the next one: done where one of its sentences says so."""
    points: list[tuple[str, str | None, list[Paragraph]]] = []
    for paragraph in texts:
        target = _opening(paragraph, record)
        if target:
            points.append((*target, [paragraph]))
        elif points:
            points[-1][2].append(paragraph)
    for number, body, own in points:
        whole = " ".join(p.text for p in own)
        subject = _subject(own[0])
        told = [(s, found.verb) for p in own for s in _statements(p.text) if (found := completed(s))]
        text, verb = told[0] if told else (whole, None)
        where = next((p for p in own if text in p.text), own[0])
        yield _note(where, item.number, text, verb, target=number, target_body=body, subject=subject)


def _statements(text: str) -> Iterator[str]:
    """The sentences, and what stands behind a colon or a dash: "2022.13 Avvik: Utført", "Avvik – ferdig"."""
    for sentence in sentences(text):
        yield sentence
        yield from (part.strip() for part in re.split(r":\s|\s[–-]\s", sentence)[1:] if part.strip())


def _opening(paragraph: Paragraph, record: Document) -> tuple[str, str | None] | None:
    """The number of an earlier case that a paragraph opens with, or that its first sentence names alone."""
    if number := _numbered(paragraph):
        return number, None
    first = next(sentences(paragraph.text), "")
    named = list(cases_in(first, find_bodies(first, record.body)))
    return (named[0].number, named[0].body) if len(named) == 1 else None


def _numbered(paragraph: Paragraph) -> str | None:
    """The case number, with its year, that a paragraph opens with: "2022.31 a) Kommunene har meldt …"."""
    own = read_case_number(paragraph.text)
    return own.number if own and _WITH_YEAR.search(own.number) else None


def _subject(paragraph: Paragraph) -> str | None:
    """What stands between the number and the status.

    >>> _subject(Paragraph("Sak 2022.13 Digital hjemmeoppfølging: Søknaden er sendt."))
    'Digital hjemmeoppfølging'
    """
    own = read_case_number(paragraph.text)
    rest = paragraph.text[own.end :] if own else paragraph.text
    return re.split(r":\s|\s[–-]\s|\.\s", rest.strip(" :–-,"))[0].strip(" .:") or None


def _of_tables(tables: Sequence[Table], number: str | None) -> Iterator[Progress]:
    for table in tables:
        for entry in entries(table):
            yield _of_entry(entry, number)


def _of_entry(entry: Entry, number: str | None) -> Progress:
    told = [(p, s, found.verb) for p in entry.status for s in _statements(p.text) if (found := completed(s))]
    where, text, verb = told[0] if told else (entry.where, " ".join(p.text for p in entry.status), None)
    if entry.ticked and not verb:
        verb = "utført"
    return _note(where, number, text or where.text, verb, target=entry.number, subject=entry.matter or None)


def _note(
    paragraph: Paragraph,
    number: str | None,
    text: str,
    verb: str | None,
    *,
    target: str | None = None,
    target_body: str | None = None,
    subject: str | None = None,
) -> Progress:
    return Progress(
        number=number,
        target=target,
        target_body=target_body,
        subject=subject,
        text=text,
        verb=verb,
        done=verb is not None,
        evidence=gathered(evidence("text", paragraph, text)),
    )
