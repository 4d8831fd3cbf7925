"""Quoted passages marked in a page's text. Document text is not trusted: it is escaped first, then marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import NamedTuple

from markupsafe import Markup, escape

from models.page import Box

MOST_WORDS = 30
"""Words of a passage that are looked for one by one: each goes through the whole text while other visitors wait."""

HIT_OPEN, HIT_CLOSE = "⟦", "⟧"
"""What the search query puts round the words it found (see ``sok`` in metadata.yml)."""
AIR = 2.0
"""Points by which the box of a line may stand out of the box of the passage that holds it."""

_HIT = re.compile(f"{HIT_OPEN}(.*?){HIT_CLOSE}", re.DOTALL)


class Passage(NamedTuple):
    """A text to mark, and where it stands."""

    text: str
    place: Box | str | None = None
    """The box of its paragraph, or in a DOCX the paragraph's address; None for a text to look for."""


class MarkedLine(NamedTuple):
    """A line of a page's text, ready to be shown."""

    text: Markup
    place: str = ""
    """Box or address, as the page has it."""


def marked_hits(text: str | None) -> Markup:
    """A search excerpt with its found words in ``<mark>``; brackets without a partner are dropped.

    >>> marked_hits("<b> om ⟦avvik⟧ ⟧")
    Markup('&lt;b&gt; om <mark>avvik</mark> ')
    """
    marked = _HIT.sub(r"<mark>\1</mark>", str(escape(text or "")))
    return Markup(marked.replace(HIT_OPEN, "").replace(HIT_CLOSE, ""))


def marked_lines(text: str, passages: Iterable[Passage], struck: str = "", places: str = "") -> list[MarkedLine]:
    """The lines of a page's text, escaped, with the passages in ``<mark>``; the first has an id to link to.

    ``struck`` and ``places`` have their lines beside those of the text: behind each line stands what was struck from
    it, in ``<del>``, and a passage is marked where it stands, not where the same words stand once more.

    >>> [str(line.text) for line in marked_lines("Sak <1>\\nTas til orientering", [Passage("tas til")])]
    ['Sak &lt;1&gt;', '<mark id="merket">Tas til</mark> orientering']
    >>> [str(line.text) for line in marked_lines("Godkjent\\nGodkjent", [Passage("Godkjent", "p2")], places="p1\\np2")]
    ['Godkjent', '<mark id="merket">Godkjent</mark>']
    >>> [str(line.text) for line in marked_lines("Frist: fredag\\n", [], "mandag\\nSaken utsettes")]
    ['Frist: fredag <del>mandag</del>', '<del>Saken utsettes</del>']
    """
    rows = _side_by_side(text, struck, places)
    passages = tuple(passages)
    marks = [_spans_on_page(_column(rows, n), _column(rows, 2), passages) for n in (0, 1)]
    shown = []
    for (line, removed, place), here, gone in zip(rows, *marks, strict=True):
        shown.append(MarkedLine(_with_struck(_marked(line, here), _marked(removed, gone)), place))
    return _with_anchor(shown)


def _side_by_side(*texts: str) -> list[tuple[str, ...]]:
    columns = [text.split("\n") for text in texts]
    count = max(map(len, columns))
    return list(zip(*(column + [""] * (count - len(column)) for column in columns), strict=True))


def _column(rows: list[tuple[str, ...]], n: int) -> list[str]:
    return [row[n] for row in rows]


Spans = list[tuple[int, int]]


def _spans_on_page(lines: list[str], places: list[str], passages: tuple[Passage, ...]) -> list[Spans]:
    """For each line the parts to mark: those of passages that stand there, and of those that are looked for."""
    found: list[Spans] = [[] for _ in lines]
    searched = []
    for passage in passages:
        own = [n for n, place in enumerate(places) if lines[n] and stands_in(place, passage.place)]
        for n in own:
            found[n] += spans(lines[n], [passage.text]) or [(0, len(lines[n]))]
        if not own:
            searched.append(passage.text)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    for first, last in spans("\n".join(lines), searched):
        for n, line in enumerate(lines):
            begin, end = max(first - starts[n], 0), min(last - starts[n], len(line))
            if begin < end:
                found[n].append((begin, end))
    return [_joined(marks) for marks in found]


def stands_in(printed: str, place: Box | str | None) -> bool:
    """Whether a line's place, as a page keeps it, is the place of a passage or lies in it.

    >>> stands_in("72 90.2 200 104", Box(72, 90.25, 300, 130)), stands_in("t1.r1.c1.p1", "t1.r1.c1.p1")
    (True, True)
    >>> stands_in("72 90 400 104", Box(72, 90, 300, 104)), stands_in("", None), stands_in("p1", Box(0, 0, 1, 1))
    (False, False, False)
    """
    if not isinstance(place, Box):
        return bool(place) and printed == place
    edges = printed.split()
    if len(edges) != 4:
        return False
    x0, top, x1, bottom = map(float, edges)
    inside = x0 > place.x0 - AIR and top > place.top - AIR
    return inside and x1 < place.x1 + AIR and bottom < place.bottom + AIR


def spans(text: str, passages: Iterable[str]) -> Spans:
    """Where the passages stand in the text, overlaps joined; blanks and line breaks count as the same.

    Case does not matter. A passage that is not found whole is looked for word by word, from three letters up, at the
    beginning of words: so that the words of a search are marked too.

    >>> spans("Saken tas til\\norientering.", ["tas til orientering"])
    [(6, 25)]
    >>> spans("Avvik og avviksmelding", ["avvik system"])
    [(0, 5), (9, 14)]
    """
    return _joined([span for passage in passages for span in _find(text, passage)])


def _joined(found: Spans) -> Spans:
    joined: Spans = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _find(text: str, passage: str) -> Iterator[tuple[int, int]]:
    words = passage.replace('"', " ").split()
    if not words:
        return
    pattern = r"\s+".join(map(re.escape, words))
    whole = [m.span() for m in re.finditer(pattern, text, re.IGNORECASE)]
    if whole:
        yield from whole
        return
    for word in searched_words(passage):
        yield from (m.span() for m in re.finditer(rf"\b{re.escape(word)}", text, re.IGNORECASE))


def searched_words(text: str) -> tuple[str, ...]:
    """The words of a text to look for one by one, each once, and no more than :data:`MOST_WORDS` of them.

    >>> searched_words('avvik i "prosedyre" avvik')
    ('avvik', 'prosedyre')
    """
    words = (word for word in text.replace('"', " ").split() if len(word) >= 3)
    return tuple(islice(dict.fromkeys(words), MOST_WORDS))


def _marked(line: str, marks: Spans) -> Markup:
    parts, done = [], 0
    for begin, end in marks:
        parts += [escape(line[done:begin]), Markup("<mark>"), escape(line[begin:end]), Markup("</mark>")]
        done = end
    return Markup("").join([*parts, escape(line[done:])])


def _with_struck(line: Markup, struck: Markup) -> Markup:
    if not struck:
        return line
    return line + Markup(" " if line else "") + Markup("<del>{}</del>").format(struck)


def _with_anchor(lines: list[MarkedLine]) -> list[MarkedLine]:
    """The lines with an id on the first mark."""
    first = next((n for n, line in enumerate(lines) if "<mark>" in line.text), None)
    if first is not None:
        marked = Markup(str(lines[first].text).replace("<mark>", '<mark id="merket">', 1))
        lines[first] = lines[first]._replace(text=marked)
    return lines
