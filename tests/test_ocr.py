"""Pages without a usable text layer: found, read with tesseract where it is there, reported where it is not."""

from __future__ import annotations

import ctypes
import io
import re
import sys
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

import ingest
from ingest import ocr, scans
from ingest.repeats import alike
from models.layout import File, Table
from models.problems import PROBLEMS
from tests.scans import Ruled, drawn, joined, scanned

MINUTES: list[str | Ruled] = [
    "*Referat SSU 16.06.22",
    Ruled(["*Tema"], ["Referat SSU"]),
    Ruled(["*Dato/sted"], ["16.06.22, kl. 09.00-11.20", "Nordvik rådhus, møterom Fjorden"]),
    "*Referat",
    Ruled(["*Saksnr."], [""]),
    Ruled(
        ["*2022.7"], ["*Godkjenning av innkalling og dagsorden", "*Konklusjon", "Innkalling og dagsorden ble godkjent"]
    ),
    Ruled(
        ["*2022.8"],
        [
            "*Oppfølging av samhandlingsavvik i kommunene",
            "Sekretariatet orienterte om hvordan avvik meldes mellom sykehuset",
            "og kommunene, og om erfaringene så langt. Sørdal og Havnes ønsker at",
            "fagutvalget ser på rutinene før neste møte.",
            "*Konklusjon",
            "Saken følges opp av fagutvalget, som legger frem et forslag på neste møte.",
        ],
    ),
    Ruled(["*2022.9"], ["*Eventuelt", "Ingen saker ble meldt under eventuelt."]),
]
LETTER = [
    "Utvalget ber om at saken blir lagt frem på nytt når kommunene har svart,",
    "og at svaret fra sykehuset følger med. Pårørende skal få være med på å",
    "utforme tilbudet der det er mulig, også i de små kommunene. Fastlegene må",
    "få vite om endringene før sommeren, slik at de kan planlegge driften sin.",
    "Ordningen gjelder for alle som bor i regionen, uavhengig av alder.",
]


def words_of(lines: list[str | Ruled]) -> Counter[str]:
    texts = [cell for line in lines for cell in ([*line.left, *line.right] if isinstance(line, Ruled) else [line])]
    return Counter(re.findall(r"\w+", " ".join(texts)))


def recall(file: File, lines: list[str | Ruled], page: int = 1) -> float:
    wanted = words_of(lines)
    found = Counter(re.findall(r"\w+", " ".join(word.text for word in file.pages[page - 1].words)))
    return sum((wanted & found).values()) / sum(wanted.values())


@pytest.fixture
def read(tmp_path):
    def _read(data: bytes) -> File:
        path = tmp_path / "fil.pdf"
        path.write_bytes(data)
        return ingest.read(path)

    return _read


@pytest.fixture
def without_ocr(monkeypatch):
    """As on a machine where OCRmyPDF is not installed."""

    def absent(*_arguments: object, **_options: object) -> bool:
        raise ocr.OcrUnavailableError

    monkeypatch.setattr(ocr, "_run", absent)


def codes(file: File) -> list[tuple[str, int | None]]:
    return [(flaw.code, flaw.page) for flaw in file.flaws]


def shifted(lines: list[str]) -> list[str]:
    """What a font without a map to characters leaves of the text: every glyph 29 places off."""
    return ["".join(c if c == " " else chr(max(ord(c) - 29, 33)) for c in line) for line in lines]


# --- read for real ---------------------------------------------------------------------------------------------------


@pytest.mark.ocr
def test_a_slanted_scan_is_read_as_the_page_was(tesseract, read):
    file = read(scanned(drawn([MINUTES]), slant=1.0))
    assert codes(file) == [("read_by_ocr", 1)]
    assert recall(file, MINUTES) >= 0.95
    tables = [block for block in file.blocks if isinstance(block, Table)]
    assert [(row.at(0).text) for table in tables for row in table.rows if row.at(0).text.startswith("2022")] == [
        "2022.7",
        "2022.8",
        "2022.9",
    ]
    case = next(row for table in tables for row in table.rows if row.at(0).text == "2022.8").at(1)
    assert [p.text for p in case.paragraphs if p.bold] == ["Oppfølging av samhandlingsavvik i kommunene", "Konklusjon"]


@pytest.mark.ocr
def test_words_stand_where_they_stood(tesseract, read):
    file = read(joined(drawn([LETTER]), scanned(drawn([LETTER]), slant=0.0)))
    exported, page = file.pages
    places = {word.text: word.box for word in exported.words}
    for word in page.words:
        if word.text in places and len(word.text) > 6:
            was = places[word.text]
            assert max(abs(word.box.x0 - was.x0), abs(word.box.bottom - was.bottom)) < 3.0, word


@pytest.mark.ocr
@pytest.mark.parametrize(
    "turned", [180, pytest.param(90, marks=pytest.mark.slow), pytest.param(270, marks=pytest.mark.slow)]
)
def test_a_page_that_lies_on_its_side_or_head_is_set_upright(tesseract, read, turned):
    file = read(scanned(drawn([MINUTES]), slant=0.3, turned=turned))
    assert recall(file, MINUTES) >= 0.9


