"""pdfplumber as second reader, for files in which the first finds no page, and to check how much it finds.

The two engines share no code, so a fault of one seldom meets a fault of the other.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import PdfminerException

from models.page import Box, Page, Rule, Word

FAILURES = (
    PDFException,
    PdfminerException,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
)
"""What pdfplumber was seen to raise on broken files, besides its own exceptions."""


def read_pages(data: bytes) -> tuple[Page, ...]:
    """All pages of a PDF as pdfplumber sees them. Raises one of :data:`FAILURES`."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return tuple(_page(page) for page in document.pages)


def characters(data: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """How many printable characters each of these pages (1-based) has. Raises one of :data:`FAILURES`.

    Letters drawn twice in one place, for a bold look, count once; one without a meaning counts as one.
    """
    with pdfplumber.open(io.BytesIO(data), pages=list(numbers)) as document:
        for page in document.pages:
            shown = [char["text"] for char in page.dedupe_chars().chars]
            yield page.page_number, sum(1 if text.startswith("(cid:") else len(text.strip()) for text in shown)


def _page(page: PlumberPage) -> Page:
    words = tuple(_words(page))
    rules = tuple(Rule(Box(e["x0"], e["top"], e["x1"], e["bottom"])) for e in page.edges)
    return Page(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        words=words,
        rules=rules,
        characters=sum(len(w.text) for w in words),
        images=bool(page.images),
    )


def _words(page: PlumberPage) -> Iterator[Word]:
    for word in page.extract_words(extra_attrs=["fontname", "size"], use_text_flow=False):
        name = word["fontname"].lower()
        box = Box(word["x0"], word["top"], word["x1"], word["bottom"])
        yield Word(word["text"], box, round(word["size"], 1), "bold" in name, "italic" in name or "oblique" in name)
