"""Quoted passages marked in a page's text. Document text is not trusted: it is escaped first, then marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from markupsafe import Markup, escape

HIT_OPEN, HIT_CLOSE = "⟦", "⟧"
"""What the search query puts round the words it found (see ``sok`` in metadata.yml)."""

_HIT = re.compile(f"{HIT_OPEN}(.*?){HIT_CLOSE}", re.DOTALL)


def marked_hits(text: str | None) -> Markup:
    """A search excerpt with its found words in ``<mark>``; brackets without a partner are dropped.

    >>> marked_hits("<b> om ⟦avvik⟧ ⟧")
    Markup('&lt;b&gt; om <mark>avvik</mark> ')
    """
    marked = _HIT.sub(r"<mark>\1</mark>", str(escape(text or "")))
    return Markup(marked.replace(HIT_OPEN, "").replace(HIT_CLOSE, ""))


def _pattern(passage: str) -> str:
    return r"\s+".join(re.escape(word) for word in passage.split())


def spans(text: str, passages: Iterable[str]) -> list[tuple[int, int]]:
    """Where the passages stand in the text, overlaps joined; blanks and line breaks count as the same.

    Case does not matter. A passage that is not found whole is looked for word by word, from three letters up, at the
    beginning of words: so that the words of a search are marked too.

    >>> spans("Saken tas til\\norientering.", ["tas til orientering"])
    [(6, 25)]
    >>> spans("Avvik og avviksmelding", ["avvik system"])
    [(0, 5), (9, 14)]
    """
    found = sorted(span for passage in passages for span in _find(text, passage))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _find(text: str, passage: str) -> Iterator[tuple[int, int]]:
    passage = passage.replace('"', " ").strip()
    if not passage:
        return
    whole = [m.span() for m in re.finditer(_pattern(passage), text, re.IGNORECASE)]
    if whole:
        yield from whole
        return
    for word in passage.split():
        if len(word) >= 3:
            yield from (m.span() for m in re.finditer(rf"\b{re.escape(word)}", text, re.IGNORECASE))


def marked_paragraphs(text: str, passages: Iterable[str], struck: str = "") -> list[Markup]:
    """The lines of a page's text, escaped, with the passages in ``<mark>``; the first has an id to link to.

    Behind each line stands what was struck from it, in ``<del>``: ``struck`` has its lines beside those of the text.

    >>> marked_paragraphs("Sak <1>\\nTas til orientering", ["tas til"])
    [Markup('Sak &lt;1&gt;'), Markup('<mark id="merket">Tas til</mark> orientering')]
    >>> marked_paragraphs("Frist: fredag\\n", [], "mandag\\nSaken utsettes")
    [Markup('Frist: fredag <del>mandag</del>'), Markup('<del>Saken utsettes</del>')]
    """
    passages = tuple(passages)
    in_force, gone = _marked_lines(text, passages), _marked_lines(struck, passages)
    lines = [_with_struck(line, removed) for line, removed in zip_longest(in_force, gone, fillvalue=Markup(""))]
    first = next((n for n, line in enumerate(lines) if "<mark>" in line), None)
    if first is not None:
        lines[first] = Markup(str(lines[first]).replace("<mark>", '<mark id="merket">', 1))
    return lines


def _marked_lines(text: str, passages: Iterable[str]) -> Iterator[Markup]:
    marks, start = spans(text, passages), 0
    for line in text.split("\n"):
        yield _marked_line(line, start, marks)
        start += len(line) + 1


def _with_struck(line: Markup, struck: Markup) -> Markup:
    if not struck:
        return line
    return line + Markup(" " if line else "") + Markup("<del>{}</del>").format(struck)


def _marked_line(line: str, start: int, marks: list[tuple[int, int]]) -> Markup:
    parts, done = [], 0
    for first, last in marks:
        begin, end = max(first - start, 0), min(last - start, len(line))
        if begin >= end:
            continue
        parts += [escape(line[done:begin]), Markup("<mark>"), escape(line[begin:end]), Markup("</mark>")]
        done = end
    return Markup("").join([*parts, escape(line[done:])])
