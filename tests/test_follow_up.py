"""Decisions followed from meeting to meeting: what takes them up, what becomes of them, and what changes nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
import store
from models.records import Decision, Progress, Reference, Responsibility
from store.schema import TABLES
from tests.made_results import case, evidence, meeting, result

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent / "corpus" / "documents"
DERIVED = ("decision_carriers", "decision_commitments")
STATED = ("documents", "pages", "case_items", "responsibilities", "progress_notes", "attendances", "evidence")


def loaded(*results):
    """A database with results in it, linked once at the end."""
    db = store.open_database(":memory:")
    for one in results:
        store.save(db, one)
    store.link(db)
    return db


def rows(db, table, order="id"):
    return list(db.query(f"SELECT * FROM {table} ORDER BY {order}"))


def trail(db):
    """Everything that is derived about decisions."""
    return (
        rows(db, "decision_carriers"),
        rows(db, "decision_commitments", "decision_id"),
        rows(db, "decision_follow_up", "decision_id"),
    )


def follow_up(db):
    return {(row["case_number"], row["decision"]): row for row in db.query("SELECT * FROM decision_follow_up")}


# --- made documents --------------------------------------------------------------------------------------------------


def minutes(date, *items, path=None, references=(), responsibilities=(), progress=()):
    told = meeting("minutes", "SSU", date, *items).model_copy(
        update={"references": references, "responsibilities": responsibilities, "progress": progress}
    )
    return result(path or f"referat-{date}.pdf", told)


def agenda(date, *items, references=(), progress=()):
    told = meeting("agenda", "SSU", date, *items).model_copy(update={"references": references, "progress": progress})
    return result(f"innkalling-{date}.pdf", told)


def adopted(number, title, text, outcome=None):
    point = Decision(stage="adopted", ordinal=1, text=text, outcome=outcome, evidence=evidence("text", text, 2))
    return case(number, title).model_copy(update={"decisions": (point,), "outcome": outcome})


def refers(number, kind, text, **target):
    return Reference(number=number, kind=kind, evidence=evidence("kind", text), **target)


def duty(number, actor, action, **deadline):
    return Responsibility(
        number=number,
        stage="adopted",
        ordinal=1,
        actor=actor,
        action=action,
        evidence=evidence("action", action),
        **deadline,
    )


def note(number, text, verb="sendt", **more):
    return Progress(number=number, text=text, verb=verb, done=verb is not None, evidence=evidence("text", text), **more)


MAY, SEPTEMBER, NOVEMBER = "2022-05-19", "2022-09-22", "2022-11-24"
POSTPONED = minutes(
    MAY,
    adopted("2022.15", "Ung Arena", "Saken utsettes til SSU 22.9.", "postponed"),
    references=(refers("2022.15", "postponed_to", "Saken utsettes til SSU 22.9.", target_date=SEPTEMBER),),
)
SENDS = minutes(
    MAY,
    adopted("2022.13", "Tilskudd til hjemmeoppfølging", "Kari Dal sender søknaden.", "mandated"),
    responsibilities=(duty("2022.13", "Kari Dal", "sender søknaden", deadline_text="1. juni", deadline="2022-06-01"),),
)
FOLLOWS = refers("2022.28", "follow_up", "Oppfølging av sak 2022.13.", target="2022.13")
CLOSED = adopted("2022.28", "Hjemmeoppfølging", "Saken tas til orientering.", "noted")

# Documents, the state of the one decision of May, the case that takes it up, and why.
STORIES = (
    ([POSTPONED], "open", None, "the meeting is not among the documents"),
    ([POSTPONED, agenda(SEPTEMBER, case("2022.25", "Prosjekt Ung arena+"))], "on_agenda", "2022.25", "a title agrees"),
    ([POSTPONED, agenda(SEPTEMBER, case("2022.25", "Ungdomsrådet"))], "open", None, "no title agrees"),
    (
        [POSTPONED, agenda(SEPTEMBER, case("2022.25", "Ung Arena nord"), case("2022.26", "Ung Arena sør"))],
        "open",
        None,
        "two titles agree: never a guess",
    ),
    ([POSTPONED, agenda(NOVEMBER, case("2022.40", "Ung Arena"))], "open", None, "another meeting than the one named"),
    (
        [POSTPONED, minutes(SEPTEMBER, adopted("2022.25", "Ung Arena", "Planen godkjennes.", "approved"))],
        "treated",
        "2022.25",
        "minutes conclude",
    ),
    (
        [
            POSTPONED,
            agenda(SEPTEMBER, case("2022.25", "Ung Arena")),
            minutes(SEPTEMBER, adopted("2022.25", "Ung Arena", "Saken utsettes.", "postponed")),
        ],
        "open",
        "2022.25",
        "put off again, and nothing since",
    ),
    (
        [
            POSTPONED,
            minutes(
                SEPTEMBER,
                adopted("2022.25", "Ung Arena", "Saken utsettes til 24.11.", "postponed"),
                references=(refers("2022.25", "postponed_to", "Saken utsettes til 24.11.", target_date=NOVEMBER),),
            ),
            agenda(NOVEMBER, case("2022.41", "Ung Arena")),
        ],
        "on_agenda",
        "2022.41",
        "put off twice, and on the agenda now",
    ),
    (
        [
            minutes(MAY, adopted("2022.16", "Akuttberedskap", "Saken utsettes.", "postponed")),
            agenda(
                SEPTEMBER, case("2022.26", "Beredskap i distriktet"), case("2022.27", "Status for akuttberedskapen")
            ),
        ],
        "on_agenda",
        "2022.27",
        "put off without a date, and back under its own title",
    ),
    (
        [
            minutes(MAY, adopted("2022.16", "Akuttberedskap nord", "Saken utsettes.", "postponed")),
            agenda(SEPTEMBER, case("2022.27", "Akuttberedskap sør")),
        ],
        "open",
        None,
        "put off without a date, and back under another title",
    ),
    ([SENDS], "open", None, "nothing later"),
    ([SENDS, agenda(SEPTEMBER, case("2022.28", "Tilskudd til hjemmeoppfølging"))], "open", None, "a title alone"),
    ([SENDS, agenda(SEPTEMBER, case("2022.28", "Drift"), references=(FOLLOWS,))], "on_agenda", "2022.28", "it says so"),
    ([SENDS, minutes(SEPTEMBER, CLOSED, references=(FOLLOWS,))], "treated", "2022.28", "minutes conclude"),
    (
        [SENDS, minutes(SEPTEMBER, CLOSED, references=(FOLLOWS,), progress=(note("2022.28", "Søknaden er sendt."),))],
        "done",
        "2022.28",
        "a later text says that the work is done",
    ),
    (
        [SENDS, minutes(SEPTEMBER, CLOSED, references=(FOLLOWS,), progress=(note("2022.28", "Rapporten er sendt."),))],
        "treated",
        "2022.28",
        "what is done is something else",
    ),
    (
        [SENDS, agenda(SEPTEMBER, case("2022.1", "Økonomi"), progress=(note("2022.1", "Søknaden er sendt."),))],
        "open",
        None,
        "said in a case that does not take it up",
    ),
    (
        [
            SENDS,
            agenda(
                SEPTEMBER,
                case("2022.35", "Oppfølgingsliste"),
                progress=(note("2022.35", "Utført", "Utført", target="2022.13", subject="Tilskudd"),),
            ),
        ],
        "done",
        "2022.35",
        "a row of the standing list",
    ),
    (
        [
            SENDS,
            minutes(
                SEPTEMBER,
                adopted("2022.35", "Oppfølgingsliste", "Listen tas til orientering.", "noted"),
                progress=(note("2022.35", "Arbeidet pågår", None, target="2022.13"),),
            ),
        ],
        "open",
        "2022.35",
        "on the list, and not done",
    ),
    (
        [minutes(MAY, adopted("2022.11", "Referat", "Referatet godkjennes.", "approved"))],
        "nothing_to_follow_up",
        None,
        "",
    ),
)


@pytest.mark.parametrize(("documents", "state", "carried_by", "why"), STORIES, ids=[why for *_, why in STORIES])
def test_a_decision_has_the_state_that_the_documents_give_it(documents, state, carried_by, why):
    row = next(
        row for row in loaded(*documents).query("SELECT * FROM decision_follow_up WHERE meeting_date = ?", [MAY])
    )
    assert (row["state"], row["carried_by"]) == (state, carried_by), why
    assert re.fullmatch(r"[A-ZÆØÅ«].*[.»]", row["state_reason"], re.DOTALL)


def test_a_decision_in_two_documents_is_followed_once():
    again = result("pakke.pdf", POSTPONED.extractions[0], content="en pakke med referatet")
    assert len(follow_up(loaded(POSTPONED, again))) == 1
    assert trail(loaded(POSTPONED, again)) == trail(loaded(again, POSTPONED))


def test_who_answers_and_by_when_are_taken_from_the_decision():
    row = next(iter(follow_up(loaded(SENDS)).values()))
    assert (row["responsible"], row["deadline_text"], row["deadline_edtf"]) == ("Kari Dal", "1. juni", "2022-06-01")


def test_removing_a_document_takes_back_what_it_gave(tmp_path):
    later = agenda(SEPTEMBER, case("2022.25", "Ung Arena"))
    db = loaded(POSTPONED, later)
    store.save(db, result(later.path, meeting("agenda", "SSU", NOVEMBER, case("2022.50", "Budsjett")), content="annet"))
    store.link(db)
    assert next(iter(follow_up(db).values()))["state"] == "open"


# --- real files ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus():
    """What is read from the meeting documents of the demonstration collection."""
    folders = (DOCUMENTS / "ssu", DOCUMENTS / "pm")
    paths = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in (".pdf", ".docx"))
    results = [pipeline.read_file(path) for path in paths if "skannet" not in path.name]
    return [one for one in results if not one.refused]


def test_the_demonstration_collection_has_decisions_in_every_state_but_one(corpus):
    states = {row["state"] for row in loaded(*corpus).query("SELECT state FROM decision_follow_up")}
    assert {"nothing_to_follow_up", "open", "on_agenda", "treated"} <= states


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_order_of_loading_does_not_matter(corpus, data):
    order = data.draw(st.permutations(corpus))
    one_by_one = store.open_database(":memory:")
    for result_ in order:
        store.save(one_by_one, result_)
        store.link(one_by_one)
    assert trail(one_by_one) == trail(loaded(*corpus))


def test_linking_again_writes_nothing(corpus):
    assert store.link(loaded(*corpus)) == 0


def test_a_later_meeting_never_changes_what_an_earlier_document_states(corpus):
    ordered = sorted(corpus, key=lambda r: max((e.document.date or "" for e in r.extractions), default=""))
    db = store.open_database(":memory:")
    before: dict[str, list] = {}
    for one in ordered:
        store.save(db, one)
        store.link(db)
        for table, known in before.items():
            now = {row["id"]: row for row in _stated(db, table)}
            assert [now.get(row["id"]) for row in known] == known
        before = {table: _stated(db, table) for table in STATED}


def _stated(db, name):
    """A table's rows without the columns that are derived (keys of what all files together know)."""
    derived = {"case_id", "meeting_id", "body_id", "target_case_id", "target_meeting_id", "unresolved", "same_as"}
    table = next(table for table in TABLES if table.name == name)
    names = ", ".join(f'"{column}"' for column in table.names if column not in derived)
    return list(db.query(f"SELECT {names} FROM {name} ORDER BY {table.primary[0]}"))


