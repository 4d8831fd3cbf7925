"""Which case and which meeting a reference means, told from everything that is loaded.

The key is body and number; a reference that names no body means its own. One candidate or none: where nothing fits, or
more than one thing does, the reference says why and points nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from models.case_numbers import canonical
from models.deadlines import days
from store.keys import body_key

NO_BODY = "Dokumentet sier ikke hvilket utvalg det er"
NO_SUCH_BODY = "Ingen dokumenter fra utvalget er lest inn"
NO_CASE = "Saken finnes ikke blant dokumentene"
MANY_CASES = "Flere saker i utvalget har dette nummeret"
NO_MEETING = "Møtet finnes ikke blant dokumentene"
MANY_MEETINGS = "Utvalget har flere møter i dette tidsrommet"
NO_DATE = "Dokumentet har ingen dato å regne neste møte fra"


class Told(NamedTuple):
    """A reference as it is stored, with the body and the date of the document it stands in."""

    id: str
    collaboration: str | None
    """The one that the file was loaded for."""
    body: str | None
    date: str | None
    target: str | None
    target_body: str | None
    target_date: str | None


class Meant(NamedTuple):
    """The case and the meeting that a reference points to; or why it points to none."""

    case: str | None = None
    meeting: str | None = None
    reason: str | None = None


class Loaded(NamedTuple):
    """What references can mean: by body, the cases by number and the days of meetings in order."""

    cases: Mapping[str, Mapping[tuple[int, ...], Sequence[str]]]
    meetings: Mapping[str, Sequence[str]]


def number_parts(number: str) -> tuple[int, ...]:
    """The figures of a case number, so that "PS 11/24" and "11/2024", "2022.07" and "2022.7" are one.

    >>> number_parts("PS11/24") == number_parts("11/2024"), number_parts("2022.07") == number_parts("2022.7")
    (True, True)
    """
    return tuple(int(part) for part in re.findall(r"\d+", canonical(number)))


def meant(told: Told, loaded: Loaded) -> Meant:
    """What a reference means.

    >>> loaded = Loaded({"ssu": {(2022, 13): ["ssu-2022.13"]}}, {"ssu": ["2022-05-19", "2022-09-22"]})
    >>> meant(Told("a", None, "ssu", "2022-09-22", "2022.13", None, None), loaded).case
    'ssu-2022.13'
    >>> meant(Told("a", None, "ssu", "2022-05-19", None, None, "2022-09"), loaded).meeting
    'ssu-2022-09-22'
    >>> meant(Told("a", None, "ssu", "2022-05-19", None, None, None), loaded).meeting
    'ssu-2022-09-22'
    >>> meant(Told("a", None, "ssu", "2022-09-22", "2022.7", "PM", None), loaded).reason
    'Ingen dokumenter fra utvalget er lest inn'
    """
    body = body_key(told.target_body, told.collaboration) if told.target_body else told.body
    if body is None:
        return Meant(reason=NO_BODY)
    if body not in loaded.cases and body not in loaded.meetings:
        return Meant(reason=NO_SUCH_BODY)
    meeting, no_meeting = _meeting(told, body, loaded.meetings.get(body, ()))
    if told.target is None:
        return Meant(meeting=meeting, reason=no_meeting)
    cases = loaded.cases.get(body, {}).get(number_parts(told.target), ())
    same = [case for case in cases if case == f"{body}-{canonical(told.target)}"] if len(cases) > 1 else cases
    case = same[0] if len(same) == 1 else None
    reason = None if case else MANY_CASES if cases else NO_CASE
    return Meant(case, meeting, reason)


def _meeting(told: Told, body: str, days: Sequence[str]) -> tuple[str | None, str | None]:
    """The key of the meeting, or why there is none; a case named without a date names no meeting."""
    if told.target_date is None:
        if told.target:
            return None, None
        if told.date is None:
            return None, NO_DATE
        fitting = days[bisect_right(days, told.date) :][:1]
    else:
        fitting = _falling_in(told.target_date, days)
    if len(fitting) == 1:
        return f"{body}-{fitting[0]}", None
    return None, MANY_MEETINGS if fitting else NO_MEETING


def _falling_in(edtf: str, of_meetings: Sequence[str]) -> Sequence[str]:
    """Those of some days, given in order, that lie in a day, month or season.

    >>> _falling_in("2022-09", ["2022-08-31", "2022-09-22"]), _falling_in("2022-21", ["2022-09-22"])
    (['2022-09-22'], [])
    """
    first, last = days(edtf)
    begin = bisect_left(of_meetings, first) if first else 0
    return of_meetings[begin : bisect_right(of_meetings, last) if last else None]


_POINTING = {"target_case_id": ("case_references", "progress_notes"), "case_id": ("decision_carriers",)}
_AT_MEETINGS = {"target_meeting_id": ("case_references",), "meeting_id": ("decision_carriers",)}


def clear_lost_targets(db: Database) -> None:
    """Take from what points to them the cases and meetings that no document speaks of any more, before those go."""
    cases = "SELECT case_id FROM case_items WHERE case_id IS NOT NULL"
    meetings = "SELECT meeting_id FROM meeting_documents WHERE meeting_id IS NOT NULL"
    for kept, pointing in ((cases, _POINTING), (meetings, _AT_MEETINGS)):
        for column, tables in pointing.items():
            for table in tables:
                lost = f"{column} IS NOT NULL AND {column} NOT IN ({kept})"  # nothing is "not in" an empty list, too
                db.execute(f"UPDATE {table} SET {column} = NULL WHERE {lost}")


def link_references(db: Database) -> None:
    """Bring the targets of all references up to date, writing only what differs; inside a transaction."""
    loaded = _loaded(db)
    change = (
        "UPDATE case_references SET target_case_id = ?, target_meeting_id = ?, unresolved = ? WHERE id = ?"
        " AND (target_case_id, target_meeting_id, unresolved) IS NOT (?, ?, ?)"
    )
    found = ((told.id, meant(told, loaded)) for told in _told(db))
    db.conn.executemany(change, [(*one, key, *one) for key, one in found])


def _told(db: Database) -> Iterator[Told]:
    sql = """
        SELECT case_references.id, source_files.collaboration,
            coalesce(cases.body_id, meetings.body_id, documents.body_id),
            coalesce(meetings.date, documents.date), target, target_body, target_date
        FROM case_references
        JOIN documents ON documents.id = case_references.document_id
        JOIN source_files ON source_files.sha256 = documents.sha256
        JOIN case_items ON case_items.id = case_references.case_item_id
        LEFT JOIN cases ON cases.id = case_items.case_id
        LEFT JOIN meetings ON meetings.id = case_items.meeting_id
    """
    return (Told(*row) for row in db.execute(sql).fetchall())


def _loaded(db: Database) -> Loaded:
    cases: dict[str, dict[tuple[int, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, body, number in db.execute("SELECT id, body_id, number FROM cases ORDER BY id"):
        cases[body][number_parts(number)].append(key)
    meetings: dict[str, list[str]] = defaultdict(list)
    for body, day in db.execute("SELECT body_id, date FROM meetings ORDER BY body_id, date"):
        meetings[body].append(day)
    return Loaded(cases, meetings)
