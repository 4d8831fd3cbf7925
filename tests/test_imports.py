"""Which package may know which, and that every import is a declared dependency."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PARTS = ("models", "ingest", "extract", "store", "plugins")
MAY_KNOW = {
    "models": {"models"},
    "ingest": {"ingest", "models"},
    "extract": {"extract", "models"},
    "store": {"store", "models"},
    "plugins": {"plugins", "models"},
}


def code(checkout: Path) -> list[Path]:
    """The program's modules, tests and scripts apart."""
    return [*checkout.glob("*.py"), *(path for part in PARTS for path in (checkout / part).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_knows_only_itself_and_the_models(checkout, part):
    own = {path.stem for path in checkout.glob("*.py")} | set(PARTS)
    for path in (checkout / part).rglob("*.py"):
        known = {name.partition(".")[0] for name in imported(path)} & own
        assert known <= MAY_KNOW[part], path


def test_plugins_share_only_what_the_wheel_installs_for_them(checkout):
    for path in (checkout / "plugins").rglob("*.py"):
        shared = {name for name in imported(path) if re.match(r"plugins\b", name)}
        assert all(name.startswith("plugins.view") for name in shared), path


@pytest.fixture
def required(checkout) -> set[str]:
    """The names of all that pyproject.toml asks for, extras included."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    return {re.split(r"[\[<>=; ]", line)[0].lower().replace("_", "-") for lines in lists for line in lines}


def test_every_import_is_a_declared_dependency(checkout, required):
    # Datasette answers with these two, and a plugin takes whichever Datasette was installed with
    required |= {"jinja2", "markupsafe"}
    own = {path.stem for path in checkout.glob("*.py")} | set(PARTS)
    names = {name.partition(".")[0] for path in code(checkout) for name in imported(path)}
    distributions = packages_distributions()
    for name in names - own - set(sys.stdlib_module_names):
        assert {found.lower() for found in distributions.get(name, [])} & required, name


def test_every_dependency_is_pinned_without_an_address(checkout, required):
    lines = (checkout / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[^ /]+", pin)] == []
    assert required <= {pin.partition("==")[0].lower().replace("_", "-") for pin in pins}


def swallows_everything(handler: ast.ExceptHandler) -> bool:
    """Whether it catches every exception and does not raise it again."""
    caught = ast.unparse(handler.type) if handler.type else "BaseException"
    again = any(isinstance(step, ast.Raise) and step.exc is None for step in handler.body)
    return caught in {"Exception", "BaseException"} and not again


def test_every_exception_is_caught_in_one_place_only(checkout):
    handlers = [
        path.name
        for path in code(checkout)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and swallows_everything(node)
    ]
    assert handlers == ["pipeline.py"]
