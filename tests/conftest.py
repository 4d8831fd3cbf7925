"""What tests share: the tools that a machine may lack, and the documents that may lie beside the checkout.

A test that needs Chromium, tesseract or further documents asks for them by fixture. Where they are absent it is skipped
and says why; with ``SAKSPOR_REQUIRE_ALL=1`` an absent tool is a failure instead, so that a green run means that every
tool was there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _absent(reason: str) -> None:
    if os.environ.get("SAKSPOR_REQUIRE_ALL") == "1":
        pytest.fail(f"{reason} (SAKSPOR_REQUIRE_ALL=1)")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that is installed on the machine."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        _absent("browser test: no Chromium on this machine")
    return str(found)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A Chromium that Playwright steers; closed with its module: no other event loop may run beside Playwright's."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _absent("browser test: playwright is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def tesseract() -> str:
    """The path of a tesseract that knows Norwegian."""
    found = shutil.which("tesseract")
    if not found:
        _absent("OCR test: no tesseract on this machine")
    languages = subprocess.run([str(found), "--list-langs"], capture_output=True, text=True, check=False)
    if "nor" not in languages.stdout.split():
        _absent("OCR test: tesseract has no Norwegian (nor)")
    return str(found)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Real documents with gold beside them, in ``shared/seeds`` next to the checkout; no part of the project."""
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("no folder ../shared/seeds beside this checkout")
    return folder
