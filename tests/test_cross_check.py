"""Two readers of one file: where they agree nothing is said, where one finds less a person is to look."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import LIT

from ingest import cross_check, pdf, reader, second_reader
from ingest.cross_check import disagreements
from models.problems import SaksporError
from tests.test_pdf import drawn, line, prose


def two_pages() -> bytes:
    return drawn(prose, prose)


def flaws(data: bytes, pages) -> list[tuple[str, int | None, str]]:
    return [(flaw.code, flaw.page, flaw.detail) for flaw in disagreements(data, pages)]


def test_readers_that_agree_are_not_spoken_of(monkeypatch):
    def never(*_):
        raise AssertionError("the slow reader was asked")

    monkeypatch.setattr(second_reader, "characters", never)
    data = two_pages()
    assert flaws(data, pdf.read_pages(data)) == []


def test_a_page_that_is_not_found_is_missed():
    data = two_pages()
    assert flaws(data, pdf.read_pages(data)[:1]) == [("missing_pages", None, "1 mot 2 sider.")]


@pytest.mark.parametrize(("share", "told"), [(0.95, False), (0.85, True), (0.0, True)])
def test_a_page_of_which_less_than_nine_tenths_are_read_is_to_be_looked_at(share, told):
    data = two_pages()
    first, second = pdf.read_pages(data)
    whole = first.characters
    less = replace(first, characters=round(share * whole), words=first.words[: round(share * len(first.words))])
    expected = [("readers_disagree", 1, f"{less.characters} mot {whole} tegn.")] if told else []
    assert flaws(data, [less, second]) == expected


def test_no_more_pages_are_compared_than_there_is_time_for(monkeypatch):
    monkeypatch.setattr(cross_check, "MOST_COMPARED", 1)
    data = two_pages()
    less = [replace(page, characters=30, words=()) for page in pdf.read_pages(data)]
    assert [number for _, number, _ in flaws(data, less)] == [2, 1]


def test_what_a_page_promises_is_about_what_it_shows():
    data = drawn(lambda c: line(c, 60, 100, r"Sak (1): 2\3 æøå"))
    [page] = PDFPage.create_pages(PDFDocument(PDFParser(BytesIO(data))))
    assert cross_check.promised(page) == len(r"Sak (1): 2\3 æøå")


def in_forms(canvas) -> None:
    """Text in a drawing that is put in twice."""
    canvas.beginForm("Fram")
    line(canvas, 60, 100, "Saksliste")
    canvas.endForm()
    canvas.doForm("Fram")
    canvas.doForm("Fram")


def test_a_page_promises_what_is_in_the_drawings_that_are_put_in():
    data = drawn(in_forms)
    [page] = PDFPage.create_pages(PDFDocument(PDFParser(BytesIO(data))))
    forms = resolve1(page.resources["XObject"])
    forms["Unused"] = next(iter(forms.values()))
    assert cross_check.promised(page) == 2 * len("Saksliste")


def test_glyphs_that_stand_in_a_row_are_counted_by_their_fonts():
    page = PDFPage.__new__(PDFPage)
    fonts = {"F1": {"Subtype": LIT("Type0")}, "F2": {"Subtype": LIT("TrueType")}}
    page.resources = {"Font": fonts}
    page.contents = [
        PDFStream({}, b"/F1 11 Tf [<0036> -12.5 <0044 0047>] TJ <0048> Tj /F2 9 Tf [(Sa) 3 (k)] TJ <36> Tj")
    ]
    assert cross_check.promised(page) == 4 + 3 + 1


def test_a_file_that_only_one_reader_opens_is_not_spoken_of(monkeypatch):
    monkeypatch.setattr(cross_check, "PDFDocument", _fails)
    data = two_pages()
    assert flaws(data, pdf.read_pages(data)) == []


def _fails(*_):
    raise ValueError("xref")


def test_what_the_second_reader_alone_can_read_is_read_and_marked(monkeypatch):
    def nothing(_):
        raise SaksporError("no_pages")

    monkeypatch.setattr(pdf, "read_pages", nothing)
    file = reader.read_pdf("a.pdf", two_pages())
    assert len(file.pages) == 2
    assert [(flaw.code, flaw.page, flaw.detail) for flaw in file.flaws] == [("missing_pages", None, "0 mot 2 sider.")]
