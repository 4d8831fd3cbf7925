"""The file that is served: built anew from what may be seen, and swapped in by rename.

The working database is never served. What the publishable documents state is copied; what all documents together say
(cases, people, states …) is derived anew from that, so nothing of what is held back shapes it. Datasette opens the
published file immutable, so it stands alone (no WAL beside it), and a visitor reads either the old file or the new one,
never half of one.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple

from sqlite_utils import Database

from store.closed import forget_closed, note_closed, nothing_closed
from store.copying import copy_stated
from store.link import derive
from store.rules import Rules, read_rules
from store.schema import TABLES
from store.search_index import index_search
from store.shape import DatabaseError, explain, open_database, transaction
from store.stored_views import store_views
from store.synonyms import synonym_groups

Audience = Literal["public", "internal"]
"""Everybody, or those who have logged in: their file holds the exempt documents too."""


ANALYSED = 1000
"""Rows of each index that SQLite looks at to learn which of them narrows a search: about 50 ms for 100,000 cases."""


class Published(NamedTuple):
    """What a published file holds, and what the working database has besides."""

    documents: int
    held_back: int
    """Documents."""
    cases: int
    """Cases that are held back in the documents that are published."""


def publish(working: Path, out: Path, *, settings: Path | None = None, audience: Audience = "public") -> Published:
    """Build ``out`` from the working database.

    ``settings`` is the file of :mod:`store.rules`, by default the one beside the working database. Raises
    :class:`DatabaseError` where one of them cannot be used. An earlier ``out`` stays as it is until the new one is
    whole.
    """
    if not working.is_file():
        raise DatabaseError(f"Finner ikke databasen «{working}». Lag den først med «sakspor load».")
    if out.exists() and out.samefile(working):
        raise DatabaseError("Den publiserte filen kan ikke være arbeidsdatabasen selv. Velg et annet navn med --out.")
    rules = read_rules(working.parent, settings)
    with closing(open_database(working)) as db:
        _check_marks_were_read(db)
    fresh = out.with_name(f".{out.name}.{os.getpid()}.ny")
    try:
        published = _build(working, fresh, rules, audience)
        fresh.replace(out)
    except sqlite3.Error as error:
        raise DatabaseError(explain(error, out)) from error
    except OSError as error:
        raise DatabaseError(f"Kan ikke skrive «{out}». Kontroller at mappen finnes, og at du har tilgang.") from error
    finally:
        for left in (fresh, fresh.with_name(fresh.name + "-journal")):
            left.unlink(missing_ok=True)
    return published


def _check_marks_were_read(db: Database) -> None:
    """Raise :class:`DatabaseError` where files were loaded before marks and identity numbers were looked for."""
    if db.execute("SELECT 1 FROM source_files WHERE status = 'loaded' AND downloadable IS NULL LIMIT 1").fetchone():
        raise DatabaseError(
            "Databasen har filer som er lastet uten å se etter fødselsnummer og unntatte dokumenter. "
            "Last dem på nytt med «sakspor load … --again»."
        )


def _build(working: Path, fresh: Path, rules: Rules, audience: Audience) -> Published:
    synonyms = synonym_groups(working.parent)
    fresh.unlink(missing_ok=True)
    db = open_database(fresh)
    try:
        db.execute("ATTACH ? AS working", (str(working),))
        with transaction(db):
            if audience == "public":
                note_closed(db, rules)
            else:
                nothing_closed(db)
            copy_stated(db)
            derive(db)
            _clear_internal(db)
            _shorten_paths(db, fresh.parent)
            index_search(db, synonyms)
            store_views(db)
            db.execute("INSERT INTO main.publication VALUES (?)", (audience,))
            published = _count(db)
            forget_closed(db)
        db.execute("DETACH working")
        db.execute("INSERT INTO search(search) VALUES ('optimize')")
        check_search(db)
        db.execute(f"PRAGMA analysis_limit = {ANALYSED}")
        db.execute("ANALYZE")
        db.execute("VACUUM")
        _make_durable(fresh)
        return published
    finally:
        db.close()


def _clear_internal(db: Database) -> None:
    for table in reversed(TABLES):
        if table.internal:
            db.execute(f"DELETE FROM main.{table.name}")


def _count(db: Database) -> Published:
    counts = (
        "SELECT count(*) FROM main.documents",
        "SELECT count(*) FROM working.documents WHERE id NOT IN (SELECT id FROM main.documents)",
        """
        SELECT count(*) FROM temp.closed_items
        WHERE id IN (SELECT id FROM working.case_items WHERE document_id IN (SELECT id FROM main.documents))
        """,
    )
    return Published(*(db.execute(sql).fetchone()[0] for sql in counts))


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


def check_search(db: Database) -> None:
    """Raise sqlite3.DatabaseError where the full-text index does not agree with its rows."""
    db.execute("INSERT INTO search(search) VALUES ('integrity-check')")


def _make_durable(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
