"""Which documents hang together, and which of them are as they were when they were last put together.

What becomes of a decision is told by documents that have something to do with its own: of the same body, of the same
meeting, or pointing to a case or a meeting there. Documents that hang together so, directly or through others, are a
neighbourhood; nothing outside it counts for a decision in it. A neighbourhood of exactly the documents that were put
together before, none of them read anew since, comes to the same result, and is left alone.

The table ``put_together`` remembers that for each document. A document that is read anew loses its row with its others,
and what was put together by another version of the program, or under other settings, counts for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from sqlite_utils import Database

from store.configured_bodies import fingerprint, kept_bodies

AMONG = "IN (SELECT value FROM json_each(?))"
"""Behind a column of documents: those of a JSON list."""
Neighbourhood = Sequence[str]
"""The keys of documents that hang together, sorted."""

_TIES = """
    SELECT id, body_id FROM documents
    UNION SELECT documents.id, meetings.body_id FROM documents JOIN meetings ON meetings.id = meeting_id
    UNION SELECT document_id, meetings.body_id FROM case_items JOIN meetings ON meetings.id = meeting_id
    UNION SELECT document_id, cases.body_id FROM case_items JOIN cases ON cases.id = case_id
    UNION SELECT document_id, cases.body_id FROM case_references JOIN cases ON cases.id = target_case_id
    UNION SELECT document_id, meetings.body_id FROM case_references JOIN meetings ON meetings.id = target_meeting_id
    UNION SELECT document_id, cases.body_id FROM progress_notes JOIN cases ON cases.id = target_case_id
"""
"""Each document with the bodies that it has to do with."""


def neighbourhoods(db: Database) -> Iterator[Neighbourhood]:
    """The documents of a database by what hangs together, once references are resolved.

    >>> from store.shape import open_database
    >>> list(neighbourhoods(open_database(":memory:")))
    []
    """
    root: dict[str, str] = {}

    def top(node: str) -> str:
        while (above := root.setdefault(node, node)) != node:
            root[node] = root[above]
            node = above
        return node

    documents = [key for (key,) in db.execute("SELECT id FROM documents ORDER BY id")]
    for document, body in db.execute(_TIES):
        if body is not None:
            root[top(f"document {document}")] = top(f"body {body}")
    found: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        found[top(f"document {document}")].append(document)
    yield from found.values()


def changed(db: Database) -> Iterator[Neighbourhood]:
    """The neighbourhoods that are not as they were when they were last put together."""
    program = version(db)
    before = {key: (by, there) for key, by, there in db.execute("SELECT * FROM put_together")}
    for documents in neighbourhoods(db):
        now = (program, _fingerprint(documents))
        if any(before.get(document) != now for document in documents):
            yield documents


def unread(db: Database) -> list[str]:
    """The documents that were never put together by this program under these settings."""
    sql = "SELECT id FROM documents LEFT JOIN put_together ON document_id = id WHERE program IS NOT ? ORDER BY id"
    return [key for (key,) in db.execute(sql, (version(db),))]


def note(db: Database, documents: Neighbourhood) -> None:
    """Note that these documents are put together; inside a transaction."""
    now = (version(db), _fingerprint(documents))
    db.conn.executemany(
        "INSERT INTO put_together (document_id, program, neighbours) VALUES (?, ?, ?) ON CONFLICT (document_id)"
        " DO UPDATE SET program = excluded.program, neighbours = excluded.neighbours",
        [(document, *now) for document in documents],
    )


def _fingerprint(documents: Neighbourhood) -> str:
    return sha256("\n".join(documents).encode()).hexdigest()[:16]


def version(db: Database) -> str:
    """What tells apart the programs and the settings that put documents together."""
    bodies = [(place, fingerprint(named)) for place, named in sorted(kept_bodies(db).items(), key=str)]
    return sha256(f"{_code()} {bodies}".encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """A fingerprint of what this program concludes with: its code and its words."""
    found = sha256()
    for package in ("models", "store"):
        for file in sorted(_files(files(package)), key=str):
            found.update(file.read_bytes())
    return found.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith((".py", ".toml", ".sql")):
            yield entry
