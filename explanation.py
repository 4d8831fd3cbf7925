"""Why a document was read as it was: what decided its kind and each value, and what was left unread.

For whoever has a new body's template: a value that is missing stands among what was left unread, and the lists named
beside the other values are where a line of data helps. Derived from the records and their evidence alone.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from explanation_rules import Labels, Printed, Rule, claim_rules, label_above, rule_of
from models.labels import CASE_KINDS, DOCUMENT_KINDS, OUTCOMES, PRESENCES, QUESTIONS, REFERENCE_KINDS, STAGES
from models.layout import Place
from models.problems import PROBLEMS
from models.records import Attendance, Decision, Evidence, Extraction, Frozen, Record
from models.result import FileResult
from models.words import pattern, sections
from terminal import visible

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 120
"""Signs of a line that is not for a screen."""
_NOT_TOLD = {
    *("n", "kind", "claim", "text", "number", "first_page", "last_page", "ordinal", "stage", "case_reference"),
    *("presence", "earliest", "latest", "outcome"),
}
"""Fields that repeat where a record belongs, or what another field says."""
_TOLD = {
    *(("CaseItem", "number"), ("Procedure", "number"), ("Decision", "text"), ("Decision", "outcome")),
    *(("InputPoint", "text"), ("Reference", "kind"), ("Vote", "text")),
}
"""Those of them that a record is there for."""
_LABELLING = (
    *("head_labels", "attendance_labels", "attendance_columns", "case_columns", "archive_columns"),
    *("decision_labels", "list_heads", "measure_columns", "procedure_labels"),
)
"""Sections whose words say what stands beside or below them."""
_NEAR = 12
"""Lines from a label to the last point of the decision below it."""
_WORDS = CASE_KINDS | OUTCOMES | REFERENCE_KINDS | QUESTIONS


@dataclass(slots=True)
class Line:
    """A paragraph of the document, and whether a value rests on it."""

    text: str
    place: Place
    short: str
    used: bool = False


class Told(NamedTuple):
    """A value, the text it was read from, where that stands, and what explains it; a heading has a name alone."""

    name: str
    value: str = ""
    printed: str = ""
    place: str = ""
    rule: str = ""


@dataclass(slots=True)
class Account:
    """A logical document: what it is and why, its values, and what no value rests on."""

    heading: str
    why: list[str] = field(default_factory=list)
    values: list[Told] = field(default_factory=list)
    in_cases: int = 0
    """Paragraphs that are kept in a case's text and give no value."""
    unread: list[tuple[str, str]] = field(default_factory=list)
    """(place, text)"""
    remarks: list[str] = field(default_factory=list)


def accounts(result: FileResult) -> list[Account]:
    """The account of each logical document of a file that was read."""
    return [
        _account(found, list(_lines(result.texts[n], result.places[n]))) for n, found in enumerate(result.extractions)
    ]


def _lines(texts: dict[int | None, str], places: dict[int | None, str]) -> Iterator[Line]:
    for page, text in texts.items():
        for line, short in zip(text.split("\n"), places.get(page, "").split("\n"), strict=False):
            address = short if re.fullmatch(r"\S*[a-z]\S*", short) else None
            yield Line(line, Place(page, address=address), short)


def _account(found: Extraction, lines: list[Line]) -> Account:
    document = found.document
    kind = DOCUMENT_KINDS[document.kind].lower()
    pages = "" if document.first_page is None else f", {_pages(document.first_page, document.last_page)}"
    account = Account(f"Dokument {document.n + 1}{pages}: {kind}")
    account.why = list(_why(claim_rules(document.kind, document.claim)))
    if document.kind == "other":
        account.why = ["ingen ord i tittelen eller hodet talte nok for noen dokumenttype"]
    for heading, records in _records(found):
        told = [value for record in records for value in _told(record, lines, found)]
        account.values += [Told(heading), *told] if told else []
    _sort_out(account, lines, found)
    account.remarks = [_remark(*problem) for problem in found.problems]
    return account


def _why(rules: Iterator[Rule]) -> Iterator[str]:
    """The words that decided, by the list in which they stand."""
    for source, found in groupby(rules, key=lambda rule: rule.source):
        words = {rule.words.casefold(): f"«{rule.words}»" for rule in found}  # a title often stands twice
        yield f"{', '.join(words.values())} ({source})"


