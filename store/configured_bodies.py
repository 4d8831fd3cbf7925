"""The bodies that the settings name, kept in the database: publishing and linking know them without the settings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from sqlite_utils import Database

from models.collaborations import Body
from store.shape import transaction


def keep_bodies(db: Database, collaboration: str, bodies: Sequence[Body]) -> int:
    """Keep these bodies of a collaboration instead of those the database has; gives the number of changed rows."""
    if list(bodies) == list(kept_bodies(db).get(collaboration, ())):
        return 0
    before = db.conn.total_changes
    with transaction(db):
        db.execute("DELETE FROM body_settings WHERE collaboration = ?", (collaboration,))
        rows = [
            (collaboration, n, body.full_name, body.abbreviation, _json(body.aliases), body.level)
            for n, body in enumerate(bodies, 1)
        ]
        db.conn.executemany("INSERT INTO body_settings VALUES (?, ?, ?, ?, ?, ?)", rows)
    return db.conn.total_changes - before


def kept_bodies(db: Database) -> dict[str | None, list[Body]]:
    """The bodies by collaboration."""
    found: dict[str | None, list[Body]] = defaultdict(list)
    sql = (
        "SELECT collaboration, full_name, abbreviation, aliases, level FROM body_settings"
        " ORDER BY collaboration, ordinal"
    )
    for collaboration, full_name, abbreviation, aliases, level in db.execute(sql):
        found[collaboration].append(Body(full_name, abbreviation, tuple(json.loads(aliases)), level))
    return dict(found)


def fingerprint(bodies: Sequence[Body]) -> str:
    """What tells apart the bodies that a file was read with; empty where there were none.

    >>> fingerprint([]), len(fingerprint([Body("Eldrerådet")]))
    ('', 12)
    """
    return sha256(_json([list(body) for body in bodies]).encode()).hexdigest()[:12] if bodies else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
