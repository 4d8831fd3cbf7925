"""Scans made in code: text drawn on a page, turned into a grey picture, slanted and put back into a PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

MARGIN, PITCH = 60, 16


class Ruled(NamedTuple):
    """A row of a table with ruling lines: the lines of its first and of its second cell."""

    left: Sequence[str]
    right: Sequence[str]


def drawn(pages: Sequence[Sequence[str | Ruled]]) -> bytes:
    """A PDF with a line of text, or a table row, under the other; "*…" is bold."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for lines in pages:
        y = A4[1] - 80
        for line in lines:
            y = _row(canvas, line, y) if isinstance(line, Ruled) else _line(canvas, MARGIN, line, y)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _line(canvas: Canvas, x: float, line: str, y: float) -> float:
    canvas.setFont("Helvetica-Bold" if line.startswith("*") else "Helvetica", 11)
    canvas.drawString(x, y, line.lstrip("*"))
    return y - PITCH


def _row(canvas: Canvas, row: Ruled, y: float) -> float:
    top, height = y + 12, PITCH * max(len(row.left), len(row.right)) + 4
    for x, width, lines in ((MARGIN, 70, row.left), (MARGIN + 70, 390, row.right)):
        canvas.rect(x, top - height, width, height)
        for n, line in enumerate(lines):
            _line(canvas, x + 5, line, y - n * PITCH)
    return top - height - 12


def scanned(data: bytes, *, slant: float = 1.0, turned: int = 0, dpi: int = 200) -> bytes:
    """A PDF's pages as pictures, ``slant`` degrees askew and lying ``turned`` degrees on their side."""
    document = pdfium.PdfDocument(data)
    pictures = []
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        slanted = picture.rotate(slant, Image.Resampling.BICUBIC, fillcolor=255)
        pictures.append(slanted.rotate(turned, expand=True) if turned else slanted)
    document.close()
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:], quality=85)
    return buffer.getvalue()


def joined(*parts: bytes) -> bytes:
    """Several PDFs in one file."""
    whole = pdfium.PdfDocument.new()
    for part in parts:
        source = pdfium.PdfDocument(part)
        whole.import_pages(source)
        source.close()
    buffer = io.BytesIO()
    whole.save(buffer)
    whole.close()
    return buffer.getvalue()
