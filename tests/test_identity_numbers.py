"""Identity numbers are masked before anything is made of a file, and nothing else is."""

from __future__ import annotations

import io
import re
from itertools import islice
from random import Random

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

import ingest
from models.identity_numbers import is_identity_number
from models.identity_search import MASK, identity_numbers, masked
from models.layout import paragraphs
from tests import word_builder as word
from tests.identity_spellings import account, numbers, odd_spellings, other_numbers, spellings

NUMBER, OTHER = islice(numbers(0), 2)
LINED = [("ROWBACKGROUNDS", (0, 0), (-1, -1), ["white"]), ("GRID", (0, 0), (-1, -1), 1, "black")]


def written(text: str) -> list[str]:
    """The identity numbers of a text, as they stand."""
    return [text[start:end] for start, end in identity_numbers(text)]


def test_every_spelling_is_found():
    random = Random(1)
    for number in islice(numbers(1), 300):
        for spelled in (*spellings(number, random), *odd_spellings(number, random)):
            for text in (
                spelled,
                f"Gjelder {spelled}, Nordvik",
                f"(f. {spelled})",
                f"Kari Eksempel\n{spelled}\nFossum",
            ):
                assert written(text) == [spelled], repr(text)


@pytest.mark.parametrize("between", ["\n", ", ", " ", "; ", " | ", "\t"])
def test_other_numbers_are_left_alone(between):
    text = between.join(other_numbers(10_000, seed=len(between)))
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Fødselsnummer: 01020312345", 1),
        ("Fnr. 010203 12345 (feilskrevet)", 1),
        ("født 01.02.03, personnr. 12345", 1),
        ("Personnummer | \n12345", 1),
        ("Vedlegg 12345, postnummer 12345", 0),
        (f"Kontonummer: {NUMBER}", 0),
        (f"Kontonr. i banken: {NUMBER} og {OTHER}", 0),
        (f"Kontonr. 1234.56.78903, fnr. {NUMBER}", 1),
        (f"KID {NUMBER}", 0),
        (f"+{NUMBER}", 0),
        (f"1{NUMBER}", 0),
        (f"{NUMBER[:4]}.{NUMBER[4:6]}.{NUMBER[6:]}", 0),
        (f"https://eksempel.no/?id={NUMBER}&side=2", 1),
        (f"brev_{NUMBER}_kopi.pdf", 1),
        (f"{NUMBER} {OTHER}", 2),
        (f"{NUMBER}\n{OTHER}\n{NUMBER}", 3),
    ],
)
def test_what_stands_before_a_number_tells(text, count):
    assert len(written(text)) == count


def test_wrong_control_digits_are_no_number():
    last = str((int(NUMBER[-1]) + 1) % 10)
    assert not is_identity_number(NUMBER[:-1] + last)
    assert written(f"Journal {NUMBER[:-1]}{last}") == []


def test_masking_keeps_the_length_and_changes_nothing_the_second_time():
    text = f"Kari ({NUMBER[:6]}-{NUMBER[6:]}) og Ola {OTHER}"
    once = masked(text)
    assert len(once) == len(text)
    assert once == f"Kari ({MASK * 6}-{MASK * 5}) og Ola {MASK * 11}"
    assert masked(once) == once


def test_account_numbers_that_are_valid_identity_numbers_are_kept_under_their_heading():
    random = Random(5)
    same = [number for number in (account(random) for _ in range(4000)) if is_identity_number(number)][:5]
    assert len(same) == 5
    rows = "".join(word.tr(word.tc(f"Lag {n}"), word.tc(number)) for n, number in enumerate(same))
    file = _read_docx(word.table(word.tr(word.tc("Navn"), word.tc("Kontonummer")), rows))
    assert all(number in _text(file) for number in same)
    assert file.flaws == ()


def _read_docx(body: str, **parts: str):
    from ingest.identity import without_identity_numbers

    return without_identity_numbers(word.read(body, **parts))


