"""How long each kind of page of the site takes over a large published database: the median of a few times.

    python bench/site.py [--cases N] [--times N] [--keep FOLDER]

The site answers in this process, without a network. Every kind of page of ``tests/page_kinds.py`` is asked for once
without being counted, and then N times. Beside the time on the clock stands the time of this process on the processor,
which other work on the machine does not stretch. A page picture is drawn anew each time, in a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from datasette.app import Datasette  # noqa: E402  (the checkout's packages are found through the line above)

import serving  # noqa: E402
from bench.made_site import build  # noqa: E402
from tests.page_kinds import addresses  # noqa: E402

CASES = 100_000
LIMIT = 200
"""Milliseconds that the median of a kind of page should stay below."""


class Answer(NamedTuple):
    """How a page was answered, in seconds."""

    status: int
    clock: float
    processor: float


def measure(site: Datasette, served: Path, times: int) -> Iterator[tuple[str, list[Answer]]]:
    """Kind of page, and each of its answers."""
    kinds = addresses(served, "samhandlingsavvik")
    for kind, address in kinds.items():
        yield kind, asyncio.run(_ask(site, [address] * (times + 1)))
    picture = kinds["source, PDF"].partition("?")[0] + "/side/1.png?bevis=linje+"
    yield "page picture", asyncio.run(_ask(site, [f"{picture}{n}" for n in range(times + 1)]))


async def _ask(site: Datasette, paths: list[str]) -> list[Answer]:
    answers = []
    for path in paths:
        clock, processor = perf_counter(), process_time()
        response = await site.client.get(path)
        answers.append(Answer(response.status_code, perf_counter() - clock, process_time() - processor))
    return answers[1:]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder for the database, used again when it is there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        served = folder / "sakspor.db"
        if not served.exists():
            build(folder, args.cases)
        print(f"{args.cases} cases, {served.stat().st_size >> 20} MB; milliseconds, {args.times} times each")
        print(f"{'page':34}{'clock':>8}{'processor':>11}")
        slow = 0
        for kind, answers in measure(serving.make_site(served), served, args.times):
            clock, processor = (median(values) * 1000 for values in list(zip(*answers, strict=True))[1:])
            slow += clock > LIMIT
            marks = ("  SLOW" if clock > LIMIT else "") + ("  FAILED" if answers[0].status >= 500 else "")
            print(f"{kind:34}{clock:8.0f}{processor:11.0f}{marks}", flush=True)
        print(f"{slow} of the kinds take more than {LIMIT} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
