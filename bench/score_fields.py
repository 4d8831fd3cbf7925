"""What is compared of a reading: the lists of the extraction format, when two rows are one, and which values count."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from bench.alike import NAME, PHRASE, TITLE, alike, exact, folded, same_name

Row = Mapping[str, Any]
Same = Callable[[Any, Any], bool]


def same_value(wanted: object, found: object) -> bool:
    return wanted == found


def same_folded(wanted: object, found: object) -> bool:
    return folded(wanted) == folded(found)


def _same_actor(wanted: object, found: object, same: Same = alike) -> bool:
    first, second = folded(wanted), folded(found)
    return same(wanted, found) or first in second or second in first


class Value(NamedTuple):
    """A value, or a list of values, of a row."""

    field: str
    key: str
    same: Same
    many: bool = False
    lost_with_row: bool = False
    """Whether it is missed when its row is, and extra when its row is; else the row alone counts."""


WHERE_READ = frozenset({"attachments", "votes"})
"""Keys that are compared only in cases whose gold has them: older gold was written without."""


class Rows(NamedTuple):
    """A list of the format: when two rows of a document are one, and what is compared in them."""

    key: str
    field: str
    same: Callable[[Row, Row], bool]
    values: tuple[Value, ...]


def rows_of(text: Callable[..., bool]) -> tuple[Rows, ...]:
    """The lists, with ``alike`` or ``exact`` for copied text."""
    title, name = partial(text, share=TITLE), partial(text, share=NAME)
    person = same_name if text is alike else exact
    return (
        Rows(
            "meetings",
            "meeting",
            lambda a, b: a.get("date") == b.get("date"),
            (
                Value("meeting.body", "body", same_folded),
                Value("meeting.time", "start", same_value),
                Value("meeting.time", "end", same_value),
                Value("meeting.place", "place", name),
                Value("meeting.chair", "chair", title),
                Value("meeting.secretary", "secretary", title),
                Value("attendance", "attendances", partial(_same_attendance, person), many=True, lost_with_row=True),
            ),
        ),
        Rows(
            "case_items",
            "case",
            partial(_same_case, text=name),
            (
                Value("case.title", "title", text),
                Value("case.kind", "kinds", same_value, many=True, lost_with_row=True),
                Value("case.responsible", "responsible", person, many=True, lost_with_row=True),
                Value("case.attachments", "attachments", same_value),
                Value("decision.proposed", "proposed", text, many=True, lost_with_row=True),
                Value("decision.adopted", "adopted", text, many=True, lost_with_row=True),
                Value("decision.vote", "votes", partial(_same_vote, person), many=True, lost_with_row=True),
                Value("decision.outcome", "outcome", same_value, lost_with_row=True),
            ),
        ),
        Rows(
            "responsibilities",
            "responsibility",
            _same_duty,
            (
                Value("responsibility.actor", "actor", partial(_same_actor, same=partial(text, share=PHRASE))),
                Value("responsibility.deadline", "deadline", same_value),
            ),
        ),
        Rows("references", "reference", _same_reference, (Value("reference.kind", "kind", same_value),)),
        Rows(
            "measures",
            "measure",
            lambda a, b: _same_measure(a.get("title"), b.get("title"), title),
            tuple(Value(f"measure.{key}", key, title) for key in ("group", "goal", "work_form", "period", "status")),
        ),
        Rows(
            "input_points",
            "input_point",
            lambda a, b: text(a.get("text"), b.get("text")),
            (Value("input_point.theme", "theme", title), Value("input_point.question", "question", same_value)),
        ),
    )


def _same_attendance(person: Same, wanted: Row, found: Row) -> bool:
    return person(wanted.get("name"), found.get("name")) and wanted.get("presence") == found.get("presence")


def _same_vote(person: Same, wanted: Row, found: Row) -> bool:
    """By its numbers, its result and who is named; what was voted on is told in more than one way."""
    told = ("for_count", "against_count", "blank_count", "unanimous", "casting_vote", "result")
    sides = [[(name.get("side"), name.get("name") or "") for name in row.get("names") or []] for row in (wanted, found)]
    named = len(sides[0]) == len(sides[1]) and all(
        one[0] == other[0] and (one[1] == other[1] or person(one[1], other[1]))
        for one, other in zip(*sides, strict=True)
    )
    return named and all((wanted.get(key) or None) == (found.get(key) or None) for key in told if key in wanted)


def _same_case(wanted: Row, found: Row, text: Same) -> bool:
    """By number; a case without one by its title."""
    numbers = [folded(row.get("number")).replace(" ", "") for row in (wanted, found)]
    return numbers[0] == numbers[1] if any(numbers) else text(wanted.get("title"), found.get("title"))


def _same_duty(wanted: Row, found: Row) -> bool:
    """Two phrases for one commitment share most words of the shorter."""
    first, second = (set(re.findall(r"\w+", folded(row.get("action")))) for row in (wanted, found))
    shared = len(first & second) / min(len(first), len(second)) if first and second else 0.0
    return shared >= 0.7 and folded(wanted.get("number")) == folded(found.get("number"))


def _same_reference(wanted: Row, found: Row) -> bool:
    return all(folded(wanted.get(key)) == folded(found.get(key)) for key in ("number", "target", "target_date"))


def _same_measure(wanted: object, found: object, text: Same) -> bool:
    """The whole cell, or its first words as the measure's name."""
    first, second = folded(wanted), folded(found)
    return text(wanted, found) or (len(second) >= 8 and first.startswith(f"{second} "))


DOCUMENT = (
    ("document.date", "date", same_value, 0.0),
    ("document.body", "body", same_folded, 0.0),
    ("document.title", "title", None, TITLE),
    ("document.organisation", "organisation", None, NAME),
)
"""Fields of a document; where no comparison is given, texts are compared, this share of them."""
