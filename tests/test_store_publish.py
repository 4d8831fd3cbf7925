"""Publishing: a file built anew, complete, standing alone, swapped in whole."""

from __future__ import annotations

import importlib
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

import store
from store.schema import TABLES
from tests.made_results import collection

publishing = importlib.import_module("store.publish")  # "store.publish" itself is the function


@pytest.fixture
def working(tmp_path):
    path = tmp_path / "arbeid.db"
    with closing(store.open_database(path)) as db, store.writing(db):
        for one in collection():
            store.save(db, one)
        store.link(db)
    return path


def rows(path, name: str) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return sorted(map(repr, db.execute(f"SELECT * FROM {name}")))


def test_everything_but_what_is_for_loading_only_is_published(working, tmp_path):
    out = tmp_path / "nettsted.db"
    assert store.publish(working, out).documents == 5
    for table in TABLES:
        if not table.derived:
            expected = [] if table.internal else rows(working, table.name)
            assert rows(out, table.name) == (["('public',)"] if table.name == "publication" else expected), table.name
    assert rows(out, "search") == rows(working, "search")
    assert rows(out, "decision_list") == rows(working, "decision_list")


def test_what_was_superseded_is_not_published(working, tmp_path):
    with closing(store.open_database(working)) as db:
        store.save(db, replace(collection()[0], sha256="ab" * 32))
        assert db.execute("SELECT count(*) FROM source_files WHERE status = 'superseded'").fetchone() == (1,)
    out = tmp_path / "nettsted.db"
    store.publish(working, out)
    with closing(sqlite3.connect(out)) as db:
        assert db.execute("SELECT status, count(*) FROM source_files GROUP BY status ORDER BY status").fetchall() == [
            ("loaded", 4), ("refused", 1),
        ]  # fmt: skip
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_an_interrupted_load_left_apart_is_put_together(tmp_path):
    working, out = tmp_path / "arbeid.db", tmp_path / "nettsted.db"
    with closing(store.open_database(working)) as db:
        for one in collection():
            store.save(db, one)
    store.publish(working, out)
    with closing(sqlite3.connect(out)) as db:
        assert db.execute("SELECT count(*) FROM cases WHERE title IS NULL").fetchone() == (0,)


def test_the_published_file_can_be_opened_without_a_writer(working, tmp_path):
    out = tmp_path / "nettsted.db"
    store.publish(working, out)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["arbeid.db", "nettsted.db"]
    with closing(sqlite3.connect(f"{out.as_uri()}?immutable=1", uri=True)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM search WHERE search MATCH 'samhandlingsavvik'").fetchone() == (3,)


def test_publishing_again_gives_the_same_file(working, tmp_path):
    first, second = tmp_path / "1.db", tmp_path / "2.db"
    store.publish(working, first)
    store.publish(working, second)
    assert first.read_bytes() == second.read_bytes()


def test_whoever_reads_the_old_file_goes_on_reading_it(working, tmp_path):
    out = tmp_path / "nettsted.db"
    store.publish(working, out)
    with closing(sqlite3.connect(f"{out.as_uri()}?immutable=1", uri=True)) as reader:
        with closing(store.open_database(working)) as db:
            store.save(db, collection()[1].__class__("ny.pdf", "ab" * 32))
        store.publish(working, out)
        assert reader.execute("SELECT count(*) FROM source_files").fetchone() == (5,)
    with closing(sqlite3.connect(out)) as fresh:
        assert fresh.execute("SELECT count(*) FROM source_files").fetchone() == (6,)


def test_a_publication_that_fails_leaves_the_old_file(working, tmp_path, monkeypatch):
    out = tmp_path / "nettsted.db"
    store.publish(working, out)
    before = out.read_bytes()

    def broken(_):
        raise sqlite3.DatabaseError("fts5: corruption")

    monkeypatch.setattr(publishing, "check_search", broken)
    with pytest.raises(store.DatabaseError, match="kan ikke brukes"):
        store.publish(working, out)
    assert out.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["arbeid.db", "nettsted.db"]


def test_what_cannot_be_published_is_told(working, tmp_path):
    with pytest.raises(store.DatabaseError, match="Finner ikke databasen"):
        store.publish(tmp_path / "ingen.db", tmp_path / "ut.db")
    with pytest.raises(store.DatabaseError, match="ikke være arbeidsdatabasen"):
        store.publish(working, working)
    with pytest.raises(store.DatabaseError, match="Kontroller at mappen finnes"):
        store.publish(working, tmp_path / "ingen" / "ut.db")


def test_what_an_older_version_loaded_is_not_published(working, tmp_path):
    with closing(sqlite3.connect(working)) as db, db:
        db.execute("UPDATE source_files SET downloadable = NULL")
    with pytest.raises(store.DatabaseError, match="--again"):
        store.publish(working, tmp_path / "ut.db")


def test_a_damaged_index_is_not_published(working, tmp_path):
    with closing(sqlite3.connect(working)) as db:
        db.execute("UPDATE search_content SET c5 = 'noe annet'")
        db.commit()
    with closing(store.open_database(working)) as db, pytest.raises(sqlite3.DatabaseError):
        publishing.check_search(db)


def test_the_published_file_does_not_name_the_machine_s_folders(working, tmp_path):
    with closing(sqlite3.connect(working)) as db:
        db.execute("UPDATE source_files SET path = ? || '/arkiv/' || path", (str(tmp_path),))
        db.commit()
    out = tmp_path / "nettsted" / "sakspor.db"
    out.parent.mkdir()
    store.publish(working, out)
    with closing(sqlite3.connect(out)) as db:
        paths = [path for (path,) in db.execute("SELECT path FROM source_files")]
    assert paths
    assert all(path.startswith("../arkiv/") for path in paths)
