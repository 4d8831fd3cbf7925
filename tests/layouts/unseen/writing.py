"""Writes a text as DOCX, every part of the package with one fixed date."""

from __future__ import annotations

from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from corpus.word import repacked
from tests.layouts.unseen.markup import Block, Grid, parts, runs

MADE = datetime(2025, 12, 1, 9, 0, tzinfo=UTC)
_STYLES = {
    "title": "Title",
    "heading": "Heading 1",
    "sub": "Heading 2",
    "bullet": "List Bullet",
    "numbered": "List Number",
}


def write(text: str) -> bytes:
    """The DOCX of a text of one part; the same text gives the same bytes."""
    (part,) = parts(text)
    document = Document()
    document.styles["Normal"].font.name = part.settings.get("font", "Calibri")
    document.styles["Normal"].font.size = Pt(float(part.settings.get("size", "11")))
    _properties(document, part.settings.get("title", ""))
    width = _page(document, turned="landscape" in part.settings)
    document.sections[0].header.paragraphs[0].text = part.settings.get("header", "")
    document.sections[0].footer.paragraphs[0].text = part.settings.get("footer", "")
    before = None
    for block in part.blocks:
        if isinstance(block, Grid):
            _table(document, block, width)
        else:
            _paragraph(document, block, anew=block.kind == "numbered" != before)
        before = None if isinstance(block, Grid) else block.kind
    return repacked(document, MADE)


def _properties(document: Docx, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "Fjordregionen", ""
    properties.comments = ""
    properties.created = properties.modified = MADE


def _page(document: Docx, *, turned: bool) -> int:
    """Makes the page an A4, upright or turned; returns the width of the type area in English Metric Units."""
    section, margin = document.sections[0], Mm(23)
    width, height = (Mm(297), Mm(210)) if turned else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = margin
    return int(width - 2 * margin)


def _paragraph(document: Docx, block: Block, *, anew: bool) -> None:
    paragraph = document.add_paragraph(style=_STYLES.get(block.kind))
    if block.kind == "page":
        paragraph.add_run().add_break(WD_BREAK.PAGE)
        return
    if block.kind == "centre":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if block.kind in ("indent", "quote"):
        paragraph.paragraph_format.left_indent = Mm(10)
    if anew:
        _number_anew(document, paragraph)
    elif block.kind == "numbered":
        _number_on(document, paragraph)
    _fill(paragraph, block.text, italic=block.kind == "quote")


def _number_anew(document: Docx, paragraph: Paragraph) -> None:
    """Begins a list of its own at 1: a new numbering instance of the abstract list that ``List Number`` uses."""
    numbering = document.part.numbering_part.element
    used = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(used).abstractNumId.val
    instance = numbering.add_num(abstract)
    instance.add_lvlOverride(ilvl=0).add_startOverride(1)
    _set_number(paragraph, instance.numId)


def _number_on(document: Docx, paragraph: Paragraph) -> None:
    """Goes on with the list that was begun last."""
    _set_number(paragraph, max(num.numId for num in document.part.numbering_part.element.num_lst))


def _set_number(paragraph: Paragraph, instance: int) -> None:
    number = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", 0), ("w:numId", instance)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        number.append(child)
    paragraph._p.get_or_add_pPr().append(number)


def _fill(paragraph: Paragraph, text: str, *, italic: bool = False) -> None:
    for words, bold in runs(text):
        run = paragraph.add_run(words)
        run.bold, run.italic = bold or None, italic or None


def _table(document: Docx, grid: Grid, width: int) -> None:
    made = document.add_table(rows=len(grid.rows), cols=len(grid.widths))
    made.autofit = False
    for column, share in zip(made.columns, grid.widths, strict=True):
        column.width = int(width * share)
    if grid.rules != "open":
        made.style = "Table Grid" if grid.rules == "ruled" else "Light List"
    for row, cells in zip(made.rows, grid.rows, strict=True):
        for cell, lines, share in zip(row.cells, cells, grid.widths, strict=True):
            cell.width = int(width * share)
            for n, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(2)
                _fill(paragraph, line)
    document.add_paragraph()
