"""What a process that reads a file may use: bounded memory and disk, no network, no core dump, nothing printed.

This holds against files that make a reader misbehave: one that asks for all memory, writes without end, or makes a
converter fetch a picture from the network. It is no prison for code that a file might smuggle into the process: such
code still has the rights of the user who loads.

On Linux the kernel refuses every socket but local ones, for this process and the programs that it starts (seccomp).
Elsewhere Python refuses them, which binds only Python itself; and Windows has no limits for memory and disk.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

MEBIBYTE = 1024 * 1024

LARGEST_WRITTEN = 512 * MEBIBYTE
"""Bytes of one file that is written on the way: a picture for OCR has 30 million pixels, a converted text far less."""

LONGEST_AT_WORK = 3_600
"""Seconds of processor time, of a reader with all its files, and of what it starts: a program that hangs and has lost
its reader ends some time."""


class Limits(NamedTuple):
    """What one file may cost."""

    seconds: float = 60.0
    """On the clock. A packet of 400 pages takes about 10 on an old machine."""
    memory: int = 1024 * MEBIBYTE
    """Bytes of address space. With everything loaded a reader has about 330 million before it opens a file."""


def confine(memory: int, scratch: str) -> None:
    """Bind the calling process, and all that it starts; temporary files go to the folder ``scratch``."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a reader that is busy in C never comes to a handler of Python's
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    _bound(memory)
    if not _refuse_sockets():
        sys.addaudithook(_refuse_connections)


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """End this process where what is done takes longer: nobody else does when the main one has been killed."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)


def _bound(memory: int) -> None:
    """Soft limits: they are against accidents, and the hard ones may be lower already."""
    if sys.platform == "win32":
        return
    import resource

    for limit, wanted in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, LARGEST_WRITTEN),
        (resource.RLIMIT_CPU, LONGEST_AT_WORK),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


# --- Linux: prctl(2), seccomp(2) -------------------------------------------------------------------------------------

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
SECCOMP_MODE_FILTER = 2
LOAD, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # classic BPF: ld abs, jeq, jge, ret
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
OTHER_NUMBERS = 0x40000000  # x32 calls the same functions under numbers from here on
SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # AUDIT_ARCH_… and the number of socket(2)


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def _refuse_sockets() -> bool:
    """Whether the kernel now refuses sockets to other machines; the process ends with the one that made it, too."""
    if sys.platform != "linux" or platform.machine() not in SOCKET:
        return False
    architecture, number = SOCKET[platform.machine()]
    steps = (
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 0, 6, architecture),
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_AT_LEAST, 4, 0, OTHER_NUMBERS),
        (JUMP_IF_EQUAL, 0, 2, number),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_IF_EQUAL, 0, 1, int(socket.AF_UNIX)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    )
    instructions = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), instructions)
    control = ctypes.CDLL(None).prctl
    control(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    control(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _refuse_connections(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.__new__" and arguments[1] != getattr(socket, "AF_UNIX", None):
        raise PermissionError(errno.EACCES, "no network for a process that reads a file")
