"""Measures on the site: one measure through all plans, with the match and the place it stands."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import store
from models.records import Document, Extraction, Measure
from tests.made_results import evidence, result
from tests.site_collection import site


def plan(title: str, kind: str, *measures: Measure) -> Extraction:
    return Extraction(document=Document(n=0, kind=kind, title=title, first_page=1, last_page=2), measures=measures)


def measure(title: str, group: str, **more: str) -> Measure:
    return Measure(title=title, group=group, evidence=evidence("title", title, 2), **more)


@pytest.fixture
def served(tmp_path) -> Path:
    db = store.open_database(tmp_path / "arbeid.db")
    first = measure("Prosjekt ØYEHJELP", "Eldre", period="2023-2025", period_edtf="2023/2025", goal="Færre ulykker")
    other = measure("Felles kurs", "Læring", period="Fast")
    later = measure("Øyehjelp", "Eldre", status="Tilbudet er i drift.")
    store.save(db, result("a.pdf", plan("Handlingsplan 2023", "action_plan", first, other)))
    store.save(db, result("b.pdf", plan("Status 2024", "status_report", later)))
    store.link(db)
    db.close()
    store.publish(tmp_path / "arbeid.db", tmp_path / "sakspor.db")
    return tmp_path / "sakspor.db"


def ask(served: Path, path: str):
    async def answer():
        return await site(served).client.get(path)

    return asyncio.run(answer())


def test_a_measure_comes_with_all_plans_that_speak_of_it(served):
    rows = ask(served, "/sakspor/tiltak.json?_shape=array&tiltak=øyehjelp&gruppe=&side=").json()
    assert [(row["document"], row["title"], row["match_title"], row["match_score"]) for row in rows] == [
        ("Handlingsplan 2023", "Prosjekt ØYEHJELP", "Øyehjelp", 100.0),
        ("Status 2024", "Øyehjelp", "Prosjekt ØYEHJELP", 100.0),
    ]
    assert {row["identity"] for row in rows} == {"oyehjelp"}
    assert {row["page"] for row in rows} == {2}


def test_measures_can_be_narrowed_to_a_group(served):
    rows = ask(served, "/sakspor/tiltak.json?_shape=array&tiltak=&gruppe=læring&side=").json()
    assert [row["title"] for row in rows] == ["Felles kurs"]


def test_the_page_shows_a_measure_once_and_leads_to_the_source(served):
    page = ask(served, "/sakspor/tiltak").text
    assert page.count("<h2>") == 2
    assert "Samme tiltak som «Øyehjelp» i Status 2024 (100 av 100 likt)" in page
    assert "Åpne side 2" in page
    assert ask(served, "/sakspor/tiltak?tiltak=oyehjelp").text.count("<h2>") == 1
