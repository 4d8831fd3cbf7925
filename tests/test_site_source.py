"""The source page: the page beside its text, the quoted passage marked, and nothing served but what was loaded."""

from __future__ import annotations

import asyncio
import io
import sqlite3
import zipfile
from contextlib import closing

import pytest
from PIL import Image

import pipeline
import store
from folders import find_files
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


@pytest.fixture
def zipped(folder):
    """The files lie in a zip file, and were loaded from there."""
    archive = folder / "arkiv.zip"
    _write_zip(archive, {f"2031/{name}": (folder / name).read_bytes() for name in FILES})
    for name in FILES:
        (folder / name).unlink()
    db = sqlite3.connect(folder / "sakspor.db")
    db.executemany(
        "UPDATE source_files SET path = ? WHERE path LIKE '%' || ?",
        [(f"arkiv.zip!/2031/{name}", name) for name in FILES],
    )
    db.commit()
    db.close()
    return archive


FILES = ("innkalling.pdf", "referat ærlig.docx")


def _write_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_the_original_of_a_file_in_a_zip_is_shown_and_fetched(zipped, get, documents):
    page = get(f"/kilde/{documents['agenda']}?side=2").text
    assert f'src="/kilde/{documents["agenda"]}/side/2.png"' in page
    assert yellow(get(f"/kilde/{documents['agenda']}/side/2.png?bevis=samhandlingsavvik").content) > 500
    for kind, start, name in (("agenda", b"%PDF", "innkalling.pdf"), ("minutes", b"PK", "referat%20%C3%A6rlig.docx")):
        response = get(f"/kilde/{documents[kind]}/fil")
        assert response.content.startswith(start)
        assert response.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"


def _swollen(content: bytes) -> bytes:
    """The content with so much air behind it that no document has as much."""
    return content + b"\0" * (30 << 20)


CHANGES = {
    "gone": lambda archive, content: archive.unlink(),
    "another content": lambda archive, content: _write_zip(archive, {"2031/innkalling.pdf": b"%PDF-1.7 another"}),
    "another name": lambda archive, content: _write_zip(archive, {"innkalling.pdf": content}),
    "no zip": lambda archive, content: archive.write_bytes(b"PK\x03\x04 and no more"),
    "swells": lambda archive, content: _write_zip(archive, {"2031/innkalling.pdf": _swollen(content)}),
    "leads out": lambda archive, content: _write_zip(archive, {"2031/innkalling.pdf": content, "../x.pdf": b"%PDF"}),
    "a folder": lambda archive, content: (archive.unlink(), archive.mkdir()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_zip_that_is_gone_or_changed_gives_nothing(zipped, get, documents, change):
    with zipfile.ZipFile(zipped) as archive:
        content = archive.read("2031/innkalling.pdf")
    change(zipped, content)
    page = get(f"/kilde/{documents['agenda']}?side=2")
    assert page.status_code == 200
    assert "ligger ikke på denne maskinen" in page.text
    assert "<img" not in page.text
    assert get(f"/kilde/{documents['agenda']}/fil").status_code == 404
    assert get(f"/kilde/{documents['agenda']}/side/2.png").status_code == 404


def test_files_loaded_from_a_zip_are_published_with_the_way_to_them(folder, tmp_path_factory):
    """The archive lies beside the working database, and the served file elsewhere."""
    place = tmp_path_factory.mktemp("arkiv")
    _write_zip(place / "2031.zip", {"mai/innkalling.pdf": (folder / "innkalling.pdf").read_bytes()})
    with closing(store.open_database(place / "arbeid.db")) as working:
        outcomes = list(pipeline.load(working, list(pipeline.unfold(find_files([place / "2031.zip"]), 1)), 1))
    assert [outcome.status for outcome in outcomes] == ["loaded", "loaded"]
    store.publish(place / "arbeid.db", folder / "sakspor.db")
    db = sqlite3.connect(folder / "sakspor.db")
    [(document,)] = db.execute("SELECT id FROM documents")
    db.close()

    async def ask():
        return await site(folder / "sakspor.db").client.get(f"/kilde/{document}/fil")

    assert asyncio.run(ask()).content == (folder / "innkalling.pdf").read_bytes()
