"""Documents that lie in a zip file: each is a file of its own, named ``arkiv.zip!/2022/referat.pdf``.

A zip is as hostile as any file, so it is only looked through where documents are read, in a process apart; the site
takes from it only what was loaded. Sizes are counted while unpacking, never believed; nothing is unpacked to disk.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from models.problems import SaksporError

MARK = "!/"
"""Between the path of a zip file and the name of a file in it, as URLs of Java archives write it."""

SUFFIX = ".zip"
ZIP = b"PK\x03\x04"
MEBIBYTE = 1024 * 1024
LARGEST = 200 * MEBIBYTE
"""Bytes of a file: five times the largest scanned packet that was met, far from what a reader may take of memory."""
MAX_MEMBERS = 2_000
MAX_DIRECTORY = 2 * MEBIBYTE  # bytes of the list of members: 2,000 with names of 1,000 bytes
MAX_BYTES = 1024 * MEBIBYTE  # of all members
MAX_RATIO, FREE = 100, MEBIBYTE  # unpacked to packed, above so many bytes; documents lie far below
ENCRYPTED = 0x1  # general purpose bit flag
DOCUMENT_PARTS = {"[Content_Types].xml", "_rels/.rels", "mimetype"}
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
NAMES = "cp850"  # of members without Unicode names: what Windows in Norwegian writes
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


class Member(NamedTuple):
    """A file in a zip file."""

    name: str
    """With slashes between folders, whatever the program that made the zip wrote."""
    sha256: str
    size: int
    head: bytes
    """How it begins, to see what it is."""
    code: str | None = None
    """Why it is refused, if it is."""


def archive_of(path: Path) -> tuple[Path, str] | None:
    """The zip file and the name in it, where ``path`` names a file in a zip.

    >>> archive_of(Path("arkiv/2022.zip!/mai/referat.pdf"))
    (PosixPath('arkiv/2022.zip'), 'mai/referat.pdf')
    >>> archive_of(Path("arkiv/referat.pdf"))
    """
    archive, mark, name = str(path).partition(SUFFIX + MARK)
    return (Path(archive + SUFFIX), name) if mark and name else None


def members(file: IO[bytes], most: int) -> list[Member] | None:
    """The files in an open zip file, each with its fingerprint; none of them may have more than ``most`` bytes.

    None where the zip is one document: DOCX and ODT are zip files too.

    Raises :class:`SaksporError`: ``damaged``; ``too_large`` for too many members or bytes; ``unsafe`` for one that
    swells beyond proportion, and for names that are double or lead out of the archive.
    """
    with _opened(file) as archive:
        infos = {name: info for name, info in _by_name(archive).items() if not info.is_dir()}
        if DOCUMENT_PARTS & infos.keys():
            return None
        left = MAX_BYTES
        found = []
        for name, info in infos.items():
            member = _member(archive, name, info, min(most, left))
            left -= member.size
            found.append(member)
        return found


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """A zip file; whatever is wrong with it, ``damaged``."""
    try:
        with zipfile.ZipFile(cast("IO[bytes]", _Cautious(file)), metadata_encoding=NAMES) as archive:
            yield archive
    except BROKEN as error:
        raise SaksporError("damaged") from error


class _Cautious:
    """A file of which no more than the bounds is read at once: a zip may claim a list of members of any length."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.close, self.seekable = file.seek, file.tell, file.close, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > MAX_DIRECTORY:
            raise SaksporError("too_large")
        return self._file.read(size if size >= 0 else MAX_DIRECTORY)


def _by_name(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise SaksporError("too_large")
    found = {info.filename.replace("\\", "/"): info for info in infos}
    if len(found) < len(infos) or any(_leads_out(name) for name in found):
        raise SaksporError("unsafe")
    return found


def _leads_out(name: str) -> bool:
    """Whether a name is no plain path below the archive.

    >>> [_leads_out(name) for name in ("2022/referat.pdf", "2022/", "/etc/passwd", "a/../../b.pdf", "c:/a.pdf", "a//b")]
    [False, False, True, True, True, True]
    """
    parts = name.removesuffix("/").split("/")
    return any(part in ("", ".", "..") for part in parts) or ":" in parts[0] or "\0" in name


def _member(archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo, most: int) -> Member:
    """A member as it comes out of the archive. Raises ``too_large`` and ``unsafe``, as :func:`members` says."""
    if info.flag_bits & ENCRYPTED:
        return Member(name, "", 0, b"", "encrypted")
    if info.compress_type not in METHODS:
        return Member(name, "", 0, b"", "damaged")
    digest, head, size = hashlib.sha256(), b"", 0
    try:
        for chunk in chunks(archive, info, most):
            head = head or chunk[:4096]
            digest.update(chunk)
            size += len(chunk)
    except BROKEN:
        return Member(name, "", size, b"", "damaged")
    return Member(name, digest.hexdigest(), size, head)


def chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """A member's content piece by piece, counted as it comes.

    Raises :class:`SaksporError` ``too_large`` beyond ``most`` bytes, and ``unsafe`` where it swells beyond proportion.
    """
    size = 0
    with archive.open(info) as file:
        while chunk := file.read(MEBIBYTE // 4):
            size += len(chunk)
            if size > most:
                raise SaksporError("too_large")
            if size > FREE and size > MAX_RATIO * info.compress_size:
                raise SaksporError("unsafe")
            yield chunk


def member_bytes(file: IO[bytes], name: str, most: int) -> bytes:
    """The content of a member. Raises :class:`SaksporError`, ``not_found`` among others."""
    with _opened(file) as archive:
        info = _by_name(archive).get(name)
        if info is None:
            raise SaksporError("not_found")
        return b"".join(chunks(archive, info, most))
