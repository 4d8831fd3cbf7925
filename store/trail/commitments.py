"""Who answers for what a decision puts on somebody, by when, and why it is open where nothing later takes it up."""

from __future__ import annotations

from typing import NamedTuple

from models.deadlines import days, find_deadlines
from store.trail.told import Ahead, Point, Told


class Deadline(NamedTuple):
    """A deadline as printed, as EDTF, and the earliest and latest day it can mean."""

    text: str | None = None
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None


def responsible(point: Point) -> str | None:
    """Those whom the decision names, else those who answer for the case, as one text.

    >>> from store.trail.told import Duty
    >>> point = Point("a", "i", None, None, None, "2022-05-19", "Avvik", "…", None, ("Kari Dal",), (), ())
    >>> responsible(point), responsible(point._replace(duties=(Duty("FSU", "kartlegger", None, None, None, None),)))
    ('Kari Dal', 'FSU')
    """
    actors = dict.fromkeys(duty.actor for duty in point.duties if duty.actor)
    return ", ".join(actors or point.owners) or None


def deadline(point: Point) -> Deadline:
    """The nearest deadline of a decision; a meeting that is not dated gets its day where the meeting is known.

    >>> ahead = Ahead("to_be_raised_in", "ssu-2022-09-22", "2022-09-22", None, "Legges frem i neste møte.", None)
    >>> point = Point("a", "i", None, None, None, "2022-05-19", "Avvik", "…", None, (), (), (ahead,))
    >>> deadline(point)
    Deadline(text='i neste møte', edtf='2022-09-22', earliest='2022-09-22', latest='2022-09-22')
    """
    found = [Deadline(duty.text, duty.edtf, duty.earliest, duty.latest) for duty in point.duties if duty.text]
    found += [_of_meeting(ahead) for ahead in point.ahead]
    return min(found, key=lambda one: (one.latest is None, one.latest or "", one.text is None), default=Deadline())


def _of_meeting(ahead: Ahead) -> Deadline:
    undated = next((d.text for d in find_deadlines(ahead.text) if d.edtf is None), None)
    edtf = ahead.edtf or ahead.day
    return Deadline(ahead.printed or undated, edtf, *days(edtf))


def why_open(point: Point, told: Told) -> str:
    """Why nothing is known of what became of a decision, in one sentence."""
    for ahead in point.ahead:
        if ahead.meeting and ahead.day:
            day = f"{ahead.day[8:]}.{ahead.day[5:7]}.{ahead.day[:4]}"
            if told.by_meeting.get(ahead.meeting):
                return f"Skulle tas opp i møtet {day}, men ingen sak der har en tittel som peker seg ut."
        elif ahead.printed or ahead.edtf:
            return f"Skal tas opp i et møte ({ahead.printed or ahead.edtf}) som ikke er blant dokumentene."
    if point.ahead:
        return "Skal tas opp i et senere møte, som ikke er blant dokumentene."
    if not point.duties and point.outcome == "postponed":
        return "Utsatt, og ingen senere sak tar det opp."
    return "Ingen senere dokumenter tar opp det som skal gjøres."
