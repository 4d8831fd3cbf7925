"""Page images: the quoted lines are marked and nothing else, and a page that cannot be drawn harms nobody."""

from __future__ import annotations

import asyncio
import io
import time
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from models.page import Box
from plugins.view import drawing
from plugins.view.original import Original
from plugins.view.page_image import Marks, PageNotRendered, draw_page
from tests import made_drawings

FIRST, SECOND = "Kommunene melder inn lokale sam-", "handlingsavvik innen 1. mai 2031. Saken tas opp igjen."
PARAGRAPH = Box(72, 87, 400, 120)
QUOTE = "lokale samhandlingsavvik innen 1. mai 2031"


@pytest.fixture
def pdf(tmp_path) -> Path:
    """One page, 595 by 842 points, with two lines of text, the first 98 points from the top."""
    path = tmp_path / "referat.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    for n, line in enumerate((FIRST, SECOND)):
        canvas.drawString(72, 744 - 14 * n, line)
    canvas.save()
    return path


@pytest.fixture
def failures(monkeypatch):
    """What is remembered of earlier pages is forgotten, and put back afterwards."""
    monkeypatch.setattr(drawing, "_failed", type(drawing._failed)())
    monkeypatch.setattr(drawing, "_drawn", drawing.Kept(drawing.KEPT))


