"""Input points in the database and on the site: by theme, question and sender side by side."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import store
from models.records import Document, Extraction, InputPoint, Submission
from tests.made_results import evidence, result
from tests.site_collection import site


def letter(sender: str, *points: tuple[str | None, str | None, str]) -> Extraction:
    made = tuple(
        InputPoint(theme=theme, question=question, text=text, evidence=evidence("text", text, 2))
        for theme, question, text in points
    )
    document = Document(n=0, kind="input_letter", title="Innspill", organisation=sender, first_page=1, last_page=2)
    stated = Submission(sender=sender, title="Innspill", recipient="Departementet", evidence=evidence("sender", sender))
    return Extraction(document=document, input_points=made, submission=stated)


@pytest.fixture
def served(tmp_path) -> Path:
    db = store.open_database(tmp_path / "arbeid.db")
    first = letter("Nordvik kommune", ("Rus", "measures", "Flere plasser"), ("Rus", "challenges", "Lang ventetid"))
    second = letter("Sørdal kommune", ("RUS", "challenges", "Lang ventetid"), (None, None, "Takk"))
    for path, extraction in (("a.pdf", first), ("b.pdf", second)):
        store.save(db, result(path, extraction))
    store.link(db)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [tuple(row) for row in db.execute("SELECT sender, recipient FROM submissions ORDER BY sender")] == [
        ("Nordvik kommune", "Departementet"),
        ("Sørdal kommune", "Departementet"),
    ]
    db.close()
    store.publish(tmp_path / "arbeid.db", tmp_path / "sakspor.db")
    return tmp_path / "sakspor.db"


def ask(served: Path, path: str):
    async def answer():
        return await site(served).client.get(path)

    return asyncio.run(answer())


def test_senders_stand_side_by_side_under_theme_and_question(served):
    rows = ask(served, "/sakspor/innspill.json?_shape=array&tema=&sporsmal=&avsender=&side=").json()
    assert [(row["theme"], row["question"], row["sender"], row["text"]) for row in rows] == [
        ("Rus", "challenges", "Nordvik kommune", "Lang ventetid"),
        ("RUS", "challenges", "Sørdal kommune", "Lang ventetid"),
        ("Rus", "measures", "Nordvik kommune", "Flere plasser"),
        (None, None, "Sørdal kommune", "Takk"),
    ]
    assert {row["page"] for row in rows} == {2}


def test_the_list_can_be_narrowed(served):
    rows = ask(served, "/sakspor/innspill.json?_shape=array&tema=rus&sporsmal=measures&avsender=nordvik&side=").json()
    assert [row["text"] for row in rows] == ["Flere plasser"]


def test_the_page_names_themes_once_and_leads_to_the_source(served):
    page = ask(served, "/sakspor/innspill").text
    assert page.count("<h2>") == 2
    assert page.count("<h3>Utfordringer</h3>") == 1
    assert "Åpne side 2" in page
    assert "/kilde/" in page
