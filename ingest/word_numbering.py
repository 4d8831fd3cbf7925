"""Automatic list labels, computed as Word computes them.

A DOCX stores no "a)" or "1.2": a paragraph names a list and a level, and the label follows from the paragraphs before
it (ISO/IEC 29500-1, 17.9). Lists that share an abstract definition go on counting where the other stopped, unless one
says where to start; a level begins anew when a higher one has moved on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from docx.oxml.ns import qn

from ingest.word_package import Element
from ingest.word_settled import flag, number, value
from ingest.word_styles import Styles

DEEPEST = 8  # levels run from 0 to 8
DASHES = frozenset("-–—−\uf02d")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MAX_ROMAN = 3999
MAX_LETTERS = 780  # thirty times the alphabet, where Word stops too
BULLETS = frozenset("•o–")
"""The labels that stand for all bullets."""


class Level(NamedTuple):
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    """The label with ``%1`` … ``%9`` for the numbers of the levels 0 … 8."""
    restart: int | None = None
    """The level begins anew after one of the first ``restart`` levels; None: after any higher one; 0: never."""
    legal: bool = False
    """All numbers in the label are written as digits."""
    style: str | None = None
    """The paragraph style that belongs to this level."""


@dataclass
class List:
    """A list (``w:num``): the definition it shares with others, and what it changes in it."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)
    """Levels that begin anew, with the number to begin with, when this list first uses them."""


@dataclass
class Numbering:
    """The lists of a file and how far each has come. One instance walks one document once, from top to bottom."""

    lists: dict[str, List] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next_label(self, list_id: str, level: int) -> str | None:
        """The label of the next paragraph of a list; None for an unknown list or a level without a visible label."""
        found = self.lists.get(list_id)
        if found is None:
            return None
        level = min(max(level, 0), DEEPEST)
        counts = self.counts.setdefault(found.abstract, {})
        counts[level] = self._next(found, list_id, level, counts)
        for deeper in [other for other in counts if other > level and _begins_anew(found, other, level)]:
            del counts[deeper]
        return _label(found, level, counts)

    def _next(self, found: List, list_id: str, level: int, counts: dict[int, int]) -> int:
        first_use = (list_id, level) not in self.begun
        self.begun.add((list_id, level))
        start = found.starts.get(level, found.levels.get(level, Level()).start)
        if level not in counts or (first_use and level in found.starts):
            return start
        return counts[level] + 1


def list_of(paragraph: Element, styles: Styles, numbering: Numbering) -> tuple[str, int] | None:
    """List id and level of a paragraph, by its own properties or its style's; None where it is in no list."""
    layers = [paragraph.find(qn("w:pPr")), *(s.find(qn("w:pPr")) for s in styles.chain(styles.style_of(paragraph)))]
    marks = [layer.find(qn("w:numPr")) for layer in layers if layer is not None]
    marks = [mark for mark in marks if mark is not None]
    list_id = next((found for mark in marks if (found := value(mark, "w:numId")) is not None), None)
    if list_id is None or list_id == "0":  # 0 takes a paragraph out of its style's list
        return None
    level = next((found for mark in marks if (found := value(mark, "w:ilvl")) is not None), None)
    if level is None:
        return list_id, _level_of_style(numbering.lists.get(list_id), styles, paragraph)
    return list_id, number(level)


def _level_of_style(found: List | None, styles: Styles, paragraph: Element) -> int:
    names = [style.get(qn("w:styleId")) for style in styles.chain(styles.style_of(paragraph))]
    levels = found.levels.items() if found else ()
    return next((number for name in names for number, level in levels if name and level.style == name), 0)


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The lists of ``word/numbering.xml``; none where the file has no such part."""
    if root is None:
        return Numbering()
    abstracts = {a.get(qn("w:abstractNumId"), ""): a for a in root.iter(qn("w:abstractNum"))}
    nums = {n.get(qn("w:numId"), ""): n for n in root.iter(qn("w:num"))}
    return Numbering({key: _list(num, abstracts, nums, styles) for key, num in nums.items()})


def _list(num: Element, abstracts: dict[str, Element], nums: dict[str, Element], styles: Styles) -> List:
    key = _definition(value(num, "w:abstractNumId") or "", abstracts, nums, styles)
    levels = dict(_levels(abstracts.get(key)))
    starts: dict[int, int] = {}
    for override in num.findall(qn("w:lvlOverride")):
        level = number(override.get(qn("w:ilvl")))
        levels.update(_levels(override))
        if (start := value(override, "w:startOverride")) is not None:
            starts[level] = number(start, 1)
    return List(key, levels, starts)


def _definition(key: str, abstracts: dict[str, Element], nums: dict[str, Element], styles: Styles) -> str:
    """The abstract definition that holds the levels: a list that follows a list style points to it by name."""
    link = value(abstracts.get(key), "w:numStyleLink")
    for style in styles.chain(link):
        named = next((value(mark, "w:numId") for mark in style.iter(qn("w:numPr"))), None)
        if named in nums:
            return value(nums[named], "w:abstractNumId") or key
    return key


def _levels(holder: Element | None) -> Iterator[tuple[int, Level]]:
    for level in () if holder is None else holder.findall(qn("w:lvl")):
        restart = value(level, "w:lvlRestart")
        read = Level(
            start=number(value(level, "w:start"), 1),
            form=value(level, "w:numFmt") or "decimal",
            text=value(level, "w:lvlText") or "",
            restart=None if restart is None else number(restart),
            legal=bool(flag(level, "w:isLgl")),
            style=value(level, "w:pStyle"),
        )
        yield number(level.get(qn("w:ilvl"))), read


def _begins_anew(found: List, deeper: int, level: int) -> bool:
    restart = found.levels.get(deeper, Level()).restart
    return restart is None or level < restart


def _label(found: List, level: int, counts: dict[int, int]) -> str | None:
    own = found.levels.get(level, Level())
    if own.form == "bullet":
        return bullet(own.text)

    def written(match: re.Match[str]) -> str:
        part = int(match[1]) - 1
        there = found.levels.get(part, Level())
        return in_form(counts.get(part, there.start), "decimal" if own.legal and there.form != "none" else there.form)

    return re.sub(r"%([1-9])", written, own.text).strip() or None


def bullet(glyph: str) -> str | None:
    """One of three labels for the many glyphs that lists use.

    >>> [bullet(glyph) for glyph in ("\uf0b7", "·", "o", "-", "\uf0a7", "")]
    ['•', '•', 'o', '–', '•', None]
    """
    if not glyph.strip():
        return None
    if glyph.strip() == "o":
        return "o"
    return "–" if glyph.strip() in DASHES else "•"


def in_form(count: int, form: str) -> str:
    """A number in a format of 17.18.59; formats of other scripts come out as digits.

    >>> in_form(3, "lowerLetter"), in_form(28, "upperLetter"), in_form(4, "lowerRoman"), in_form(7, "decimalZero")
    ('c', 'BB', 'iv', '07')
    """
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and 0 < count <= MAX_LETTERS:
        text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return text if form == "lowerLetter" else text.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < count <= MAX_ROMAN:
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    if form == "ordinal":  # Norwegian: "1."
        return f"{count}."
    return f"{count:02}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    text = ""
    for amount, letters in ROMAN:
        text += letters * (count // amount)
        count %= amount
    return text
