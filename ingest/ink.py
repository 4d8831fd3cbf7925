"""What a page's picture shows besides letters: ruling lines, and which words are printed bold.

Recognised text comes without either, yet minutes are tables, and their titles are bold. Both are measured in the grey
picture of a page that stands upright; what is left of a slant after deskewing (a fifth of a degree) is allowed for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from models.page import Box, Rule, Word

Mask = NDArray[np.bool_]
Grey = NDArray[np.uint8]
first = itemgetter(0)

DARK = 150  # of 255: scanned hairlines are seldom black; light shading of table heads stays out
LINE = 24.0  # points: no letter and no dash is this wide
STEM = 11.0  # points: the height of a table row of one line; letters of running text are lower
TALL = 40.0  # points: an upright stroke this long is a ruling line even where it meets no other
REACH = 4.0  # points between the end of a ruling line and the one that it meets
THICK = 3.0  # points: thicker bars are pictures
BOLD = 1.18
"""Stroke width of a bold word over that of regular ones. In scans at 200 dpi bold words lay between 1.22 and 1.6 times
the regular width, regular words of three letters and more between 0.85 and 1.15."""
CHANGE = 0.4  # what a change of weight inside a line must gain; a bold word of six letters scores about 0.8
REGULAR = 0.4  # quantile of the stroke widths that is taken for regular: up to half of a page may be bold


def grey_picture(page: pdfium.PdfPage, scale: float) -> Grey:
    """A page drawn in grey, ``scale`` pixels a point."""
    picture: Grey = page.render(scale=scale, grayscale=True).to_numpy()
    return picture.reshape(picture.shape[:2])


def rules(grey: Grey, scale: float) -> tuple[Rule, ...]:
    """The ruling lines of a page's picture, in points.

    ``grey`` is (height, width), 0 for black, with ``scale`` pixels a point. An upright stroke that is lower than 40
    points counts only between two flat ones: it may be the stem of a big letter.

    >>> picture = np.full((200, 300), 255, np.uint8)
    >>> picture[[20, 21, 60, 61], 30:250] = 0
    >>> picture[20:62, [30, 31, 249]] = 0
    >>> [tuple(round(x) for x in rule.box) for rule in rules(picture, 2.0)]
    [(15, 10, 125, 10), (15, 30, 125, 30), (16, 10, 16, 31), (125, 10, 125, 31)]
    """
    dark: Mask = grey < DARK
    flat = [Rule(Box(a / scale, y / scale, b / scale, y / scale)) for a, b, y in _strokes(dark, LINE, scale)]
    upright = [Rule(Box(x / scale, a / scale, x / scale, b / scale)) for a, b, x in _strokes(dark.T, STEM, scale)]
    return (*flat, *(rule for rule in upright if rule.box.height >= TALL or _between(rule.box, flat)))


def _between(box: Box, flat: Sequence[Rule]) -> bool:
    crossing = [r.box.top for r in flat if r.box.x0 - REACH <= box.x0 <= r.box.x1 + REACH]
    return all(any(abs(y - end) <= REACH for y in crossing) for end in (box.top, box.bottom))


class _Stroke(NamedTuple):
    start: float
    end: float
    at: float
    """Where it lies across its direction: the row of a flat one."""


def _strokes(dark: Mask, shortest: float, scale: float) -> Iterator[_Stroke]:
    """Long thin strokes along the rows of a mask, in pixels: runs of dark pixels, those of neighbouring rows as one.

    Rows are thickened by one to each side first, so that a slanting line makes runs that are long enough.
    """
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    length = round(shortest * scale)
    growing: list[list[tuple[int, int, int]]] = []
    for row in np.flatnonzero(_has_run(thick, length)):
        for start, end in _runs(thick[row]):
            if end - start >= length:
                _add(growing, int(row), start, end)
    for runs in growing:
        stroke = _stroke(runs)
        if sum(end - start for _, start, end in runs) <= (THICK * scale + 2) * (stroke.end - stroke.start):
            yield stroke


def _has_run(mask: Mask, length: int) -> Mask:
    """For each row, whether it holds a run of at least ``length`` pixels."""
    if mask.shape[1] < length:
        return np.zeros(len(mask), np.bool_)
    sums = np.cumsum(mask, axis=1, dtype=np.int32)
    window = sums[:, length - 1 :].copy()
    window[:, 1:] -= sums[:, :-length]
    found: Mask = (window == length).any(axis=1)
    return found


def _runs(row: Mask) -> list[tuple[int, int]]:
    """(start, end) of the runs in one row, the end exclusive.

    >>> _runs(np.array([0, 1, 1, 0, 1], np.bool_))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _add(growing: list[list[tuple[int, int, int]]], row: int, start: int, end: int) -> None:
    """Put a run to the stroke that it touches in the row above, or begin a new one."""
    for runs in reversed(growing):
        if any(row - r <= 1 and start < e and s < end for r, s, e in runs[-3:]):
            runs.append((row, start, end))
            return
    growing.append([(row, start, end)])


