"""A DOCX file to blocks: what Word shows, in order, with an address for each paragraph.

python-docx alone loses tracked insertions, content controls and text boxes and gives merged cells several times, so
the walk over the text is ours: :mod:`ingest.word_settled` leaves one reading of the file, :mod:`ingest.word_blocks`
walks it. Headers and footers are furniture; footnotes and endnotes follow the text; comments are left out.

Minutes as a table with one row a case, the form that health collaborations use most. The label "1." is not in the file
but follows from the list:

>>> from io import BytesIO
>>> import docx
>>> minutes = docx.Document()
>>> _ = minutes.add_paragraph("Referat SSU 19.05.22")
>>> table = minutes.add_table(rows=2, cols=3)
>>> for cell, text in zip(table.rows[0].cells, ("Saksnr.", "", "Ansvar"), strict=True):
...     cell.text = text
>>> number, case, owner = table.rows[1].cells
>>> number.text, case.text, owner.text = "2022.11", "Godkjenning av referat", "Kari Nes"
>>> _ = case.add_paragraph("Konklusjon:")
>>> _ = case.add_paragraph("Referatet ble godkjent", style="List Number")
>>> stored = BytesIO()
>>> minutes.save(stored)
>>> heading, cases = read_word("referat.docx", stored.getvalue()).blocks
>>> heading.text, heading.places[0].address
('Referat SSU 19.05.22', 'p1')
>>> cases.rows[1].at(0).text, cases.rows[1].at(2).text
('2022.11', 'Kari Nes')
>>> print(cases.rows[1].at(1).text)
Godkjenning av referat
Konklusjon:
1. Referatet ble godkjent
>>> cases.rows[1].at(1).paragraphs[2].places[0].address
't1.r2.c2.p3'
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import replace

from docx.oxml.ns import qn

from ingest.word_blocks import blocks, flat
from ingest.word_numbering import in_form, read_numbering
from ingest.word_package import Element, Package, open_package
from ingest.word_paragraphs import Reading
from ingest.word_settled import settle
from ingest.word_styles import read_styles
from models.layout import Block, File, Paragraph
from models.problems import SaksporError

# Kind of notes: element, prefix of its address, and the number format that Word gives it.
NOTES = {"footnotes": ("w:footnote", "fn", "decimal"), "endnotes": ("w:endnote", "en", "lowerRoman")}


def read_word(name: str, data: bytes) -> File:
    """The file ``name`` with the content ``data`` as blocks.

    Raises :class:`SaksporError`: ``empty``, ``encrypted``, ``unknown_format`` (no Word document), or ``damaged``.
    """
    package = open_package(data)
    try:
        return _read(name, data, package)
    except RecursionError as error:  # tables inside tables without end
        raise SaksporError("damaged") from error


def _read(name: str, data: bytes, package: Package) -> File:
    body = settle(package.document()).find(qn("w:body"))
    if body is None:
        raise SaksporError("damaged")
    styles = read_styles(package.one("styles"))
    numbering = package.one("numbering")
    reading = Reading(styles, read_numbering(None if numbering is None else settle(numbering), styles))
    found: list[Block] = list(blocks(body, reading))
    found.extend(_notes(package, reading))
    return File(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind="docx",
        blocks=tuple(found),
        furniture=tuple(_furniture(package, reading)),
    )


def _notes(package: Package, reading: Reading) -> Iterator[Paragraph]:
    """Notes in the order of their marks, numbered; one whose mark was deleted is left out."""
    for kind, (tag, prefix, form) in NOTES.items():
        marks = list(dict.fromkeys(note.note_id for note in reading.notes if note.kind == kind))
        root = package.one(kind) if marks else None
        if root is None:
            continue
        by_id = {note.get(qn("w:id")): note for note in settle(root).findall(qn(tag))}
        for k, note in enumerate((by_id[mark] for mark in marks if mark in by_id), 1):
            yield from _note(note, reading, f"{prefix}{k}.", f"{in_form(k, form)})")


def _note(note: Element, reading: Reading, prefix: str, label: str) -> Iterator[Paragraph]:
    for k, paragraph in enumerate(flat(blocks(note, reading, prefix))):
        yield paragraph if k else replace(paragraph, label=label)


def _furniture(package: Package, reading: Reading) -> Iterator[Paragraph]:
    """Headers and footers of all sections, each text once. Addresses begin with the part's name: ``header1.p1``."""
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for part, root in package.related(kind):
            prefix = posixpath.splitext(posixpath.basename(part))[0]
            for paragraph in flat(blocks(settle(root), reading, f"{prefix}.")):
                if paragraph.text and paragraph.printed not in seen:
                    seen.add(paragraph.printed)
                    yield paragraph
