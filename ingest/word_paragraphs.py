"""One WordprocessingML paragraph to :class:`models.layout.Paragraph`\\ s: text, look, label, heading.

A soft line break ends a paragraph here, since secretaries use it so in table cells; in a heading it only breaks a long
title, and becomes a blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple, TypeVar

from docx.oxml.ns import qn

from ingest.clean import clean
from ingest.word_labels import typed_label
from ingest.word_numbering import Numbering, list_of
from ingest.word_package import Element
from ingest.word_runs import Anchor, Note, Piece, tokens
from ingest.word_styles import Styles
from models.layout import Paragraph, Place

Setting = TypeVar("Setting")


@dataclass
class Reading:
    """What a file's paragraphs need to be read: its styles, how far its lists have come, the notes met so far."""

    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=Numbering)
    notes: list[Note] = field(default_factory=list)


class Read(NamedTuple):
    """A paragraph as read. ``lines`` may hold some without text: the element was empty, or all of it is struck."""

    lines: list[Paragraph]
    boxes: list[Element]
    """Text boxes that hang in it."""
    shown: bool = True
    """False for a hidden paragraph, which takes no room and no number."""


def read_paragraph(elements: list[Element], address: str, reading: Reading) -> Read:
    """A paragraph; ``elements`` are several where tracked changes deleted the marks between them.

    The last mark is the one that stays, so its style and list count.
    """
    last = elements[-1]
    style = reading.styles.style_of(last)
    found = list(tokens(elements, reading.styles, style))
    pieces = [token for token in found if isinstance(token, Piece)]
    boxes = [token.box for token in found if isinstance(token, Anchor)]
    reading.notes.extend(token for token in found if isinstance(token, Note))
    if not pieces and not boxes and _is_hidden(last, reading.styles, style):
        return Read([], [], shown=False)
    rank = reading.styles.heading(last)
    label, level = _automatic_label(last, reading)
    parts = [pieces] if rank else list(_split_at_breaks(pieces))
    first = _paragraph(parts[0], address, rank, label, level)
    return Read([first, *(_paragraph(part, address, rank, None, level) for part in parts[1:])], boxes)


def _automatic_label(element: Element, reading: Reading) -> tuple[str | None, int]:
    place = list_of(element, reading.styles, reading.numbering)
    return (reading.numbering.next_label(*place), place[1]) if place else (None, 0)


def _is_hidden(element: Element, styles: Styles, style: str | None) -> bool:
    mark = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return mark is not None and styles.look(style, mark).hidden


def mark_is_deleted(element: Element) -> bool:
    """Whether tracked changes deleted the paragraph's end, so that it runs on into the next one."""
    mark = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return mark is not None and any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom"))


def _split_at_breaks(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        if piece.text == "\n" and not piece.struck:
            yield line
            line = []
        else:
            line.append(piece)
    yield line


def _paragraph(pieces: list[Piece], address: str, rank: int, label: str | None, level: int) -> Paragraph:
    kept = [piece for piece in pieces if not piece.struck]
    visible = [piece for piece in kept if clean(piece.text)]
    whole = clean(_joined(kept))
    text = whole
    if label is None:
        label, text = typed_label(_with_tabs(_joined(kept)), heading=bool(rank))
        text = clean(text)
    return Paragraph(
        text=text,
        places=(Place(address=address),),
        label=label,
        level=level,
        heading=rank,
        bold=bool(visible) and all(piece.look.bold for piece in visible),
        italic=bool(visible) and all(piece.look.italic for piece in visible),
        lead=_lead(kept, visible, text, len(whole) - len(text)),
        size=_most(visible, lambda piece: piece.look.size) or 0.0,
        colour=_most(visible, lambda piece: piece.look.colour),
        struck=clean(_struck(pieces)),
    )


def _with_tabs(text: str) -> str:
    """Clean text in which tabs are kept."""
    return "\t".join(clean(part) for part in text.split("\t"))


def _joined(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _struck(pieces: Iterable[Piece]) -> str:
    """The struck words; a blank stands where text in force lies between them."""
    return "".join(piece.text if piece.struck else " " if piece.text else "" for piece in pieces)


def _lead(kept: list[Piece], visible: list[Piece], text: str, label_length: int) -> str:
    """The bold words at the start, behind a typed label; none where all is bold."""
    if not visible or all(piece.look.bold for piece in visible):
        return ""
    first = takewhile(lambda piece: piece.look.bold or not clean(piece.text), kept)
    bold = clean(_joined(first))[label_length:].strip()
    if bold and text[len(bold) : len(bold) + 1].isalnum() and bold[-1].isalnum():
        return bold.rpartition(" ")[0]  # the weight changes in the middle of a word: the word is not a bold one
    return bold


def _most(pieces: list[Piece], setting: Callable[[Piece], Setting]) -> Setting | None:
    """The size or colour of most of the characters."""
    weights: Counter[Setting] = Counter()
    for piece in pieces:
        weights[setting(piece)] += len(piece.text)
    return max(weights, key=lambda key: weights[key]) if weights else None
