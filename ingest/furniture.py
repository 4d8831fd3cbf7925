"""Running heads, footers and page numbers: what a page repeats and no reader counts as text.

A line is furniture where it stands in the top or bottom margin and the page before or after has the same line, digits
apart, at the same height; or where it is a page number by itself. The mark of an attachment ("Sak 2022.29", top
right) is not: it stands on the first page of a document only. Headings that repeat in the text are not, since they
wander down the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.lines import Line
from models.case_numbers import read_case_number
from models.words import pattern, sections

MARGIN = 0.12  # of the page height, above and below; A4 margins are 2 to 3 cm of 29.7
SAME_HEIGHT = 4.0  # points
PAGE_NUMBER = re.compile(r"(?:side|page|s\.)?\s*[-–]?\s*\d{1,4}\s*[-–]?\s*(?:(?:av|of|/)\s*\d{1,4})?", re.IGNORECASE)
NAMED_NUMBER = re.compile(r"\b(?:side|page)\s+\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?$", re.IGNORECASE)
SMALL = 0.95  # of the page's usual size: type of a foot
_LABELS = ("head_labels", "case_columns", "archive_columns")
_DIGITS = re.compile(r"\d+")


def furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[int]]:
    """For each page the positions of the lines that are furniture.

    ``pages`` holds each page's lines outside tables, top to bottom; ``heights`` the page heights in points.
    """
    marginal = [_marginal(lines, height) for lines, height in zip(pages, heights, strict=True)]
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, (lines, positions) in enumerate(zip(pages, marginal, strict=True)):
        for position in positions:
            if not _heads_a_document(lines[position].text):
                seen[_DIGITS.sub("#", lines[position].text)].append((at, position))
    found: list[set[int]] = [set() for _ in pages]
    for places in seen.values():
        for at, position in places:
            line = pages[at][position]
            if any(_repeats(line, pages[other][where], other - at) for other, where in places):
                found[at].add(position)
    for at, (lines, positions) in enumerate(zip(pages, marginal, strict=True)):
        usual = usual_size(lines)
        found[at].update(p for p in positions if is_page_number(lines[p].text) or _ends_in_one(lines[p], usual))
    return found


def _repeats(line: Line, other: Line, pages_on: int) -> bool:
    """Whether a line stands on the next or the previous page too, page numbers counted on."""
    if abs(pages_on) != 1 or abs(line.box.top - other.box.top) > SAME_HEIGHT:
        return False
    here, there = (list(map(int, _DIGITS.findall(one.text))) for one in (line, other))
    return all(b - a in (0, pages_on) for a, b in zip(here, there, strict=True))


def _heads_a_document(text: str) -> bool:
    """A line that may begin two documents one after another: the mark of an attachment, or a label of a memo's head.

    >>> [_heads_a_document(t) for t in ("Sak 2022.29", "Dato: 18.01.24", "Helsefellesskapet i Fjordregionen")]
    [True, True, False]
    """
    number = read_case_number(text)
    if number and number.named and number.end >= len(text.rstrip()):
        return True
    label, colon, _ = text.partition(":")
    return bool(colon) and any(
        pattern(labels, name).fullmatch(label.strip()) for labels in _LABELS for name in sections(labels)
    )


def _ends_in_one(line: Line, usual: float) -> bool:
    """Whether a line in small type ends in a page number: "Møtebok side 2", where each page has another foot."""
    return line.size < SMALL * usual and bool(NAMED_NUMBER.search(line.text))


def usual_size(lines: Sequence[Line]) -> float:
    """The size of most of a page's characters, in points."""
    weights: dict[float, int] = defaultdict(int)
    for line in lines:
        weights[line.size] += len(line.text)
    return max(weights, key=lambda size: weights[size], default=0.0)


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number.

    >>> [is_page_number(t) for t in ("Side 14 av 15", "3", "- 2 -", "4/12", "2022.26", "22.09.22")]
    [True, True, True, True, False, False]
    """
    return bool(PAGE_NUMBER.fullmatch(text))


def _marginal(lines: Sequence[Line], height: float) -> list[int]:
    """Positions of the lines in the top and bottom margin.

    >>> from models.page import Box, Word
    >>> lines = [Line((Word("3", Box(0, y, 9, y + 10)),), Box(0, y, 9, y + 10), 1) for y in (20, 400, 800)]
    >>> _marginal(lines, 842)
    [0, 2]
    """
    low, high = MARGIN * height, (1 - MARGIN) * height
    return [i for i, line in enumerate(lines) if line.box.bottom < low or line.box.top > high]
