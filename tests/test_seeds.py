"""Real documents beside the checkout: what a careful reader found in them must be found."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

# Fields of agendas, minutes and memos, and what every document has: on files with a text layer none may fall below.
FLOOR = 0.95
FIELDS = ("document", "meeting", "attendance", "case", "decision")


@pytest.fixture(scope="module")
def scores(seeds, tmp_path_factory, checkout):
    """Field -> F1 over the files with a text layer, by the scorer that lies beside the documents."""
    scorer = seeds.parent / "score" / "score.py"
    golds = [str(g) for g in sorted(seeds.glob("*.gold.json")) if not g.name.endswith("skannet.gold.json")]
    out = tmp_path_factory.mktemp("score") / "scores.json"
    command = f"{sys.executable} {checkout / 'cli.py'} extract {{file}}"
    subprocess.run(
        [sys.executable, str(scorer), *golds, "--extract", command, "--json", str(out)],
        check=True,
        capture_output=True,
        cwd=checkout,
    )
    return json.loads(out.read_text(encoding="utf-8"))["fields"]


def test_cases_and_decisions_of_real_documents_are_found(scores):
    low = {field: value for field, value in scores.items() if field.split(".")[0] in FIELDS and value < FLOOR}
    assert scores
    assert not low
