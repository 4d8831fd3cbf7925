"""The PDF reader on pages drawn here: words, rules, columns, page furniture and the seams between documents."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest import pdf, second_reader
from ingest.flow import to_blocks
from ingest.reader import read_pdf
from ingest.split import split
from models.layout import Paragraph, Table
from models.problems import SaksporError

Draw = Callable[[Canvas], None]


def drawn(*pages: Draw, **options) -> bytes:
    """A PDF with a page for each drawing."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def line(canvas: Canvas, x: float, top: float, text: str, *, bold: bool = False, size: float = 10) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    canvas.drawString(x, A4[1] - top, text)


def texts(blocks) -> list[str]:
    return [b.printed if isinstance(b, Paragraph) else "\n".join(r.text for r in b.rows) for b in blocks]


def read(*pages: Draw):
    return to_blocks(pdf.read_pages(drawn(*pages)))


def prose(canvas: Canvas) -> None:
    for n, text in enumerate(
        (
            "Utvalget gikk gjennom planen for samarbeid mellom sykehuset og kommunene i distriktet.",
            "Det kom frem at flere kommuner ønsker en felles rutine for utskriving, og at sam-",
            "handlingen må bli bedre.",
            "Saken tas opp igjen.",
        )
    ):
        line(canvas, 60, 100 + 14 * n, text)


def test_lines_of_a_paragraph_are_joined_and_a_short_line_ends_it():
    blocks, _ = read(prose)
    assert texts(blocks) == [
        (
            "Utvalget gikk gjennom planen for samarbeid mellom sykehuset og kommunene i distriktet. Det kom frem at "
            "flere kommuner ønsker en felles rutine for utskriving, og at samhandlingen må bli bedre."
        ),
        "Saken tas opp igjen.",
    ]


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(turns):
    """A page that is laid on its side in the file and turned back for the eye, as landscape pages often are."""

    def page(canvas: Canvas) -> None:
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(turns)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(-100, 50, "Referat SSU")

    document = pdfium.PdfDocument(drawn(page))
    document[0].set_rotation(turns)
    out = io.BytesIO()
    document.save(out)
    read_page = pdf.read_pages(out.getvalue())[0]
    first, second = read_page.words
    assert [first.text, second.text] == ["Referat", "SSU"]
    assert (read_page.width > read_page.height) == (turns in (90, 270))
    assert first.box.x1 < second.box.x0
    assert first.box.x0 == pytest.approx(read_page.width / 2 - 100, abs=2)
    assert first.box.bottom == pytest.approx(read_page.height / 2 - 50, abs=4)


def test_a_rule_through_a_word_strikes_it_and_one_under_it_does_not():
    def page(canvas: Canvas) -> None:
        line(canvas, 60, 100, "gammel")
        line(canvas, 120, 100, "ny")
        canvas.line(60, A4[1] - 97, 93, A4[1] - 97)
        canvas.line(120, A4[1] - 102, 131, A4[1] - 102)

    words = {w.text: w.struck for w in pdf.read_pages(drawn(page))[0].words}
    assert words == {"gammel": True, "ny": False}
    blocks, _ = read(page)
    assert [(b.text, b.struck) for b in blocks if isinstance(b, Paragraph)] == [("ny", "gammel")]


def test_links_bold_and_colour_stay_with_their_words():
    def page(canvas: Canvas) -> None:
        line(canvas, 60, 100, "Vedtak", bold=True)
        canvas.setFillColorRGB(0, 0, 1)
        line(canvas, 120, 100, "lenke")
        canvas.linkURL("https://eksempel.no/sak", (118, A4[1] - 103, 150, A4[1] - 90))

    bold, link = pdf.read_pages(drawn(page))[0].words
    assert (bold.bold, bold.colour, bold.link) == (True, None, None)
    assert (link.bold, link.colour, link.link) == (False, "#0000ff", "https://eksempel.no/sak")


def agenda(canvas: Canvas, *, rules: bool) -> None:
    rows = (
        (100, "Saksnr.", "", "Ansvar"),
        (120, "2031.1", "Godkjenning av innkalling", ""),
        (134, "", "Innkallingen godkjennes", ""),
        (160, "2031.2", "Felles rutine for utskriving", "Kari"),
        (174, "2 vedlegg", "Rutinen gjelder alle kommunene i opptaksområdet.", "Dal"),
    )
    for top, number, case, name in rows:
        for x, text in ((60, number), (130, case), (440, name)):
            line(canvas, x, top, text)
    if rules:
        canvas.grid([55, 125, 435, 540], [A4[1] - y for y in (88, 106, 146, 182)])


