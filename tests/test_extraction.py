"""Documents read as their gold says: heads, meetings, attendance, cases and decisions, row by row.

The demonstration documents, and the collections of layouts in ``tests/layouts``. Of those that nobody looks at while
rules are written only the figures are held.
"""

from __future__ import annotations

from functools import cache

import pytest

from bench.alike import exact
from bench.quality import COLLECTIONS, SCANNED, UNSEEN, layouts, lower, reading, renewed, stored
from bench.score import compare, gold_of, golds_in

GOLD = [path for folder in COLLECTIONS.values() for path in golds_in(folder) if SCANNED not in path.name]

# Readings on which the program and the reader still differ. Strict: a test that begins to pass must leave this list.
KNOWN_FAILURES = {
    ("ssu-2024-09-26-referat.docx", "decisions"): "outcome of a recommendation that is adopted by reference",
    (
        "f25-packet-pm-merged.pdf",
        "decisions",
    ): "two proposals that only a capital letter parts",
    ("o05-styresak.pdf", "documents"): "the body stands in running text only",
    ("o06-fellesrad-protokoll.pdf", "decisions"): "an election that only the case's title tells",
    ("o17-hovedutvalg-docx.docx", "decisions"): "outcome of a decision to go on with something",
    ("b3-styreprotokoll-3.pdf", "attendances"): "staff of the secretariat by their titles",
    ("e2-ungdomsrad-2.pdf", "meetings"): "who takes the minutes is named with a title before the name",
    ("e2-ungdomsrad-2.pdf", "attendances"): "the same",
    ("l1-fau-1.pdf", "decisions"): "decisions without a label, and one told again with how it was voted",
    ("l2-velforening-2.docx", "decisions"): "outcome of a purchase that is decided without a label",
    ("l3-idrettslag-3.pdf", "decisions"): "an election told by a name",
    ("p1-formannskap-1.pdf", "meetings"): "the secretary stands only over a signature",
    ("p1-formannskap-1.pdf", "decisions"): "votes on amendments, with names",
    ("p2-kommunestyre-2.pdf", "decisions"): "votes with long lists of names",
    ("p3-planutval-3.docx", "decisions"): "a vote that the casting vote settles",
    ("p4-kommunestyre-4.pdf", "attendances"): "staff of the secretariat listed with the guests",
    ("p4-kommunestyre-4.pdf", "decisions"): "votes on numbered proposals, with names",
    ("r1-regionrad-1.pdf", "attendances"): "a guest in a list by municipality",
}


# The fields of the scorer that each part holds. Here texts are equal letter by letter.
PARTS = {
    "documents": ("document",),
    "meetings": ("meeting",),
    "attendances": ("attendance",),
    "cases": ("case",),
    "decisions": ("decision",),
}


@pytest.fixture(scope="module")
def read():
    return cache(reading)


def disagreements(gold: dict, found: dict, part: str) -> list[str]:
    misses = compare(gold, found, text=exact).misses
    if part == "documents":
        misses += [
            f"document: want {wanted['pages']}, got {got['pages']}"
            for wanted, got in zip(gold["documents"], found["documents"], strict=False)
            if wanted.get("pages") != got["pages"]
        ]
    return [miss for miss in misses if miss.startswith(PARTS[part])]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_reads_what_a_reader_reads(gold, part, read, request):
    wanted = gold_of(gold)
    reason = KNOWN_FAILURES.get((wanted["source"], part))
    if reason:
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    assert disagreements(wanted, read(gold.parent / wanted["source"]), part) == []


def test_no_figure_has_fallen(checkout, read):
    page = (checkout / "docs" / "quality.md").read_text(encoding="utf-8")
    now = renewed(page, {name: list(layouts(folder, read)) for name, folder in (COLLECTIONS | UNSEEN).items()})
    kept = stored(page)
    assert len(kept) > 500
    assert lower(kept, stored(now)) == []
    assert set(stored(now)) == set(kept), "run: make score"


def test_nothing_is_made_up_of_documents_that_are_no_minutes(read):
    papers = [path for path in GOLD if path.name.startswith("n")]
    assert len(papers) >= 4
    for path in papers:
        found = read(path.parent / gold_of(path)["source"])
        assert [one["kind"] for one in found["documents"]] == ["other"], path
        assert found["case_items"] == [], path
