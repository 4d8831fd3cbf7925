"""The collection of papers of many bodies: built the same way twice, and its gold true to the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.layouts.bodies.build import build
from tests.test_corpus import squeezed, words_of

DOCUMENTS = Path(__file__).resolve().parent / "layouts" / "bodies"
SOURCES = sorted(path for path in DOCUMENTS.iterdir() if path.suffix in (".pdf", ".docx"))
GOLDS = sorted(DOCUMENTS.glob("*.gold.json"))
VOTE = {"for", "against", "blank", "unanimous", "casting_vote", "names_for", "names_against"}

by_name = pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.name)


def read(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def stated(gold: dict[str, Any]) -> list[tuple[int, str]]:
    """(index of the document, text) of what a gold file says is printed."""
    items, meetings, duties = gold["case_items"], gold["meetings"], gold["responsibilities"]
    rows = [(row["document"], text) for row in items for text in row["proposed"] + row["adopted"] + row["responsible"]]
    rows += [(row["document"], row[key]) for row in items for key in ("title", "number")]
    rows += [(row["document"], name) for row in items for vote in row.get("votes", []) for name in vote["names_for"]]
    rows += [
        (row["document"], name) for row in items for vote in row.get("votes", []) for name in vote["names_against"]
    ]
    rows += [(row["document"], a["name"]) for row in meetings for a in row["attendances"]]
    rows += [(row["document"], row[key]) for row in meetings for key in ("place", "chair", "secretary")]
    rows += [(row["document"], row[key]) for row in duties for key in ("actor", "action", "deadline_text")]
    rows += [(document["n"], document["title"]) for document in gold["documents"]]
    return [(n, text) for n, text in rows if text]


def test_every_document_has_gold_and_every_gold_a_document():
    assert {path.with_name(read(path)["source"]) for path in GOLDS} == set(SOURCES)
    assert {path.name.replace("-optional", "") for path in DOCUMENTS.glob("*.gold-optional.json")} <= {
        path.name for path in GOLDS
    }


def test_building_again_gives_the_committed_bytes(tmp_path):
    build(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in SOURCES}
    assert [path.name for path in SOURCES if (tmp_path / path.name).read_bytes() != path.read_bytes()] == []


@by_name
def test_gold_says_what_the_pages_say(path):
    gold = read(path)
    words = words_of(path.with_name(gold["source"]))
    for n, text in stated(gold):
        first, last = gold["documents"][n]["pages"] or (1, 1)
        assert squeezed(text) in "".join(words[first - 1 : last]), text


@by_name
def test_documents_cover_the_pages_and_cases_begin_on_theirs(path):
    gold = read(path)
    source = path.with_name(gold["source"])
    spans = [document["pages"] for document in gold["documents"]]
    if source.suffix == ".docx":
        assert spans == [None]
        assert all(item["pages"] is None for item in gold["case_items"])
        return
    pages = [page for first, last in spans for page in range(first, last + 1)]
    assert pages == list(range(1, len(pypdfium2.PdfDocument(source)) + 1))
    words = words_of(source)
    for item in gold["case_items"]:
        first, last = spans[item["document"]]
        assert first <= item["pages"][0] <= item["pages"][1] <= last
        assert squeezed(item["title"] or item["number"]) in words[item["pages"][0] - 1]


@by_name
def test_votes_have_their_keys(path):
    for item in read(path)["case_items"]:
        for vote in item.get("votes", []):
            assert set(vote) == VOTE
            assert len(vote["names_for"]) in (0, vote["for"])
            assert len(vote["names_against"]) in (0, vote["against"])
