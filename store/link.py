"""What all files together say of bodies, meetings, cases and people.

Derived after every load so that it does not depend on the order in which files came; rows are written only where they
differ. What no file speaks of any more goes. What a document says by itself of names is read once, and the trail of
decisions is derived anew where something new is near (:mod:`store.connected`); all else comes from the whole database.
"""

from __future__ import annotations

from sqlite3 import OperationalError
from time import monotonic

from sqlite_utils import Database

from models.bodies import known_bodies
from store.configured_bodies import kept_bodies
from store.connected import unread
from store.keys import body_key
from store.measure_identities import link_measures
from store.names.link import clear_lost_bodies, link_names
from store.references import clear_lost_targets, link_references
from store.shape import transaction
from store.trail import link_trail

STEPS = 20_000
"""Of SQLite's machine between two looks at the clock: about a millisecond."""

_BODIES = """
    INSERT INTO bodies (id, name, full_name, level)
    SELECT key, coalesce(own.name, named.name), own.full_name, own.level
    FROM (
        SELECT key, name, row_number() OVER (PARTITION BY key ORDER BY sum(times) DESC, length(name), name) AS rank
        FROM (
            SELECT body_key(name, collaboration) AS key, name, times
            FROM (
                SELECT printed.body AS name, source_files.collaboration, count(*) AS times
                FROM (
                    SELECT id, body FROM documents UNION ALL SELECT document_id, body FROM meeting_documents
                ) AS printed
                JOIN documents ON documents.id = printed.id
                JOIN source_files ON source_files.sha256 = documents.sha256
                GROUP BY printed.body, source_files.collaboration
            )
        )
        GROUP BY key, name
    ) AS named
    LEFT JOIN (
        SELECT body_key(coalesce(abbreviation, full_name), collaboration) AS key,
            coalesce(abbreviation, full_name) AS name, full_name, level
        FROM body_settings
    ) AS own USING (key)
    WHERE rank = 1 AND key IS NOT NULL
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, full_name = excluded.full_name, level = excluded.level
    WHERE (name, full_name, level) IS NOT (excluded.name, excluded.full_name, excluded.level)
"""
"""A body is called what the settings call it, else what most documents call it, and of equals the shortest."""

_COLLABORATIONS = """
    UPDATE bodies SET collaboration = named.collaboration
    FROM (
        SELECT bodies.id, (
            SELECT documents.collaboration FROM documents
            WHERE documents.body_id = bodies.id AND documents.collaboration IS NOT NULL
            GROUP BY documents.collaboration ORDER BY count(*) DESC, documents.collaboration
            LIMIT 1
        ) AS collaboration
        FROM bodies
    ) AS named
    WHERE named.id = bodies.id AND bodies.collaboration IS NOT named.collaboration
"""
"""A body belongs to the collaboration that most of its documents name."""

_MEETING_DETAIL = """
    (
        SELECT stated.{column}
        FROM meeting_documents AS stated JOIN documents ON documents.id = stated.document_id
        WHERE stated.meeting_id = meetings.id AND stated.{column} IS NOT NULL
        ORDER BY documents.kind = 'minutes' DESC, stated.document_id
        LIMIT 1
    ) AS "{column}"
"""
"""A detail of a meeting: the minutes know better than the agenda how it went."""

_DETAILS = ("start", '"end"', "place", "chair", "secretary")

_MEETINGS = f"""
    INSERT INTO meetings (id, body_id, date, {", ".join(_DETAILS)})
    SELECT id, body_id, date, {", ".join(_MEETING_DETAIL.format(column=name.strip('"')) for name in _DETAILS)}
    FROM meetings
    WHERE true
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _DETAILS)}
    WHERE ({", ".join(_DETAILS)}) IS NOT ({", ".join(f"excluded.{name}" for name in _DETAILS)})
"""

