"""Page images drawn in processes of their own, which may crash, hang or run out of memory without the site noticing.

What was drawn is kept in memory up to a limit, and a page that could not be drawn is not tried again at once.
"""

from __future__ import annotations

import asyncio
import atexit
import multiprocessing
import os
import signal
import sys
from collections import OrderedDict
from collections.abc import Hashable
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from threading import Lock
from time import monotonic
from typing import Any

from pebble import ProcessFuture, ProcessPool

from plugins.view.original import Original
from plugins.view.page_image import Marks, PageNotRendered, draw_page

TIME_LIMIT = 10.0
"""Seconds for one page; a page of a scanned packet takes about one."""
MEMORY = 1 << 30
"""Bytes that a drawing process may take, where the system can hold it to that."""
PROCESSES = 2
WAITING = 24
"""Pages drawn and waiting to be drawn at a time: more are turned away at once."""
ATTEMPTS = 3
DRAWN_BEFORE_RENEWAL = 500
"""Pages after which a process is replaced, so that nothing that PDFium leaves behind adds up."""
KEPT = 96 << 20
"""Bytes of finished pictures kept in memory: about 500 pages of text."""
REMEMBERED = 2_000
"""Pages that could not be drawn, of which that is remembered …"""
TRIED_AGAIN = 600.0
"""… for so many seconds: a machine may have been too busy for a page that is good."""


class TooBusy(Exception):
    """More pages are asked for than can be drawn."""


class Kept:
    """The pictures asked for last, as many as fit into a number of bytes.

    >>> kept = Kept(limit=6)
    >>> kept.put("a", b"123"); kept.put("b", b"456"); kept.get("a")
    b'123'
    >>> kept.put("c", b"789"); kept.get("b"), kept.get("c")
    (None, b'789')
    """

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self._pictures: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> bytes | None:
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
            return self._pictures.get(key)

    def put(self, key: Hashable, picture: bytes) -> None:
        with self._lock:
            self._size += len(picture) - len(self._pictures.pop(key, b""))
            self._pictures[key] = picture
            while self._size > self._limit:
                self._size -= len(self._pictures.popitem(last=False)[1])


_drawn = Kept(KEPT)
_failed: OrderedDict[Hashable, float] = OrderedDict()
_running: set[ProcessFuture[bytes]] = set()
_pools: list[Any] = []
"""At most one."""


async def page_png(file: Original, number: int, marks: Marks) -> bytes:
    """The page (1-based) as PNG with its marks.

    Raises :class:`PageNotRendered` where it cannot be drawn within the limits, and :class:`TooBusy`.
    """
    page = (file.sha256, number)
    if picture := _drawn.get((*page, marks)):
        return picture
    if monotonic() - _failed.get(page, -TRIED_AGAIN) < TRIED_AGAIN:
        raise PageNotRendered("tried before")
    if len(_running) >= WAITING:
        raise TooBusy
    drawn = await _drawn_apart(file, number, marks)
    if isinstance(drawn, BaseException):
        _remember_failure(page)
        raise PageNotRendered(type(drawn).__name__) from drawn
    _drawn.put((*page, marks), drawn)
    return drawn


async def _drawn_apart(file: Original, number: int, marks: Marks) -> bytes | BaseException:
    """The picture, or why there is none.

    A process that dies at a bad moment takes the pool with it, and what others were waiting for: that is tried again.
    """
    error: BaseException | None = None
    for _ in range(ATTEMPTS):
        future = _pool().schedule(draw_page, args=(file.path, number, marks, file.member), timeout=TIME_LIMIT)
        _running.add(future)
        future.add_done_callback(_running.discard)
        done = asyncio.wrap_future(future)
        await asyncio.wait([done])
        error = done.exception()
        if not isinstance(error, BrokenProcessPool):
            break
    return bytes(done.result()) if error is None else error


def _remember_failure(page: Hashable) -> None:
    _failed[page] = monotonic()
    _failed.move_to_end(page)
    while len(_failed) > REMEMBERED:
        _failed.popitem(last=False)


def _pool() -> Any:
    """The processes; they start with the first page that is asked for, and anew where they have broken down."""
    if _pools and not _pools[-1].active:
        _stop_pools()
    if not _pools:
        _pools.append(ProcessPool(PROCESSES, DRAWN_BEFORE_RENEWAL, initializer=_confine, context=_context()))
    return _pools[-1]


def _stop_pools() -> None:
    while _pools:
        pool = _pools.pop()
        pool.stop()
        pool.join()


atexit.register(_stop_pools)


def _context() -> BaseContext:
    """Processes that inherit nothing of the site: no open database, no lock that a thread held when they were made."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["plugins.view.page_image"])
    return context


def _confine() -> None:
    """Leave Ctrl-C to the site, print nothing, take no more than the memory allowed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
