"""The two readers of PDFs against each other: pages that one does not find, and pages of which it reads too little.

pdfplumber takes many times as long as the first reader, so it only reads the pages on which less was read than the
page's own drawing promises: the strings that it shows, counted without looking at fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1

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
    | / (?P<form> [^\s/<>\[\]()]+ ) \s+ Do \b               # /Fm0 Do
    | \( (?P<text> (?: [^\\()] | \\. )* ) \)                # (Saksliste)
    | < (?P<hex> [0-9A-Fa-f\s]+ ) >                         # <0036004400>
    | \[ (?P<row> [-+.\s<>0-9A-Fa-f]+ ) \]                  # [<0036> -12 <0044>]
    """,
    re.VERBOSE | re.DOTALL,
)
ROW = re.compile(rb"<([0-9A-Fa-f\s]+)>")
HASHED = re.compile(rb"#([0-9A-Fa-f]{2})")
ESCAPED = re.compile(rb"\\(?:[0-7]{1,3}|.)", re.DOTALL)


class Known(NamedTuple):
    """What was found out of a file's fonts and inner drawings, which its pages have in common, by object number."""

    wide: dict[int, bool]
    forms: dict[tuple[int, int], float]
    """The characters that are shown, by how deep may still be looked as well."""


def disagreements(data: bytes, pages: Sequence[Page]) -> Iterator[Flaw]:
    """A remark for a file in which the second reader finds more pages, and for pages on which it finds more text.

    A file that only the first reader can open has nothing to be compared with.
    """
    if len(data) > LARGEST:
        return
    suspects: list[int] = []
    count = 0
    try:
        document, known = PDFDocument(PDFParser(BytesIO(data))), Known({}, {})
        for count, found in enumerate(islice(PDFPage.create_pages(document), 2 * len(pages) + 10), 1):
            page = pages[count - 1] if count <= len(pages) else None
            if page and not page.scanned and page.characters + len(page.words) < ENOUGH * promised(found, known):
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


def promised(page: PDFPage, known: Known | None = None) -> float:
    """How many characters a page shows, blanks among them, as far as its drawing can tell without its fonts."""
    parts = (resolve1(part) for part in page.contents)
    drawing = b"\n".join(part.get_data() for part in parts if isinstance(part, PDFStream))
    return _shown(drawing, page.resources, DEPTH, Known({}, {}) if known is None else known)


def _shown(drawing: bytes, resources: Any, depth: int, known: Known) -> float:
    if len(drawing) > MOST_DRAWING:
        return 0.0
    has = _dictionary(resources)
    fonts, forms = _dictionary(has.get("Font")), _dictionary(has.get("XObject"))
    total, bytes_each = 0.0, 1
    for match in SHOWN.finditer(drawing):
        what = match.lastgroup
        if what == "font":
            bytes_each = 2 if _is_wide(fonts.get(_name(match["font"])), known) else 1
        elif what == "form":
            total += _inside(forms.get(_name(match["form"])), depth, known)
        elif what == "text":
            total += len(ESCAPED.sub(b"x", match["text"])) / bytes_each
        else:
            digits = match["hex"] if what == "hex" else b"".join(ROW.findall(match["row"]))
            total += len(digits.translate(None, b" \r\n\t")) / 2 / bytes_each
    return total


def _name(written: bytes) -> str:
    """A name as it stands in a dictionary: "#20" is written for a blank.

    >>> _name(b"F1"), _name(b"Bilde#201")
    ('F1', 'Bilde 1')
    """
    return HASHED.sub(lambda code: bytes.fromhex(code[1].decode()), written).decode("utf-8", "replace")


def _inside(form: Any, depth: int, known: Known) -> float:
    """What is shown by a drawing inside a drawing, each time that it is put in."""
    if not depth or not isinstance(form, PDFObjRef):
        return 0.0
    key = (form.objid, depth)
    if key not in known.forms:
        drawn = resolve1(form)
        is_form = isinstance(drawn, PDFStream) and str(drawn.get("Subtype")) == "/'Form'"
        inner = (drawn.get_data(), drawn.get("Resources"), depth - 1, known) if is_form else None
        known.forms[key] = _shown(*inner) if inner else 0.0
    return known.forms[key]


def _dictionary(found: Any) -> dict[str, Any]:
    found = resolve1(found)
    return found if isinstance(found, dict) else {}


def _is_wide(font: Any, known: Known) -> bool:
    """Whether a font takes two bytes for a character, as composite ones do almost always."""
    key = font.objid if isinstance(font, PDFObjRef) else id(font)
    if key not in known.wide:
        known.wide[key] = str(_dictionary(font).get("Subtype")) == "/'Type0'"
    return known.wide[key]
