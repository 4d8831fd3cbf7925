"""A document's head as labels and values, however it is laid out.

Seen: a two-column table ("Dato/sted | Nordvik, 22.09.22"), a table with labels over values ("Saksnr: | Møteorgan:"),
label and value in one cell ("Godkjent av: SSU"), label and value in one line ("Møteleder: Kari Nordmann"), and a
label in bold with its value in the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, zip_longest

from models.case_numbers import read_case_number
from models.layout import Block, Cell, Paragraph, Row, Table
from models.words import pattern, sections

LABEL = re.compile(r"(?P<label>[^:\n]{2,45}?)\s*:(?P<value>\s.*|)$", re.DOTALL)
FURTHER_LABEL = re.compile(r"(?<=\S\s)(?P<label>[A-ZÆØÅ][\w./]*(?:\s[a-zæøå.]+)?)\s*:(?=\s)")
LONGEST_LINE = 200  # characters of a line of the head
FEWEST_IN_ROW = 2  # labels side by side above their values
LONGEST = 45  # characters of a label


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label (without its colon) and the paragraphs of its value; none where it stands empty."""

    label: str
    values: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        return " ".join(p.text for p in self.values)


def labelled(blocks: Iterable[Block]) -> Iterator[Labelled]:
    """Every label with its value among the blocks, in reading order.

    >>> head = Table((Row((Cell((Paragraph("Referent"),)), Cell((Paragraph("Kari Dal"),), 1))),))
    >>> [(one.label, one.text) for one in labelled([head, Paragraph("Møteleder: Ola Vik")])]
    [('Referent', 'Kari Dal'), ('Møteleder', 'Ola Vik')]
    """
    for block in _rows_apart(list(blocks)):
        if isinstance(block, Table):
            yield from _in_table(block)
        else:
            yield from in_paragraphs([block])


def find(found: Sequence[Labelled], section: str, name: str) -> Labelled | None:
    """The first label of a word list that has a value."""
    known = pattern(section, name)
    return next((one for one in found if known.fullmatch(one.label) and one.values), None)


def in_paragraphs(paragraphs: Sequence[Paragraph]) -> Iterator[Labelled]:
    """A "Label: value" in one paragraph, or a label by itself with its value in the next ones."""
    paragraphs = [part for paragraph in paragraphs for part in _labels_apart(paragraph)]
    for at, paragraph in enumerate(paragraphs):
        match = LABEL.match(paragraph.text) or _bare_label().match(paragraph.text)
        if not match:
            continue
        value = match["value"].strip()
        if value:
            yield Labelled(match["label"].strip(), (replace(paragraph, text=value, lead="", lines=()),))
        else:
            yield Labelled(match["label"].strip(), tuple(paragraphs[at + 1 : at + 4]))


def _rows_apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; a row of labels with a row of values below it is a paragraph for each label and its value.

    >>> rows = [Paragraph("Saksnr.: Møtedato: Arkivsaksnr.:"), Paragraph("8/14 03.11.2014 14/3716-12")]
    >>> [p.text for p in _rows_apart(rows)]
    ['Saksnr.: 8/14', 'Møtedato: 03.11.2014', 'Arkivsaksnr.: 14/3716-12']
    >>> [p.text for p in _rows_apart([Paragraph("Saksnr.: Møtedato:"), Paragraph("8/14")])]
    ['Saksnr.: Møtedato:', '8/14']
    """
    taken = False
    for block, values in zip_longest(blocks, blocks[1:]):
        labels = _row_of_labels(block.text) if isinstance(block, Paragraph) else []
        texts = values.text.split() if labels and isinstance(values, Paragraph) else []
        if taken:
            taken = False
        elif labels and len(labels) == len(texts):
            taken = True
            yield from (
                replace(values, text=f"{a}: {b}", lines=(), lead="") for a, b in zip(labels, texts, strict=True)
            )
        else:
            yield block


def _row_of_labels(text: str) -> list[str]:
    """The labels of a line that holds nothing else, two of them known ones; none of any other line."""
    if not text.endswith(":") or text.count(":") < FEWEST_IN_ROW or len(text) > LONGEST_LINE:
        return []
    labels = [label.strip() for label in text.rstrip(" :").split(":")]
    known = sum(any(one.fullmatch(label) for one in _further()) for label in labels)
    return labels if known >= FEWEST_IN_ROW else []


@cache
def _bare_label() -> re.Pattern[str]:
    """A label that stands before its value without a colon: "Sted Møterom 3", "Ref. Ola Vik"."""
    known = rf"(?P<label>(?i:{pattern('bare_labels', 'any').pattern}))\s+"
    return re.compile(known + r"(?P<value>(?=[A-ZÆØÅ0-9]|kl)[^.]{2,60}(?:\.\d[^.]*|\.\s?[a-zæøå][^.]*)*)$")


def _labels_apart(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A line of the head with several labels as one paragraph each: "Arkivnr.: 24/611 Saksbehandler: Kari Dal".

    >>> [p.text for p in _labels_apart(Paragraph("Arkivnr.: 24/611 Saksbehandler: Kari Dal"))]
    ['Arkivnr.: 24/611', 'Saksbehandler: Kari Dal']
    >>> [p.text for p in _labels_apart(Paragraph("Saksbehandler: Kari Dal Arkivsak: 24/611"))]
    ['Saksbehandler: Kari Dal', 'Arkivsak: 24/611']
    """
    starts = [
        match.start("label")
        for match in FURTHER_LABEL.finditer(paragraph.text)
        if any(one.fullmatch(match["label"]) for one in _further())
    ]
    if not starts or len(paragraph.text) > LONGEST_LINE:
        yield paragraph
        return
    for start, end in pairwise([0, *starts, len(paragraph.text)]):
        yield replace(paragraph, text=paragraph.text[start:end].strip(), lines=(), lead="")


