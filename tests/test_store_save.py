"""Saving: a file's rows and no other's, nothing the second time, the same rows in any order."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

import store
from models.records import Document, Extraction
from models.result import FileResult
from store.publish import check_search
from store.schema import SEARCH, TABLES
from tests.made_results import case, collection, meeting, memo, refused, result


@pytest.fixture
def db():
    database = store.open_database(":memory:")
    yield database
    database.close()


def load(db: Database, *results: FileResult) -> int:
    return sum(store.save(db, one) for one in results) + store.link(db)


def contents(db: Database) -> dict[str, list[str]]:
    tables = {t.name: t.names for t in TABLES if t.name != "search_rows"} | {"search": tuple(SEARCH)}
    quoted = {name: ", ".join(f'"{column}"' for column in columns) for name, columns in tables.items()}
    return {name: sorted(map(repr, db.execute(f"SELECT {columns} FROM {name}"))) for name, columns in quoted.items()}


def column(db: Database, sql: str, *values: object) -> list[Any]:
    return [row[0] for row in db.execute(sql, values)]


def test_every_kind_of_row_is_saved_and_points_at_rows_that_exist(db):
    load(db, *collection())
    counts = {name: len(rows) for name, rows in contents(db).items()}
    assert counts == {
        "source_files": 5, "file_paths": 5, "bodies": 2, "meetings": 2, "documents": 5, "pages": 10,
        "meeting_documents": 3, "attendances": 3, "cases": 4, "case_items": 9, "decisions": 3, "evidence": 15,
        "problems": 2, "search": 22, "measure_identities": 0, "measures": 0, "submissions": 0, "input_points": 0,
        "procedures": 0, "case_references": 0, "responsibilities": 0, "progress_notes": 0, "decision_carriers": 0,
        "decision_commitments": 0, "abbreviations": 0, "people": 2, "organisations": 1, "name_mentions": 7,
        "votes": 0, "vote_names": 0, "masks": 0, "register": 0, "body_settings": 0, "read_with": 0, "put_together": 5,
        "search_words": 0, "search_forms": 0, "search_synonyms": 0, "search_filters": 0,
        "publication": 0,
    }  # fmt: skip
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    check_search(db)


def test_new_content_does_not_wait_for_the_whole_search_index(db):
    first, *others = collection()
    load(db, *others)
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    store.save(db, first)
    assert any("INSERT" in statement and "search" in statement for statement in statements)
    assert [statement for statement in statements if statement.startswith("DELETE FROM search")] == []


def test_keys_are_readable(db):
    load(db, result("a.pdf", meeting("agenda", "SSU", "2024-02-01", case("2024.1", "Avvik", "Godkjent"))))
    digits = column(db, "SELECT substr(sha256, 1, 6) FROM source_files")[0]
    assert column(db, "SELECT id FROM documents") == [f"ssu-2024-02-01-agenda-{digits}"]
    assert column(db, "SELECT id FROM decisions") == [f"ssu-2024-02-01-agenda-{digits}/2024.1/adopted/1"]
    assert column(db, "SELECT id FROM cases UNION ALL SELECT id FROM meetings") == ["ssu-2024.1", "ssu-2024-02-01"]
    assert column(db, "SELECT page FROM decisions") == [2]


def test_loading_twice_writes_nothing(db):
    load(db, *collection())
    before, changes = contents(db), db.conn.total_changes
    assert load(db, *collection()) == 0
    assert db.conn.total_changes == changes
    assert contents(db) == before


def test_any_order_gives_the_same_rows():
    orders = list(itertools.permutations(collection()))
    made = []
    for order in orders[::17]:
        db = store.open_database(":memory:")
        for one in order:
            store.save(db, one)
            store.link(db)
        made.append(contents(db))
        db.close()
    assert all(one == made[0] for one in made)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("123x")), max_size=8))
def test_what_is_left_after_any_changes_is_what_the_paths_hold_last(steps):
    """Each step writes content to a path; "x" is broken content. Loaded rows follow the last readable content."""
    db = store.open_database(":memory:")
    holds: dict[str, str] = {}
    for path, content in steps:
        if content == "x":
            load(db, refused(path, content=f"{content}{path}"))
        else:
            load(db, result(path, meeting("agenda", "SSU", f"2024-02-0{content}", case("3", content)), content=content))
            holds[path] = content
    assert sorted(column(db, "SELECT title FROM case_items")) == sorted(set(holds.values()))
    assert len(column(db, "SELECT id FROM meetings")) == len(set(holds.values()))
    broken = {path for path, content in steps if content == "x"} & {
        path for path in "abc" if [c for p, c in steps if p == path][-1:] == ["x"]
    }
    assert set(column(db, "SELECT path FROM source_files WHERE status = 'refused'")) == broken
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    check_search(db)
    db.close()


def test_changed_content_replaces_the_rows_of_its_own_path_only(db):
    load(db, *collection())
    others = {k: v for k, v in contents(db).items() if k in ("pages", "attendances")}
    old = column(
        db,
        "SELECT document_id FROM pages JOIN documents ON documents.id = document_id"
        " JOIN source_files USING (sha256) WHERE path = 'innspill.pdf'",
    )
    changed = result("innspill.pdf", meeting("agenda", "Eldrerådet", "2024-05-05", case("1/24", "Ny")), content="ny")
    load(db, changed)
    kept = [row for row in others["pages"] if not any(document in row for document in old)]
    assert set(kept) <= set(contents(db)["pages"])
    assert column(db, "SELECT count(*) FROM source_files WHERE superseded_by IS NULL") == [5]
    assert column(db, "SELECT count(*) FROM search WHERE document_id = ?", old[0]) == [0]
    assert column(db, "SELECT code FROM problems") == ["damaged"]
    load(db, collection()[3])
    assert column(db, "SELECT id FROM bodies ORDER BY id") == ["pm", "ssu"]


def test_what_was_superseded_stays_traceable_and_shows_nowhere(db):
    first, second, third = (
        result("a.pdf", meeting("agenda", "SSU", "2024-02-01", case("3", title)), content=title) for title in "xyz"
    )
    load(db, first)
    load(db, second)
    load(db, third)
    trace = "SELECT path, status, sha256, superseded_by FROM source_files ORDER BY status, superseded_by"
    x, y, z = (one.sha256 for one in (first, second, third))
    assert sorted(db.execute(trace)) == sorted(
        [("a.pdf", "loaded", z, None), ("a.pdf", "superseded", y, z), ("a.pdf", "superseded", x, y)]
    )
    assert column(db, "SELECT title FROM case_items") == ["z"]
    assert column(db, "SELECT count(*) FROM file_paths") == [1]
    assert set(store.known(db)) == {z}
    load(db, first)
    assert sorted(db.execute(trace)) == sorted(
        [("a.pdf", "loaded", x, None), ("a.pdf", "superseded", y, z), ("a.pdf", "superseded", z, x)]
    )
    assert column(db, "SELECT title FROM case_items") == ["x"]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_reading_again_what_supersedes_another_keeps_the_trace(db):
    old, new = (result("a.pdf", meeting("agenda", "SSU", "2024-02-01"), content=title) for title in "xy")
    load(db, old)
    load(db, new)
    store.save(db, new, again=True)
    assert column(db, "SELECT superseded_by FROM source_files WHERE sha256 = ?", old.sha256) == [new.sha256]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_copy_keeps_the_content_when_the_other_place_changes(db):
    original = result("b.pdf", meeting("agenda", "SSU", "2024-02-01", case("2024.1", "Avvik")), content="x")
    load(db, original)
    store.settle(db, {"a.pdf": original.sha256})
    assert column(db, "SELECT path FROM source_files") == ["a.pdf"]
    load(db, result("a.pdf", meeting("agenda", "SSU", "2024-06-01", case("2024.9", "Ny")), content="y"))
    assert column(db, "SELECT id FROM cases ORDER BY id") == ["ssu-2024.1", "ssu-2024.9"]
    assert column(db, "SELECT path FROM source_files ORDER BY path") == ["a.pdf", "b.pdf"]


def test_a_refused_file_has_a_row_and_a_problem_and_touches_nothing_else(db):
    load(db, collection()[0])
    before = contents(db)
    load(db, refused("skadet.pdf"))
    after = contents(db)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"source_files", "file_paths", "problems"}
    assert list(db.query("SELECT path, status, code FROM source_files WHERE code IS NOT NULL")) == [
        {"path": "skadet.pdf", "status": "refused", "code": "damaged"}
    ]


def test_a_file_that_is_damaged_later_keeps_what_was_read_from_it(db):
    load(db, collection()[0])
    before = contents(db)
    load(db, refused("innkalling.pdf", content="avkortet"))
    assert contents(db)["documents"] == before["documents"]
    assert contents(db)["search"] == before["search"]
    assert column(db, "SELECT code FROM problems WHERE path = 'innkalling.pdf'") == ["damaged"]
    store.settle(db, {"innkalling.pdf": collection()[0].sha256})
    assert contents(db) == before


def test_a_file_that_cannot_be_opened_has_a_problem_until_it_can(db):
    closed = refused("referat.pdf", "unreadable", content="")
    load(db, closed)
    assert list(db.query("SELECT sha256, path, code FROM problems")) == [
        {"sha256": None, "path": "referat.pdf", "code": "unreadable"}
    ]
    assert load(db, closed) == 0
    load(db, replace(closed, code="not_found", flaws=()))
    assert column(db, "SELECT code FROM problems") == ["not_found"]
    load(db, collection()[1])
    assert column(db, "SELECT code FROM problems") == []


def test_a_refused_file_that_a_newer_reader_manages_is_loaded(db):
    good = collection()[1]
    load(db, refused("referat.pdf", content="referat.pdf"))
    load(db, good)
    fresh = store.open_database(":memory:")
    load(fresh, good)
    assert contents(db) == contents(fresh)
    fresh.close()


def test_a_failing_save_leaves_nothing_behind(db):
    load(db, *collection()[1:])
    before = contents(db)
    broken = replace(collection()[0], kind=b"pdf")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="cannot store BLOB value in TEXT"):
        store.save(db, broken)
    assert contents(db) == before


def test_text_that_sqlite_cannot_hold_is_made_harmless(db):
    odd = result("a.pdf", Extraction(document=Document(n=0, kind="other")), texts=({None: "m\0øte \ud800"},))
    load(db, odd)
    assert column(db, "SELECT text FROM pages") == ["møte ?"]


def test_known_tells_status_and_remarks(db):
    load(db, *collection())
    found = store.known(db)
    assert found[collection()[3].sha256] == store.Known("loaded", None, 2, ("needs_ocr",))
    assert found[collection()[4].sha256] == store.Known("refused", "damaged", None, ("damaged",))


@pytest.mark.parametrize(
    ("memo_body", "agendas", "expected"),
    [
        (None, [("SSU", "2024.2")], "ssu-2024.2"),
        ("SSU", [("SSU", "2024.2")], "ssu-2024.2"),
        ("SSU", [], "ssu-2024.2"),
        (None, [("SSU", "2024.2"), ("PM", "2024.2")], None),
        ("PM", [("SSU", "2024.2"), ("PM", "2024.2")], "pm-2024.2"),
        (None, [("SSU", "2024.7")], None),
        (None, [], None),
    ],
    ids=["listed once", "same body", "own body alone", "listed twice", "own body decides", "not listed", "alone"],
)
def test_a_memo_belongs_to_the_one_meeting_of_its_file_that_lists_it(db, memo_body, agendas, expected):
    lists = [
        meeting("agenda", body, "2024-02-01", case(number, "Avvik"), n=n) for n, (body, number) in enumerate(agendas)
    ]
    load(db, result("pakke.pdf", *lists, memo("2024.2", memo_body, n=len(lists))))
    assert column(db, "SELECT case_id FROM case_items WHERE title LIKE 'Saksfremlegg%'") == [expected]


def test_numbers_without_a_year_are_kept_apart_by_meeting(db):
    load(db, *(result(f"{day}.pdf", meeting("minutes", "FAU", f"2024-02-0{day}", case("1", "Valg"))) for day in (1, 2)))
    assert column(db, "SELECT id FROM cases ORDER BY id") == ["fau-2024-02-01-1", "fau-2024-02-02-1"]


@pytest.mark.parametrize("order", [1, -1])
def test_every_spelling_of_a_number_is_one_case(db, order):
    """ "PS 6/26" in the agenda, "sak 6/2026" in the minutes, "006/26" in the memo; RS 6/26 is another series."""
    agenda = meeting("agenda", "Formannskapet", "2026-02-19", case("PS6/26", "Utlån"), case("RS6/26", "Brev"))
    minutes = meeting("minutes", "Formannskapet", "2026-02-19", case("6/2026", "Utlån"), case("RS6/26", "Brev"))
    files = [result("sakliste.pdf", agenda, memo("006/26", "Formannskapet")), result("protokoll.pdf", minutes)]
    for file in files[::order]:
        store.save(db, file)
    store.link(db)
    found = {row["id"]: row["number"] for row in db["cases"].rows}
    assert found == {"formannskapet-6/26": "PS6/26", "formannskapet-RS6/26": "RS6/26"}


def test_the_same_number_twice_in_a_document_gives_two_rows(db):
    load(
        db, result("a.pdf", meeting("minutes", "SSU", "2024-02-01", case("2024.1", "A", "x"), case("2024.1", "B", "y")))
    )
    assert [key.split("/", 1)[1] for key in column(db, "SELECT id FROM decisions ORDER BY id")] == [
        "2024.1.2/adopted/1",
        "2024.1/adopted/1",
    ]


def test_a_case_has_the_title_and_the_outcome_of_its_latest_minutes(db):
    postponed = case("2024.1", "Avvik", "Utsettes", outcome="postponed")
    approved = case("2024.1", "Avvik, andre gang", "Godkjennes", outcome="approved")
    load(
        db,
        result("1.pdf", meeting("minutes", "SSU", "2024-02-01", postponed)),
        result("2.pdf", meeting("minutes", "SSU", "2024-04-01", approved)),
        result("3.pdf", meeting("agenda", "SSU", "2024-06-01", case("2024.1", "Avvik, tredje gang"))),
    )
    assert list(db.query("SELECT title, first_date, last_date, outcome FROM cases")) == [
        {"title": "Avvik, andre gang", "first_date": "2024-02-01", "last_date": "2024-06-01", "outcome": "approved"}
    ]


def test_a_meeting_takes_its_details_from_the_minutes_first(db):
    load(db, *collection())
    assert list(db.query("SELECT place, chair, start FROM meetings WHERE id = 'ssu-2024-02-01'")) == [
        {"place": "Teams", "chair": "Per Haug", "start": None}
    ]


def test_a_body_is_called_what_most_documents_call_it(db):
    names = ["Samhandlingsutvalget (SSU)", "SSU", "SSU"]
    load(db, *(result(f"{n}.pdf", meeting("agenda", name, f"2024-0{n}-01")) for n, name in enumerate(names, 1)))
    assert list(db.query("SELECT id, name FROM bodies")) == [{"id": "ssu", "name": "SSU"}]


def test_search_finds_cases_decisions_and_pages_and_keeps_letters_apart(db):
    load(db, *collection())
    find = "SELECT kind FROM search WHERE search MATCH ? ORDER BY kind"
    assert column(db, find, "samhandlingsavvik") == ["case", "case", "decision"]
    assert set(column(db, find, "orientering")) == {"case", "decision", "page"}
    assert column(db, find, '"2024.3"') == ["case", "case", "decision"]
    assert column(db, find, "møteplan") == ["case"]
    assert column(db, find, "moteplan") == []


def test_the_list_of_decisions_shows_body_date_and_page(db):
    load(db, *collection())
    row = next(db.query("SELECT * FROM decision_list WHERE number = '2024.2'"))
    assert (row["body"], row["meeting_date"], row["stage"], row["outcome"], row["page"]) == (
        "SSU", "2024-02-01", "adopted", "noted", 2,
    )  # fmt: skip


def test_what_is_read_again_is_taken_out_of_the_index_without_looking_through_it():
    """SQLite's own steps for saving a file again do not grow with the archive."""
    few, many = (steps_to_save_again(count) for count in (20, 400))
    assert many < 2 * few


def steps_to_save_again(count: int) -> int:
    db = store.open_database(":memory:")
    files = [
        result(f"{n}.pdf", meeting("agenda", "SSU", f"2024-{n % 12 + 1:02}-01", case("3", "Sak"))) for n in range(count)
    ]
    load(db, *files)
    steps = 0

    def count_step() -> int:
        nonlocal steps
        steps += 1
        return 0

    db.conn.set_progress_handler(count_step, 20)
    store.save(db, files[0], again=True)
    db.conn.set_progress_handler(None, 0)
    assert (
        column(db, "SELECT count(*) FROM search WHERE document_id LIKE '%'")[0]
        == column(db, 'SELECT sum("last" - "first" + 1) FROM search_rows')[0]
    )
    check_search(db)
    return steps


def test_a_file_that_was_loaded_before_its_rows_in_the_index_were_kept_is_taken_out_of_it(db):
    load(db, *collection())
    db.execute("DELETE FROM search_rows")
    before = column(db, "SELECT count(*) FROM search")
    store.save(db, collection()[0], again=True)
    assert column(db, "SELECT count(*) FROM search") == before
    assert column(db, "SELECT count(*) FROM search_rows") == [1]
    check_search(db)
