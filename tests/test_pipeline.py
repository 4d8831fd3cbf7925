"""The whole way of a file, with readers that behave, hang, die or lie."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

import ingest
import pipeline
import store
import workers
from confinement import Limits
from folders import find_files
from models.problems import PROBLEMS, SaksporError
from models.result import FileResult
from tests.made_results import never, read_all, read_made, read_none, read_slowly


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "arkiv"
    path.mkdir()
    return path


@pytest.fixture
def db(tmp_path):
    with closing(store.open_database(tmp_path / "a.db")) as database:
        yield database


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.pdf").write_text(text, encoding="utf-8")


def load(db, folder: Path, read=read_made, again: bool = False) -> dict[str, str]:
    outcomes = pipeline.load(db, find_files([folder]), 2, read=read, again=again)
    return {Path(outcome.path).name: " ".join(filter(None, (outcome.status, outcome.code))) for outcome in outcomes}


def titles(db) -> list[str]:
    return [row[0] for row in db.execute("SELECT title FROM case_items ORDER BY title")]


def test_a_folder_is_loaded_and_the_second_time_nothing_is_read_or_written(db, folder):
    write(folder, a="Avvik", b="Beredskap", c="Avvik", d="skadet")
    assert load(db, folder) == {"a.pdf": "loaded", "b.pdf": "loaded", "c.pdf": "duplicate", "d.pdf": "refused damaged"}
    assert titles(db) == ["Avvik", "Beredskap"]
    changes, content = db.conn.total_changes, Path(db.execute("PRAGMA database_list").fetchone()[2]).read_bytes()
    assert load(db, folder, never) == {
        "a.pdf": "unchanged",
        "b.pdf": "unchanged",
        "c.pdf": "duplicate",
        "d.pdf": "refused damaged",
    }
    assert db.conn.total_changes == changes
    assert Path(db.execute("PRAGMA database_list").fetchone()[2]).read_bytes() == content


def test_a_refused_file_is_not_tried_again_until_that_is_asked_for(db, folder):
    write(folder, a="skadet", b="Beredskap")
    load(db, folder)
    assert load(db, folder, never) == {"a.pdf": "refused damaged", "b.pdf": "unchanged"}
    assert load(db, folder, read_all, again=True) == {"a.pdf": "loaded", "b.pdf": "loaded"}
    assert titles(db) == ["Beredskap, ny lesing", "skadet, ny lesing"]
    assert db["problems"].count == 0
    assert load(db, folder, never) == {"a.pdf": "unchanged", "b.pdf": "unchanged"}


def test_reading_again_does_not_lose_what_a_reader_no_longer_manages(db, folder):
    write(folder, a="Avvik")
    load(db, folder)
    assert load(db, folder, read_none, again=True) == {"a.pdf": "refused timeout"}
    assert titles(db) == ["Avvik"]


def test_a_file_that_ends_its_process_is_refused_and_the_rest_is_loaded(db, folder):
    write(folder, a="abort", b="Beredskap", c="drep", d="Digital", e="Eldre")
    assert load(db, folder) == {
        "a.pdf": "refused aborted",
        "b.pdf": "loaded",
        "c.pdf": "refused aborted",
        "d.pdf": "loaded",
        "e.pdf": "loaded",
    }
    assert db["problems"].count == 2


def test_a_file_that_takes_too_long_is_refused(folder):
    write(folder, a="heng", b="Beredskap")
    paths = [folder / "a.pdf", folder / "b.pdf"]
    results = dict(workers.read_each(read_made, paths, 1, Limits(seconds=3.0)))
    assert results[paths[0]] == "timeout"
    assert isinstance(results[paths[1]], FileResult)
    assert PROBLEMS["timeout"].refusal


def test_a_changed_file_replaces_its_own_rows(db, folder):
    write(folder, a="Avvik", b="Beredskap")
    load(db, folder)
    write(folder, b="Brukerutvalg")
    assert load(db, folder) == {"a.pdf": "unchanged", "b.pdf": "loaded"}
    assert titles(db) == ["Avvik", "Brukerutvalg"]


def test_files_that_trade_names_are_all_kept(db, folder):
    write(folder, a="Avvik", b="Beredskap")
    load(db, folder)
    write(folder, a="Beredskap", b="Avvik")
    assert load(db, folder, never) == {"a.pdf": "unchanged", "b.pdf": "unchanged"}
    assert titles(db) == ["Avvik", "Beredskap"]


def test_a_renamed_file_is_not_read_again(db, folder):
    write(folder, a="Avvik")
    load(db, folder)
    (folder / "a.pdf").rename(folder / "b.pdf")
    assert load(db, folder, never) == {"b.pdf": "unchanged"}


def test_what_was_loaded_before_an_interruption_stays_and_is_linked(db, folder):
    write(folder, **{f"f{n}": f"Sak {n}" for n in range(8)})
    outcomes = pipeline.load(db, find_files([folder]), 1, read=read_slowly)
    next(outcomes)
    outcomes.close()
    assert db["documents"].count == 1
    assert db.execute("SELECT title IS NOT NULL FROM cases").fetchall() == [(1,)]
    assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert sorted(load(db, folder).values()) == ["loaded"] * 7 + ["unchanged"]


def test_what_goes_wrong_in_a_reader_is_the_files_fault_and_is_written_down(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7")

    def stumble(*_):
        raise KeyError("hemmelig innhold")

    monkeypatch.setattr(ingest, "read_data", stumble)
    result = pipeline.read_file(path)
    assert (result.code, result.bytes) == ("damaged", 8)
    assert result.flaws[0].detail.startswith("KeyError, test_pipeline.py linje ")
    assert "hemmelig" not in repr(result)


@pytest.mark.parametrize("code", [code for code, problem in PROBLEMS.items() if problem.refusal])
def test_every_refusal_becomes_a_result(tmp_path, monkeypatch, code):
    def refuse(*_):
        raise SaksporError(code)

    monkeypatch.setattr(ingest, "read_data", refuse)
    (tmp_path / "a.pdf").write_bytes(b"innhold")
    result = pipeline.read_file(tmp_path / "a.pdf")
    assert (result.code, result.bytes, result.extractions) == (code, 7, ())


def test_folders_are_searched_in_order_and_what_is_no_document_is_passed_over(folder):
    for name in (
        "b.pdf",
        "B/a.PDF",
        "a.docx",
        "uten",
        "notat.txt",
        "a.gold.json",
        ".skjult.pdf",
        "~$a.docx",
        ".git/x.pdf",
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("tekst", encoding="utf-8")
    (folder / "kopi.bak").write_bytes(b"%PDF-1.4 ...")
    (folder / "arkiv.zip").write_bytes(b"PK\x03\x04 annet")
    found = [(str(one.path.relative_to(folder)), one.skipped) for one in find_files([folder])]
    assert found == [
        (".skjult.pdf", "hidden"),
        ("a.docx", None),
        ("a.gold.json", "unknown_format"),
        ("arkiv.zip", None),
        ("b.pdf", None),
        ("kopi.bak", None),
        ("notat.txt", "unknown_format"),
        ("uten", None),
        ("~$a.docx", "hidden"),
        (".git/x.pdf", "hidden"),
        ("B/a.PDF", None),
    ]


def test_a_file_named_twice_is_found_once_and_a_named_file_is_always_opened(folder):
    write(folder, a="Avvik")
    (folder / "notat.txt").write_text("x", encoding="utf-8")
    found = find_files([folder / "a.pdf", folder / "notat.txt", folder])
    assert [(one.path.name, one.skipped) for one in found] == [("a.pdf", None), ("notat.txt", None)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix matter")
def test_a_pipe_in_a_folder_is_not_waited_for(folder):
    os.mkfifo(folder / "rør.pdf")
    assert [(one.path.name, one.skipped) for one in find_files([folder])] == [("rør.pdf", "not_regular")]


@pytest.mark.skipif(os.name == "nt", reason="Windows file names are always text")
def test_a_file_name_that_is_no_text_is_loaded(db, folder):
    path = Path(os.fsdecode(os.fsencode(folder) + b"/m\xf8te.pdf"))
    path.write_text("Avvik", encoding="utf-8")
    outcomes = list(pipeline.load(db, find_files([folder]), 1, read=read_made))
    assert outcomes[0].line.endswith("m\\udcf8te.pdf")
    assert db.execute("SELECT path FROM source_files").fetchone()[0].endswith("m\\udcf8te.pdf")
