"""A PDF's pages to blocks in reading order: tables where they stand, text between them as paragraphs.

Each page is read by itself; then what a page break cut in two is put together again (:mod:`ingest.seams`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest import grid, unruled
from ingest.furniture import furniture
from ingest.layouts import is_slides
from ingest.lines import Line, to_lines
from ingest.paragraphs import to_paragraphs
from ingest.seams import PageBlocks, join_pages
from models.layout import Block, Paragraph, paragraphs
from models.page import Page, Word

TEXT_WIDTH = 0.5  # of the page's widest line: shorter lines do not show where the text ends


@dataclass(frozen=True, slots=True)
class _Parsed:
    page: Page
    grids: list[grid.Grid]
    inside: list[list[Word]]
    lines: list[Line]


def to_blocks(pages: Sequence[Page]) -> tuple[list[Block], list[Paragraph]]:
    """All blocks of a file in reading order, and its furniture apart."""
    parsed = [_parsed(page) for page in pages]
    marks = _furniture(parsed)
    rights = _right_margins(parsed, marks)
    flow, apart = [], []
    rivers: tuple[unruled.River, ...] = ()
    for one, taken, right in zip(parsed, marks, rights, strict=True):
        body = [line for i, line in enumerate(one.lines) if i not in taken]
        apart += to_paragraphs([one.lines[i] for i in sorted(taken)], right)
        above = rivers if one.page.shares_fonts is not False else ()
        found = sorted(_page_blocks(one, body, right, above), key=lambda pair: pair[0])
        flow.append(PageBlocks(one.page, tuple(block for _, block in found), right))
        rivers = _open_columns(one, body, above)
    joined = join_pages(flow)
    return joined, [*apart, *_left_out(flow, joined)]


def _left_out(flow: Sequence[PageBlocks], joined: Sequence[Block]) -> Iterator[Paragraph]:
    """What stood on a page and is in no block: the heading row that a table repeats on each page. It is furniture too.

    >>> from models.layout import Place
    >>> head = Paragraph("Saksnr.", places=(Place(2),))
    >>> [left.text for left in _left_out([PageBlocks(Page(2, 595, 842), (head,), 500)], [])]
    ['Saksnr.']
    """
    kept = {place for paragraph in paragraphs(tuple(joined)) for place in paragraph.places}
    for page in flow:
        yield from (p for p in paragraphs(page.blocks) if p.text and kept.isdisjoint(p.places))


def _parsed(page: Page) -> _Parsed:
    """A page's words parted into those of its ruled tables and the lines outside them."""
    tables = grid.grids(page)
    inside: list[list[Word]] = [[] for _ in tables]
    outside: list[Word] = []
    for word in page.words:
        at = next((i for i, table in enumerate(tables) if table.holds(word)), None)
        (outside if at is None else inside[at]).append(word)
    return _Parsed(page, tables, inside, to_lines(outside, page.number))


def _furniture(parsed: Sequence[_Parsed]) -> list[set[int]]:
    """The furniture of each page.

    Scanned pages and exported ones have none in common: where the scan of minutes lies
    behind the minutes themselves, what both have on top is their title.
    """
    marks: list[set[int]] = []
    for _, run in groupby(parsed, key=lambda one: one.page.scanned):
        pages = list(run)
        marks += furniture([p.lines for p in pages], [p.page.height for p in pages])
    return marks


def _right_margins(parsed: Sequence[_Parsed], marks: Sequence[set[int]]) -> list[float]:
    """Where running text ends on each page, in points; a page with little text takes its neighbours' margin."""
    own = []
    for one, taken in zip(parsed, marks, strict=True):
        lines = [line for i, line in enumerate(one.lines) if i not in taken]
        widest = max((line.box.width for line in lines), default=0.0)
        long = [line.box.x1 for line in lines if line.box.width > TEXT_WIDTH * widest and not unruled.rivers_of(line)]
        own.append(max(long, default=0.0) if widest > 0.4 * one.page.width else 0.0)
    return [right or max(_near(own, at), default=0.0) or parsed[at].page.width * 0.88 for at, right in enumerate(own)]


def _near(values: Sequence[float], at: int) -> list[float]:
    return list(values[max(at - 2, 0) : at + 3])


def _page_blocks(
    one: _Parsed, lines: list[Line], right: float, above: Sequence[unruled.River]
) -> Iterator[tuple[float, Block]]:
    """The blocks of one page with the height at which they begin; ``above`` are the open columns of the page before."""
    for table, words in zip(one.grids, one.inside, strict=True):
        read, loose = grid.to_table(table, words)
        yield table.box.top, read
        for line in to_lines(loose, one.page.number):
            yield from _text(line.box.top, [line], right)
    for n, run in enumerate(_between(lines, [table.box.top for table in one.grids])):
        yield from _columns_and_text(run, right, () if n or one.grids else above, slide=is_slides([one.page]))


def _between(lines: list[Line], tops: list[float]) -> Iterator[list[Line]]:
    """Lines in runs that no ruled table interrupts."""
    run: list[Line] = []
    for line in lines:
        if run and any(run[-1].box.top < top < line.box.top for top in tops):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _open_columns(one: _Parsed, lines: list[Line], above: Sequence[unruled.River]) -> tuple[unruled.River, ...]:
    """The columns without rules that reach the end of a page, where no ruled table stands below them."""
    runs = list(_between(lines, [table.box.top for table in one.grids]))
    if not runs or any(table.box.top > runs[-1][-1].box.top for table in one.grids):
        return ()
    return unruled.rivers_at_end(runs[-1], () if one.grids else above)


def _columns_and_text(
    lines: list[Line], right: float, above: Sequence[unruled.River], *, slide: bool
) -> Iterator[tuple[float, Block]]:
    """Lines outside ruled tables as tables without rules, text in columns, and text; columns on a slide are text."""
    done = 0
    for region in unruled.regions(lines, above):
        yield from _text(lines[done].box.top, lines[done : region.first], right)
        top = lines[region.first].box.top
        columns = unruled.columns(region, lines)
        if slide or unruled.is_prose(columns):
            for column in columns:
                yield from _text(top, column, max(line.box.x1 for line in column))
        else:
            yield top, unruled.to_table(region, lines, right)
        done = region.after
    if done < len(lines):
        yield from _text(lines[done].box.top, lines[done:], right)


def _text(top: float, lines: list[Line], right: float) -> Iterator[tuple[float, Block]]:
    for paragraph in to_paragraphs(lines, right):
        yield top, paragraph
