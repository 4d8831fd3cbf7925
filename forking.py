"""The process that all readers are forked from.

It imports what they need, which takes a second, and can do so while the main one still looks for files; therefore this
module imports next to nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.context import BaseContext

MANY = 20
"""Files from which on it pays to have everything loaded before the first is read, which takes half a second more."""


def begin(files: int = 1) -> BaseContext:
    """The process that readers are forked from, started where it does not run yet; to be called early, since it loads.

    With many ``files`` to come it makes everything ready for all of them (:mod:`warm`); for a few it is quicker to
    load what they turn out to need.

    Processes inherit nothing half-done: the display runs in a thread, and forking would copy its locks. Ctrl-C reaches
    every process of the terminal. It is held back while theirs are made, which they inherit, so that only the main
    process hears it. So is what they print: one that is made while the pool ends has much to say.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline", "ingest", "extract", *(["warm"] if files >= MANY else [])])
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    errors, silence = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    try:
        forkserver.ensure_running()
    finally:
        os.dup2(errors, 2)
        os.close(errors)
        os.close(silence)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    return context
