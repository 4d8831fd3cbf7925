"""Loads that are killed, interrupted, run twice at once or meet a full disk: nothing is lost, the next one completes.

Every table is compared row for row with what an undisturbed load gives.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import store
from store.schema import SEARCH, TABLES
from tests.made_results import never
from tests.test_cli import archive, in_a_process, made_reader, run
from tests.word_builder import members, p, table, tc, tr, zipped
from workers import BELATED

__all__ = ["archive", "made_reader"]  # fixtures that tests ask for by name

KILLS = int(os.environ.get("SAKSPOR_KILLS", "100"))
unix = pytest.mark.skipif(sys.platform == "win32", reason="signals are a Unix matter")


def rows(path: Path, *, stated: bool = False) -> dict[str, list[str]]:
    """The rows of all tables; of what documents state, without the columns that all of them decide together."""
    kept = (one for one in TABLES if one.name != "search_rows")  # numbers in the order in which files were ready
    names = {one.name: [c.name for c in one.columns if not (stated and c.concluded)] for one in kept}
    with closing(sqlite3.connect(path)) as db:
        tables = names | {"search": list(SEARCH)}
        quoted = {name: ", ".join(f'"{column}"' for column in columns) for name, columns in tables.items()}
        return {
            name: sorted(map(repr, db.execute(f"SELECT {columns} FROM {name}"))) for name, columns in quoted.items()
        }


def assert_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def fill(folder: Path, count: int = 12) -> None:
    for n in range(count):
        (folder / f"f{n:02}.pdf").write_text(f"Sak {n}", encoding="utf-8")


# --- a database that cannot be used ----------------------------------------------------------------------------------


def test_a_full_disk_says_so_and_loses_nothing(archive, capsys, monkeypatch):
    fill(archive)
    plain = store.open_database

    def small(path):
        db = plain(path)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 3}")
        return db

    monkeypatch.setattr(store, "open_database", small)
    code, out, err = run(capsys, "load", "arkiv", "--db", "x.db", "--plain", "--report", "r.json")
    assert code == 2
    assert "disken er full. Frigjør plass" in err
    assert re.search(r"Avbrutt: \d+ av 14 filer er behandlet, \d+ gjenstår", err)
    assert_sound(Path("x.db"))
    told = {line.split()[1] for line in out.splitlines()}
    assert 0 < len(told) < 14
    with closing(sqlite3.connect("x.db")) as db:
        assert told <= {sha256 for (sha256,) in db.execute("SELECT sha256 FROM source_files")}
    monkeypatch.setattr(store, "open_database", plain)
    assert run(capsys, "load", "arkiv", "--db", "x.db")[0] == 0
    assert run(capsys, "load", "arkiv", "--db", "y.db")[0] == 0
    assert rows(Path("x.db")) == rows(Path("y.db"))


def test_a_damaged_database_is_told_and_left_alone(archive, capsys):
    fill(archive, 40)
    assert run(capsys, "load", "arkiv", "--db", "x.db")[0] == 0
    whole = Path("x.db").read_bytes()
    (archive / "ny.pdf").write_text("Ny sak", encoding="utf-8")
    told = 0
    for start in range(4096, len(whole), 7 * 4096):
        Path("x.db").write_bytes(whole[:start] + bytes(range(256)) * 64 + whole[start + 16384 :])
        code, _, err = run(capsys, "load", "arkiv", "--db", "x.db")
        assert code in (0, 1, 2)
        told += "er skadet. Hent den fra sikkerhetskopi" in err
        for left in ("x.db-wal", "x.db-shm", "x.db-journal"):
            Path(left).unlink(missing_ok=True)
    assert told > 5


def test_a_newer_database_is_told_and_left_alone(archive, capsys):
    store.open_database("x.db").close()
    with closing(sqlite3.connect("x.db")) as db:
        db.execute("PRAGMA user_version = 999")
    before = Path("x.db").read_bytes()
    code, out, err = run(capsys, "load", "arkiv", "--db", "x.db")
    assert (code, out) == (2, "")
    assert "nyere utgave av Sakspor" in err
    assert Path("x.db").read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_is_read_only_is_told(archive, capsys):
    store.open_database("x.db").close()
    Path("x.db").chmod(0o444)
    archive.parent.chmod(0o555)
    try:
        code, _, err = run(capsys, "load", "arkiv", "--db", "x.db")
        assert (code, "kan ikke skrives til" in err) == (2, True)
        code, _, err = run(capsys, "load", "arkiv", "--db", "y.db")
        assert (code, "kan ikke åpnes" in err) == (2, True)
    finally:
        archive.parent.chmod(0o755)


def test_a_report_that_cannot_be_written_does_not_hide_what_was_loaded(archive, capsys):
    Path("r.json").symlink_to("/dev/full" if Path("/dev/full").exists() else "ingen/r.json")
    code, out, err = run(capsys, "load", "arkiv", "--db", "x.db", "--report", "r.json")
    assert code == 2
    assert "Lastet       2" in out
    assert "Rapporten «r.json» kunne ikke skrives" in err


# --- others at the same time -----------------------------------------------------------------------------------------


@unix
def test_two_loads_at_once_share_the_work_and_the_database(archive, checkout, capsys):
    fill(archive, 20)
    together, alone = archive.parent / "x.db", archive.parent / "y.db"
    arguments = ["load", str(archive), "--db", str(together), "--plain", "--workers", "1"]
    processes = [in_a_process(*arguments, cwd=checkout) for _ in range(2)]
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, len(out.splitlines())) == (0, 22), err
    assert run(capsys, "load", archive, "--db", alone)[0] == 0
    assert_sound(together)
    assert rows(together) == rows(alone)


def test_whoever_reads_the_database_neither_waits_nor_keeps_the_load_waiting(archive, capsys):
    assert run(capsys, "load", "arkiv", "--db", "x.db")[0] == 0
    fill(archive, 5)
    with closing(sqlite3.connect("file:x.db?mode=ro", uri=True, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM source_files").fetchone() == (2,)
        reader.execute("COMMIT")
        assert run(capsys, "load", "arkiv", "--db", "x.db")[0] == 0
        assert reader.execute("SELECT count(*) FROM source_files").fetchone() == (7,)


@unix
def test_an_interruption_ends_readers_that_hang_within_five_seconds(archive, checkout):
    for n in range(4):
        (archive / f"heng{n}.pdf").write_text(f"heng {n}", encoding="utf-8")
    arguments = ["load", str(archive), "--db", str(archive.parent / "x.db"), "--plain", "--workers", "3"]
    with in_a_process(*arguments, cwd=checkout) as process:
        assert process.stdout
        for _ in range(2):
            assert process.stdout.readline().startswith("loaded ")
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - start < 5
    assert "Avbrutt: 2 av 6 filer er behandlet, 4 gjenstår." in err


# --- killed ----------------------------------------------------------------------------------------------------------


def minutes(n: int, version: int) -> bytes:
    """Minutes with two cases, whose decisions change from version to version."""
    head = p(f"Referat fra møte i SSU {n % 27 + 1:02}.{n % 11 + 1:02}.20{22 + n % 3}")
    cells = [
        tr(tc("Saksnr."), tc("Sak"), tc("Ansvar")),
        tr(
            tc(f"2022.{n}"),
            tc(p(f"Avvik {n}") + p("Konklusjon:") + p(f"SSU tar saken til orientering {version}.")),
            tc(""),
        ),
        tr(tc(f"2022.{n + 100}"), tc(p("Beredskap") + p("Konklusjon:") + p("Saken utsettes.")), tc("Nordvik")),
    ]
    return zipped(members(head + table(*cells)))


def start_load(folder: Path, database: Path, checkout: Path, lines: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "cli.py", "load", str(folder), "--db", str(database), "--plain", "--workers", "2"]
    with lines.open("wb") as out, lines.with_suffix(".err").open("wb") as errors:
        return subprocess.Popen(command, stdout=out, stderr=errors, cwd=checkout, start_new_session=True)


def told(lines: Path) -> set[str]:
    return {line.split()[1] for line in lines.read_text(encoding="utf-8").splitlines(keepends=True) if line[-1] == "\n"}


def assert_whole(database: Path, lines: Path, whole: list[dict[str, list[str]]]) -> None:
    """What was told is there; and of every file that is there each row, as before the load or as after it."""
    assert_sound(database)
    found = rows(database, stated=True)
    stored = {sha256 for sha256 in told(lines) if any(sha256 in row for row in found["source_files"])}
    assert stored == told(lines)
    with closing(sqlite3.connect(database)) as db:
        documents = [row[0] for row in db.execute("SELECT id FROM documents")]
    for name in ("pages", "decisions", "evidence", "meeting_documents"):
        for document in documents:
            there = [row for row in found[name] if document in row]
            assert there in ([row for row in one[name] if document in row] for one in whole)


@pytest.fixture
def collections(tmp_path, checkout) -> dict[str, Path | None]:
    """A folder ``arkiv``, and the databases to begin with: none, and one that holds what the files held before."""
    before, after = tmp_path / "før", tmp_path / "arkiv"
    for version, folder in ((1, after), (0, before)):
        folder.mkdir()
        for n in range(24):
            (folder / f"{n:02}.docx").write_bytes(minutes(n, version if n % 2 else 0))
    old = tmp_path / "gammel.db"
    after.rename(tmp_path / "ny")
    before.rename(after)
    assert start_load(after, old, checkout, tmp_path / "linjer").wait(120) == 0
    after.rename(before)
    (tmp_path / "ny").rename(after)
    return {"from nothing": None, "over an earlier load": old}


def begin(database: Path, old: Path | None) -> None:
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()
    if old:
        shutil.copy(old, database)


@unix
@pytest.mark.slow
def test_a_load_that_is_killed_at_any_moment_loses_nothing(checkout, tmp_path, collections):
    rng, lines, database, archive = random.Random(1), tmp_path / "linjer", tmp_path / "x.db", tmp_path / "arkiv"
    undisturbed, whole, seconds = {}, {}, {}
    for name, old in collections.items():
        begin(database, old)
        begun = time.monotonic()
        assert start_load(archive, database, checkout, lines).wait(120) == 0
        undisturbed[name], seconds[name] = rows(database), time.monotonic() - begun
        whole[name] = [rows(database, stated=True), rows(tmp_path / "gammel.db", stated=True)]
    kills = completed = 0
    while kills < KILLS:
        name = rng.choice(list(collections))
        begin(database, collections[name])
        while not completes(
            start_load(archive, database, checkout, lines), rng.uniform(0.1, 1.0) * seconds[name], lines
        ):
            kills += 1
            if database.exists() and database.stat().st_size:
                assert_whole(database, lines, whole[name])
        assert rows(database) == undisturbed[name]
        completed += 1
    sys.stdout.write(f"{kills} kills, {completed} loads completed afterwards, nothing lost\n")


def completes(process: subprocess.Popen[bytes], seconds: float, lines: Path) -> bool:
    """Whether a load ends by itself in so many seconds; otherwise it is killed."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    assert process.returncode == 0, lines.with_suffix(".err").read_text(encoding="utf-8")
    return True


@unix
def test_a_reader_that_hangs_does_not_outlive_the_killed_load_for_long(archive, checkout):
    (archive / "heng.pdf").write_text("heng", encoding="utf-8")
    database = str(archive.parent / "x.db")
    with in_a_process("load", str(archive), "--db", database, "--plain", "--seconds", "2", cwd=checkout) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("loaded ")
        readers = _descendants(process.pid)
        assert readers
        process.kill()
    end = time.monotonic() + 2 + BELATED + 5
    while any(map(_runs, readers)):
        assert time.monotonic() < end
        time.sleep(0.1)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _descendants(pid: int) -> set[int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(fields[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def test_a_load_with_nothing_new_reads_nothing(archive, capsys, monkeypatch):
    assert run(capsys, "load", "arkiv", "--db", "x.db")[0] == 0
    before = Path("x.db").stat()
    monkeypatch.setattr("workers.read_each", never)
    assert run(capsys, "load", "arkiv", "--db", "x.db")[0] == 0
    now = Path("x.db").stat()
    assert (now.st_mtime_ns, now.st_size) == (before.st_mtime_ns, before.st_size)