def _remark(code: str, page: int | None, detail: str) -> str:
    return f"{PROBLEMS[code].sentence} ({code}{f', side {page}' if page else ''}{f', {detail}' if detail else ''})"


def _records(found: Extraction) -> Iterator[tuple[str, list[Record]]]:
    """The records in the order of the document, under headings."""
    yield "Hode", [found.document]
    if found.meeting:
        yield "Møte", [found.meeting, *found.meeting.attendances]
    for item in found.case_items:
        duties = [one for one in found.responsibilities if one.number == item.number]
        references = [one for one in found.references if one.number == item.number]
        name = f"Sak {item.number}" if item.number else "Sak uten nummer"
        yield name, [item, *item.decisions, *item.votes, *duties, *references]
    yield "Tiltak", list(found.measures)
    yield "Innspill", [*filter(None, [found.submission]), *found.input_points]
    yield "Prosedyre", list(filter(None, [found.procedure]))


def _told(record: Record, lines: list[Line], found: Extraction) -> Iterator[Told]:
    """The values of a record with what they rest on."""
    for name, value in record:
        if name == "evidence" or not value or (isinstance(value, tuple) and isinstance(value[0], Frozen)):
            continue
        if isinstance(record, Attendance) and name != "name":
            continue
        if name in _NOT_TOLD and (type(record).__name__, name) not in _TOLD:
            continue
        pieces = [piece for piece in record.evidence if piece.field == name]
        at = _use(pieces, lines)
        yield _value(record, name, value, pieces, at, lines)


def _value(record: Record, name: str, value: Any, pieces: list[Evidence], at: int | None, lines: list[Line]) -> Told:
    kind = type(record).__name__
    printed = pieces[0].text if pieces else record.text if isinstance(record, Decision) else str(value)
    texts = [Printed(line.text, line.short) for line in lines]
    rule = None
    for one in value if isinstance(value, tuple) else (value,):
        rule = rule or rule_of(kind, name, one, printed, texts, at)
    rule = rule or _list_label(record, name, texts, at)
    if rule and rule.line is not None:
        lines[rule.line].used = True
    quoted = printed if pieces else ""
    return Told(_called(record, name), _named(record, value), quoted, _where(pieces), rule.sentence if rule else "")


def _named(record: Record, value: Any) -> str:
    """A value on the screen; whoever was present with what is printed beside the name."""
    if isinstance(record, Attendance):
        return ", ".join(filter(None, (record.name, record.organisation, record.role)))
    return _shown(value)


def _list_label(record: Record, name: str, lines: Sequence[Printed], at: int | None) -> Rule | None:
    """The label above a list: of those present, of a proposal, of what was decided."""
    if at is None:
        return None
    if isinstance(record, Decision) and name == "text":
        others = tuple(("decision_labels", other) for other in sections("decision_labels") if other != record.stage)
        return label_above(Labels((("decision_labels", record.stage),), _NEAR, others), lines, at)
    if isinstance(record, Attendance):
        above = Labels((("attendance_labels", record.presence),), len(lines))
        return label_above(Labels((("attendance_columns", "name"),), None), lines, at) or label_above(above, lines, at)
    return None


def _use(pieces: Sequence[Evidence], lines: list[Line]) -> int | None:
    """Mark the lines that evidence stands on; gives the first."""
    hits = [n for piece in pieces for n, line in enumerate(lines) if _stands_on(piece, line)]
    for n in hits:
        lines[n].used = True
    return hits[0] if hits else None


def _stands_on(piece: Evidence, line: Line) -> bool:
    if piece.page is not None and piece.page != line.place.page:
        return False
    return bool(line.short) and Place(piece.page, piece.box, piece.address).short == line.short