def marked_rows(png: bytes) -> list[tuple[int, int, int]]:
    """(top, left, right) in points of every run of picture rows that are marked alike."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    scale = image.width / 595
    runs: list[tuple[int, int, int]] = []
    for y in range(image.height):
        line = image.crop((0, y, image.width, y + 1)).tobytes()
        yellow = [
            x for x in range(image.width) if line[3 * x] > 200 and line[3 * x + 1] > 180 and line[3 * x + 2] < 190
        ]
        if len(yellow) > 20:
            runs.append((round(y / scale), round(yellow[0] / scale), round(yellow[-1] / scale)))
    return runs


def test_the_quoted_words_are_marked_line_by_line(pdf):
    rows = marked_rows(draw_page(pdf, 1, Marks(((QUOTE, PARAGRAPH),))))
    first = [row for row in rows if row[0] < 101]
    second = [row for row in rows if row[0] > 103]
    begins = 72 + stringWidth("Kommunene melder inn ", "Helvetica", 10)
    ends = 72 + stringWidth("handlingsavvik innen 1. mai 2031", "Helvetica", 10)
    assert all(abs(left - begins) < 3 for _, left, _ in first), "begins at the quote's first word, not at the line's"
    assert all(abs(left - 72) < 3 and abs(right - ends) < 3 for _, left, right in second), "ends with the quote"
    assert first
    assert second


def test_only_what_stands_in_the_paragraph_is_marked(pdf):
    elsewhere = Box(72, 300, 400, 330)
    rows = marked_rows(draw_page(pdf, 1, Marks(((QUOTE, elsewhere),))))
    assert min(row[0] for row in rows) > 290, "words that are not there leave the paragraph itself marked"


@pytest.mark.parametrize(("text", "lines"), [(QUOTE, 2), ("saken kommunene", 2), ("ingen slik", 0)])
def test_a_text_is_looked_for_whole_or_else_word_by_word(pdf, text, lines):
    tops = [top for top, _, _ in marked_rows(draw_page(pdf, 1, Marks(texts=(text,))))]
    assert bool([top for top in tops if top < 101]) + bool([top for top in tops if top > 103]) == lines


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_marks_follow_a_page_that_is_turned_and_cropped(pdf, tmp_path, turns):
    document = PdfDocument(pdf)
    document[0].set_cropbox(50, 42, 545, 792)
    document[0].set_rotation(90 * turns)
    turned = tmp_path / "snudd.pdf"
    document.save(turned)
    document.close()
    whole = {1: Box(600, 0, 750, 495), 2: Box(0, 600, 495, 750), 3: Box(0, 0, 150, 495)}[turns]
    image = Image.open(io.BytesIO(draw_page(turned, 1, Marks(((QUOTE, whole),))))).convert("RGB")
    scale = image.width / (750 if turns % 2 else 495)
    pixels = enumerate(zip(*[iter(image.tobytes())] * 3, strict=True))
    yellow = (n for n, (red, green, blue) in pixels if red > 200 and green > 180 and blue < 190)
    found = [(n % image.width / scale, n // image.width / scale) for n in yellow]
    assert found
    assert all(whole.contains(x, y) for x, y in found)
    assert len(found) / scale**2 < 0.2 * whole.width * whole.height, "the words, not the whole part of the page"


def test_a_page_of_absurd_size_stays_small(tmp_path):
    canvas = Canvas(str(tmp_path / "stor.pdf"), pagesize=(14_000, 14_000))
    canvas.showPage()
    canvas.save()
    image = Image.open(io.BytesIO(draw_page(tmp_path / "stor.pdf", 1, Marks())))
    assert image.width * image.height <= 4_000_000


@pytest.mark.parametrize("content", [b"%PDF-1.7 and nothing more", b""])
def test_a_file_that_cannot_be_opened_is_said_to_be_so(tmp_path, content):
    (tmp_path / "skadet.pdf").write_bytes(content)
    with pytest.raises(PageNotRendered):
        draw_page(tmp_path / "skadet.pdf", 1, Marks())


@pytest.mark.parametrize("drawn", [made_drawings.crash, made_drawings.hang, made_drawings.hog])
def test_a_process_that_dies_or_hangs_takes_nothing_with_it(pdf, monkeypatch, failures, drawn):
    hostile, good = Original(pdf, "0" * 64, "pdf"), Original(pdf, "1" * 64, "pdf")
    monkeypatch.setattr(drawing, "TIME_LIMIT", 2.0)
    with monkeypatch.context() as patched:
        patched.setattr(drawing, "draw_page", drawn)
        with pytest.raises(PageNotRendered):
            asyncio.run(drawing.page_png(hostile, 1, Marks()))
    begun = time.monotonic()
    with pytest.raises(PageNotRendered):
        asyncio.run(drawing.page_png(hostile, 1, Marks(texts=("avvik",))))
    assert time.monotonic() - begun < 0.5, "it is not tried again at once, whatever is to be marked"
    monkeypatch.setattr(drawing, "TIME_LIMIT", 30.0)
    assert asyncio.run(drawing.page_png(good, 1, Marks())).startswith(b"\x89PNG")


def test_processes_that_broke_down_are_replaced(pdf, failures):
    asyncio.run(drawing.page_png(Original(pdf, "4" * 64, "pdf"), 1, Marks()))
    drawing._pools[-1].stop()
    assert asyncio.run(drawing.page_png(Original(pdf, "5" * 64, "pdf"), 1, Marks())).startswith(b"\x89PNG")


def test_many_deaths_harm_no_other_page(pdf, monkeypatch, failures):
    async def both(n):
        good = drawing.page_png(Original(pdf, f"{n:064}", "pdf"), 1, Marks())
        with monkeypatch.context() as patched:
            patched.setattr(drawing, "draw_page", made_drawings.crash)
            bad = drawing.page_png(Original(pdf, f"{n:064}", "pdf"), 2, Marks())
            failed = asyncio.ensure_future(bad)
            await asyncio.sleep(0)
        return (await asyncio.gather(good, failed, return_exceptions=True))[0]

    drawn = [asyncio.run(both(n)) for n in range(6)]
    assert [picture[:4] for picture in drawn] == [b"\x89PNG"] * 6


def test_a_picture_is_drawn_once(pdf, monkeypatch, failures):
    file = Original(pdf, "2" * 64, "pdf")
    first = asyncio.run(drawing.page_png(file, 1, Marks()))
    monkeypatch.setattr(drawing, "_pool", None)
    assert asyncio.run(drawing.page_png(file, 1, Marks())) is first


def test_more_pages_than_can_be_drawn_are_turned_away(pdf, monkeypatch, failures):
    monkeypatch.setattr(drawing, "WAITING", 0)
    with pytest.raises(drawing.TooBusy):
        asyncio.run(drawing.page_png(Original(pdf, "3" * 64, "pdf"), 1, Marks()))
