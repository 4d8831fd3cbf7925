"""Results of reading as workers return them, made by hand: meetings of an invented collaboration."""

from __future__ import annotations

import os
import signal
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.layout import Flaw
from models.page import Box
from models.problems import SaksporError
from models.records import Attendance, CaseItem, Decision, Document, Evidence, Extraction, Meeting
from models.result import FileResult

TITLES = ("Godkjenning av innkalling", "Samhandlingsavvik", "Digital hjemmeoppfølging")


def evidence(field: str, text: str, page: int = 1) -> tuple[Evidence, ...]:
    return (Evidence(field=field, text=text, page=page, box=Box(60, 100, 300, 112)),)


def case(number: str | None, title: str, adopted: str | None = None, **more: Any) -> CaseItem:
    decisions: tuple[Decision, ...] = ()
    if adopted:
        stated = evidence("text", adopted, 2)
        decisions = (Decision(stage="adopted", ordinal=1, text=adopted, outcome="noted", evidence=stated),)
    more = {"outcome": "noted" if adopted else None, "text": f"{title}\n{adopted or ''}", "first_page": 1} | more
    return CaseItem(number=number, title=title, decisions=decisions, evidence=evidence("title", title), **more)


def meeting(kind: str, body: str | None, date: str | None, *items: CaseItem, n: int = 0, **head: Any) -> Extraction:
    """An agenda or minutes with a meeting head."""
    present = Attendance(name="Kari Elvestad", organisation="Nordvik", presence="present")
    return Extraction(
        document=Document(n=n, kind=kind, title=f"{kind} {body}", body=body, date=date, first_page=1, last_page=2),
        meeting=Meeting(body=body, date=date, attendances=(present,), evidence=evidence("date", str(date)), **head),
        case_items=items,
    )


def memo(number: str, body: str | None = None, n: int = 1, date: str | None = None) -> Extraction:
    document = Document(n=n, kind="case_memo", title="Saksfremlegg", body=body, date=date, first_page=3, last_page=4)
    return Extraction(document=document, case_items=(case(number, "Saksfremlegg om avvik"),))


def result(path: str, *extractions: Extraction, content: str | None = None, **more: Any) -> FileResult:
    """A file that was read; its content is named by ``content``, or its path."""
    texts = tuple({1: f"Side 1 av {path}", 2: "Saken tas til orientering"} for _ in extractions)
    fingerprint = sha256((content or path).encode()).hexdigest()
    values: dict[str, Any] = {"kind": "pdf", "pages": 2, "texts": texts, "seconds": 0.25, "bytes": 1000} | more
    return FileResult(path, fingerprint, extractions=extractions, **values)


def refused(path: str, code: str = "damaged", content: str | None = None) -> FileResult:
    fingerprint = "" if content == "" else sha256((content or path).encode()).hexdigest()
    return FileResult(path, fingerprint, code=code, flaws=(Flaw(code),), bytes=7)


def collection() -> list[FileResult]:
    """Two meetings of one body and one of another, a packet with a memo, an undated letter and a refused file."""
    first = [case(f"2024.{n}", title) for n, title in enumerate(TITLES, 1)]
    treated = [case(f"2024.{n}", f"{title} (behandlet)", "Tas til orientering.") for n, title in enumerate(TITLES, 1)]
    letter = Extraction(document=Document(n=0, kind="input_letter", organisation="Fossum", first_page=1, last_page=2))
    return [
        result("innkalling.pdf", meeting("agenda", "SSU", "2024-02-01", *first, place="Rådhuset"), memo("2024.2")),
        result("referat.pdf", meeting("minutes", "SSU", "2024-02-01", *treated, place="Teams", chair="Per Haug")),
        result(
            "referat-pm.pdf",
            meeting("minutes", "PM", "2024-03-01", case("2024.1", "Møteplan"), case(None, "Eventuelt")),
        ),
        result("innspill.pdf", letter, flaws=(Flaw("needs_ocr", 2),)),
        refused("skadet.pdf"),
    ]


def read_made(path: Path) -> FileResult:
    """A reader for tests: the file's text says what becomes of it."""
    content = path.read_text(encoding="utf-8")
    word = content.split()[0] if content.strip() else ""
    if word == "abort":
        os.abort()
    if word == "heng":
        time.sleep(600)
    if word == "drep":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "skadet":
        return refused(str(path), content=content)
    agenda = meeting("agenda", "SSU", "2024-02-01", case("2024.1", content.strip() or "Uten tittel"))
    return result(str(path), agenda, content=content)


def read_slowly(path: Path) -> FileResult:
    time.sleep(0.4)
    return read_made(path)


def never(path: Path) -> FileResult:
    """A reader for files that must not be read."""
    raise SaksporError("unreadable")


def read_all(path: Path) -> FileResult:
    """A newer reader, that manages everything."""
    content = path.read_text(encoding="utf-8")
    agenda = meeting("agenda", "SSU", "2024-02-01", case("2024.1", f"{content}, ny lesing"))
    return result(str(path), agenda, content=content)


def read_none(path: Path) -> FileResult:
    """A reader that is stopped each time."""
    return refused(str(path), "timeout", content=path.read_text(encoding="utf-8"))
