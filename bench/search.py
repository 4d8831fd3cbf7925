"""What the search finds and how fast it is, beside stock FTS5 over the same rows in the same run.

    python bench/search.py [--rows N] [--misses]

Found: each paragraph of the judged documents is a row of an index, and each query of ``bench/queries`` is asked of it.
Stock FTS5 gets the typed words as they stand, all of them, in quotation marks. Fast: the same queries over made-up
paragraphs, N of them, each query asked of both sides in turn; a page of hits with excerpts is fetched each time.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sqlite3
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter, process_time
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pipeline  # noqa: E402  (the checkout's packages are found through the line above)
import store  # noqa: E402
from folders import find_files  # noqa: E402
from plugins.view.search_help import suggestion  # noqa: E402
from plugins.view.search_hits import Narrowed, find, search  # noqa: E402
from plugins.view.search_typed import clean, pieces  # noqa: E402
from plugins.view.search_words import slots  # noqa: E402
from store.search_index import index_search  # noqa: E402
from store.synonyms import synonym_groups  # noqa: E402

QUERIES = Path(__file__).parent / "queries"
COLLECTIONS = {"corpus": ROOT / "corpus" / "documents", "further": ROOT.parent / "shared" / "seeds"}
ROWS = 100_000
PLACES = ("Nordvik", "Sørdal", "Eikeland", "Fossum", "Havnes")


class Paragraph(NamedTuple):
    """A line of a page, known by its file, its page and a digest of its words."""

    key: tuple[str, str]
    text: str


class Judged(NamedTuple):
    """A query with the keys of the paragraphs that speak of it, and of those on which readers differ."""

    typed: str
    kind: str
    relevant: frozenset[tuple[str, str]]
    perhaps: frozenset[tuple[str, str]]


class Score(NamedTuple):
    """What one side found for one query."""

    right: int
    wrong: int
    missed: int
    first: float
    """One by the place of the first right paragraph; 0 where there is none."""


def digest(text: str) -> str:
    """
    >>> digest("• Saken tas til orientering.") == digest("saken  tas til Orientering")
    True
    """
    return hashlib.sha256(" ".join(re.findall(r"\w+", text.casefold())).encode()).hexdigest()[:6]


def read_paragraphs(folder: Path, names: list[str]) -> list[Paragraph]:
    """The paragraphs of the named files of a folder: by their path in it, or by the beginning of their fingerprint."""
    named = dict(_named(folder, names))
    with tempfile.TemporaryDirectory() as work:
        db = store.open_database(Path(work) / "a.db")
        for _ in pipeline.load(db, find_files(named), workers=1):
            pass
        rows = db.execute(
            "SELECT path, coalesce(page, 0), text FROM pages"
            " JOIN documents ON documents.id = document_id JOIN source_files USING (sha256) ORDER BY path, n, page"
        ).fetchall()
        db.close()
    return [
        Paragraph((named[Path(path)], f"{page}:{digest(line)}"), line)
        for path, page, text in rows
        for line in text.split("\n")
        if line.strip()
    ]


def _named(folder: Path, names: list[str]) -> Iterator[tuple[Path, str]]:
    """The files of a folder that go by one of the names, with the name."""
    for path in sorted(path for path in folder.resolve().rglob("*") if path.is_file()):
        own = {str(path.relative_to(folder.resolve())), hashlib.sha256(path.read_bytes()).hexdigest()[:12]}
        yield from ((path, name) for name in names if name in own)


def read_judged(table: dict[str, Any]) -> Judged:
    return Judged(table["typed"], table["kind"], _keys(table["relevant"]), _keys(table.get("perhaps", [])))


def _keys(lines: list[str]) -> frozenset[tuple[str, str]]:
    """
    >>> sorted(_keys(["a.pdf 1:ab 2:cd"]))
    [('a.pdf', '1:ab'), ('a.pdf', '2:cd')]
    """
    return frozenset((name, place) for name, *places in map(str.split, lines) for place in places)


def make_index(texts: Iterable[str]) -> sqlite3.Connection:
    """A database with a row of the index for each text, as a published file has it, in memory."""
    db = store.open_database(":memory:")
    db.execute("INSERT INTO source_files (sha256, path, status, bytes) VALUES ('x', 'x', 'loaded', 0)")
    db.execute("INSERT INTO documents (id, sha256, n, kind, claim) VALUES ('x', 'x', 0, 'other', '')")
    rows = (("page", str(n), "x", 1, "", text) for n, text in enumerate(texts))
    db.conn.executemany("INSERT INTO search VALUES (?, ?, ?, ?, ?, ?)", rows)
    index_search(db, synonym_groups(ROOT))
    db.execute("INSERT INTO search(search) VALUES ('optimize')")
    return db.conn


def ours(conn: sqlite3.Connection, typed: str) -> list[int]:
    """The rows that the site's search finds, the best first."""
    return [one.rowid for one in find(conn, slots(conn, pieces(typed)), Narrowed())]


