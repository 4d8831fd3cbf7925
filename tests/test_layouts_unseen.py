"""The held-out layouts: built the same way twice, each with gold that says what its pages say."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document

from tests.layouts.unseen.build import build

FOLDER = Path(__file__).resolve().parent / "layouts" / "unseen"
SOURCES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".pdf", ".docx"))
GOLDS = sorted(FOLDER.glob("*.gold.json"))
ROWS = {"documents", "meetings", "case_items", "responsibilities", "references", "measures", "input_points"}
VOTE = {"for", "against", "blank", "unanimous", "casting_vote", "names_for", "names_against"}

by_name = pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.name.removesuffix(".gold.json"))


def read(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def squeezed(text: str) -> str:
    """Letters and digits alone: how lines were broken and hyphenated does not count."""
    return re.sub(r"\W+|_", "", text.replace("\ufffe", "").replace("\u00ad", "")).casefold()


def words_of(source: Path) -> list[str]:
    """The squeezed text of each page; a DOCX is one page."""
    if source.suffix == ".pdf":
        return [squeezed(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(source)]
    texts = Document(str(source)).element.body.xpath(".//w:t")
    return [squeezed("".join(element.text or "" for element in texts))]


def stated(gold: dict[str, Any]) -> list[str]:
    """All that a gold file says is printed."""
    texts = [text for item in gold["case_items"] for text in (item["number"], item["title"], *item["responsible"])]
    texts += [text for item in gold["case_items"] for text in item["proposed"] + item["adopted"]]
    texts += [person["name"] for meeting in gold["meetings"] for person in meeting["attendances"]]
    texts += [meeting[key] for meeting in gold["meetings"] for key in ("body", "place", "chair", "secretary")]
    texts += [duty[key] for duty in gold["responsibilities"] for key in ("actor", "action", "deadline_text")]
    texts += [row[key] for row in gold["measures"] for key in ("group", "title", "goal", "work_form", "period")]
    texts += [row[key] for row in gold["input_points"] for key in ("theme", "text")]
    texts += [name for vote in votes(gold) for key in ("names_for", "names_against") for name in vote[key]]
    return [text for text in texts if text]


def votes(gold: dict[str, Any]) -> list[dict[str, Any]]:
    return [vote for item in gold["case_items"] for vote in item.get("votes", [])]


def printed(text: str, pages: list[str]) -> bool:
    """Whether a text stands on a page, or begins on one and ends on the next, with a running head between."""
    wanted = squeezed(text)
    if any(wanted in page for page in pages):
        return True
    cuts = range(3, len(wanted) - 2)
    return any(wanted[:n] in a and wanted[n:] in b for a, b in itertools.pairwise(pages) for n in cuts)


def test_every_document_has_gold() -> None:
    assert len(SOURCES) >= 40
    assert {read(path)["source"] for path in GOLDS} == {path.name for path in SOURCES}


@by_name
def test_gold_has_the_shape_of_the_format(path: Path) -> None:
    gold = read(path)
    assert set(gold) == {"source", *ROWS}
    assert path.name.removesuffix(".gold.json") == Path(gold["source"]).stem
    assert all(set(vote) == VOTE for vote in votes(gold))
    assert all(row["document"] < len(gold["documents"]) for key in ROWS - {"documents"} for row in gold[key])


@by_name
def test_documents_cover_the_pages_without_overlap(path: Path) -> None:
    gold = read(path)
    spans = [document["pages"] for document in gold["documents"]]
    source = FOLDER / gold["source"]
    if source.suffix == ".docx":
        assert spans == [None]
        return
    pages = [page for first, last in spans for page in range(first, last + 1)]
    assert pages == list(range(1, len(pypdfium2.PdfDocument(source)) + 1))
    for item in gold["case_items"]:
        first, last = spans[item["document"]]
        assert first <= item["pages"][0] <= item["pages"][1] <= last


@by_name
def test_gold_says_what_the_pages_say(path: Path) -> None:
    gold = read(path)
    pages = words_of(FOLDER / gold["source"])
    assert [text for text in stated(gold) if not printed(text, pages)] == []


@by_name
def test_case_begins_on_the_page_that_gold_names(path: Path) -> None:
    gold = read(path)
    pages = words_of(FOLDER / gold["source"])
    if path.with_name(gold["source"]).suffix == ".pdf":
        begins = [(item["title"] or item["number"], item["pages"][0]) for item in gold["case_items"]]
        assert [(text, page) for text, page in begins if squeezed(text) not in pages[page - 1]] == []


def test_optional_rows_stand_beside_gold() -> None:
    for path in FOLDER.glob("*.gold-optional.json"):
        assert path.with_name(path.name.replace("gold-optional", "gold")).exists()
        assert set(read(path)) <= {"source", "note", *ROWS}


def test_building_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    build(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in SOURCES}
    assert [path.name for path in SOURCES if (tmp_path / path.name).read_bytes() != path.read_bytes()] == []
