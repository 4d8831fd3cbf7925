"""Drawings that go wrong in the ways a hostile file can make them: the process dies, hangs, or takes all memory."""

from __future__ import annotations

import os
import time
from pathlib import Path

from plugins.view.page_image import Marks


def crash(_path: Path, _number: int, _marks: Marks, _member: str | None = None) -> bytes:
    os.abort()


def hang(_path: Path, _number: int, _marks: Marks, _member: str | None = None) -> bytes:
    time.sleep(600)
    return b""


def hog(_path: Path, _number: int, _marks: Marks, _member: str | None = None) -> bytes:
    return bytes(8 << 30)[:1]
