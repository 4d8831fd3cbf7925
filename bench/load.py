"""How fast a whole load is beside bare pdfplumber, over the same PDFs in the same run, each in one process.

    python bench/load.py [--pages N] [--rounds N] [PATH ...]

One side is ``sakspor load --workers 1`` into an empty database: start, confined process, reading, saving, linking. The
other is a program that asks pdfplumber for the words and tables of each page and keeps nothing. A load is for many
files, so the PDFs are copied, each copy with another content, until there are enough pages. The sides take turns, round
by round, so that a busy machine slows both alike; the time of a side is that of all its processes, its start included.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# the checkout's packages are found through the line above
from bench.extract import PLACES, Spent, bare_pdfplumber, page_count, pdf_files, table  # noqa: E402
from bench.scale import load  # noqa: E402

PAGES = 1_200
"""Pages of one load: enough that its start counts no more than it does for whoever loads an archive."""
ROUNDS = 1


def whole_load(documents: Path) -> Spent:
    """What the command costs, all its processes together."""
    with tempfile.TemporaryDirectory() as folder:
        spent = load(Path(folder, "a.db"), [documents], workers=1)
    return Spent(spent.wall, spent.processor)


def bare(documents: Path) -> Spent:
    """What pdfplumber costs in a program that does nothing else."""
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    subprocess.run([sys.executable, __file__, "--bare", documents], check=True)  # noqa: S603 - this very file
    after = getrusage(RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(perf_counter() - start, processor)


def copies(files: dict[Path, int], at_least: int, folder: Path) -> tuple[list[Path], int]:
    """Copies of the files (with their pages) in turn, until they have enough pages, and how many pages they have.

    A comment behind the end makes another content of each, which is read, and saved, as any other.
    """
    made: list[Path] = []
    pages = 0
    while pages < at_least:
        for path, count in files.items():
            copy = folder / f"{len(made):05}-{path.name}"
            copy.write_bytes(path.read_bytes() + f"\n% {len(made)}\n".encode())
            made.append(copy)
            pages += count
    return made, pages


def main() -> None:
    parser = argparse.ArgumentParser(description="a whole load beside bare pdfplumber")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="PDFs or folders")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"pages of a load, at least (default {PAGES})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"loads by each side (default {ROUNDS})")
    parser.add_argument("--bare", metavar="FOLDER", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.bare:
        for path in sorted(arguments.bare.iterdir()):
            bare_pdfplumber(path)
        return
    counts = {path: page_count(path) for path in pdf_files(arguments.paths or list(PLACES))}
    files = {path: count for path, count in counts.items() if isinstance(count, int)}
    if not files:
        sys.exit("no PDF with words to measure with")
    measure(files, arguments.pages, arguments.rounds)


def measure(files: dict[Path, int], at_least: int, rounds: int) -> None:
    """Let both sides take turns, and print the report."""
    ours, theirs = Spent(), Spent()
    with tempfile.TemporaryDirectory() as folder:
        made, pages = copies(files, at_least, Path(folder))
        for _ in range(rounds):
            ours, theirs = ours.plus(whole_load(Path(folder))), theirs.plus(bare(Path(folder)))
    print(f"{pages} pages in {len(made)} files, made of {len(files)}; {rounds} times by each side in turn\n")
    print(*table(rounds * pages, ours, theirs, "sakspor load, one process"), sep="\n")


if __name__ == "__main__":
    main()
