"""Thousands of damaged and odd files through the whole load: none is lost, none ends it, each has a verdict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
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
    folder = tmp_path / "filer"
    folder.mkdir()
    for name, data in mutants(originals, COUNT):
        (folder / name).write_bytes(data)
    report = tmp_path / "rapport.json"
    arguments = [str(folder), "--db", str(tmp_path / "a.db"), "--plain", "--report", str(report), "--workers", "2"]
    status, errors, peak = load(arguments, checkout, tmp_path / "linjer")
    assert status == 1, errors
    assert "Traceback" not in errors
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    assert sorted(Path(file["path"]).name for file in files) == sorted(path.name for path in folder.iterdir())
    refusals = Counter(file["code"] for file in files if file["status"] == "refused")
    assert all(PROBLEMS[code].refusal for code in refusals)
    assert {file["status"] for file in files} <= {"loaded", "duplicate", "refused"}
    assert peak < 300 * 1024 * 1024
    slowest = max(file["seconds"] for file in files)
    verdicts = Counter(file["status"] for file in files)
    sys.stdout.write(f"{COUNT} mutants: {verdicts}, {refusals}, peak {peak >> 20} MiB, slowest {slowest:.1f} s\n")
    again = load(arguments, checkout, tmp_path / "linjer")
    assert again[0] == 1
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["loaded"] == 0
    assert found["found"] == COUNT == sum(found[s] for s in ("unchanged", "duplicate", "refused", "skipped"))