_CASES = """
    WITH treated AS (
        SELECT case_items.id, case_items.case_id, case_items.title, case_items.outcome, documents.kind,
            coalesce(
                meetings.date,
                CASE WHEN documents.kind IN ('agenda', 'minutes', 'case_memo') THEN documents.date END
            ) AS date
        FROM case_items
        JOIN documents ON documents.id = case_items.document_id
        LEFT JOIN meetings ON meetings.id = case_items.meeting_id
    )
    INSERT INTO cases (id, body_id, number, title, first_date, last_date, outcome)
    SELECT id, body_id,
        (
            SELECT number FROM case_items WHERE case_id = cases.id
            GROUP BY number ORDER BY count(*) DESC, length(number), number DESC
            LIMIT 1
        ) AS number,
        (
            SELECT title FROM treated
            WHERE case_id = cases.id AND title IS NOT NULL
            ORDER BY kind = 'minutes' DESC, date DESC NULLS LAST, kind = 'agenda' DESC, id
            LIMIT 1
        ) AS title,
        (SELECT min(date) FROM treated WHERE case_id = cases.id) AS first_date,
        (SELECT max(date) FROM treated WHERE case_id = cases.id) AS last_date,
        (
            SELECT outcome FROM treated
            WHERE case_id = cases.id AND kind = 'minutes' AND outcome IS NOT NULL
            ORDER BY date DESC NULLS LAST, id
            LIMIT 1
        ) AS outcome
    FROM cases
    WHERE true
    ON CONFLICT (id) DO UPDATE SET
        number = excluded.number, title = excluded.title, first_date = excluded.first_date,
        last_date = excluded.last_date, outcome = excluded.outcome
    WHERE (number, title, first_date, last_date, outcome)
        IS NOT (excluded.number, excluded.title, excluded.first_date, excluded.last_date, excluded.outcome)
"""
"""A case has the number that most documents print, and the title and the outcome of its latest minutes.

Without minutes it has the latest title.
"""

_DAYS = """
    UPDATE decisions SET date = treated.date
    FROM (
        SELECT decisions.id, coalesce(meetings.date, documents.date) AS date
        FROM decisions
        JOIN case_items ON case_items.id = decisions.case_item_id
        JOIN documents ON documents.id = decisions.document_id
        LEFT JOIN meetings ON meetings.id = case_items.meeting_id
    ) AS treated
    WHERE treated.id = decisions.id AND decisions.date IS NOT treated.date
"""
"""A decision has the day of its meeting, so that a list of them can be read from its end."""

_ORPHANS = (
    "DELETE FROM cases WHERE id NOT IN (SELECT case_id FROM case_items WHERE case_id IS NOT NULL)",
    "DELETE FROM meetings WHERE id NOT IN (SELECT meeting_id FROM meeting_documents WHERE meeting_id IS NOT NULL)",
    """
    DELETE FROM bodies WHERE id NOT IN (
        SELECT body_id FROM documents WHERE body_id IS NOT NULL
        UNION SELECT body_id FROM meetings
        UNION SELECT body_id FROM cases
    )
    """,
)


def link(db: Database) -> int:
    """Bring all that is derived up to date; gives the number of rows that changed.

    >>> from store.shape import open_database
    >>> link(open_database(":memory:"))
    0
    """
    before = db.conn.total_changes
    with transaction(db):
        derive(db)
    return db.conn.total_changes - before


def derive(db: Database) -> None:
    """The same inside a transaction, of a file that is being published as well."""
    with known_bodies(kept_bodies(db)):
        _derive(db)


def _derive(db: Database) -> None:
    db.register_function(body_key, deterministic=True, replace=True)
    clear_lost_targets(db)
    clear_lost_bodies(db)
    for statement in (*_ORPHANS, _BODIES, _COLLABORATIONS, _MEETINGS, _CASES, _DAYS):
        db.execute(statement)
    link_measures(db)
    link_references(db)
    link_names(db, unread(db))
    link_trail(db)


def link_within(db: Database, seconds: float) -> int:
    """The same if it takes no longer than that; otherwise nothing changes, and the next load or publishing does it."""
    end = monotonic() + seconds
    db.conn.set_progress_handler(lambda: monotonic() > end, STEPS)
    try:
        return link(db)
    except OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return 0
    finally:
        db.conn.set_progress_handler(None, 0)
