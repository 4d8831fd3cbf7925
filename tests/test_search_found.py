"""The search on the judged queries: it finds what a reader would, and little else."""

from __future__ import annotations

import re

import pytest

from bench.search import COLLECTIONS, QUERIES, measure_found

LEAST = 0.93
"""Of recall and of precision, over all queries of a collection."""


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_recall_and_precision(name):
    folder = COLLECTIONS[name]
    if not folder.is_dir():
        pytest.skip(f"no folder {folder.parent.name}/{folder.name} beside this checkout")
    lines = list(measure_found(name, folder, misses=False))
    [figures] = [re.findall(r"\d\.\d+", line) for line in lines if line.startswith("all ")]
    recall, precision, first, stock_recall, *_ = map(float, figures)
    assert min(recall, precision) >= LEAST, lines
    assert first >= LEAST, lines
    assert recall > stock_recall


def test_there_are_enough_queries_of_every_kind():
    import tomllib

    queries = tomllib.loads((QUERIES / "corpus.toml").read_text(encoding="utf-8"))["query"]
    kinds = [query["kind"] for query in queries]
    assert len(kinds) >= 60
    assert {"inflection", "compound", "nynorsk", "letters", "name", "number", "phrase", "words"} <= set(kinds)
