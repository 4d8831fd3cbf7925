"""The site in a real browser: from the search to the page of the original, with filters, by keyboard, in the dark."""

from __future__ import annotations

import re

import pytest

from tests.browsing import opened_tab, running_site
from tests.site_collection import build

pytestmark = pytest.mark.browser
INSIDE = "document.querySelector('main').contains(document.activeElement)"
FOCUSED = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  return {
    place: [...document.querySelectorAll('*')].indexOf(at),
    seen: box.width > 0 && box.top >= 0 && box.left >= 0
      && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    what: at.outerHTML.slice(0, 100),
  }
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(one => one.checkVisibility()).map(one => [...document.querySelectorAll('*')].indexOf(one))"""
YELLOW = """image => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const brush = canvas.getContext('2d');
  brush.drawImage(image, 0, 0);
  const dots = brush.getImageData(0, 0, canvas.width, canvas.height).data;
  let yellow = 0;
  for (let n = 0; n < dots.length; n += 4) yellow += dots[n] > 200 && dots[n + 1] > 180 && dots[n + 2] < 190;
  return yellow;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of the site, served over the small collection."""
    with running_site(build(tmp_path_factory.mktemp("samling"))) as base:
        yield base


@pytest.fixture(params=["desk", "phone"])
def page(browser, request):
    with opened_tab(browser, request.param) as tab:
        yield tab


def test_from_the_front_page_to_the_marked_line_of_the_original(address, page):
    page.goto(address)
    page.get_by_label("Søk i saker, vedtak og dokumenter").fill("samhandlingsavvik")
    page.get_by_role("button", name="Søk").click()
    page.get_by_role("link", name="Åpne side 2").first.click()
    assert re.search(r"/kilde/.*side=2", page.url)
    page.wait_for_load_state("networkidle")
    picture = page.get_by_role("img")
    assert picture.is_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 800
    assert picture.evaluate(YELLOW) > 1000
    assert page.locator("mark").first.is_visible()
    assert page.complaints == []


def test_from_a_hit_to_the_whole_case(address, page):
    page.goto(f"{address}/sakspor/sok?q=samhandlingsavvik")
    page.get_by_role("link", name="Følg saken").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Samhandlingsavvik"
    assert page.get_by_role("heading", name="Forslag").first.is_visible()
    page.locator("summary").first.click()
    assert page.complaints == []


def test_a_list_is_narrowed_and_widened_again(address, page):
    page.goto(f"{address}/sakspor/vedtak")
    assert page.get_by_role("status").inner_text() == "1 punkt"
    page.get_by_label("Trinn").select_option("Forslag")
    page.get_by_label("Utfall").select_option("Tatt til orientering")
    page.get_by_label("År").select_option("2031")
    page.get_by_role("button", name="Vis").click()
    assert page.get_by_role("status").inner_text() == "1 punkt"
    assert page.get_by_text("Foreslått: Tatt til orientering").is_visible()
    page.get_by_label("Utfall").select_option("Godkjent")
    page.get_by_role("button", name="Vis").click()
    assert page.get_by_role("status").inner_text() == "0 punkter"
    assert page.get_by_label("Trinn").input_value() == "proposed"
    assert page.complaints == []


def test_the_text_is_large_and_the_buttons_can_be_hit(address, page):
    page.goto(f"{address}/sakspor/sok?q=samhandlingsavvik")
    assert page.locator(".excerpt").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 16
    heights = page.locator("button, .button, input, select").evaluate_all("all => all.map(node => node.offsetHeight)")
    assert min(heights) >= 40


def test_the_first_tab_offers_to_skip_the_menu(address, page):
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hopp til innholdet"
    assert page.evaluate(FOCUSED)["seen"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(INSIDE)


@pytest.mark.parametrize(
    "path", ["/", "/sakspor/sok?q=samhandlingsavvik", "/sakspor/saksgang?sak=su-2031.2", "/sakspor/cases"]
)
def test_every_control_is_reached_in_order_and_seen_when_it_is(address, page, path):
    page.goto(address + path)
    for place in page.evaluate(REACHABLE):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["place"] == place, focused["what"]
        assert focused["seen"], focused["what"]
        assert focused["outlined"], focused["what"]


def test_from_the_search_to_the_original_by_keyboard_alone(address, page):
    page.goto(address)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("samhandlingsavvik")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?q=samhandlingsavvik*")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Åpne side 2":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/kilde/.*side=2"))
    assert page.locator("mark").first.is_visible()


def test_the_page_is_dark_where_the_visitor_wants_it(address, browser):
    grounds = {}
    for colours in ("light", "dark"):
        with opened_tab(browser, "desk", colours) as tab:
            tab.goto(address)
            ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
            grounds[colours] = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
    assert grounds["dark"] < 60 < 200 < grounds["light"]


def test_no_script_runs_even_if_one_stood_on_a_page(address, page):
    page.goto(address)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in page.complaints)
