"""What a process that reads a file cannot do, and what becomes of files that make it try."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import workers
from confinement import MEBIBYTE, Limits

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own filters are Linux's")


def in_a_worker(read, path: Path = Path("a"), **limits):
    [(_, result)] = workers.read_each(read, [path], 1, Limits(**limits))
    return result


def take_memory(_: Path) -> int:
    return len(bytearray(2_000 * MEBIBYTE))


def swell(_: Path) -> list[str]:
    return [f"{n:0100}" for n in range(500_000)]


def end_in_c(_: Path) -> None:
    os.abort()


def leave(_: Path) -> None:
    sys.exit(3)


def end_after_the_first(path: Path) -> str:
    """As a heap does that a file before has damaged: whoever comes next dies of it."""
    mark = Path(tempfile.gettempdir(), "first")
    if path.name == "a":
        mark.touch()
    elif mark.exists():
        mark.unlink()
        os.abort()
    return "read"


def connect(_: Path) -> list[str]:
    found = []
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.socket(family).close()
            found.append("made")
        except PermissionError:
            found.append("refused")
    socket.socket(socket.AF_UNIX).close()
    return found


def let_another_connect(_: Path) -> bytes:
    code = "import socket\ntry: socket.socket()\nexcept PermissionError: print('refused')"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout


def limits_there(_: Path) -> tuple[int, int, str]:
    return resource.getrlimit(resource.RLIMIT_CORE)[0], resource.getrlimit(resource.RLIMIT_AS)[0], tempfile.gettempdir()


def print_much(_: Path) -> str:
    os.write(1, b"between the lines")
    os.write(2, b"between the lines")
    return "read"


def loaded(_: Path) -> list[str]:
    return [name for name in ("extract", "spacy", "store") if name in sys.modules]


READ_MANY = """
from pathlib import Path
from forking import MANY, begin
from tests.test_confinement import in_a_worker, loaded
if __name__ == "__main__":
    begin(MANY)
    print(*in_a_worker(loaded))
"""


@linux
def test_many_files_are_read_by_processes_that_begin_with_everything_loaded_and_no_database(checkout):
    ran = subprocess.run([sys.executable, "-c", READ_MANY], cwd=checkout, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["extract", "spacy"]


@linux
def test_memory_is_bounded():
    assert in_a_worker(take_memory) == "too_large"
    assert in_a_worker(take_memory, memory=4_000 * MEBIBYTE) == 2_000 * MEBIBYTE


def test_a_result_out_of_proportion_does_not_reach_the_main_process():
    assert in_a_worker(swell) == "too_large"


def test_a_process_that_dies_or_leaves_is_a_refusal():
    assert in_a_worker(end_in_c) == "aborted"
    assert in_a_worker(leave) == "aborted"


def test_a_file_does_not_pay_for_the_one_before_it():
    results = dict(workers.read_each(end_after_the_first, [Path("a"), Path("b"), Path("c")], 1))
    assert results == {Path("a"): "read", Path("b"): "read", Path("c"): "read"}


def test_there_is_no_network():
    assert in_a_worker(connect) == ["refused", "refused"]


@linux
def test_programs_that_a_reader_starts_have_no_network_either():
    assert in_a_worker(let_another_connect) == b"refused\n"


@linux
def test_no_core_is_dumped_and_temporary_files_go_with_the_load():
    cores, memory, folder = in_a_worker(limits_there)
    assert (cores, memory) == (0, Limits().memory)
    assert "sakspor-" in folder
    assert not Path(folder).exists()


def test_nothing_is_printed_between_the_lines(capfd):
    assert in_a_worker(print_much) == "read"
    assert capfd.readouterr() == ("", "")
