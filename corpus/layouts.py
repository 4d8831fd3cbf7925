"""From the blocks of a text to paragraphs and tables: the layouts that meeting documents of the region have.

A text is a TOML file: keys for the whole document and a list of blocks. A block holds one of ``text``, ``head``,
``cases``, ``attendance``, ``memo``, ``plan``, ``form``; each kind of table has its columns and its looks here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table to be drawn: marked text in every cell, column widths as shares of the line."""

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    ruled: bool = True
    shaded: bool = False
    """The first row has a ground of its own."""


def parts(blocks: list[Block]) -> Iterator[str | Table]:
    """Marked text and tables in the order of the document."""
    for block in blocks:
        if "text" in block:
            yield block["text"]
        else:
            yield next(make(block) for kind, make in _TABLES.items() if kind in block)


def _head(block: Block) -> Table:
    """Tema, Dato/sted, Vedlegg, Møteleder, Referent."""
    return Table((0.16, 0.84), tuple((f"# {name}", value) for name, value in block["head"]))


def _cases(block: Block) -> Table:
    """Saksnr., nothing, Ansvar: a row a case, with or without ruling lines."""
    first, last = block.get("columns", ("Saksnr.", "Ansvar"))
    rows = [(f"# {first}", "", f"# {last}")]
    rows += [(f"# {left}", middle.strip("\n") + "\n\n", right) for left, middle, right in block["cases"]]
    return Table((0.15, 0.66, 0.19), tuple(rows), ruled=block.get("ruled", True))


def _attendance(block: Block) -> Table:
    """Navn, Stilling, Organisasjon, Merknad."""
    rows = [tuple(f"# {name}" for name in block.get("columns", ("Navn", "Stilling", "Organisasjon", "Merknad")))]
    rows += [tuple(row) for row in block["attendance"]]
    return Table((0.27, 0.3, 0.27, 0.16), tuple(rows), shaded=True)


def _memo(block: Block) -> Table:
    """Saksnr, Møteorgan, Type sak, Saksbehandler: the head of a case memo."""
    head = ("# Saksnr:", "# Møteorgan:", "# Type sak", "# Saksbehandler")
    return Table((0.2, 0.2, 0.25, 0.35), (head, tuple(block["memo"])), shaded=True)


def _plan(block: Block) -> Table:
    """Satsing, Tiltak, Mål, Arbeidsform, Periode: the measures of an action plan."""
    head = ("# Satsing", "# Tiltak", "# Mål", "# Arbeidsform", "# Periode")
    return Table((0.18, 0.25, 0.31, 0.14, 0.12), (head, *map(tuple, block["plan"])), shaded=True)


def _form(block: Block) -> Table:
    """The head of a controlled document: every column the same width."""
    rows = tuple(map(tuple, block["form"]))
    return Table((1 / len(rows[0]),) * len(rows[0]), rows)


_TABLES = {
    "head": _head,
    "cases": _cases,
    "attendance": _attendance,
    "memo": _memo,
    "plan": _plan,
    "form": _form,
}
