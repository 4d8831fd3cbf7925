"""Thousands of damaged and odd files through the whole load: none is lost, none ends it, each has a verdict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from models.problems import PROBLEMS
from tests.mutations import mutants

COUNT = int(os.environ.get("SAKSPOR_MUTATIONS", "5000"))
QUIET = 150.0  # seconds without a line: a file has 60, a second chance as many


def peak_memory(pid: int) -> int:
    """Bytes that a process has held at most; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def load(arguments: list[str], checkout: Path, out: Path) -> tuple[int, str, int]:
    """Exit status, standard error and peak memory of a load whose lines go to ``out``; ended where it falls silent."""
    peak, last, size = 0, time.monotonic(), 0
    with out.open("wb") as lines, out.with_suffix(".err").open("wb") as errors:
        command = [sys.executable, "cli.py", "load", *arguments]
        environment = os.environ | {"TESSDATA_PREFIX": str(out.parent)}  # recognising text in rubbish takes hours
        with subprocess.Popen(command, stdout=lines, stderr=errors, cwd=checkout, env=environment) as process:
            while process.poll() is None:
                time.sleep(0.2)
                peak = max(peak, peak_memory(process.pid))
                if out.stat().st_size != size:
                    last, size = time.monotonic(), out.stat().st_size
                if time.monotonic() - last > QUIET:
                    process.kill()
    return process.returncode, out.with_suffix(".err").read_text(encoding="utf-8"), peak


@pytest.mark.slow
def test_every_mutant_is_loaded_or_refused_and_the_load_goes_on(checkout, tmp_path):
    documents = checkout / "corpus" / "documents"
    originals = sorted(p for p in documents.rglob("*.*") if p.suffix in (".pdf", ".docx") and "skannet" not in p.name)
    verdicts: Counter[str] = Counter()
    refusals: Counter[str] = Counter()
    peak = 0
    for number, batch in enumerate(batches(mutants(originals, COUNT))):
        folder = tmp_path / f"filer-{number}"
        folder.mkdir()
        for name, data in batch:
            (folder / name).write_bytes(data)
        report, database = tmp_path / "rapport.json", tmp_path / f"{number}.db"
        arguments = [str(folder), "--db", str(database), "--plain", "--report", str(report), "--workers", "2"]
        status, errors, held = load(arguments, checkout, tmp_path / "linjer")
        assert (status, errors.startswith("Funnet")) == (1, True), errors
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
        assert sorted(Path(file["path"]).name for file in files) == sorted(path.name for path in folder.iterdir())
        peak = max(peak, held)
        verdicts.update(file["status"] for file in files)
        refusals.update(file["code"] for file in files if file["status"] == "refused")
        assert load(arguments, checkout, tmp_path / "linjer")[0] == 1
        found = json.loads(report.read_text(encoding="utf-8"))
        assert found["loaded"] == 0
        assert found["found"] == len(files) == sum(found[s] for s in ("unchanged", "duplicate", "refused", "skipped"))
        sys.stdout.write(f"{verdicts.total()} mutants: {verdicts}, {refusals}, peak {peak >> 20} MiB\n")
    assert verdicts.total() == COUNT
    assert set(verdicts) <= {"loaded", "duplicate", "refused"}
    assert all(PROBLEMS[code].refusal for code in refusals)
    assert peak < 300 * 1024 * 1024


def batches(found: Iterator[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """So many at a time: thousands of minutes of one meeting are no collection that anybody has."""
    while batch := list(islice(found, 500)):
        yield batch
