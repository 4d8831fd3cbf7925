"""The door: a path in, a :class:`models.layout.File` out, whatever the file type."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from ingest import pdf, second_reader
from ingest.cross_check import disagreements
from ingest.flow import to_blocks
from ingest.identity import without_identity_numbers
from ingest.legacy import is_legacy, to_docx
from ingest.scans import with_scans_read
from ingest.word import read_word
from models.layout import File, Flaw
from models.page import Page
from models.problems import SaksporError

PDF_HEAD = 1024  # bytes: Acrobat takes a file for a PDF that has its mark this early
OFFICE_ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # old Word files, and password-protected new ones


def read(path: Path) -> File:
    """A file on disk, of the user's own choice, as :func:`read_data` reads it."""
    return read_data(path.name, path.read_bytes())


def read_data(name: str, data: bytes) -> File:
    """A document as blocks in reading order, identity numbers masked; what it is, is decided by content.

    Raises :class:`SaksporError` with the code of a refusal.
    """
    return without_identity_numbers(_read(name, data))


def _read(name: str, data: bytes) -> File:
    if not data:
        raise SaksporError("empty")
    if b"%PDF-" in data[:PDF_HEAD] and not data.startswith(OFFICE_ZIP):
        return read_pdf(name, data)
    if is_legacy(data):
        return replace(read_word(name, to_docx(data)), sha256=hashlib.sha256(data).hexdigest())
    if data.startswith((OFFICE_ZIP, OLE)):
        return read_word(name, data)
    raise SaksporError("unknown_format")


def read_pdf(name: str, data: bytes) -> File:
    """A PDF as blocks; pages without usable text are read by OCR, or reported as needing it."""
    own, doubts = _pages(data)
    pages, flaws = with_scans_read(data, own)
    replaced = {flaw.page for flaw in flaws}
    doubts = [flaw for flaw in doubts if flaw.page is None or flaw.page not in replaced]
    hidden = (Flaw("hidden_text", page.number, page.hidden) for page in own if page.hidden)
    blocks, furniture = to_blocks(pages)
    return File(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind="pdf",
        blocks=tuple(blocks),
        furniture=tuple(furniture),
        pages=pages,
        flaws=(*flaws, *doubts, *hidden),
    )


def _pages(data: bytes) -> tuple[tuple[Page, ...], list[Flaw]]:
    """The first reader's pages, the second reader's where the first finds none, and where the two disagree."""
    try:
        pages = pdf.read_pages(data)
    except SaksporError as error:
        if error.code in ("encrypted", "too_large"):
            raise
        try:
            pages = second_reader.read_pages(data)
        except second_reader.FAILURES:
            raise error from None
        if not pages:
            raise
        return pages, [Flaw("missing_pages", None, f"0 mot {len(pages)} sider.")]
    return pages, list(disagreements(data, pages))
