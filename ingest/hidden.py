"""Words that are in the file and that nobody sees: under a black bar, white on white, outside the page, too small.

Behind most of them is a redaction that failed: a bar was drawn and the text left. What a page does not show is not
read, and the page is reported, without the words.

Whether a word can be seen is decided by the page's picture, not by how it was hidden: where nothing is printed, nothing
is shown. The picture is only drawn for pages with words that are suspected. Recognised text behind a scan is no
suspect: what it says is printed in the scan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.strokes import Drawing
from models.page import Box, View, Word

SCALE = 2.0  # pixels a point
MOST_PIXELS = 8_000_000
UNIFORM = 24  # of 255: what is printed differs by more from what it stands on
PALE = 0xE8  # a colour whose parts are all above this is white or nearly so
TINY = 1.5  # points: the smallest print in use is 4
NOISE = 0.02  # share of the pixels, at either end
PLAIN_ANNOTATIONS = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP})

WHY = {
    "covered": "under en flate",
    "pale": "i bakgrunnens farge",
    "unpainted": "uten farge",
    "outside": "utenfor siden",
    "tiny": "for små til å leses",
}


class Printed(NamedTuple):
    """A word with what is known of the text object that it begins in."""

    word: Word
    key: int
    """The object's address; 0 where it is not known."""
    painted: bool = True
    """Whether its letters are drawn at all (text rendering modes 3 and 7 draw none)."""


def split_hidden(
    page: pdfium.PdfPage, view: View, drawing: Drawing, printed: Sequence[Printed]
) -> tuple[list[Word], str]:
    """The words that a page shows, and what is to be said of those that it hides (empty where it hides none)."""
    bars = [*drawing.covers, *((drawing.objects + 1, box) for box in _annotations(page, view))]
    size = (view.width, view.height)
    suspects = {n: why for n, one in enumerate(printed) if (why := _suspicion(one, size, drawing, bars))}
    if not suspects:
        return [one.word for one in printed], ""
    hidden = {n: why for n, why in suspects.items() if why in ("outside", "tiny")}
    rest = {n: why for n, why in suspects.items() if n not in hidden}
    hidden |= {n: rest[n] for n in _unseen(page, view, {n: printed[n].word.box for n in rest})}
    counts = Counter(WHY[why] for why in hidden.values())
    told = ", ".join(f"{count} {why}" for why, count in sorted(counts.items()))
    return [one.word for n, one in enumerate(printed) if n not in hidden], f"Ord: {told}." if told else ""


def _suspicion(one: Printed, size: tuple[float, float], drawing: Drawing, bars: list[tuple[int, Box]]) -> str | None:
    x0, top, x1, bottom = one.word.box
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    if not (0 <= x <= size[0] and 0 <= y <= size[1]):
        return "outside"
    if bottom - top < TINY:
        return "tiny"
    if not one.painted:
        return None if drawing.images else "unpainted"
    order = drawing.order.get(one.key) if bars else None
    if order is not None and any(n > order and bar.contains(x, y) for n, bar in bars):
        return "covered"
    return "pale" if one.word.colour and _is_pale(one.word.colour) else None


def _is_pale(colour: str) -> bool:
    """
    >>> _is_pale("#ffffff"), _is_pale("#c0c0c0")
    (True, False)
    """
    return all(int(colour[n : n + 2], 16) >= PALE for n in (1, 3, 5))


def _unseen(page: pdfium.PdfPage, view: View, boxes: dict[int, Box]) -> Iterator[int]:
    """The numbers of the boxes in which the page's picture shows one shade only."""
    if not boxes:
        return
    scale = min(SCALE, (MOST_PIXELS / max(view.width * view.height, 1.0)) ** 0.5)
    try:
        picture = page.render(scale=scale, grayscale=True).to_pil()
    except pdfium.PdfiumError:
        return
    for number, box in boxes.items():
        height = box.height
        corners = (box.x0, box.top + 0.15 * height, box.x1, box.bottom - 0.15 * height)
        left, top, right, bottom = (round(corner * scale) for corner in corners)
        shades = picture.crop((left, top, max(right, left + 1), max(bottom, top + 1))).histogram()
        if _spread(shades) < UNIFORM:
            yield number


def _spread(shades: Sequence[int]) -> int:
    """How far the darkest and the lightest shade lie apart, those of a few pixels left out.

    >>> _spread([100, 0, 0, 100]), _spread([100, 0, 0, 1])
    (3, 0)
    """
    noise = NOISE * sum(shades)
    found = [shade for shade, below in enumerate(accumulate(shades)) if below > noise and sum(shades) - below < noise]
    first = next(shade for shade, below in enumerate(accumulate(shades)) if below > noise)
    return (found[0] if found else len(shades) - 1) - first


def _annotations(page: pdfium.PdfPage, view: View) -> Iterator[Box]:
    """Where annotations lie that may cover text: bars drawn as a comment, marks for a redaction to come."""
    rect = raw.FS_RECTF()
    for index in range(min(max(raw.FPDFPage_GetAnnotCount(page.raw), 0), 1_000)):
        annotation: Any = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) not in PLAIN_ANNOTATIONS and raw.FPDFAnnot_GetRect(annotation, rect):
            yield view.box(rect.left, rect.bottom, rect.right, rect.top)
        raw.FPDFPage_CloseAnnot(annotation)


def is_painted(text_object: Any) -> bool:
    """Whether the letters of a text object are drawn (ISO 32000-1, table 106)."""
    invisible = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
    return raw.FPDFTextObj_GetTextRenderMode(text_object) not in invisible
