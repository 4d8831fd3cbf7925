"""The source page: the page beside its text, the quoted passage marked, and nothing served but what was loaded."""

from __future__ import annotations

import asyncio
import io
import sqlite3

import pytest
from PIL import Image

from tests.site_collection import DECISION, HOSTILE, PROPOSAL, build, site


@pytest.fixture
def folder(tmp_path):
    build(tmp_path)
    return tmp_path


@pytest.fixture
def get(folder):
    def ask(path):
        async def answer():
            return await site(folder / "sakspor.db").client.get(path)

        return asyncio.run(answer())

    return ask


@pytest.fixture
def documents(folder):
    """Kind of document -> its id."""
    db = sqlite3.connect(folder / "sakspor.db")
    found = dict(db.execute("select kind, id from documents"))
    db.close()
    return found


def yellow(png):
    """How many pixels of the picture are marked."""
    data = Image.open(io.BytesIO(png)).convert("RGB").tobytes()
    pixels = zip(data[::3], data[1::3], data[2::3], strict=True)
    return sum(1 for red, green, blue in pixels if red > 200 and green > 180 and blue < 190)


def test_a_pdf_page_shows_picture_and_text(get, documents):
    page = get(f"/kilde/{documents['agenda']}?side=2").text
    assert f'src="/kilde/{documents["agenda"]}/side/2.png"' in page
    assert "Forrige side" in page
    assert "Neste side" not in page
    assert PROPOSAL in page
    assert HOSTILE not in page
    assert "/sakspor/saksgang?sak=su-2031.2" in page


def test_evidence_is_marked_in_text_and_picture(get, documents):
    decision = f"{documents['agenda']}/2031.2/proposed/1"
    page = get(f"/kilde/{documents['agenda']}?side=2&bevis={decision}").text
    assert f'<mark id="merket">{PROPOSAL}</mark>' in page
    plain = get(f"/kilde/{documents['agenda']}/side/2.png").content
    marked = get(f"/kilde/{documents['agenda']}/side/2.png?bevis={decision}").content
    assert yellow(plain) == 0
    assert yellow(marked) > 1000


def test_evidence_without_a_page_opens_the_page_it_stands_on(get, documents):
    decision = f"{documents['agenda']}/2031.2/proposed/1"
    assert "Side 2 av 2" in get(f"/kilde/{documents['agenda']}?bevis={decision}").text
    elsewhere = get(f"/kilde/{documents['agenda']}?side=1&bevis={decision}").text
    assert "Teksten som er kilden, står på" in elsewhere
    assert "<mark" not in elsewhere


def test_a_text_is_looked_for_in_the_picture(get, documents):
    assert yellow(get(f"/kilde/{documents['agenda']}/side/2.png?bevis=samhandlingsavvik").content) > 500
    assert yellow(get(f"/kilde/{documents['agenda']}/side/2.png?bevis=finnesikke").content) == 0


def test_a_docx_shows_its_text_with_only_the_paragraph_marked_that_is_the_source(get, documents):
    page = get(f"/kilde/{documents['minutes']}?bevis={documents['minutes']}/2031.2/adopted/1").text
    assert page.count(DECISION) == 2
    assert page.count("<mark") == 1
    assert f'<p><mark id="merket">{DECISION}</mark></p>' in page
    assert f"<td><p>Sak 2031.1</p></td><td><p>{DECISION}</p></td>" in page
    assert "<img" not in page
    assert "Word (DOCX)" in page


@pytest.mark.parametrize(
    ("kind", "content_type", "start"),
    [("agenda", "application/pdf", b"%PDF"), ("minutes", "application/vnd.openxmlformats", b"PK")],
)
def test_the_original_is_an_attachment(get, documents, kind, content_type, start):
    response = get(f"/kilde/{documents[kind]}/fil")
    assert response.headers["content-type"].startswith(content_type)
    assert response.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content.startswith(start)


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF-1.7 another")])
def test_a_file_that_is_gone_or_changed_is_not_served(folder, get, documents, change):
    change(folder / "innkalling.pdf")
    page = get(f"/kilde/{documents['agenda']}?side=2")
    assert page.status_code == 200
    assert "ligger ikke på denne maskinen" in page.text
    assert PROPOSAL in page.text
    assert "<img" not in page.text
    assert get(f"/kilde/{documents['agenda']}/fil").status_code == 404
    assert get(f"/kilde/{documents['agenda']}/side/2.png").status_code == 404


@pytest.mark.parametrize("side", ["0", "3", "-1", "x", "²", "9999999999"])
def test_a_page_outside_the_document_is_refused_in_norwegian(get, documents, side):
    response = get(f"/kilde/{documents['agenda']}?side={side}")
    assert response.status_code == 404
    assert "Dokumentet går fra side 1 til side 2." in response.text


@pytest.mark.parametrize(
    "path",
    ["/kilde/..~2F..~2Fetc~2Fpasswd/fil", "/kilde/~2Fetc~2Fpasswd", "/kilde/x/side/1.png", "/kilde/%2e%2e/fil"],
)
def test_no_path_comes_from_the_visitor(get, path):
    assert get(path).status_code in (302, 404)


def test_a_docx_has_no_page_pictures(get, documents):
    assert get(f"/kilde/{documents['minutes']}/side/1.png").status_code == 404
