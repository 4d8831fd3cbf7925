"""The content of a paragraph: runs of text with their look, text boxes that hang in it, and note marks.

Kept apart from text in force: what tracked changes delete or move away, and what is struck through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from docx.oxml.ns import qn

from ingest.word_package import Element
from ingest.word_settled import CHECKED, UNCHECKED, flag, number
from ingest.word_styles import Look, Styles

# Glyphs that differ from the Wingdings that cleaning knows: (font, character code) of a w:sym.
SYMBOLS = {
    ("Symbol", 0xA3): "≤", ("Symbol", 0xB3): "≥", ("Symbol", 0xB1): "±", ("Symbol", 0xB4): "×", ("Symbol", 0xB0): "°",
    ("Symbol", 0xAE): "→", ("Symbol", 0xAC): "←", ("Symbol", 0xDE): "→", ("Symbol", 0x2D): "–", ("Symbol", 0xBC): "…",
    ("Symbol", 0xA8): "•", ("Symbol", 0x6D): "µ",
    ("Wingdings", 0xA8): UNCHECKED, ("Wingdings", 0x6F): UNCHECKED, ("Wingdings", 0x71): UNCHECKED,
    ("Wingdings", 0x72): UNCHECKED, ("Wingdings", 0x78): CHECKED, ("Wingdings", 0xFD): CHECKED,
    ("Wingdings", 0xFE): CHECKED, ("Wingdings", 0xFC): "✓", ("Wingdings", 0xE0): "→", ("Wingdings", 0xE8): "→",
    ("Wingdings", 0xF0): "→", ("Wingdings", 0x4A): "☺",
    ("Wingdings 2", 0x52): CHECKED, ("Wingdings 2", 0x53): CHECKED, ("Wingdings 2", 0x54): CHECKED,
    ("Wingdings 2", 0xA3): UNCHECKED, ("Wingdings 2", 0x50): "✓", ("Wingdings 2", 0x2A): UNCHECKED,
}  # fmt: skip
PRIVATE_AREA = 0xF000
DELETED = frozenset({qn("w:del"), qn("w:moveFrom")})
DRAWINGS = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
TEXT_BOX = qn("w:txbxContent")


class Piece(NamedTuple):
    """Text of one look; ``struck`` where it is struck through or deleted. A line break is a piece ``"\\n"``."""

    text: str
    look: Look
    struck: bool = False


class Note(NamedTuple):
    """A mark that points to a note: ``footnotes`` or ``endnotes``, and the note's id."""

    kind: str
    note_id: str


class Anchor(NamedTuple):
    """Where a text box hangs."""

    box: Element


Token = Piece | Note | Anchor


@dataclass
class Fields:
    """Fields open in a paragraph, outermost first: True while the instruction is being read, False in the result.

    A table of contents opens a field in its first paragraph and closes it in its last; each paragraph starts anew, so
    that a field that is never closed hides no text.
    """

    reading_instruction: list[bool] = field(default_factory=list)

    @property
    def silent(self) -> bool:
        return any(self.reading_instruction)

    def meet(self, mark: Element) -> Iterator[str]:
        """Follows a field mark; an old form's check box has no result but its own state."""
        kind = mark.get(qn("w:fldCharType"))
        if kind == "begin":
            box = mark.find(f"{qn('w:ffData')}/{qn('w:checkBox')}")
            if box is not None:
                yield CHECKED if (flag(box, "w:checked") or _default(box)) else UNCHECKED
            self.reading_instruction.append(True)
        elif kind == "separate" and self.reading_instruction:
            self.reading_instruction[-1] = False
        elif kind == "end" and self.reading_instruction:
            self.reading_instruction.pop()


def tokens(paragraphs: list[Element], styles: Styles, style: str | None) -> Iterator[Token]:
    """What stands in a paragraph, in order; several elements where the marks between them are deleted."""
    fields = Fields()
    for paragraph in paragraphs:
        yield from _content(paragraph, styles, style, fields, deleted=False)


def _content(parent: Element, styles: Styles, style: str | None, fields: Fields, deleted: bool) -> Iterator[Token]:
    for child in parent:
        if child.tag == qn("w:r"):
            yield from _run(child, styles, style, fields, deleted)
        elif child.tag in DELETED:
            yield from _content(child, styles, style, fields, deleted=True)
        elif child.tag in (qn("m:oMath"), qn("m:oMathPara")):
            text = "".join(part.text or "" for part in child.iter(qn("m:t")))
            yield Piece(text, styles.look(style, None), deleted)


def _run(run: Element, styles: Styles, style: str | None, fields: Fields, deleted: bool) -> Iterator[Token]:
    look = styles.look(style, run.find(qn("w:rPr")))
    struck = deleted or look.struck
    for child in run:
        if child.tag == qn("w:fldChar"):
            yield from (Piece(text, look, struck) for text in fields.meet(child))
        elif fields.silent or look.hidden:
            continue
        elif child.tag in TEXTS:
            yield Piece(TEXTS[child.tag](child), look, struck)
        elif child.tag in NOTES and not deleted:
            yield Note(NOTES[child.tag], child.get(qn("w:id"), ""))
        elif child.tag in DRAWINGS and not deleted:
            yield from (Anchor(box) for box in child.iter(TEXT_BOX) if _outermost(box, child))


def _symbol(mark: Element) -> str:
    """A character of a symbol font; its code may come with or without the private use area's offset."""
    code = number(mark.get(qn("w:char")), base=16) & 0xFF
    font = mark.get(qn("w:font"), "")
    return SYMBOLS.get((font, code)) or (chr(PRIVATE_AREA + code) if code else "")


def _default(box: Element) -> bool:
    return box.find(qn("w:checked")) is None and bool(flag(box, "w:default"))


def _outermost(box: Element, drawing: Element) -> bool:
    """Whether no other text box of the drawing holds this one: the other's own paragraphs lead to it."""
    holder = next(box.iterancestors(TEXT_BOX, drawing.tag), None)
    return holder is drawing or holder is None


TEXTS: dict[str, Callable[[Element], str]] = {
    qn("w:t"): lambda text: text.text or "",
    qn("w:delText"): lambda text: text.text or "",
    qn("w:tab"): lambda _: "\t",
    qn("w:ptab"): lambda _: "\t",
    qn("w:br"): lambda _: "\n",
    qn("w:cr"): lambda _: "\n",
    qn("w:noBreakHyphen"): lambda _: "-",
    qn("w:sym"): _symbol,
}
NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
