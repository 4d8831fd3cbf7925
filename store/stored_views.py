"""The views that the served file holds as tables.

Nothing in that file changes any more, and a view over a hundred thousand decisions would be worked out anew for every
visitor; a table with indexes answers in a fraction of the time (the list of open decisions in a tenth).
"""

from __future__ import annotations

from sqlite_utils import Database

from store.schema import VIEWS

_FILTERS = ("decision_id", "body_id", "responsible")
STORED: dict[str, tuple[tuple[str, ...], ...]] = {
    "decision_follow_up": (
        ("case_id",),
        ("meeting_id",),
        ("body_id",),
        ("document_id",),
        # What the lists of decisions choose and sort by: each holds all that a list looks at, so no row is fetched.
        ("state", "meeting_date", *_FILTERS, "deadline_latest"),
        ("state", "deadline_latest", "meeting_date", *_FILTERS),
        ("meeting_date", *_FILTERS, "state", "outcome"),
    ),
    "decision_list": (("case_id",), ("meeting_date",), ("document_id",)),
}
"""View -> its indexes, beside that on its first column, which is its key."""
WHOLE = ("page", "ordinal")
"""Columns that hold numbers."""


def store_views(db: Database) -> None:
    """Put tables of the same name and rows in the place of views; inside a transaction.

    >>> from store.shape import open_database
    >>> db = open_database(":memory:"); store_views(db)
    >>> db["decision_follow_up"].pks, db.view_names()
    (['decision_id'], [])
    """
    for name, indexes in STORED.items():
        key, *others = VIEWS[name]
        columns = ", ".join(f'"{column}" {"INTEGER" if column in WHOLE else "TEXT"}' for column in others)
        db.execute(f"CREATE TABLE stored ({key} TEXT PRIMARY KEY, {columns}) STRICT")
        db.execute(f"INSERT INTO stored SELECT {', '.join(VIEWS[name])} FROM {name} ORDER BY {key}")
        db.execute(f"DROP VIEW {name}")
        db.execute(f"ALTER TABLE stored RENAME TO {name}")
        for n, indexed in enumerate(indexes, 1):
            db.execute(f"CREATE INDEX {name}_{n} ON {name} ({', '.join(indexed)})")