def reached(conn: sqlite3.Connection, typed: str) -> list[int]:
    """What a search finds, or else the search that is suggested in its place."""
    return ours(conn, typed) or ours(conn, suggestion(conn, typed, Narrowed()) or "")


def stock_words(typed: str) -> str:
    """
    >>> stock_words('avvik "til orientering"')
    '"avvik" "til orientering"'
    """
    return " ".join(f'"{phrase or word}"' for phrase, word in re.findall(r'"([^"]*)"|(\S+)', clean(typed)))


def stock(conn: sqlite3.Connection, typed: str) -> list[int]:
    """The rows that FTS5 finds for the words as they are typed, the best first."""
    sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank"
    return [rowid for (rowid,) in conn.execute(sql, (stock_words(typed),))]


def score(found: list[tuple[str, str]], query: Judged) -> Score:
    """
    >>> query = Judged("avvik", "compound", frozenset({("a", "1"), ("a", "2")}), frozenset({("a", "3")}))
    >>> score([("a", "3"), ("a", "4"), ("a", "1")], query)
    Score(right=1, wrong=1, missed=1, first=0.5)
    """
    counted = [key for key in dict.fromkeys(found) if key not in query.perhaps]
    right = [key in query.relevant for key in counted]
    first = 1 / (right.index(True) + 1) if any(right) else 0.0
    return Score(sum(right), len(right) - sum(right), len(query.relevant) - sum(right), first)


def summary(name: str, sides: dict[str, list[Score]]) -> str:
    """
    >>> summary("all", {"ours": [Score(1, 1, 3, 0.5)]})
    'all             1    0.250      0.500  0.500'
    """
    count = len(next(iter(sides.values())))
    parts = [
        f"{_share(sum(s.right for s in scores), sum(s.missed for s in scores)):9.3f}"
        f"{_share(sum(s.right for s in scores), sum(s.wrong for s in scores)):11.3f}"
        f"{mean(s.first for s in scores):7.3f}"
        for scores in sides.values()
    ]
    return f"{name:12}{count:5}" + "   ".join(parts)


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 1.0


def measure_found(name: str, folder: Path, *, misses: bool) -> Iterator[str]:
    """The lines of the report on what is found in a collection."""
    said = tomllib.loads((QUERIES / f"{name}.toml").read_text(encoding="utf-8"))
    queries = [read_judged(table) for table in said["query"]]
    paragraphs = read_paragraphs(folder, said["files"])
    conn = make_index(paragraph.text for paragraph in paragraphs)
    there = {paragraph.key for paragraph in paragraphs}
    lost = sum(len(query.relevant - there) for query in queries)
    yield f"\n{name}: {len(queries)} queries over {len(paragraphs)} paragraphs of {len(said['files'])} documents"
    yield f"{'':17}   ours: recall  precision    MRR     stock: recall  precision    MRR"
    by_kind: dict[str, dict[str, list[Score]]] = defaultdict(lambda: {"ours": [], "stock": []})
    for query in queries:
        for side, ask in (("ours", ours), ("stock", stock)):
            found = [paragraphs[rowid - 1].key for rowid in ask(conn, query.typed)]
            for kind in (query.kind, "all"):
                by_kind[kind][side].append(score(found, query))
            if misses and side == "ours":
                yield from told_misses(query, found, paragraphs)
    for kind in sorted(by_kind, key=lambda kind: kind == "all"):
        yield summary(kind, by_kind[kind])
    if lost:
        yield f"judged paragraphs that are read otherwise now, and count as missed: {lost}"
    if slips := said.get("misspelling"):
        right = [set(ours(conn, slip["meant"])) <= set(reached(conn, slip["typed"])) for slip in slips]
        yield f"misspellings that lead to what was meant: {sum(right)} of {len(right)}"


