"""The case of a memo: its head's labels, its title, and what stands under "Forslag til vedtak".

A memo may be written for several bodies in turn, with a number in each; then it is a case for each number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.cases.decisions import decisions
from extract.cases.kinds import announced, attachments_of, kinds_of
from extract.cases.names import names
from extract.cases.single import bodys_numbers
from extract.evidence import evidence, gathered
from extract.labels import Labelled, find, labelled
from models.case_numbers import CaseNumber, read_case_number
from models.layout import Block, LogicalDocument, Paragraph, Table, paragraphs
from models.records import CaseItem, Document
from models.words import pattern

HEAD_LINES = 14  # blocks of a memo in which its labels stand


def memo_items(document: LogicalDocument, record: Document) -> Iterator[CaseItem]:
    """The case of a memo, once for each number that its head gives it."""
    labels = list(labelled(document.blocks[:HEAD_LINES]))
    responsible = find(labels, "case_columns", "responsible")
    kind = find(labels, "case_columns", "kind")
    found = names(responsible.values) if responsible else []
    body = [p for p in paragraphs(document.blocks) if p.text]
    points = decisions(body, adopts=False)
    kinds = kinds_of(kind.values, None) if kind else ()
    attached = list(announced(body))
    numbers: list[tuple[str | None, Paragraph | None]] = list(_numbers(document, labels))
    for number, source in numbers or [(document.case_reference, None)]:
        yield CaseItem(
            number=number,
            title=record.title,
            kinds=kinds,
            responsible=tuple(dict.fromkeys(name for name, _ in found)),
            attachments=attachments_of(attached),
            decisions=points,
            text="\n".join(p.printed for p in body),
            first_page=record.first_page,
            last_page=record.last_page,
            evidence=gathered(
                evidence("number", source) if source is not None else (),
                (e for e in record.evidence if e.field == "title"),
                *(evidence("kinds", p) for p in (kind.values if kind and kinds else ())),
                *(evidence("attachments", p) for p in attached),
                *(evidence("responsible", p) for _, sources in found for p in sources),
            ),
        )


def _numbers(document: LogicalDocument, labels: Sequence[Labelled]) -> list[tuple[str, Paragraph]]:
    """The numbers of the head's table or label, else of the heading "Styresak 45-2024", with where they stand."""
    for block in document.blocks[:HEAD_LINES]:
        if isinstance(block, Table) and (found := list(_in_table(block))):
            return found
    head = [block for block in document.blocks[:HEAD_LINES] if isinstance(block, Paragraph)]
    listed = {number: line for line in head for number in bodys_numbers(line)}
    if listed:
        return list(listed.items())
    numbered = find(labels, "case_columns", "number")
    if numbered and (number := read_case_number(numbered.text, column=True)):
        return [(number.number, numbered.values[0])]
    headed = _heading(document.blocks)
    number = read_case_number(headed.text) if headed else None
    return [(number.number, headed)] if number and headed else []


def _in_table(table: Table) -> Iterator[tuple[str, Paragraph]]:
    """Each number under a column heading for numbers."""
    known = pattern("case_columns", "number")
    column = next((c.column for c in table.rows[0].cells if known.fullmatch(c.text.strip(" :.\n"))), None)
    for row in table.rows[1:] if column is not None else ():
        for paragraph in row.at(column or 0).paragraphs[:1]:
            number = read_case_number(paragraph.printed, column=True)
            if number:
                yield number.number, paragraph


def _heads(line: Paragraph, number: CaseNumber) -> bool:
    """Whether a number heads a memo: named as a case's, or with a title in bold behind it."""
    return number.named or (line.bold and "/" in number.number and bool(line.text[number.end :].strip()))


def _heading(blocks: Sequence[Block]) -> Paragraph | None:
    """The line of a memo's head that begins with a named case number."""
    lines = [b for b in blocks[:HEAD_LINES] if isinstance(b, Paragraph)]
    numbered = [(line, number) for line in lines if (number := read_case_number(line.text)) and _heads(line, number)]
    return next((line for line, number in numbered if line.bold or number.end >= len(line.text) - 1), None)