def _folded(text):
    """Text as it is compared with a page: without blanks, and without hyphens, which lines may have broken."""
    return re.sub(r"[\s­-]+", "", text)


def unfounded(db):
    """The rows of ``decision_follow_up`` and ``decision_carriers`` whose quoted text is not on the page they name."""
    pages: dict[tuple[str, int | None], str] = {}
    for page in db.query("SELECT document_id, page, text FROM pages"):
        pages[page["document_id"], page["page"]] = _folded(page["text"])
    quotes = [
        *db.query("SELECT decision_id AS id, document_id, page, evidence AS quote FROM decision_follow_up"),
        *db.query("SELECT id, document_id, page, text AS quote FROM decision_carriers"),
    ]
    assert quotes
    return [q for q in quotes if not _stands(_folded(q["quote"]), q, pages)]


def _stands(quote, row, pages):
    """On its page; what runs over a page break begins there and ends on the next."""
    here = pages.get((row["document_id"], row["page"]), "")
    onward = here + pages.get((row["document_id"], (row["page"] or 0) + 1), "")
    return quote in here or (quote in onward and quote[:20] in here)


def test_what_is_quoted_stands_on_the_page_that_is_named(corpus):
    assert unfounded(loaded(*corpus)) == []


@pytest.fixture(scope="module")
def packet(seeds):
    """The real packet that the expected follow-up was written for."""
    about = json.loads((seeds / "follow-up.expected.json").read_text(encoding="utf-8"))
    [name] = re.findall(r"[\w-]+\.pdf", about["about"])
    return about["rows"], loaded(pipeline.read_file(seeds / name))


