"""A DOCX as a package: its parts and relationships, opened with bounds and parsed without entities.

python-docx's own loader opens every related part and gives up (``KeyError``) when one picture is missing, which does
not hinder reading the text; and its parser keeps comments and takes document types. So parts are fetched here, on
demand, by relationship; python-docx lends its namespace table.

A file that says "Strict Open XML" has the same elements under other names; those are put back before parsing.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from models.archives import BROKEN
from models.problems import SaksporError

Element = Any  # lxml ships no types

# Chosen far above any meeting document and low enough for a small machine's memory; pictures are never unpacked.
MEBIBYTE = 1024 * 1024
MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 100 * MEBIBYTE
MAX_BYTES = 300 * MEBIBYTE
MAX_RATIO, FREE = 100, MEBIBYTE  # unpacked to packed, above so many bytes; the text of a document lies at 5 to 30

OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # [MS-CFB] 2.2
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
ENCRYPTED_MEMBER = 0x1  # general purpose bit flag of a zip member
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)""")
ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii"}  # ISO/IEC 29500-2, 8.1.4 allows the first two
WIDE = (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<")  # UTF-32, in which no mark would be found
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}  # ISO/IEC 29500-1 and -4, Annex A
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class Package:
    """An opened DOCX. ``names`` maps a part name in lower case to the member's own spelling: part names ignore case."""

    archive: zipfile.ZipFile
    names: dict[str, str]
    main: str
    """Name of the main document part, ``word/document.xml`` as a rule."""
    parts: dict[str, bytes] = field(default_factory=dict, repr=False)
    """The members unpacked so far: each once, so that all of them together can be bounded."""

    def document(self) -> Element:
        """The root of the main document part; ``unknown_format`` where that is a workbook or a presentation."""
        root = self.part(self.main)
        if root is None or root.tag != qn("w:document"):
            raise SaksporError("unknown_format")
        return root

    def part(self, name: str) -> Element | None:
        """The root of a part, None where the package does not hold it. Raises ``damaged`` for broken XML."""
        member = self.names.get(name.lower())
        if member is None:
            return None
        if member not in self.parts:
            left = MAX_BYTES - sum(map(len, self.parts.values()))
            self.parts[member] = _read(self.archive, member, min(left, MAX_MEMBER_BYTES))
        return parse(self.parts[member])

    def related(self, kind: str) -> Iterator[tuple[str, Element]]:
        """Parts that the main document names as ``kind`` ("styles", "header" …): part name and root."""
        for found, target in _relationships(self, self.main):
            if found == kind and (root := self.part(target)) is not None:
                yield target, root

    def one(self, kind: str) -> Element | None:
        """The first part of a kind, None where there is none."""
        return next((root for _, root in self.related(kind)), None)


def open_package(data: bytes) -> Package:
    """The package in ``data``.

    Raises :class:`SaksporError`: ``empty``; ``encrypted`` for a password-protected file; ``unknown_format`` for another
    kind of file (an old .doc, a workbook); ``damaged`` for a broken zip; ``unsafe`` for one that unpacks to more than
    the bounds or has two members of one name, of which another program may read the other.
    """
    _refuse_other_containers(data)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise SaksporError("damaged") from error
    _bound(archive.infolist())
    names = {member.filename.lstrip("/").lower(): member.filename for member in archive.infolist()}
    if len(names) < len(archive.infolist()):
        raise SaksporError("unsafe")
    package = Package(archive, names, "word/document.xml")
    main = next((target for kind, target in _relationships(package, "") if kind == "officeDocument"), package.main)
    if main.lower() not in names:
        raise SaksporError("unknown_format")
    return Package(archive, names, main, package.parts)


def _refuse_other_containers(data: bytes) -> None:
    if not data:
        raise SaksporError("empty")
    if data.startswith(OLE):
        raise SaksporError("encrypted" if ENCRYPTED_STREAM in data else "unknown_format")
    if not data.startswith(b"PK"):
        raise SaksporError("unknown_format")


def _bound(members: list[zipfile.ZipInfo]) -> None:
    """What the members say of themselves; what they turn out to be is counted when they are unpacked."""
    sizes = [member.file_size for member in members]
    if len(sizes) > MAX_MEMBERS or max(sizes, default=0) > MAX_MEMBER_BYTES or sum(sizes) > MAX_BYTES:
        raise SaksporError("unsafe")
    if any(_swells(member.file_size, member) for member in members):
        raise SaksporError("unsafe")
    if any(member.flag_bits & ENCRYPTED_MEMBER for member in members):
        raise SaksporError("encrypted")


def _swells(size: int, member: zipfile.ZipInfo) -> bool:
    return size > FREE and size > MAX_RATIO * member.compress_size


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member, counted as it is unpacked. Raises ``damaged`` or ``unsafe``."""
    member = archive.getinfo(name)
    read = bytearray()
    try:
        with archive.open(member) as file:
            while chunk := file.read(MEBIBYTE):
                read += chunk
                if len(read) > most or _swells(len(read), member):
                    raise SaksporError("unsafe")
    except BROKEN as error:
        raise SaksporError("damaged") from error
    return bytes(read)


def parse(blob: bytes) -> Element:
    """The root element of a part, without comments and processing instructions.

    A document type makes it ``unsafe``: no word processor writes one, and it is how XML reaches for other files or
    swells in memory. So does an encoding in which it would not be noticed.

    >>> parse(b"<a><!-- x --><b/></a>")[0].tag
    'b'
    >>> parse(b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>')  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    models.problems.SaksporError: Filen er bygd ...
    """
    declared = ENCODING.match(blob)
    if any(mark in blob for mark in DOCTYPES) or blob.startswith(WIDE):
        raise SaksporError("unsafe")
    if declared and declared[1].lower() not in ENCODINGS:
        raise SaksporError("unsafe")
    for strict, usual in STRICT.items():
        blob = blob.replace(strict, usual)
    try:
        root = etree.fromstring(blob, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise SaksporError("damaged") from error
    if root.getroottree().docinfo.doctype:
        raise SaksporError("unsafe")
    return root


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )


def _relationships(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """Kind and target of a part's relationships; those out of the package (links) are left out.

    Targets stand relative to the part, or from the package's root with a slash first.
    """
    folder, name = posixpath.split(part)
    root = package.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relationship in () if root is None else root.iter(RELATIONSHIP):
        if relationship.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", "")))
            yield relationship.get("Type", "").rsplit("/", 1)[-1], target.lstrip("/")
