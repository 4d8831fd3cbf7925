"""A PDF's pages: positioned words, ruling lines and links, read with pypdfium2.

pypdfium2 was chosen because it opens files in which pdfplumber finds no page and is several times as fast; pdfplumber
stays the second reader (:mod:`ingest.second_reader`) and lends its table functions (:mod:`ingest.grid`). Another
engine would be another module like this one.

What a page yields is turned upright: ``/Rotate`` and the crop box are undone, the origin is the visible top left
corner.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from math import hypot
from struct import iter_unpack
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.hidden import Printed, is_painted, split_hidden
from ingest.strokes import strokes
from models.page import Box, Page, Rule, View, Word
from models.problems import SaksporError

HYPHEN_MARK = 0x02  # pdfium gives this for a hyphen that it takes for end-of-line hyphenation
BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
BOLD_WEIGHT = 600  # CSS scale: 400 is regular, 700 bold
FORCE_BOLD = 1 << 18  # ISO 32000-1, table 123: font descriptor flags
ITALIC = 1 << 6
MAX_PAGES = 3_000  # at 80 pages a second a file has time for 4,800
MAX_CHARACTERS = 200_000  # a page; a full broadsheet page holds about 50,000
BLANKS = frozenset({0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x00, 0x2007, 0x202F, 0x3000, 0xFFFE, 0xFFFF})


def read_pages(data: bytes) -> tuple[Page, ...]:
    """All pages of a PDF.

    Raises :class:`SaksporError` ``encrypted``, ``damaged``, ``no_pages`` or ``too_large``.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise SaksporError("encrypted" if "password" in str(error).lower() else "damaged") from error
    try:
        if not len(document):
            raise SaksporError("no_pages")
        if len(document) > MAX_PAGES:
            raise SaksporError("too_large")
        return tuple(_pages(document))
    except pdfium.PdfiumError as error:
        raise SaksporError("damaged") from error
    finally:
        document.close()


