"""Writes a text as DOCX; the same text gives the same bytes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from corpus.word import repacked
from tests.layouts.bodies.looks import LOOKS, MANNERS, Look
from tests.layouts.bodies.markup import Line, Part, Table, parts, runs

MADE = datetime(2025, 1, 7, 9, 0)  # noqa: DTZ001  a document's date has no time zone
"""The date that every file bears, so that the same text gives the same bytes."""
_STYLES = {"title": "Title", "heading": "Heading 2", "bullet": "List Bullet"}
_ALIGNED = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}


def write(text: dict[str, Any]) -> bytes:
    """The DOCX of a text, with running lines of its first stretch on all pages."""
    look, document = LOOKS[text["layout"]], Document()
    document.styles["Normal"].font.name = look.word_font
    document.styles["Normal"].font.size = Pt(look.size)
    document.styles["Normal"].paragraph_format.space_after = Pt(look.gap)
    stretches = list(parts(text["body"], text.get("head", ""), text.get("foot", "")))
    _properties(document, text["name"])
    width = _page(document, look, stretches[0], turned=text.get("landscape", False))
    for n, part in enumerate(stretches):
        if n:
            document.add_page_break()
        for block in part.blocks:
            if isinstance(block, Table):
                _table(document, block, width)
            else:
                _line(document, block, look, width)
    return repacked(document, MADE)


def _properties(document: Docx, name: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = name, "", "", ""
    properties.created = properties.modified = MADE


def _page(document: Docx, look: Look, part: Part, turned: bool) -> int:
    """Makes the page an A4, upright or turned; returns the width of the type area in English Metric Units."""
    section = document.sections[0]
    width, height = (Mm(297), Mm(210)) if turned else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Mm(int(look.margin))
    if part.head:
        section.header.paragraphs[0].text = part.head
    if part.foot:
        section.footer.paragraphs[0].text = part.foot
    return int(width - 2 * section.left_margin)


def _line(document: Docx, line: Line, look: Look, width: int) -> None:
    if line.kind == "page":
        document.add_page_break()
        return
    made = document.add_paragraph(style=_STYLES.get(line.kind))
    if line.kind in _ALIGNED:
        made.alignment = _ALIGNED[line.kind]
    if line.kind == "contents":
        made.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        made.add_run(f"{line.text}\t{line.label}")
        return
    if line.kind in ("point", "indented"):
        made.paragraph_format.left_indent = Mm(7)
    if line.kind == "point":
        made.paragraph_format.first_line_indent = Mm(-7)
        made.paragraph_format.tab_stops.add_tab_stop(Mm(7))
        made.add_run(f"{line.label}\t")
    _runs(made, line.text, MANNERS[look.label] if line.kind == "label" else ())


def _runs(paragraph: Paragraph, text: str, manners: tuple[str, ...] = ()) -> None:
    for run in runs(text):
        made = paragraph.add_run(run.text)
        made.bold = True if run.bold or "b" in manners else None
        made.italic = True if run.italic or "i" in manners else None
        made.underline = True if "u" in manners else None


def _table(document: Docx, table: Table, width: int) -> None:
    made = document.add_table(rows=len(table.rows), cols=len(table.shares))
    if "ruled" in table.looks:
        made.style = "Table Grid"
    made.autofit = False
    for column, share in zip(made.columns, table.shares, strict=True):
        column.width = int(width * share)
    for n, (row, cells) in enumerate(zip(made.rows, table.rows, strict=True)):
        manners = ("b",) if n == 0 and "header" in table.looks else ()
        for cell, text, share in zip(row.cells, cells, table.shares, strict=True):
            cell.width = int(width * share)
            _fill(cell, text, manners)
    document.add_paragraph()


def _fill(cell: _Cell, text: str, manners: tuple[str, ...]) -> None:
    for n, piece in enumerate(text.split("//")):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _runs(paragraph, piece.strip(), manners)
