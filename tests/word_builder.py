"""Small DOCX files for tests, from the XML of their body: what word processors write, without the other 400 kB."""

from __future__ import annotations

import zipfile
from io import BytesIO

from ingest.word import read_word
from models.layout import File, Paragraph, Row, Table, paragraphs

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOTS = {
    "styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
    "header": "hdr", "footer": "ftr", "comments": "comments",
}  # fmt: skip


def members(body: str, **parts: str) -> dict[str, bytes]:
    """The members of a DOCX: the XML inside ``w:body``, and inside the root of further parts by kind (``header2`` is a
    second header)."""
    kinds = {name: name.rstrip("0123456789") for name in parts}
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        for n, (name, kind) in enumerate(kinds.items())
    )
    found = {
        "_rels/.rels": _relationships(
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relationships(links),
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
    }
    return found | {f"word/{name}.xml": _part(ROOTS[kinds[name]], xml) for name, xml in parts.items()}


def zipped(found: dict[str, bytes]) -> bytes:
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return stored.getvalue()


def read(body: str, **parts: str) -> File:
    return read_word("referat.docx", zipped(members(body, **parts)))


def found(body: str, **parts: str) -> list[Paragraph]:
    """Every paragraph of a body, those in cells among them."""
    return list(paragraphs(read(body, **parts).blocks))


def one(body: str, **parts: str) -> Paragraph:
    (paragraph,) = found(body, **parts)
    return paragraph


def texts(body: str, **parts: str) -> list[str]:
    """What is printed, a paragraph each, labels with it."""
    return [paragraph.printed for paragraph in found(body, **parts)]


def rows(body: str, **parts: str) -> tuple[Row, ...]:
    """The rows of the only block of a body, a table."""
    (table,) = read(body, **parts).blocks
    assert isinstance(table, Table)
    return table.rows


def p(content: str = "", properties: str = "") -> str:
    """A paragraph of runs; plain text becomes one run."""
    return f"<w:p>{'<w:pPr>' + properties + '</w:pPr>' if properties else ''}{_runs(content)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run; ``text`` may be XML that stands in a run."""
    content = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r>{'<w:rPr>' + properties + '</w:rPr>' if properties else ''}{content}</w:r>"


def bold(text: str) -> str:
    return r(text, "<w:b/>")


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{'<w:trPr>' + properties + '</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tc(content: str = "", properties: str = "") -> str:
    """A cell of paragraphs; plain text becomes one."""
    inner = content if content.startswith(("<w:p", "<w:tbl", "<w:sdt")) else p(content)
    return f"<w:tc>{'<w:tcPr>' + properties + '</w:tcPr>' if properties else ''}{inner}</w:tc>"


def numbered(text: str, list_id: int = 1, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def _runs(content: str) -> str:
    return content if content.startswith("<") or not content else r(content)


def _part(root: str, content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{content}</w:{root}>'.encode()


def _relationships(links: str) -> bytes:
    home = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{home}">{links}</Relationships>'.encode()
