"""A file's records as rows, table by table: yielded here, written by ``store.save``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from models.case_numbers import canonical
from models.records import CaseItem, Decision, Document, Extraction, Measure, Record, Reference
from models.result import FileResult
from store.collaborations import collaboration_of
from store.columns import record_values
from store.configured_bodies import fingerprint
from store.keys import body_key, case_key, document_key, meeting_key, slug, told_apart
from store.names.organisations import explained
from store.schema import table

Row = tuple[str, dict[str, Any]]
"""A table's name and the values of one row."""

HEAD = 1500
"""Characters of a document's beginning that say what it belongs to."""


class Sitting(NamedTuple):
    """Where a case is treated: the keys of a body and of its meeting."""

    body: str | None = None
    meeting: str | None = None


class PageTexts(NamedTuple):
    """What stands on the pages of a document, by page: in force and where, struck through, and running heads."""

    text: dict[int | None, str]
    struck: dict[int | None, str]
    furniture: dict[int | None, str]
    places: dict[int | None, str]

    @classmethod
    def of(cls, result: FileResult, number: int) -> PageTexts:
        """The texts of a file's document; empty where they were not read."""
        read = (result.texts, result.struck, result.furniture, result.places)
        return cls(*(texts[number] if number < len(texts) else {} for texts in read))

    @property
    def head(self) -> str:
        """The first page and all running heads."""
        first = self.text.get(self.pages[0], "") if self.pages else ""
        return "\n".join([*dict.fromkeys(self.furniture.values()), first[:HEAD]])

    @property
    def whole(self) -> str:
        """All that is in force and the running heads, page by page."""
        return "\n".join(texts.get(page, "") for page in self.pages for texts in (self.text, self.furniture))

    @property
    def pages(self) -> list[int | None]:
        """The pages on which anything stands, in order."""
        return sorted({*self.text, *self.struck, *self.furniture}, key=lambda page: page or 0)


def rows(result: FileResult) -> Iterator[Row]:
    """Every row of a file: its source file, and for each logical document the rows that hang on it.

    Bodies, meetings and cases are only named here; ``store.link`` says what all files together know of them.

    >>> made = rows(FileResult("a.pdf", "0" * 64, code="empty"))
    >>> [(name, row["code"]) for name, row in made]
    [('source_files', 'empty'), ('problems', 'empty')]
    """
    if result.sha256:
        yield "source_files", _source_file(result)
        if result.bodies:
            yield "read_with", {"sha256": result.sha256, "bodies": fingerprint(result.bodies)}
        yield from _masks(result)
    yield from _file_problems(result)
    found = result.extractions
    keys = list(
        told_apart(document_key(extraction.document, result.sha256, result.collaboration) for extraction in found)
    )
    for number, (key, extraction) in enumerate(zip(keys, found, strict=True)):
        texts = PageTexts.of(result, number)
        yield from _document_rows(result, key, extraction, texts)
        yield from _page_rows(key, extraction.document, texts)


def _source_file(result: FileResult) -> dict[str, Any]:
    return {
        "sha256": result.sha256,
        "path": result.path,
        "kind": result.kind,
        "status": "refused" if result.refused else "loaded",
        "code": result.code,
        "collaboration": result.collaboration,
        "bytes": result.bytes,
        "pages": result.pages,
        "downloadable": not any(flaw.code == "identity_number" for flaw in result.flaws),
    }


def _masks(result: FileResult) -> Iterator[Row]:
    for n, (page, box, _) in enumerate(result.masks, 1):
        yield (
            "masks",
            {"id": f"{result.sha256[:12]}/{n}", "sha256": result.sha256, "page": page} | (box._asdict() if box else {}),
        )


def _file_problems(result: FileResult) -> Iterator[Row]:
    found = [(flaw.code, flaw.page, flaw.detail) for flaw in result.flaws]
    if result.code and result.code not in {code for code, _, _ in found}:
        found.insert(0, (result.code, None, ""))
    key = result.sha256[:12] or result.path
    yield from _problems(result, key, None, found)