def _text(file) -> str:
    return "\n".join(
        p.printed + p.struck + p.lead + "".join(p.lines) for p in paragraphs((*file.blocks, *file.furniture))
    )


def test_in_word_wherever_they_stand():
    date, last = NUMBER[:6], NUMBER[6:]
    struck = word.r(NUMBER, "<w:strike/>")
    places = {
        "paragraph": word.p(f"Gjelder {NUMBER}."),
        "bold beginning": word.p(word.bold(f"Kari {date}") + word.r(f" {last} møtte")),
        "runs": word.p(word.r(date[:3]) + word.bold(date[3:] + last[:1]) + word.r(last[1:])),
        "neighbouring cells": word.table(word.tr(word.tc(date), word.tc(last))),
        "one cell": word.table(word.tr(word.tc(word.p(date) + word.p(last)), word.tc("Kari"))),
        "struck": word.p(struck + word.r("Kari")),
        "soft break": word.p(word.r(date) + word.r("<w:br/>") + word.r(last)),
    }
    for name, body in places.items():
        file = _read_docx(word.p("Referat") + body)
        assert not re.search(r"\d{3}", _text(file)), name
        assert [(flaw.code, flaw.detail) for flaw in file.flaws] == [("identity_number", "1 nummer")], name
    header = _read_docx(word.p("Referat"), header=word.p(f"Fnr {NUMBER}"))
    assert NUMBER not in _text(header)
    assert header.flaws


def _draw(rows: list[list[str]], texts: list[str]) -> bytes:
    stored = io.BytesIO()
    style = getSampleStyleSheet()["Normal"]
    cells = [[Paragraph(cell.replace("\n", "<br/>"), style) for cell in row] for row in rows]
    table = [Table(cells, colWidths=[130] * len(rows[0]), style=LINED)] if rows else []
    SimpleDocTemplate(stored).build([*(Paragraph(t.replace("\n", "<br/>"), style) for t in texts), *table])
    return stored.getvalue()


@pytest.fixture
def read_pdf(tmp_path):
    def read(rows, texts=("Referat fra møte i samarbeidsutvalget",)):
        path = tmp_path / "brev.pdf"
        path.write_bytes(_draw(rows, list(texts)))
        return ingest.read(path)

    return read


def test_on_pages_with_the_places_of_their_digits(read_pdf):
    random = Random(3)
    for number in islice(numbers(3), 4):
        for spelled in spellings(number, random):
            rest = "" if "\n" not in spelled else spelled.split("\n")[1]
            rows = [["Navn", "Nummer", "Sak"], ["Kari Eksempel", spelled, "2022.26"]]
            for file in (read_pdf(rows), read_pdf([], [f"Gjelder {spelled}. Sak 2022.26"])):
                assert not re.search(r"\d{5}", re.sub(r"[ .\-–\n]", "", _text(file).replace("2022.26", ""))), spelled
                assert "2022.26" in _text(file)
                assert [flaw.code for flaw in file.flaws] == ["identity_number"]
                assert file.masks
                assert all(place.page == 1 and place.box and place.box.width < 130 for place in file.masks), rest


def test_cut_by_a_cell(read_pdf):
    file = read_pdf([["Født", "Nummer", "Navn"], [NUMBER[:6], NUMBER[6:], "Kari"]])
    assert not re.search(r"\d", _text(file))
    assert len(file.masks) == 2


def test_cut_by_a_page(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "brev.pdf"
    canvas = Canvas(str(path))
    for place, text in ((60, f"Dette gjelder {NUMBER[:6]}"), (780, f"{NUMBER[6:]} som er meldt")):
        canvas.drawString(72, place, text)
        canvas.showPage()
    canvas.save()
    file = ingest.read(path)
    assert not re.search(r"\d", _text(file))
    assert {place.page for place in file.masks} == {1, 2}
