"""The commands, thin: what is typed, what is printed, and how the program ends.

Exit status: 0 all went well, 1 some file was refused (the rest is in), 2 wrong use or a database that cannot be used,
130 interrupted.
"""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from terminal import visible
from usage import Group, WrongUse, explain

if TYPE_CHECKING:
    from cluster import Cluster
    from confinement import Limits
    from folders import Found
    from models.collaborations import Body, Collaboration
    from models.result import FileResult, Outcome
    from store import Entry

OK, REFUSED, WRONG, INTERRUPTED = 0, 1, 2, 130
_NAMES = {"help_option_names": ["-h", "--help"]}
_FILE = click.Path(path_type=Path)
_WORKERS = click.IntRange(1, 256)
_SECONDS = click.IntRange(1, 86_400)
_MEMORY = click.IntRange(512, 1_048_576)
_PORT = click.IntRange(1, 65535)
_SETTINGS_HELP = "Samarbeidet og utvalgene (ellers sakspor.toml ved databasen)."


@click.group(
    cls=Group, context_settings=_NAMES, options_metavar="", subcommand_metavar="KOMMANDO …", no_args_is_help=False
)
def app() -> None:
    """Sakspor: finn igjen saker og vedtak i møtedokumenter, og se på hvilken side de står.

    \b
    Slik gjør du:
      sakspor load innkallinger/ referater/ --db arbeid.db
      sakspor publish arbeid.db --out nettsted.db
      sakspor serve nettsted.db
    """


@app.command(options_metavar="[VALG]", epilog="Eksempel: sakspor load arkiv/2022 referat.docx --db arbeid.db")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=_FILE)
@click.option("--db", metavar="FIL", default="sakspor.db", type=_FILE, help="Arbeidsdatabasen (ellers sakspor.db).")
@click.option("--workers", metavar="N", type=_WORKERS, help="Filer som leses samtidig (ellers én per kjerne).")
@click.option("--executor", metavar="ADRESSE", help="Les filene på en Dask-klynge: dask://maskin:port.")
@click.option("--report", metavar="FIL.json", type=_FILE, help="Skriv hva som skjedde med hver fil, som JSON.")
@click.option("--plain", is_flag=True, help="Én linje per fil på standard ut, for skript.")
@click.option("--collaboration", metavar="NAVN", help="Samarbeidet dokumentene hører til, når databasen har flere.")
@click.option("--settings", metavar="FIL", type=_FILE, help=_SETTINGS_HELP)
@click.option("--again", is_flag=True, help="Les også det som er lastet eller avvist før, for eksempel med ny OCR.")
@click.option("--register", metavar="FIL.csv", type=_FILE, help="Navneregisteret som skal gjelde fra nå av.")
@click.option("--seconds", metavar="N", type=_SECONDS, default=60, help="Lengste tid på én fil (ellers 60 sekunder).")
@click.option("--memory", metavar="N", type=_MEMORY, default=1024, help="Minne til lesing av én fil (ellers 1024 MiB).")
def load(
    paths: tuple[Path, ...],
    db: Path,
    workers: int | None,
    executor: str | None,
    report: Path | None,
    plain: bool,
    collaboration: str | None,
    settings: Path | None,
    again: bool,
    register: Path | None,
    seconds: int,
    memory: int,
) -> int:
    """Last dokumenter (PDF, DOCX, DOC, ODT, RTF, zip) til databasen, mapper med alt som ligger i dem.

    Det som er lastet eller avvist før og ikke er endret, leses ikke på nytt. En fil som ikke kan leses, blir avvist med
    grunn, og resten blir lastet.
    """
    _check_load(paths, report)
    from confinement import MEBIBYTE, Limits

    start = perf_counter()
    files: list[Found] = []
    done: list[Outcome] = []
    entries = _entries(register) if register else None
    named = _collaboration(db.parent, settings, collaboration)
    limits = Limits(float(seconds), memory * MEBIBYTE)
    job = Job(paths, db, workers or os.cpu_count() or 1, executor, again, named, limits, entries)
    status, trouble = _load_into(done, files, job, plain)
    from progress import folder_table, interruption, summary, write_report

    passed = perf_counter() - start
    click.echo(summary(done, len(files), passed) + folder_table(done), err=plain)
    if trouble:
        click.echo(trouble, err=True)
    if status in (INTERRUPTED, WRONG):
        click.echo(interruption(len(done), len(files)), err=True)
    if report:
        with _report_told(report):
            write_report(report, done, len(files), passed)
    return status


