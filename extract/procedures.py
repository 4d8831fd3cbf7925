"""The head of a procedure: its number, revision, who approved it and when, and what was so before this revision.

Quality systems print these labels in a small table on the first page, in the page header or in the footer. Seen: label
and value in one line ("Dok.nr: D1240"), the value in the next line of the same cell, in the cell beside the label, or
under it, and several labels in one line ("Dokumentnr: D1240 Revisjonsnr: 3.0"). In a procedure with tracked changes
the struck words of a value are the former value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, takewhile

from extract.evidence import evidence, gathered
from models.dates import only_date
from models.layout import Block, Cell, LogicalDocument, Paragraph, Row, Table
from models.records import Evidence, Procedure
from models.words import pattern, sections

HEAD = 12  # blocks: a head stands on the first half page
FOOT = 3  # blocks: a footer that only one page has is read as text
ANY_LABEL = re.compile(r"[A-ZÆØÅ][^:\n]{1,40}:(?:\s|$)")
REVISION = re.compile(r"\d+(?:[.,]\d+)*|[A-Z]\b")
NUMBER = re.compile(r"(?:[A-ZÆØÅ]{1,6} )?\S*\d\S*")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a head states beside one label: the words in force, the struck ones, and the paragraphs they stand in."""

    field: str
    text: str
    struck: str
    sources: tuple[Paragraph, ...]


def procedure(document: LogicalDocument) -> Procedure | None:
    """The procedure as its head describes it; None for other documents, and where no label is known.

    >>> head = Paragraph("Revisjonsnr: 2.0", struck="1.0"), Paragraph("Godkj. dato: 22.09.2022")
    >>> read = procedure(LogicalDocument(0, "procedure", None, head))
    >>> read.revision, read.former_revision, read.approved_date, read.approved_by
    ('2.0', '1.0', '2022-09-22', None)
    """
    if document.kind != "procedure":
        return None
    values: dict[str, str] = {}
    found: list[Iterable[Evidence]] = []
    for stated in _stated(document):
        for field, text in ((stated.field, stated.text), (f"former_{stated.field}", stated.struck)):
            value = _value(stated.field, text)
            if value and field not in values:
                values[field] = value
                found.append(_evidence(field, stated, value, former=field != stated.field))
    return Procedure.model_validate(values | {"evidence": gathered(*found)}) if values else None


def _stated(document: LogicalDocument) -> Iterator[Stated]:
    """Head first, then running heads, then the last lines: the first mention of a value counts."""
    yield from _in_blocks(document.blocks[:HEAD])
    yield from _in_blocks(document.furniture)
    yield from _in_blocks(document.blocks[HEAD:][-FOOT:])


def _in_blocks(blocks: Sequence[Block]) -> Iterator[Stated]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _in_table(block)
    yield from _in_paragraphs([block for block in blocks if isinstance(block, Paragraph)])


def _in_table(table: Table) -> Iterator[Stated]:
    for row, below in pairwise([*table.rows, Row(())]):
        for cell, beside in pairwise([*row.cells, Cell()]):
            alone = _bare_label(cell)
            if alone:
                under = below.at(cell.column) if all(_bare_label(c) or not c.text for c in row.cells) else Cell()
                yield from _from_cells(alone, cell, beside, under)
            else:
                yield from _in_paragraphs(cell.paragraphs)


def _bare_label(cell: Cell) -> str | None:
    """The field whose label is all that is in force in a cell."""
    field = _field(cell.text)
    return field if field and not any(p.struck for p in cell.paragraphs) else None


def _from_cells(field: str, label: Cell, *others: Cell) -> Iterator[Stated]:
    """The value of a cell with a label alone, in the first of the other cells that holds something and no label."""
    for cell in others:
        if cell.paragraphs and not _is_labelled(cell.paragraphs[0]):
            yield _joined(field, "", cell.paragraphs)
            return


def _in_paragraphs(lines: Sequence[Paragraph]) -> Iterator[Stated]:
    """Values behind their labels, with the lines after them where the label stands alone in its line."""
    for at, line in enumerate(lines):
        parts = list(_parts(line.text)) or list(_parts(line.struck))
        after = tuple(takewhile(lambda p: not _is_labelled(p), lines[at + 1 : at + 3]))
        if len(parts) > 1:
            yield from (Stated(field, text, "", (line,)) for field, text in parts)
        elif parts and not line.text:  # the label is struck with its value
            yield Stated(parts[0][0], "", parts[0][1], (line,))
        elif parts:
            field, text = parts[0]
            more = after if not text else tuple(takewhile(lambda p: not p.text, after))
            yield _joined(field, text, (line, *more))


def _joined(field: str, text: str, lines: Sequence[Paragraph]) -> Stated:
    """A value with what stands in the lines after its label's; ``text`` is what the label's own line says."""
    rest = lines if not text and not _is_labelled(lines[0]) else lines[1:]
    in_force = " ".join(filter(None, (text, *(p.text for p in rest))))
    return Stated(field, in_force, " ".join(filter(None, (p.struck for p in lines))), tuple(lines))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The known labels of a line, as fields, each with what follows it up to the next one.

    >>> list(_parts("Dokumentnr: D1240 Revisjonsnr: 3.0"))
    [('number', 'D1240'), ('revision', '3.0')]
    >>> list(_parts("Hovedområde: Drift")), list(_parts("Vedtaket er godkjent av: alle"))
    ([], [])
    """
    found = list(_labels().finditer(text))
    if not found or found[0].start():
        return
    for match, end in zip(found, [*(m.start() for m in found[1:]), len(text)], strict=True):
        field = _field(match["label"])
        if field:
            yield field, text[match.end() : end].strip()


@cache
def _labels() -> re.Pattern[str]:
    known = "|".join(pattern("procedure_labels", name).pattern for name in sections("procedure_labels"))
    return re.compile(rf"(?<!\S)(?P<label>{known})\s*:", re.IGNORECASE)


def _field(label: str) -> str | None:
    bare = label.strip().removesuffix(":").strip()
    fields = (name for name in sections("procedure_labels") if pattern("procedure_labels", name).fullmatch(bare))
    return next(fields, None)


def _is_labelled(line: Paragraph) -> bool:
    return bool(ANY_LABEL.match(line.text or line.struck) or _field(line.text))


def _value(field: str, text: str) -> str | None:
    """A value in the form that its field has; None where the words beside the label are something else.

    >>> _value("revision", "3.0 Samhandlingsavvik"), _value("approved_date", "24.04.2014"), _value("number", "")
    ('3.0', '2014-04-24', None)
    >>> _value("number", "D1240 Avvik"), _value("number", "PRO 12"), _value("revision", "under arbeid")
    ('D1240', 'PRO 12', None)
    """
    if field in ("approved_date", "valid_from"):
        return only_date(text)
    shape = {"revision": REVISION, "number": NUMBER}.get(field)
    if shape is None:
        return text.strip() or None
    match = shape.match(text.strip())
    return match[0] if match else None


def _evidence(field: str, stated: Stated, value: str, *, former: bool) -> Iterator[Evidence]:
    """Where the value stands: the paragraphs that hold a part of it."""
    for line in stated.sources:
        words = line.struck if former else line.text
        if words and (len(stated.sources) == 1 or _holds(words, stated.struck if former else stated.text)):
            yield from evidence(field, replace(line, text=words, label=None))


def _holds(words: str, value: str) -> bool:
    return words in value or value in words
