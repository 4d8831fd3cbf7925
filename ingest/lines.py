"""Words to lines, and what a line looks like: bold, size, list label.

Works on any region of a page: a cell, a slide's column, or all that stands outside tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ingest.clean import clean
from models.dates import makes_a_day
from models.page import Box, Word, union


@dataclass(frozen=True)
class Line:
    """Words of one line from left to right; ``page`` is 1-based."""

    words: tuple[Word, ...]
    box: Box
    page: int

    @cached_property
    def text(self) -> str:
        return clean(" ".join(w.text for w in self.words if not w.struck))

    @cached_property
    def struck(self) -> str:
        return clean(" ".join(w.text for w in self.words if w.struck))

    @cached_property
    def in_force(self) -> tuple[Word, ...]:
        """Its words without those struck through; all of them where nothing else is left."""
        return tuple(w for w in self.words if not w.struck) or self.words

    @cached_property
    def bold(self) -> bool:
        return all(w.bold for w in self.in_force)

    @cached_property
    def italic(self) -> bool:
        return all(w.italic for w in self.in_force)

    @cached_property
    def size(self) -> float:
        """The size of most of its characters, in points."""
        weights: dict[float, int] = {}
        for word in self.words:
            weights[word.size] = weights.get(word.size, 0) + len(word.text)
        return max(weights, key=lambda size: (weights[size], size))


def to_lines(words: Iterable[Word], page: int) -> list[Line]:
    """Words of a region as lines from top to bottom.

    Words belong to one line when the middle of the one lies within the height of the other; so a raised footnote mark
    stays in its line, and so does a bigger first letter.

    >>> words = [Word("to", Box(30, 0, 40, 10)), Word("en", Box(0, 1, 9, 11)), Word("tre", Box(0, 14, 9, 24))]
    >>> [line.text for line in to_lines(words, 1)]
    ['en to', 'tre']
    """
    groups: list[tuple[list[Word], Box]] = []
    for word in sorted(words, key=lambda w: (w.box.top + w.box.bottom, w.box.x0)):
        middle = (word.box.top + word.box.bottom) / 2
        if groups:
            group, box = groups[-1]
            centre = (box.top + box.bottom) / 2
            if box.top < middle < box.bottom and word.box.top < centre < word.box.bottom:
                group.append(word)
                continue
        groups.append(([word], word.box))
    lines = [tuple(sorted(group, key=lambda w: w.box.x0)) for group, _ in groups]
    return [Line(ws, union([w.box for w in ws]), page) for ws in lines]


# A list mark that stands as a word of its own. "o" is Word's bullet of the second level.
BULLET = re.compile(r"[•▪◦○●■□➢➤✓✔❖·*–-]|o|[☐☒☑](?=\S)?")
# "a)", "b.", "(c)", "1)", "iv)". A full stop after a number is looked at more closely, since dates have one too.
LETTERED = re.compile(r"\(?(?:[a-zæøå]|[ivx]{1,4}|\d{1,2})\)|[a-zæøåA-H]\.")
NUMBERED = re.compile(r"\d{1,2}\.")


def label_length(tokens: list[str]) -> int:
    """How many of a line's first tokens are its list label (0 or 1).

    >>> label_length(["a)", "SSU", "stiller"]), label_length(["1.", "Barn"]), label_length(["•", "Langsiktige"])
    (1, 1, 1)
    >>> label_length(["1.", "desember"]), label_length(["15.06.2022."]), label_length(["o", "og"])
    (0, 0, 1)
    >>> label_length(["14.", "og", "15.", "mai"]), label_length(["14.", "12.", "2031"]), label_length(["3.", "12", "x"])
    (0, 0, 1)
    >>> label_length(["-"])
    0
    """
    if len(tokens) < 2:
        return 0
    first = clean(tokens[0])
    if BULLET.fullmatch(first) or LETTERED.fullmatch(first):
        return 1
    return int(bool(NUMBERED.fullmatch(first)) and not makes_a_day(" ".join(tokens[1:4])))
