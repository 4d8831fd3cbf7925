"""Writes a text as DOCX, with tracked changes where the text has them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from corpus.layouts import Table, parts
from corpus.markup import Line, lines, runs

MADE = datetime(2024, 12, 2, 9, 0)
"""The date that every file bears, so that the same text gives the same bytes."""
MARGIN = Mm(25)
_STYLES = {"title": "Title", "heading": "Heading 2", "bullet": "List Bullet", "sub": "List Bullet 2"}


def write(text: dict[str, Any]) -> bytes:
    """The DOCX of a text; the same text gives the same bytes."""
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10)
    _properties(document, text["name"])
    line = _page(document, turned=text.get("landscape", False))
    if head := text.get("running_head"):
        document.sections[0].header.paragraphs[0].text = head
    for part in parts(text["block"]):
        if isinstance(part, Table):
            _table(document, part, line)
        else:
            for paragraph in lines(part):
                _paragraph(document.add_paragraph(), paragraph)
    return repacked(document, MADE)


def _properties(document: Docx, name: str) -> None:
    properties = document.core_properties
    properties.title, properties.author = name, "Helsefellesskapet i Fjordregionen"
    properties.last_modified_by, properties.comments = "", ""
    properties.created = properties.modified = MADE


def _page(document: Docx, turned: bool) -> int:
    """Makes the page an A4, upright or turned; returns the width of the type area in English Metric Units."""
    section = document.sections[0]
    width, height = (Mm(297), Mm(210)) if turned else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = MARGIN
    return int(width - 2 * MARGIN)


def _paragraph(paragraph: Paragraph, line: Line) -> None:
    if line.kind in _STYLES:
        paragraph.style = _STYLES[line.kind]
    if line.kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if line.label:
        paragraph.add_run(f"{line.label} ")
    for run in runs(line.text):
        if run.manner in ("inserted", "deleted"):
            number = 100 + len(paragraph.part.element.xpath("//w:ins | //w:del"))
            paragraph._p.append(_tracked(run.text, run.manner, number))
            continue
        made = paragraph.add_run(run.text)
        made.bold = True if run.manner == "bold" or line.kind in ("bold", "right") else None
        made.italic = True if line.kind == "italic" else None


def _tracked(text: str, manner: str, number: int) -> Any:
    """A ``w:ins`` or ``w:del`` with one run in it."""
    kind, holder = ("ins", "w:t") if manner == "inserted" else ("del", "w:delText")
    change = OxmlElement(f"w:{kind}")
    change.set(qn("w:id"), str(number))
    change.set(qn("w:author"), "Fagutvalget")
    change.set(qn("w:date"), "2022-09-12T10:00:00Z")
    run, words = OxmlElement("w:r"), OxmlElement(holder)
    words.set(qn("xml:space"), "preserve")
    words.text = text
    run.append(words)
    change.append(run)
    return change


def _table(document: Docx, table: Table, line: int) -> None:
    made = document.add_table(rows=len(table.rows), cols=len(table.widths))
    if table.ruled:
        made.style = "Table Grid"
    for row, cells in zip(made.rows, table.rows, strict=True):
        for cell, text, share in zip(row.cells, cells, table.widths, strict=True):
            cell.width = int(line * share)
            _fill(cell, text)
    document.add_paragraph()


def _fill(cell: _Cell, text: str) -> None:
    for n, line in enumerate(lines(text)):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        _paragraph(paragraph, line)
        paragraph.paragraph_format.space_after = Pt(0)


def repacked(document: Docx, made: datetime) -> bytes:
    """The saved file with one fixed date on every part of its package: the same texts give the same bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for part in package.namelist():
            info = zipfile.ZipInfo(part, made.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            fresh.writestr(info, package.read(part))
    return out.getvalue()
