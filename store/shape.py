"""The database file: opened, checked, given its tables, and left so that it can be opened without a writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database

from store.columns import Column
from store.schema import OBSOLETE, SEARCH, TABLES, VERSION, Table
from store.schema import table as find_table

APPLICATION_ID = 0x53616B73
"""``PRAGMA application_id``: "Saks" in ASCII, so that another program's database is not taken for ours."""

WAIT = 30.0
"""Seconds to wait while another load writes to the same file."""

_SEARCHED = ("title", "text")


class DatabaseError(Exception):
    """The database cannot be used; the text says in Norwegian why, and what to do."""


def audience_of(db: sqlite3.Connection) -> str | None:
    """Whom a file was published for, ``public`` or ``internal``; None for a working database.

    >>> audience_of(open_database(":memory:").conn)
    """
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'publication'").fetchone():
        return None
    row = db.execute("SELECT audience FROM publication").fetchone()
    return str(row[0]) if row else None


def open_database(path: Path | str) -> Database:
    """The database at ``path``, made when it is not there, with its tables in place.

    Raises :class:`DatabaseError` for a file that is no database, that another program made, that a newer version of
    this program made, or that was made for the site, and for a folder that cannot be written to.

    >>> open_database(":memory:").execute("SELECT count(*) FROM source_files").fetchone()
    (0,)
    """
    try:
        db = Database(sqlite3.connect(path, timeout=WAIT, isolation_level=None))
    except sqlite3.Error as error:
        raise DatabaseError(explain(error, path)) from error
    try:
        db.execute("PRAGMA foreign_keys = ON")
        ensure_shape(db)
    except sqlite3.Error as error:
        db.close()
        raise DatabaseError(explain(error, path)) from error
    except DatabaseError:
        db.close()
        raise
    return db


def explain(error: sqlite3.Error, path: Path | str) -> str:
    """What an error of SQLite means for whoever loads documents.

    >>> explain(sqlite3.OperationalError("database is locked"), "a.db")
    'Databasen «a.db» er opptatt av et annet program. Vent til det er ferdig, og prøv igjen.'
    """
    text = str(error)
    for part, sentence in _SENTENCES.items():
        if part in text:
            return f"Databasen «{path}» {sentence}"
    return f"Databasen «{path}» kan ikke brukes ({text}). Kontroller filen, eller velg en annen med --db."


_SENTENCES = {
    "unable to open": "kan ikke åpnes. Kontroller at mappen finnes, og at du har tilgang til den.",
    "not a database": "er ikke en SQLite-database. Velg en annen fil med --db.",
    "malformed": "er skadet. Hent den fra sikkerhetskopi, eller last dokumentene til en ny database.",
    "locked": "er opptatt av et annet program. Vent til det er ferdig, og prøv igjen.",
    "readonly": "kan ikke skrives til. Kontroller tilgangen til filen og mappen.",
    "full": "kan ikke bli større: disken er full. Frigjør plass, og kjør kommandoen på nytt.",
    "disk I/O": "kan ikke leses eller skrives. Kontroller disken, og prøv igjen.",
}


def ensure_shape(db: Database) -> None:
    """Create the tables, columns, indexes and views that are missing; nothing is written where nothing is.

    >>> db = Database(memory=True)
    >>> ensure_shape(db); before = db.conn.total_changes; ensure_shape(db); db.conn.total_changes - before
    0
    """
    _check_owner(db)
    if next(_missing(db), None) is None:
        return
    with transaction(db):
        for statement in list(_missing(db)):  # looked at again, as another load may have been quicker
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _check_owner(db: Database) -> None:
    version, owner, tables = (
        db.execute(sql).fetchone()[0]
        for sql in ("PRAGMA user_version", "PRAGMA application_id", "SELECT count(*) FROM sqlite_master")
    )
    if owner != APPLICATION_ID and (tables or version):
        raise DatabaseError("Databasen er laget av et annet program. Velg en annen fil med --db.")
    if version > VERSION:
        raise DatabaseError(
            f"Databasen er laget av en nyere utgave av Sakspor (skjema {version}, denne kan {VERSION}). "
            "Oppdater Sakspor, eller velg en annen fil med --db."
        )
    if audience_of(db.conn):
        raise DatabaseError("Filen er laget for nettstedet og kan ikke endres. Bruk arbeidsdatabasen i stedet.")


