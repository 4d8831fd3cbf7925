"""Where quoted words stand on a page: the boxes of the lines they fill, found among the page's letters.

Evidence names the paragraph that a value was read from. A value is often a part of it, and a paragraph runs over
several lines, so what is marked is looked for inside the paragraph's box, letter by letter: blanks, hyphens at line
ends and list marks do not count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from models.page import Box, union

AIR = 1.5
"""Points outside a box at which a letter's middle still counts as inside: readers round their boxes differently."""
SHORTEST = 8
"""Letters that the end of one page and the beginning of a quote must share to be taken for the same."""


class Letter(NamedTuple):
    """A printed character: what of it counts (a ligature gives several letters), and its box."""

    text: str
    box: Box


def letters_of(character: str) -> str:
    """What of a character counts: letters and digits, small, ligatures taken apart.

    >>> letters_of("Å"), letters_of("ﬁ"), letters_of("-"), letters_of(" ")
    ('å', 'fi', '', '')
    """
    return "".join(c for c in unicodedata.normalize("NFKC", character).casefold() if c.isalnum())


def quoted_lines(letters: Iterable[Letter], quote: str, place: Box) -> list[Box]:
    """One box for each line that the quote fills inside ``place``; ``place`` itself where its words are not there.

    That happens on a scanned page, whose words are in the picture only.

    >>> page = [Letter(c, Box(10 + 5 * n, 100 + 12 * line, 15 + 5 * n, 110 + 12 * line))
    ...         for line, text in enumerate(("sakenom", "avvikert")) for n, c in enumerate(text)]
    >>> quoted_lines(page, "om av-\\nvik", Box(0, 95, 300, 130))
    [Box(x0=35, top=100, x1=45, bottom=110), Box(x0=10, top=112, x1=35, bottom=122)]
    >>> quoted_lines([], "om avvik", Box(0, 95, 300, 130))
    [Box(x0=0, top=95, x1=300, bottom=130)]
    """
    inside = [letter for letter in letters if _holds(place, letter.box)]
    lines = list(_lines(inside))
    first, end = _span("".join(letter.text for line in lines for letter in line), letters_of(quote))
    boxes, done = [], 0
    for line in lines:
        chosen = []
        for letter in line:
            if first <= done < end:
                chosen.append(letter.box)
            done += len(letter.text)
        if chosen:
            boxes.append(union(chosen))
    return boxes or [place]


def found_lines(letters: Sequence[Letter], text: str) -> list[Box]:
    """One box for each line of every place on a page where the text stands, in the order in which the page is written.

    >>> page = [Letter(c, Box(10 + 5 * n, 100 + 12 * line, 15 + 5 * n, 110 + 12 * line))
    ...         for line, text in enumerate(("sakenom", "avvikert")) for n, c in enumerate(text)]
    >>> found_lines(page, "om avvik"), found_lines(page, "Referat")
    ([Box(x0=35, top=100, x1=45, bottom=110), Box(x0=10, top=112, x1=35, bottom=122)], [])
    """
    owners = [letter for letter in letters for _ in letter.text]
    stream, wanted, boxes = "".join(letter.text for letter in letters), letters_of(text), []
    at = stream.find(wanted) if wanted else -1
    while at >= 0:
        boxes += [union([letter.box for letter in line]) for line in _lines(owners[at : at + len(wanted)])]
        at = stream.find(wanted, at + len(wanted))
    return boxes


def _holds(place: Box, box: Box) -> bool:
    wide = Box(place.x0 - AIR, place.top - AIR, place.x1 + AIR, place.bottom + AIR)
    return wide.contains((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)


def _middle(letter: Letter) -> float:
    return (letter.box.top + letter.box.bottom) / 2


def _lines(letters: list[Letter]) -> Iterator[list[Letter]]:
    """The letters line by line, each line from left to right.

    A new line begins where a letter's middle lies more than half its height below that of the line's first.
    """
    number, begun = 0, None
    numbered = []
    for letter in sorted(letters, key=_middle):
        if begun is not None and _middle(letter) - begun > letter.box.height / 2:
            number, begun = number + 1, None
        begun = _middle(letter) if begun is None else begun
        numbered.append((number, letter))
    for _, line in groupby(numbered, key=lambda pair: pair[0]):
        yield sorted((letter for _, letter in line), key=lambda letter: letter.box.x0)


def _span(stream: str, quote: str) -> tuple[int, int]:
    """Where the quote stands among the letters; the part that does, where it goes on over a page break.

    Where none of it does but the letters are as many, words between were struck out or printed otherwise: all of it.

    >>> _span("sakentas", "tas"), _span("saken tas til orie", "tas til orientering"), _span("x", "noe helt annet")
    ((5, 8), (6, 18), (0, 0))
    """
    at = stream.find(quote)
    if at >= 0:
        return at, at + len(quote)
    for shared in range(min(len(stream), len(quote)), SHORTEST - 1, -1):
        if stream.endswith(quote[:shared]):
            return len(stream) - shared, len(stream)
        if stream.startswith(quote[-shared:]):
            return 0, shared
    return (0, len(stream)) if 2 * len(stream) >= len(quote) else (0, 0)
