"""Heads of procedures, however they are laid out: what applies, and what a tracked change has taken out."""

from __future__ import annotations

from typing import Any

import pytest

from extract.procedures import procedure
from models.layout import Block, Cell, LogicalDocument, Paragraph, Place, Row, Table
from pipeline import read_file


def line(text: str, struck: str = "") -> Paragraph:
    return Paragraph(text, places=(Place(1),), struck=struck)


def table(*rows: tuple[str | Paragraph | tuple[Paragraph, ...], ...]) -> Table:
    """A table of cells given as a text, a paragraph, or several."""
    return Table(tuple(Row(tuple(_cell(cell, n) for n, cell in enumerate(row))) for row in rows))


def _cell(content: str | Paragraph | tuple[Paragraph, ...], column: int) -> Cell:
    if isinstance(content, str):
        content = line(content)
    return Cell(content if isinstance(content, tuple) else (content,), column)


def read(*blocks: Block, kind: str = "procedure", furniture: tuple[Paragraph, ...] = ()) -> dict[str, str]:
    """The values read from a head, without those that are not stated."""
    found = procedure(LogicalDocument(0, kind, (1, 1), blocks, furniture))
    return found.model_dump(exclude={"evidence"}, exclude_none=True) if found else {}


NEW = {"revision": "3.0", "approved_date": "2023-02-01"}
HEADS: dict[str, tuple[Block, ...]] = {
    "in the same line": (line("Revisjonsnr: 3.0"), line("Godkj. dato: 01.02.2023")),
    "in the same cell": (table(("Revisjonsnr: 3.0", "Godkj. dato: 01.02.2023")),),
    "in the next line of the cell": (
        table(((line("Revisjonsnr:"), line("3.0")), (line("Godkj. dato:"), line("01.02.2023")))),
    ),
    "beside it": (table(("Revisjonsnr:", "3.0"), ("Godkj. dato", "01.02.2023")),),
    "beside it, twice in a row": (table(("Revisjonsnr:", "3.0", "Godkj. dato:", "01.02.2023")),),
    "under it": (table(("Revisjonsnr", "Godkj. dato"), ("3.0", "01.02.2023")),),
    "all in one line": (line("Revisjonsnr: 3.0 Godkj. dato: 01.02.2023"),),
    "in nynorsk": (line("Revisjon: 3.0"), line("Godkjend dato: 1. februar 2023")),
}


@pytest.mark.parametrize("layout", HEADS)
def test_a_value_is_found(layout):
    assert read(*HEADS[layout]) == NEW


def test_a_running_head_states_what_the_page_does_not():
    assert read(line("Formål"), furniture=(line("Dok.nr: D77 Revisjonsnr: 2"),)) == {"number": "D77", "revision": "2"}


def test_struck_words_are_the_former_values():
    head = table(
        (line("Utarbeidet av: Fagutvalget", "Samhandlingskontoret"), (line("Revisjonsnr:"), line("3.0", "2.1"))),
        ((line("Godkjent av: SSU"), line("", "Kari Dal")), (line("Godkj. dato:"), line("01.02.2023", "03.04.2019"))),
    )
    assert read(head) == NEW | {
        "prepared_by": "Fagutvalget",
        "former_prepared_by": "Samhandlingskontoret",
        "former_revision": "2.1",
        "approved_by": "SSU",
        "former_approved_by": "Kari Dal",
        "former_approved_date": "2019-04-03",
    }


def test_a_value_that_is_only_struck_is_not_in_force():
    assert read(line("Godkjent av:", "Kari Dal"), line("Hensikt: Trygg reise")) == {"former_approved_by": "Kari Dal"}
    assert read(line("", "Gjelder for: Hele sykehuset")) == {"former_valid_for": "Hele sykehuset"}


@pytest.mark.parametrize(
    "head",
    [
        table(("Godkjent av:", "Godkj. dato:")),
        table(("Godkjent av:", "Godkj. dato:"), ("Vedlegg: 2", "Arkiv: 12")),
        line("Revisjon skjer hvert annet år."),
        line("Skjemaet er godkjent av: legen"),
    ],
)
def test_nothing_is_read_where_nothing_is_stated(head):
    assert read(head) == {}


def test_only_procedures_have_such_a_head():
    assert read(line("Godkjent av: SSU"), kind="minutes") == {}


def test_evidence_stands_where_the_value_does():
    found = procedure(LogicalDocument(0, "procedure", (1, 1), (line("Revisjonsnr: 3.0", "2.1"),)))
    assert found
    assert [(e.field, e.text, e.page) for e in found.evidence] == [
        ("revision", "Revisjonsnr: 3.0", 1),
        ("former_revision", "2.1", 1),
    ]


def test_the_procedures_of_the_demonstration_collection(checkout):
    found: dict[str, Any] = {}
    for name in (
        "2022/ssu-2022-09-29-prosedyre-samhandlingsavvik.docx",
        "2023/ssu-2023-06-15-innkalling-med-vedlegg.pdf",
    ):
        result = read_file(checkout / "corpus" / "documents" / "ssu" / name)
        found |= {name[-4:].strip("."): e.procedure for e in result.extractions if e.procedure}
    assert (found["docx"].revision, found["docx"].former_revision) == ("2.0", "1.0")
    assert (found["docx"].approved_by, found["docx"].approved_date) == ("SSU", "2022-09-29")
    assert (found["docx"].former_prepared_by, found["docx"].former_approved_date) == (
        "Samhandlingskontoret",
        "2016-06-14",
    )
    assert (found["pdf"].revision, found["pdf"].former_revision) == ("0.2", "0.1")
    assert (found["pdf"].approved_by, found["pdf"].valid_for) == (None, "SiF og kommunene i fjordregionen")
