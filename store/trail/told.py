"""What decisions are followed by: points, the treatments of cases, and what points to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple


class Ahead(NamedTuple):
    """A meeting in which a decision is to be taken up again."""

    kind: str
    """postponed_to or to_be_raised_in."""
    meeting: str | None
    """None where the meeting is not among the documents."""
    day: str | None
    """The meeting's date where it is known."""
    edtf: str | None
    """The date as the decision gives it; None for "neste møte"."""
    text: str
    """The sentence."""
    printed: str | None
    """The date as printed."""


class Duty(NamedTuple):
    """What a decision puts on somebody."""

    actor: str | None
    action: str
    text: str | None
    """Of the deadline, as printed."""
    edtf: str | None
    earliest: str | None
    latest: str | None


class Point(NamedTuple):
    """An adopted point of a decision."""

    id: str
    item: str
    case: str | None
    body: str | None
    collaboration: str | None
    date: str
    title: str | None
    text: str
    outcome: str | None
    owners: tuple[str, ...]
    """Who answers for the case, by its own list or by the agenda of the meeting."""
    duties: tuple[Duty, ...]
    ahead: tuple[Ahead, ...]
    same_as: str | None = None
    """The same point in another document, which speaks for it."""

    @property
    def is_committed(self) -> bool:
        """Whether something is to come of it: work, or another meeting."""
        return bool(self.duties or self.ahead) or self.outcome in ("postponed", "mandated")


class Note(NamedTuple):
    """What a case says of how far work has come; ``target``: the key of the case it names, None for its own."""

    target: str | None
    named: bool
    """It names a case, known or not."""
    subject: str | None
    text: str
    verb: str | None
    document: str
    page: int | None


class Mention(NamedTuple):
    """A reference from a case to an earlier one."""

    kind: str
    target: str
    text: str
    document: str
    page: int | None


class Adopted(NamedTuple):
    """An adopted point as the conclusion of a later treatment."""

    id: str
    text: str
    outcome: str | None
    page: int | None


class Item(NamedTuple):
    """A case in one document."""

    id: str
    document: str
    kind: str
    """Of the document."""
    case: str | None
    body: str | None
    meeting: str | None
    date: str | None
    title: str | None
    page: int | None


class Treatment(NamedTuple):
    """A case at one meeting, from the agenda, the memos and the minutes of that meeting."""

    key: str
    case: str | None
    body: str | None
    meeting: str | None
    date: str
    title: str | None
    items: tuple[Item, ...]
    """Minutes first, then the agenda, then memos."""
    minuted: bool
    """Minutes of the meeting are among the documents."""
    adopted: tuple[Adopted, ...]
    mentions: tuple[Mention, ...]
    notes: tuple[Note, ...]
    named: tuple[str, ...]
    """The naming words of its title."""


class Told(NamedTuple):
    """Everything that decisions are followed by."""

    points: Sequence[Point]
    """Those of which something is to come."""
    treatments: Sequence[Treatment]
    """In the order of their dates."""
    by_meeting: Mapping[str, Sequence[Treatment]]
    by_body: Mapping[str, Sequence[Treatment]]
    by_case: Mapping[str, Sequence[Treatment]]
    mentioning: Mapping[str, Sequence[tuple[Treatment, Mention]]]
    """By the case that is referred to."""
    noting: Mapping[str, Sequence[tuple[Treatment, Note]]]
    """By the case that a list names."""
    items: Mapping[str, Sequence[Point]]
    """The same by the case in a document."""

    def of_item(self, item: str) -> Sequence[Point]:
        """The points of a case in a document of which something is to come."""
        return self.items.get(item, ())

    def by_id(self, keys: Iterable[str]) -> Iterator[Point]:
        """Points by their keys."""
        for key in sorted(keys):
            yield from (point for point in self.of_item(key.rsplit("/", 2)[0]) if point.id == key)
