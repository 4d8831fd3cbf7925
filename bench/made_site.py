"""A published database of a large made-up collaboration, for measuring the site: rows without documents behind them.

Each meeting has an agenda and minutes of three pages, ten cases, twelve people, and for one case in three a task that a
case of the next meeting may take up. One document is a real PDF, for the page images.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

import store
from store.publish import ANALYSED
from store.search_index import index_search
from store.stored_views import store_views

CASES_OF_A_MEETING = 10
MEETINGS_OF_A_BODY = 500
PEOPLE = 400
AT_A_TIME = 20_000
"""Rows handed to SQLite together."""
PLACES = ("Nordvik", "Sørdal", "Eikeland", "Fossum", "Havnes")
SUBJECTS = ("samhandlingsavvik", "vikarordning", "digital hjemmeoppfølging", "trygg hjemreise", "mobil røntgen")
ORGANISATIONS = 60
STATES = ("on_agenda", "treated", "done", "treated")

Row = tuple[str, dict[str, Any]]


def build(folder: Path, cases: int) -> Path:
    """Make the served database of so many cases in ``folder``."""
    served = folder / "sakspor.db"
    db = store.open_database(served)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    for (table, _), found in groupby(_rows(folder, cases), key=_shape):
        values = (row for _, row in found)
        while part := list(islice(values, AT_A_TIME)):
            names = ", ".join(f'"{name}"' for name in part[0])
            places = ", ".join(f":{name}" for name in part[0])
            db.conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", part)  # noqa: S608
    db.execute("INSERT INTO publication VALUES ('public')")
    index_search(db, ())
    store_views(db)
    db.execute("COMMIT")
    db.execute("INSERT INTO search(search) VALUES ('optimize')")
    db.execute(f"PRAGMA analysis_limit = {ANALYSED}")
    db.execute("ANALYZE")
    db.close()
    return served


def _shape(row: Row) -> tuple[str, tuple[str, ...]]:
    """Rows of the same shape can be written by one statement."""
    return row[0], tuple(row[1])


def _rows(folder: Path, cases: int) -> Iterator[Row]:
    """All rows, those of a meeting together."""
    meetings = max(cases // CASES_OF_A_MEETING, 2)
    bodies = -(-meetings // MEETINGS_OF_A_BODY)
    for n in range(bodies):
        yield "bodies", {"id": f"u{n}", "name": f"Utvalg {n}", "collaboration": "Fjordregionen"}
    for n in range(PEOPLE):
        name = {"name": f"Person Etternavn{n}", "spellings": f'["Person Etternavn{n}"]'}
        yield "people", {"id": f"p{n}", "first_date": "2004-01-01", "last_date": "2024-01-01"} | name
    for n in range(ORGANISATIONS):
        name = {"name": f"Kommune {n}", "spellings": json.dumps([f"Kommune {n}"])}
        yield "organisations", {"id": f"o{n}", "first_date": "2004-01-01", "last_date": "2024-01-01"} | name
    for n in range(meetings):
        yield from sorted(_meeting(folder, n), key=_shape)
    yield from _letters(meetings // 20)
    yield from _plans(meetings // 50)


def _meeting(folder: Path, n: int) -> Iterator[Row]:
    body, nth = n // MEETINGS_OF_A_BODY, n % MEETINGS_OF_A_BODY
    day = (date(2004, 1, 1) + timedelta(days=14 * nth)).isoformat()
    key = f"u{body}-{day}"
    yield "meetings", {"id": key, "body_id": f"u{body}", "date": day, "start": "09:00", "place": PLACES[n % 5]}
    for kind in ("agenda", "minutes"):
        document = f"{key}-{kind}"
        yield from _document(folder, document, kind, key, f"u{body}", day, real=n == 0 and kind == "agenda")
        if kind == "minutes":
            yield from _attendance(document, key, day, n)
        for c in range(CASES_OF_A_MEETING):
            yield from _case(document, kind, key, (body, nth, c), day)


def _document(folder: Path, key: str, kind: str, meeting: str, body: str, day: str, real: bool) -> Iterator[Row]:
    sha256 = hashlib.sha256(key.encode()).hexdigest()
    path = f"{key}.pdf"
    if real:
        sha256 = _draw(folder / path)
    file = {"kind": "pdf", "status": "loaded", "bytes": 9, "pages": 3, "downloadable": 1}
    yield "source_files", {"sha256": sha256, "path": path} | file
    place = {"sha256": sha256, "body_id": body, "meeting_id": meeting, "n": 0, "claim": "x"}
    yield (
        "documents",
        {"id": key, "kind": kind, "title": f"{kind} {day}", "date": day, "first_page": 1, "last_page": 3} | place,
    )
    for page in (1, 2, 3):
        lines = [f"Sak om {SUBJECTS[n % 5]} i {PLACES[n % 5]}, linje {n}" for n in range(30)]
        boxes = "\n".join(f"72 {90 + 20 * n} 400 {104 + 20 * n}" for n in range(30))
        text = {"page": page, "text": "\n".join(lines), "places": boxes}
        yield "pages", {"id": f"{key}/s{page}", "document_id": key} | text
        yield _hit("page", f"{key}/s{page}", key, f"{kind} {day}", "\n".join(lines[:5]))
    if key.endswith("0-minutes"):
        problem = {"sha256": sha256, "path": path, "code": "needs_ocr", "page": 2, "detail": ""}
        yield "problems", {"id": f"{key}/m1"} | problem


def _draw(path: Path) -> str:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    for _ in range(3):
        for n in range(35):
            canvas.drawString(72, 742 - 20 * n, f"Sak om {SUBJECTS[n % 5]} i {PLACES[n % 5]}, linje {n}")
        canvas.showPage()
    canvas.save()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _attendance(document: str, meeting: str, day: str, n: int) -> Iterator[Row]:
    for nth in range(12):
        key, person, place = f"{document}/{nth}", (n + 31 * nth) % PEOPLE, PLACES[nth % 5]
        at = {"document_id": document, "meeting_id": meeting, "organisation": f"{place} kommune"}
        name = f"Person Etternavn{person}"
        yield "attendances", {"id": key, "name": name, "presence": "absent" if nth == 3 else "present"} | at
        mention = {"record_table": "attendances", "record_id": key, "document_id": document, "date": day, "how": "name"}
        meant = {"person_id": f"p{person}", "organisation_id": None, "printed": name, "field": "name"}
        yield "name_mentions", {"id": f"{key}:n"} | mention | meant
        own = f"o{person % ORGANISATIONS}"
        meant = {"person_id": None, "organisation_id": own, "printed": place, "field": "organisation"}
        yield "name_mentions", {"id": f"{key}:o"} | mention | meant


def _case(document: str, kind: str, meeting: str, at: tuple[int, int, int], day: str) -> Iterator[Row]:
    body, nth, c = at
    number = f"{day[:4]}.{nth * CASES_OF_A_MEETING + c}"
    case, item = f"u{body}-{number}", f"{document}/{number}"
    title = f"{SUBJECTS[c % 5].capitalize()} i {PLACES[nth % 5]}"
    outcome = "approved" if kind == "minutes" else None
    if kind == "agenda":
        days = {"first_date": day, "last_date": day, "outcome": "approved"}
        yield "cases", {"id": case, "body_id": f"u{body}", "number": number, "title": title} | days
    where = {"document_id": document, "case_id": case, "meeting_id": meeting}
    said = {"kinds": '["decision"]', "responsible": f'["Person Etternavn{c}"]', "attachments": 0, "text": title}
    yield (
        "case_items",
        {"id": item, "number": number, "title": title, "outcome": outcome, "first_page": 1, "last_page": 2}
        | where
        | said,
    )
    yield _hit("case", item, document, f"{number} {title}", title)
    stage = "adopted" if kind == "minutes" else "proposed"
    point, text = f"{item}/{stage}/1", f"{PLACES[c % 5]} kommune legger frem en plan for {title}."
    rest = {
        "page": 2,
        "stage": stage,
        "ordinal": 1,
        "text": text,
        "outcome": "approved",
        "by_reference": 0,
        "date": day,
    }
    yield "decisions", {"id": point, "case_item_id": item, "document_id": document} | rest
    yield _hit("decision", point, document, f"{number} {title}", text)
    box = {"page": 2, "x0": 72.0, "top": 90.0, "x1": 400.0, "bottom": 104.0, "field": "text", "text": text}
    yield (
        "evidence",
        {"id": f"decisions:{point}:1", "record_table": "decisions", "record_id": point, "document_id": document} | box,
    )
    if stage == "adopted" and c % 3 == 0:
        yield from _task(document, item, point, at, day)


def _task(document: str, item: str, point: str, at: tuple[int, int, int], day: str) -> Iterator[Row]:
    body, nth, c = at
    place, latest = PLACES[c % 5], (date.fromisoformat(day) + timedelta(days=90)).isoformat()
    key = f"{document}/a{c}"
    when = {"deadline_text": f"innen {latest}", "deadline": latest, "earliest": latest, "latest": latest}
    task = {"stage": "adopted", "ordinal": 1, "actor": f"{place} kommune", "action": "legger frem en plan", "page": 2}
    yield (
        "responsibilities",
        {"id": key, "document_id": document, "case_item_id": item, "decision_id": point} | task | when,
    )
    mention = {"record_table": "responsibilities", "record_id": key, "document_id": document, "date": day}
    own = f"o{nth % ORGANISATIONS}"
    meant = {"person_id": None, "organisation_id": own, "printed": place, "field": "actor", "how": "name"}
    yield "name_mentions", {"id": f"{key}:o"} | mention | meant
    carrier = f"{point}/1" if c and nth + 1 < MEETINGS_OF_A_BODY else None
    if carrier:
        later = (date.fromisoformat(day) + timedelta(days=14)).isoformat()
        number = f"{later[:4]}.{(nth + 1) * CASES_OF_A_MEETING + c}"
        meeting = f"u{body}-{later}"
        where = {"case_id": f"u{body}-{number}", "meeting_id": meeting, "document_id": f"{meeting}-minutes", "page": 2}
        said = {
            "kind": "reference",
            "says": STATES[c % 4],
            "text": "Planen godkjennes.",
            "compared": "x",
            "score": 90.0,
        }
        item = f"{meeting}-minutes/{number}"
        yield "decision_carriers", {"id": carrier, "decision_id": point, "case_item_id": item} | where | said
    deadline = {f"deadline_{name}": latest for name in ("edtf", "earliest", "latest")}
    said = {"responsible": f"{place} kommune", "deadline_text": f"innen {latest}", "open_because": "Ingen tar det opp."}
    yield "decision_commitments", {"decision_id": point, "carrier_id": carrier} | said | deadline


def _hit(kind: str, key: str, document: str, title: str, text: str) -> Row:
    return "search", {"kind": kind, "record_id": key, "document_id": document, "page": 2, "title": title, "text": text}


def _letters(count: int) -> Iterator[Row]:
    """Input letters of twenty points each; a document without a file, as a DOCX has no pages."""
    for n in range(max(count, 1)):
        key = f"dok-brev-{n}"
        yield from _loose(key, "input_letter", f"Innspill {n}")
        sent = {
            "sender": f"{PLACES[n % 5]} kommune",
            "recipient": "SSU",
            "date": "2020-01-01",
            "title": f"Innspill {n}",
        }
        yield "submissions", {"document_id": key} | sent
        for point in range(20):
            about = {
                "theme": f"Tema {point % 7}",
                "question": "measures",
                "text": f"Punkt {point} om {SUBJECTS[n % 5]}",
            }
            yield "input_points", {"id": f"{key}/i{point}", "document_id": key, "ordinal": point} | about


def _plans(count: int) -> Iterator[Row]:
    for n in range(max(count, 1)):
        key = f"dok-plan-{n}"
        yield from _loose(key, "action_plan", f"Handlingsplan {n}")
        for nth in range(30):
            identity = f"tiltak-{(n + nth) % 500}"
            named = {"identity": identity, "title": f"Tiltak {(n + nth) % 500}", "group": PLACES[nth % 5]}
            yield "measures", {"id": f"{key}/t{nth}", "document_id": key} | named
    for n in range(500):
        yield "measure_identities", {"id": f"tiltak-{n}", "title": f"Tiltak {n}"}


def _loose(key: str, kind: str, title: str) -> Iterator[Row]:
    sha256 = hashlib.sha256(key.encode()).hexdigest()
    file = {"kind": "docx", "status": "loaded", "bytes": 9, "downloadable": 1}
    yield "source_files", {"sha256": sha256, "path": f"{key}.docx"} | file
    yield "documents", {"id": key, "sha256": sha256, "n": 0, "kind": kind, "title": title, "claim": "x"}
    yield "pages", {"id": f"{key}/s0", "document_id": key, "text": title, "places": "p1"}
