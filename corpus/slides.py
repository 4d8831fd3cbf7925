"""Draws a text as a presentation that was printed to PDF: wide pages, big letters, a slide on each page.

A slide has the key ``text``, or ``title``, ``left`` and ``right`` for two columns under the title.
"""

from __future__ import annotations

import io
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from corpus.pdf import Row, Sheet, load_fonts, set_lines

PAGE = (960.0, 540.0)
"""Points; a slide of 16:9 at its full size."""
SCALE = 2.0
"""A slide is set as a sheet of half the size, so that letters, bullets and indents grow alike."""
EDGE = 28.0
GAP = 22.0
"""Between the columns, in points of the sheet."""
SHARE = 0.54
"""The left column's part of the line."""
BAND = 7.0
SIZE = 10.0


def draw(text: dict[str, Any]) -> bytes:
    """The PDF of the slides of a text; the same text gives the same bytes."""
    load_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, invariant=1)
    canvas.setTitle(text["name"])
    canvas.setAuthor("Helsefellesskapet i Fjordregionen")
    size = (PAGE[0] / SCALE, PAGE[1] / SCALE)
    for slide in text["slide"]:
        canvas.scale(SCALE, SCALE)
        _slide(Sheet(canvas, size, text), slide)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _slide(sheet: Sheet, slide: dict[str, str]) -> None:
    """The coloured band at the foot, then the words from the top."""
    wide, high = sheet.size
    sheet.canvas.setFillColorRGB(0.16, 0.33, 0.3)
    sheet.canvas.rect(0, 0, wide, BAND, stroke=0, fill=1)
    line, top = wide - 2 * EDGE, high - EDGE
    if "text" in slide:
        sheet.put(_set(slide["text"], line), EDGE, top)
        return
    title = _set(slide["title"], line)
    sheet.put(title, EDGE, top)
    top -= sum(row.height for row in title) + SIZE
    left = line * SHARE
    sheet.put(_set(slide["left"], left - GAP), EDGE, top)
    sheet.put(_set(slide["right"], line - left), EDGE + left, top)


def _set(text: str, width: float) -> list[Row]:
    return set_lines(text, width, SIZE, "•")