def _entries(register: Path) -> list[Entry]:
    import names_register

    return names_register.read(register)


class Job(NamedTuple):
    """What is to be loaded where, and how."""

    paths: tuple[Path, ...]
    db: Path
    workers: int
    executor: str | None
    again: bool
    collaboration: Collaboration
    limits: Limits
    register: list[Entry] | None


def _load_into(done: list[Outcome], files: list[Found], job: Job, plain: bool) -> tuple[int, str]:
    """Load the files, put what was found into ``files`` and what became of each into ``done``.

    Gives the exit status, and what is wrong with the database or the cluster where that stops the load.
    """
    from folders import find_files
    from forking import begin

    try:
        found = find_files(job.paths)
        if job.executor is None and not job.db.exists():  # all of them will be read
            begin(len(found))
        return _load_found(done, files, found, job, plain)
    except KeyboardInterrupt:
        return INTERRUPTED, ""


def _load_found(done: list[Outcome], files: list[Found], found: list[Found], job: Job, plain: bool) -> tuple[int, str]:
    """The same with the files of the folders, and those in zip files among them."""
    import sqlite3

    import cluster
    import pipeline
    import store
    from progress import follow_bar, follow_lines, keep

    lines = plain or not (sys.stdout.isatty() and sys.stderr.isatty())
    with _database_told(job.db):
        opened = store.open_database(job.db)
    with closing(opened) as database:
        try:
            files.extend(pipeline.unfold(found, job.workers, job.limits))
            load_all = partial(
                pipeline.load,
                again=job.again,
                collaboration=job.collaboration.name,
                bodies=job.collaboration.bodies,
                register=job.register,
                limits=job.limits,
            )
            with _readers(job) as readers, closing(load_all(database, files, readers)) as outcomes:
                kept = keep(outcomes, done)
                deque(follow_lines(kept) if lines else follow_bar(kept, len(files)), maxlen=0)
        except cluster.ClusterError as error:
            return WRONG, str(error)
        except sqlite3.Error as error:
            return WRONG, store.explain(error, job.db)
    return REFUSED if any(outcome.status == "refused" for outcome in done) else OK, ""


@contextmanager
def _readers(job: Job) -> Iterator[int | Cluster]:
    """Who reads the files: so many processes here, or a cluster."""
    if job.executor is None:
        yield job.workers
        return
    import cluster

    with cluster.connected(job.executor) as connected:
        yield connected


@contextmanager
def _report_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WrongUse(
            f"Rapporten «{path}» kunne ikke skrives ({error.strerror}). Lastingen er ellers ferdig."
        ) from error


@contextmanager
def _database_told(path: Path) -> Iterator[None]:
    """What is wrong with a database, as one line."""
    import sqlite3

    import store

    try:
        yield
    except store.DatabaseError as error:
        raise WrongUse(str(error)) from error
    except sqlite3.Error as error:
        raise WrongUse(store.explain(error, path)) from error


def _collaboration(folder: Path, settings: Path | None, named: str | None) -> Collaboration:
    """The collaboration whose documents are read, with its bodies as the settings name them."""
    from models.collaborations import chosen, collaborations
    from models.settings import SettingsError, read_settings

    try:
        path, stated = read_settings(folder, settings)
    except SettingsError as error:
        raise WrongUse(str(error)) from error
    try:
        return chosen(collaborations(stated), (named or "").strip() or None)
    except SettingsError as error:
        raise WrongUse(f"«{path}»: {error}") from error


def _check_load(paths: tuple[Path, ...], report: Path | None) -> None:
    for path in paths:
        if not path.exists():
            raise WrongUse(f"Finner ikke «{path}». Kontroller stien.")
    if report and (report.is_dir() or not report.absolute().parent.is_dir()):
        raise WrongUse(f"Kan ikke skrive rapporten «{report}». Velg en fil i en mappe som finnes.")


