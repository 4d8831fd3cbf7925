"""A page of a PDF as a PNG with the quoted boxes marked.

PDFium is not safe to call from several threads: one lock stands round every use of it here.
"""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from models.page import Box

WIDTH = 1100
"""Width of the image in pixels: an A4 page is easy to read at it, and a phone can zoom in."""
LARGEST = 4_000_000
"""Most pixels of one image: a page with absurd measures must not fill the memory."""
COLOURS = 64
"""Palette size: text pages become about a third as large as in full colour, and look the same."""
MARK = (255, 214, 10, 90)
EDGE = (176, 96, 0, 255)
MARGIN = 2.0
"""Points of air round a marked box."""

_pdfium_lock = threading.Lock()


class PageNotRendered(Exception):
    """PDFium cannot open the file or draw the page."""


@lru_cache(maxsize=64)
def page_png(path: Path, sha256: str, page: int, boxes: tuple[Box, ...]) -> bytes:
    """The page (1-based) as PNG; the fingerprint is only there so that a changed file is not served from memory."""
    image, scale = _draw_page(path, page)
    marked = _with_boxes(image, boxes, scale)
    out = io.BytesIO()
    marked.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw_page(path: Path, page: int) -> tuple[Image.Image, float]:
    with _pdfium_lock:
        try:
            document = pdfium.PdfDocument(path)
            try:
                sheet = document[page - 1]
                scale = _scale(*sheet.get_size())
                return sheet.render(scale=scale).to_pil().convert("RGB"), scale
            finally:
                document.close()
        except (pdfium.PdfiumError, IndexError, ValueError) as error:
            raise PageNotRendered(str(error)) from error


def _scale(width: float, height: float) -> float:
    """Pixels a point.

    >>> round(_scale(550, 842), 2), round(_scale(100, 100_000), 2)
    (2.0, 0.63)
    """
    scale = WIDTH / max(width, 1.0)
    pixels = width * height * scale * scale
    return scale * (LARGEST / pixels) ** 0.5 if pixels > LARGEST else scale


def _with_boxes(image: Image.Image, boxes: tuple[Box, ...], scale: float) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for box in boxes:
        x0, top = (box.x0 - MARGIN) * scale, (box.top - MARGIN) * scale
        x1, bottom = (box.x1 + MARGIN) * scale, (box.bottom + MARGIN) * scale
        if x1 > x0 and bottom > top:
            draw.rectangle((x0, top, x1, bottom), fill=MARK, outline=EDGE, width=2)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


@lru_cache(maxsize=256)
def find_text(path: Path, sha256: str, page: int, words: tuple[str, ...]) -> tuple[Box, ...]:
    """Boxes round each place on the page where one of the words stands (at most 60)."""
    with _pdfium_lock:
        try:
            document = pdfium.PdfDocument(path)
            try:
                sheet = document[page - 1]
                return tuple(_text_boxes(sheet, words))[:60]
            finally:
                document.close()
        except (pdfium.PdfiumError, IndexError, ValueError) as error:
            raise PageNotRendered(str(error)) from error


def _text_boxes(sheet: pdfium.PdfPage, words: tuple[str, ...]) -> list[Box]:
    height = sheet.get_height()
    text = sheet.get_textpage()
    boxes = []
    for word in words:
        search = text.search(word)
        while (found := search.get_next()) is not None:
            index, count = found
            for n in range(text.count_rects(index, count)):
                left, bottom, right, top = text.get_rect(n)
                boxes.append(Box(left, height - top, right, height - bottom))
    return boxes
