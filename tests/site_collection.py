"""A small collection for the site's tests: an agenda as PDF with two pages, minutes as DOCX, a refused file.

The records are written by hand, so that the site is tested without the reading of files. One title and one text hold
markup, as a document from outside may.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils import parse_metadata
from docx import Document as WordDocument
from reportlab.pdfgen.canvas import Canvas

import serving
import store
from models.layout import Flaw
from models.page import Box
from models.records import Attendance, CaseItem, Decision, Document, Evidence, Extraction, Meeting
from models.result import FileResult

ROOT = Path(__file__).resolve().parent.parent
HOSTILE = "<script>alert('x')</script>"
PROPOSAL = "Samarbeidsutvalget tar saken om samhandlingsavvik til orientering"
DECISION = "Saken om samhandlingsavvik tas til orientering"
AGENDA_LINES = (
    ("Innkalling til møte i Samarbeidsutvalget", "Sted: Nordvik rådhus", "Sak 2031.1 Godkjenning av innkalling"),
    ("Sak 2031.2 Samhandlingsavvik", PROPOSAL, HOSTILE),
)
MINUTES_LINES = ("Referat fra møte", "Sak 2031.2 Samhandlingsavvik", DECISION, "Til stede: Kari Eksempel, Fossum")
MINUTES_TABLE = (("Sak 2031.1", DECISION), ("Neste møte", "Fossum"))


def build(folder: Path) -> Path:
    """Draw the files in ``folder``, load them and publish; gives the served database."""
    agenda, minutes, broken = folder / "innkalling.pdf", folder / "referat ærlig.docx", folder / "skadet.pdf"
    _draw_pdf(agenda)
    _draw_docx(minutes)
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    db = store.open_database(folder / "arbeid.db")
    for result in (_agenda(agenda), _minutes(minutes), _refused(broken)):
        store.save(db, result)
    store.link(db)
    db.close()
    served = folder / "sakspor.db"
    store.publish(folder / "arbeid.db", served)
    return served


def site(served: Path, *, free_sql: bool = False) -> Datasette:
    """The site over a served database, as ``sakspor serve`` runs it."""
    return serving.make_site(served, free_sql=free_sql)


def metadata() -> dict[str, Any]:
    """What metadata.yml says."""
    read: dict[str, Any] = parse_metadata((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    return read


def _draw_pdf(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842))
    for lines in AGENDA_LINES:
        for n, line in enumerate(lines):
            canvas.drawString(72, 742 - 40 * n, line)
        canvas.showPage()
    canvas.save()


def _draw_docx(path: Path) -> None:
    document = WordDocument()
    for line in MINUTES_LINES:
        document.add_paragraph(line)
    table = document.add_table(len(MINUTES_TABLE), 2)
    for row, texts in zip(table.rows, MINUTES_TABLE, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))


def _line(field: str, text: str, page: int, n: int) -> Evidence:
    return Evidence(field=field, text=text, page=page, box=Box(72, 90 + 40 * n, 400, 104 + 40 * n))


def _agenda(path: Path) -> FileResult:
    first, second = AGENDA_LINES
    proposed = Decision(
        stage="proposed", ordinal=1, text=PROPOSAL, outcome="noted", evidence=(_line("text", PROPOSAL, 2, 1),)
    )
    items = (
        CaseItem(
            number="2031.1",
            title="Godkjenning av innkalling",
            kinds=("approval",),
            text=first[2],
            first_page=1,
            last_page=1,
        ),
        CaseItem(
            number="2031.2",
            title="Samhandlingsavvik",
            kinds=("information",),
            responsible=("Ola Eksempel",),
            decisions=(proposed,),
            text="\n".join(second),
            first_page=2,
            last_page=2,
            evidence=(_line("title", "Samhandlingsavvik", 2, 0),),
        ),
    )
    document = Document(
        n=0, kind="agenda", title=f"Innkalling {HOSTILE}", body="SU", date="2031-03-04", first_page=1, last_page=2
    )
    meeting = Meeting(body="SU", date="2031-03-04", start="09:00", end="11:30", place="Nordvik rådhus")
    return _result(path, "pdf", Extraction(document=document, meeting=meeting, case_items=items), 2, AGENDA_LINES)


def _minutes(path: Path) -> FileResult:
    evidence = Evidence(field="text", text=DECISION, address="p3")
    adopted = Decision(stage="adopted", ordinal=1, text=DECISION, outcome="noted", evidence=(evidence,))
    item = CaseItem(
        number="2031.2",
        title="Samhandlingsavvik",
        decisions=(adopted,),
        outcome="noted",
        text="\n".join(MINUTES_LINES[1:3]),
    )
    present = Attendance(name="Kari Eksempel", organisation="Fossum", presence="present")
    meeting = Meeting(body="SU", date="2031-03-04", chair="Kari Eksempel", attendances=(present,))
    document = Document(n=0, kind="minutes", title="Referat SU", body="SU", date="2031-03-04")
    extraction = Extraction(
        document=document, meeting=meeting, case_items=(item,), problems=(("unread_row", None, "rad 2"),)
    )
    places = [f"p{n}" for n in range(1, 5)] + [f"t1.r{row}.c{cell}.p1" for row in (1, 2) for cell in (1, 2)]
    lines = MINUTES_LINES + MINUTES_TABLE[0] + MINUTES_TABLE[1]
    return replace(_result(path, "docx", extraction, None, (lines,)), places=({None: "\n".join(places)},))


def _result(
    path: Path, kind: str, extraction: Extraction, pages: int | None, lines: tuple[tuple[str, ...], ...]
) -> FileResult:
    content = path.read_bytes()
    texts: dict[int | None, str] = {(n if pages else None): "\n".join(page) for n, page in enumerate(lines, 1)}
    sha256 = hashlib.sha256(content).hexdigest()
    return FileResult(
        str(path), sha256, kind, pages, extractions=(extraction,), texts=(texts,), flaws=(), bytes=len(content)
    )


def _refused(path: Path) -> FileResult:
    content = path.read_bytes()
    flaw = Flaw("damaged")
    return FileResult(str(path), hashlib.sha256(content).hexdigest(), code="damaged", flaws=(flaw,), bytes=len(content))
