"""Nearly every word that an independent reader finds in a file is stored, and in the order in which it is read."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEPT = 0.995
IN_ORDER = 0.97  # of the words on pages of one column: a note at the foot, or a head in two lines, may stand elsewhere
FOLDERS = (ROOT / "corpus" / "documents", ROOT / "tests" / "layouts", ROOT.parent / "shared" / "seeds")


def files() -> list[Path]:
    """The demonstration collection, the collected layouts, and the documents that lie beside the checkout."""
    return [path for folder in FOLDERS for path in sorted(folder.rglob("*")) if path.suffix in (".pdf", ".docx")]


@pytest.fixture(scope="module")
def completeness() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_completeness", ROOT / "bench" / "completeness.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_the_words_of_a_file_are_stored(completeness, path):
    found = completeness.measure(path)
    if found is None:
        assert "skannet" in path.name or "skadet" in path.name
        return
    assert found.share >= KEPT, found.missing
    assert {page: share for page, share in found.kept.items() if share < KEPT} == {}
    if found.order:
        assert sum(found.order.values()) / len(found.order) >= IN_ORDER, found.order


def test_a_word_that_is_lost_is_counted(completeness, monkeypatch):
    """The measure itself: without running heads, and with words in another order."""
    path = next(path for path in files() if path.name == "status-handlingsplan-2023.pdf")
    whole = completeness.measure(path)
    monkeypatch.setattr(completeness, "page_texts", lambda document: {1: "Status"})
    lost = completeness.measure(path)
    assert whole.share == 1
    assert lost.share < KEPT
    assert completeness._in_order(["a", "b", "c"], ["c", "b", "a"]) < 0.5
