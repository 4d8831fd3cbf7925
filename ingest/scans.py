"""Pages whose text layer is missing or worthless: read by OCR where it is installed, reported where it is not.

Three kinds: a picture without words (a scan; text turned into outlines), a scan on which only a stamp or a page number
is text, and a text layer that is no language (:mod:`ingest.text_quality`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic

import pypdfium2 as pdfium

from ingest.text_quality import readable
from models.layout import Flaw
from models.page import Page

STAMP = 15  # words: a journal stamp with number, date and unit; a page with more has a text layer of its own
LOOK = 0.5  # pixels a point, to see whether there is anything on a page
MOST_LOOKED_AT = 4_000_000  # pixels: a page may claim to be kilometres wide
INK = 0.0005  # share of dark pixels: below it a page is blank (the back of a sheet, with dust)
PAPER = 0.7  # share of light pixels: below it a picture is a photograph or a coloured background
DARK, LIGHT = 150, 190  # of 255
WHOLE = 0.8  # of the page: a smaller picture stands on a page, a larger one is the page
GAIN = 1.5  # times the words of the layer: a page with a stamp counts as read when OCR found this many
TIME_FOR_FILE = 35.0
"""Seconds, at 2 to 3 a page: a file is refused after a minute, and one with some pages unread is better than none."""


def with_scans_read(data: bytes, pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Flaw, ...]]:
    """A PDF's pages, those without usable text as OCR reads them, and a remark on each of these."""
    codes = dict(troubles(data, pages))
    if not codes:
        return tuple(pages), ()
    recognised, reason = _recognised(data, list(codes))
    found = {page.number: page for page in recognised}
    read: list[Page] = []
    flaws: list[Flaw] = []
    for page in pages:
        flaw = Flaw(codes[page.number], page.number, reason) if page.number in codes else None
        new = found.get(page.number)
        if flaw and new and better(new, page, flaw.code):
            page, flaw = new, Flaw("read_by_ocr", page.number, _remark(new))
        elif flaw and new and page.words and flaw.code == "needs_ocr":
            flaw = None
        read.append(page)
        flaws += [flaw] if flaw else []
    return tuple(read), tuple(flaws)


def better(new: Page, old: Page, code: str) -> bool:
    """Whether the recognised page is to stand for the page with its own text layer."""
    if code == "garbled":
        return bool(new.words) and readable(_text(new))
    return len(new.words) >= GAIN * len(old.words)


def _remark(page: Page) -> str:
    if not page.words:
        return "Ingen tekst funnet."
    return "" if readable(_text(page)) else "Lesingen er svært usikker."


def _text(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def _recognised(data: bytes, numbers: Sequence[int]) -> tuple[list[Page], str]:
    """The pages that OCR could read in the time that a file has, and why it may not have been all of them.

    What reads pictures is loaded here, since most files need none of it.
    """
    from ingest.ocr import OcrUnavailableError, recognise
    from ingest.recognised import level_sizes

    end = monotonic() + TIME_FOR_FILE
    found: list[Page] = []
    reason = "OCR er installert, men kunne ikke lese siden."
    try:
        for page in recognise(data, numbers):
            found += [page] if page else []
            if monotonic() > end:
                reason = "OCR er installert, men filen har for mange sider uten tekst. Del den i mindre filer."
                break
    except OcrUnavailableError:
        reason = ""
    except pdfium.PdfiumError:
        pass
    return level_sizes(found), reason


def troubles(data: bytes, pages: Sequence[Page]) -> Iterator[tuple[int, str]]:
    """(page, code) of the pages that need OCR: ``needs_ocr`` without text, ``garbled`` with a text that is none."""
    bare = []
    for page in pages:
        if not page.words or (page.images and len(page.words) <= STAMP):
            bare.append(page)
        elif not readable(_text(page)):
            yield page.number, "garbled"
    if bare:
        yield from ((number, "needs_ocr") for number in _pictures(data, bare))


def _pictures(data: bytes, pages: Sequence[Page]) -> Iterator[int]:
    """The pages, of those with few words or none, that are pictures of text.

    A file that cannot be drawn is judged by whether it holds pictures.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        yield from (page.number for page in pages if page.images and not page.words)
        return
    try:
        for page in pages:
            if _is_picture(document[page.number - 1], page):
                yield page.number
    finally:
        document.close()


def _is_picture(drawn: pdfium.PdfPage, page: Page) -> bool:
    scale = min(LOOK, (MOST_LOOKED_AT / max(page.width * page.height, 1.0)) ** 0.5)
    try:
        shades = drawn.render(scale=scale, grayscale=True).to_pil().histogram()
    except pdfium.PdfiumError:
        return page.images and not page.words
    if sum(shades[:DARK]) <= INK * sum(shades):
        return False
    return not page.words or (sum(shades[LIGHT:]) > PAPER * sum(shades) and _covered(drawn) > WHOLE)


def _covered(drawn: pdfium.PdfPage) -> float:
    """The share of a page that its largest picture covers."""
    left, bottom, right, top = drawn.get_bbox()
    whole = max((right - left) * (top - bottom), 1.0)
    shares = [0.0]
    for item in drawn.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]):
        x0, y0, x1, y1 = item.get_bounds()
        shares.append(max(min(x1, right) - max(x0, left), 0) * max(min(y1, top) - max(y0, bottom), 0) / whole)
    return max(shares)
