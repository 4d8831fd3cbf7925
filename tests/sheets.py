"""A sheet of text as a PDF and as a DOCX: documents of a few lines, written in the test that reads them.

A line is a paragraph: ``**bold**``, ``**bold lead** and text``, ``# bigger and bold``, ``## bigger``,
``| cell | cell |`` in a ruled table, ``a ~ b`` at tab stops. ``---`` begins a new page, and an empty line is blank.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.reader import read_pdf
from models.layout import File
from tests.word_builder import bold, p, r, read, table, tc, tr

LEFT, RIGHT, TOP = 60.0, 535.0, 70.0
LEADING = 14.0
SIZE = 10.5
TABS = (60.0, 150.0, 380.0, 450.0)
"""Where the columns of a line with tab stops, and of a ruled table, begin."""


def pdf(text: str) -> File:
    """The sheet as the reader of PDF files gives it."""
    return read_pdf("ark.pdf", drawn(text))


def docx(text: str) -> File:
    """The sheet as the reader of DOCX files gives it."""
    return read("".join(_word(text.strip("\n").splitlines())))


def drawn(text: str) -> bytes:
    """The sheet as the bytes of a PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in text.strip("\n").split("\n---\n"):
        _page(canvas, page.splitlines())
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page(canvas: Canvas, lines: list[str]) -> None:
    top = TOP
    for is_row, run in groupby(lines, key=_is_row):
        if is_row:
            top = _ruled(canvas, top, [_cells(line) for line in run])
            continue
        for line in run:
            face, size, content = _face(line)
            if content.startswith("**"):
                top = _led(canvas, top, content)
            elif " ~ " in content:
                for x, part in zip(TABS, content.split(" ~ "), strict=False):
                    _write(canvas, x, top, part, face, size)
                top += LEADING
            else:
                top = _written(canvas, LEFT, RIGHT, top, content, face, size)


def _written(canvas: Canvas, left: float, right: float, top: float, text: str, face: str, size: float) -> float:
    """A paragraph broken into lines, and the height below it; an empty one is a blank line."""
    for line in simpleSplit(text, face, size, right - left) or [""]:
        _write(canvas, left, top, line, face, size)
        top += LEADING * max(size / SIZE, 1.0)
    return top


def _led(canvas: Canvas, top: float, text: str) -> float:
    """A line that begins in bold, and the height below it."""
    lead, rest = text[2:].split("**", 1)
    _write(canvas, LEFT, top, lead, "Helvetica-Bold", SIZE)
    _write(canvas, LEFT + stringWidth(lead, "Helvetica-Bold", SIZE), top, rest, "Helvetica", SIZE)
    return top + LEADING


def _write(canvas: Canvas, x: float, top: float, text: str, face: str, size: float) -> None:
    canvas.setFont(face, size)
    canvas.drawString(x, A4[1] - top, text)


def _ruled(canvas: Canvas, top: float, rows: list[list[str]]) -> float:
    columns = [*TABS[: len(rows[0])], RIGHT]
    top += 2
    edges = [top - LEADING + 3]
    for row in rows:
        below = top
        for x, end, cell in zip(columns, columns[1:], row, strict=False):
            at = top
            for part in cell.split("<br>"):
                face, size, content = _face(part)
                at = _written(canvas, x + 4, end - 4, at, content, face, size)
            below = max(below, at)
        top = below + 2
        edges.append(top - LEADING + 3)
    for edge in edges:
        canvas.line(columns[0], A4[1] - edge, columns[-1], A4[1] - edge)
    for x in columns:
        canvas.line(x, A4[1] - edges[0], x, A4[1] - edges[-1])
    return top + 4


def _word(lines: list[str]) -> Iterator[str]:
    for is_row, run in groupby(lines, key=_is_row):
        if is_row:
            yield table(*(tr(*(tc("".join(map(_styled, cell.split("<br>")))) for cell in _cells(row))) for row in run))
        else:
            yield from map(_styled, run)


def _styled(line: str) -> str:
    if line == "---":
        return p('<w:r><w:br w:type="page"/></w:r>')
    face, size, content = _face(line)
    content = escape(content)
    if content.startswith("**"):
        lead, rest = content[2:].split("**", 1)
        return p(bold(lead) + r(rest))
    if size > SIZE:
        return p(r(content, f'<w:b/><w:sz w:val="{2 * size:.0f}"/>'))
    written = content.replace(" ~ ", '</w:t><w:tab/><w:t xml:space="preserve">')
    run = f'<w:t xml:space="preserve">{written}</w:t>'
    return p(bold(run) if face.endswith("Bold") else r(run) if content else "")


def _is_row(line: str) -> bool:
    return line.startswith("|")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _face(line: str) -> tuple[str, float, str]:
    if line.startswith("## "):
        return "Helvetica", 13.0, line[3:]
    if line.startswith("# "):
        return "Helvetica-Bold", 14.0, line[2:]
    if line.startswith("**") and line.endswith("**"):
        return "Helvetica-Bold", SIZE, line.strip("*")
    return "Helvetica", SIZE, line
