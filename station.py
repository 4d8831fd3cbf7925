"""Files read on another machine, for a load that runs here: what a worker of a cluster does with one file.

A file may hang or kill whoever reads it on any machine. A cluster's worker is a daemon, which may have no child
processes by Python's own means; it therefore keeps a *station* beside it, this module run as a program, which reads
each file in a process confined as on one machine. A station lives until its worker ends, and reads one file at a time.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from confinement import Limits
from workers import read_each, read_in_turn

Result = TypeVar("Result")

_idle: dict[bytes, list[subprocess.Popen[bytes]]] = defaultdict(list)
"""This worker's stations that read nothing now, by what they were started for; one for each of its threads."""


class StationLost(Exception):
    """The station ended without an answer."""


def read_here(read: Callable[[Path], Result], path: Path, limits: Limits) -> bytes:
    """What was read from a file, or the code that says why nothing was, packed for the way back.

    To be called in a worker of a cluster. Raises :class:`StationLost`.
    """
    job = pickle.dumps((read, limits))
    idle = _idle[job]
    station = idle.pop() if idle else _start(job)
    try:
        answer = _ask(station, path)
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        station.kill()
        station.communicate()
        raise StationLost(str(path)) from error
    idle.append(station)
    return answer


def unpacked(answer: bytes) -> Result | str:
    """The result of :func:`read_here`."""
    result: Result | str = pickle.loads(zlib.decompress(answer))  # noqa: S301 - from our own program on our own cluster
    return result


def _start(job: bytes) -> subprocess.Popen[bytes]:
    """A station that has been told how to read, and waits for the first path."""
    command = [sys.executable, str(Path(__file__).resolve())]
    station = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - this very file
    _tell(station, job)
    return station


def _tell(station: subprocess.Popen[bytes], pickled: bytes) -> None:
    if station.stdin:
        station.stdin.write(pickled)
        station.stdin.flush()


def _ask(station: subprocess.Popen[bytes], path: Path) -> bytes:
    _tell(station, pickle.dumps(path))
    if station.stdout is None:
        raise EOFError
    answer: bytes = pickle.load(station.stdout)  # noqa: S301 - from the program started above
    return answer


def serve() -> None:
    """Answer questions on standard input until it is closed; what is printed along the way goes nowhere."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:  # a copy that child processes do not inherit
        silence = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(silence, stream.fileno())
        read, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the worker that started this
        for path, found in read_in_turn(read, _asked(), limits):
            result = found
            if found in ("too_large", "aborted"):  # what was read before it may have left the process damaged or full
                [(_, result)] = read_each(read, [path], 1, limits)
            pickle.dump(zlib.compress(pickle.dumps(result), 1), answers)
            answers.flush()


def _asked() -> Iterator[Path]:
    """The paths that come in, until the worker is gone."""
    with suppress(EOFError):
        while True:
            yield pickle.load(sys.stdin.buffer)  # noqa: S301 - from the worker that started this


if __name__ == "__main__":
    serve()