def _problems(
    result: FileResult, key: str, document: str | None, found: list[tuple[str, int | None, str]]
) -> Iterator[Row]:
    for n, (code, page, detail) in enumerate(found, 1):
        yield (
            "problems",
            {
                "id": f"{key}/m{n}",
                "sha256": result.sha256 or None,
                "document_id": document,
                "path": result.path,
                "code": code,
                "page": page,
                "detail": detail,
            },
        )


def _document_rows(result: FileResult, key: str, found: Extraction, texts: PageTexts) -> Iterator[Row]:
    place = result.collaboration
    own = own_sitting(found, place)
    sittings = [sitting_of(item, found, result.extractions, place) for item in found.case_items]
    meetings = {sitting.meeting for sitting in sittings} if not own.meeting else {own.meeting}
    meeting = meetings.pop() if len(meetings) == 1 else None
    yield from _identities(found, own, place)
    body = body_key(found.document.body, place)
    owned = {"id": key, "sha256": result.sha256, "body_id": body, "meeting_id": meeting}
    stated = {"collaboration": place or collaboration_of(texts.head) or collaboration_of(texts.whole)}
    yield "documents", owned | stated | _values("documents", found.document)
    yield from _abbreviation_rows(key, texts)
    yield from _evidence("documents", key, key, found.document)
    yield from _meeting_rows(key, found, own.meeting)
    item_keys = list(told_apart(f"{key}/{item.number or f'u{n}'}" for n, item in enumerate(found.case_items, 1)))
    for item_key, item, sitting in zip(item_keys, found.case_items, sittings, strict=True):
        yield from _case_rows(key, item_key, item, sitting)
    yield from _responsibility_rows(key, found, item_keys)
    yield from _reference_rows(key, found, item_keys)
    yield from _progress_rows(key, found, item_keys)
    yield from _measure_rows(key, found.measures)
    yield from _input_rows(key, found)
    if found.procedure:
        yield "procedures", {"document_id": key} | _values("procedures", found.procedure)
        yield from _evidence("procedures", key, key, found.procedure)
    yield from _problems(result, key, key, list(found.problems))


def own_sitting(found: Extraction, collaboration: str | None = None) -> Sitting:
    """The body of a document, and its meeting where the document is about one.

    >>> own_sitting(Extraction(document=Document(n=0, kind="case_memo", body="SSU", date="2022-09-22")))
    Sitting(body='ssu', meeting=None)
    """
    meeting = found.meeting
    body = body_key((meeting and meeting.body) or found.document.body, collaboration)
    if not meeting:
        return Sitting(body)
    return Sitting(body, meeting_key(body, meeting.date or found.document.date))


def sitting_of(
    item: CaseItem, found: Extraction, file: tuple[Extraction, ...], collaboration: str | None = None
) -> Sitting:
    """The body and the meeting that treat a case item.

    A memo often names neither, or the body alone, and lies behind the agenda that lists its number. Where one meeting
    in the same file lists that number, the memo is for that meeting; where several do, nothing is concluded.
    """
    own = own_sitting(found, collaboration)
    if own.meeting or not item.number:
        return own
    listing = {
        own_sitting(other, collaboration)
        for other in file
        if other.meeting
        and any(canonical(listed.number or "") == canonical(item.number) for listed in other.case_items)
    }
    fitting = [sitting for sitting in listing if own.body in (None, sitting.body)]
    return fitting[0] if len(fitting) == 1 else own


def _identities(found: Extraction, own: Sitting, collaboration: str | None) -> Iterator[Row]:
    for name in (found.document.body, found.meeting.body if found.meeting else None):
        if key := body_key(name, collaboration):
            yield "bodies", {"id": key, "name": name}
    if own.meeting and own.body and found.meeting:
        date = found.meeting.date or found.document.date
        yield "meetings", {"id": own.meeting, "body_id": own.body, "date": date}


def _page_rows(key: str, document: Document, texts: PageTexts) -> Iterator[Row]:
    """The pages of a document. Struck text is searched apart, without the title, which is in force."""
    for page in texts.pages:
        page_key = f"{key}/s{page or 0}"
        text, struck = texts.text.get(page, ""), texts.struck.get(page)
        row = {"id": page_key, "document_id": key, "page": page, "text": text, "struck": struck}
        yield "pages", row | {"furniture": texts.furniture.get(page), "places": texts.places.get(page)}
        if text:
            yield _hit("page", page_key, key, page, document.title, text)
        if struck:
            yield _hit("struck", page_key, key, page, None, struck.strip())


