"""Files that are no DOCX, broken ones, and ones made to do harm; and what may be wrong with a file that is read."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from ingest import word_package
from ingest.word import read_word
from models.problems import SaksporError
from tests.word_builder import members, p, zipped

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
GOOD = members(p("Sak 1"))
RELATIONSHIPS = "word/_rels/document.xml.rels"


def refusal(data: bytes) -> str:
    with pytest.raises(SaksporError) as caught:
        read_word("x.docx", data)
    return caught.value.code


def read_texts(found: dict[str, bytes]) -> list[str]:
    return [block.text for block in read_word("x.docx", zipped(found)).blocks if hasattr(block, "text")]


def with_document(content: bytes) -> bytes:
    return zipped(GOOD | {"word/document.xml": content})


def encrypted_zip() -> bytes:
    """A zip whose members say that they are encrypted."""
    data = bytearray(zipped(GOOD))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", data, at + offset)
            struct.pack_into("<H", data, at + offset, flags | 1)
            at = data.find(signature, at + 4)
    return bytes(data)


WORKBOOK = {
    "_rels/.rels": GOOD["_rels/.rels"].replace(b"word/document.xml", b"xl/workbook.xml"),
    "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
}
ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]>' + GOOD["word/document.xml"].split(b"?>", 1)[1]
REFUSED = [
    ("empty", "empty", b""),
    ("password", "encrypted", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(64)),
    ("old .doc", "unknown_format", OLE + bytes(600)),
    ("encrypted zip", "encrypted", encrypted_zip()),
    ("text", "unknown_format", b"Referat fra SSU"),
    ("pdf", "unknown_format", b"%PDF-1.7\n"),
    ("workbook", "unknown_format", zipped(WORKBOOK)),
    ("zip of anything", "unknown_format", zipped({"notat.txt": b"x"})),
    ("another root", "unknown_format", with_document(b"<html/>")),
    ("no body", "damaged", with_document(GOOD["word/document.xml"].replace(b"w:body", b"w:kropp"))),
    ("cut off", "damaged", zipped(GOOD)[:-200]),
    ("only a beginning", "damaged", b"PK\x03\x04"),
    ("broken XML", "damaged", with_document(GOOD["word/document.xml"][:-20])),
    ("empty part", "damaged", with_document(b"")),
    ("document type", "unsafe", with_document(ENTITIES)),
    ("document type in UTF-16", "unsafe", with_document(ENTITIES.decode().encode("utf-16"))),
    ("broken relationships", "damaged", zipped(GOOD | {RELATIONSHIPS: b"<"})),
    ("endless nesting", "damaged", with_document(b"<w>" * 100_000)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "data"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refusals(code: str, data: bytes):
    assert refusal(data) == code


def test_flipped_bytes_are_noticed():
    data = bytearray(zipped({"word/document.xml": GOOD["word/document.xml"]}))
    for at in range(60, 90):
        data[at] ^= 0xFF
    assert refusal(bytes(data)) == "damaged"


def test_bounds(monkeypatch: pytest.MonkeyPatch):
    assert refusal(zipped(GOOD | {f"x{n}": b"" for n in range(2_000)})) == "unsafe"
    monkeypatch.setattr(word_package, "MAX_MEMBER_BYTES", 5_000)
    assert refusal(zipped(GOOD | {"word/media/image1.png": bytes(5_001)})) == "unsafe"
    monkeypatch.setattr(word_package, "MAX_BYTES", 9_000)
    assert refusal(zipped(GOOD | {f"word/media/image{n}.png": bytes(4_000) for n in range(3)})) == "unsafe"


def test_a_member_that_lies_about_its_size():
    """The bounds look at declared sizes, so a member must not unpack to more than it declares."""
    data = bytearray(zipped(GOOD | {"word/document.xml": GOOD["word/document.xml"] + b" " * 100_000}))
    at = data.rfind(b"PK\x01\x02")
    while data[at + 46 : at + 46 + 17] != b"word/document.xml":
        at = data.rfind(b"PK\x01\x02", 0, at)
    struct.pack_into("<I", data, at + 24, 100)
    assert refusal(bytes(data)) == "damaged"


def test_nothing_outside_the_file_is_read():
    content = GOOD["word/document.xml"].replace(
        b"<w:body>", b'<w:body><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    )
    assert read_texts(GOOD | {"word/document.xml": content}) == ["Sak 1"]


def test_missing_and_outside_parts_do_not_matter():
    broken = (
        b'<Relationship Id="a" Type="http://x/image" Target="NULL"/>'
        b'<Relationship Id="b" Type="http://x/styles" Target="styles.xml"/>'
        b'<Relationship Id="c" Type="http://x/header" Target="../../../etc/passwd"/>'
        b'<Relationship Id="d" Type="http://x/header" Target="http://eksempel.no/" TargetMode="External"/>'
        b"</Relationships>"
    )
    links = GOOD[RELATIONSHIPS].replace(b"</Relationships>", broken)
    assert read_texts(GOOD | {RELATIONSHIPS: links}) == ["Sak 1"]


def test_names_ignore_case_and_the_main_part_may_be_called_otherwise():
    renamed = {name.replace("document", "Dokument2"): content for name, content in GOOD.items()}
    renamed["_rels/.rels"] = renamed["_rels/.rels"].replace(b"word/document.xml", b"/word/dokument2.xml")
    assert read_texts(renamed) == ["Sak 1"]


def test_without_relationships_the_usual_name_is_tried():
    assert read_texts({"word/document.xml": GOOD["word/document.xml"]}) == ["Sak 1"]


def test_strict_open_xml_reads_the_same():
    def strict(content: bytes) -> bytes:
        return content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
        )

    assert read_texts({name: strict(content) for name, content in GOOD.items()}) == ["Sak 1"]


def test_comments_in_the_xml_do_not_matter():
    content = GOOD["word/document.xml"].replace(b"<w:p>", b"<!-- x --><w:p><?y z?>")
    assert read_texts(GOOD | {"word/document.xml": content}) == ["Sak 1"]


def test_tables_nested_to_the_parsers_limit():
    """The parser stops at 256 levels; whatever it lets through is read or refused, never a crash."""
    deep = "<w:tbl><w:tr><w:tc>" * 80 + p("Innerst") + "</w:tc></w:tr></w:tbl>" * 80
    (block,) = read_word("x.docx", zipped(members(deep))).blocks
    assert "Innerst" in [x.text for x in block.paragraphs()]


def test_the_archive_is_an_ordinary_zip():
    assert "word/document.xml" in zipfile.ZipFile(BytesIO(zipped(GOOD))).namelist()
