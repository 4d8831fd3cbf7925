"""Documents read as their gold says: heads, meetings, attendance, cases and decisions, row by row.

The demonstration documents, and the collection of layouts in ``tests/layouts``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import extract
import ingest
from models.records import as_format

HERE = Path(__file__).parent
FOLDERS = (HERE.parent / "corpus" / "documents", HERE / "layouts")
GOLD = sorted(path for folder in FOLDERS for path in folder.rglob("*.gold.json") if "skannet" not in path.name)

# Readings on which the program and the reader still differ. Strict: a test that begins to pass must leave this list.
KNOWN_FAILURES = {
    ("ssu-2024-09-26-referat.docx", "decisions"): "outcome of a recommendation that is adopted by reference",
    ("f09-fsu-minutes-unlabelled.pdf", "decisions"): "an order without a label in minutes that label others",
    (
        "f25-packet-pm-merged.pdf",
        "decisions",
    ): "two proposals that only a capital letter parts",
    ("o01-formannskap-protokoll.pdf", "decisions"): "outcome: approved by vote, and what is approved orders work",
    ("o05-styresak.pdf", "documents"): "the body stands in running text only",
    ("o06-fellesrad-protokoll.pdf", "decisions"): "an election that only the case's title tells",
    ("o17-hovedutvalg-docx.docx", "decisions"): "outcome of a decision to go on with something",
}


def folded(value):
    """Values without differences of white space, hyphens, case and final punctuation, as readers copy them."""
    if isinstance(value, str):
        return re.sub(r"[\s ]+", " ", value).replace("- ", "-").replace("–", "-").strip(" .:;,•").casefold()
    if isinstance(value, list):
        return [folded(one) for one in value]
    return value


def documents(found):
    keys = ("kind", "title", "body", "date", "organisation", "pages")
    return [[folded(one.get(key)) for key in keys] for one in found["documents"]]


def meetings(found):
    keys = ("document", "body", "date", "start", "end", "place", "chair", "secretary")
    return [[folded(one.get(key)) for key in keys] for one in found["meetings"]]


def attendances(found):
    return [sorted((a["name"], a["presence"]) for a in one.get("attendances") or []) for one in found["meetings"]]


def cases(found):
    keys = ("document", "number", "title", "kinds", "attachments")
    return [
        [*(folded(one.get(key)) for key in keys), sorted(folded(one.get("responsible") or []))]
        for one in found["case_items"]
    ]


def decisions(found):
    keys = ("number", "proposed", "adopted", "outcome")
    return [[folded(one.get(key)) or None for key in keys] for one in found["case_items"]]


@pytest.fixture(scope="module")
def read():
    known: dict[Path, dict] = {}

    def reading(path: Path) -> dict:
        if path not in known:
            file = ingest.read(path)
            known[path] = as_format(path.name, [extract.records(d) for d in ingest.split(file)])
        return known[path]

    return reading


@pytest.mark.parametrize("part", [documents, meetings, attendances, cases, decisions], ids=lambda part: part.__name__)
@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_reads_what_a_reader_reads(gold, part, read, request):
    wanted = json.loads(gold.read_text(encoding="utf-8"))
    reason = KNOWN_FAILURES.get((wanted["source"], part.__name__))
    if reason:
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    found = read(gold.parent / wanted["source"])
    assert part({"meetings": [], "case_items": [], **found}) == part({"meetings": [], "case_items": [], **wanted})
