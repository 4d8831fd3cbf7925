"""The site in a real browser: from the search to the page of the original, on a phone and on a desk."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.site_collection import ROOT, build

pytestmark = pytest.mark.browser
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
PATHS = [
    "/",
    "/sakspor",
    "/sakspor/sok?q=samhandlingsavvik",
    "/sakspor/saksgang?sak=su-2031.2",
    "/sakspor/vedtak",
    "/sakspor/moter",
    "/sakspor/mote?mote=su-2031-03-04",
    "/sakspor/lasterapport",
    "/sakspor/cases",
    "/sakspor/case_items",
    "/sakspor/evidence",
    "/sakspor/cases/su-2031~2E2",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of the site, served over the small collection."""
    served = build(tmp_path_factory.mktemp("samling"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(served), "--port", str(port)]
    command += ["--metadata", "metadata.yml", "--template-dir", "templates", "--plugins-dir", "plugins"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen([*command, "--static", "static:static"], cwd=ROOT, env=environment)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(base)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(base):
    for _ in range(150):
        try:
            urllib.request.urlopen(base, timeout=2).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the site did not start within 15 seconds")


@pytest.fixture(scope="module")
def browser(chromium):
    api = pytest.importorskip("playwright.sync_api", reason="browser test: playwright is not installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(params=sorted(SIZES))
def page(browser, request):
    """An empty tab; what the browser complains of is collected in ``page.complaints``."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="nb-NO")
    tab = context.new_page()
    tab.complaints = []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    yield tab
    context.close()


def test_from_the_front_page_to_the_page_of_the_original(address, page):
    page.goto(address)
    page.get_by_label("Søk i saker, vedtak og dokumenter").fill("samhandlingsavvik")
    page.get_by_role("button", name="Søk").click()
    page.get_by_role("link", name="Åpne side 2").first.click()
    assert re.search(r"/kilde/.*side=2", page.url)
    page.wait_for_load_state("networkidle")
    picture = page.get_by_role("img")
    assert picture.is_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 800
    assert page.locator("mark").first.is_visible()
    assert page.complaints == []


def test_from_a_hit_to_the_whole_case(address, page):
    page.goto(f"{address}/sakspor/sok?q=samhandlingsavvik")
    page.get_by_role("link", name="Følg saken").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Samhandlingsavvik"
    assert page.get_by_role("heading", name="Forslag").is_visible()
    page.locator("summary").first.click()
    assert page.complaints == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_the_screen(address, page, path):
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.complaints == []


def test_the_text_is_large_and_the_buttons_can_be_hit(address, page):
    page.goto(f"{address}/sakspor/sok?q=samhandlingsavvik")
    assert page.locator(".excerpt").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 16
    heights = page.locator("button, .button, input, select").evaluate_all("all => all.map(node => node.offsetHeight)")
    assert min(heights) >= 40
