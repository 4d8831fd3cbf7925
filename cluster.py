"""A load whose files are read on the machines of a Dask cluster; the database is written here, by one program.

Anything that is a ``concurrent.futures.Executor`` will do; Dask gives one. What the cluster needs: this program on each
of its machines, and the documents under the same path.
"""

from __future__ import annotations

import logging
import math
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from confinement import Limits
from station import StationLost, read_here, unpacked
from workers import AHEAD, SILENCE

Result = TypeVar("Result")

ANSWERS_WITHIN = 10.0
"""Seconds in which a cluster must answer, at first and after it was lost."""

_ADDRESS = re.compile(r"dask://(?P<host>[\w.-]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})")


class ClusterError(Exception):
    """The cluster cannot be used, or no longer; the text says in Norwegian why, and what to do."""


class Cluster(NamedTuple):
    """Who reads the files, and how many at a time."""

    executor: Executor
    workers: int
    name: str
    """As the user gave it."""
    answers: Callable[[], bool] = lambda: True
    """Whether it is still there."""

    def cannot_see(self, path: str) -> ClusterError:
        """What to say of a file that lies here, and nowhere on the machine that was to read it."""
        return ClusterError(
            f"Klyngen «{self.name}» finner ikke «{path}». Legg dokumentene i en mappe som alle maskinene ser på samme "
            "sted, og kjør den samme kommandoen igjen."
        )

    def lost(self, error: BaseException | None = None) -> ClusterError:
        """What to say when it no longer answers."""
        why = f" ({type(error).__name__})" if error else ""
        return ClusterError(
            f"Klyngen «{self.name}» svarer ikke lenger{why}. Det som er lastet, er lagret. Kjør den samme kommandoen "
            "igjen når klyngen er oppe, eller uten --executor."
        )


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster at an address such as ``dask://10.0.0.5:8786``. Raises :class:`ClusterError`."""
    where = _scheduler(address)
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            "Tilvalget «cluster» er ikke installert. Installer det med «pip install 'sakspor[cluster]'», "
            "eller last uten --executor."
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)  # it is told here, in one Norwegian line
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            client = Client(where, timeout=ANSWERS_WITHIN, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"Får ikke kontakt med klyngen «{address}». Kontroller at «dask scheduler» kjører der, "
                "og at porten er åpen fra denne maskinen."
            ) from error
    try:
        workers = sum(client.nthreads().values())
        if not workers:
            raise ClusterError(
                f"Klyngen «{address}» har ingen arbeidere. Start minst én med «dask worker ADRESSE», og prøv igjen."
            )
        yield Cluster(client.get_executor(), workers, address, lambda: client.status == "running")
    finally:
        client.close(timeout=ANSWERS_WITHIN)


def _scheduler(address: str) -> str:
    """The address as Dask writes it.

    >>> _scheduler("dask://10.0.0.5:8786")
    'tcp://10.0.0.5:8786'
    >>> _scheduler("10.0.0.5")
    Traceback (most recent call last):
    ...
    cluster.ClusterError: «10.0.0.5» er ikke adressen til en klynge. Skriv den som dask://maskin:port.
    """
    found = _ADDRESS.fullmatch(address)
    if not found or not 0 < int(found["port"]) < 65536:
        raise ClusterError(f"«{address}» er ikke adressen til en klynge. Skriv den som dask://maskin:port.")
    return f"tcp://{found['host']}:{found['port']}"


def read_on(
    cluster: Cluster, read: Callable[[Path], Result], paths: Iterable[Path], limits: Limits | None = None
) -> Iterator[tuple[Path, Result | str]]:
    """Each path with its result or a code, as :func:`workers.read_each` gives them, in the order they become ready.

    Raises :class:`ClusterError` where the cluster goes away: what was given is safe, the rest is not begun.
    """
    limits, unread = limits or Limits(), iter(paths)
    running: dict[Future[bytes], Path] = {}
    try:
        while True:
            for path in islice(unread, cluster.workers * AHEAD - len(running)):
                running[_submit(cluster, read, path, limits)] = path
            if not running:
                return
            for future in _done(cluster, running, limits):
                yield running.pop(future), _result(cluster, future)
    finally:
        for future in running:
            future.cancel()


def _done(cluster: Cluster, running: Iterable[Future[bytes]], limits: Limits) -> Iterable[Future[bytes]]:
    """The next files that are ready; looks now and then whether the cluster is still there."""
    # a file that fails is read once more, and those that were handed out before it come first
    for _ in range(math.ceil((2 * AHEAD * limits.seconds + SILENCE) / ANSWERS_WITHIN)):
        if done := wait(running, ANSWERS_WITHIN, return_when=FIRST_COMPLETED).done:
            return done
        if not cluster.answers():
            break
    raise cluster.lost()


def _submit(cluster: Cluster, read: Callable[[Path], Result], path: Path, limits: Limits) -> Future[bytes]:
    try:
        return cluster.executor.submit(read_here, read, path, limits)
    except (RuntimeError, OSError) as error:
        raise cluster.lost() from error


def _result(cluster: Cluster, future: Future[bytes]) -> Result | str:
    """What a worker gave back; a file that its workers died of is refused as on one machine."""
    try:
        error = future.exception()
    except CancelledError as cancelled:
        raise cluster.lost() from cancelled
    if error is None:
        return unpacked(future.result())
    if isinstance(error, StationLost) or type(error).__name__ == "KilledWorker":
        return "aborted"
    if isinstance(error, ImportError):
        raise ClusterError(
            f"Maskinene i klyngen «{cluster.name}» mangler Sakspor ({error.name}). "
            "Installer samme utgave der som her, og kjør den samme kommandoen igjen."
        ) from error
    raise cluster.lost(error) from error
