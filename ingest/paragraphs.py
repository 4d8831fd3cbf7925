"""Lines to paragraphs: the layout of a text column undone.

A line ends its paragraph when the next line's first word would still have fitted on it; that is how word processors
break lines, so it needs neither blank lines nor indents. A change of weight or size, a list label, a wide gap and a
new indent begin a paragraph too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from ingest.clean import clean, join_lines
from ingest.lines import BULLET, NUMBERED, Line, label_length
from models.layout import Paragraph, Place
from models.page import Word, union
from models.words import is_unfinished

WIDE_GAP = 0.95  # of the font size: blank space of nearly a line
LOOSER = 1.3  # a line distance this much larger than inside the paragraph ends it
INDENT = 6.0  # points; smaller differences come from rounding and italic overhang
SHORT_LINE = 0.25  # of the column: a sentence that ends this early ends the paragraph too
WIDEST_BLANK = 0.4  # of the text's size: more than that is a line set to both margins
HARDLY = 0.05  # of the text's size: a word that had room by less may as well have had none; ink is not what is measured
LOWER_CASE = (
    0.4  # of the column: a line in small letters after an open sentence goes on even where hands broke the line
)
# "042/24 Budsjett ........ 2" is a line of a table of contents, "Forfall: Kari Dal" after "Til stede: …" one of a head.
CONTENTS_LINE = re.compile(r"\.{4,}\s*\d{1,3}$")
HEAD_LABEL = re.compile(r"[A-ZÆØÅ][\wæøå/]*(?: [\wæøå/]+){0,2}:\s")
ENDS = (".", ":", "?", "!", "»", ";")


def to_paragraphs(lines: list[Line], right: float) -> list[Paragraph]:
    """Lines of one text column, top to bottom, as paragraphs.

    ``right`` is where the column ends, in points: no line could have been longer.
    """
    runs = list(_runs(lines, right, line_distance(lines, right)))
    found: list[Paragraph] = []
    above: Line | None = None
    edges: list[float] = []
    for run in runs:
        gap = max(run[0].box.top - above.box.bottom, 0.0) if above and above.page == run[0].page else 0.0
        label = _label(run[0])
        level = _level(edges, run[0].box.x0) if label and BULLET.fullmatch(clean(label)) else 0
        if not label:
            edges.clear()
        found.append(_paragraph(run, label, level, gap))
        above = run[-1]
    return [p for p in found if p.text or p.struck]


def _runs(lines: list[Line], right: float, distance: float) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and begins_paragraph(run, line, right, distance):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def line_distance(lines: list[Line], right: float) -> float:
    """The smallest distance, in points, that two or more lines keep to the full line above them; 0 where none do.

    It is the distance inside paragraphs, and tells a paragraph of one full line from the next one.
    """
    seen: Counter[float] = Counter()
    for above, line in pairwise(lines):
        full = right - above.box.x1 < SHORT_LINE * (right - above.box.x0)
        alike = above.page == line.page and abs(above.size - line.size) < 0.1
        if full and alike and line.box.bottom > above.box.bottom and not _label(line):
            seen[round(2 * (line.box.bottom - above.box.bottom)) / 2] += 1
    return min((distance for distance, times in seen.items() if times > 1), default=0.0)


def begins_paragraph(run: list[Line], line: Line, right: float, distance: float = 0.0) -> bool:
    """Whether ``line`` begins a paragraph after the lines of ``run``; ``distance`` is that between lines of one."""
    last = run[-1]
    if _looks_differ(last, line) or _label(line, after=last):
        return True
    if CONTENTS_LINE.search(last.text) or (HEAD_LABEL.match(run[0].text) and HEAD_LABEL.match(line.text)):
        return True
    if line.page == last.page and _gap_says(run, line, distance):
        return True
    if would_have_fitted(last, line, right):
        return True
    return _indent_says(run, line)


def would_have_fitted(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of ``line`` had room on ``last``, or ``last`` stops far short at a sentence's end."""
    room = right - last.box.x1
    first = line.words[0]
    blank = _blank(last)
    width = max(right - last.box.x0, 1.0)
    needed = first.box.width + blank + HARDLY * (last.size or 10.0)
    if is_unfinished(last.text) or (line.text[:1].islower() and not last.text.endswith(ENDS)):
        return room > max(needed, LOWER_CASE * width)
    if room > needed:
        return True
    return room > SHORT_LINE * width and last.text.endswith(ENDS) and not line.text[:1].islower()


