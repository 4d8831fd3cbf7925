"""Decisions in every state, as the view ``decision_follow_up`` has them, for tests of what is made of it.

The rows are written by hand over the small collection of the site's tests, so that the lists are tested without the
tracing of decisions.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store.schema import VIEWS
from tests import site_collection

COLUMNS = tuple(VIEWS["decision_follow_up"])
MINUTES = "su-2031-03-04-minutes"
HOSTILE = site_collection.HOSTILE

# case, decision, responsible, deadline as printed, its last day, state, page
_POINTS = (
    ("2031.1", "Innkallingen ble godkjent", None, None, None, "nothing_to_follow_up", 1),
    ("2031.2", "Ola Eksempel sender ut høringsforslaget", "Ola Eksempel", "15.06.2031", "2031-06-15", "open", 2),
    ("2031.3", "Åse Ærlig, Fossum, følger opp øvelsen", "Åse Ærlig", "høsten 2031", "2031-11-30", "open", 2),
    ("2031.4", "Saken utsettes til neste møte", "Kari Eksempel", "22.9.", "2031-09-22", "on_agenda", 3),
    ("2031.5", f'Arbeidsgruppen legger frem {HOSTILE}; "plan" og\nbudsjett', "Nordvik", "snarest", None, "open", 3),
    ("2031.6", "Rutinen revideres", "Ola Eksempel", "1.5.2031", "2031-05-01", "treated", 4),
    ("2031.7", "Avtalen signeres", "Ola Eksempel, Kari Eksempel", "1.4.2031", "2031-04-01", "done", 4),
)


def rows() -> list[dict[str, str | int | None]]:
    """One row a point, as the view gives it."""
    return [_row(*point) for point in _POINTS]


def _row(
    number: str, decision: str, responsible: str | None, text: str | None, latest: str | None, state: str, page: int
) -> dict[str, str | int | None]:
    values: dict[str, str | int | None] = dict.fromkeys(COLUMNS)
    return values | {
        "decision_id": f"{MINUTES}/{number}/adopted/1",
        "body": "SU",
        "body_id": "su",
        "case_id": f"su-{number}",
        "case_number": number,
        "case_title": f"Sak om {number}",
        "meeting_id": "su-2031-03-04",
        "meeting_date": "2031-03-04",
        "decision": decision,
        "responsible": responsible,
        "deadline_text": text,
        "deadline_edtf": latest,
        "deadline_earliest": latest,
        "deadline_latest": latest,
        "state": state,
        "state_reason": f"Grunnen til {number}.",
        "document_id": MINUTES,
        "page": page,
        "evidence": decision,
    }


def build(folder: Path, extra: list[dict[str, str | int | None]] | None = None) -> Path:
    """The site's small collection, published, with the rows above (and ``extra``) in place of the view's own."""
    served = site_collection.build(folder)
    put_rows(served, rows() + (extra or []))
    return served


def put_rows(database: Path, points: list[dict[str, str | int | None]]) -> None:
    """Put a table with the given rows where the working database has a view and a published one its rows."""
    with closing(sqlite3.connect(database)) as db, db:
        [kind] = db.execute("SELECT type FROM sqlite_master WHERE name = 'decision_follow_up'").fetchone()
        db.execute(f"DROP {kind} decision_follow_up")
        db.execute(f"CREATE TABLE decision_follow_up ({', '.join(COLUMNS)})")
        holes = ", ".join(f":{name}" for name in COLUMNS)
        db.executemany(f"INSERT INTO decision_follow_up VALUES ({holes})", points)
