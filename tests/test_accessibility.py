"""Every kind of page against axe-core (WCAG 2.1 A and AA, and its best practices), wide and light, narrow and dark.

The pages are those over documents with words of ten thousand letters and other rubbish. axe is a script and the site's
policy lets none run; Playwright evaluates it through the browser's debugging protocol, which the policy does not rule:
the pages are looked at as visitors have them, policy and all.
"""

from __future__ import annotations

import pytest

from tests import hostile_collection
from tests.browsing import opened_tab, running_site
from tests.page_kinds import KINDS, addresses

pytestmark = pytest.mark.browser
RULES = {"resultTypes": ["violations"]}
LIKE_OTHERS = {kind for kind in KINDS if kind.startswith("table ")} - {"table cases", "table evidence", "table search"}
"""Tables that have the same template as those left: only how they fit is looked at."""
IN_ERROR = {"not found", "not readable"}
ASKED_IN_VAIN = {"case not found", "person not found"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return hostile_collection.build(tmp_path_factory.mktemp("fiendtlig"))


@pytest.fixture(scope="module")
def address(served):
    with running_site(served) as base:
        yield base


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture(scope="module")
def tabs(browser):
    with opened_tab(browser, "desk", "light") as desk, opened_tab(browser, "narrow", "dark") as narrow:
        yield {"desk": desk, "narrow": narrow}


@pytest.mark.parametrize(
    ("kind", "size"),
    [(kind, "narrow") for kind in KINDS] + [(kind, "desk") for kind in KINDS if kind not in LIKE_OTHERS],
)
def test_a_kind_of_page_can_be_used_by_everybody(served, address, tabs, axe, kind, size):
    tab = tabs[size]
    tab.complaints.clear()
    answer = tab.goto(address + addresses(served, "avvik")[kind])
    assert answer.status == {"not found": 404, "not readable": 400}.get(kind, 200)
    found_nothing = tab.get_by_text("Fant ingen").count() > 0
    assert found_nothing == (kind in ASKED_IN_VAIN)
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [said for said in tab.complaints if not (kind in IN_ERROR and said.startswith("Failed to load"))] == []
    if kind in LIKE_OTHERS:
        return
    found = axe.run(tab, options=RULES).response
    faults = [(fault["id"], node["html"][:200]) for fault in found["violations"] for node in fault["nodes"]]
    assert faults == []
    assert len(found["passes"]) > 10


def test_axe_finds_what_is_wrong(browser, axe):
    with opened_tab(browser, "desk") as tab:
        tab.set_content("<title>x</title><main><img src='x'><p style='color: #999; background: #aaa'>grått</p></main>")
        found = {fault["id"] for fault in axe.run(tab, options=RULES).response["violations"]}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= found
