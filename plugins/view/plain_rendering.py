"""The lines of a document without pages put together as it has them: paragraphs, and tables with rows and cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from plugins.view.passages import MarkedLine

_CELL = re.compile(r"t(?P<table>\d+)\.r(?P<row>\d+)\.c(?P<cell>\d+)\.p\d+")
"""``t2.r3.c1.p1``, see :class:`models.layout.Place`. The paragraphs of a table inside a cell stand one by one."""


WIDEST = 60
"""Cells of a row up to which an empty one keeps its place: a file can claim any number."""


class Part(NamedTuple):
    """A paragraph, or the rows of a table: in each row its cells, in each cell its lines."""

    paragraph: Markup | None = None
    rows: tuple[tuple[tuple[Markup, ...], ...], ...] = ()


def parts(lines: Iterable[MarkedLine]) -> Iterator[Part]:
    """The lines as paragraphs and tables; a line whose place is a box, or not known, is a paragraph.

    >>> lines = [MarkedLine(Markup(text), place) for text, place in (
    ...     ("Referat", "p1"), ("2022.1", "t1.r1.c1.p1"), ("Avvik", "t1.r1.c3.p1"), ("Utsatt", "t1.r1.c3.p2"))]
    >>> [(str(part.paragraph), [[list(map(str, cell)) for cell in row] for row in part.rows]) for part in parts(lines)]
    [('Referat', []), ('None', [[['2022.1'], [], ['Avvik', 'Utsatt']]])]
    """
    for table, found in groupby(lines, key=lambda line: _address(line)[:1]):
        if table:
            yield Part(rows=tuple(_rows(found)))
        else:
            yield from (Part(line.text) for line in found if line.text)


def _address(line: MarkedLine) -> tuple[int, ...]:
    """Table, row and cell of a line; empty for one outside tables."""
    found = _CELL.fullmatch(line.place)
    return tuple(map(int, found.groups())) if found else ()


def _rows(lines: Iterable[MarkedLine]) -> Iterator[tuple[tuple[Markup, ...], ...]]:
    """Each row's cells at their places; a cell without text has no line, and stays empty."""
    for _, row in groupby(lines, key=lambda line: _address(line)[:2]):
        grouped = groupby(row, key=_address)
        cells = {address[2]: tuple(line.text for line in cell if line.text) for address, cell in grouped}
        places = range(1, max(cells) + 1) if max(cells) <= WIDEST else sorted(cells)
        yield tuple(cells.get(place, ()) for place in places)
