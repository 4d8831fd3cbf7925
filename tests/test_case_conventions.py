"""Case numbers, lists, groups and kinds of documents, convention by convention: sheets of a few lines, and what a
secretary would read out of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extract import records
from extract.cases.columns import heads_apart
from extract.cases.table import table_drafts
from ingest import split
from models.layout import Cell, File, Paragraph, Row, Table
from models.records import CaseItem
from tests.sheets import docx, pdf

Sheet = dict[str, Any]
SHEETS = tomllib.loads((Path(__file__).parent / "case_conventions.toml").read_text(encoding="utf-8"))["sheet"]
READERS = {"pdf": pdf, "docx": docx}


def readings() -> Iterator[Any]:
    for sheet in SHEETS:
        for name, read in READERS.items():
            if sheet.get("only", name) == name:
                yield pytest.param(sheet, read, id=f"{sheet['why']} ({name})")


@pytest.mark.parametrize(("sheet", "read"), list(readings()))
def test_reads_the_cases_of(sheet: Sheet, read: Callable[[str], File]):
    documents = split(read(sheet["text"]))
    found = [written(item) for document in documents for item in records(document).case_items]
    assert [document.kind for document in documents] == sheet.get("kinds", ["minutes"]), sheet["why"]
    assert found == sheet["cases"], sheet["why"]


def written(item: CaseItem) -> str:
    return " | ".join(filter(None, (str(item.number), str(item.title), ",".join(item.kinds))))


def test_a_paper_that_is_no_minutes_holds_no_case():
    assert sum(sheet["cases"] == [] for sheet in SHEETS) >= 6


def test_number_before_the_title_and_who_follows_up_in_the_other_column():
    def row(*cells: tuple[str, ...]) -> Row:
        return Row(tuple(Cell(tuple(map(Paragraph, texts)), n) for n, texts in enumerate(cells)))

    table = Table(
        (
            row(("Dato: 18.04.2031",), ("Leder: Kari Nord",)),
            row(("Saker",), ("Oppfølging/ansvar",)),
            row(("17/31 Avtale om røntgen", "Konklusjon: Styret aksepterer ikke reduksjonen."), ("Ola Sør",)),
            row(("18/31 Eventuelt", "Ingen saker."), ()),
            row(("Neste møte: 23.05.2031",), ()),
        )
    )
    head, cases = (block for block in heads_apart([table]) if isinstance(block, Table))
    first, last = table_drafts(cases)
    assert [row.text for row in head.rows] == ["Dato: 18.04.2031 | Leder: Kari Nord"]
    assert (first.title_text, [p.text for p in first.responsible]) == ("Avtale om røntgen", ["Ola Sør"])
    assert [p.text for p in first.body] == ["Konklusjon: Styret aksepterer ikke reduksjonen."]
    assert (last.number, [p.text for p in last.body]) == ("18/31", ["Ingen saker."])
