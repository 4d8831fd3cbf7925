"""The light marks of the texts, one meaning for the PDF and the DOCX layouts.

=============  ====================================================
``= words``    title of the document
``== words``   heading
``# words``    bold line
``/ words``    italic line
``> words``    line set to the right margin
``- words``    bullet point
``-- words``   bullet point inside a bullet point
``a) words``   lettered (or numbered, ``1)``, ``1.``) point
empty line     blank space
=============  ====================================================

Inside a line ``**words**`` is bold, ``{+words+}`` a tracked insertion and ``{-words-}`` a tracked deletion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKS = {
    "= ": "title",
    "== ": "heading",
    "# ": "bold",
    "/ ": "italic",
    "> ": "right",
    "- ": "bullet",
    "-- ": "sub",
}
_LETTER = re.compile(r"(\w\)|\d\.) +(.*)")
_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|\{\+(?P<inserted>.+?)\+\}|\{-(?P<deleted>.+?)-\}")


class Line(NamedTuple):
    """One paragraph: what it is, its words, and the letter of a lettered point."""

    kind: str
    text: str = ""
    label: str = ""


class Run(NamedTuple):
    """Words in one manner: plain, bold, inserted or deleted."""

    text: str
    manner: str = "plain"


def lines(text: str) -> list[Line]:
    """The paragraphs of a marked text.

    >>> lines("# Konklusjon\\na) Godkjennes")
    [Line(kind='bold', text='Konklusjon', label=''), Line(kind='letter', text='Godkjennes', label='a)')]
    """
    return [_line(line) for line in text.strip("\n").split("\n")]


def _line(line: str) -> Line:
    if not line.strip():
        return Line("blank")
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            return Line(kind, line[len(mark) :])
    if letter := _LETTER.fullmatch(line):
        return Line("letter", letter[2], letter[1])
    return Line("plain", line)


def runs(text: str) -> Iterator[Run]:
    """The runs of a line.

    >>> list(runs("Meldes {-på papir-} {+digitalt+}"))[1:]
    [Run(text='på papir', manner='deleted'), Run(text=' ', manner='plain'), Run(text='digitalt', manner='inserted')]
    """
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield Run(text[at : found.start()])
        manner = found.lastgroup or "plain"
        yield Run(found[manner], manner)
        at = found.end()
    if at < len(text):
        yield Run(text[at:])
