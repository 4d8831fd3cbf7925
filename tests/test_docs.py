"""The documents' tables, commands and exit codes are those of the code."""

import importlib.util
import re
from types import ModuleType

import pytest

from models.labels import CARRIER_KINDS, STATES

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/errors.md",
    "docs/exempt.md",
    "docs/internal.md",
    "docs/format.md",
    "docs/security.md",
    "docs/follow-up.md",
    "docs/new-body.md",
    "docs/quality.md",
    "docs/register.md",
    "docs/scale.md",
)


@pytest.fixture(scope="module")
def build(checkout) -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", checkout / "docs" / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["errors.md", "format.md"])
def test_tables_are_those_of_the_code(build, checkout, name):
    assert (checkout / "docs" / name).read_text(encoding="utf-8") == build.renewed(name), "run: make docs"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(checkout, document):
    folder = (checkout / document).parent
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", (checkout / document).read_text(encoding="utf-8"))
    files = [target for target in targets if not target.startswith(("http:", "https:"))]
    assert [target for target in files if not (folder / target).exists()] == []


def test_the_page_about_following_decisions_names_every_state_and_link(checkout):
    page = (checkout / "docs" / "follow-up.md").read_text(encoding="utf-8")
    for state, shown in STATES.items():
        assert f"| `{state}` | {shown} |" in page
    for kind in CARRIER_KINDS:
        assert f"`{kind}`" in page
