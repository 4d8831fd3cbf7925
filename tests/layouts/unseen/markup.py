"""What a text file says: settings, then one block a line.

====================  =========================================================
``@key value``        a setting of the part (``format``, ``font``, ``header`` …)
``@part``             a new part of a packet: page numbers begin anew
``@page``             a page break
``# ## ###``          title, heading, heading in a case
``- text``            bullet
``1) text``           point that Word numbers itself; a PDF has the number printed
``> text``            italic and indented
``+ text``            indented
``= text``            centred
``---``               a ruled line
``|= 20 80 ruled``    a table begins: widths in per cent, ``ruled``, ``lines`` or ``open``
``| a | b``           a row of it; ``//`` parts paragraphs in a cell
====================  =========================================================

``**bold**``, ``~`` for a soft hyphen and ``^`` for a blank of no width stand within a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SOFT_HYPHEN, NO_WIDTH = "\u00ad", "\u200b"
_MARKS = {"#": "title", "##": "heading", "###": "sub", "-": "bullet", ">": "quote", "+": "indent", "=": "centre"}


class Block(NamedTuple):
    """One line of a text: what it is, and its words."""

    kind: str
    text: str = ""
    label: str = ""


class Grid(NamedTuple):
    """A table: shares of the width that add up to 1, how it is ruled, rows of cells of paragraphs."""

    widths: tuple[float, ...]
    rules: str
    rows: tuple[tuple[tuple[str, ...], ...], ...]


class Part(NamedTuple):
    """One document of a file, with its settings."""

    settings: dict[str, str]
    blocks: list[Block | Grid]


def parts(text: str) -> list[Part]:
    """The parts of a text, each with its own settings and those of the first part that it does not set anew."""
    made = [_part(chunk) for chunk in re.split(r"^@part\n", text, flags=re.MULTILINE)]
    return [Part(made[0].settings | part.settings, part.blocks) for part in made]


def _part(chunk: str) -> Part:
    settings: dict[str, str] = {}
    lines: list[str] = []
    for line in chunk.strip("\n").split("\n"):
        key, _, value = line.removeprefix("@").partition(" ")
        if line.startswith("@") and key != "page":
            settings[key] = _plain(value)
        else:
            lines.append(_plain(line))
    return Part(settings, list(_blocks(lines)))


def _plain(line: str) -> str:
    return line.rstrip().replace("~", SOFT_HYPHEN).replace("^", NO_WIDTH)


def _blocks(lines: list[str]) -> Iterator[Block | Grid]:
    """The blocks of a part; lines that begin with a stroke are rows of the table above them."""
    head, rows = "", []
    for line in [*lines, ""]:
        if line.startswith("| "):
            rows.append(line)
            continue
        if head:
            yield _grid(head, rows)
            head, rows = "", []
            if not line:
                continue
        if line.startswith("|="):
            head = line
        else:
            yield _block(line)


def _block(line: str) -> Block:
    if line in ("", "---", "@page"):
        return Block({"": "blank", "---": "rule", "@page": "page"}[line])
    if numbered := re.match(r"(\w{1,2})\) (.*)", line):
        return Block("numbered", numbered[2], f"{numbered[1]}.")
    mark, _, rest = line.partition(" ")
    return Block(_MARKS[mark], rest) if mark in _MARKS else Block("plain", line)


def _grid(head: str, rows: list[str]) -> Grid:
    *widths, rules = head.removeprefix("|=").split()
    whole = sum(map(float, widths))
    cells = tuple(tuple(tuple(c.strip().split(" // ")) for c in f"{row[2:]} ".split(" | ")) for row in rows)
    return Grid(tuple(float(width) / whole for width in widths), rules, cells)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """(words, whether they are bold) of a line, in order.

    >>> list(runs("Sak **12/25** Budsjett"))
    [('Sak ', False), ('12/25', True), (' Budsjett', False)]
    """
    for n, piece in enumerate(text.split("**")):
        if piece:
            yield piece, n % 2 == 1
