"""What is still to be done, read from a database that nothing is written to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from store.shape import APPLICATION_ID, WAIT, DatabaseError, explain

_PENDING = """
    SELECT f.meeting_date, f.body, f.case_number, f.decision, f.responsible, f.deadline_text, f.deadline_latest,
        f.state, f.carried_by, source_files.path, f.page
    FROM decision_follow_up AS f
    LEFT JOIN documents ON documents.id = f.document_id
    LEFT JOIN source_files ON source_files.sha256 = documents.sha256
    WHERE f.state IN ('open', 'on_agenda') AND (f.meeting_date IS NULL OR f.meeting_date <= ?)
    ORDER BY f.meeting_date, f.decision_id
"""


class Pending(NamedTuple):
    """An adopted point that no later meeting has concluded on."""

    meeting_date: str | None
    body: str | None
    case_number: str | None
    decision: str
    responsible: str | None
    deadline_text: str | None
    deadline_latest: str | None
    state: str
    """``open`` or ``on_agenda``."""
    carried_by: str | None
    """The number of the case that takes it up."""
    path: str | None
    """Where the file lay when it was loaded."""
    page: int | None

    def is_overdue(self, day: str) -> bool:
        """Whether the last day that the deadline can mean is past on a day (ISO).

        >>> point = Pending("2022-05-19", "SSU", "1", "X", None, None, "2022-06-15", "open", None, None, None)
        >>> point.is_overdue("2022-06-15"), point.is_overdue("2022-06-16")
        (False, True)
        """
        return self.deadline_latest is not None and self.deadline_latest < day


def pending(path: Path, day: str) -> list[Pending]:
    """The points adopted up to a day (ISO) and still open, the oldest first.

    Reads a working database as well as a published one. Raises :class:`DatabaseError` where there is none, or none that
    this version has made.
    """
    if not path.is_file():
        raise DatabaseError(
            f"Finner ikke databasen «{path}». Lag den med «sakspor load», eller velg en annen med --db."
        )
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT)) as db:
            _check(db, path)
            return list(_read(db, day))
    except sqlite3.Error as error:
        raise DatabaseError(explain(error, path)) from error


def _read(db: sqlite3.Connection, day: str) -> Iterator[Pending]:
    return (Pending(*row) for row in db.execute(_PENDING, (day,)))


def _check(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DatabaseError(f"Databasen «{path}» er laget av et annet program. Velg en annen fil med --db.")
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'decision_follow_up'").fetchone():
        raise DatabaseError(
            f"Databasen «{path}» er laget av en eldre utgave av Sakspor. "
            "Kjør «sakspor load» (arbeidsdatabasen) eller «sakspor publish» (nettstedets fil) på nytt."
        )
