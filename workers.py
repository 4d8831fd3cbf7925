"""Files read side by side, each in a process that may die or hang without taking the others with it.

PDFium ends the interpreter on some hostile files, and a file can be built to take hours or all memory. Such a file is
refused; a new process takes the dead one's place.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from confinement import MEBIBYTE, Limits, alarm, confine
from forking import begin

Result = TypeVar("Result")

AHEAD = 2
"""Files handed out for each worker at a time: enough to keep it busy, few enough to hold the results in memory."""

LARGEST_RESULT = 32 * MEBIBYTE
"""Bytes that a worker hands back for a file, before they are packed: a packet of 400 pages makes about 6 million."""

FILES_EACH = 200
"""Files that one process reads before a fresh one takes its place: what readers forget to free does not add up."""

BELATED = 5.0
"""Seconds beyond the limit after which a process ends itself, if nobody has ended it."""

SILENCE = 60.0
"""Seconds beyond the limit without a word from any process; then all of them are replaced."""


def read_each(
    read: Callable[[Path], Result], paths: Iterable[Path], workers: int, limits: Limits | None = None
) -> Iterator[tuple[Path, Result | str]]:
    """Each path with its result, in the order in which they become ready.

    A code stands for the result that there is none of: ``timeout`` where it took too long, ``too_large`` where memory
    did not suffice, ``aborted`` where the process died. A path with one of the last two gets a second chance in a
    process of its own: what was read before it may have left that one damaged or full.
    """
    limits = limits or Limits()
    failed: list[Path] = []
    with TemporaryDirectory(prefix="sakspor-", ignore_cleanup_errors=True) as scratch:
        pool = partial(ProcessPool, workers, initializer=confine, initargs=(limits.memory, scratch), context=begin())
        for path, result in _read(read, paths, partial(pool, max_tasks=FILES_EACH), workers * AHEAD, limits.seconds):
            if result in ("too_large", "aborted"):
                failed.append(path)
            else:
                yield path, result
        if failed:
            yield from _read(read, failed, partial(pool, max_tasks=1), workers * AHEAD, limits.seconds)


def read_in_turn(
    read: Callable[[Path], Result], paths: Iterable[Path], limits: Limits
) -> Iterator[tuple[Path, Result | str]]:
    """The same one file at a time: a path is asked for when the one before it is answered. No second chances."""
    with TemporaryDirectory(prefix="sakspor-", ignore_cleanup_errors=True) as scratch:
        pool = partial(ProcessPool, 1, initializer=confine, initargs=(limits.memory, scratch), context=begin())
        yield from _read(read, paths, partial(pool, max_tasks=FILES_EACH), 1, limits.seconds)


def _read(
    read: Callable[[Path], Result], paths: Iterable[Path], pool: Callable[[], ProcessPool], ahead: int, seconds: float
) -> Iterator[tuple[Path, Result | str]]:
    """The results from as many pools as it takes: one whose own workings were hit by a dying process is given up."""
    unread = iter(paths)
    while head := list(islice(unread, 1)):
        yield from _read_in(pool(), read, chain(head, unread), ahead, seconds)


def _read_in(
    pool: ProcessPool, read: Callable[[Path], Result], unread: Iterator[Path], ahead: int, seconds: float
) -> Iterator[tuple[Path, Result | str]]:
    """The results as far as the pool works, and ``aborted`` for each path that was under way when it did not."""
    running: dict[Future[bytes | str], Path] = {}
    try:
        while True:
            for path in islice(unread, ahead - len(running)):
                running[_schedule(pool, read, path, seconds)] = path
            if not running:
                return
            done = wait(running, timeout=seconds + SILENCE, return_when=FIRST_COMPLETED).done
            for future in done or list(running):
                yield running.pop(future), _result(future)
            if not pool.active:
                yield from ((path, "aborted") for path in running.values())
                return
    finally:
        pool.stop()  # type: ignore[no-untyped-call] # the only method that pebble left without types
        pool.join()


def _schedule(pool: ProcessPool, read: Callable[[Path], Result], path: Path, seconds: float) -> Future[bytes | str]:
    try:
        return pool.schedule(packed, args=(read, path, seconds + BELATED), timeout=seconds)
    except RuntimeError:  # the pool broke since it was looked at
        future: Future[bytes | str] = Future()
        future.set_result("aborted")
        return future


def packed(read: Callable[[Path], Result], path: Path, seconds: float) -> bytes | str:
    """A result as it goes from process to process: small, so that those that wait take little of the main one's memory.

    The code ``too_large`` stands for one that is out of all proportion.
    """
    with alarm(seconds):
        result = pickle.dumps(read(path))
    return zlib.compress(result, 1) if len(result) <= LARGEST_RESULT else "too_large"


def _result(future: Future[bytes | str]) -> Result | str:
    if not future.done():
        return "aborted"
    try:
        result = future.result()
    except TimeoutError:
        return "timeout"
    except MemoryError:
        return "too_large"
    except (ProcessExpired, RuntimeError, SystemExit):
        return "aborted"
    return result if isinstance(result, str) else pickle.loads(zlib.decompress(result))  # noqa: S301 - our own process's
