"""How a load grows with the archive: a made-up archive is loaded whole and in part, and everything found is checked.

    python bench/scale.py [--documents N] [--workers N] [--folder FOLDER]

A tenth of the archive is loaded by one process and by two, then all of it, then ten more files as in a month. Each load
is the command itself in a process of its own; its processor time is that of all its processes, which other work on the
machine disturbs less than the clock. Exit status 1 where an answer in the database is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Any, NamedTuple

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.archive import Made, documents, write  # noqa: E402  (the checkout's packages are found through the line above)

DOCUMENTS = 1_000
MONTH = 10
"""Files that a secretariat adds in a month."""
PART = 10
"""The whole archive is this many times the part of it that is loaded first."""
TICK = 0.1
MEBIBYTE = 1024 * 1024
ALLOWED = 1.3
"""How much more a document may cost in the whole archive than in the part."""


class Load(NamedTuple):
    """What a load cost."""

    files: int
    workers: int
    wall: float
    processor: float
    """Seconds of all its processes together."""
    linking: float
    """Seconds from the last file to the end."""
    parent: float
    """Peak of the main process in MiB, while files come in."""
    parent_linking: float
    """The same, for the whole load."""
    child: float
    """Peak of any process that reads."""
    children: float
    """Peak of all of them together."""
    database: float
    """MiB on disk afterwards."""
    pages: int

    @property
    def each(self) -> float:
        """Milliseconds of processor time for a document."""
        return 1000 * self.processor / self.files


# --- the archive -----------------------------------------------------------------------------------------------------


def prepare(folder: Path, size: int) -> None:
    """Write the archive, unless it lies there: a part, the rest, and what comes in a month."""
    wanted = f"{size} documents"
    note = folder / "made.txt"
    if note.is_file() and note.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    made = list(documents(size + MONTH))
    places = (["part"] * (size // PART)) + ["rest"] * (size - size // PART) + ["month"] * MONTH
    with ProcessPoolExecutor() as pool:
        targets = [folder / place / one.path for place, one in zip(places, made, strict=True)]
        for target in {target.parent for target in targets}:
            target.mkdir(parents=True, exist_ok=True)
        for target, content in zip(targets, pool.map(write, made, chunksize=50), strict=True):
            target.write_bytes(content)
    note.write_text(wanted, encoding="utf-8")


Answers = dict[str, Counter[tuple[Any, ...]]]


def expected(made: Iterable[Made]) -> Answers:
    """What a database of these documents is to hold."""
    made = list(made)
    minuted = {(one.meeting.body.key, one.meeting.day) for one in made if one.kind == "referat"}
    meetings = {(one.meeting.body.key, one.meeting.day): one.meeting for one in made}
    follow_ups = {
        (body, case.follows, case.title): (case.number, (body, day) in minuted)
        for (body, day), meeting in meetings.items()
        for case in meeting.cases
        if case.follows
    }
    answers: Answers = {name: Counter() for name in QUERIES}
    for (body, day), meeting in meetings.items():
        chair, secretary = meeting.body.members[0][0], meeting.body.members[-1][0]
        answers["meetings"][(body, str(day), meeting.place, chair, secretary)] += 1
        for case in meeting.cases:
            answers["cases"][(body, case.number, case.title)] += 1
        if (body, day) in minuted:
            answers["attendance"].update((body, str(day), name) for name, _ in meeting.body.members)
            answers["decisions"].update(_decided(meeting.body.key, meeting.cases, follow_ups))
    return answers


def _decided(body: str, cases: Iterable[Any], follow_ups: dict[Any, tuple[str, bool]]) -> Iterator[tuple[Any, ...]]:
    for case in cases:
        for point, outcome in zip(case.points, case.outcomes, strict=True):
            due, owner, state, by = None, None, "nothing_to_follow_up", None
            if outcome == "mandated":
                due, owner = str(case.due), case.owner
                by, treated = follow_ups.get((body, case.number, case.title), (None, False))
                state = "treated" if treated else "on_agenda" if by else "open"
            yield (body, case.number, point, outcome, owner, due, state, by)


QUERIES = {
    "meetings": "SELECT body_id, date, place, chair, secretary FROM meetings",
    "cases": "SELECT body_id, number, title FROM cases",
    "attendance": "SELECT body_id, date, attendances.name FROM attendances JOIN meetings ON meetings.id = meeting_id",
    "decisions": "SELECT body_id, case_number, decision, outcome, responsible, deadline_latest, state, carried_by"
    " FROM decision_follow_up",
}


def wrong(db: Path, answers: Answers) -> Iterator[str]:
    """What the database has otherwise than the documents say, a line each."""
    with closing(sqlite3.connect(db)) as opened:
        for name, sql in QUERIES.items():
            found = Counter(tuple(row) for row in opened.execute(sql))
            yield from (f"{name}: not found: {row}" for row in (answers[name] - found))
            yield from (f"{name}: not in the documents: {row}" for row in (found - answers[name]))


# --- a load ----------------------------------------------------------------------------------------------------------


class Watch(Thread):
    """Looks at the processes of a load while it runs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        super().__init__(daemon=True)
        self.main = psutil.Process(process.pid)
        self.parent = self.child = self.children = self.processor = 0.0
        self.over = Event()

    def run(self) -> None:
        while not self.over.wait(TICK):
            with suppress(psutil.Error):
                self._look()

    def _look(self) -> None:
        """Memory as it is now; a process that is gone left its time with the one that made it."""
        self.parent = max(self.parent, self.main.memory_info().rss / MEBIBYTE)
        times = self.main.cpu_times()
        spent, sizes = times.user + times.system, [0.0]
        for child in self.main.children(recursive=True):
            with suppress(psutil.Error):
                times = child.cpu_times()
                spent += times.user + times.system + times.children_user + times.children_system
                sizes.append(child.memory_info().rss / MEBIBYTE)
        self.processor = max(self.processor, spent)
        self.child, self.children = max(self.child, *sizes), max(self.children, sum(sizes))