@cache
def _further() -> tuple[re.Pattern[str], ...]:
    """The labels that may stand behind another one on its line."""
    lists = ("head_labels", "case_columns", "archive_columns")
    return tuple(pattern(section, name) for section in lists for name in sections(section))


def _in_table(table: Table) -> Iterator[Labelled]:
    if _labels_on_top(table):
        yield from _columns(table)
        yield from (one for row in table.rows[2:] for cell in row.cells for one in in_paragraphs(cell.paragraphs))
        return
    for row in table.rows:
        if len(row.cells) >= 2 and _is_label(row.cells[0].text):
            yield from _pairs(row)
        for cell in row.cells[0 if not (len(row.cells) >= 2 and _is_label(row.cells[0].text)) else 1 :]:
            yield from in_paragraphs(cell.paragraphs)


def _pairs(row: Row) -> Iterator[Labelled]:
    """A label and its value, or several side by side: "Møte i: | Eldrerådet | Møtedato: | 3.4.2024"."""
    starts = [0, *(n for n, cell in enumerate(row.cells) if n and _is_head_label(cell.text)), len(row.cells)]
    for first, last in pairwise(starts):
        values = tuple(p for cell in row.cells[first + 1 : last] for p in cell.paragraphs)
        yield Labelled(row.cells[first].text.strip().rstrip(":").strip(), values)


def _is_head_label(text: str) -> bool:
    label = text.strip()
    return label.endswith(":") and any(one.fullmatch(label.rstrip(" :")) for one in _further())


def _is_label(text: str) -> bool:
    return 0 < len(text) <= LONGEST and "\n" not in text


def _labels_on_top(table: Table) -> bool:
    """Two or more known labels side by side in the first row, and values under them."""
    if len(table.rows) < 2 or table.columns < 2 or any(_is_head_label(cell.text) for cell in table.rows[1].cells):
        return False
    heads = [head for cell in table.rows[0].cells for head in _heads_of(cell.text)]
    return sum(any(k.fullmatch(head) for k in _known_heads()) for head in heads) >= 2


@cache
def _known_heads() -> list[re.Pattern[str]]:
    columns = [pattern("case_columns", name) for name in ("number", "body", "kind", "responsible", "date")]
    return [*columns, pattern("archive_columns", "any")]


def _heads_of(text: str) -> list[str]:
    """The labels of a cell on top; two columns may have come into one: "Saksnr.: Utvalg".

    >>> _heads_of("Saksnr.: Utvalg"), _heads_of("Møtedato:")
    (['Saksnr', 'Utvalg'], ['Møtedato'])
    """
    parts = [part.strip(" :.\n") for part in text.split(":") if part.strip(" :.\n")]
    known = len(parts) == 2 and all(any(k.fullmatch(part) for k in _known_heads()) for part in parts)
    return parts if known else [text.strip(" :\n")]


def _columns(table: Table) -> Iterator[Labelled]:
    for above, below in pairwise(table.rows):
        yield from _over(above, below)
        break


def _over(labels: Row, values: Row) -> Iterator[Labelled]:
    for cell in labels.cells:
        value: Cell = values.at(cell.column)
        heads = _heads_of(cell.text)
        number = read_case_number(value.text, column=True) if len(heads) == 2 else None
        if number and value.paragraphs:
            first = value.paragraphs[0]
            for head, text in zip(heads, (value.text[: number.end], value.text[number.end :]), strict=True):
                yield Labelled(head, (replace(first, text=text.strip(), lines=(), lead=""),))
        elif cell.text.strip():
            yield Labelled(cell.text.strip(" :\n"), value.paragraphs)
