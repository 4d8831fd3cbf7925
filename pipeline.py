"""The whole program on one page: read -> split -> extract -> save -> link.

``read_file`` runs in the workers and knows no database; ``load`` is the one writer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from traceback import extract_tb

from sqlite_utils import Database

import extract
import ingest
import store
from folders import Found, fingerprint, recorded
from models.layout import Flaw, furniture_texts, line_places, page_texts, struck_texts
from models.problems import SaksporError
from models.result import FileResult, Outcome, Status
from workers import read_each


def read_file(path: Path) -> FileResult:
    """Everything that is read from a file; where that fails, the refusal. Never raises."""
    start = perf_counter()
    try:
        file = ingest.read(path)
        documents = list(ingest.split(file))
        return FileResult(
            path=recorded(path, file.sha256),
            sha256=file.sha256,
            kind=file.kind,
            pages=file.page_count,
            extractions=tuple(extract.records(document) for document in documents),
            texts=tuple(page_texts(document) for document in documents),
            struck=tuple(struck_texts(document) for document in documents),
            furniture=tuple(furniture_texts(document) for document in documents),
            places=tuple(line_places(document) for document in documents),
            flaws=file.flaws,
            masks=file.masks,
            seconds=perf_counter() - start,
            bytes=path.stat().st_size,
        )
    except SaksporError as error:
        return refusal(path, error.code, seconds=perf_counter() - start)
    except Exception as error:  # noqa: BLE001 - the one place: whatever a file does to its reader, the load goes on
        return refusal(path, "damaged", _where(error), perf_counter() - start)


def refusal(path: Path, code: str, detail: str = "", seconds: float = 0.0) -> FileResult:
    """A file that is kept out, known by its content where that can be read."""
    sha256, size = fingerprint(path) or ("", 0)
    return FileResult(
        recorded(path, sha256), sha256, code=code, flaws=(Flaw(code, None, detail),), seconds=seconds, bytes=size
    )


def read_apart(
    paths: Iterable[Path], workers: int, read: Callable[[Path], FileResult] = read_file
) -> Iterator[tuple[Path, FileResult]]:
    """Each path with what was read from it, in processes that may die of a file or hang on it."""
    for path, result in read_each(read, paths, workers):
        yield path, refusal(path, result) if isinstance(result, str) else result


def load(
    db: Database,
    files: list[Found],
    workers: int,
    *,
    again: bool = False,
    read: Callable[[Path], FileResult] = read_file,
) -> Generator[Outcome, None, None]:
    """Load files into the database and say of each what became of it, once that is safe on disk.

    Content that was loaded or refused before is not read unless ``again`` is asked for: a newer reader may make more of
    it. Files that are read come in the order in which they are ready.
    """
    contents = by_content(found for found in files if not found.skipped)
    known = {} if again else store.known(db)
    try:
        for found in files:
            if found.skipped:
                yield Outcome(found.name, None, "skipped", found.skipped)
        yield from settle(db, {sha256: known[sha256] for sha256 in contents if sha256 in known}, contents)
        unread = {places[0].path: places for sha256, places in contents.items() if sha256 not in known}
        with store.writing(db) if unread else nullcontext():
            for path, result in read_apart(unread, workers, read=read):
                yield from save(db, result, unread[path], again)
    finally:
        store.link(db)


def by_content(files: Iterable[Found]) -> dict[str, list[Found]]:
    """The places of each content, by fingerprint; a file that cannot be read stands by itself, under its path."""
    contents: dict[str, list[Found]] = defaultdict(list)
    for found in files:
        sha256, _ = fingerprint(found.path) or (str(found.path), 0)
        contents[sha256].append(found)
    return contents


def settle(db: Database, known: dict[str, store.Known], contents: dict[str, list[Found]]) -> Iterator[Outcome]:
    """Note where contents that the database knows were found."""
    store.settle(db, {recorded(found.path, sha256): sha256 for sha256 in known for found in contents[sha256]})
    for sha256, (status, code, pages, flags) in known.items():
        for n, found in enumerate(contents[sha256]):
            now: Status = "refused" if status == "refused" else "duplicate" if n else "unchanged"
            yield Outcome(found.name, sha256, now, code, pages, 0.0, () if code else flags)


def save(db: Database, result: FileResult, places: list[Found], again: bool) -> Iterator[Outcome]:
    """Save a file under each of its places."""
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
