"""The file that is served: built anew from what may be seen, and swapped in by rename.

The working database is never served. Datasette opens the published file immutable, so it stands alone (no WAL beside
it), and a visitor reads either the old file or the new one, never half of one.
"""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from store.schema import SEARCH, TABLES, Table
from store.search_index import index_search
from store.shape import DatabaseError, explain, open_database, transaction
from store.synonyms import synonym_groups


def publish(working: Path, out: Path) -> int:
    """Build ``out`` from the working database; gives the number of documents in it.

    Raises :class:`DatabaseError` where either cannot be used. An earlier ``out`` stays as it is until the new one is
    whole.
    """
    if not working.is_file():
        raise DatabaseError(f"Finner ikke databasen «{working}». Lag den først med «sakspor load».")
    if out.exists() and out.samefile(working):
        raise DatabaseError("Den publiserte filen kan ikke være arbeidsdatabasen selv. Velg et annet navn med --out.")
    open_database(working).close()
    fresh = out.with_name(f".{out.name}.{os.getpid()}.ny")
    try:
        count = _build(working, fresh)
        fresh.replace(out)
    except sqlite3.Error as error:
        raise DatabaseError(explain(error, out)) from error
    except OSError as error:
        raise DatabaseError(f"Kan ikke skrive «{out}». Kontroller at mappen finnes, og at du har tilgang.") from error
    finally:
        for left in (fresh, fresh.with_name(fresh.name + "-journal")):
            left.unlink(missing_ok=True)
    return count


def _build(working: Path, fresh: Path) -> int:
    synonyms = synonym_groups(working.parent)
    fresh.unlink(missing_ok=True)
    db = open_database(fresh)
    try:
        db.execute("ATTACH ? AS working", (str(working),))
        with transaction(db):
            _copy(db)
            _shorten_paths(db, fresh.parent)
            index_search(db, synonyms)
        db.execute("DETACH working")
        db.execute("INSERT INTO search(search) VALUES ('optimize')")
        check_search(db)
        db.execute("VACUUM")
        _make_durable(fresh)
        return int(db.execute("SELECT count(*) FROM documents").fetchone()[0])
    finally:
        db.close()


def _copy(db: Database) -> None:
    for table in TABLES:
        if not table.internal and not table.derived:
            names = ", ".join(f'"{name}"' for name in table.names)
            db.execute(f"INSERT INTO main.{table.name} ({names}) {publishable(table)}")
    hits = ", ".join(SEARCH)
    db.execute(f"INSERT INTO main.search ({hits}) SELECT {hits} FROM ({_HITS}) ORDER BY day, document_id, hit")


_HITS = """
    SELECT search.*, search.rowid AS hit, coalesce(meetings.date, documents.date) AS day
    FROM working.search
    JOIN main.documents ON documents.id = search.document_id
    LEFT JOIN main.meetings ON meetings.id = documents.meeting_id
"""
"""Oldest first: a search walks through the index from its end, and meets the newest first."""


def _shorten_paths(db: Database, folder: Path) -> None:
    """Write where the originals lie as seen from the published file: nothing of the machine's own folders."""
    db.register_function(lambda path: seen_from(folder, path), name="seen_from", deterministic=True)
    for table in ("source_files", "problems"):
        db.execute(f"UPDATE main.{table} SET path = seen_from(path)")


def seen_from(folder: Path, path: str) -> str:
    """A recorded path relative to a folder; only the file's name where no way leads there (another drive).

    >>> seen_from(Path("/srv/nettsted"), "/srv/arkiv/2022/referat.pdf")
    '../arkiv/2022/referat.pdf'
    """
    if not Path(path).is_absolute():
        return path
    try:
        return Path(os.path.relpath(path, folder.resolve())).as_posix()
    except ValueError:
        return re.split(r"[/\\]", path)[-1]


def publishable(table: Table) -> str:
    """The rows of a table that visitors may see, as SQL on the attached working database, in the order of their keys.

    >>> from store.schema import table
    >>> publishable(table("bodies"))
    'SELECT "id", "name", "collaboration" FROM working.bodies ORDER BY id'
    """
    names = ", ".join(f'"{name}"' for name in table.names)
    return f"SELECT {names} FROM working.{table.name} ORDER BY {', '.join(table.primary)}"


def check_search(db: Database) -> None:
    """Raise sqlite3.DatabaseError where the full-text index does not agree with its rows."""
    db.execute("INSERT INTO search(search) VALUES ('integrity-check')")


def _make_durable(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
