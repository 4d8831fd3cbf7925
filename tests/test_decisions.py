"""What minutes propose and decide, case by case: labels, adoption by reference, amendments, formulas."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extract.cases.decisions import decisions
from models.layout import Paragraph

CASES = tomllib.loads(Path(__file__).with_name("decisions.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_proposals_and_decisions_of_a_case(case):
    lines = [Paragraph(line.lstrip("*"), bold=line.startswith("*")) for line in case["lines"]]
    found = decisions(lines, adopts=True, title=case.get("title", ""), labelled=case.get("labelled", True))
    assert [d.text for d in found if d.stage == "proposed"] == case["proposed"]
    assert [d.text for d in found if d.stage == "adopted"] == case["adopted"]
    assert [d.outcome or "_" for d in found if d.stage == "adopted"] == case["outcomes"]
