"""How fast files are read: the whole ``extract`` path beside bare pdfplumber, over the same PDFs in the same run.

    python bench/extract.py [--pages N] [PATH ...]

Each file is read by the whole path (read, split, extract, JSON) and then by pdfplumber (``extract_words`` and
``find_tables`` on each page), file by file and round by round, so that a busy machine slows both alike. PDFs that
cannot be opened, or that hold scanned pages, are left out of both, and the report names them.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import pdfplumber

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extract  # noqa: E402  (the checkout's packages are found through the line above)
import ingest  # noqa: E402
from models.problems import SaksporError  # noqa: E402
from models.records import as_format  # noqa: E402

PLACES = (ROOT / "corpus" / "documents", ROOT.parent / "shared" / "seeds")
PAGES = 300
"""Pages that a run reads at least; fewer give ratios that differ from run to run by more than a tenth."""


class Spent(NamedTuple):
    """Seconds on the clock and seconds of processor time."""

    wall: float = 0.0
    processor: float = 0.0

    def plus(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.processor + other.processor)


def whole_path(path: Path) -> str:
    """What ``sakspor extract`` does with a file, up to the printing."""
    found = [extract.records(document) for document in ingest.split(ingest.read(path))]
    return json.dumps(as_format(path.name, found), ensure_ascii=False)


def bare_pdfplumber(path: Path) -> int:
    """The words and tables of each page as pdfplumber finds them; returns how many there are."""
    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_words()) + len(page.find_tables()) for page in pdf.pages)


def spent_on(work: Callable[[Path], object], path: Path) -> Spent:
    gc.collect()  # what the other side left behind is not this side's work
    wall, processor = perf_counter(), process_time()
    work(path)
    return Spent(perf_counter() - wall, process_time() - processor)


def pdf_files(places: list[Path]) -> Iterator[Path]:
    """The PDFs of folders and their subfolders, each content once, in a fixed order."""
    seen: set[str] = set()
    for place in places:
        for path in sorted(place.rglob("*.pdf")) if place.is_dir() else [place]:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest not in seen:
                seen.add(digest)
                yield path


def page_count(path: Path) -> int | str:
    """Its number of pages, or the reason for leaving it out."""
    try:
        file = ingest.read(path)
    except SaksporError as error:
        return f"refused ({error.code})"
    if not any(page.words and not page.scanned for page in file.pages):
        return "no words (a scan or a drawing)"
    if any(page.scanned for page in file.pages):
        return "some pages are scans, which only one side reads"
    return len(file.pages)


def measure(files: dict[Path, int], at_least: int) -> Iterator[tuple[int, Spent, Spent]]:
    """Pages read and time spent by both sides, a file at a time, until ``at_least`` pages have been read."""
    for path in files:  # a warm-up: imports, fonts and compiled patterns are there before the clock starts
        whole_path(path)
        bare_pdfplumber(path)
    read = 0
    while read < at_least:
        for path, pages in files.items():
            read += pages
            yield pages, spent_on(whole_path, path), spent_on(bare_pdfplumber, path)


def table(pages: int, ours: Spent, theirs: Spent, name: str = "sakspor, whole extract path") -> Iterator[str]:
    r"""The lines of the report.

    >>> print(*table(300, Spent(2.0, 1.5), Spent(12.0, 12.0)), sep="\n")
                                  pages/s        pages per second of
                                  (clock)             processor time
    sakspor, whole extract path     150.0                      200.0
    pdfplumber, words + tables       25.0                       25.0
    ratio                            6.00                       8.00
    """
    yield f"{'':28}{'pages/s':>9}{'pages per second of':>27}"
    yield f"{'':28}{'(clock)':>9}{'processor time':>27}"
    for label, side in ((name, ours), ("pdfplumber, words + tables", theirs)):
        yield f"{label:28}{pages / side.wall:9.1f}{pages / side.processor:27.1f}"
    yield f"{'ratio':28}{theirs.wall / ours.wall:9.2f}{theirs.processor / ours.processor:27.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="pages a second of the whole extract path and of bare pdfplumber")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="PDFs or folders")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"read at least so many pages (default {PAGES})")
    arguments = parser.parse_args()
    counts = {path: page_count(path) for path in pdf_files(arguments.paths or list(PLACES))}
    for path, count in counts.items():
        if isinstance(count, str):
            print(f"left out of both: {path.name}: {count}")
    files = {path: count for path, count in counts.items() if isinstance(count, int)}
    if not files:
        sys.exit("no PDF with words to measure with")
    pages, ours, theirs = 0, Spent(), Spent()
    for count, our_share, their_share in measure(files, arguments.pages):
        pages, ours, theirs = pages + count, ours.plus(our_share), theirs.plus(their_share)
    distinct = sum(files.values())
    print(f"{pages} pages: {len(files)} files of {distinct} pages, {pages // distinct} times by each side in turn\n")
    print(*table(pages, ours, theirs), sep="\n")


if __name__ == "__main__":
    main()