def load(db: Path, places: list[Path], workers: int) -> Load:
    """Load with the command itself. Raises where a file is refused."""
    report = db.with_suffix(".json")
    options = ["--db", db, "--workers", workers, "--plain", "--report", report]
    command = [sys.executable, ROOT / "cli.py", "load", *places, *options]
    start = last = perf_counter()
    with subprocess.Popen(  # noqa: S603 - the project's own command
        list(map(str, command)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        watch = Watch(process)
        watch.start()
        parent = 0.0
        for _ in process.stdout or ():
            last, parent = perf_counter(), watch.parent
    watch.over.set()
    watch.join()
    end = perf_counter()
    told = json.loads(report.read_text(encoding="utf-8"))
    if process.returncode:
        sys.exit(f"the load ended with {process.returncode}: {told['refused']} files refused")
    return Load(
        files=told["loaded"],
        workers=workers,
        wall=end - start,
        processor=watch.processor,
        linking=end - last,
        parent=parent,
        parent_linking=watch.parent,
        child=watch.child,
        children=watch.children,
        database=db.stat().st_size / MEBIBYTE,
        pages=told["pages"],
    )


# --- the report ------------------------------------------------------------------------------------------------------

_HEADS = ("files", "workers", "seconds", "files/s", "PDF pages/s", "CPU ms/file", "link s", "main MiB", "linking MiB")
_MORE = ("child MiB", "children MiB", "database MiB")


def table(loads: Iterable[Load]) -> Iterator[str]:
    """One line a load."""
    heads = (*_HEADS, *_MORE)
    yield "  ".join(heads)
    for one in loads:
        cells = [f"{one.files}", f"{one.workers}", f"{one.wall:.1f}", f"{one.files / one.wall:.1f}"]
        cells += [f"{one.pages / one.wall:.1f}", f"{one.each:.1f}", f"{one.linking:.1f}"]
        cells += [f"{size:.0f}" for size in (one.parent, one.parent_linking, one.child, one.children)]
        cells.append(f"{one.database:.1f}")
        yield "  ".join(cell.rjust(len(head)) for cell, head in zip(cells, heads, strict=True))


def growth(part: Load, whole: Load) -> Iterator[str]:
    """How the cost of a document in the whole archive compares with that in the part."""
    yield f"a document in {whole.files} beside one in {part.files}:"
    yield f"  processor time   {whole.each / part.each:.2f} (allowed {ALLOWED})"
    yield f"  clock            {whole.wall / whole.files / (part.wall / part.files):.2f}"
    yield f"  database         {whole.database / whole.files / (part.database / part.files):.2f}"
    yield f"  main process     {whole.parent - part.parent:+.0f} MiB while files come in,"
    yield f"                   {whole.parent_linking - part.parent_linking:+.0f} MiB when all is put together"


def main() -> None:
    parser = argparse.ArgumentParser(description="what a load costs, by the size of the archive")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, metavar="N", help=f"(default {DOCUMENTS})")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="for the whole archive (default 2)")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "scale", help="(default build/scale)")
    arguments = parser.parse_args()
    size, folder = max(PART, arguments.documents), arguments.folder
    start = perf_counter()
    prepare(folder / "archive", size)
    print(
        f"{size} documents written in {perf_counter() - start:.0f} s; load average {os.getloadavg()[0]:.1f}", flush=True
    )
    bad = measure(folder, size, arguments.workers)
    sys.exit(1 if bad else 0)


def measure(folder: Path, size: int, workers: int) -> int:
    """Load, check and print; gives the number of wrong answers."""
    part, rest, month = (folder / "archive" / name for name in ("part", "rest", "month"))
    for old in folder.glob("*.db*"):
        old.unlink()
    one = load(folder / "one.db", [part], 1)
    two = load(folder / "two.db", [part], 2)
    print(*table([one, two]), sep="\n", flush=True)
    whole = load(folder / "whole.db", [part, rest], workers)
    made = list(documents(size + MONTH))
    bad = [
        *wrong(folder / "two.db", expected(made[: size // PART])),
        *wrong(folder / "whole.db", expected(made[:size])),
    ]
    added = load(folder / "whole.db", [part, rest, month], workers)
    bad += wrong(folder / "whole.db", expected(made))
    print(*table([whole, added]), sep="\n")
    print(*growth(two, whole), sep="\n")
    print(f"two processes beside one: {one.wall / two.wall:.2f} times as fast; load average {os.getloadavg()[0]:.1f}")
    answers = sum(sum(found.values()) for found in expected(made).values())
    print(f"answers: {answers} asked for, {len(bad)} wrong")
    for line in bad[:20]:
        print(line)
    return len(bad)


if __name__ == "__main__":
    main()
