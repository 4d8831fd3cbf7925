"""The deadlines of open decisions as a calendar (RFC 5545): an all-day event on the last day of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from models.labels import label
from plugins.view.lasting import lasting_key, lasting_mark

CONTENT_TYPE = "text/calendar; charset=utf-8"
OPEN = ("open", "on_agenda")
"""The states of what is still to be done."""
_REREAD = timedelta(hours=12)
"""How often a calendar program may ask again: documents come a few times a month."""
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Characters that a line of a calendar must not hold."""

Row = Mapping[str, Any]


def calendar(rows: Iterable[Row], title: str, sources: Mapping[str, str], stamp: datetime) -> bytes:
    """The calendar of rows of a list of follow-up: the open ones that have a last day.

    ``sources`` has the absolute address of each decision's source page by its key, ``stamp`` is when the published
    file was made, so that the answer is the same until it is made anew.
    """
    whole = Calendar()
    whole.add("prodid", "-//Sakspor//Frister//NO")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("name", title)
    whole.add("x-wr-calname", title)
    whole.add("refresh-interval", _REREAD, parameters={"VALUE": "DURATION"})
    events = {}
    for row in rows:
        mark = str(lasting_mark("frist", lasting_key(row["decision_id"], row["document_id"], row["meeting_id"])))
        if row["state"] in OPEN and row["deadline_latest"] and mark not in events:
            events[mark] = _event(row, mark, sources[row["decision_id"]], stamp)
    for event in events.values():
        whole.add_component(event)
    return bytes(whole.to_ical())


def _event(row: Row, mark: str, source: str, stamp: datetime) -> Event:
    day = date.fromisoformat(row["deadline_latest"])
    event = Event()
    event.add("uid", mark)
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _clean(f"Frist: {_case(row)} {short(row['decision'])}"))
    event.add("description", _clean("\n".join(_about(row, source))))
    event.add("url", source)
    event.add("transp", "TRANSPARENT")
    return event


def _case(row: Row) -> str:
    return " ".join(part for part in (row["body"], row["case_number"]) if part)


def _about(row: Row, source: str) -> Iterable[str]:
    yield row["decision"]
    yield f"Sak: {_case(row)} {row['case_title'] or ''}".rstrip()
    if row["responsible"]:
        yield f"Ansvarlig: {row['responsible']}"
    yield f"Frist: {row['deadline_text'] or row['deadline_latest']}"
    yield f"{label('state', row['state'])}: {row['state_reason']}"
    yield source


def short(text: str, most: int = 90) -> str:
    """The beginning of a text on one line, cut between two words.

    >>> short("Saken\\n tas til orientering"), short("Saken tas til orientering", 15)
    ('Saken tas til orientering', 'Saken tas til …')
    """
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"


def _clean(text: str) -> str:
    return _NO_TEXT.sub("", text)
