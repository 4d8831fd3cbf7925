"""The tables of people, organisations and mentions, brought up to date from the whole database.

They depend on what the documents print and on the register, not on the order of loading; rows are written only where
they differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from store.names.derived import Row, derive
from store.names.stored import keep_mentions, kept_mentions, settle_mentions
from store.schema import table


def clear_lost_bodies(db: Database) -> None:
    """Take from mentions the bodies that no document belongs to any more, before those go."""
    db.execute(
        "UPDATE name_mentions SET body_id = NULL WHERE body_id IS NOT NULL AND body_id NOT IN"
        " (SELECT body_id FROM documents WHERE body_id IS NOT NULL UNION SELECT body_id FROM meetings)"
    )


def link_names(db: Database, unread: Sequence[str]) -> None:
    """Bring people, organisations and the mentions of names up to date; inside a transaction.

    ``unread`` are the documents whose names are to be read from their tables; those of the others are kept.
    """
    keep_mentions(db, unread)
    found = derive(db, lambda: kept_mentions(db))
    wanted = {"people": list(found.people.values()), "organisations": list(found.organisations.values())}
    for name, rows in wanted.items():
        _write(db, name, rows)
    settle_mentions(db, found)
    for name, rows in wanted.items():
        _clear(db, name, rows)


def _write(db: Database, name: str, rows: Sequence[Row]) -> None:
    """Put the rows that differ into a derived table."""
    columns = table(name).names
    there = {row[0]: row for row in db.execute(f"SELECT {', '.join(columns)} FROM {name}")}
    changed = [row for row in rows if there.get(row[0]) != row]
    marks = ", ".join("?" * len(columns))
    sets = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    upsert = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {sets}"
    db.conn.executemany(upsert, changed)


def _clear(db: Database, name: str, rows: Sequence[Row]) -> None:
    """Take out what is derived no more."""
    wanted = {row[0] for row in rows}
    gone = [(key,) for (key,) in db.execute(f"SELECT id FROM {name}") if key not in wanted]
    db.conn.executemany(f"DELETE FROM {name} WHERE id = ?", gone)
