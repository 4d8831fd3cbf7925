"""Files in zip files, and zip files made to do harm; links, pipes and names on the disk."""

from __future__ import annotations

import os
import struct
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

import pipeline
import store
from folders import find_files
from models import archives
from models.problems import PROBLEMS
from tests.made_results import never, read_made
from tests.word_builder import members, p, zipped


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "arkiv"
    path.mkdir()
    return path


@pytest.fixture
def db(tmp_path):
    with closing(store.open_database(tmp_path / "a.db")) as database:
        yield database


def load(db, folder: Path, read=None) -> dict[str, str]:
    files = list(pipeline.unfold(find_files([folder]), 1))
    outcomes = list(pipeline.load(db, files, 1, **({"read": read} if read else {})))
    assert len(outcomes) == len(files)
    names = [outcome.path.removeprefix(f"{folder}/") for outcome in outcomes]
    return {name: " ".join(filter(None, (o.status, o.code))) for name, o in zip(names, outcomes, strict=True)}


def write_zip(path: Path, found: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in found.items():
            archive.writestr(name, content)


DOCUMENT = zipped(members(p("Referat SSU 19.05.22")))
LETTER = zipped(members(p("Innspill fra Nordvik")))


def test_the_files_in_a_zip_are_files_of_their_own(db, folder):
    write_zip(
        folder / "2022.zip",
        {"mai/referat.docx": DOCUMENT, "mai/": b"", "notat.txt": b"x", "__MACOSX/._a": b"", "skadet.pdf": b"%PDF-"},
    )
    (folder / "kopi.docx").write_bytes(DOCUMENT)
    first = load(db, folder)
    copies = {first.pop("kopi.docx"), first.pop("2022.zip!/mai/referat.docx")}
    assert copies == {"loaded", "duplicate"}
    assert first == {
        "2022.zip": "loaded",
        "2022.zip!/notat.txt": "skipped unknown_format",
        "2022.zip!/__MACOSX/._a": "skipped hidden",
        "2022.zip!/skadet.pdf": "refused damaged",
    }
    kinds = db.execute("SELECT kind, count(*) FROM source_files GROUP BY kind ORDER BY kind").fetchall()
    assert kinds == [(None, 1), ("docx", 1), ("zip", 1)]
    changes = db.conn.total_changes
    assert load(db, folder)["2022.zip"] == "unchanged"
    assert db.conn.total_changes == changes


def test_a_changed_zip_replaces_what_changed_in_it(db, folder):
    write_zip(folder / "a.zip", {"a.docx": DOCUMENT, "b.docx": LETTER})
    load(db, folder)
    write_zip(folder / "a.zip", {"a.docx": DOCUMENT, "b.docx": zipped(members(p("Nytt innspill fra Nordvik")))})
    assert load(db, folder) == {"a.zip": "loaded", "a.zip!/a.docx": "unchanged", "a.zip!/b.docx": "loaded"}
    assert db["documents"].count == 2


def test_a_document_that_is_called_zip_is_a_document(db, folder):
    (folder / "referat.zip").write_bytes(DOCUMENT)
    assert load(db, folder) == {"referat.zip": "loaded"}
    assert db["documents"].count == 1


def test_a_name_of_a_norwegian_windows_comes_out_right(db, folder):
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mXte 1\\referat.docx", LETTER)
    (folder / "a.zip").write_bytes(data.getvalue().replace(b"mXte", b"m\x9bte"))
    assert "a.zip!/møte 1/referat.docx" in load(db, folder)


def bomb() -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pdf", bytes(30_000_000))
    return data.getvalue()


def encrypted(content: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.pdf", content)
    marked = bytearray(data.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", marked, marked.find(signature) + offset, 1)
    return bytes(marked)


def twice() -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.pdf", b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.pdf", b"2")
    return data.getvalue()


def named(name: str) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"%PDF-1.4")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (bomb(), {"x.zip": "refused unsafe"}),
        (twice(), {"x.zip": "refused unsafe"}),
        (named("../ut.pdf"), {"x.zip": "refused unsafe"}),
        (named("/etc/ut.pdf"), {"x.zip": "refused unsafe"}),
        (named("C:\\ut.pdf"), {"x.zip": "refused unsafe"}),
        (b"PK\x03\x04" + bytes(100), {"x.zip": "refused damaged"}),
        (b"", {"x.zip": "refused empty"}),
        (b"PK\x05\x06" + bytes(18), {"x.zip": "refused unknown_format"}),
        (encrypted(b"hemmelig"), {"x.zip": "loaded", "x.zip!/a.pdf": "refused encrypted"}),
        (zipped({"inni.zip": named("a.pdf")}), {"x.zip": "loaded", "x.zip!/inni.zip": "refused nested"}),
    ],
    ids=["bomb", "same name", "way out", "absolute", "drive", "broken", "empty", "no members", "password", "nested"],
)
def test_a_zip_that_is_refused_or_holds_what_is(db, folder, data, expected):
    (folder / "x.zip").write_bytes(data)
    assert load(db, folder) == expected
    assert load(db, folder, never) == {k: v.replace("loaded", "unchanged") for k, v in expected.items()}


def test_a_zip_of_too_many_or_too_long_a_list(db, folder, monkeypatch):
    many = {f"{n}.txt": b"" for n in range(archives.MAX_MEMBERS + 1)}
    write_zip(folder / "x.zip", many)
    assert load(db, folder) == {"x.zip": "refused too_large"}


def test_links_and_what_is_no_file_are_passed_over_and_named(db, folder, tmp_path):
    outside = tmp_path / "utenfor"
    outside.mkdir()
    (outside / "a.pdf").write_text("Avvik", encoding="utf-8")
    (folder / "lenke.pdf").symlink_to(outside / "a.pdf")
    (folder / "mappe").symlink_to(outside)
    (folder / "ring").symlink_to(folder)
    (folder / "borte.pdf").symlink_to("ingen.pdf")
    (folder / "seg-selv.pdf").symlink_to("seg-selv.pdf")
    os.mkfifo(folder / "rør.pdf")
    found = load(db, folder, read_made)
    assert set(found.values()) == {"skipped not_regular"}
    assert set(found) == {"lenke.pdf", "mappe", "ring", "borte.pdf", "seg-selv.pdf", "rør.pdf"}
    assert load(db, folder / "lenke.pdf", read_made) == {str(folder / "lenke.pdf"): "loaded"}
    assert load(db, folder / "rør.pdf", read_made) == {str(folder / "rør.pdf"): "refused not_regular"}
    assert load(db, Path("/dev/zero"), read_made) == {"/dev/zero": "refused not_regular"}


def test_a_file_that_is_too_large_is_not_opened(db, folder, monkeypatch):
    with (folder / "a.pdf").open("wb") as file:
        file.truncate(archives.LARGEST + 1)
    assert load(db, folder, never) == {"a.pdf": "refused too_large"}


def test_a_name_cannot_write_on_the_terminal(db, folder):
    (folder / "a\x1b[2Jb\n.pdf").write_text("Avvik", encoding="utf-8")
    assert load(db, folder, read_made) == {"a\\x1b[2Jb\\n.pdf": "loaded"}


def test_the_list_of_refusals_is_short_and_every_entry_says_what_to_do():
    refusals = [problem for problem in PROBLEMS.values() if problem.refusal]
    assert len(refusals) <= 15
    assert all(problem.sentence.endswith(".") and len(problem.advice) > 20 for problem in refusals)
