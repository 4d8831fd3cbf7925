"""From a file with identity numbers to the site: nothing says what they were, wherever they stood."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from itertools import islice
from random import Random

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import cli
from tests import word_builder as word
from tests.identity_spellings import numbers, odd_spellings, other_numbers, spellings
from tests.site_collection import site

SHOWN, NAMED, TWIN = islice(numbers(7), 3)
TOP = 200


def draw(path, lines):
    canvas = Canvas(str(path), pagesize=(595, 842))
    for n, line in enumerate(lines):
        canvas.drawString(72, 842 - TOP - 24 * n, line)
    canvas.save()


def seen(folder) -> bytes:
    """All bytes that were written: databases, what SQLite leaves beside them, reports."""
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.suffix not in (".pdf", ".docx"))


def run(*arguments):
    """What a command says on both streams."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit):
        cli.main([str(argument) for argument in arguments])
    return said.buffer.getvalue().decode()


@pytest.fixture
def folder(tmp_path):
    files, out = tmp_path / "filer", tmp_path / "ut"
    files.mkdir()
    out.mkdir()
    draw(files / f"brev {NAMED}.pdf", ["Notat", f"Gjelder Kari Eksempel, {SHOWN}", "Sak 2031.5 Møteplan"])
    draw(files / f"brev {TWIN}.pdf", ["Notat", "Gjelder ingen"])
    (files / f"skadet {NAMED[:6]}-{NAMED[6:]}.pdf").write_bytes(b"%PDF-1.7 og ikke mer")
    return tmp_path


@pytest.fixture
def told(folder):
    """What the commands said."""
    files, working = folder / "filer", folder / "ut" / "arbeid.db"
    said = run("load", files, "--db", working, "--plain", "--report", folder / "ut" / "lasting.json")
    said += run("load", files, "--db", working, "--again")
    said += run("publish", working, "--out", folder / "ut" / "sakspor.db")
    said += run("extract", files / f"brev {NAMED}.pdf")
    return (
        said
        + run("extract", files / f"skadet {NAMED[:6]}-{NAMED[6:]}.pdf")
        + run("load", f"{NAMED}.pdf", "--db", working)
    )


def test_no_number_is_stored_or_told(folder, told):
    stored = seen(folder / "ut").decode(errors="replace") + told
    for number in (SHOWN, NAMED, TWIN):
        assert number not in stored
        assert f"{number[:6]}-{number[6:]}" not in stored
    assert "███████████" in told
    report = json.loads((folder / "ut" / "lasting.json").read_text(encoding="utf-8"))
    assert sorted(one["status"] for one in report["files"]) == ["loaded", "loaded", "refused"]
    assert [one["flags"] for one in report["files"] if "identity_number" in one["flags"]]


def test_files_whose_names_differ_in_a_number_only_are_both_kept(folder, told):
    import store

    db = store.open_database(folder / "ut" / "arbeid.db")
    assert db.execute("SELECT count(*) FROM source_files WHERE status = 'loaded'").fetchone() == (2,)
    db.close()


@pytest.fixture
def get(tmp_path):
    """Ask the site over one PDF with a number on its page; gives the document's key and a function."""
    draw(tmp_path / "brev.pdf", ["Notat", f"Gjelder Kari Eksempel, {SHOWN}", "Sak 2031.5 Møteplan"])
    run("load", tmp_path / "brev.pdf", "--db", tmp_path / "arbeid.db")
    run("publish", tmp_path / "arbeid.db", "--out", tmp_path / "sakspor.db")
    db = sqlite3.connect(tmp_path / "sakspor.db")
    (document,) = db.execute("SELECT id FROM documents").fetchone()
    db.close()

    def ask(rest):
        async def answer():
            return await site(tmp_path / "sakspor.db").client.get(f"/kilde/{document}{rest}")

        return asyncio.run(answer())

    return ask


def test_the_picture_has_a_black_box_and_the_original_is_kept_back(get):
    page = get("?side=1").text
    assert "█" * 11 in page
    assert "Last ned originalen" not in page
    assert get("/fil").status_code == 404
    image = Image.open(io.BytesIO(get("/side/1.png").content)).convert("L")
    scale = image.width / 595
    line = image.crop((0, int((TOP + 14) * scale), image.width, int((TOP + 26) * scale)))
    dark = sum(line.histogram()[:40]) / (line.width * line.height)
    assert dark > 0.08  # the box is 70 of 595 points wide
    assert get("/side/1.png?bevis=" + SHOWN).content == get("/side/1.png").content
    assert get("/side/1.png?bevis=Kari").content != get("/side/1.png").content


@pytest.mark.slow
def test_two_thousand_spellings_are_nowhere_in_the_published_file(tmp_path):
    random, spelled = Random(11), []
    for number in islice(numbers(11), 91):
        spelled += [*spellings(number, random), *odd_spellings(number, random)]
    assert len(spelled) == 2002
    files, out = tmp_path / "filer", tmp_path / "ut"
    files.mkdir()
    out.mkdir()
    for n in range(0, len(spelled), 22):
        _write(files, n, spelled[n : n + 22])
    said = run("load", files, "--db", out / "arbeid.db", "--plain", "--report", out / "lasting.json")
    said += run("publish", out / "arbeid.db", "--out", out / "sakspor.db")
    stored = seen(out).decode(errors="replace") + said
    assert [number for number in islice(numbers(11), 100) if number in stored] == []
    assert [text for text in spelled if text in stored] == []


@pytest.mark.slow
def test_ten_thousand_other_numbers_are_all_there(tmp_path):
    files, printed = tmp_path / "filer", list(other_numbers(10_000, seed=13))
    files.mkdir()
    for n in range(0, 10_000, 500):
        some = printed[n : n + 500]
        table = word.table(*(word.tr(word.tc(f"Rad {at}"), word.tc(text)) for at, text in enumerate(some[:250])))
        content = word.members("".join(map(word.p, some[250:])) + table)
        (files / f"tall-{n}.docx").write_bytes(word.zipped(content))
        for at in range(0, 500, 25):
            draw(files / f"tall-{n}-{at}.pdf", ["Oversikt", *some[at : at + 25]])
    run("load", files, "--db", tmp_path / "arbeid.db")
    with closing(sqlite3.connect(tmp_path / "arbeid.db")) as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (420,)
        assert db.execute("SELECT path, page FROM problems WHERE code = 'identity_number'").fetchall() == []
        assert db.execute("SELECT count(*) FROM pages WHERE instr(text, '█')").fetchone() == (0,)


def _write(folder, n, spelled):
    """Some spellings as a page of a PDF, and all of them as paragraphs and cells of a DOCX."""
    lines = [line for text in spelled if text.isascii() for line in f"Nr. {n}: gjelder {text}".split("\n")]
    draw(folder / f"brev-{n}.pdf", ["Notat om Nordvik", *lines])
    rows = "".join(word.tr(word.tc("Kari"), *_cells(text)) for text in spelled)
    body = "".join(word.p(f"Gjelder {text}.") for text in spelled if "\n" not in text)
    content = word.members(word.p("Notat om Sørdal") + body + word.table(rows))
    (folder / f"brev-{n}.docx").write_bytes(word.zipped(content))


def _cells(text):
    return [word.tc(part) for part in text.split("\n")]
