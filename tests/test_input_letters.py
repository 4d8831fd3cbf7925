"""Input letters of five conventions, drawn as PDF or written as DOCX: from file to points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from docx import Document as Word
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Drawn

from extract import records
from ingest import read, split
from models.records import Extraction, InputPoint

STYLES = {
    "text": ParagraphStyle("text", fontName="Helvetica", fontSize=11, leading=14, spaceAfter=6),
    "sender": ParagraphStyle("sender", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceAfter=20),
    "title": ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=15, leading=18, spaceAfter=10),
    "theme": ParagraphStyle("theme", fontName="Helvetica-Bold", fontSize=13, leading=16, spaceBefore=10, spaceAfter=4),
    "bold": ParagraphStyle("bold", fontName="Helvetica-Bold", fontSize=11, leading=14, spaceBefore=8, spaceAfter=4),
    "question": ParagraphStyle("question", fontName="Helvetica-Oblique", fontSize=11, leading=14, spaceAfter=3),
    "•": ParagraphStyle(
        "b0", fontName="Helvetica", fontSize=11, leading=14, leftIndent=18, bulletIndent=6, spaceAfter=3
    ),
    "o": ParagraphStyle(
        "b1", fontName="Helvetica", fontSize=11, leading=14, leftIndent=38, bulletIndent=26, spaceAfter=3
    ),
    "-": ParagraphStyle(
        "b2", fontName="Helvetica", fontSize=11, leading=14, leftIndent=58, bulletIndent=46, spaceAfter=3
    ),
}
Line = tuple[str, str]


def draw(path: Path, lines: Iterable[Line], foot: str = "") -> Path:
    """A letter of (style, text) lines; ``foot`` stands in small type at the bottom of the first page only."""

    def first_page(canvas: Canvas, _: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(70, 32, foot)

    def later_pages(canvas: Canvas, _: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(450, 32, f"Side {canvas.getPageNumber()} av 3")

    template = SimpleDocTemplate(str(path), pagesize=A4, leftMargin=70, rightMargin=70, topMargin=60, bottomMargin=60)
    template.build([_flowable(*line) for line in lines], onFirstPage=first_page, onLaterPages=later_pages)
    return path


def _flowable(style: str, text: str) -> Flowable:
    if style == "page":
        return PageBreak()
    if style == "space":
        return Spacer(1, float(text))
    if style in ("•", "o", "-"):
        return Drawn(text, STYLES[style], bulletText=style)
    return Drawn(text, STYLES[style])


def letters(path: Path) -> list[Extraction]:
    return [records(document) for document in split(read(path))]


def rows(points: Iterable[InputPoint]) -> list[tuple[str | None, str | None, str]]:
    return [(p.theme, p.question, p.text) for p in points]


QUESTIONS = {
    "challenges": "Hva er de viktigste utfordringene å adressere?",
    "measures": "Hvilke tiltak er aktuelle?",
    "examples": "Er dere kjent med pågående arbeid eller gode eksempler som departementet bør være kjent med i det "
    "videre arbeidet?",
}
LONG = "Ventetiden for ungdom er for lang, og kommunene og sykehuset har ulike lister over hvem som venter. " * 3


def test_nested_points_and_a_point_broken_by_the_page_and_its_foot(tmp_path):
    lines: list[Line] = [("sender", "Sykehuset i Fjordregionen HF"), ("title", "Innspill til nasjonal plan for ungdom")]
    lines += [("text", "Vi viser til brev om planen og takker for invitasjonen.")]
    expected = []
    for theme, code in (("Psykisk helse", "challenges"), ("Psykisk helse", "measures"), ("Skole", "examples")):
        lines += [("theme", theme)] if code != "measures" else []
        lines += [("question", QUESTIONS[code]), ("•", "Felles veileder"), ("o", "Også for kommunene i nord")]
        lines += [("-", "Først i Nordvik")]
        expected += [
            (theme, code, text) for text in ("Felles veileder", "Også for kommunene i nord", "Først i Nordvik")
        ]
    lines += [
        ("space", "315"),
        ("•", LONG),
        ("•", "Kortere ventetid"),
        ("text", "Med vennlig hilsen"),
        ("text", "Kari Dal"),
    ]
    expected += [("Skole", "examples", LONG.strip()), ("Skole", "examples", "Kortere ventetid")]
    (letter,) = letters(
        draw(tmp_path / "a.pdf", lines, "Postboks 12, 9990 Nordvik | post@sykehuset.example | Org.nr. 123 456")
    )
    assert rows(letter.input_points) == expected
    broken = next(p for p in letter.input_points if p.text == LONG.strip())
    assert {e.page for e in broken.evidence if e.field == "text"} == {1, 2}


def test_nynorsk(tmp_path):
    lines: list[Line] = [
        ("sender", "Havnes kommune"),
        ("text", "Helse- og omsorgsdepartementet"),
        ("text", "Postboks 8011 Dep"),
        ("text", "0030 OSLO"),
        ("text", "Dato: 12.09.2022"),
        ("title", "Innspel til ny samhandlingsplan"),
        ("text", "Kommunen takkar for høvet til å gi innspel."),
        ("theme", "1. Rekruttering"),
        ("bold", "Kva er dei viktigaste utfordringane?"),
        ("-", "Det er vanskeleg å få tak i sjukepleiarar"),
        ("-", "Bustadene er dyre"),
        ("bold", "Kva tiltak er aktuelle?"),
        ("-", "Fleire studieplassar"),
        ("bold", "Kjenner de til gode døme?"),
        ("-", "Delte stillingar i Havnes"),
        ("theme", "2. Rus"),
        ("bold", "Kva er dei viktigaste utfordringane?"),
        ("-", "Bustadene er dyre"),
        ("text", "Med venleg helsing"),
        ("text", "Ola Vik"),
    ]
    (letter,) = letters(draw(tmp_path / "n.pdf", lines))
    assert rows(letter.input_points) == [
        ("Rekruttering", "challenges", "Det er vanskeleg å få tak i sjukepleiarar"),
        ("Rekruttering", "challenges", "Bustadene er dyre"),
        ("Rekruttering", "measures", "Fleire studieplassar"),
        ("Rekruttering", "examples", "Delte stillingar i Havnes"),
        ("Rus", "challenges", "Bustadene er dyre"),
    ]
    assert letter.submission is not None
    assert letter.submission.sender == "Havnes kommune"
    assert letter.submission.recipient == "Helse- og omsorgsdepartementet"
    assert letter.submission.date == "2022-09-12"


AD_ANSWERS = (
    "Kommunene og sykehuset mangler felles tall, og det gjør det vanskelig å planlegge for de neste årene.",
    "Staten bør gi helsefellesskapene et felles datagrunnlag som oppdateres hvert kvartal.",
    "I Sørdal prøver vi ut et felles dashbord som alle kommunene har tilgang til fra i høst.",
)


@pytest.mark.parametrize("how", ["own line", "run in", "with its question"])
def test_answers_by_number(tmp_path, how):
    """ "Ad 1:" by itself over the answer, in the line of the answer, or with the question repeated."""
    lines: list[Line] = [("sender", "Sørdal kommune"), ("title", "Innspill til samhandlingsplan")]
    lines += [("text", "Departementet ber om svar på disse spørsmålene:")]
    lines += [("text", f"{n}. {question}") for n, question in enumerate(QUESTIONS.values(), 1)]
    for n, (answer, question) in enumerate(zip(AD_ANSWERS, QUESTIONS.values(), strict=True), 1):
        if how == "run in":
            lines += [("text", f"Ad {n}: {answer}")]
        else:
            lines += [("bold", f"Ad {n}:" if how == "own line" else f"Ad {n}: {question}"), ("text", answer)]
    lines += [("text", "Med vennlig hilsen"), ("text", "Ola Vik")]
    (letter,) = letters(draw(tmp_path / "ad.pdf", lines))
    assert [(p.question, p.text) for p in letter.input_points] == list(zip(QUESTIONS, AD_ANSWERS, strict=True))


def test_sections_whose_number_gives_the_question(tmp_path):
    lines: list[Line] = [("sender", "Fossum kommune"), ("title", "Innspill til nasjonal plan")]
    expected = []
    for n, (code, question) in enumerate(QUESTIONS.items(), 1):
        lines += [("theme", f"{n}. {question}")]
        for k, theme in enumerate(("Digitalisering", "Barn og unge"), 1):
            lines += [
                ("bold", f"{n}.{k} {theme}"),
                ("text", f"Her mener vi at {theme.lower()} må løftes høyere {n} ganger."),
            ]
            expected += [(theme, code, f"Her mener vi at {theme.lower()} må løftes høyere {n} ganger.")]
    lines += [("text", "Med vennlig hilsen"), ("text", "Kari Dal")]
    (letter,) = letters(draw(tmp_path / "numbered.pdf", lines))
    assert rows(letter.input_points) == expected


def test_numbered_paragraphs_answer_the_question_of_their_first_number(tmp_path):
    lines: list[Line] = [("sender", "Fossum kommune"), ("title", "Innspill til nasjonal plan")]
    lines += [("text", "Vi svarer på spørsmålene i invitasjonen:")]
    lines += [("text", f"{n}. {question}") for n, question in enumerate(QUESTIONS.values(), 1)]
    lines += [("theme", "Digitalisering")]
    points = {
        "1.1": ("challenges", "Journalsystemene snakker ikke sammen i dag"),
        "1.2": ("challenges", "Fastlegene får epikrisene for sent"),
        "2.1": ("measures", "Felles journal for alle kommunene i regionen"),
        "3.1": ("examples", "Nordvik har delt journal med sykehuset siden 2020"),
    }
    lines += [("text", f"{number} {text}") for number, (_, text) in points.items()]
    (letter,) = letters(draw(tmp_path / "points.pdf", lines))
    assert rows(letter.input_points) == [("Digitalisering", code, text) for code, text in points.values()]


def test_a_covering_letter_and_its_annexes(tmp_path):
    lines: list[Line] = [
        ("sender", "Helse Fjord RHF"),
        ("title", "Innspill til nasjonal plan"),
        ("theme", "Rehabilitering"),
    ]
    lines += [("question", QUESTIONS["challenges"]), ("•", "For få plasser"), ("text", "Med vennlig hilsen")]
    lines += [
        ("text", "Helse Fjord RHF"),
        ("text", "Vedlegg 1 - Eikeland kommune - Innspill til nasjonal plan - 02-09-22"),
    ]
    lines += [("page", ""), ("sender", "Eikeland kommune"), ("title", "Innspill til nasjonal plan")]
    lines += [
        ("text", "Eikeland kommune takker for invitasjonen og har disse innspillene."),
        ("theme", "Rehabilitering"),
    ]
    lines += [("text", f"{LONG}Det er dyrt for alle.")]
    lines += [
        ("text", "Kommunen ønsker en felles enhet."),
        ("text", "Med vennlig hilsen"),
        ("text", "Eikeland kommune"),
    ]
    cover, annex = letters(draw(tmp_path / "two.pdf", lines))
    assert rows(cover.input_points) == [("Rehabilitering", "challenges", "For få plasser")]
    assert [p.question for p in annex.input_points] == [None, None]
    assert {p.theme for p in annex.input_points} == {"Rehabilitering"}
    assert cover.submission is not None
    assert annex.submission is not None
    assert (cover.submission.sender, annex.submission.sender) == ("Helse Fjord RHF", "Eikeland kommune")
    assert annex.submission.date == "2022-09-02"


# --- DOCX ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def written(tmp_path) -> Callable[[Iterable[Line]], Extraction]:
    def write(lines: Iterable[Line]) -> Extraction:
        word = Word()
        for style, text in lines:
            word.add_paragraph(text, style=style or None)
        word.save(str(tmp_path / "brev.docx"))
        (only,) = letters(tmp_path / "brev.docx")
        return only

    return write


def test_typed_dashes_and_no_questions(written):
    letter = written(
        [
            ("Title", "Innspill til handlingsrommet i kommunene"),
            ("", "Kommunen gir her sine innspill til temaene i invitasjonen, og har prioritert to av dem."),
            ("Heading 1", "Legevakt"),
            ("", "- Felles legevakt for fire kommuner"),
            ("", "-Bedre lønn for vakt"),
            ("Heading 1", "Hjemmetjeneste"),
            ("", "Hjemmetjenesten trenger flere fagarbeidere og mer tid til hver enkelt bruker."),
            ("", "Kommunen vil ha faste team."),
            ("", "Med vennlig hilsen"),
            ("", "Kari Dal"),
        ]
    )
    assert rows(letter.input_points) == [
        ("Legevakt", None, "Felles legevakt for fire kommuner"),
        ("Legevakt", None, "Bedre lønn for vakt"),
        ("Hjemmetjeneste", None, "Hjemmetjenesten trenger flere fagarbeidere og mer tid til hver enkelt bruker."),
        ("Hjemmetjeneste", None, "Kommunen vil ha faste team."),
    ]
    assert all(piece.address for point in letter.input_points for piece in point.evidence)


def test_a_form_with_boxes_and_prompts(written):
    response = written(
        [
            ("Title", "Høringssvar: Plan for fødetilbudet"),
            ("", "Kryss av for tilhørighet:"),
            ("", "☒ Nordvik kommune"),
            ("", "☐ Sørdal kommune"),
            ("Heading 2", "Kontaktinformasjon"),
            ("", "Kontaktperson: Kari Dal"),
            ("Heading 2", "1) Er målene tydelige?"),
            ("", "☒ Ja, utdyp gjerne ☐ Nei, utdyp gjerne"),
            ("", "Målene er tydelige for oss."),
            ("Heading 2", "2) Er tiltakene riktige?"),
            ("", "☐ Ja ☒ Nei ☐ Vet ikke"),
            ("", "Klikk eller trykk her for å skrive inn tekst."),
            ("Heading 2", "3) Andre merknader?"),
            ("", "Begrepene bør byttes ut:"),
            ("List Bullet", "Jordmortjenesten"),
        ]
    )
    assert [(p.theme, p.question, p.answer, p.text) for p in response.input_points] == [
        ("Er målene tydelige?", "other", "Ja", "Målene er tydelige for oss."),
        ("Er tiltakene riktige?", "measures", "Nei", "Nei"),
        ("Andre merknader?", "other", None, "Begrepene bør byttes ut:"),
        ("Andre merknader?", "other", None, "Jordmortjenesten"),
    ]
    assert response.submission is not None
    assert response.submission.sender == "Nordvik kommune"
