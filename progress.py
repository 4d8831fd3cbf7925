"""What a load tells whoever waits for it: a bar or plain lines, a summary in Norwegian, a report for scripts."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from models.problems import PROBLEMS
from models.result import Outcome, Status

_COUNTED: tuple[tuple[Status, str], ...] = (
    ("loaded", "Lastet"),
    ("unchanged", "Uendret"),
    ("duplicate", "Duplikater"),
    ("refused", "Avvist"),
    ("skipped", "Hoppet over"),
)


_FOLDERS = 30
"""Folders shown in the table."""

_SHOWN = 5
"""Files named below a remark; the report has all of them, and the site too."""


def keep(outcomes: Iterable[Outcome], done: list[Outcome]) -> Iterator[Outcome]:
    """The outcomes, each put into ``done`` before anything is said of it, so that an interruption loses none."""
    for outcome in outcomes:
        done.append(outcome)
        yield outcome


def follow_lines(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes, each printed as one line on standard output as soon as it is safe on disk."""
    for outcome in outcomes:
        click.echo(outcome.line)
        yield outcome


def follow_bar(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """The outcomes, with a bar on the terminal: files, pages, files a second and time left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Leser"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("filer · {task.fields[pages]} sider · {task.fields[pace]} filer/s · igjen"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, pages=0, pace="–")
        pages = 0
        for outcome in outcomes:
            pages += outcome.pages or 0
            pace = _decimal(progress.tasks[0].speed) if progress.tasks[0].speed else "–"
            progress.update(task, advance=1, pages=pages, pace=pace)
            yield outcome


def summary(outcomes: list[Outcome], found: int, seconds: float) -> str:
    """What became of the files, in Norwegian; each refused file with the reason and what to do.

    >>> done = [Outcome("a.pdf", "0f", "loaded", pages=3), Outcome("b.pdf", "1f", "refused", "empty")]
    >>> print(summary(done, 2, 1.5))
    Funnet       2 filer
    Lastet       1
    Uendret      0
    Duplikater   0
    Avvist       1
    Hoppet over  0
    Sider        3
    Tid          1,5 s
    <BLANKLINE>
    Avvist: Filen er tom. Hent filen på nytt fra arkivet.
      b.pdf
    """
    counts = Counter(outcome.status for outcome in outcomes)
    pages = sum(outcome.pages or 0 for outcome in outcomes if outcome.status == "loaded")
    table = [("Funnet", _files(found))]
    table += [(word, str(counts[status])) for status, word in _COUNTED]
    table += [("Sider", str(pages)), ("Tid", _duration(seconds))]
    lines = [f"{word:12} {value}" for word, value in table]
    return "\n".join([*lines, *_refusals(outcomes), *_skips(outcomes), *_remarks(outcomes)])


def by_folder(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes by the folder in which the file lies, a zip file being a folder too, in alphabetical order.

    >>> list(by_folder([Outcome("b/x.pdf", None, "loaded"), Outcome("a.zip!/y.pdf", None, "loaded")]))
    ['a.zip!', 'b']
    """
    folders: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        folders[str(Path(outcome.path).parent)].append(outcome)
    return dict(sorted(folders.items()))


def counts_of(outcomes: list[Outcome]) -> dict[str, Any]:
    """How many files were found and what became of them, their pages, and the seconds that reading them took."""
    counts = Counter(outcome.status for outcome in outcomes)
    return {
        "found": len(outcomes),
        **{status: counts[status] for status, _ in _COUNTED},
        "pages": sum(outcome.pages or 0 for outcome in outcomes if outcome.status == "loaded"),
        "seconds": round(sum(outcome.seconds for outcome in outcomes if outcome.status != "duplicate"), 3),
    }


def folder_table(outcomes: list[Outcome]) -> str:
    """One line a folder, where there is more than one; those that need a look first, and no more than a screenful.

    >>> print(folder_table([Outcome("a/x.pdf", "0f", "loaded", seconds=1.25), Outcome("b/y.pdf", None, "skipped")]))
    <BLANKLINE>
    <BLANKLINE>
    funnet  lastet  uendret  duplikat  avvist  hoppet over  sekunder  mappe
         1       1        0         0       0            0       1,2  a
         1       0        0         0       0            1       0,0  b
    """
    folders = [(folder, counts_of(inside)) for folder, inside in by_folder(outcomes).items()]
    if len(folders) < 2:
        return ""
    folders.sort(key=lambda folder: not folder[1]["refused"])
    heads = ("funnet", "lastet", "uendret", "duplikat", "avvist", "hoppet over", "sekunder")
    lines = ["  ".join((*heads, "mappe"))]
    for folder, counts in folders[:_FOLDERS]:
        cells = [str(counts["found"]), *(str(counts[status]) for status, _ in _COUNTED), _decimal(counts["seconds"])]
        lines.append("  ".join([*(c.rjust(len(h)) for c, h in zip(cells, heads, strict=True)), folder]))
    if len(folders) > _FOLDERS:
        lines.append(f"… og {len(folders) - _FOLDERS} mapper til; --report har alle.")
    return "\n\n" + "\n".join(lines)


def interruption(done: int, found: int) -> str:
    """
    >>> interruption(3, 5)
    'Avbrutt: 3 av 5 filer er behandlet, 2 gjenstår. Kjør den samme kommandoen for å fortsette.'
    """
    rest = found - done
    return (
        f"Avbrutt: {done} av {_files(found)} er behandlet, {rest} gjenstår. Kjør den samme kommandoen for å fortsette."
    )


def _refusals(outcomes: list[Outcome]) -> Iterator[str]:
    for code, paths in _by_code(outcomes, "refused").items():
        problem = PROBLEMS[code]
        yield f"\nAvvist: {problem.sentence} {problem.advice}"
        yield from _list(paths)


def _list(paths: list[str]) -> Iterator[str]:
    yield from (f"  {path}" for path in paths)


def _skips(outcomes: list[Outcome]) -> Iterator[str]:
    for code, paths in _by_code(outcomes, "skipped").items():
        yield f"\nHoppet over: {PROBLEMS[code].sentence} ({_files(len(paths))})"


def _remarks(outcomes: list[Outcome]) -> Iterator[str]:
    paths: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.status == "loaded":
            for code in outcome.flags:
                paths[code].append(outcome.path)
    for code in sorted(paths):
        yield f"\nMerknad: {PROBLEMS[code].sentence} {PROBLEMS[code].advice} ({_files(len(paths[code]))})"
        yield from _list(sorted(paths[code])[:_SHOWN])
        if len(paths[code]) > _SHOWN:
            yield f"  … og {len(paths[code]) - _SHOWN} til"


def _by_code(outcomes: list[Outcome], status: str) -> dict[str, list[str]]:
    paths: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.status == status and outcome.code:
            paths[outcome.code].append(outcome.path)
    return {code: sorted(paths[code]) for code in sorted(paths)}


def _files(count: int) -> str:
    """
    >>> _files(1), _files(20)
    ('1 fil', '20 filer')
    """
    return "1 fil" if count == 1 else f"{count} filer"


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _duration(seconds: float) -> str:
    """
    >>> _duration(4.25), _duration(3725)
    ('4,2 s', '1 t 2 min 5 s')
    """
    if seconds < 60:
        return f"{_decimal(seconds)} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return (f"{hours} t " if hours else "") + f"{minutes} min {rest} s"


def write_report(path: Path, outcomes: list[Outcome], found: int, seconds: float) -> None:
    """The outcomes as JSON for scripts. Raises OSError where ``path`` cannot be written."""
    copies: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.sha256 and outcome.status != "skipped":
            copies[outcome.sha256].append(outcome.path)
    report: dict[str, Any] = {
        **counts_of(outcomes),
        "found": found,
        "left": found - len(outcomes),
        "seconds": round(seconds, 3),
        "folders": [{"folder": folder} | counts_of(inside) for folder, inside in by_folder(outcomes).items()],
        "duplicates": [{"sha256": sha, "paths": paths} for sha, paths in copies.items() if len(paths) > 1],
        "files": [asdict(outcome) for outcome in outcomes],
    }
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