def _missing(db: Database) -> Iterator[str]:
    """The statements that bring the database into shape."""
    existing = dict(db.execute("SELECT name, sql FROM sqlite_master").fetchall())
    for table in TABLES:
        if table.name not in existing:
            yield _create(table)
        else:
            present = {row[1] for row in db.execute(f'PRAGMA table_info("{table.name}")')}
            added = (column for column in table.columns if column.name not in present)
            yield from (f'ALTER TABLE "{table.name}" ADD COLUMN {_define(c._replace(required=False))}' for c in added)
            gone = (name for name in OBSOLETE.get(table.name, ()) if name in present)
            yield from (f'ALTER TABLE "{table.name}" DROP COLUMN "{name}"' for name in gone)
        yield from (sql for name, sql in _indexes(table) if name not in existing)
    if "search" not in existing:
        yield _create_search()
    for name, sql in _views():
        if (existing.get(name) or "").startswith("CREATE TABLE"):
            continue  # a published file holds the view's rows
        if name not in existing or existing[name] != sql:
            yield f"DROP VIEW IF EXISTS {name}"
            yield sql


def _create(table: Table) -> str:
    columns = [_define(column) for column in table.columns]
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)}, PRIMARY KEY ({", ".join(table.primary)})) STRICT'


def _define(column: Column) -> str:
    """A column as CREATE TABLE writes it; Datasette follows a reference only where the column is named.

    >>> _define(Column("body_id", "", references="bodies"))
    '"body_id" TEXT REFERENCES "bodies" ("id")'
    """
    required = " NOT NULL" if column.required else ""
    references = (
        f' REFERENCES "{column.references}" ("{find_table(column.references).primary[0]}")' if column.references else ""
    )
    return f'"{column.name}" {column.type}{required}{references}'


def _indexes(table: Table) -> Iterator[tuple[str, str]]:
    references = tuple(c.name for c in table.columns if c.references and c.name != table.primary[0])
    for column in references + table.indexes:
        name = f"{table.name}_{column}"
        yield name, f'CREATE INDEX "{name}" ON "{table.name}" ("{column}")'


def _create_search() -> str:
    columns = ", ".join(name if name in _SEARCHED else f"{name} UNINDEXED" for name in SEARCH)
    return f"CREATE VIRTUAL TABLE search USING fts5({columns}, tokenize='unicode61 remove_diacritics 0')"


def _views() -> Iterator[tuple[str, str]]:
    script = files("store").joinpath("views.sql").read_text(encoding="utf-8")
    lines = (line for line in script.splitlines() if not line.startswith("--"))
    for statement in "\n".join(lines).split(";"):
        if sql := statement.strip():
            yield sql.split()[2], sql


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing. The lock is taken at once, so that what is read inside still holds when it is written."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """A long load: readers are not kept waiting (WAL), and afterwards the file stands alone again.

    Datasette opens a served file immutable, and then looks at no WAL beside it. Where another program still reads, the
    file stays as it is and the last one to close it tidies up.
    """
    db.execute("PRAGMA journal_mode = WAL")
    try:
        yield
    finally:
        db.execute("PRAGMA busy_timeout = 1000")
        _leave_wal(db)
        db.execute(f"PRAGMA busy_timeout = {WAIT * 1000:.0f}")


def _leave_wal(db: Database) -> None:
    """Put everything into the file itself; SQLite does so only for the one program that has it open."""
    try:
        db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