def told_misses(query: Judged, found: list[tuple[str, str]], paragraphs: list[Paragraph]) -> Iterator[str]:
    texts = {paragraph.key: paragraph.text for paragraph in paragraphs}
    for key in sorted(query.relevant - set(found)):
        yield f"  missed by «{query.typed}»: {texts.get(key, '(not there)')[:150]}"
    for key in sorted(set(found) - query.relevant - query.perhaps):
        yield f"  wrong for «{query.typed}»: {texts[key][:150]}"


def made_up(texts: list[str], count: int) -> Iterator[str]:
    """Paragraphs of halves of real ones, with the words of a growing collection: names of places and compounds."""
    draw = random.Random(1)  # the same paragraphs every time
    long = sorted({word for text in texts for word in re.findall(r"[a-zæøå]{5,}", text)})
    for _ in range(count):
        first, second = (draw.choice(texts).split() for _ in range(2))
        words = first[: len(first) // 2 + 1] + second[len(second) // 2 :] + [draw.choice(PLACES)]
        words += [draw.choice(long) + draw.choice(long) for _ in range(draw.randrange(2))]
        yield " ".join(words)


def measure_speed(texts: list[str], typed: list[str], rows: int) -> Iterator[str]:
    """The lines of the report on how fast both sides are."""
    start = perf_counter()
    conn = make_index(made_up(texts, rows))
    words = conn.execute("SELECT count(*) FROM search_words").fetchone()[0]
    yield f"\n{rows} made-up paragraphs, {words} words, indexed in {perf_counter() - start:.1f} s"
    sides: dict[str, Callable[[str], object]] = {
        "sakspor": lambda one: search(conn, one, Narrowed()),
        "stock FTS5": lambda one: conn.execute(_STOCK_PAGE, (stock_words(one),)).fetchall(),
    }
    spent: dict[str, list[tuple[float, float]]] = {side: [] for side in sides}
    for one in typed:  # a warm-up: the dictionaries are read before the clock starts
        sides["sakspor"](one)
    for one in typed * 3:
        for side, ask in sides.items():
            clock, processor = perf_counter(), process_time()
            ask(one)
            spent[side].append((perf_counter() - clock, process_time() - processor))
    yield f"{'milliseconds a query':24}clock: median     p95     most   processor: median     p95     most"
    for side, times in spent.items():
        clocks, processors = zip(*times, strict=True)
        yield f"{side:24}{_spread(clocks):>30}{_spread(processors):>37}"


def _spread(seconds: Sequence[float]) -> str:
    """
    >>> _spread([0.001] * 99 + [0.05])
    '  1.0      1.0     50.0'
    """
    middle, high = quantiles(seconds, n=2)[0], quantiles(seconds, n=20)[-1]
    return f"{middle * 1000:5.1f}{high * 1000:9.1f}{max(seconds) * 1000:9.1f}"


_STOCK_PAGE = """
    SELECT rowid, highlight(search, 4, '[', ']'), snippet(search, 5, '[', ']', '…', 32) FROM search
    WHERE search MATCH ? ORDER BY rank LIMIT 20
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="recall, precision and speed of the search, beside stock FTS5")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"made-up paragraphs (default {ROWS}; 0 for none)")
    parser.add_argument("--misses", action="store_true", help="name what was missed and what was wrong")
    arguments = parser.parse_args()
    for name, folder in COLLECTIONS.items():
        if folder.is_dir():
            print(*measure_found(name, folder, misses=arguments.misses), sep="\n")
        else:
            print(f"\n{name}: no folder {folder.name} beside the checkout, left out")
    if arguments.rows:
        said = tomllib.loads((QUERIES / "corpus.toml").read_text(encoding="utf-8"))
        texts = [paragraph.text for paragraph in read_paragraphs(COLLECTIONS["corpus"], said["files"])]
        print(*measure_speed(texts, [query["typed"] for query in said["query"]], arguments.rows), sep="\n")


if __name__ == "__main__":
    main()
