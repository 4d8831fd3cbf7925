"""Tables without ruling lines: columns seen by the white river between them.

The three-column agenda is as often set with tabs or a table without borders. A line with a wide blank in it opens a
region; the region goes on as long as every following line leaves the same river free. Where both banks are prose, it
is no table but text set in columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.lines import Line, label_length, to_lines
from ingest.paragraphs import to_paragraphs
from models.layout import Cell, Row, Table
from models.page import Box, Word

WIDE = 1.5  # of the font size: no blank between two words of justified text is as wide
NARROWEST = (
    0.8  # points that a river must keep; text may reach to its cell's edge, and blanks between words seldom meet
)
CLOSE = 0.6  # of the font size: less between two words is a blank
UNSETTLED = 3  # lines in which a region may still lose rivers that only its first line showed
TRAILING = 2.2  # of the font size: after the last line on both banks a wider gap than this ends the table
FAR = 60.0  # points of blank height that end a table
PROSE = 0.55  # of a column's width: lines of prose fill more than this, entries of a table less

River = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """Lines ``first`` up to, not including, ``after`` with the rivers that run through them."""

    first: int
    after: int
    rivers: tuple[River, ...]


def rivers_of(line: Line) -> list[River]:
    """The wide blanks of one line; the blank behind a list mark is none.

    >>> words = [Word("2022.21", Box(40, 0, 80, 10), 10), Word("Avvik", Box(114, 0, 140, 10), 10)]
    >>> rivers_of(Line(tuple(words), Box(40, 0, 140, 10), 1))
    [(80, 114)]
    """
    words = line.words[label_length([w.text for w in line.words]) :]
    wide = WIDE * (line.size or 10.0)
    return [(a.box.x1, b.box.x0) for a, b in pairwise(words) if b.box.x0 - a.box.x1 >= wide]


def narrowed(rivers: Sequence[River], line: Line, *, settled: bool = True) -> list[River]:
    """What a line leaves of the rivers; one that it bridges is gone.

    Text is set from the left, so a column's right neighbour begins at the same x in every line while its own lines
    end where they end: words push a river's left bank. Only while a region is not ``settled`` may they move its right
    bank. A line with words on both banks and no more than a blank between them is running text.

    >>> words = (Word("a", Box(120, 0, 300, 9)), Word("b", Box(400, 0, 420, 9)))
    >>> narrowed([(100, 400), (290, 310)], Line(words, Box(120, 0, 420, 9), 1))
    [(300, 400), (300, 310)]
    """
    left = []
    blank = CLOSE * (line.size or 10.0)
    for start, end in rivers:
        across = [w.box.x0 for w in line.words if w.box.x0 < end - NARROWEST and w.box.x1 > end]
        if across and settled:
            continue
        end = min([end, *across])
        before = [w.box.x1 for w in line.words if w.box.x1 <= end]
        after = [w.box.x0 for w in line.words if w.box.x0 >= end - NARROWEST]
        if before and after and min(after) - max(before) < blank:
            continue
        start = max([start, *before])
        if end - start >= NARROWEST:
            left.append((start, end))
    return left


def regions(lines: Sequence[Line], above: Sequence[River] = ()) -> Iterator[Region]:
    """The regions of a page's lines (top to bottom) through which a river runs, at least two lines each."""
    at = 0
    rest = _rest(lines, above)
    if rest is not None:
        yield rest
        at = rest.after
    while at < len(lines):
        rivers = rivers_of(lines[at])
        if not rivers:
            at += 1
            continue
        after, rivers = _grown(lines, at, rivers)
        after = _trimmed(lines, at, after, rivers)
        if _filled(lines[at:after], rivers) >= 2:
            yield Region(at, after, tuple(rivers))
            at = after
        else:
            at += 1


def _rest(lines: Sequence[Line], rivers: Sequence[River]) -> Region | None:
    """The region with which a page begins where it goes on with the columns of the page before, ``rivers`` apart."""
    after = 0
    left = list(rivers)
    while rivers and after < len(lines):
        kept = narrowed(left, lines[after])
        if len(kept) < len(rivers) or (after and lines[after].box.top - lines[after - 1].box.bottom > FAR):
            break
        left, after = kept, after + 1
    after = _trimmed(lines, 0, after, left) if after else 0
    return Region(0, after, tuple(left)) if after and _filled(lines[:after], left) else None


def rivers_at_end(lines: Sequence[Line], above: Sequence[River] = ()) -> tuple[River, ...]:
    """The rivers that reach the last of a page's lines: the next page may go on with them."""
    return next((r.rivers for r in regions(lines, above) if r.after == len(lines)), ())


def _grown(lines: Sequence[Line], first: int, rivers: list[River]) -> tuple[int, list[River]]:
    """How far a region reaches. Its first three lines may still show which rivers are real; later none may be lost."""
    rivers = list(rivers)
    for at in range(first + 1, len(lines)):
        line, above = lines[at], lines[at - 1]
        if line.box.top - above.box.bottom > FAR or abs(line.size - above.size) > 0.2 * above.size:
            return at, rivers
        if any(not any(a < end and start < b for start, end in rivers) for a, b in rivers_of(line)):
            return at, rivers  # a wide blank inside a column: other columns begin here
        left = narrowed(_with_new(rivers, line, lines[first:at]), line, settled=at - first >= UNSETTLED)
        if not left or (len(left) < len(rivers) and at - first >= UNSETTLED):
            return at, rivers
        rivers = left
    return len(lines), rivers


