"""Draws a text as PDF.

Lines are broken here and not by a layout engine, so that table rows go on over page breaks as in exported minutes.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import reportlab
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.layouts import Table, parts
from corpus.markup import Line, lines, runs

MARGIN = 62.0
FOOT = 70.0
PAD = 4.0
"""Blank space between a ruling line and the words of a cell, in points."""
LEADING = 1.32
RED = (0.78, 0.1, 0.1)
_SIZES = {"title": 16.0, "heading": 12.0}
_INDENTS = {"bullet": 18.0, "sub": 34.0, "letter": 20.0}
_FONTS = ("Vera", "VeraBd", "VeraIt")
_FACES = {"title": "VeraBd", "heading": "VeraBd", "bold": "VeraBd", "right": "VeraBd", "italic": "VeraIt"}


class Piece(NamedTuple):
    """Words on one line in one manner, at ``x`` points from the left edge of their column."""

    x: float
    text: str
    font: str
    size: float
    manner: str


class Row(NamedTuple):
    """One set line of a column."""

    pieces: tuple[Piece, ...]
    height: float


def load_fonts() -> None:
    """Registers reportlab's own Vera, which has the Norwegian letters.

    The private-use bullet of Word's Symbol font is given the glyph of the common bullet.
    """
    for name in _FONTS:
        font = TTFont(name, str(Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf"))
        face = font.face
        face.charToGlyph[0xF0B7], face.charWidths[0xF0B7] = face.charToGlyph[0x2022], face.charWidths[0x2022]
        pdfmetrics.registerFont(font)


def width_of(text: str, font: str, size: float) -> float:
    """Width in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def set_lines(text: str, width: float, size: float, bullet: str) -> list[Row]:
    """Marked text as lines no wider than ``width`` points."""
    return [row for line in lines(text) for row in _set_line(line, width, size, bullet)]


def _set_line(line: Line, width: float, size: float, bullet: str) -> list[Row]:
    if line.kind == "blank":
        return [Row((), size * 0.8)]
    size = _SIZES.get(line.kind, size)
    indent = _INDENTS.get(line.kind, 0.0)
    rows = [Row(tuple(row), size * LEADING) for row in _wrap(_words(line), width - indent, size)]
    if line.kind == "right":
        return [_moved(row, width - _end(row)) for row in rows]
    rows = [_moved(row, indent) for row in rows]
    label = {"bullet": bullet, "sub": "o", "letter": line.label}.get(line.kind)
    if label:
        mark = Piece(indent - width_of(label, "Vera", size) - 5.0, label, "Vera", size, "plain")
        rows[0] = Row((mark, *rows[0].pieces), rows[0].height)
    return rows


def _words(line: Line) -> list[tuple[str, str, str]]:
    """(word, font, manner) of a line, a run's tracked manner kept."""
    usual = _FACES.get(line.kind, "Vera")
    return [
        (word, "VeraBd" if run.manner == "bold" else usual, run.manner)
        for run in runs(line.text)
        for word in run.text.split(" ")
        if word
    ]


def _wrap(words: list[tuple[str, str, str]], width: float, size: float) -> list[list[Piece]]:
    """Greedy line breaking; a word that does not fit is broken at a soft hyphen where it has one."""
    rows: list[list[Piece]] = [[]]
    x = 0.0
    for word, font, manner in words:
        for part in _fitting(word, font, size, width - x):
            wide = width_of(part, font, size)
            if rows[-1] and x + wide > width:
                rows.append([])
                x = 0.0
            rows[-1].append(Piece(x, part, font, size, manner))
            x += wide + width_of(" ", font, size)
    return rows


def _fitting(word: str, font: str, size: float, room: float) -> list[str]:
    """The word whole, or cut after the last soft hyphen that fits in ``room`` points.

    Soft hyphens at which the word is not cut are not drawn.
    """
    shown = word.replace("\u00ad", "")
    if width_of(shown, font, size) <= room or shown == word:
        return [shown]
    starts = [word[: found.end()].replace("\u00ad", "") + "\u00ad" for found in re.finditer("\u00ad", word)]
    fitting = [start for start in starts if width_of(start, font, size) <= room]
    return [fitting[-1], shown[len(fitting[-1]) - 1 :]] if fitting else [shown]


def _moved(row: Row, by: float) -> Row:
    return Row(tuple(piece._replace(x=piece.x + by) for piece in row.pieces), row.height)


def _end(row: Row) -> float:
    return max((p.x + width_of(p.text, p.font, p.size) for p in row.pieces), default=0.0)


