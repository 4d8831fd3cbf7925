"""The measurement runs, and says what it left out."""

import importlib
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from reportlab.pdfgen.canvas import Canvas


@pytest.fixture
def folder(tmp_path):
    """A page of text, a page that is only a drawing, and a file that is no PDF."""
    text = Canvas(str(tmp_path / "tekst.pdf"))
    text.drawString(72, 760, "Referat fra møte i samarbeidsutvalget 12.05.2025")
    text.drawString(72, 740, "Sak 1/25 Godkjenning av innkalling")
    text.save()
    drawing = Canvas(str(tmp_path / "tegning.pdf"))
    drawing.rect(72, 600, 200, 100)
    drawing.save()
    (tmp_path / "skadet.pdf").write_bytes(b"%PDF-1.7\nkuttet")
    return tmp_path


def test_bench_prints_one_table(folder, checkout):
    run = subprocess.run(
        [sys.executable, checkout / "bench" / "extract.py", "--pages", "2", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "2 pages: 1 files of 1 pages, 2 times" in run.stdout
    assert "left out of both: tegning.pdf: no words" in run.stdout
    assert "left out of both: skadet.pdf: refused (" in run.stdout
    assert run.stdout.splitlines()[-1].startswith("ratio")


@pytest.mark.slow
def test_a_whole_load_is_measured_beside_pdfplumber(folder, checkout):
    command = [sys.executable, checkout / "bench" / "load.py", "--pages", "3", "--rounds", "1", folder]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "3 pages in 3 files, made of 1; 1 times" in run.stdout
    assert run.stdout.splitlines()[-1].startswith("ratio")


@pytest.mark.slow
def test_a_made_up_archive_is_loaded_and_every_answer_is_right(tmp_path, checkout):
    command = [sys.executable, checkout / "bench" / "scale.py", "--documents", "40", "--folder", tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stdout.splitlines()[-1].endswith(", 0 wrong"), run.stdout
    assert run.returncode == 0


def test_a_wrong_answer_is_noticed(tmp_path, checkout):
    archive = importlib.import_module("bench.archive")
    scale = importlib.import_module("bench.scale")
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        for name, sql in scale.QUERIES.items():
            columns, _, table = sql.removeprefix("SELECT ").partition(" FROM ")
            if name != "attendance":
                db.execute(f"CREATE TABLE {table} ({columns})")
        db.execute("CREATE TABLE attendances (name, meeting_id)")
        db.execute("ALTER TABLE meetings ADD COLUMN id")
        db.execute("INSERT INTO cases VALUES ('fsu-aa', '2004.1', 'En annen sak')")
        db.commit()
    wrong = list(scale.wrong(tmp_path / "a.db", scale.expected(archive.documents(2))))
    assert "cases: not in the documents: ('fsu-aa', '2004.1', 'En annen sak')" in wrong
    assert any(line.startswith("decisions: not found") for line in wrong)


def test_bench_without_files_says_so(tmp_path, checkout):
    run = subprocess.run(
        [sys.executable, checkout / "bench" / "extract.py", tmp_path], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "no PDF with words" in run.stderr


def test_the_site_is_measured_page_by_page(checkout):
    run = subprocess.run(
        [sys.executable, checkout / "bench" / "site.py", "--cases", "40", "--times", "1"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = run.stdout.splitlines()
    measured = [line.split("  ")[0] for line in lines[2:-1]]
    assert {"front", "case", "meeting", "person", "source, PDF", "page picture"} <= set(measured)
    assert "FAILED" not in run.stdout
    assert lines[-1].endswith("of the kinds take more than 200 ms")
