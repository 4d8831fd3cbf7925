"""pdfplumber as second reader, for files in which the first finds no page or no word.

The two engines share no code, so a fault of one seldom meets a fault of the other.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

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
