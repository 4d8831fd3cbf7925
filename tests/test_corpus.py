"""The demonstration collection: complete, in the extraction format, true to its pages, and built the same way twice."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from pydantic import TypeAdapter

from corpus.build import build, files
from models import records

DOCUMENTS = Path(__file__).resolve().parent.parent / "corpus" / "documents"
DAMAGED = {"ssu-2024-06-13-referat-skadet.pdf"}
SCANNED = {"ssu-2022-09-29-referat-skannet.pdf"}
"""Pictures without text: what their gold says cannot be looked up in a text layer."""
SOURCES = sorted(p for p in DOCUMENTS.rglob("*") if p.suffix in (".pdf", ".docx"))
GOLDS = sorted(DOCUMENTS.rglob("*.gold.json"))
ROWS: dict[str, type[records.Record]] = {
    "documents": records.Document,
    "meetings": records.Meeting,
    "case_items": records.CaseItem,
    "responsibilities": records.Responsibility,
    "references": records.Reference,
    "measures": records.Measure,
    "input_points": records.InputPoint,
}
REWRITTEN = {"document", "pages", "proposed", "adopted"}
"""Keys of the format that stand for other fields in the records."""

by_name = pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.name)


def read(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def source_of(path: Path) -> Path:
    return path.with_name(read(path)["source"])


def squeezed(text: str) -> str:
    """Letters and digits alone: how lines were broken, hyphenated and labelled does not count."""
    return re.sub(r"\W+|_", "", text.replace("\ufffe", "").replace("\u00ad", ""))


def words_of(source: Path) -> list[str]:
    """The squeezed text of each page; a DOCX is one page."""
    if source.suffix == ".pdf":
        return [squeezed(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(source)]
    document = Document(str(source))
    texts = document.element.body.xpath(".//w:t")
    return [squeezed("".join(element.text or "" for element in texts))]


def stated(gold: dict[str, Any]) -> list[tuple[int, str]]:
    """(index of the document, text) of all that a gold file says is printed."""
    rows = [(item["document"], text) for item in gold["case_items"] for text in item["proposed"] + item["adopted"]]
    rows += [(item["document"], item["title"]) for item in gold["case_items"]]
    rows += [(item["document"], item["number"]) for item in gold["case_items"]]
    rows += [(m["document"], a["name"]) for m in gold["meetings"] for a in m["attendances"]]
    rows += [(m["document"], m[key]) for m in gold["meetings"] for key in ("place", "chair", "secretary") if m[key]]
    rows += [(duty["document"], duty[key]) for duty in gold["responsibilities"] for key in ("action", "deadline_text")]
    rows += [(row["document"], row[key]) for row in gold["measures"] for key in ("group", "title", "goal", "status")]
    rows += [(row["document"], row[key]) for row in gold["input_points"] for key in ("theme", "text")]
    return [(n, text) for n, text in rows if text]


def test_collection_has_the_size_meant() -> None:
    assert len(SOURCES) == 33
    assert sum(path.stat().st_size for path in DOCUMENTS.rglob("*") if path.is_file()) < 3_000_000


def test_every_document_but_the_damaged_has_gold() -> None:
    with_gold = {source_of(path) for path in GOLDS}
    assert {path.name for path in SOURCES if path not in with_gold} == DAMAGED


def test_gold_is_named_as_its_document_is() -> None:
    for path in GOLDS:
        source = source_of(path)
        assert path.name in (f"{source.stem}.gold.json", f"{source.name}.gold.json")


@by_name
def test_gold_has_the_shape_of_the_format(path: Path) -> None:
    gold = read(path)
    assert set(gold) == {"source", *ROWS}
    for key, model in ROWS.items():
        for row in gold[key]:
            fields = {name: value for name, value in row.items() if name not in REWRITTEN}
            TypeAdapter(model).validate_python(json.loads(json.dumps(fields)) | {"evidence": []})


@by_name
def test_documents_cover_the_pages_without_overlap(path: Path) -> None:
    gold, source = read(path), source_of(path)
    spans = [document["pages"] for document in gold["documents"]]
    assert [document["n"] for document in gold["documents"]] == list(range(len(spans)))
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
    gold, source = read(path), source_of(path)
    if source.name in SCANNED:
        assert "".join(words_of(source)) == ""
        return
    words = words_of(source)
    for n, text in stated(gold):
        first, last = gold["documents"][n]["pages"] or (1, 1)
        assert all(squeezed(part) in "".join(words[first - 1 : last]) for part in text.split("/")), text


@by_name
def test_case_begins_on_the_page_that_gold_names(path: Path) -> None:
    gold, source = read(path), source_of(path)
    if source.suffix == ".docx" or source.name in SCANNED:
        return
    words = words_of(source)
    for item in gold["case_items"]:
        assert squeezed(item["title"]) in words[item["pages"][0] - 1]


def test_optional_rows_stand_beside_gold() -> None:
    for path in DOCUMENTS.rglob("*.gold-optional.json"):
        assert path.with_name(path.name.replace("gold-optional", "gold")).exists()
        assert set(read(path)) <= {"source", "note", *ROWS}


def test_building_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    build(tmp_path)
    built = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert built == {path.relative_to(DOCUMENTS) for path in SOURCES}
    assert [p for p in sorted(built) if (tmp_path / p).read_bytes() != (DOCUMENTS / p).read_bytes()] == []


def test_the_search_word_of_the_introduction_is_there() -> None:
    """Search for "samhandlingsavvik" is what the first screen proposes."""
    titles = [item["title"] for path in GOLDS for item in read(path)["case_items"]]
    assert sum("samhandlingsavvik" in title.casefold() for title in titles) >= 10


def test_damaged_file_cannot_be_opened() -> None:
    damaged = [content for path, content in files() if Path(path).name in DAMAGED]
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(damaged[0])
