"""Every command that README and CONTRIBUTING show exists, with the options they show."""

import re

import click
import pytest

import cli

TEXTS = ("README.md", "CONTRIBUTING.md")


def shown_lines(text: str) -> list[str]:
    """The command lines of a text: lines of its code blocks, and code within sentences."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    return [line.strip() for block in blocks for line in block.splitlines()] + inline


@pytest.fixture(params=TEXTS)
def lines(request, checkout) -> list[str]:
    return shown_lines((checkout / request.param).read_text(encoding="utf-8"))


def test_make_targets_exist(lines, checkout):
    targets = set(re.findall(r"^([a-z-]+):", (checkout / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = {match[1] for line in lines if (match := re.match(r"make ([a-z-]+)", line))}
    assert shown
    assert shown <= targets


def test_commands_and_options_exist(lines):
    for line in lines:
        if not (match := re.match(r"(?:\S*[/\\])?sakspor ([a-z]+)(.*)", line)):
            continue
        command = cli.app.commands.get(match[1])
        assert command, line
        options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
        known = {name for option in options for name in option.opts}
        assert set(re.findall(r"--[a-z-]+", match[2].partition("#")[0])) <= known, line


def test_readme_shows_every_command(checkout):
    lines = shown_lines((checkout / "README.md").read_text(encoding="utf-8"))
    shown = {match[1] for line in lines if (match := re.match(r"sakspor ([a-z]+)", line))}
    assert {name for name, command in cli.app.commands.items() if not command.hidden} <= shown


@pytest.mark.parametrize("text", ["README.md", "docs/errors.md"])
def test_exit_statuses_are_those_of_the_commands(checkout, text):
    told = re.findall(r"^\| (\d+) \|", (checkout / text).read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(status) for status in told] == [cli.OK, cli.REFUSED, cli.WRONG, cli.INTERRUPTED]


def test_requirements_of_the_readme_are_those_of_the_project(checkout):
    project = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    oldest = re.search(r'requires-python = ">=([\d.]+)"', project)
    assert oldest
    assert f"Python {oldest[1]}" in readme
    for extra in re.findall(r"sakspor\[([a-z]+)\]", readme):
        assert re.search(rf"^{extra} = \[", project, re.MULTILINE), extra
