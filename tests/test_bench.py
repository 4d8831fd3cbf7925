"""The measurement runs, and says what it left out."""

import subprocess
import sys

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