@app.command(options_metavar="[VALG]", epilog="Eksempel: sakspor extract referat.pdf > referat.json")
@click.argument("file", metavar="FILE", type=_FILE)
@click.option("--explain", "explained", is_flag=True, help="Fortell i stedet hvorfor det ble lest slik.")
@click.option("--collaboration", metavar="NAVN", help="Samarbeidet, når innstillingene nevner flere.")
@click.option("--settings", metavar="FIL", type=_FILE, help="Samarbeidet og utvalgene (ellers sakspor.toml her).")
def extract(file: Path, explained: bool, collaboration: str | None, settings: Path | None) -> int:
    """Les ett dokument, og skriv det som står der, som JSON på standard ut. Ingenting blir lagret.

    Med --explain vises i stedet hva som avgjorde dokumenttypen og hver verdi, og hva som ikke ble lest.
    """
    if not file.exists():
        raise WrongUse(f"Finner ikke «{file}». Kontroller stien.")
    if file.is_dir():
        raise WrongUse(f"«{file}» er en mappe. Bruk «sakspor load» for mapper.")
    from folders import Found, printable
    from models.problems import PROBLEMS
    from models.records import as_format
    from pipeline import read_apart

    bodies = _collaboration(Path(), settings, collaboration).bodies
    [(_, result)] = read_apart([Found(file)], workers=1, bodies=bodies)
    if result.code:
        problem = PROBLEMS[result.code]
        click.echo(f"{printable(file)}: {problem.sentence} {problem.advice}", err=True)
        return REFUSED
    if explained:
        _tell(result, bodies)
        return OK
    found = as_format(printable(Path(file.name)), list(result.extractions))
    click.echo(json.dumps(found, ensure_ascii=False, indent=1).encode())
    return OK


def _tell(result: FileResult, bodies: tuple[Body, ...]) -> None:
    """Print the account of a reading: in colours where somebody looks at it."""
    from explanation import accounts, plain_lines, show
    from models.bodies import known_bodies

    with known_bodies({None: bodies}):
        told = accounts(result)
    if sys.stdout.isatty():
        from rich.console import Console

        show(told, Console(highlight=False))
    else:
        click.echo("\n".join(plain_lines(told)))


@app.command(options_metavar="[VALG]", epilog="Eksempel: sakspor register --db arbeid.db --out navn.csv")
@click.argument("file", metavar="[FIL.csv]", required=False, type=_FILE)
@click.option("--db", metavar="FIL", default="sakspor.db", type=_FILE, help="Arbeidsdatabasen (ellers sakspor.db).")
@click.option("--out", metavar="FIL.csv", type=_FILE, help="Ny fil å skrive registeret til (ellers standard ut).")
def register(file: Path | None, db: Path, out: Path | None) -> int:
    """Skriv ut navneregisteret, eller les inn et som er rettet.

    Registeret sier hvem navnene i dokumentene betyr. Uten fil skrives det ut, med navnene som ikke er avgjort sist. Med
    fil gjelder den fra nå av, også for det som er lastet før; ingen dokumenter leses på nytt.
    """
    import names_register

    if not db.is_file():
        raise WrongUse(f"Finner ikke databasen «{db}». Lag den først med «sakspor load».")
    with _database_told(db):
        click.echo(names_register.take_in(db, file) if file else names_register.give_out(db, out), err=True)
    return OK


@app.command(options_metavar="[VALG]", epilog="Eksempel: sakspor publish arbeid.db --out nettsted.db")
@click.argument("working", metavar="WORKING.db", type=_FILE)
@click.option("--out", metavar="SERVED.db", required=True, type=_FILE, help="Filen som skal vises på nettstedet.")
@click.option("--settings", metavar="FIL", type=_FILE, help="Hva som er unntatt (ellers sakspor.toml ved databasen).")
@click.option("--internal", is_flag=True, help="Ta med det som er unntatt, for et nettsted bak innlogging.")
def publish(working: Path, out: Path, settings: Path | None, internal: bool) -> int:
    """Lag filen som nettstedet viser, av arbeidsdatabasen. En tidligere fil blir byttet ut når den nye er ferdig.

    Det som er unntatt offentlighet, blir ikke med.
    """
    import store

    with _database_told(working):
        made = store.publish(working, out, settings=settings, audience="internal" if internal else "public")
    from folders import printable

    click.echo(f"Publisert: {made.documents} dokumenter i «{printable(out)}».", err=True)
    if made.held_back or made.cases:
        click.echo(f"Holdt tilbake: {made.held_back} dokumenter og {made.cases} saker i andre dokumenter.", err=True)
    return OK


