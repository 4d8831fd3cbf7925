"""What hangs together is put together anew, the rest is left alone, and nobody can tell the difference."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import store
from models.collaborations import Body
from models.records import Attendance, Decision, Document, Extraction, Meeting, Progress, Reference, Responsibility
from models.result import FileResult
from store.connected import neighbourhoods
from store.schema import TABLES
from tests.made_results import case, evidence, refused, result

BODIES = ("SSU", "PM", "FSU-KT", None)
DAYS = ("2031-02-05", "2031-05-14", "2031-09-22", None)
TITLES = ("Ung Arena", "Prosjekt Ung arena+", "Mobil røntgen", "Oppfølgingsliste", "Godkjenning av referat")
TEXTS = (
    ("Saken tas til orientering.", "noted"),
    ("Saken utsettes.", "postponed"),
    ("Kari Dal sender søknaden om mobil røntgen innen 1. juni.", "mandated"),
)
PEOPLE = ("Kari Dal", "Kari Dal-Moe", "Kari Anne Dal", "Kari", "Per Lie", "KD", "SiF")
PLACES = ("Nordvik", "Nordvik kommune", "Nordvik fylkeskommune", "SiF", "Sykehuset i Fjordregionen HF", None)
NAMED = ("", "", "", "Møte med Sykehuset i Fjordregionen HF (SiF).", "Møte med Senter i Fjordregionen HF (SiF).")


def made(path: str, content: int, reading: int = 0) -> FileResult:
    """A file: what it holds follows from its path, its content and the reader that looks at it."""
    chance = Random(f"{path} {content} {reading}")
    documents = [_document(chance, n) for n in range(chance.choice((1, 1, 2)))]
    texts = tuple({1: f"Side 1. {chance.choice(NAMED)}"} for _ in documents)
    return result(path, *documents, content=f"{path} {content}", texts=texts)


def _document(chance: Random, n: int) -> Extraction:
    kind = chance.choice(("agenda", "minutes", "minutes", "case_memo", "status_report"))
    body, day = chance.choice(BODIES), chance.choice(DAYS)
    numbers = chance.sample(("2031.1", "2031.2", "2031.3", "4"), chance.randint(0 if kind == "status_report" else 1, 3))
    items = tuple(_case(chance, number) for number in numbers)
    document = Document(n=n, kind=kind, title="Dokument", body=body, date=day, first_page=1, last_page=2)
    attendances = tuple(
        Attendance(name=chance.choice(PEOPLE), organisation=chance.choice(PLACES), presence="present")
        for _ in range(chance.randint(0, 3))
    )
    duties = (
        Responsibility(
            number=item.number, stage="adopted", ordinal=1, actor=chance.choice(PEOPLE), action="sender søknaden",
            deadline_text="innen 1. juni", deadline="../2031-06-01", latest="2031-06-01",
            evidence=evidence("action", "…"),
        )
        for item in items
        if item.decisions and item.decisions[0].outcome == "mandated"
    )  # fmt: skip
    return Extraction(
        document=document,
        meeting=Meeting(body=body, date=day, attendances=attendances) if kind in ("agenda", "minutes") else None,
        case_items=items,
        responsibilities=tuple(duties),
        references=tuple(_reference(chance, number) for number in numbers if chance.random() < 0.6),
        progress=tuple(_note(chance, number) for number in [*numbers, None] if chance.random() < 0.4),
    )


def _case(chance: Random, number: str):
    text, outcome = chance.choice(TEXTS)
    stage = chance.choice(("adopted", "adopted", "proposed"))
    point = Decision(stage=stage, ordinal=1, text=text, outcome=outcome, evidence=evidence("text", text, 2))
    return case(number, chance.choice(TITLES)).model_copy(update={"decisions": (point,), "outcome": outcome})


def _reference(chance: Random, number: str) -> Reference:
    kind = chance.choice(("follow_up", "mentions", "postponed_to", "to_be_raised_in"))
    to_case = kind in ("follow_up", "mentions")
    return Reference(
        number=number,
        kind=kind,
        target=chance.choice(("2031.1", "2031.2")) if to_case else None,
        target_body=chance.choice(BODIES),
        target_date=None if to_case else chance.choice((*DAYS, "2031-09")),
        evidence=evidence("kind", "Oppfølging av Ung Arena." if to_case else "Saken utsettes."),
    )


def _note(chance: Random, number: str | None) -> Progress:
    verb = chance.choice(("sendt", None))
    target, body = chance.choice(("2031.1", "2031.2", None)), chance.choice(BODIES)
    said = {"target": target, "target_body": body, "verb": verb, "done": verb is not None}
    return Progress(number=number, text="Søknaden er sendt.", evidence=evidence("text", "…"), **said)


STEPS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 9), st.integers(0, 1)), min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_what_is_put_together_step_by_step_is_what_is_put_together_at_once(steps):
    """After each step nothing that is derived differs from what the whole database gives when all of it is derived."""
    db = store.open_database(":memory:")
    for path, content, reading in steps:
        one = refused(path, content=f"{path} x") if content == 9 else made(path, content, reading)
        store.save(db, one, again=bool(reading))
        store.link(db)
        before = tables(db)
        db.execute("DELETE FROM put_together")
        documents = db["documents"].count
        assert store.link(db) == documents, "all of it derived anew differs"
        assert tables(db) == before
        assert store.link(db) == 0
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def tables(db) -> dict[str, list]:
    return {table.name: sorted(map(tuple, db.execute(f"SELECT * FROM {table.name}")), key=str) for table in TABLES}


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_the_way_to_a_database_leaves_no_trace_in_what_is_derived(steps):
    """What documents that went had to say is gone: the rest is what a database has that never saw them."""
    db = store.open_database(":memory:")
    left = {}
    for path, content, reading in steps:
        left[path] = made(path, content % 9, reading)
        store.save(db, left[path], again=True)
        store.link(db)
    fresh = store.open_database(":memory:")
    for path in sorted(left, reverse=True):
        store.save(fresh, left[path])
    store.link(fresh)
    loading = ("source_files", "file_paths", "search_rows")
    assert {k: v for k, v in tables(db).items() if k not in loading} == {
        k: v for k, v in tables(fresh).items() if k not in loading
    }


def minutes(body: str, day: str, *items, **more) -> Extraction:
    document = Document(n=0, kind="minutes", title="Referat", body=body, date=day, first_page=1, last_page=2)
    return Extraction(document=document, meeting=Meeting(body=body, date=day), case_items=items, **more)


def linked(*files: FileResult):
    db = store.open_database(":memory:")
    for one in files:
        store.save(db, one)
    store.link(db)
    return db


def together(db) -> list[int]:
    return sorted(map(len, neighbourhoods(db)))


REFERS = Reference(
    number="2031.2", kind="follow_up", target="2031.1", target_body="SSU", evidence=evidence("kind", "Oppfølging")
)
POSTPONES = REFERS.model_copy(update={"kind": "postponed_to", "target": None, "target_date": DAYS[1]})
LISTS = Progress(number="2031.2", target="2031.1", target_body="SSU", text="Sendt.", done=True)
TIES: tuple[tuple[dict[str, Any], list[int], str], ...] = (
    ({}, [1, 2], "two bodies that have nothing to do with one another"),
    ({"references": (REFERS,)}, [3], "a case of the one refers to a case of the other"),
    ({"references": (POSTPONES,)}, [3], "it is put off to a meeting of the other"),
    ({"progress": (LISTS,)}, [3], "a list names a case of the other"),
    ({"references": (REFERS.model_copy(update={"target": "2031.9"}),)}, [1, 2], "what it refers to is not there"),
)


@pytest.mark.parametrize(("more", "expected", "why"), TIES, ids=[why for *_, why in TIES])
def test_documents_hang_together_by_body_and_by_what_they_point_to(more, expected, why):
    ssu = (minutes("SSU", day, case("2031.1", "Ung Arena")) for day in DAYS[:2])
    other = minutes("PM", DAYS[2], case("2031.2", "Oppfølging"), **more)
    db = linked(*(result(f"{n}.pdf", one) for n, one in enumerate([*ssu, other])))
    assert together(db) == expected, why


def test_what_has_nothing_to_do_with_a_new_file_is_not_put_together_anew():
    db = linked(
        *(result(f"{n}.pdf", minutes(body, DAYS[0], case("2031.1", "Sak"))) for n, body in enumerate(BODIES[:3]))
    )
    store.save(db, result("ny.pdf", minutes("PM", DAYS[1], case("2031.2", "Sak"))))
    before = dict(db.execute("SELECT document_id, rowid FROM put_together").fetchall())
    db.execute(
        "CREATE TEMP TRIGGER seen AFTER UPDATE ON put_together BEGIN INSERT INTO touched VALUES (old.document_id); END"
    )
    db.execute("CREATE TEMP TABLE touched (document_id TEXT)")
    store.link(db)
    touched = {key.split("-")[0] for (key,) in db.execute("SELECT document_id FROM touched")}
    assert touched == {"pm"}
    assert len(before) == 3


def test_other_settings_put_everything_together_anew():
    """A name that the settings give to a body is that of a body which documents refer to."""
    refers = REFERS.model_copy(update={"target_body": "Ungdomsutvalget"})
    other = minutes("PM", DAYS[2], case("2031.2", "Oppfølging"), references=(refers,))
    place = "Fjordregionen"
    files = [result("a.pdf", minutes("SSU", DAYS[0], case("2031.1", "Sak"))), result("b.pdf", other)]
    db = linked(*(replace(one, collaboration=place) for one in files))
    target = "SELECT target_case_id FROM case_references"
    assert db.execute(target).fetchone() == (None,)
    store.keep_bodies(db, place, [Body("Strategisk samarbeidsutvalg", "SSU", ("Ungdomsutvalget",))])
    store.link(db)
    assert db.execute(target).fetchone() == ("fjordregionen-ssu-2031.1",)