def _stroke(runs: Sequence[tuple[int, int, int]]) -> _Stroke:
    weight = sum(end - start for _, start, end in runs)
    middle = sum((row + 0.5) * (end - start) for row, start, end in runs) / weight
    return _Stroke(min(start for _, start, _ in runs), max(end for _, _, end in runs), middle)


# --- bold ------------------------------------------------------------------------------------------------------------


def with_bold(lines: Sequence[Sequence[Word]], grey: Grey, scale: float) -> list[list[Word]]:
    """The words of a page's lines, those whose strokes are clearly wider than the page's regular ones marked as bold.

    A line is decided as a whole: bold, regular, or changing between words where that fits what was measured much better
    ("Til stede: Kari Dal"). So a word that came out a little thin stays with its bold neighbours, and so does a word of
    one or two letters, which is too little to measure.
    """
    widths = [[_stroke_width(word, grey, scale) / (word.size or 1.0) for word in line] for line in lines]
    letters = [[_weight(word.text) for word in line] for line in lines]
    flat = [pair for ws, ns in zip(widths, letters, strict=True) for pair in zip(ws, ns, strict=True)]
    limit = BOLD * _quantile(sorted((w, n) for w, n in flat if w and n > 2), REGULAR)
    found = []
    for line, ws, ns in zip(lines, widths, letters, strict=True):
        scores = [n * log(w / limit) if w and limit and n > 2 else 0.0 for w, n in zip(ws, ns, strict=True)]
        found.append([replace(word, bold=bold) for word, bold in zip(line, changes(scores, CHANGE), strict=True)])
    return found


def _weight(text: str) -> int:
    """How much a word's strokes tell: its letters, and a third of its digits, which are of many widths."""
    return sum(map(str.isalpha, text)) + sum(map(str.isdigit, text)) // 3


def changes(scores: Sequence[float], cost: float) -> list[bool]:
    """For each score whether it belongs to a run of positive ones; every change from run to run costs ``cost``,
    and beginning with a positive one half of it.

    >>> changes([1.0, -0.1, 0.8, -1.0, -0.7], 0.4)
    [True, True, True, False, False]
    >>> changes([0.0, 0.0], 0.4)
    [False, False]
    """
    path: list[bool] = []
    off, on = (0.0, path), (-cost / 2, path)
    for score in scores:
        stay, leave = off, (on[0] - cost, on[1])
        keep, enter = on, (off[0] - cost, off[1])
        (value, path), (other, bold_path) = max(stay, leave, key=first), max(keep, enter, key=first)
        off, on = (value, [*path, False]), (other + score, [*bold_path, True])
    return max(off, on, key=first)[1]


def _quantile(weighted: Sequence[tuple[float, int]], share: float) -> float:
    """The value below which ``share`` of the weight lies; 0 where there is none.

    >>> _quantile([(1.0, 5), (2.0, 5), (9.0, 2)], 0.5)
    2.0
    """
    left = share * sum(weight for _, weight in weighted)
    for value, weight in weighted:
        left -= weight
        if left < 0:
            return value
    return 0.0


def is_blob(word: Word, grey: Grey, scale: float) -> bool:
    """Whether a mark of one character is a filled dot or square: its strokes are a fifth of its size or more."""
    return _stroke_width(word, grey, scale) > 0.2 * word.size


def _stroke_width(word: Word, grey: Grey, scale: float) -> float:
    """The mean width of a word's strokes along its rows, in points: its ink over the number of strokes in it."""
    box = word.box
    part = grey[
        max(int(box.top * scale), 0) : int(box.bottom * scale) + 1,
        max(int(box.x0 * scale), 0) : int(box.x1 * scale) + 1,
    ]
    dark = part < DARK
    strokes = int(np.count_nonzero(dark[:, 1:] & ~dark[:, :-1])) + int(np.count_nonzero(dark[:, :1]))
    return int(np.count_nonzero(dark)) / strokes / scale if strokes else 0.0
