"""Text that tracked changes have taken out: kept, found as such, shown struck, and never as text in force."""

from __future__ import annotations

import asyncio
import re
import sqlite3

import pytest
from reportlab.pdfgen.canvas import Canvas

import pipeline
import store
from tests.site_collection import site
from tests.word_builder import bold, members, p, r, zipped

LINES = (
    "Prosedyre for avviksmelding",
    "Dok.nr: D77",
    "Revisjonsnr: -1.0- 2.0",
    "Godkjent av: -Kontoret- SSU",
    "Hensikt",
    "Avvik meldes på -papirskjemaet- avvikssystemet innen en uke.",
    "-Skjemaet sendes i posten.-",
    "Gjelder for: Alle ansatte",
)
"""A line each; what stands between hyphens is struck."""


def parts(line: str) -> list[tuple[str, bool]]:
    """The parts of a line, and whether each is struck."""
    return [(part.strip("-"), part.startswith("-")) for part in re.findall(r"-[^-]+-|[^-]+", line) if part.strip()]


def draw_docx(path):
    body = p(bold(LINES[0]))
    for line in LINES[1:]:
        runs = (f"<w:del>{r(f'<w:delText>{t}</w:delText>')}</w:del>" if gone else r(t) for t, gone in parts(line))
        body += p("".join(runs))
    path.write_bytes(zipped(members(body)))


def draw_pdf(path):
    canvas = Canvas(str(path), pagesize=(595, 842))
    for n, line in enumerate(LINES):
        font = ("Helvetica-Bold", 16) if n == 0 else ("Helvetica", 11)
        x, y = 72.0, 760 - 40 * n
        for text, gone in parts(line):
            width = canvas.stringWidth(text, *font)
            canvas.setFont(*font)
            canvas.drawString(x, y, text)
            if gone:
                canvas.line(x, y + 3.5, x + width, y + 3.5)
            x += width + 3
    canvas.save()


@pytest.fixture(params=["docx", "pdf"])
def served(request, tmp_path):
    """The procedure as Word keeps its changes, and as it is printed, loaded and published."""
    path = tmp_path / f"prosedyre.{request.param}"
    {"docx": draw_docx, "pdf": draw_pdf}[request.param](path)
    db = store.open_database(tmp_path / "arbeid.db")
    store.save(db, pipeline.read_file(path))
    store.link(db)
    db.close()
    store.publish(tmp_path / "arbeid.db", tmp_path / "sakspor.db")
    return tmp_path / "sakspor.db"


@pytest.fixture
def ask(served):
    def answer(path):
        async def response():
            return await site(served).client.get(path)

        return asyncio.run(response())

    return answer


def hits(ask, words):
    rows = ask(f"/sakspor/sok.json?_shape=array&q={words}&utvalg=&aar=&side=").json()
    return [(row["kind"], row["snippet"]) for row in rows]


def test_what_is_in_force_and_what_is_not_stand_apart(served):
    db = sqlite3.connect(served)
    text, struck = db.execute("select text, struck from pages").fetchone()
    db.close()
    assert "Avvik meldes på avvikssystemet innen en uke." in text.splitlines()
    assert [line for line in struck.splitlines() if line] == [
        "1.0",
        "Kontoret",
        "papirskjemaet",
        "Skjemaet sendes i posten.",
    ]
    assert struck.splitlines().index("papirskjemaet") == text.splitlines().index(
        "Avvik meldes på avvikssystemet innen en uke."
    )


def test_the_head_says_what_applies_and_what_did(served):
    db = sqlite3.connect(served)
    columns = "number, revision, former_revision, approved_by, former_approved_by, valid_for"
    assert db.execute(f"select {columns} from procedures").fetchall() == [
        ("D77", "2.0", "1.0", "SSU", "Kontoret", "Alle ansatte")
    ]
    db.close()


def test_both_are_searched_and_never_mixed(ask):
    assert [kind for kind, _ in hits(ask, "avvikssystemet")] == ["page"]
    ((kind, snippet),) = hits(ask, "papirskjemaet")
    assert kind == "struck"
    assert "⟦papirskjemaet⟧" in snippet
    assert "avvikssystemet" not in snippet
    assert hits(ask, "papirskjemaet avvikssystemet") == []
    assert [kind for kind, _ in hits(ask, "avviksmelding")] == ["page"]  # the title, which is in force


def test_a_hit_says_that_the_text_is_taken_out(ask):
    page = ask("/sakspor/sok?q=papirskjemaet&utvalg=&aar=&side=").text
    assert "Tatt ut av teksten" in page
    assert re.search(r"<del>[^<]*<mark>papirskjemaet</mark>", page)
    assert "Tatt ut av teksten" not in ask("/sakspor/sok?q=avvikssystemet&utvalg=&aar=&side=").text


def test_the_source_page_shows_struck_text_struck_and_in_place(served, ask):
    db = sqlite3.connect(served)
    ((document, page),) = db.execute("select document_id, page from pages").fetchall()
    db.close()
    shown = ask(f"/kilde/{document}{f'?side={page}&' if page else '?'}bevis=papirskjemaet").text
    assert 'innen en uke. <del><mark id="merket">papirskjemaet</mark></del>' in shown
    assert "<p><del>Skjemaet sendes i posten.</del></p>" in shown
    assert "gjelder ikke lenger" in shown