def _trimmed(lines: Sequence[Line], first: int, after: int, rivers: Sequence[River]) -> int:
    """The end of a region without what stands below it on one bank only: a list of annexes under signatures."""
    last = max((at for at in range(first, after) if _filled(lines[at : at + 1], rivers)), default=first)
    for at in range(last + 1, after):
        if lines[at].box.top - lines[at - 1].box.bottom > TRAILING * (lines[at].size or 10.0):
            return at
    return after


def _with_new(rivers: list[River], line: Line, above: Sequence[Line]) -> list[River]:
    """The rivers and those of a further line that all lines above leave free (the blank middle of "Saksnr.
    Ansvar").
    """
    if len(above) > 4:
        return rivers
    found = list(rivers)
    for river in rivers_of(line):
        within = next((r for r in found if r[0] < river[1] and river[0] < r[1]), None)
        inside = [w for w in line.words if within and _inside(w, within)]
        if within and inside:
            found.remove(within)
            found += [(within[0], min(w.box.x0 for w in inside)), (max(w.box.x1 for w in inside), within[1])]
    return sorted(set(found))


def _inside(word: Word, river: River) -> bool:
    return word.box.x0 >= river[0] and word.box.x1 <= river[1]


def _filled(lines: Sequence[Line], rivers: Sequence[River]) -> int:
    """How many lines have words on both banks of some river."""
    return sum(
        any(
            any(w.box.x1 <= start for w in line.words) and any(w.box.x0 >= end for w in line.words)
            for start, end in rivers
        )
        for line in lines
    )


def is_prose(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether the columns are running text: at least two of four lines or more, most of them full."""
    full = 0
    for lines in columns:
        width = max((line.box.x1 for line in lines), default=0.0) - min((line.box.x0 for line in lines), default=0.0)
        full += len(lines) >= 4 and median(line.box.width for line in lines) > PROSE * max(width, 1.0) and width > 120.0
    return full >= 2 and full == len(columns)


def columns(region: Region, lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a region cut at its rivers, one list a column."""
    cuts = [(start + end) / 2 for start, end in region.rivers]
    sorted_words: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for line in lines[region.first : region.after]:
        for word in line.words:
            middle = (word.box.x0 + word.box.x1) / 2
            sorted_words[sum(middle > cut for cut in cuts)].append(word)
    return [to_lines(words, lines[region.first].page) for words in sorted_words]


def to_table(region: Region, lines: Sequence[Line], right: float) -> Table:
    """A region as a table; ``right`` is the right margin of the page's text in points."""
    cut = columns(region, lines)
    limits = [start for start, _ in region.rivers] + [right]
    tops = list(_row_tops(cut))
    rows = []
    for top, bottom in pairwise([*tops, float("inf")]):
        cells = []
        for at, column in enumerate(cut):
            inside = [line for line in column if top - 2.0 <= line.box.top < bottom - 2.0]
            limit = max([limits[at], *(line.box.x1 for line in column)])
            cells.append(Cell(tuple(to_paragraphs(inside, limit)), at))
        rows.append(Row(tuple(cells)))
    return Table(tuple(rows), ruled=False)


_SHAPE = re.compile(r"\d+")


def _row_tops(cut: Sequence[Sequence[Line]]) -> Iterator[float]:
    """Where rows begin, in points from the top of the page.

    Where the first column holds numbers ("2022.21", "12/23"), a row begins at each number of that form and what stands
    under it ("2 vedlegg", "Orientering") belongs to it; else at each line of the first column.
    """
    first = list(cut[0])
    yield min(column[0].box.top for column in cut if column)
    shapes = [_shape(line.text) for line in first]
    numbered = [s for s in shapes if s]
    for at, line in enumerate(first):
        begins = bool(shapes[at]) if len(numbered) >= 2 or (numbered and shapes[:2].count("") == 1) else True
        if begins and line.box.top > min(column[0].box.top for column in cut if column) + 2.0:
            yield line.box.top


def _shape(text: str) -> str:
    """A number with its digits masked; empty for anything else.

    >>> _shape("2022. 31"), _shape("12/23"), _shape("2 vedlegg"), _shape("Orientering")
    ('#.#', '#/#', '', '')
    """
    masked = _SHAPE.sub("#", text.replace(" ", ""))
    return masked if re.fullmatch(r"(?:[A-ZÆØÅa-zæøå]{1,5}[-.:]?)?#[./-]#", masked) else ""


def box_of(region: Region, lines: Sequence[Line]) -> Box:
    """The box round a region's lines."""
    inside = lines[region.first : region.after]
    box = inside[0].box
    for line in inside[1:]:
        box = box.union(line.box)
    return box
