"""A page as recognised to a page like any other: font sizes, bold words, list marks and ruling lines put right.

The recogniser's text layer has one font, sized line by line after the letters that happen to stand there; marks such as
"•" come out as the letter that they resemble most; ruling lines come out as nothing or as "|".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.ink import Grey, is_blob, rules, with_bold
from ingest.lines import to_lines
from models.page import Box, Page, Word

ASCENT = 0.72
"""Height of capitals and ascenders over the font size: .70 to .76 in the faces of word processors. OCRmyPDF sets a
line's font as large as its letters reach above the baseline."""
SAME_SIZE = 0.2  # what lines of one font differ by when measured by their width: bold is 5 to 8 per cent wider
FEW_WIDTHS = 2.0  # font sizes: four letters
WIDTHS = {c: w for w, cs in ((0.26, "ijlI.,:;'’|!"), (0.36, "tfrJ()[]/-"), (0.85, "mwæMWÆ%@–—…")) for c in cs}
SPECKS = frozenset("|¦_~‚'`´.")  # what a ruling line or dust is read as, when it stands by itself
HOLLOW = frozenset("Oo0°")  # what Word's bullet of the second level is read as
DASHES = frozenset("-–—")


def tidied(page: Page, grey: Grey, scale: float, number: int) -> Page:
    """A recognised page with all that its picture ``grey`` (``scale`` pixels a point) says besides the letters."""
    drawn = rules(grey, scale)
    words = list(_without_logos([_resized(word) for word in page.words if not set(word.text) <= SPECKS]))
    sized = [_sized(line.words) for line in to_lines(words, number)]
    level = levels(word for line in sized for word in line)
    lines = with_bold([[replace(w, size=level[w.size]) for w in line] for line in sized], grey, scale)
    words = [word for line in lines for word in _with_marks(line, grey, scale)]
    return replace(
        page, number=number, words=tuple(words), rules=drawn, characters=sum(len(w.text) for w in words),
        scanned=True, images=True, shares_fonts=None,
    )  # fmt: skip


def _without_logos(words: Sequence[Word]) -> Iterator[Word]:
    """Words without the few letters that a logo was read as: three times as large as the page's text, at most three."""
    usual = median([word.size for word in words]) if words else 0.0
    return (word for word in words if word.size < 3 * usual or len(word.text) > 3)


def _resized(word: Word) -> Word:
    """A word with its real font size, and its box as high as that makes a line.

    >>> _resized(Word("Sak", Box(50, 100, 70, 107.2), size=7.2)).box
    Box(x0=50, top=97.816, x1=70, bottom=107.816)
    """
    baseline, size = word.box.bottom - 0.22 * word.size, word.size / ASCENT
    box = Box(word.box.x0, round(baseline - 0.78 * size, 3), word.box.x1, round(baseline + 0.22 * size, 3))
    return replace(word, box=box, size=size)


def _sized(words: Sequence[Word]) -> list[Word]:
    """A line's words with the font size that their widths tell; a line of a few letters keeps what it has.

    Widths are those of Helvetica, so other faces come out up to an eighth too large or small, but all lines alike.
    The recogniser's own sizes differ by a quarter between lines of one font, most of all in coarse scans.

    >>> [word.size for word in _sized([Word("Saken", Box(0, 0, 28.5, 9), 12), Word("utsatt", Box(32, 0, 59, 9), 12)])]
    [10.0, 10.0]
    """
    expected = sum(_width(word.text) for word in words)
    if expected < FEW_WIDTHS:
        return list(words)
    size = round(sum(word.box.width for word in words) / expected, 1)
    return [replace(word, size=size) for word in words]


def _width(text: str) -> float:
    """The width of a word over its font size: three widths of letters and signs, one for capitals, one for the rest."""
    return sum(WIDTHS.get(c) or (0.69 if c.isupper() else 0.54) for c in text)


def level_sizes(pages: Sequence[Page]) -> list[Page]:
    """The pages of a file with the sizes of one font made one."""
    level = levels(word for page in pages for word in page.words)
    return [replace(page, words=tuple(replace(w, size=level[w.size]) for w in page.words)) for page in pages]


def levels(words: Iterable[Word]) -> dict[float, float]:
    """For each size the one that it stands for: of the most used that lie a fifth apart the nearest.

    >>> levels(Word("ord", Box(0, 0, 9, 9), size=size) for size in (10.6, 11.2, 10.6, 16.0))
    {10.6: 10.6, 11.2: 10.6, 16.0: 16.0}
    """
    weights: dict[float, int] = {}
    for word in words:
        weights[word.size] = weights.get(word.size, 0) + len(word.text)
    kept: list[float] = []
    for size in sorted(weights, key=lambda size: (-weights[size], size)):
        if all(abs(level - size) > SAME_SIZE * level for level in kept):
            kept.append(size)
    return {size: round(_nearest(kept, size), 1) for size in weights}


def _nearest(values: Sequence[float], value: float) -> float:
    return min(values, key=lambda one: abs(one - value))


def _with_marks(words: Sequence[Word], grey: Grey, scale: float) -> Iterator[Word]:
    """A line's words, the list marks among them as printed: "e Rekruttering", "O —Digitalisering" (• and o)."""
    mark = ""
    for word, after in pairwise([*words, None]):
        if word is None:
            return
        text = word.text.lstrip("—") if mark else word.text
        mark = _mark(word, after, grey, scale)
        if text:
            yield replace(word, text=mark or text, bold=word.bold and not mark)


def _mark(word: Word, after: Word | None, grey: Grey, scale: float) -> str:
    """The list mark that a single character stands for; "" where it is none."""
    if len(word.text) != 1 or after is None or word.text in DASHES:
        return ""
    if word.text == "*" or is_blob(word, grey, scale):
        return "•"
    return "o" if word.text in HOLLOW and after.text.lstrip("—")[:1].isupper() else ""
