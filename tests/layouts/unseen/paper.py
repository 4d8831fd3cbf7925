"""Draws a text as PDF with reportlab's layout engine, one part after the other."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pypdfium2
import reportlab
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from corpus.build import merged
from tests.layouts.unseen.markup import Block, Grid, Part, parts, runs

_FACES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "Courier": ("Courier", "Courier-Bold", "Courier-Oblique"),
    "Vera": ("Vera", "VeraBd", "VeraIt"),
}
_RULES: dict[str, list[tuple[Any, ...]]] = {
    "ruled": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "lines": [("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey), ("LINEABOVE", (0, 0), (-1, 0), 0.8, colors.black)],
    "open": [],
}
_GROWTH = {"title": 1.6, "heading": 1.2}
_INDENTS = {"bullet": 16, "numbered": 18, "quote": 22, "indent": 22}
MARGIN = 64


def draw(text: str) -> bytes:
    """The PDF of a text; the same text gives the same bytes."""
    _load_fonts()
    drawn = [_with_total(part) for part in parts(text)]
    return drawn[0] if len(drawn) == 1 else merged(drawn)


def _load_fonts() -> None:
    """Registers reportlab's own Vera, which unlike the standard fonts is put into the file."""
    for name in _FACES["Vera"]:
        if name not in pdfmetrics.getRegisteredFontNames():
            path = Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf"
            pdfmetrics.registerFont(TTFont(name, str(path)))


def _with_total(part: Part) -> bytes:
    """A part drawn twice, since the foot of its first page may tell how many follow."""
    return _draw(part, len(pypdfium2.PdfDocument(_draw(part, 0))))


def _draw(part: Part, total: int) -> bytes:
    out = io.BytesIO()
    size = landscape(A4) if "landscape" in part.settings else A4
    template = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=70,
        bottomMargin=62,
        title=part.settings.get("title", ""),
        invariant=1,
    )

    def edges(canvas: Canvas, document: SimpleDocTemplate) -> None:
        _edges(canvas, part.settings, (document.page, total))

    template.build(_story(part, size[0] - 2 * MARGIN - 12), onFirstPage=edges, onLaterPages=edges)
    return out.getvalue()


def _edges(canvas: Canvas, settings: dict[str, str], page: tuple[int, int]) -> None:
    """Running head and foot; ``||`` parts what stands left from what stands right."""
    width, height = canvas._pagesize
    first = int(settings.get("first", "1"))
    canvas.setFont(_faces(settings)[0], 8)
    for key, y in (("header", height - 40), ("footer", 34)):
        line = settings.get(key, "").format(page=page[0] + first - 1, pages=page[1])
        left, _, right = line.partition("||")
        canvas.drawString(MARGIN, y, left.strip())
        canvas.drawRightString(width - MARGIN, y, right.strip())


def _faces(settings: dict[str, str]) -> tuple[str, str, str]:
    return _FACES[settings.get("font", "Helvetica")]


def _story(part: Part, width: float) -> list[Flowable]:
    return [
        _table(block, part.settings, width) if isinstance(block, Grid) else _flowable(block, part.settings)
        for block in part.blocks
    ]


def _flowable(block: Block, settings: dict[str, str]) -> Flowable:
    if block.kind == "blank":
        return Spacer(1, 7)
    if block.kind == "rule":
        return HRFlowable(width="100%", thickness=0.6, color=colors.black, spaceBefore=4, spaceAfter=4)
    if block.kind == "page":
        return PageBreak()
    label = {"bullet": "•", "numbered": block.label}.get(block.kind)
    return Paragraph(_marked(block.text, settings), _style(block.kind, settings), bulletText=label)


def _marked(text: str, settings: dict[str, str]) -> str:
    """The words as reportlab wants them; a wide gap, which a tabulator makes in the original, stays wide."""
    bold, text = _faces(settings)[1], re.sub(r" {3,}", lambda gap: gap[0].replace(" ", "\u00a0"), text)
    return "".join(f'<font name="{bold}">{escape(t)}</font>' if heavy else escape(t) for t, heavy in runs(text))


def _style(kind: str, settings: dict[str, str]) -> ParagraphStyle:
    usual, bold, italic = _faces(settings)
    size = float(settings.get("size", "10")) * _GROWTH.get(kind, 1.0)
    hyphens = "hyphens" in settings and kind not in _GROWTH
    return ParagraphStyle(
        kind,
        fontName=bold if kind in ("title", "heading", "sub") else italic if kind == "quote" else usual,
        bulletFontName=usual,
        bulletFontSize=size,
        bulletIndent=2,
        fontSize=size,
        leading=size * 1.28,
        leftIndent=_INDENTS.get(kind, 0),
        spaceBefore={"title": 4, "heading": 8, "sub": 5}.get(kind, 0),
        spaceAfter=6 if kind == "title" else 2,
        alignment=TA_CENTER if kind == "centre" else TA_JUSTIFY if hyphens else TA_LEFT,
        embeddedHyphenation=1 if hyphens else 0,
    )


def _table(grid: Grid, settings: dict[str, str], width: float) -> Table:
    plain = _style("plain", settings)
    rows = [[[Paragraph(_marked(line, settings), plain) for line in cell] for cell in row] for row in grid.rows]
    rules = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 1), *_RULES[grid.rules]]
    table = Table(rows, colWidths=[share * width for share in grid.widths], style=TableStyle(rules), hAlign="LEFT")
    table.spaceAfter = 6
    return table