def test_real_decisions_are_followed_as_a_reader_follows_them(packet):
    expected, db = packet
    found = list(db.query("SELECT * FROM decision_follow_up"))
    assert len(found) == len(expected)
    for want in expected:
        [row] = [r for r in found if r["case_number"] == want["case"] and r["decision"].startswith(want["decision"])]
        keys = {"state": "state", "carried_by": "carried_by", "responsible": "responsible", "deadline": "deadline_edtf"}
        assert {k: row[keys[k]] for k in want if k in keys} == {k: v for k, v in want.items() if k in keys}


def test_real_decisions_are_quoted_from_their_pages(packet):
    assert unfounded(packet[1]) == []


def test_real_minutes_in_several_files_are_followed_once(seeds):
    paths = sorted(p for p in seeds.iterdir() if p.suffix in (".pdf", ".docx") and "skannet" not in p.name)
    results = [pipeline.read_file(path) for path in paths]
    together = loaded(*results)
    for first, second in combinations(together.query("SELECT * FROM decision_follow_up"), 2):
        same = ("meeting_id", "case_id", "decision")
        assert [first[key] for key in same] != [second[key] for key in same]
    assert unfounded(together) == []


def test_two_collaborations_have_an_ssu_each():
    db = loaded(
        replace(POSTPONED, collaboration="Fjordregionen"),
        replace(agenda(SEPTEMBER, case("2022.25", "Ung Arena")), collaboration="Dalregionen"),
    )
    assert [row["id"] for row in db.query("SELECT id FROM bodies ORDER BY id")] == [
        "dalregionen-ssu",
        "fjordregionen-ssu",
    ]
    [row] = db.query("SELECT state, collaboration, body FROM decision_follow_up")
    assert row == {"state": "open", "collaboration": "Fjordregionen", "body": "SSU"}