def _abbreviation_rows(document: str, texts: PageTexts) -> Iterator[Row]:
    for short, name in sorted(set(explained(texts.whole))):
        key = f"{document}/{short}/{slug(name)}"
        yield "abbreviations", {"id": key, "document_id": document, "abbreviation": short, "name": name}


def _meeting_rows(key: str, found: Extraction, meeting: str | None) -> Iterator[Row]:
    if not found.meeting:
        return
    place = {"document_id": key, "meeting_id": meeting}
    yield "meeting_documents", place | _values("meeting_documents", found.meeting)
    yield from _evidence("meeting_documents", key, key, found.meeting)
    for n, attendance in enumerate(found.meeting.attendances, 1):
        attendance_key = f"{key}/{n}"
        yield "attendances", {"id": attendance_key} | place | _values("attendances", attendance)
        yield from _evidence("attendances", attendance_key, key, attendance)


def _case_rows(document: str, key: str, item: CaseItem, sitting: Sitting) -> Iterator[Row]:
    case = case_key(sitting.body, sitting.meeting, item.number)
    if case:
        yield "cases", {"id": case, "body_id": sitting.body, "number": item.number}
    place = {"id": key, "document_id": document, "case_id": case, "meeting_id": sitting.meeting}
    yield "case_items", place | _values("case_items", item)
    yield from _evidence("case_items", key, document, item)
    title = " ".join(part for part in (item.number, item.title) if part)
    yield _hit("case", key, document, item.first_page, title, item.text)
    decision_keys = told_apart(f"{key}/{decision.stage}/{decision.ordinal}" for decision in item.decisions)
    for decision_key, decision in zip(decision_keys, item.decisions, strict=True):
        page = decision_page(decision, item)
        point = {"id": decision_key, "case_item_id": key, "document_id": document, "page": page}
        yield "decisions", point | _values("decisions", decision)
        yield from _evidence("decisions", decision_key, document, decision)
        yield _hit("decision", decision_key, document, page, title, decision.text)
    yield from _vote_rows(document, key, item)


def _vote_rows(document: str, item: str, case_item: CaseItem) -> Iterator[Row]:
    """The votes of a case, each with those who are named in it."""
    for ordinal, vote in enumerate(case_item.votes, 1):
        key = f"{item}/v{ordinal}"
        page = next((evidence.page for evidence in vote.evidence), None)
        place = {"case_item_id": item, "document_id": document, "page": page}
        yield "votes", {"id": key, "ordinal": ordinal} | place | _values("votes", vote)
        yield from _evidence("votes", key, document, vote)
        for n, name in enumerate(vote.names, 1):
            yield "vote_names", {"id": f"{key}/{n}", "vote_id": key} | place | _values("vote_names", name)


def _responsibility_rows(document: str, found: Extraction, items: list[str]) -> Iterator[Row]:
    """The commitments, each with the first case item of its number and the point it was read from."""
    by_number = {item.number: key for key, item in zip(reversed(items), reversed(found.case_items), strict=True)}
    cases = zip(items, found.case_items, strict=True)
    points = {f"{key}/{d.stage}/{d.ordinal}" for key, item in cases for d in item.decisions}
    for n, responsibility in enumerate(found.responsibilities, 1):
        key = f"{document}/a{n}"
        case = by_number.get(responsibility.number)
        decision = f"{case}/{responsibility.stage}/{responsibility.ordinal}"
        place = {
            "id": key,
            "document_id": document,
            "case_item_id": case,
            "decision_id": decision if decision in points else None,
            "page": next((evidence.page for evidence in responsibility.evidence), None),
        }
        yield "responsibilities", place | _values("responsibilities", responsibility)
        yield from _evidence("responsibilities", key, document, responsibility)