@pytest.mark.parametrize("rules", [True, False], ids=["with rules", "without rules"])
def test_the_three_columns_of_an_agenda(rules):
    blocks, _ = read(lambda canvas: agenda(canvas, rules=rules))
    (table,) = blocks
    assert isinstance(table, Table)
    assert table.ruled == rules
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Saksnr.", "", "Ansvar"],
        ["2031.1", "Godkjenning av innkalling\nInnkallingen godkjennes", ""],
        [
            "2031.2\n2 vedlegg",
            "Felles rutine for utskriving\nRutinen gjelder alle kommunene i opptaksområdet.",
            "Kari\nDal",
        ],
    ]


def test_running_heads_and_page_numbers_go_and_repeated_headings_stay():
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            line(canvas, 60, 40, "Helsefellesskapet i Fjordregionen")
            line(canvas, 60, 200, "Hvilke tiltak er aktuelle?", bold=True)
            line(canvas, 60, 220, f"Svar nummer {number} fra kommunen.")
            line(canvas, 280, 810, f"Side {number} av 3")

        return draw

    blocks, furniture = read(*(page(n) for n in (1, 2, 3)))
    assert [b.text for b in furniture][:2] == ["Helsefellesskapet i Fjordregionen", "Side 1 av 3"]
    assert texts(blocks).count("Hvilke tiltak er aktuelle?") == 3
    assert not any("Side" in text or "Helsefellesskapet" in text for text in texts(blocks))


def test_a_foot_of_its_own_on_every_page_is_furniture_by_its_page_number():
    def page(foot: str, size: float) -> Draw:
        def draw(canvas: Canvas) -> None:
            prose(canvas)
            line(canvas, 60, 800, foot, size=size)

        return draw

    blocks, furniture = read(page("Møtebok side 1", 8), page("Sakliste, side 2 av 2", 8))
    assert [b.text for b in furniture] == ["Møtebok side 1", "Sakliste, side 2 av 2"]
    blocks, furniture = read(page("Referansen står på side 1", 10))
    assert texts(blocks)[-1] == "Referansen står på side 1"
    assert furniture == []


def test_the_mark_of_an_attachment_begins_a_document():
    def first(canvas: Canvas) -> None:
        line(canvas, 60, 100, "Innkalling SSU", bold=True, size=14)
        line(canvas, 60, 140, "Sak 2031.1 Godkjenning av innkalling", bold=True)

    def second(canvas: Canvas) -> None:
        line(canvas, 460, 60, "Sak 2031.2", bold=True)
        line(canvas, 60, 100, "Rutine for utskriving", bold=True, size=16)
        prose(canvas)

    documents = split(read_pdf("pakke.pdf", drawn(first, second)))
    assert [(d.kind, d.pages, d.case_reference) for d in documents] == [
        ("agenda", (1, 1), None),
        ("other", (2, 2), "2031.2"),
    ]
    assert "Sak 2031.2" not in texts(documents[1].blocks)


def test_documents_put_together_are_told_by_their_fonts():
    one, other = (pdfium.PdfDocument(drawn(prose, prose)) for _ in range(2))
    packet = pdfium.PdfDocument.new()
    packet.import_pages(one)
    packet.import_pages(other)
    out = io.BytesIO()
    packet.save(out)
    assert [page.shares_fonts for page in pdf.read_pages(out.getvalue())] == [None, True, False, True]


def test_the_second_reader_sees_the_same_words():
    data = drawn(prose)
    first, second = pdf.read_pages(data)[0], second_reader.read_pages(data)[0]
    assert [w.text for w in second.words] == [w.text for w in first.words]
    assert second.words[0].box.x0 == pytest.approx(first.words[0].box.x0, abs=1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4\nthis is no document", "damaged"),
        (drawn(prose, encrypt="hemmelig"), "encrypted"),
        (drawn(prose)[:600], "damaged"),
    ],
    ids=["no document", "password", "cut off"],
)
def test_what_cannot_be_read_is_refused_with_a_code(data, code):
    with pytest.raises(SaksporError) as refused:
        read_pdf("fil.pdf", data)
    assert refused.value.code == code


def test_a_page_without_anything_is_no_fault():
    file = read_pdf("tom.pdf", drawn(lambda canvas: None, prose))
    assert [flaw.code for flaw in file.flaws] == []
    assert file.page_count == 2
