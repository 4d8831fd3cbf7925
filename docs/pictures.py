"""Take the README's pictures of the site anew, over the demonstration collection.

    make build/demo/sakspor.db && python docs/pictures.py build/demo/sakspor.db

Needs playwright and a Chromium on the machine. The site is served on a free port of this machine while it is looked at.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "screenshots"
DESK, PHONE = (1100, 760), (390, 780)
AGENDA = "pm-2022-11-04-agenda-74956e"
PICTURES = {
    "forside": ("/", DESK),
    "saksgang": ("/sakspor/saksgang?sak=ssu-2022.16", (1100, 1000)),
    "kilde": (f"/kilde/{AGENDA}?side=1&bevis={AGENDA}/2022.4/proposed/2", (1100, 1020)),
    "telefon": ("/sakspor/saksgang?sak=ssu-2022.16", PHONE),
}
"""Name -> address and size in pixels."""


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The address of the site while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "cli", "serve", str(database), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT)  # noqa: S603 - this project's own command
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(timeout=10)


def _answering(address: str) -> str:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.2)
        else:
            return address
    raise SystemExit("the site did not start")


def take(browser: Browser, address: str, name: str) -> None:
    """One picture of the part of a page that a screen shows."""
    path, (width, height) = PICTURES[name]
    tab = browser.new_page(viewport={"width": width, "height": height}, locale="nb-NO")
    answer = tab.goto(address + path)
    if answer is None or not answer.ok:
        raise SystemExit(f"{path} is not answered; is this the demonstration collection?")
    tab.wait_for_load_state("networkidle")
    tab.screenshot(path=FOLDER / f"{name}.png")
    tab.close()


def main() -> int:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with served(Path(sys.argv[1]).resolve()) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in PICTURES:
            take(browser, address, name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
