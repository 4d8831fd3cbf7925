"""The site as it runs for visitors, for tests that look at it with a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"phone": (390, 844), "narrow": (320, 640), "desk": (1280, 900)}
"""Width and height of a window in CSS pixels; at 320 a page must be usable without scrolling sideways (WCAG 1.4.10)."""


@contextmanager
def running_site(served: Path) -> Iterator[str]:
    """The address of ``sakspor serve`` over a served file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "cli.py", "serve", str(served), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the site did not start within 20 seconds")


@contextmanager
def opened_tab(browser: Any, size: str, colours: str = "light") -> Iterator[Any]:
    """An empty tab; what the browser complains of is collected in ``complaints``."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="nb-NO", color_scheme=colours)
    tab = context.new_page()
    tab.complaints = []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    yield tab
    context.close()
