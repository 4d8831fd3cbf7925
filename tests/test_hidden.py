"""Text that a page holds and does not show: reported without the words, and not read. And what only looks like it."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from ingest.pdf import read_pages
from ingest.reader import read_pdf

BARRED = "Hemmelig navn"
KEPT = "Saken tas til orientering i møtet."


def black_bar(c):
    c.drawString(60, 700, BARRED)
    c.rect(50, 690, 200, 30, fill=1, stroke=0)


def white_bar(c):
    c.drawString(60, 700, BARRED)
    c.setFillColor(white)
    c.rect(50, 690, 200, 30, fill=1, stroke=0)


def bar_in_a_drawing(c):
    c.drawString(60, 700, BARRED)
    c.beginForm("sladd")
    c.rect(0, 0, 200, 30, fill=1, stroke=0)
    c.endForm()
    c.translate(50, 690)
    c.doForm("sladd")


def bar_as_picture(c):
    c.drawString(60, 700, BARRED)
    c.drawImage(ImageReader(Image.new("L", (200, 30), 0)), 50, 690, 200, 30)


def white_on_white(c):
    c.setFillColor(white)
    c.drawString(60, 700, BARRED)


def unpainted(c):
    text = c.beginText(60, 700)
    text.setTextRenderMode(3)
    text.textLine(BARRED)
    c.drawText(text)


def outside(c):
    c.drawString(60, 900, BARRED)


def tiny(c):
    c.setFont("Helvetica", 0.9)
    c.drawString(60, 700, BARRED)


def drawn(draw) -> bytes:
    data = BytesIO()
    c = canvas.Canvas(data, pagesize=(595, 842))
    c.drawString(60, 760, KEPT)
    c.saveState()
    draw(c)
    c.restoreState()
    c.showPage()
    c.save()
    return data.getvalue()


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (black_bar, "Ord: 2 under en flate."),
        (white_bar, "Ord: 2 under en flate."),
        (bar_in_a_drawing, "Ord: 2 under en flate."),
        (bar_as_picture, "Ord: 2 under en flate."),
        (white_on_white, "Ord: 2 i bakgrunnens farge."),
        (unpainted, "Ord: 2 uten farge."),
        (outside, "Ord: 2 utenfor siden."),
        (tiny, "Ord: 2 for små til å leses."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_hidden_is_reported_and_not_read(draw, told):
    file = read_pdf("a.pdf", drawn(draw))
    assert [block.text for block in file.blocks] == [KEPT]
    assert [(flaw.code, flaw.page, flaw.detail) for flaw in file.flaws] == [("hidden_text", 1, told)]
    assert "Hemmelig" not in repr(file)


def shading(c):
    c.setFillColor(Color(0.8, 0.8, 0.9))
    c.rect(50, 690, 200, 30, fill=1, stroke=0)
    c.setFillColor(black)
    c.drawString(60, 700, BARRED)


def white_on_dark(c):
    c.rect(50, 690, 200, 30, fill=1, stroke=0)
    c.setFillColor(white)
    c.drawString(60, 700, BARRED)


def marker_pen(c):
    c.drawString(60, 700, BARRED)
    c.setFillColor(Color(1, 1, 0, alpha=0.4))
    c.rect(50, 690, 200, 30, fill=1, stroke=0)


def frame(c):
    c.drawString(60, 700, BARRED)
    c.rect(50, 690, 200, 30, fill=0, stroke=1)


@pytest.mark.parametrize("draw", [shading, white_on_dark, marker_pen, frame])
def test_what_can_be_seen_is_read(draw):
    file = read_pdf("a.pdf", drawn(draw))
    assert file.flaws == ()
    assert BARRED in " ".join(block.text for block in file.blocks)


def test_text_recognised_in_a_scan_is_read():
    page = pdfium.PdfDocument(drawn(lambda c: c.drawString(60, 700, BARRED)))[0]
    scan = ImageReader(page.render(scale=2).to_pil())

    def scanned(c):
        unpainted(c)
        c.drawImage(scan, 0, 0, 595, 842)

    (page_read,) = read_pages(drawn(scanned))
    assert (page_read.hidden, len(page_read.words)) == ("", len(f"{KEPT} {BARRED}".split()))


@pytest.mark.parametrize("kind", [raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE])
def test_a_bar_that_is_a_comment_hides_as_well(kind):
    document = pdfium.PdfDocument(drawn(lambda c: c.drawString(60, 700, BARRED)))
    page = document[0]
    comment = raw.FPDFPage_CreateAnnot(page.raw, kind)
    raw.FPDFAnnot_SetRect(comment, raw.FS_RECTF(0, 760, 300, 640))
    for colour in (raw.FPDFANNOT_COLORTYPE_Color, raw.FPDFANNOT_COLORTYPE_InteriorColor):
        raw.FPDFAnnot_SetColor(comment, colour, 0, 0, 0, 255)
    raw.FPDFPage_CloseAnnot(comment)
    data = BytesIO()
    document.save(data)
    (page_read,) = read_pages(data.getvalue())
    assert page_read.hidden == "Ord: 2 under en flate."


def test_a_link_hides_nothing():
    def linked(c):
        c.drawString(60, 700, BARRED)
        c.linkURL("https://eksempel.no/", (50, 690, 250, 720))

    assert read_pages(drawn(linked))[0].hidden == ""
