"""The two readers of PDFs against each other: pages that one does not find, and pages of which it reads too little.

pdfplumber takes many times as long as the first reader, so it only reads the pages on which less was read than the
page's own drawing promises: the strings that it shows, counted without looking at fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1

from ingest import second_reader
from models.layout import Flaw
from models.page import Page

ENOUGH = 0.9
"""Share of the other reader's characters below which a person is to look."""
FEWEST = 20  # characters: a page number more or less is no matter
LARGEST = 60_000_000  # bytes: above, files are scans, and looking for pages in a damaged one takes minutes
MOST_DRAWING = 1_000_000  # bytes of one page's drawing: a page of text has 5,000 to 50,000, a map has millions
MOST_COMPARED = 50  # pages of one file, at 20 a second
DEPTH = 3  # of drawings inside drawings
SHOWN = re.compile(
    rb"""
    / (?P<font> [^\s/<>\[\]()]+ ) \s+ [-+.\d]+ \s+ Tf \b    # /F1 11 Tf
    | \( (?P<text> (?: [^\\()] | \\. )* ) \)                # (Saksliste)
    | < (?P<hex> [0-9A-Fa-f\s]+ ) >                         # <0036004400>
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPED = re.compile(rb"\\(?:[0-7]{1,3}|.)", re.DOTALL)


def disagreements(data: bytes, pages: Sequence[Page]) -> Iterator[Flaw]:
    """A remark for a file in which the second reader finds more pages, and for pages on which it finds more text.

    A file that only the first reader can open has nothing to be compared with.
    """
    if len(data) > LARGEST:
        return
    suspects: list[int] = []
    count = 0
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        for count, found in enumerate(islice(PDFPage.create_pages(document), 2 * len(pages) + 10), 1):
            page = pages[count - 1] if count <= len(pages) else None
            if page and not page.scanned and page.characters + len(page.words) < ENOUGH * promised(found):
                suspects.append(count)
        counted = dict(second_reader.characters(data, suspects[:MOST_COMPARED])) if suspects else {}
    except second_reader.FAILURES:
        counted = {}
    if count > len(pages):
        yield Flaw("missing_pages", None, f"{len(pages)} mot {count} sider.")
    yield from (Flaw("readers_disagree", number, "Ikke sammenlignet.") for number in suspects[MOST_COMPARED:])
    for number, characters in counted.items():
        read = pages[number - 1].characters
        if characters >= FEWEST and read < ENOUGH * characters:
            yield Flaw("readers_disagree", number, f"{read} mot {characters} tegn.")


def promised(page: PDFPage) -> float:
    """How many characters a page shows, blanks among them, as far as its drawing can tell without its fonts."""
    parts = (resolve1(part) for part in page.contents)
    drawing = b"\n".join(part.get_data() for part in parts if isinstance(part, PDFStream))
    return _shown(drawing, page.resources, DEPTH)


def _shown(drawing: bytes, resources: Any, depth: int) -> float:
    if len(drawing) > MOST_DRAWING:
        return 0.0
    known = _dictionary(resources)
    wide = {name for name, font in _dictionary(known.get("Font")).items() if _is_wide(font)}
    total, bytes_each = 0.0, 1
    for match in SHOWN.finditer(drawing):
        if match["font"] is not None:
            bytes_each = 2 if match["font"].decode("latin-1") in wide else 1
        elif match["text"] is not None:
            total += len(ESCAPED.sub(b"x", match["text"])) / bytes_each
        else:
            total += len(match["hex"].translate(None, b" \r\n\t")) / 2 / bytes_each
    for inner in _dictionary(known.get("XObject")).values() if depth and b" Do" in drawing else ():
        form = resolve1(inner)
        if isinstance(form, PDFStream) and str(form.get("Subtype")) == "/'Form'":
            total += _shown(form.get_data(), form.get("Resources"), depth - 1)
    return total


def _dictionary(found: Any) -> dict[str, Any]:
    found = resolve1(found)
    return found if isinstance(found, dict) else {}


def _is_wide(font: Any) -> bool:
    """Whether a font takes two bytes for a character, as composite ones do almost always."""
    return str(_dictionary(font).get("Subtype")) == "/'Type0'"
