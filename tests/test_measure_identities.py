"""A measure keeps one identity through all plans of a collaboration, whatever the order in which they are loaded."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlite_utils import Database

import store
from models.records import Document, Evidence, Extraction, Measure
from models.result import FileResult
from store.measure_identities import Titled, identities
from tests.made_results import result

SAME = (
    ("Prosjekt Vitality", "VITALITY", "a generic word in front"),
    ("Samhandlings- og utviklingsprosjektet Ung Arena+", "Ung Arena +", "generic words joined by a hyphen"),
    ("Mobil røntgen", "Mobilt røntgen", "an inflection"),
    ("Faglig samarbeidsutvalg for kvalitet", "Faglig samarbeidsutvalg kvalitet", "a small word left out"),
    ("Digital hjemmeoppfølging", "Digital hjemmeoppfølgjing", "bokmål and nynorsk"),
    ("Læring av samhandlingsavvik", "Læring av samhandlingsavik", "a spelling error"),
)
APART = (
    ("Utvalg for akuttjenester", "Utvalg for legetjenester", "another field"),
    ("Samhandlingsavvik", "Samhandlingsavvik i akuttkjeden", "a part of it"),
    ("Felles kompetanseuke", "Felles vikarordning", "one word in common"),
    ("Habilitering", "Rehabilitering av hjertesyke", "another patient group"),
)


def plan(path: str, *titles: str, place: str | None = "Fjordregionen") -> FileResult:
    said = tuple(
        Measure(title=title, evidence=(Evidence(field="title", text=title, page=n),))
        for n, title in enumerate(titles, 1)
    )
    extraction = Extraction(
        document=Document(n=0, kind="action_plan", title=path, first_page=1, last_page=9), measures=said
    )
    text = f"Helsefellesskapet i {place}" if place else "Handlingsplan"
    return result(path, extraction, texts=({1: text},))


def load(*files: FileResult) -> Database:
    db = store.open_database(":memory:")
    for file in files:
        store.save(db, file)
        store.link(db)
    return db


def stored(db: Database) -> list[tuple[object, ...]]:
    return list(db.execute("SELECT id, identity, match_id, match_score FROM measures ORDER BY id"))


@pytest.mark.parametrize(("one", "other", "why"), SAME)
def test_titles_that_agree_are_one_measure(one, other, why):
    found = identities([Titled("a/1", "a", one, None), Titled("b/1", "b", other, None)])
    assert found["a/1"].identity == found["b/1"].identity, why
    assert found["a/1"].other == "b/1"
    assert (found["a/1"].score or 0) >= 90


@pytest.mark.parametrize(("one", "other", "why"), APART)
def test_titles_that_differ_are_two_measures(one, other, why):
    found = identities([Titled("a/1", "a", one, None), Titled("b/1", "b", other, None)])
    assert found["a/1"].identity != found["b/1"].identity, why
    assert found["a/1"].other is None


def test_the_order_of_loading_does_not_matter():
    files = (plan("a", "Prosjekt Vitality", "Annet"), plan("b", "VITALITY"), plan("c", "Mobil røntgen", "Vitality"))
    expected = stored(load(*files))
    assert len({identity for _, identity, _, _ in expected}) == 3
    for order in permutations(files):
        assert stored(load(*order)) == expected


def test_two_collaborations_share_no_measure():
    db = load(plan("a", "Mobil røntgen"), plan("b", "Mobil røntgen", place="Innlandet"))
    assert len({identity for _, identity, _, _ in stored(db)}) == 2


def test_a_plan_that_names_no_collaboration_belongs_to_the_only_one():
    db = load(plan("a", "Mobil røntgen"), plan("b", "Mobil røntgen", place=None))
    assert {identity for _, identity, _, _ in stored(db)} == {"fjordregionen-mobil-rontgen"}


def test_linking_again_writes_nothing():
    db = load(plan("a", "Mobil røntgen"), plan("b", "Mobilt røntgen"))
    assert store.link(db) == 0


def test_an_identity_goes_with_its_last_measure():
    db = load(plan("a", "Mobil røntgen"))
    store.save(db, plan("a", "Felles kompetanseuke"), again=True)
    store.link(db)
    assert [row["id"] for row in db["measure_identities"].rows] == ["fjordregionen-felles-kompetanseuke"]


def test_a_measure_lies_on_its_page_with_its_evidence():
    db = load(plan("a", "Mobil røntgen", "Felles kompetanseuke"))
    assert [row["page"] for row in db["measures"].rows] == [1, 2]
    assert db.execute("SELECT count(*) FROM evidence WHERE record_table = 'measures'").fetchone() == (2,)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
