"""Which files lie in the folders that the secretariat points at, and which of them are worth opening."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from models.archives import LARGEST, MARK, ZIP, Member, archive_of, member_bytes, members
from models.identity_search import masked
from models.problems import SaksporError
from terminal import visible

DOCUMENT_SUFFIXES = {".pdf", ".docx", ".docm", ".dotx", ".doc", ".dot", ".odt", ".ott", ".rtf", ".zip", ""}
"""Files with these endings are opened whatever they hold; what they are is decided by content."""

_HEAD = 4096
"""Bytes in which a PDF shows its mark, and a DOCX the name of one of its first parts."""


class Found(NamedTuple):
    """A file that was found, in a folder or in a zip file, and what is known of it before it is read."""

    path: Path
    skipped: str | None = None
    """The code that says why it is passed over, if it is."""
    refused: str | None = None
    """The code that says why it is not opened, if it is not."""
    fingerprint: tuple[str, int] | None = None
    """SHA-256 and size of a file in a zip file."""
    archive: bool = False
    """A zip file: what lies in it was found beside it."""

    @property
    def name(self) -> str:
        return printable(self.path)


def printable(path: Path) -> str:
    r"""A path as text on one line, also where the disk holds a name that is no valid text; identity numbers masked.

    >>> printable(Path("m\udce5te\n.pdf")), printable(Path("brev 018101 12332.pdf"))
    ('m\\udce5te\\n.pdf', 'brev ██████ █████.pdf')
    """
    text = str(path).encode("utf-8", "backslashreplace").decode()
    return visible(masked(text))


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

    A file that is named itself is always opened, also through a link; in a folder only those that may be documents are,
    and links are passed over, since they may lead anywhere.
    """
    found: dict[str, Found] = {}
    for path in paths:
        for one in _walk(path) if path.is_dir() else (_admit(path),):
            found.setdefault(absolute(one.path), one)
    return list(found.values())


def _walk(folder: Path) -> Iterator[Found]:
    """A folder that may not be listed stands for what lies in it: opening it is refused, so it is not passed over."""
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders.sort()
        inside = any(map(_hidden, Path(parent).relative_to(folder).parts))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(parent, name)
            yield Found(path, skipped="hidden") if inside or _hidden(name) else _judge(path)
    yield from (Found(Path(error.filename), refused="unreadable") for error in closed)


def _hidden(name: str) -> bool:
    """Hidden, or the lock file that Word lays beside an open document, or what macOS adds to a zip file.

    >>> _hidden(".DS_Store"), _hidden("~$ferat.docx"), _hidden("__MACOSX"), _hidden("referat.docx")
    (True, True, True, False)
    """
    return name.startswith((".", "~$")) or name == "__MACOSX"


def _judge(path: Path) -> Found:
    """A file of a folder: opened if it may be a document. Nothing but a regular file is touched."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return _admit(path)
    if not stat.S_ISREG(mode):
        return Found(path, skipped="not_regular")
    if path.suffix.lower() in DOCUMENT_SUFFIXES or _looks_like_document(_head(path)):
        return _admit(path)
    return Found(path, skipped="unknown_format")


def _admit(path: Path) -> Found:
    """A file that is to be read, unless its size or its kind on the disk forbids it."""
    try:
        _check(path)
    except SaksporError as error:
        return Found(path, refused=error.code)
    return Found(path, archive=path.suffix.lower() == ".zip" and _head(path).startswith(ZIP))


def _head(path: Path) -> bytes:
    try:
        with opened(path) as file:
            return file.read(_HEAD)
    except (SaksporError, OSError):
        return b""


def _looks_like_document(head: bytes) -> bool:
    """Whether a file with another ending ("referat.pdf.bak") begins as a PDF, a DOCX or an RTF does."""
    if head.startswith(ZIP):  # in which a PDF may lie as it is
        return b"word/" in head
    return b"%PDF-" in head[:1024] or head.startswith(b"{\\rtf")


def _from_archive(archive: Path, member: Member) -> Found:
    """A file in a zip file, judged as one in a folder is."""
    path = Path(f"{archive}{MARK}{member.name}")
    nested = path.suffix.lower() == ".zip" and not _looks_like_document(member.head)
    if any(map(_hidden, Path(member.name).parts)):
        return Found(path, skipped="hidden")
    if path.suffix.lower() not in DOCUMENT_SUFFIXES and not _looks_like_document(member.head):
        return Found(path, skipped="unknown_format")
    fingerprint = (member.sha256, member.size) if member.sha256 else None
    return Found(path, refused=member.code or ("nested" if nested else None), fingerprint=fingerprint)


def _check(path: Path) -> None:
    """Raises ``not_found``, ``unreadable``, ``not_regular`` or ``too_large``; nothing is opened for it."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SaksporError("not_found") from error
    except (OSError, ValueError) as error:
        raise SaksporError("unreadable") from error
    if not stat.S_ISREG(found.st_mode):
        raise SaksporError("not_regular")
    if found.st_size > LARGEST:
        raise SaksporError("too_large")


def opened(path: Path) -> BufferedReader:
    """A regular file, open. Raises as :func:`_check` does; a pipe that took the file's place is not waited for."""
    _check(path)
    try:
        file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb")
    except OSError as error:
        raise SaksporError("unreadable") from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise SaksporError("not_regular")
    return file


def contents(path: Path) -> bytes:
    """The bytes of a regular file, or of a file in a zip file.

    Raises :class:`SaksporError` with the code of a refusal.
    """
    inside = None if path.exists() else archive_of(path)
    try:
        with opened(inside[0] if inside else path) as file:
            data = member_bytes(file, inside[1], LARGEST) if inside else file.read(LARGEST + 1)
    except OSError as error:
        raise SaksporError("unreadable") from error
    if len(data) > LARGEST:
        raise SaksporError("too_large")
    return data


def look_into(archive: Path) -> list[Found] | str:
    """The files in a zip file, none where it is a document itself, or the code that says why it is refused.

    To be called where hostile files are read.
    """
    try:
        with opened(archive) as file:
            inside = members(file, LARGEST)
    except OSError:
        return "unreadable"
    except SaksporError as error:
        return error.code
    return [Found(archive)] if inside is None else [_from_archive(archive, member) for member in inside]


def fingerprint(path: Path) -> tuple[str, int] | None:
    """SHA-256 in hexadecimal and size in bytes of a regular file; None where it cannot be read.

    >>> fingerprint(Path("finnes-ikke.pdf"))
    """
    try:
        with opened(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except (SaksporError, OSError):
        return None