def _sort_out(account: Account, lines: list[Line], found: Extraction) -> None:
    """Count what is kept as the text of a case, and name what is kept nowhere.

    Labels and headings of tables are understood where they stand, and so is what repeats a title.
    """
    kept = {_folded(line) for item in found.case_items for line in item.text.split("\n")}
    titles = {_folded(title) for title in (found.document.title, *(item.title for item in found.case_items)) if title}
    people = found.meeting.attendances if found.meeting else ()
    beside = {_folded(text) for one in people for text in (one.organisation, one.role) if text}
    for line in lines:
        text = _folded(line.text)
        if line.used or not text or text in beside or _is_label(text):
            continue
        if text in kept:
            account.in_cases += 1
        elif not any(title in text for title in titles):
            account.unread.append((_place(line.place.page, line.place.address), line.text))


def _is_label(text: str) -> bool:
    """Whether a line is a label or a heading that the lists know.

    >>> _is_label("faste medlemmer som møtte:"), _is_label("målet med saken:")
    (True, False)
    """
    bare = text.strip(" :")
    return any(pattern(section, name).fullmatch(bare) for section in _LABELLING for name in sections(section))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _called(record: Record, name: str) -> str:
    """What a field is called: the beginning of its description."""
    if isinstance(record, Decision) and name == "text":
        return STAGES[record.stage]
    if isinstance(record, Attendance):
        return PRESENCES[record.presence]
    description = type(record).model_fields[name].description or name
    return re.split(r"[,;:(…]| slik ", description)[0].strip()


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(_shown, value))
    return _WORDS.get(str(value), str(value)) if isinstance(value, str) else ("ja" if value is True else str(value))


def _where(pieces: Sequence[Evidence]) -> str:
    return _place(pieces[0].page, pieces[0].address) if pieces else ""


def _place(page: int | None, address: str | None) -> str:
    return f"side {page}" if page else address or ""


def _pages(first: int, last: int | None) -> str:
    return f"side {first}" if last in (None, first) else f"side {first}–{last}"


def report(told: Sequence[Account], width: int) -> Iterator[tuple[str, str]]:
    """The lines of all accounts, each with its style: heading, value, source or remark."""
    for account in told:
        yield account.heading, "heading"
        yield from _wrapped("Hvorfor: " + (" · ".join(account.why) or "ingen ord avgjorde det"), 2, width, "", most=6)
        for before, value in pairwise([None, *account.values]):
            yield from _value_lines(value, before, width) if value else ()
        if account.in_cases:
            yield f"  Bare i sakens tekst: {account.in_cases} avsnitt", ""
        yield f"  Ikke lest: {len(account.unread)} avsnitt", "bold" if account.unread else ""
        for place, text in account.unread:
            yield from _wrapped(f"{place}: {text}" if place else text, 4, width, "unread")
        for remark in account.remarks:
            yield from _wrapped(f"Merknad: {remark}", 2, width, "bold")
        yield "", ""


def _value_lines(told: Told, before: Told | None, width: int) -> Iterator[tuple[str, str]]:
    """A value and, on a line of its own, what it rests on; several from one place tell it once."""
    if not told.value:
        yield f"  {visible(told.name)}", "bold"
        return
    yield from _wrapped(f"{told.name}: {told.value}", 4, width, "")
    quoted = f"«{told.printed}»" if told.printed and told.printed != told.value else ""
    source = " · ".join(filter(None, (told.place, quoted, told.rule)))
    if source and (before is None or told[2:] != before[2:]):
        yield from _wrapped(source, 6, width, "source")


def _wrapped(text: str, indent: int, width: int, style: str, most: int = 2) -> Iterator[tuple[str, str]]:
    """A text on few lines, without anything that a terminal would obey."""
    margin = " " * indent
    plain = visible(" ".join(text.split()))
    lines = textwrap.wrap(plain, max(width - indent, 30), max_lines=most, placeholder=" …", subsequent_indent="  ")
    return ((margin + line, style) for line in lines)


def plain_lines(told: Sequence[Account]) -> list[str]:
    """The report as lines of text."""
    return [line for line, _ in report(told, WIDTH)][:-1]


_STYLES = {"heading": "bold cyan", "bold": "bold", "source": "dim", "unread": "yellow"}


def show(told: Sequence[Account], console: Console) -> None:
    """Print the report on a screen."""
    from rich.text import Text

    for line, style in report(told, console.width):
        console.print(Text(line, style=_STYLES.get(style, "")), no_wrap=True, overflow="ellipsis")
