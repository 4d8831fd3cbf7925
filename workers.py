"""Files read side by side, each in a process that may die or hang without taking the others with it.

PDFium ends the interpreter on some hostile files, and a file can be built to take hours. Such a file is refused; a new
process takes the dead one's place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from multiprocessing.context import BaseContext
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from models.result import FileResult

TIMEOUT = 60.0
"""Seconds for one file: a packet of 400 pages takes about 10 on an old machine."""

AHEAD = 4
"""Files handed out for each worker at a time: enough to keep it busy, few enough to hold the results in memory."""


def read_each(
    read: Callable[[Path], FileResult], paths: Iterable[Path], workers: int, timeout: float = TIMEOUT
) -> Iterator[tuple[Path, FileResult | str]]:
    """Each path with its result, in the order in which they become ready.

    Where the process died the result is the code ``damaged``, and where it took more than ``timeout`` seconds
    ``timeout``.
    """
    waiting = iter(paths)
    running: dict[Future[FileResult], Path] = {}
    pool = ProcessPool(max_workers=workers, initializer=_be_quiet, context=_context())
    try:
        while True:
            for path in islice(waiting, workers * AHEAD - len(running)):
                running[pool.schedule(read, args=(path,), timeout=timeout)] = path
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), _result(future)
    finally:
        pool.stop()  # type: ignore[no-untyped-call] # the only method that pebble left without types
        pool.join()


def _result(future: Future[FileResult]) -> FileResult | str:
    try:
        return future.result()
    except ProcessExpired:
        return "damaged"
    except TimeoutError:
        return "timeout"


def _context() -> BaseContext:
    """Processes that inherit nothing half-done: the display runs in a thread, and forking would copy its locks.

    Ctrl-C reaches every process of the terminal. It is held back while theirs are made, which they inherit, so that
    only the main process hears it.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline"])
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    return context


def _be_quiet() -> None:
    """Leave Ctrl-C to the main process, and let no library print between its lines."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