@dataclass
class Sheet:
    """The page being drawn: a canvas and how far down it one has come."""

    canvas: Canvas
    size: tuple[float, float]
    text: dict[str, Any]
    page: int = 1
    top: float = field(init=False)

    def __post_init__(self) -> None:
        self._open()

    @property
    def line(self) -> float:
        """Width of the type area in points."""
        return self.size[0] - 2 * MARGIN

    @property
    def room(self) -> float:
        return self.top - FOOT

    def _open(self) -> None:
        self.top = self.size[1] - MARGIN
        if head := self.text.get("running_head"):
            self.canvas.setFont("Vera", 8)
            self.canvas.drawRightString(self.size[0] - MARGIN, self.size[1] - 36, head)

    def close(self) -> None:
        """Page number, and the page is done."""
        if foot := self.text.get("footer"):
            self.canvas.setFont("Vera", 8)
            self.canvas.drawCentredString(self.size[0] / 2, 36, foot.format(page=self.page))
        self.canvas.showPage()

    def turn(self) -> None:
        self.close()
        self.page += 1
        self._open()

    def put(self, rows: list[Row], x: float, top: float) -> None:
        """Draws set lines downwards from ``top``."""
        for row in rows:
            top -= row.height
            for piece in row.pieces:
                self._draw(piece, x + piece.x, top + row.height * 0.26)

    def _draw(self, piece: Piece, x: float, y: float) -> None:
        tracked = piece.manner in ("inserted", "deleted")
        self.canvas.setFillColorRGB(*(RED if tracked else (0, 0, 0)))
        self.canvas.setFont(piece.font, piece.size)
        self.canvas.drawString(x, y, piece.text)
        if piece.manner == "deleted":
            self.canvas.setStrokeColorRGB(*RED)
            middle = y + piece.size * 0.28
            self.canvas.line(x, middle, x + width_of(piece.text + " ", piece.font, piece.size), middle)
            self.canvas.setStrokeColorRGB(0, 0, 0)
        self.canvas.setFillColorRGB(0, 0, 0)


def draw(text: dict[str, Any]) -> bytes:
    """The PDF of a text; the same text gives the same bytes."""
    load_fonts()
    out = io.BytesIO()
    size = landscape(A4) if text.get("landscape") else A4
    canvas = Canvas(out, pagesize=size, invariant=1)
    canvas.setTitle(text["name"])
    canvas.setAuthor("Helsefellesskapet i Fjordregionen")
    sheet = Sheet(canvas, size, text)
    if text.get("logo"):
        _logo(sheet)
    for part in parts(text["block"]):
        if isinstance(part, Table):
            _table(sheet, part)
        else:
            _flow(sheet, part)
    sheet.close()
    canvas.save()
    return out.getvalue()


def _logo(sheet: Sheet) -> None:
    """Two hills over a fjord."""
    canvas, x, y = sheet.canvas, MARGIN, sheet.top - 30
    for dx, high, colour in ((0, 38, (0.16, 0.33, 0.3)), (26, 26, (0.45, 0.6, 0.5))):
        hill = canvas.beginPath()
        hill.moveTo(x + dx, y)
        hill.lineTo(x + dx + 22, y + high)
        hill.lineTo(x + dx + 44, y)
        hill.close()
        canvas.setFillColorRGB(*colour)
        canvas.drawPath(hill, stroke=0, fill=1)
    canvas.setFillColorRGB(0.2, 0.45, 0.7)
    canvas.rect(x, y - 8, 70, 6, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    sheet.top -= 58


def _flow(sheet: Sheet, text: str) -> None:
    for row in set_lines(text, sheet.line, sheet.text.get("size", 9.5), sheet.text.get("bullet", "•")):
        if row.height > sheet.room:
            sheet.turn()
        sheet.put([row], MARGIN, sheet.top)
        sheet.top -= row.height
    sheet.top -= 10


def _table(sheet: Sheet, table: Table) -> None:
    for n, row in enumerate(table.rows):
        _table_row(sheet, table, row, shaded=table.shaded and n == 0)
    sheet.top -= 14


def _table_row(sheet: Sheet, table: Table, row: tuple[str, ...], shaded: bool) -> None:
    """Draws a row; what does not fit goes on at the top of the next page."""
    size, bullet = sheet.text.get("table_size", 8.5), sheet.text.get("bullet", "•")
    cells = [
        set_lines(cell, share * sheet.line - 2 * PAD, size, bullet) if cell else []
        for cell, share in zip(row, table.widths, strict=True)
    ]
    while any(cells):
        if sheet.room < 3 * size * LEADING:
            sheet.turn()
        now = [_first(cell, sheet.room - 2 * PAD) for cell in cells]
        high = max(sum(line.height for line in cell) for cell in now) + 2 * PAD
        _draw_row(sheet, table, now, high, shaded)
        cells = [cell[len(drawn) :] for cell, drawn in zip(cells, now, strict=True)]
        sheet.top -= high
        if any(cells):
            sheet.turn()


def _first(rows: list[Row], room: float) -> list[Row]:
    """The lines that fit in ``room`` points."""
    fitting: list[Row] = []
    for row in rows:
        room -= row.height
        if room < 0:
            break
        fitting.append(row)
    return fitting


def _draw_row(sheet: Sheet, table: Table, cells: list[list[Row]], high: float, shaded: bool) -> None:
    x = MARGIN
    for cell, share in zip(cells, table.widths, strict=True):
        wide = share * sheet.line
        if shaded:
            sheet.canvas.setFillColorRGB(0.87, 0.92, 0.95)
        if table.ruled:
            sheet.canvas.setLineWidth(0.6)
            sheet.canvas.rect(x, sheet.top - high, wide, high, stroke=1, fill=int(shaded))
        sheet.canvas.setFillColorRGB(0, 0, 0)
        sheet.put(cell, x + PAD, sheet.top - PAD)
        x += wide
