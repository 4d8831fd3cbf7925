"""The marks of a text: one block a line, so that a text reads as the document does.

========  =======================================================  =====================================
mark      example                                                  becomes
========  =======================================================  =====================================
``#``     ``# Møteprotokoll``                                      the title
``##``    ``## PS 6/26 Budsjett``                                  a heading
``###``   ``### Vedtak:``                                          a label
``-``     ``- Taket er tett``                                      a bullet
``1.``    ``1. Planen vedtas.``, ``a) …``                          a point, with the number hanging
``>``     ``> «Saken utsettes.»``                                  an indented paragraph
``<``     ``< Side 4``, ``<> I lukket møte``                       at the right edge, in the middle
``::``    ``Møtested: :: Rådhuset``                                a line of two columns
``>>``    ``7/26 Budsjett >> 3``                                   a line of a table of contents
``|``     ``| Navn | Parti``                                       a row of a table; ``//`` breaks a cell's line
``{ }``   ``{0.3 0.7 ruled header}``                               column shares and looks of the next table
``---``   ``---``                                                  a new page
``@``     ``@ head=Nordvik kommune ; foot=Side {page}``            a new page with other running lines
========  =======================================================  =====================================

Lines without a mark are one paragraph up to a blank line. ``**bold**`` and ``__italic__`` stand inside lines; a
backslash at the end of a line breaks it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_MARKS = {"###": "label", "##": "heading", "#": "title", "-": "bullet", "<>": "centre", "<": "right", ">": "indented"}
_POINT = re.compile(r"(?P<number>\d{1,2}[.)]|[a-z]\))\s+(?P<text>.+)")
_RUN = re.compile(r"\*\*(.+?)\*\*|__([^_]+)__")


class Run(NamedTuple):
    """Words in one manner."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph; ``label`` is what hangs before a point, or stands behind the dots of a table of contents."""

    kind: str
    text: str = ""
    label: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of marked cells with the columns' shares of the line and the words that say how the table looks."""

    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    looks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Part:
    """A stretch of pages with its own running lines; ``{page}``, ``{pages}`` and ``{local}`` stand for page numbers."""

    head: str
    foot: str
    blocks: tuple[Line | Table, ...]


def runs(text: str) -> Iterator[Run]:
    """The words of a line, manner by manner.

    >>> list(runs("**Vedtak:** Godkjent"))
    [Run(text='Vedtak:', bold=True, italic=False), Run(text=' Godkjent', bold=False, italic=False)]
    """
    end = 0
    for found in _RUN.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()])
        yield Run(found[1] or found[2], bold=bool(found[1]), italic=bool(found[2]))
        end = found.end()
    if text[end:]:
        yield Run(text[end:])


def parts(text: str, head: str, foot: str) -> Iterator[Part]:
    """The stretches of a text, the first with the running lines given."""
    lines: list[str] = []
    for line in text.strip("\n").splitlines():
        if line.startswith("@ "):
            if lines:
                yield Part(head, foot, tuple(blocks(lines)))
            told = dict(pair.strip().split("=", 1) for pair in line[2:].split(";"))
            head, foot, lines = told.get("head", ""), told.get("foot", ""), []
        else:
            lines.append(line)
    yield Part(head, foot, tuple(blocks(lines)))


def blocks(lines: list[str]) -> Iterator[Line | Table]:
    """Paragraphs and tables, in order."""
    gathered: list[str] = []
    looks = ""
    for line in [*lines, ""]:
        if gathered and _kind(gathered[0]) != _kind(line):
            yield from _closed(gathered, looks)
            gathered, looks = [], ""
        if line.startswith("{"):
            looks = line.strip("{}")
        elif line.strip():
            gathered.append(line)


def _kind(line: str) -> str:
    """What may stand together in one block: rows of a table, pairs, or lines of plain text."""
    if line.startswith("|"):
        return "table"
    if " :: " in line:
        return "pairs"
    return "plain" if line.strip() and _line(line).kind == "plain" else f"alone {line}"


def _closed(gathered: list[str], looks: str) -> Iterator[Line | Table]:
    kind = _kind(gathered[0])
    if kind == "table":
        yield _table([tuple(cell.strip() for cell in line.removeprefix("|").split("|")) for line in gathered], looks)
    elif kind == "pairs":
        yield _table([tuple(cell.strip() for cell in line.split(" :: ")) for line in gathered], looks or "0.25 0.75")
    elif kind == "plain":
        text = " ".join(gathered).replace("\\ ", "\n").rstrip("\\")
        yield Line("plain", text)
    else:
        yield from (_line(line) for line in gathered)


def _line(line: str) -> Line:
    """A line by its mark.

    >>> _line("2. Planen vedtas.")
    Line(kind='point', text='Planen vedtas.', label='2.')
    >>> _line("7/26 Budsjett >> 3")
    Line(kind='contents', text='7/26 Budsjett', label='3')
    """
    mark, _, rest = line.partition(" ")
    if line == "---":
        return Line("page")
    if found := _POINT.fullmatch(line):
        return Line("point", found["text"], found["number"])
    if " >> " in line:
        text, page = line.split(" >> ")
        return Line("contents", text, page)
    return Line(_MARKS[mark], rest) if mark in _MARKS else Line("plain", line)


def _table(rows: list[tuple[str, ...]], looks: str) -> Table:
    """A table; rows with too few cells are filled up, and without shares the columns are equally wide."""
    shares = tuple(float(word) for word in looks.split() if word[0].isdigit())
    words = frozenset(word for word in looks.split() if not word[0].isdigit())
    many = max(map(len, rows))
    filled = tuple(tuple(cells) + ("",) * (many - len(cells)) for cells in rows)
    return Table(filled, shares or (1 / many,) * many, words)