def _pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Pages in order; each stays open until the next one is read, so that font handles of the two can be compared."""
    before: pdfium.PdfPage | None = None
    fonts_before: set[int] = set()
    for index in range(len(document)):
        page = document[index]
        fonts = _Fonts()
        yield _page(page, index + 1, fonts, fonts_before if before else None)
        if fonts.handles or before is None:
            fonts_before = fonts.handles
        if before is not None and fonts.handles:
            before.close()
        if fonts.handles or before is None:
            before = page
    if before is not None:
        before.close()


def _page(page: pdfium.PdfPage, number: int, fonts: _Fonts, fonts_before: set[int] | None) -> Page:
    view = _view(page)
    drawn = strokes(page.raw, view.box)
    text = page.get_textpage()
    try:
        printed = list(_words(text.raw, view, fonts))
    finally:
        text.close()
    words, hidden = split_hidden(page, view, drawn, printed)
    rules = tuple(Rule(box) for box in drawn.rules)
    words = _with_links(page.raw, document_of(page), view, _struck(words, rules))
    shares = bool(fonts.handles & fonts_before) if fonts_before and fonts.handles else None
    return Page(
        number=number,
        width=view.width,
        height=view.height,
        words=tuple(words),
        rules=rules,
        characters=sum(len(one.word.text) for one in printed),
        images=drawn.images,
        shares_fonts=shares,
        hidden=hidden,
    )


def document_of(page: pdfium.PdfPage) -> Any:
    """The raw document handle that a page belongs to."""
    return page.pdf.raw


def _view(page: pdfium.PdfPage) -> View:
    x0, y0, x1, y1 = page.get_cropbox()
    return View(x0, y0, x1, y1, page.get_rotation() // 90 % 4)


@dataclass(slots=True)
class _Style:
    size: float
    bold: bool
    italic: bool
    colour: str | None
    key: int = 0
    painted: bool = True


@dataclass(slots=True)
class _Fonts:
    """Styles by text object, so that a run of characters asks pdfium for its font once."""

    styles: dict[int, _Style] = field(default_factory=dict)
    handles: set[int] = field(default_factory=set)
    faces: dict[int, tuple[bool, bool]] = field(default_factory=dict)

    def style(self, text_object: Any) -> _Style:
        key = ctypes.addressof(text_object.contents) if text_object else 0
        if key not in self.styles:
            self.styles[key] = self._read(text_object) if text_object else _Style(0.0, False, False, None)
        return self.styles[key]

    def _read(self, text_object: Any) -> _Style:
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(text_object, size)
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(text_object, matrix)
        font = raw.FPDFTextObj_GetFont(text_object)
        bold, italic = self._face(font) if font else (False, False)
        height, colour = size.value * (hypot(matrix.c, matrix.d) or 1.0), _colour(text_object)
        return _Style(height, bold, italic, colour, ctypes.addressof(text_object.contents), is_painted(text_object))

    def _face(self, font: Any) -> tuple[bool, bool]:
        handle = ctypes.addressof(font.contents)
        self.handles.add(handle)
        if handle not in self.faces:
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.value.decode("latin-1").lower()
            flags = max(raw.FPDFFont_GetFlags(font), 0)
            bold = any(word in name for word in BOLD_NAMES) or raw.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
            italic = "italic" in name or "oblique" in name or bool(flags & ITALIC)
            self.faces[handle] = (bold or bool(flags & FORCE_BOLD), italic)
        return self.faces[handle]


def _colour(page_object: Any) -> str | None:
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFPageObj_GetFillColor(page_object, red, green, blue, alpha):
        return None
    if not (red.value or green.value or blue.value):
        return None
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}"


def _words(text: Any, view: View, fonts: _Fonts) -> Iterator[Printed]:
    """Characters to words: a blank, a jump to the side or to another line ends a word.

    This loop runs once for each character of a file, so it makes a box of a word only when the word is whole.
    """
    letters: list[str] = []
    box, left, right = Box(0, 0, 0, 0), 0.0, 0.0
    style = _Style(0.0, False, False, None)
    for index, (code, placed, (x0, top, x1, bottom)) in enumerate(_characters(text, view)):
        blank = not placed or code in BLANKS
        if letters and (blank or _breaks(box, right, x0, top, x1, bottom)):
            yield _word(letters, Box(left, box.top, right, box.bottom), style)
            letters = []
        if blank:
            continue
        if letters:
            left, right = x0 if x0 < left else left, x1 if x1 > right else right
        else:
            style = fonts.style(raw.FPDFText_GetTextObject(text, index))
            box = _on_baseline(Box(x0, top, x1, bottom), _baseline(text, index, view), style.size)
            left, right = box.x0, box.x1
        letters.append("-" if code == HYPHEN_MARK else chr(code))
    if letters:
        yield _word(letters, Box(left, box.top, right, box.bottom), style)


def _characters(text: Any, view: View) -> Iterator[tuple[int, int, tuple[float, float, float, float]]]:
    """Each character's code, whether it has a place on the page, and its edges there, in the order of a box.

    The boxes are written side by side into one piece of memory, of which pdfium is given plain addresses.
    """
    count = min(max(raw.FPDFText_CountChars(text), 0), MAX_CHARACTERS)
    page, edges = ctypes.cast(text, ctypes.c_void_p).value, (raw.FS_RECTF * count)()
    size, start = ctypes.sizeof(raw.FS_RECTF), ctypes.addressof(edges)
    placed = list(map(_BOX_OF, repeat(page), range(count), range(start, start + size * count, size)))
    found = iter_unpack("4f", edges)
    x, y = view.x0, view.y1
    return zip(
        map(_CODE_OF, repeat(page), range(count)),
        placed,
        ((left - x, y - top, right - x, y - bottom) for left, top, right, bottom in found)
        if view.quarter_turns == 0
        else (view.box(left, bottom, right, top) for left, top, right, bottom in found),
        strict=True,
    )


def _by_address(function: Any, *arguments: Any) -> Callable[..., int]:
    """A function of pdfium that takes handles as numbers: it is asked of each character, and answers twice as fast."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int, *arguments)(address)


