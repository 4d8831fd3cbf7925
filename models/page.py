"""What a reader of files yields: pages of positioned words and ruling lines.

Lengths are PDF points (1/72 inch). The origin is the page's top left corner and ``top`` grows downwards, as in
pdfplumber, so that boxes can be compared with its tables without turning them round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page, in points from the top left corner.

    >>> Box(10, 20, 30, 28).union(Box(5, 22, 12, 40))
    Box(x0=5, top=20, x1=30, bottom=40)
    """

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies in the box; the left and top edges belong to it, the others do not."""
        return self.x0 <= x < self.x1 and self.top <= y < self.bottom

    def meets(self, other: Box) -> bool:
        """Whether the two rectangles have a point in common.

        >>> Box(0, 0, 10, 10).meets(Box(9, 9, 20, 20)), Box(0, 0, 10, 10).meets(Box(11, 0, 20, 10))
        (True, False)
        """
        return self.x0 <= other.x1 and other.x0 <= self.x1 and self.top <= other.bottom and other.top <= self.bottom


def union(boxes: list[Box]) -> Box:
    """The smallest box round all of ``boxes`` (at least one).

    >>> union([Box(0, 0, 1, 1), Box(4, 4, 5, 6)])
    Box(x0=0, top=0, x1=5, bottom=6)
    """
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return whole


@dataclass(frozen=True, slots=True)
class View:
    """The visible part of a PDF page and how it is turned; ``box`` gives upright boxes from user space corners.

    In user space the origin is a lower corner and y grows upwards (ISO 32000-1, 8.3.2). The edges are those of the crop
    box.

    >>> View(0, 0, 600, 800, 1).box(100, 700, 120, 712)
    Box(x0=700, top=100, x1=712, bottom=120)
    """

    x0: float
    y0: float
    x1: float
    y1: float
    quarter_turns: int = 0
    """Clockwise, from ``/Rotate``."""

    @property
    def width(self) -> float:
        return self.y1 - self.y0 if self.quarter_turns % 2 else self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.x1 - self.x0 if self.quarter_turns % 2 else self.y1 - self.y0

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.quarter_turns == 0:
            return Box(left - self.x0, self.y1 - top, right - self.x0, self.y1 - bottom)
        if self.quarter_turns == 1:
            return Box(bottom - self.y0, left - self.x0, top - self.y0, right - self.x0)
        if self.quarter_turns == 2:
            return Box(self.x1 - right, bottom - self.y0, self.x1 - left, top - self.y0)
        return Box(self.y1 - top, self.x1 - right, self.y1 - bottom, self.x1 - left)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a blank, as printed."""

    text: str
    box: Box
    size: float = 0.0
    """Font size in points; 0 where the reader does not know it."""
    bold: bool = False
    italic: bool = False
    colour: str | None = None
    """Fill colour as ``#rrggbb``; None for black."""
    struck: bool = False
    """A horizontal rule goes through the middle of the word."""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight horizontal or vertical ruling line; ``box`` has no height or no width."""

    box: Box

    @property
    def horizontal(self) -> bool:
        return self.box.width >= self.box.height


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a file as its reader saw it."""

    number: int
    """1-based position in the file."""
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    characters: int = 0
    """Printable characters of the text layer, for the check against a second reader."""
    scanned: bool = False
    """Its words were recognised in a picture of the page."""
    images: bool = False
    """The page shows at least one picture (a page of pictures without words is a scan)."""
    hidden: str = ""
    """What is to be said of words that the page holds and does not show, which are not among its words."""
    shares_fonts: bool | None = None
    """Whether a font object of the previous page is used here too. Exported documents that were put together in one
    file each bring fonts of their own, so False marks a seam; None where it is not known (the first page, a page
    without text)."""
