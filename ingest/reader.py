"""The door: a path in, a :class:`models.layout.File` out, whatever the file type."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest import pdf, second_reader
from ingest.flow import to_blocks
from ingest.identity import without_identity_numbers
from ingest.scans import with_scans_read
from ingest.word import read_word
from models.layout import File
from models.page import Page
from models.problems import SaksporError

PDF_HEAD = 1024  # bytes: Acrobat takes a file for a PDF that has its mark this early
OFFICE_ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # old Word files, and password-protected new ones


def read(path: Path) -> File:
    """A PDF or DOCX as blocks in reading order, identity numbers masked.

    Raises :class:`SaksporError` with the code of a refusal.
    """
    data = contents(path)
    if b"%PDF-" in data[:PDF_HEAD]:
        return without_identity_numbers(read_pdf(path.name, data))
    if data.startswith((OFFICE_ZIP, OLE)):
        return without_identity_numbers(read_word(path.name, data))
    raise SaksporError("unknown_format")


def contents(path: Path) -> bytes:
    """A regular file's bytes. Raises ``not_found``, ``unreadable`` or ``empty``."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SaksporError("not_found") from error
    except OSError as error:
        raise SaksporError("unreadable") from error
    if not data:
        raise SaksporError("empty")
    return data


def read_pdf(name: str, data: bytes) -> File:
    """A PDF as blocks; pages without usable text are read by OCR, or reported as needing it."""
    pages, flaws = with_scans_read(data, _pages(data))
    blocks, furniture = to_blocks(pages)
    return File(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind="pdf",
        blocks=tuple(blocks),
        furniture=tuple(furniture),
        pages=pages,
        flaws=flaws,
    )


def _pages(data: bytes) -> tuple[Page, ...]:
    """The first reader's pages; the second reader's where the first finds none."""
    try:
        return pdf.read_pages(data)
    except SaksporError as error:
        if error.code == "encrypted":
            raise
        try:
            pages = second_reader.read_pages(data)
        except second_reader.FAILURES:
            raise error from None
        if not pages:
            raise
        return pages
