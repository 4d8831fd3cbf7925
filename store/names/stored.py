"""The mentions of names as the database keeps them: what a document prints stays until the document is read anew.

A row of ``name_mentions`` begins with what its document says by itself and ends with what the name means, which all
documents together decide. The first part is read from the tables once for each document, the second after every load.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlite_utils import Database

from store.connected import AMONG
from store.names.derived import Derived
from store.names.mentions import Mention, mentions, name_of, shape_of
from store.schema import table

AT_ONCE = 200
"""Documents whose names are read together."""
_COLUMNS = table("name_mentions").names
_PRINTED = _COLUMNS[:10]
"""What a document says by itself: the first fields of a :class:`Mention`."""
_MEANING = _COLUMNS[10:]


def portions(documents: Sequence[str]) -> Iterator[Sequence[str]]:
    """Documents in portions.

    >>> [len(portion) for portion in portions(["a"] * 500)]
    [200, 200, 100]
    """
    return (documents[at : at + AT_ONCE] for at in range(0, len(documents), AT_ONCE))


def read_anew(db: Database) -> Iterator[list[Mention]]:
    """The mentions of one document after another as their tables have them, whatever is kept."""
    documents = [key for (key,) in db.execute("SELECT id FROM documents ORDER BY id")]
    for portion in portions(documents):
        found = sorted(mentions(db, portion), key=lambda mention: (mention.document_id, mention.id))
        yield from (list(same) for _, same in groupby(found, key=lambda mention: mention.document_id))


def keep_mentions(db: Database, documents: Sequence[str]) -> None:
    """Keep what these documents print, writing only what differs; inside a transaction."""
    names, marks = ", ".join(_PRINTED), ", ".join("?" * len(_PRINTED))
    sets = ", ".join(f"{name} = excluded.{name}" for name in _PRINTED[1:])
    others = ", ".join(_PRINTED[1:])
    upsert = (
        f"INSERT INTO name_mentions ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {sets}"
        f" WHERE ({others}) IS NOT ({', '.join(f'excluded.{name}' for name in _PRINTED[1:])})"
    )
    sql = f"SELECT id FROM name_mentions WHERE document_id {AMONG}"
    for portion in portions(documents):
        rows = [mention[: len(_PRINTED)] for mention in mentions(db, portion)]
        gone = {key for (key,) in db.execute(sql, (json.dumps(portion),))} - {row[0] for row in rows}
        db.conn.executemany("DELETE FROM name_mentions WHERE id = ?", [(key,) for key in gone])
        db.conn.executemany(upsert, rows)


def kept_mentions(db: Database) -> Iterator[list[Mention]]:
    """The mentions of one document after another as the database keeps them."""
    rows = db.execute(f"SELECT {', '.join(_PRINTED)} FROM name_mentions ORDER BY document_id, id")
    for _, same in groupby(rows, key=lambda row: row[_PRINTED.index("document_id")]):
        yield [_mention(row) for row in same]


def _mention(row: tuple[str, ...]) -> Mention:
    field, printed = row[5], row[6]
    name = name_of(field, printed)
    return Mention._make((*row, name, shape_of(field, name)))


def settle_mentions(db: Database, found: Derived) -> None:
    """Write what kept mentions mean, where it differs; inside a transaction, with people and organisations in place."""
    rows = db.execute(f"SELECT id, {', '.join(_MEANING)} FROM name_mentions ORDER BY document_id, id")
    each = zip(rows, found.meant, strict=True)
    changed = [(key, meaning) for (key, *there), meaning in each if tuple(there) != found.meanings[meaning]]
    sets = ", ".join(f"{name} = ?" for name in _MEANING)
    update = f"UPDATE name_mentions SET {sets} WHERE id = ?"
    db.conn.executemany(update, ((*found.meanings[meaning], key) for key, meaning in changed))
