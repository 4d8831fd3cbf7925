"""The whole program on one page: read -> split -> extract -> save -> link.

``read_file`` runs in the workers and knows no database; ``load`` is the one writer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from traceback import extract_tb
from typing import TYPE_CHECKING

from cluster import Cluster, ClusterError, read_on
from confinement import Limits
from folders import Found, contents, fingerprint, look_into, printable, recorded
from forking import begin
from models.bodies import known_bodies
from models.collaborations import Body
from models.layout import Flaw, furniture_texts, line_places, page_texts, struck_texts
from models.problems import SaksporError
from models.result import FileResult, Outcome, Status
from workers import read_each

if TYPE_CHECKING:
    from sqlite_utils import Database

    from store import Entry, Known

SECONDS_TO_LINK = 2.0
"""For putting what was loaded together after an interruption; where that does not suffice the next command does it."""


def read_file(path: Path, bodies: Sequence[Body] = ()) -> FileResult:
    """Everything that is read from a file; where that fails, the refusal. Raises nothing but MemoryError.

    ``bodies`` are those that the settings name.

    What reads is imported here, in the processes that do: the main one stays small, and starts quickly.
    """
    import extract
    import ingest

    start = perf_counter()
    data = None
    try:
        data = contents(path)
        file = ingest.read_data(path.name, data)
        documents = list(ingest.split(file))
        with known_bodies({None: bodies}):
            extractions = tuple(extract.records(document) for document in documents)
        return FileResult(
            path=recorded(path, file.sha256),
            sha256=file.sha256,
            kind=file.kind,
            pages=file.page_count,
            extractions=extractions,
            texts=tuple(page_texts(document) for document in documents),
            struck=tuple(struck_texts(document) for document in documents),
            furniture=tuple(furniture_texts(document) for document in documents),
            places=tuple(line_places(document) for document in documents),
            flaws=file.flaws,
            masks=file.masks,
            seconds=perf_counter() - start,
            bytes=len(data),
        )
    except SaksporError as error:
        return refusal(_known(path, data), error.code, seconds=perf_counter() - start)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the one place: whatever a file does to its reader, the load goes on
        return refusal(_known(path, data), "damaged", _where(error), perf_counter() - start)


def _known(path: Path, data: bytes | None) -> Found:
    return Found(path, fingerprint=None if data is None else (sha256(data).hexdigest(), len(data)))


def refusal(found: Found, code: str, detail: str = "", seconds: float = 0.0) -> FileResult:
    """A file that is kept out, known by its content where that can be read."""
    digest, size = found.fingerprint or fingerprint(found.path) or ("", 0)
    path, flaw = recorded(found.path, digest), Flaw(code, None, detail)
    return FileResult(path, digest, code=code, flaws=(flaw,), seconds=seconds, bytes=size)


def read_apart(
    files: Iterable[Found],
    workers: int | Cluster,
    read: Callable[..., FileResult] = read_file,
    limits: Limits | None = None,
    bodies: Sequence[Body] = (),
) -> Iterator[tuple[Path, FileResult]]:
    """The path of each file with what was read from it, in processes that may die of a file or hang on it.

    ``workers`` is the number of processes on this machine, or the cluster that reads instead.
    """
    by_path = {found.path: found for found in files}
    reader = partial(read, bodies=tuple(bodies)) if bodies else read
    if isinstance(workers, Cluster):
        each = read_on(workers, reader, by_path, limits)
    else:
        each = read_each(reader, by_path, workers, limits)
    for path, result in each:
        if isinstance(result, str):
            yield path, refusal(by_path[path], result)
        elif result.code == "not_found" and isinstance(workers, Cluster) and is_here(by_path[path]):
            raise workers.cannot_see(printable(path))
        else:
            yield path, result


def is_here(found: Found) -> bool:
    """Whether a file, one in a zip file too, can be opened on this machine."""
    return bool(found.fingerprint or fingerprint(found.path))


def unfold(files: Iterable[Found], workers: int, limits: Limits | None = None) -> Iterator[Found]:
    """The files, each zip file with the files in it behind it."""
    files = list(files)
    archives = [found.path for found in files if found.archive]
    inside = dict(read_each(look_into, archives, workers, limits)) if archives else {}
    for found in files:
        what = inside.get(found.path, [])
        if isinstance(what, str):
            yield Found(found.path, refused=what)
        elif what and what[0].path == found.path:
            yield what[0]
        else:
            yield from (found, *what)


def load(
    db: Database,
    files: list[Found],
    workers: int | Cluster,
    *,
    again: bool = False,
    collaboration: str | None = None,
    bodies: Sequence[Body] = (),
    register: Iterable[Entry] | None = None,
    read: Callable[..., FileResult] = read_file,
    limits: Limits | None = None,
) -> Generator[Outcome, None, None]:
    """Load files into the database and say of each what became of it, once that is safe on disk.

    Content that was loaded or refused before is not read unless ``again`` is asked for: a newer reader may make more of
    it, or the database has it for another ``collaboration`` than the one named, or read with other ``bodies`` of it.
    Files that are read come in the order in which they are ready. A ``register`` of names is kept instead of the one
    that the database has.
    """
    import store  # here, as below: the processes that read know no database

    if collaboration is not None:
        store.keep_bodies(db, collaboration, bodies)
    if register is not None:
        store.keep_register(db, register)
    places = by_content(found for found in files if not found.skipped)
    known = {} if again else store.known(db, collaboration, bodies)
    try:
        for found in files:
            if found.skipped:
                yield Outcome(found.name, None, "skipped", found.skipped)
        yield from settle(db, {digest: known[digest] for digest in places if digest in known}, places)
        unread = {same[0].path: same for digest, same in places.items() if digest not in known}
        if unread and not isinstance(workers, Cluster):
            begin(len(unread))
        with store.writing(db) if unread else nullcontext():
            for path, result in results(unread, workers, read, limits, bodies):
                named = replace(result, collaboration=collaboration, bodies=tuple(bodies))
                yield from save(db, named, unread[path], again or collaboration is not None)
    except (GeneratorExit, KeyboardInterrupt, ClusterError):
        store.link_within(db, SECONDS_TO_LINK)
        raise
    store.link(db)


def results(
    unread: dict[Path, list[Found]],
    workers: int | Cluster,
    read: Callable[..., FileResult],
    limits: Limits | None,
    bodies: Sequence[Body] = (),
) -> Iterator[tuple[Path, FileResult]]:
    """What is known of each file without reading it, then what was read from the others."""
    rest = []
    for path, (found, *_) in unread.items():
        if found.refused:
            yield path, refusal(found, found.refused)
        elif found.archive:
            digest, size = fingerprint(path) or ("", 0)
            yield path, FileResult(recorded(path, digest), digest, kind="zip", bytes=size)
        else:
            rest.append(found)
    yield from read_apart(rest, workers, read=read, limits=limits, bodies=bodies)


def by_content(files: Iterable[Found]) -> dict[str, list[Found]]:
    """The places of each content, by fingerprint; a file that cannot be read stands by itself, under its path."""
    places: dict[str, list[Found]] = defaultdict(list)
    for found in files:
        digest, _ = found.fingerprint or fingerprint(found.path) or (str(found.path), 0)
        places[digest].append(found)
    return places


def settle(db: Database, known: dict[str, Known], places: dict[str, list[Found]]) -> Iterator[Outcome]:
    """Note where contents that the database knows were found."""
    import store

    store.settle(db, {recorded(found.path, digest): digest for digest in known for found in places[digest]})
    for digest, (status, code, pages, flags) in known.items():
        for n, found in enumerate(places[digest]):
            now: Status = "refused" if status == "refused" else "duplicate" if n else "unchanged"
            yield Outcome(found.name, digest, now, code, pages, 0.0, () if code else flags)


def save(db: Database, result: FileResult, places: list[Found], again: bool) -> Iterator[Outcome]:
    """Save a file under each of its places."""
    import store

    codes = {flaw.code for flaw in result.flaws} | {p[0] for found in result.extractions for p in found.problems}
    flags = () if result.refused else tuple(sorted(codes))
    for n, found in enumerate(places):
        store.save(db, replace(result, path=recorded(found.path, result.sha256)), again=again and n == 0)
        status: Status = "refused" if result.refused else "duplicate" if n else "loaded"
        yield Outcome(found.name, result.sha256 or None, status, result.code, result.pages, result.seconds, flags)


def _where(error: Exception) -> str:
    """What a reader stumbled on, without a word of the document, for whoever mends the reader.

    >>> try:
    ...     [][1]
    ... except IndexError as error:
    ...     _where(error).split(",")[0]
    'IndexError'
    """
    frame = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {Path(frame.filename).name} linje {frame.lineno}"