_CODE_OF = _by_address(raw.FPDFText_GetUnicode)
_BOX_OF = _by_address(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p)


def _baseline(text: Any, index: int, view: View) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    return view.box(x.value, y.value, x.value, y.value).top


def _on_baseline(glyph: Box, baseline: float, size: float) -> Box:
    """A glyph's box stretched to the height of its line, so that "ap-" and "AP" stand at the same height.

    0.78 and 0.22 of the size above and below the baseline are the usual proportions of a Latin text face. Text that is
    turned on its side keeps its own box: there the glyph does not lie round the baseline.

    >>> _on_baseline(Box(10, 14, 15, 20), 20, 10)
    Box(x0=10, top=12.2, x1=15, bottom=22.2)
    """
    if not size or not glyph.top - size <= baseline <= glyph.bottom + size / 2 or glyph.height > 2 * size:
        return glyph
    return Box(glyph.x0, baseline - 0.78 * size, glyph.x1, baseline + 0.22 * size)


def _breaks(word: Box, right: float, x0: float, top: float, x1: float, bottom: float) -> bool:
    """Whether a letter no longer belongs to the word before it: a gap of 0.3 of the height, or another line.

    ``right`` is where the word ends so far; ``word`` gives its height; the rest are the letter's edges.
    """
    height = max(word.bottom - word.top, bottom - top, 1.0)
    if x0 - right > 0.3 * height or x1 < right - height:
        return True
    return abs(top + bottom - word.top - word.bottom) > height


def _word(letters: list[str], box: Box, style: _Style) -> Printed:
    size = style.size or box.height
    word = Word("".join(letters), box, round(size, 1), style.bold, style.italic, style.colour)
    return Printed(word, style.key, style.painted)


def _struck(words: list[Word], rules: tuple[Rule, ...]) -> list[Word]:
    """Words with a rule through the middle third, at least 60 % of the word long, marked as struck.

    The lower bound leaves out underlines, the share of the width leaves out table rules that only touch a word.
    """
    flat = sorted((r.box for r in rules if r.horizontal), key=_middle)
    if not flat:
        return words
    middles = list(map(_middle, flat))

    def through(word: Box) -> bool:
        low, high = word.top + 0.33 * word.height, word.top + 0.72 * word.height
        near = flat[bisect_right(middles, low) : bisect_left(middles, high)]
        return any(min(r.x1, word.x1) - max(r.x0, word.x0) > 0.6 * word.width for r in near)

    return [_replaced(w, struck=True) if through(w.box) else w for w in words]


def _middle(rule: Box) -> float:
    return (rule.top + rule.bottom) / 2


def _replaced(word: Word, **changes: Any) -> Word:
    values = {name: getattr(word, name) for name in Word.__slots__}
    return Word(**(values | changes))


def _with_links(page: Any, document: Any, view: View, words: list[Word]) -> list[Word]:
    links = list(_links(page, document, view))
    if not links:
        return words

    def target(word: Word) -> str | None:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        return next((uri for box, uri in links if box.contains(x, y)), None)

    return [_replaced(w, link=uri) if (uri := target(w)) else w for w in words]


def _links(page: Any, document: Any, view: View) -> Iterator[tuple[Box, str]]:
    position, link, rect = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page, position, link):
        action = raw.FPDFLink_GetAction(link)
        if not action or not raw.FPDFLink_GetAnnotRect(link, rect):
            continue
        length = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if 1 < length < 2_000:
            buffer = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(document, action, buffer, length)
            yield view.box(rect.left, rect.bottom, rect.right, rect.top), buffer.value.decode("utf-8", "replace")
