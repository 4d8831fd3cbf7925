"""What is still to be done, as the terminal shows it: blocks with colour on a screen, one line a decision in a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from models.labels import label
from plugins.view.words import deadline, long_date
from store.follow_up import Pending
from terminal import visible

if TYPE_CHECKING:
    from rich.console import Console

_GAP = 2
_DATE = len("31.12.2022")
_NARROWEST = 20
_SHORT = 80
"""Letters of a decision on a line of a pipe; of the names beside it half as many."""


def groups(points: Sequence[Pending], day: str) -> Iterator[tuple[str, list[Pending]]]:
    """Open, on an agenda, overdue: each point once, the oldest first. What presses most stands nearest the prompt.

    >>> late = Pending("2022-05-19", "SSU", "1", "X", None, None, "2022-06-15", "open", None, None, None)
    >>> [(heading, len(found)) for heading, found in groups([late, late._replace(deadline_latest=None)], "2022-12-31")]
    [('Åpent', 1), ('Forfalt', 1)]
    """
    overdue = sorted((point for point in points if point.is_overdue(day)), key=lambda one: one.deadline_latest or "")
    waiting = [point for point in points if not point.is_overdue(day)]
    for state in ("open", "on_agenda"):
        if found := [point for point in waiting if point.state == state]:
            yield label("state", state) or state, found
    if overdue:
        yield "Forfalt", overdue


def counts(points: Sequence[Pending], day: str) -> str:
    """
    >>> late = Pending("2022-05-19", "SSU", "1", "X", None, None, "2022-06-15", "open", None, None, None)
    >>> counts([late], "2022-12-31")
    'Per 31. desember 2022 er 1 vedtak ikke avsluttet: 1 åpent, 0 på sakslisten. Av disse er 1 forfalt.'
    >>> counts([], "2022-12-31")
    'Per 31. desember 2022 er ingen vedtak åpne.'
    """
    if not points:
        return f"Per {long_date(day)} er ingen vedtak åpne."
    opened = sum(point.state == "open" for point in points)
    overdue = sum(point.is_overdue(day) for point in points)
    return (
        f"Per {long_date(day)} er {len(points)} vedtak ikke avsluttet: {opened} {'åpent' if opened == 1 else 'åpne'}, "
        f"{len(points) - opened} på sakslisten. Av disse er {overdue} forfalt."
    )


def plain_lines(points: Sequence[Pending], day: str) -> Iterator[str]:
    """One line a decision in even columns, without tabs, and the counts last."""
    table = [_cells(heading, point) for heading, found in groups(points, day) for point in found]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        yield (" " * _GAP).join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
    yield counts(points, day)


def _cells(heading: str, point: Pending) -> tuple[str, ...]:
    state = label("state", point.state) or point.state
    return (
        heading if heading == state else f"{heading} ({state.lower()})",
        point.meeting_date or "uten dato",
        _line(point.body) or "–",
        _line(point.case_number) or "–",
        textwrap.shorten(_line(point.decision), _SHORT, placeholder=" …"),
        textwrap.shorten(_line(point.responsible), _SHORT // 2, placeholder=" …") or "–",
        point.deadline_latest or _line(point.deadline_text) or "–",
        _place(point),
    )


def show(points: Sequence[Pending], day: str, console: Console) -> None:
    """Print the groups on a screen, no line wider than it."""
    from rich.text import Text

    for heading, found in groups(points, day):
        console.print(Text(f"{heading} ({len(found)})", style="bold red" if heading == "Forfalt" else "bold"))
        for point in found:
            for line, style in _block(point, max(console.width - _DATE - _GAP, _NARROWEST)):
                console.print(Text(line, style=style), no_wrap=True, overflow="ellipsis")
        console.print()
    console.print(Text(counts(points, day), style="bold"))


def _block(point: Pending, width: int) -> Iterator[tuple[str, str]]:
    """The lines of a point with their styles: when and in which case, what was decided, by when and by whom, where."""
    beside = " " * (_DATE + _GAP)
    yield _norwegian(point.meeting_date).ljust(len(beside)) + _case(point), "bold"
    for text in (_line(point.decision), " · ".join(_commitment(point))):
        yield from ((beside + line, "") for line in textwrap.wrap(text, width, max_lines=2, placeholder=" …"))
    yield beside + _place(point), "dim"


def _case(point: Pending) -> str:
    case = f"sak {point.case_number}" if point.case_number else None
    return _line(" ".join(part for part in (point.body, case) if part)) or "Uten saksnummer"


def _commitment(point: Pending) -> Iterator[str]:
    printed = deadline(point.deadline_text, point.deadline_latest)
    state = label("state", point.state) or point.state
    yield f"{state} som sak {_line(point.carried_by)}" if point.carried_by else state
    if printed:
        yield f"frist {_line(printed)}"
    yield _line(point.responsible) or "ingen ansvarlig nevnt"


def _place(point: Pending) -> str:
    """
    >>> _place(Pending(None, None, None, "X", None, None, None, "open", None, "arkiv/referat.pdf", 4))
    'referat.pdf side 4'
    """
    name = PurePosixPath((point.path or "").replace("\\", "/")).name or "dokumentet"
    return _line(f"{name} side {point.page}" if point.page else name)


def _norwegian(day: str | None) -> str:
    """
    >>> _norwegian("2022-05-19"), _norwegian(None)
    ('19.05.2022', 'uten dato')
    """
    return ".".join(reversed(day.split("-"))) if day else "uten dato"


def _line(text: str | None) -> str:
    r"""A text on one line, without anything that a terminal would obey.

    >>> print(_line("Saken\n\ttas \x1b[2J til orientering"))
    Saken tas \x1b[2J til orientering
    """
    return visible(" ".join((text or "").split()))
