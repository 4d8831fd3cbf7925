"""A load whose files are read on a cluster gives what a load on one machine gives, and loses nothing where it fails."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import cli
import pipeline
import station
import store
from cluster import Cluster, ClusterError, connected, read_on
from confinement import MEBIBYTE, Limits
from folders import Found, find_files

TABLES = ("source_files", "documents", "cases", "case_items", "decisions", "responsibilities", "people", "problems")
DOCUMENTS = ("ssu/2022", "brev")


@pytest.fixture(scope="module")
def installed() -> None:
    """The extra ``cluster``."""
    if find_spec("distributed"):
        return
    if os.environ.get("SAKSPOR_REQUIRE_ALL") == "1":
        pytest.fail("cluster test: distributed is not installed (SAKSPOR_REQUIRE_ALL=1)")
    pytest.skip("cluster test: distributed is not installed")


@pytest.fixture
def local_cluster(installed) -> Iterator[Any]:
    """A cluster of two workers on the loopback, each a process of its own."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


def address(cluster: Any) -> str:
    return str(cluster.scheduler_address).replace("tcp://", "dask://")


@pytest.fixture
def documents(tmp_path, checkout) -> Path:
    """Demonstration documents, a damaged one and an empty one among them, the scan left out."""
    folder = tmp_path / "arkiv"
    for place in DOCUMENTS:
        shutil.copytree(checkout / "corpus" / "documents" / place, folder / place)
    for path in {*folder.rglob("*.json"), *folder.rglob("*skannet*")}:
        path.unlink()
    (folder / "tom.pdf").touch()
    return folder


def rows(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What a database holds, the time spent apart."""
    with closing(sqlite3.connect(db)) as opened:
        found = {}
        for table in TABLES:
            names = [column for _, column, *_ in opened.execute(f"PRAGMA table_info({table})") if column != "seconds"]
            found[table] = sorted(opened.execute(f"SELECT {', '.join(names)} FROM {table}"), key=repr)
    return found


def run(capfd, *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    return int(ended.value.code or 0), *capfd.readouterr()


def test_a_cluster_gives_the_same_rows(local_cluster, documents, tmp_path, capfd):
    here, there = tmp_path / "her.db", tmp_path / "der.db"
    assert run(capfd, "load", documents, "--db", here)[0] == cli.REFUSED
    status, printed, errors = run(
        capfd, "load", documents, "--db", there, "--executor", address(local_cluster), "--plain"
    )
    assert status == cli.REFUSED, errors
    assert rows(there) == rows(here)
    assert len(printed.splitlines()) == len(list(find_files([documents])))
    status, printed, _ = run(capfd, "load", documents, "--db", there, "--executor", address(local_cluster), "--plain")
    assert "loaded" not in printed


def take_memory(_: Path) -> int:
    return len(bytearray(2_000 * MEBIBYTE))


def test_limits_hold_on_a_cluster_too(local_cluster, documents):
    path = next(documents.rglob("*referat.pdf"))
    with connected(address(local_cluster)) as cluster:
        assert cluster.workers == 2
        assert list(read_on(cluster, pipeline.read_file, [path], Limits(seconds=0.001))) == [(path, "timeout")]
        assert list(read_on(cluster, take_memory, [path], Limits())) == [(path, "too_large")]


def test_a_worker_that_is_killed_costs_no_file(local_cluster, documents, tmp_path):
    paths = find_files([documents])
    with closing(store.open_database(tmp_path / "a.db")) as db, connected(address(local_cluster)) as cluster:
        outcomes = []
        for outcome in pipeline.load(db, paths, cluster):
            outcomes.append(outcome)
            if len(outcomes) == 3:
                os.kill(local_cluster.workers[0].pid, signal.SIGKILL)
    assert len(outcomes) == len(paths)
    assert {outcome.code for outcome in outcomes} <= {None, "empty", "damaged"}


CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def far_cluster(tmp_path, installed) -> Iterator[subprocess.Popen[str]]:
    """A cluster in a program of its own, which can be killed as a machine's power fails."""
    script = tmp_path / "klynge.py"
    script.write_text(CLUSTER, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as program:
        yield program
        program.kill()


def test_a_cluster_that_goes_away_stops_the_load_and_a_rerun_completes_it(far_cluster, documents, tmp_path):
    paths, saved = find_files([documents]), []
    where = far_cluster.stdout.readline().strip().replace("tcp://", "dask://")

    def load_and_kill(db):
        with connected(where) as cluster:
            for outcome in pipeline.load(db, paths, cluster):
                saved.append(outcome)
                if outcome.status == "loaded":
                    far_cluster.kill()

    with closing(store.open_database(tmp_path / "a.db")) as db:
        with pytest.raises(ClusterError, match="svarer ikke lenger"):
            load_and_kill(db)
        again = list(pipeline.load(db, paths, 2))
    assert len(saved) < len(paths)
    assert {outcome.path for outcome in again} == {str(found.path) for found in paths}
    loaded = {outcome.path for outcome in saved if outcome.status == "loaded"}
    assert loaded <= {outcome.path for outcome in again if outcome.status == "unchanged"}


def test_files_that_the_cluster_cannot_see_are_not_refused(tmp_path, checkout, monkeypatch):
    path = next((checkout / "corpus" / "documents").rglob("*.pdf"))
    gone = pipeline.refusal(Found(path), "not_found")
    monkeypatch.setattr("pipeline.read_on", lambda *_: iter([(path, gone)]))
    cluster = Cluster(executor=None, workers=2, name="dask://a:1")  # type: ignore[arg-type] # nothing is handed to it
    with pytest.raises(ClusterError, match="alle maskinene ser"):
        list(pipeline.read_apart([Found(path)], cluster))


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize("wrong", ["127.0.0.1:8786", "dask://a", "dask://a:99999", "dask://a b:1"])
def test_a_wrong_address_is_told(wrong, documents, tmp_path, capfd):
    status, _, errors = run(capfd, "load", documents, "--db", tmp_path / "a.db", "--executor", wrong)
    assert status == cli.WRONG
    assert "dask://maskin:port" in errors


def test_a_cluster_that_is_not_there_is_told(installed, documents, tmp_path, capfd, monkeypatch):
    monkeypatch.setattr("cluster.ANSWERS_WITHIN", 1.0)
    where = f"dask://127.0.0.1:{closed_port()}"
    status, _, errors = run(capfd, "load", documents, "--db", tmp_path / "a.db", "--executor", where)
    assert status == cli.WRONG
    assert f"Får ikke kontakt med klyngen «{where}»" in errors


def test_a_missing_extra_is_told(documents, tmp_path, capfd, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    status, _, errors = run(capfd, "load", documents, "--db", tmp_path / "a.db", "--executor", "dask://127.0.0.1:8786")
    assert status == cli.WRONG
    assert "sakspor[cluster]" in errors


def test_a_station_answers_until_it_is_closed(checkout):
    path = next((checkout / "corpus" / "documents").rglob("*.docx"))
    result = station.unpacked(station.read_here(pipeline.read_file, path, Limits()))
    assert not isinstance(result, str)
    assert result.extractions
    [[idle]] = station._idle.values()
    idle.communicate()
    assert idle.returncode == 0
    station._idle.clear()