def _blank(line: Line) -> float:
    """The width of a blank: the narrowest of the line, since some faces have wider ones than most.

    >>> from models.page import Box
    >>> words = tuple(Word(text, Box(x, 0, x + 9, 8), size=8.0) for text, x in (("innen", 0), ("3.", 12)))
    >>> _blank(Line(words, Box(0, 0, 21, 8), 1))
    3
    """
    size = line.size or 10.0
    gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(line.words)]
    return min(max(0.25 * size, min(gaps, default=0.0)), WIDEST_BLANK * size)


def _looks_differ(last: Line, line: Line) -> bool:
    before, after = last.in_force[-1], line.in_force[0]
    if (last.bold or line.bold) and before.bold != after.bold:
        return True
    if not before.bold and _bold_label(line):
        return True
    if (last.italic or line.italic) and before.italic != after.italic and last.bold:
        return True
    return abs(last.size - line.size) > 0.15 * max(last.size, line.size, 1.0)


def _bold_label(line: Line) -> bool:
    """Whether a line begins with a label in bold: "Sekretariat: Kari Dal"."""
    label = list(_while_bold(line.in_force))
    return bool(label) and label[-1].endswith(":")


def _gap_says(run: list[Line], line: Line, distance: float) -> bool:
    last = run[-1]
    gap = line.box.top - last.box.bottom
    if gap > WIDE_GAP * (line.size or 10.0):
        return True
    if len(run) > 1 and run[-2].page == last.page:
        pitch = last.box.bottom - run[-2].box.bottom
    else:  # one line tells no distance: only a sentence's end may be a paragraph's
        pitch = distance if last.text.endswith(ENDS) and not line.text[:1].islower() else 0.0
    return pitch > 0 and line.box.bottom - last.box.bottom > LOOSER * pitch + 1.0


def _indent_says(run: list[Line], line: Line) -> bool:
    first = run[0]
    starts = [first.box.x0]
    if _label(first):
        starts.append(first.words[1].box.x0)
        return line.box.x0 < first.box.x0 - INDENT
    return all(abs(line.box.x0 - start) > INDENT for start in [*starts, run[-1].box.x0])


def _label(line: Line, after: Line | None = None) -> str | None:
    """The list label a line begins with. A number with a full stop in the middle of a sentence is none."""
    tokens = [w.text for w in line.words]
    if not label_length(tokens):
        return None
    if after and NUMBERED.fullmatch(tokens[0]) and not after.text.endswith(ENDS) and tokens[1][:1].islower():
        return None
    if after and tokens[0] in "-–" and after.text[-1:].isalnum() and line.words[1].box.x0 - line.words[0].box.x1 < 4.0:
        # a dash between two parts of a sentence that happens to stand first on its line
        return tokens[0] if abs(line.box.x0 - after.box.x0) > INDENT or _label(after) else None
    return tokens[0]


def _level(edges: list[float], x0: float) -> int:
    """Nesting of a bullet by its indent; ``edges`` holds the indents of the open list, outermost first."""
    while edges and x0 < edges[-1] - INDENT:
        edges.pop()
    if not edges or x0 > edges[-1] + INDENT:
        edges.append(x0)
    return len(edges) - 1


def _paragraph(run: list[Line], label: str | None, level: int, gap: float) -> Paragraph:
    texts = [line.text for line in run]
    if label:
        texts[0] = texts[0].removeprefix(clean(label)).strip()
    return Paragraph(
        text=join_lines(texts),
        places=tuple(_places(run)),
        label=clean(label) if label else None,
        level=level,
        bold=all(line.bold for line in run),
        italic=all(line.italic for line in run),
        lead=_lead(run),
        size=run[0].size,
        colour=run[0].in_force[-1].colour,
        gap=round(gap, 1),
        lines=tuple(texts),
        struck=" ".join(filter(None, (line.struck for line in run))),
    )


def _places(run: list[Line]) -> Iterator[Place]:
    for page, lines in groupby(run, key=lambda line: line.page):
        yield Place(page, union([line.box for line in lines]))


def _lead(run: list[Line]) -> str:
    words: list[Word] = [w for line in run for w in line.in_force]
    if all(w.bold for w in words):
        return ""
    return clean(" ".join(_while_bold(words)))


def _while_bold(words: Iterable[Word]) -> Iterator[str]:
    for word in words:
        if not word.bold:
            return
        yield word.text