@app.command(options_metavar="[VALG]", epilog="Eksempel: sakspor serve nettsted.db --port 8080")
@click.argument("database", metavar="[SERVED.db]", default="sakspor.db", type=_FILE)
@click.option("--port", metavar="N", default=8001, type=_PORT, help="Porten nettstedet svarer på (ellers 8001).")
@click.option(
    "--host", metavar="ADRESSE", default="127.0.0.1", help="Adressen (ellers 127.0.0.1: bare denne maskinen)."
)
@click.option("--sql", is_flag=True, help="Svar også på egne SQL-spørringer. Bare for internt bruk.")
def serve(database: Path, port: int, host: str, sql: bool) -> int:
    """Vis nettstedet: søk i saker og vedtak i nettleseren. Filen kan bare leses, aldri endres."""
    import serving

    if not database.is_file():
        raise WrongUse(f"Finner ikke databasen «{database}». Lag den med «sakspor load» og «sakspor publish».")
    audience = serving.audience(database)
    if audience is None:
        raise WrongUse(
            f"«{database}» kan ikke vises. Den er ikke laget for nettstedet, og arbeidsdatabasen vises aldri. "
            "Lag en fil til nettstedet med «sakspor publish»."
        )
    password_hash = None if audience == "public" else _password_hash()
    if not serving.is_free(host, port):
        raise WrongUse(f"Adressen {host}:{port} er opptatt eller finnes ikke. Velg en annen med --port eller --host.")
    click.echo(f"Nettstedet: http://{host}:{port} (avslutt med Ctrl-C)", err=True)
    serving.run(serving.make_site(database, free_sql=sql, password_hash=password_hash), host, port)
    return OK


def _password_hash() -> str:
    """The hash that opens the internal site."""
    import serving

    if not serving.can_log_in():
        raise WrongUse("Filen er for et internt nettsted. Installer tilvalget «internal»: se docs/internal.md.")
    given = os.environ.get(serving.HASH_VARIABLE, "").strip()
    if not given.startswith("pbkdf2_sha256$"):
        raise WrongUse(
            f"Filen er for et internt nettsted. Sett {serving.HASH_VARIABLE} til det «datasette hash-password» gir: "
            "se docs/internal.md."
        )
    return given


@app.command(options_metavar="[VALG]", epilog="Eksempel: sakspor status --db arbeid.db --per-dato 31.12.2022")
@click.option("--db", metavar="FIL", default="sakspor.db", type=_FILE, help="Databasen (ellers sakspor.db).")
@click.option("--per-dato", metavar="DATO", default="", help="Dagen fristene måles mot (ellers i dag).")
def status(db: Path, per_dato: str) -> int:
    """Vis vedtak som ikke er avsluttet: åpne, på sakslisten og forfalte, de eldste først. Ingenting blir endret.

    Arbeidsdatabasen kan brukes, og filen til nettstedet. DATO skrives som 2022-12-31 eller 31.12.2022; vedtak som er
    gjort senere, er ikke med.
    """
    from models.as_of import NotADay, as_of
    from status import plain_lines, show
    from store.follow_up import pending

    try:
        day = as_of(per_dato)
    except NotADay as error:
        raise WrongUse(str(error)) from None
    with _database_told(db):
        points = pending(db, day)
    if sys.stdout.isatty():
        from rich.console import Console

        show(points, day, Console(highlight=False))
    else:
        click.echo("\n".join(plain_lines(points, day)))
    return OK


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command and end the program; whatever the user does wrong, the answer is one Norwegian line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        return int(app.main(arguments, prog_name="sakspor", standalone_mode=False) or OK)
    except click.UsageError as error:
        from models.identity_search import masked

        click.echo(visible(masked(explain(error))), err=True)
        return WRONG
    except (click.Abort, KeyboardInterrupt):
        click.echo("Avbrutt.", err=True)
        return INTERRUPTED


if __name__ == "__main__":
    main()
