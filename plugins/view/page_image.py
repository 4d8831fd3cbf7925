"""A page of a PDF as a PNG with the quoted lines marked.

A hostile file can crash PDFium or keep it busy for hours, so nothing here runs in the site's own process: see
:mod:`plugins.view.drawing`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageDraw

from models.page import Box, View
from models.problems import SaksporError
from plugins.view.original import member_of
from plugins.view.passages import searched_words
from plugins.view.quoted_lines import Letter, found_lines, letters_of, quoted_lines

WIDTH = 1100
"""Width of the image in pixels: an A4 page is easy to read at it, and a phone can zoom in."""
LARGEST = 4_000_000
"""Most pixels of one image: a page with absurd measures must not fill the memory."""
COLOURS = 64
"""Palette size: text pages become about a third as large as in full colour, and look the same."""
MARK = (255, 214, 10, 90)
EDGE = (176, 96, 0, 255)
MARGIN = 1.5
"""Points of air round a marked line."""
MOST_LETTERS = 200_000
"""Of one page; a full broadsheet page holds about 50,000."""
MOST_MARKS = 200
"""Of one page."""


class Marks(NamedTuple):
    """What to mark on a page."""

    passages: tuple[tuple[str, Box], ...] = ()
    """Quoted texts, each with the box of the paragraph it stands in."""
    texts: tuple[str, ...] = ()
    """Texts to look for on the whole page: whole, or else word by word."""
    hidden: tuple[Box, ...] = ()
    """What is black: identity numbers."""


class PageNotRendered(Exception):
    """PDFium cannot open the file or draw the page."""


def draw_page(path: Path, number: int, marks: Marks, member: str | None = None) -> bytes:
    """The page (1-based) as PNG, of the file at ``path`` or of a ``member`` of the zip file there.

    Raises :class:`PageNotRendered`.
    """
    try:
        document = pdfium.PdfDocument(member_of(path, member) if member else path)
        try:
            page = document[number - 1]
            scale = _scale(*page.get_size())
            boxes = _marked_boxes(page, marks) if marks.passages or marks.texts else []
            image = page.render(scale=scale).to_pil().convert("RGB")
        finally:
            document.close()
    except (pdfium.PdfiumError, IndexError, ValueError, MemoryError, OSError, SaksporError) as error:
        raise PageNotRendered(str(error)) from error
    marked = _with_boxes(image, [box for box in boxes if not _tells(box, marks)], scale)
    for box in marks.hidden:
        _blacken(marked, box, scale)
    return _png(marked)


def _tells(box: Box, marks: Marks) -> bool:
    """Whether a mark would tell somebody who guesses an identity number that it stands there."""
    return bool(marks.texts) and any(box.meets(black) for black in marks.hidden)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _scale(width: float, height: float) -> float:
    """Pixels a point.

    >>> round(_scale(550, 842), 2), round(_scale(100, 100_000), 2)
    (2.0, 0.63)
    """
    scale = WIDTH / max(width, 1.0)
    pixels = width * height * scale * scale
    return scale * (LARGEST / pixels) ** 0.5 if pixels > LARGEST else scale


def _blacken(image: Image.Image, box: Box, scale: float) -> None:
    """A black box with some air round it: the edge of a digit would tell the digit."""
    edges = (box.x0 - MARGIN, box.top - MARGIN, box.x1 + MARGIN, box.bottom + MARGIN)
    ImageDraw.Draw(image).rectangle([edge * scale for edge in edges], fill=(0, 0, 0))


def _with_boxes(image: Image.Image, boxes: list[Box], scale: float) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for box in boxes:
        x0, top = (box.x0 - MARGIN) * scale, (box.top - MARGIN) * scale
        x1, bottom = (box.x1 + MARGIN) * scale, (box.bottom + MARGIN) * scale
        if x1 > x0 and bottom > top:
            draw.rectangle((x0, top, x1, bottom), fill=MARK, outline=EDGE, width=2)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _marked_boxes(page: pdfium.PdfPage, marks: Marks) -> list[Box]:
    x0, y0, x1, y1 = page.get_cropbox()
    view = View(x0, y0, x1, y1, page.get_rotation() // 90 % 4)
    text = page.get_textpage()
    letters = list(_letters(text.raw, view))
    lines = [box for quote, place in marks.passages for box in quoted_lines(letters, quote, place)]
    for searched in marks.texts:
        words = searched_words(searched)
        whole = found_lines(letters, searched) if len(words) > 1 else []
        lines += whole or _finds(text, view, words)
    return list(dict.fromkeys(lines))[:MOST_MARKS]


def _letters(text: raw.FPDF_TEXTPAGE, view: View) -> Iterator[Letter]:
    """The page's letters and digits with their boxes, which are as high as the line, not as the letter."""
    rect = raw.FS_RECTF()
    for index in range(min(max(raw.FPDFText_CountChars(text), 0), MOST_LETTERS)):
        counted = letters_of(chr(raw.FPDFText_GetUnicode(text, index)))
        if counted and raw.FPDFText_GetLooseCharBox(text, index, rect):
            yield Letter(counted, view.box(rect.left, rect.bottom, rect.right, rect.top))


def _finds(text: pdfium.PdfTextPage, view: View, words: tuple[str, ...]) -> Iterator[Box]:
    """A box round each place on the page where one of the words stands."""
    for word in words:
        search = text.search(word)
        while (found := search.get_next()) is not None:
            yield from (view.box(*text.get_rect(n)) for n in range(text.count_rects(*found)))
