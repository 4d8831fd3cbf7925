"""One file's rows into the database, in one transaction; nothing of any other file is touched.

Content is known by its fingerprint, and ``file_paths`` remembers where each content was found. A path that now holds
other content gives up the old one. When no other path holds that, its documents go, and its row in ``source_files``
stays behind as *superseded* and names what came after it. A refused content never drives out one that was loaded: when
a file is damaged on disk, what was read from it earlier stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from models.bodies import known_bodies
from models.collaborations import Body
from models.result import FileResult
from store.columns import plain
from store.configured_bodies import fingerprint
from store.rows import Row, rows
from store.schema import SEARCH, TABLES
from store.shape import transaction
from store.trail import forget_trail

_SHARED = ("bodies", "meetings", "cases")
"""Tables whose rows belong to no single file."""


class Known(NamedTuple):
    """What the database knows of a content."""

    status: str
    code: str | None
    pages: int | None
    flags: tuple[str, ...]
    """The codes of its problems, sorted."""


def known(db: Database, collaboration: str | None = None, bodies: Sequence[Body] = ()) -> dict[str, Known]:
    """What is known of each content, by fingerprint; where a collaboration is named, of its own contents only, and of
    those that were read with the same ``bodies`` in the settings.

    One that was superseded would have to be read anew.
    """
    flags: dict[str, list[str]] = defaultdict(list)
    for sha256, code in db.execute("SELECT DISTINCT sha256, code FROM problems ORDER BY sha256, code"):
        flags[sha256].append(code)
    own = "collaboration IS :place AND coalesce(bodies, '') = :bodies"
    sql = (
        "SELECT sha256, status, code, pages FROM source_files LEFT JOIN read_with USING (sha256)"
        f" WHERE superseded_by IS NULL AND (:place IS NULL OR ({own}) OR status = 'refused')"
    )
    files = db.execute(sql, {"place": collaboration, "bodies": fingerprint(bodies)})
    return {sha256: Known(status, code, pages, tuple(flags[sha256])) for sha256, status, code, pages in files}


def save(db: Database, result: FileResult, *, again: bool = False) -> int:
    """Save a file that was read or refused, and give the number of rows that changed.

    Saving the same content changes none, unless it is to be replaced ``again`` by what a newer reader makes of it.
    """
    before = db.conn.total_changes
    with known_bodies({result.collaboration: result.bodies}), transaction(db):
        if result.sha256:
            _replace_content(db, result, again=again)
            _hold(db, result.path, result.sha256)
            _give_up_others(db, result.path, result.sha256)
        else:
            _note_unopened(db, result)
    return db.conn.total_changes - before


def settle(db: Database, places: Mapping[str, str]) -> int:
    """Note which paths hold which contents that are known already; gives the number of rows that changed.

    All at once, since files may have traded names: what one path gives up, another may hold now.
    """
    before = db.conn.total_changes
    with transaction(db):
        for path, sha256 in places.items():
            _hold(db, path, sha256)
        for path, sha256 in places.items():
            _give_up_others(db, path, sha256)
    return db.conn.total_changes - before


def _note_unopened(db: Database, result: FileResult) -> None:
    """A file without content to know it by: a problem at its path, the newest instead of an older one."""
    sql = "DELETE FROM problems WHERE path = ? AND sha256 IS NULL AND code IS NOT ?"
    db.execute(sql, (result.path, result.code))
    _insert(db, rows(result))


def _replace_content(db: Database, result: FileResult, *, again: bool) -> None:
    """Write the rows of a content, unless it is there with the same verdict; a refusal never replaces what was read."""
    sql = "SELECT status, code FROM source_files WHERE sha256 = ?"
    there = db.execute(sql, (result.sha256,)).fetchone()
    verdict = ("refused" if result.refused else "loaded", result.code)
    if (there == verdict and not again) or (there and there[0] == "loaded" and result.refused):
        return
    db.execute("PRAGMA defer_foreign_keys = ON")  # what this content supersedes names it, and it is gone for a moment
    paths = db.execute("SELECT path FROM file_paths WHERE sha256 = ?", (result.sha256,)).fetchall()
    if there:
        _delete_content(db, result.sha256)
    held: list[Row] = [("file_paths", {"path": path, "sha256": result.sha256}) for (path,) in paths]
    before = _last_hit(db)
    _insert(db, [*rows(result), *held])
    if (last := _last_hit(db)) > before:
        db.execute(
            'INSERT INTO search_rows (sha256, "first", "last") VALUES (?, ?, ?)', (result.sha256, before + 1, last)
        )


def _last_hit(db: Database) -> int:
    """The last row of the search index; SQLite adds new ones behind it."""
    return next((row for (row,) in db.execute("SELECT rowid FROM search ORDER BY rowid DESC LIMIT 1")), 0)


def _hold(db: Database, path: str, sha256: str) -> None:
    db.execute("INSERT INTO file_paths (path, sha256) VALUES (?, ?) ON CONFLICT DO NOTHING", (path, sha256))
    db.execute("DELETE FROM problems WHERE path = ? AND sha256 IS NULL", (path,))


def _give_up_others(db: Database, path: str, sha256: str) -> None:
    """Take from a path what it held before this content, except loaded content from a refused one."""
    given_up = db.execute(
        "SELECT sha256 FROM file_paths JOIN source_files USING (sha256)"
        " WHERE file_paths.path = :path AND sha256 <> :sha256 AND ("
        " status = 'refused' OR (SELECT status FROM source_files WHERE sha256 = :sha256) = 'loaded')",
        {"path": path, "sha256": sha256},
    ).fetchall()
    for (old,) in given_up:
        db.execute("DELETE FROM file_paths WHERE path = ? AND sha256 = ?", (path, old))
        if not db.execute("SELECT 1 FROM file_paths WHERE sha256 = ?", (old,)).fetchone():
            _supersede(db, old, sha256)
    for (changed,) in [(sha256,), *given_up]:
        _name_first_path(db, changed)


def _supersede(db: Database, old: str, new: str) -> None:
    """Of a content that no path holds any more, leave where it stood and what came after; of a refused one nothing."""
    row = db.execute("SELECT * FROM source_files WHERE sha256 = ?", (old,))
    [left] = [dict(zip([column[0] for column in row.description], values, strict=True)) for values in row]
    db.execute("PRAGMA defer_foreign_keys = ON")
    _delete_content(db, old)
    if left["status"] == "loaded":
        _insert(db, [("source_files", left | {"status": "superseded", "superseded_by": new})])


def _name_first_path(db: Database, sha256: str) -> None:
    """Of several paths with one content the first in the alphabet is shown, whichever was loaded first."""
    for name in ("source_files", "problems"):
        db.execute(
            f"UPDATE {name} SET path = held.first FROM"
            " (SELECT sha256, min(path) AS first FROM file_paths WHERE sha256 = :sha GROUP BY sha256) AS held"
            f" WHERE {name}.sha256 = held.sha256 AND path IS NOT held.first",
            {"sha": sha256},
        )


def _delete_content(db: Database, sha256: str) -> None:
    documents = "SELECT id FROM documents WHERE sha256 = ?"
    _delete_hits(db, sha256, documents)
    forget_trail(db, documents, (sha256,))
    for table in reversed(TABLES):
        if "sha256" in table.names:
            db.execute(f"DELETE FROM {table.name} WHERE sha256 = ?", (sha256,))
        elif "document_id" in table.names:
            db.execute(f"DELETE FROM {table.name} WHERE document_id IN ({documents})", (sha256,))


def _delete_hits(db: Database, sha256: str, documents: str) -> None:
    """Take a content out of the search index, which knows its rows by their numbers alone.

    Of one that was loaded before these were kept, the index is looked through from end to end.
    """
    known = db.execute('SELECT "first", "last" FROM search_rows WHERE sha256 = ?', (sha256,)).fetchone()
    if known:
        db.execute("DELETE FROM search WHERE rowid BETWEEN ? AND ?", known)
    else:
        db.execute(f"DELETE FROM search WHERE document_id IN ({documents})", (sha256,))


def _insert(db: Database, made: Iterable[Row]) -> None:
    """Insert rows table by table, in the order in which the tables refer to one another."""
    by_table: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, row in made:
        by_table[name].append(row)
    for table in TABLES:
        if table.name in by_table:
            conflict = "OR IGNORE" if table.name in _SHARED or table.name == "problems" else ""
            _insert_into(db, table.name, table.names, by_table[table.name], conflict)
    _insert_into(db, "search", tuple(SEARCH), by_table["search"], "")


def _insert_into(
    db: Database, name: str, columns: tuple[str, ...], values: list[dict[str, Any]], conflict: str
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    made = ([plain(row.get(column)) for column in columns] for row in values)
    db.conn.executemany(f'INSERT {conflict} INTO "{name}" ({names}) VALUES ({marks})', made)