def _reference_rows(document: str, found: Extraction, items: list[str]) -> Iterator[Row]:
    """The references, each with the first case item of its number."""
    by_number = {item.number: key for key, item in zip(reversed(items), reversed(found.case_items), strict=True)}
    for n, reference in enumerate(found.references, 1):
        if reference.number not in by_number:
            continue
        key = f"{document}/h{n}"
        page = next((evidence.page for evidence in reference.evidence), None)
        item = by_number[reference.number]
        place = {"id": key, "document_id": document, "case_item_id": item, "page": page}
        point = _point_with(reference, item, found.case_items[items.index(item)])
        yield "case_references", place | {"decision_id": point} | _values("case_references", reference)
        yield from _evidence("case_references", key, document, reference)


def _point_with(reference: Reference, key: str, item: CaseItem) -> str | None:
    """The point that a reference stands in, an adopted one before a proposal; None where it stands in other text."""
    sentences = {evidence.text for evidence in reference.evidence if evidence.field == "kind"}
    points = [d for d in item.decisions if any(sentence in d.text for sentence in sentences)]
    first = min(points, key=lambda d: (d.stage, d.ordinal), default=None)
    return f"{key}/{first.stage}/{first.ordinal}" if first else None


def _progress_rows(document: str, found: Extraction, items: list[str]) -> Iterator[Row]:
    """What is said of how far work has come, each with the first case item of its number."""
    by_number = {item.number: key for key, item in zip(reversed(items), reversed(found.case_items), strict=True)}
    for n, note in enumerate(found.progress, 1):
        key = f"{document}/o{n}"
        page = next((evidence.page for evidence in note.evidence), None)
        place = {"id": key, "document_id": document, "case_item_id": by_number.get(note.number), "page": page}
        yield "progress_notes", place | _values("progress_notes", note)
        yield from _evidence("progress_notes", key, document, note)


def _measure_rows(document: str, measures: tuple[Measure, ...]) -> Iterator[Row]:
    for n, measure in enumerate(measures, 1):
        key = f"{document}/t{n}"
        page = next((evidence.page for evidence in measure.evidence if evidence.field == "title"), None)
        yield "measures", {"id": key, "document_id": document, "page": page} | _values("measures", measure)
        yield from _evidence("measures", key, document, measure)


def _input_rows(document: str, found: Extraction) -> Iterator[Row]:
    if found.submission:
        yield "submissions", {"document_id": document} | _values("submissions", found.submission)
        yield from _evidence("submissions", document, document, found.submission)
    for n, point in enumerate(found.input_points, 1):
        key = f"{document}/i{n}"
        page = next((e.page for e in point.evidence if e.field == "text"), None)
        place = {"id": key, "document_id": document, "ordinal": n, "page": page}
        yield "input_points", place | _values("input_points", point)
        yield from _evidence("input_points", key, document, point)


def decision_page(decision: Decision, item: CaseItem) -> int | None:
    """The page on which a point begins: where its evidence stands, or the only page of its case.

    >>> decision = Decision(stage="adopted", ordinal=1, text="Godkjent")
    >>> decision_page(decision, CaseItem(first_page=3, last_page=3, decisions=(decision,)))
    3
    >>> decision_page(decision, CaseItem(first_page=3, last_page=4, decisions=(decision,)))
    """
    stated = next((evidence.page for evidence in decision.evidence if evidence.page), None)
    return stated or (item.first_page if item.first_page == item.last_page else None)


def _evidence(record_table: str, key: str, document: str, record: Record) -> Iterator[Row]:
    for n, evidence in enumerate(record.evidence, 1):
        place = {
            "id": f"{record_table}:{key}:{n}",
            "record_table": record_table,
            "record_id": key,
            "document_id": document,
        }
        yield "evidence", place | _values("evidence", evidence)


def _hit(kind: str, key: str, document: str, page: int | None, title: str | None, text: str) -> Row:
    return (
        "search",
        {"kind": kind, "record_id": key, "document_id": document, "page": page, "title": title or "", "text": text},
    )


def _values(name: str, record: Any) -> dict[str, Any]:
    return record_values(record, _stored(name))


@cache
def _stored(name: str) -> frozenset[str]:
    return frozenset(table(name).names)
