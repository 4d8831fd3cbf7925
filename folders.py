"""Which files lie in the folders that the secretariat points at, and which of them are worth opening."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from models.identity_search import masked

DOCUMENT_SUFFIXES = {".pdf", ".docx", ".docm", ".dotx", ""}
"""Files with these endings are opened whatever they hold; what they are is decided by content."""

_HEAD = 4096
"""Bytes in which a PDF shows its mark, and a DOCX the name of one of its first parts."""


class Found(NamedTuple):
    """A file that was found, and the code that says why it is passed over, if it is."""

    path: Path
    skipped: str | None = None

    @property
    def name(self) -> str:
        return printable(self.path)


def printable(path: Path) -> str:
    r"""A path as text on one line, also where the disk holds a name that is no valid text; identity numbers masked.

    >>> printable(Path("m\udce5te\n.pdf")), printable(Path("brev 018101 12332.pdf"))
    ('m\\udce5te\\n.pdf', 'brev ██████ █████.pdf')
    """
    text = str(path).encode("utf-8", "backslashreplace").decode()
    return masked(text).replace("\n", "\\n").replace("\r", "\\r")


def recorded(path: Path, sha256: str) -> str:
    """What is stored of a path: from the root, on one line.

    Two names that differ in an identity number only are told apart by what the files hold, since the database knows a
    file's earlier content by its path.

    >>> recorded(Path("/arkiv/018101-12332.pdf"), "0123456789abcdef")
    '/arkiv/██████-█████.pdf (01234567)'
    """
    plain = absolute(path)
    shown = printable(Path(plain))
    return f"{shown} ({sha256[:8]})" if masked(plain) != plain else shown


def absolute(path: Path) -> str:
    """A path from the root, links left as the secretary knows them."""
    return os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow the links


def find_files(paths: Iterable[Path]) -> list[Found]:
    """The files of the given files and folders, each once, folders with all that lies below them, in sorted order.

    A file that is named itself is always opened; in a folder only those that may be documents are.
    """
    found: dict[str, Found] = {}
    for path in paths:
        for one in _walk(path) if path.is_dir() else (Found(path),):
            found.setdefault(absolute(one.path), one)
    return list(found.values())


def _walk(folder: Path) -> Iterator[Found]:
    """A folder that may not be listed stands for what lies in it: opening it is refused, so it is not passed over."""
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        yield from (_judge(Path(parent, name)) for name in sorted(names))
    yield from (Found(Path(error.filename)) for error in closed)


def _hidden(name: str) -> bool:
    """Hidden, or the lock file that Word lays beside an open document.

    >>> _hidden(".DS_Store"), _hidden("~$ferat.docx"), _hidden("referat.docx")
    (True, True, False)
    """
    return name.startswith((".", "~$"))


def _judge(path: Path) -> Found:
    if _hidden(path.name):
        return Found(path, skipped="hidden")
    if path.exists() and not path.is_file():
        return Found(path, skipped="unreadable")
    if path.suffix.lower() in DOCUMENT_SUFFIXES or _looks_like_document(path):
        return Found(path)
    return Found(path, skipped="unknown_format")


def _looks_like_document(path: Path) -> bool:
    """Whether a file with another ending ("referat.pdf.bak") begins as a PDF or a DOCX does."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return b"%PDF-" in head[:1024] or (head.startswith(b"PK\x03\x04") and b"word/" in head)


def fingerprint(path: Path) -> tuple[str, int] | None:
    """SHA-256 in hexadecimal and size in bytes of a regular file; None where it cannot be read.

    >>> fingerprint(Path("finnes-ikke.pdf"))
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError:
        return None
