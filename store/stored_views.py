"""The views that the served file holds as tables.

Nothing in that file changes any more, and a view over a hundred thousand decisions would be worked out anew for every
visitor; a table with indexes answers in a fraction of the time (about a quarter for the list of open decisions).
"""

from __future__ import annotations

from sqlite_utils import Database

from store.schema import VIEWS

STORED = {"decision_follow_up": ("meeting_date", "case_id", "meeting_id", "body_id", "responsible")}
"""View -> the columns to find its rows by, beside its first one, which is their key."""
DUE = ("state", "deadline_latest")
"""What tells whether a decision is open, and overdue."""


def store_views(db: Database) -> None:
    """Put tables of the same name and rows in the place of views; inside a transaction.

    >>> from store.shape import open_database
    >>> db = open_database(":memory:"); store_views(db)
    >>> db["decision_follow_up"].pks, "decision_follow_up" in db.view_names()
    (['decision_id'], False)
    """
    for name, found_by in STORED.items():
        key, *others = VIEWS[name]
        columns = ", ".join(f'"{column}" {"INTEGER" if column == "page" else "TEXT"}' for column in others)
        db.execute(f"CREATE TABLE stored ({key} TEXT PRIMARY KEY, {columns}) STRICT")
        db.execute(f"INSERT INTO stored SELECT {', '.join(VIEWS[name])} FROM {name} ORDER BY {key}")
        db.execute(f"DROP VIEW {name}")
        db.execute(f"ALTER TABLE stored RENAME TO {name}")
        for column in found_by:
            db.execute(f'CREATE INDEX "{name}_{column}" ON {name} ({column})')
        db.execute(f"CREATE INDEX {name}_due ON {name} ({', '.join(DUE)})")
