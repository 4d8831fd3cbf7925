"""Where a line or a page ends in the middle of something: a date, a sentence, the row of a table without rules."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest import pdf
from ingest.flow import to_blocks
from ingest.lines import Line
from ingest.paragraphs import would_have_fitted
from models.layout import Block, Paragraph, Table
from models.page import Box, Word, union

LEFT = 60.0
FULL = "Utvalget gikk gjennom planen for samarbeid mellom sykehuset og de fem kommunene i distriktet vårt"
"""A line that shows how wide the column is."""

Drawn = tuple[float, float, str]
"""X, distance from the top of the page, and text."""


def blocks_of(*pages: list[Drawn]) -> list[Block]:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for lines in pages:
        canvas.setFont("Helvetica", 10)
        for x, top, text in lines:
            canvas.drawString(x, A4[1] - top, text)
        canvas.showPage()
    canvas.save()
    found, _ = to_blocks(pdf.read_pages(out.getvalue()))
    return found


def below(texts: list[str], top: float = 100.0, x: float = LEFT) -> list[Drawn]:
    return [(x, top + 12 * n, text) for n, text in enumerate(texts)]


OPEN = "a) Nordvik kommune melder tilbake om rutinen for felles legemiddelliste i hele distriktet innen"
LONG = "Rapporten om mobil røntgen i alle kommunene i opptaksområdet vårt legges frem for møtet den"
UNTIL = "Planen gjelder til og med utgangen av"
BROKEN = {
    "a day": ([OPEN, "14. desember 2031"], [f"{OPEN[3:]} 14. desember 2031"]),
    "a day and more": ([LONG, "1. mai i Fossum."], [f"{LONG} 1. mai i Fossum."]),
    "a day in figures": ([OPEN, "14. 12. 2031"], [f"{OPEN[3:]} 14. 12. 2031"]),
    "two days": ([OPEN, "14. og 15. desember"], [f"{OPEN[3:]} 14. og 15. desember"]),
    "a line broken by hand": ([UNTIL, "2031."], [UNTIL, "2031."]),
    "points": (["13. Budsjett", "14. Desember-møtet", "15. Planen"], ["Budsjett", "Desember-møtet", "Planen"]),
    "points with figures": (["1. 12 kommuner", "2. 10 av 12 svarer"], ["12 kommuner", "10 av 12 svarer"]),
    "points after an open line": (["Det gis til", "1. Nordvik", "2. Sørdal"], ["Det gis til", "Nordvik", "Sørdal"]),
    "days in a list": (["Møter", "14. mai 2031", "3. juni 2031"], ["Møter", "14. mai 2031", "3. juni 2031"]),
}


@pytest.mark.parametrize(("lines", "wanted"), BROKEN.values(), ids=BROKEN)
def test_a_line_that_goes_on_and_one_that_begins(lines, wanted):
    first, *found = blocks_of([(LEFT, 60, FULL), *below(lines)])
    assert first.text == FULL
    assert [block.text for block in found] == wanted


@pytest.mark.parametrize(("room", "fitted"), [(13.0, False), (16.0, False), (16.3, False), (17.0, True), (60.0, True)])
def test_a_word_that_hardly_had_room_had_none(room, fitted):
    """A word of 13.5 points and a blank of 2.5 below a line in which ``room`` is left; ink is not what is measured."""
    above = (Word("det", Box(60, 0, 90, 10), 10.0), Word("ble", Box(92.5, 0, 110, 10), 10.0))
    below = (Word("Nye", Box(60, 12, 73.5, 22), 10.0), Word("tall", Box(76, 12, 90, 22), 10.0))
    last, line = (Line(words, union([word.box for word in words]), 1) for words in (above, below))
    assert would_have_fitted(last, line, 110 + room) == fitted


NUMBER, CASE = 60.0, 140.0


def row(top: float, number: str, *texts: str) -> list[Drawn]:
    """A row without rules: a number, and the case beside it."""
    return [(NUMBER, top, number), *below(list(texts), top, CASE)]


FIRST = row(640, "7/31", "Felles rutine for utskriving", "Rutinen gjelder.", "Konklusjon", "Rutinen godkjennes")
LAST = row(720, "8/31", "Mobil røntgen i kommunene", "Kari Eksempel orienterte.", "Konklusjon")
OVERLEAF = {
    "what stands below its cell": (0.0, [(CASE, 70, "Saken tas til orientering")], True),
    "what stands below, then more": (0.0, [(CASE, 70, "Saken utsettes"), (LEFT, 120, "Neste møte er i mai.")], True),
    "what stands at the margin": (0.0, [(LEFT, 70, "Saken tas til orientering")], False),
    "what is set a little further in": (0.0, [(CASE + 5, 70, "Saken tas til orientering")], False),
    "a row that ended high on the page": (300.0, [(CASE, 70, "Saken tas til orientering")], False),
}


@pytest.mark.parametrize(("raised", "after", "goes_on"), OVERLEAF.values(), ids=OVERLEAF)
def test_a_row_without_rules_goes_on_overleaf(raised, after, goes_on):
    page = [(x, top - raised, text) for x, top, text in [*FIRST, *LAST]]
    table, *rest = blocks_of(page, after)
    assert isinstance(table, Table)
    assert not table.ruled
    assert (table.rows[-1].at(1).paragraphs[-1].text == after[0][2]) == goes_on
    assert [p.text for p in rest if isinstance(p, Paragraph)] == [text for _, _, text in after[goes_on:]]
