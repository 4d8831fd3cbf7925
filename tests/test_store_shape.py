"""The database file: its shape as data, who made it, and that it stands alone after a load."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

import store
from store import schema
from store.shape import APPLICATION_ID
from tests.made_results import collection


def statements(db: Database) -> list[tuple[str, str]]:
    return sorted((name, sql or "") for name, sql in db.execute("SELECT name, sql FROM sqlite_master"))


def test_every_table_is_strict_and_has_the_columns_of_the_schema():
    with closing(store.open_database(":memory:")) as db:
        strict = {row[1]: row[5] for row in db.execute("PRAGMA table_list") if row[0] == "main"}
        for table in schema.TABLES:
            assert strict[table.name] == 1
            assert tuple(column.name for column in db[table.name].columns) == table.names
        for name, columns in schema.VIEWS.items():
            assert tuple(column.name for column in db[name].columns) == tuple(columns)


def test_every_reference_has_an_index():
    with closing(store.open_database(":memory:")) as db:
        for table in schema.TABLES:
            made = db.table(table.name)
            first = {index.columns[0] for index in made.indexes}
            assert {key.column for key in made.foreign_keys} <= first | {table.primary[0]}, table.name
            named = {row[3]: row[4] for row in db.execute(f"PRAGMA foreign_key_list({table.name})")}
            assert named == {c.name: schema.table(c.references).primary[0] for c in table.columns if c.references}


def test_every_column_is_described_and_no_record_field_is_lost():
    for name, columns in schema.descriptions().items():
        assert all(columns.values()), name
    for table in schema.TABLES:
        assert len(set(table.names)) == len(table.names), table.name
    assert "box" not in schema.descriptions()["evidence"]


def test_shaping_again_writes_nothing(tmp_path):
    path = tmp_path / "a.db"
    store.open_database(path).close()
    before = path.read_bytes()
    store.open_database(path).close()
    assert path.read_bytes() == before


def test_what_an_older_database_lacks_is_added(tmp_path):
    path = tmp_path / "a.db"
    with closing(store.open_database(path)) as db:
        whole = statements(db)
        db.execute("DROP VIEW decision_list")
        db.execute("CREATE VIEW decision_list AS SELECT 1 AS id")
        db.execute("DROP TABLE attendances")
        db.execute("ALTER TABLE documents DROP COLUMN claim")
        store.ensure_shape(db)
        assert [name for name, _ in statements(db)] == [name for name, _ in whole]
        assert "claim" in {column.name for column in db["documents"].columns}
        for one in collection():
            store.save(db, one)
        assert db["decision_list"].count == 3


@pytest.mark.parametrize(
    ("statements", "part"),
    [
        ([f"PRAGMA application_id = {APPLICATION_ID}", "PRAGMA user_version = 99"], "nyere utgave av Sakspor"),
        (["CREATE TABLE documents (id)"], "annet program"),
        (["PRAGMA user_version = 3"], "annet program"),
    ],
    ids=["newer", "foreign tables", "foreign version"],
)
def test_a_database_that_is_not_ours_is_left_alone(tmp_path, statements, part):
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()
    before = path.read_bytes()
    with pytest.raises(store.DatabaseError, match=part):
        store.open_database(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "notat.db"
    path.write_text("Dette er ikke en database, men et notat som er langt nok.\n" * 40, encoding="utf-8")
    with pytest.raises(store.DatabaseError, match="ikke en SQLite-database"):
        store.open_database(path)


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(store.DatabaseError, match="Kontroller at mappen finnes"):
        store.open_database(tmp_path / "ingen" / "a.db")


def test_after_a_load_the_file_stands_alone(tmp_path):
    path = tmp_path / "a.db"
    with closing(store.open_database(path)) as db, store.writing(db):
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        store.save(db, collection()[0])
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as served:
        assert served.execute("SELECT count(*) FROM documents").fetchone() == (2,)
        assert served.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_load_ends_well_while_somebody_reads(tmp_path):
    path = tmp_path / "a.db"
    with closing(store.open_database(path)) as db, closing(sqlite3.connect(path)) as reader:
        with store.writing(db):
            store.save(db, collection()[0])
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM documents").fetchone() == (2,)
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (2,)