@pytest.mark.ocr
def test_a_text_layer_that_is_gibberish_is_read_anew(tesseract, read, monkeypatch):
    # the picture of the page is right, its text layer is not: drawn as the letter, told as the shifted glyphs
    good = read(drawn([LETTER]))
    page = good.pages[0]
    spoilt = [w.__class__(shifted([w.text])[0], w.box, w.size) for w in page.words]
    broken = page.__class__(1, page.width, page.height, tuple(spoilt))
    (mended,), flaws = scans.with_scans_read(drawn([LETTER]), [broken])
    assert [flaw.code for flaw in flaws] == ["read_by_ocr"]
    assert alike([w.text for w in mended.words], [w.text for w in page.words]) > 0.95


@pytest.mark.ocr
def test_a_stamp_on_a_scan_does_not_count_as_its_text(tesseract, read):
    picture = scanned(drawn([MINUTES]), slant=0.0)
    file = read(stamped(picture, "Journalført 17.06.22 dok. 4"))
    assert codes(file) == [("read_by_ocr", 1)]
    assert recall(file, MINUTES) >= 0.9


@pytest.mark.ocr
def test_a_scan_of_the_same_minutes_in_the_file_is_marked_as_a_copy(tesseract, read):
    file = read(joined(drawn([MINUTES]), scanned(drawn([MINUTES]), slant=0.6)))
    first, second = ingest.split(file)
    assert (first.pages, second.pages) == ((1, 1), (2, 2))
    assert (first.kind, first.repeats, second.kind, second.repeats) == ("minutes", None, "minutes", 0)


@pytest.mark.ocr
def test_the_scan_is_the_copy_even_when_it_comes_first(tesseract, read):
    documents = ingest.split(read(joined(scanned(drawn([MINUTES]), slant=0.0), drawn([MINUTES]))))
    assert [document.repeats for document in documents] == [1, None]


@pytest.mark.ocr
@pytest.mark.slow
def test_real_scans_are_read(tesseract, seeds):
    for path in sorted(Path(seeds).glob("*skannet*.pdf")):
        file = ingest.read(path)
        assert {code for code, _ in codes(file)} == {"read_by_ocr"}
        assert any(isinstance(block, Table) and len(block.rows) > 5 for block in file.blocks), path.name


# --- without the tools -----------------------------------------------------------------------------------------------


def test_without_ocr_the_page_is_reported_and_the_rest_is_read(read, without_ocr):
    file = read(joined(drawn([LETTER]), scanned(drawn([MINUTES]))))
    assert codes(file) == [("needs_ocr", 2)]
    assert recall(file, list(LETTER)) == 1.0
    assert "ocr" in PROBLEMS["needs_ocr"].advice


def test_without_ocr_a_gibberish_page_is_reported_and_kept(read, without_ocr):
    file = read(drawn([LETTER, shifted(LETTER)]))
    assert codes(file) == [("garbled", 2)]
    assert file.pages[1].words


def test_a_missing_library_is_no_error(read, monkeypatch):
    monkeypatch.setitem(sys.modules, "ocrmypdf", None)
    assert codes(read(scanned(drawn([LETTER])))) == [("needs_ocr", 1)]


def test_blank_pages_need_nothing(read, without_ocr):
    assert codes(read(joined(drawn([LETTER]), drawn([[]]), scanned(drawn([[]]))))) == []


def test_exported_pages_need_nothing(read, without_ocr):
    assert codes(read(drawn([MINUTES, LETTER, ["Saksnr."]]))) == []


def test_a_page_that_ocr_cannot_read_is_reported(read, monkeypatch):
    monkeypatch.setattr(ocr, "_run", lambda *_arguments, **_options: False)
    assert codes(read(scanned(drawn([LETTER])))) == [("needs_ocr", 1)]


def test_the_time_of_a_file_is_kept(read, monkeypatch):
    calls: list[int] = []

    def fail(*_arguments: object, **_options: object) -> bool:
        calls.append(1)
        return False

    monkeypatch.setattr(ocr, "_run", fail)
    monkeypatch.setattr(scans, "TIME_FOR_FILE", -1.0)
    file = read(scanned(drawn([LETTER, LETTER, LETTER])))
    assert codes(file) == [("needs_ocr", 1), ("needs_ocr", 2), ("needs_ocr", 3)]
    assert len(calls) <= 2


def test_a_photograph_behind_a_title_is_no_scan(read, without_ocr):
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((1240, 1754)).save(buffer, "PDF", resolution=150)
    assert codes(read(stamped(buffer.getvalue(), "Handlingsplan 2023"))) == []


def stamped(data: bytes, text: str) -> bytes:
    """A PDF's first page with a line of text written on it."""
    document = pdfium.PdfDocument(data)
    page = document[0]
    font = pdfium.raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
    item = pdfium.raw.FPDFPageObj_CreateTextObj(document.raw, font, 9)
    letters = [*map(ord, text), 0]
    pdfium.raw.FPDFText_SetText(item, (ctypes.c_ushort * len(letters))(*letters))
    pdfium.raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, 40, 20)
    pdfium.raw.FPDFPage_InsertObject(page.raw, item)
    page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()
