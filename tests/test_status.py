"""``sakspor status``: what it prints in a pipe and on a screen, and that it leaves the database as it is."""

from __future__ import annotations

import io
import sqlite3
import sys
from contextlib import closing

import pytest
from rich.cells import cell_len
from rich.console import Console

import cli
import store
from status import show
from store.follow_up import pending
from tests.follow_up_collection import build, put_rows, rows

DAY = "2031-12-31"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return build(tmp_path_factory.mktemp("status"))


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(["status", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert err == ""
    return ended.value.code, out.splitlines()


def screen(database, width, day=DAY):
    file = io.StringIO()
    show(pending(database, day), day, Console(file=file, width=width, force_terminal=True, color_system=None))
    return file.getvalue().splitlines()


@pytest.mark.parametrize("day", ["2031-12-31", "31.12.2031"])
def test_in_a_pipe_each_decision_is_a_line_and_the_counts_come_last(served, capsys, day):
    code, lines = run(capsys, "--db", served, "--per-dato", day)
    assert code == 0
    assert [line.split("  ")[0] for line in lines[:-1]] == [
        "Åpent",
        *["Forfalt (åpent)", "Forfalt (på sakslisten)"],
        "Forfalt (åpent)",
    ]
    assert lines[1].split()[2:] == [
        *("2031-03-04", "SU", "2031.2"),
        *("Ola", "Eksempel", "sender", "ut", "høringsforslaget", "Ola", "Eksempel", "2031-06-15"),
        *("dokumentet", "side", "2"),
    ]
    assert "snarest" in lines[0]
    assert lines[-1] == (
        "Per 31. desember 2031 er 4 vedtak ikke avsluttet: 3 åpne, 1 på sakslisten. Av disse er 3 forfalt."
    )
    assert "\t" not in "".join(lines)


def test_nothing_is_overdue_on_the_last_day_and_nothing_is_open_before_the_meeting(served, capsys):
    _, lines = run(capsys, "--db", served, "--per-dato", "2031-06-15")
    assert [line.split("  ")[0] for line in lines[:-1]] == ["Åpent", "Åpent", "Åpent", "På sakslisten"]
    assert run(capsys, "--db", served, "--per-dato", "2031-03-03")[1] == ["Per 3. mars 2031 er ingen vedtak åpne."]


def test_without_a_day_it_is_today(served, capsys):
    _, lines = run(capsys, "--db", served)
    assert "ingen vedtak åpne" in lines[-1]


@pytest.mark.parametrize("width", [30, 40, 80, 200])
def test_no_line_is_wider_than_the_screen_and_all_is_there(served, width):
    lines = screen(served, width)
    assert max(map(cell_len, lines)) <= width
    assert [line for line in lines if line.startswith(("Åpent (", "Forfalt ("))] == ["Åpent (1)", "Forfalt (3)"]
    assert "04.03.2031  SU sak 2031.2" in map(str.rstrip, lines)
    if width >= 80:
        assert "            Åpent · frist høsten 2031 (senest 30. november 2031) · Åse Ærlig" in map(str.rstrip, lines)
        assert "            dokumentet side 2" in map(str.rstrip, lines)


def test_a_terminal_gets_the_blocks(served, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    _, lines = run(capsys, "--db", served, "--per-dato", DAY)
    assert "Forfalt (3)" in "\n".join(lines)


def test_what_a_document_holds_does_not_steer_the_terminal(tmp_path, capsys):
    odd = rows()[1] | {
        "decision_id": "x",
        "decision": "\x1b[2J[bold]Saken\ttas\n" + "langt_ord" * 60,
        "responsible": "\x07A",
    }
    database = build(tmp_path, [odd])
    for lines in (screen(database, 60), run(capsys, "--db", database, "--per-dato", DAY)[1]):
        text = "\n".join(lines)
        assert not set("\x1b\x07\t") & set(text)
        assert "[bold]Saken tas" in text
        assert max(map(len, lines)) < 240


def test_a_working_database_and_a_published_one_say_the_same_and_stay_as_they_are(tmp_path, capsys):
    served = build(tmp_path)
    working = tmp_path / "arbeid.db"
    put_rows(working, rows())
    before = {path: path.read_bytes() for path in (served, working)}
    said = [run(capsys, "--db", path, "--per-dato", DAY) for path in before]
    assert said[0] == said[1]
    assert {path: path.read_bytes() for path in before} == before
    assert sorted(path.name for path in tmp_path.glob("*.db*")) == ["arbeid.db", "sakspor.db"]


@pytest.mark.parametrize(
    ("statement", "part"),
    [("PRAGMA application_id = 1", "laget av et annet program"), ("DROP TABLE decision_follow_up", "eldre utgave")],
)
def test_another_or_an_older_database_is_refused(tmp_path, statement, part):
    served = build(tmp_path)
    with closing(sqlite3.connect(served)) as db, db:
        db.execute(statement)
    with pytest.raises(store.DatabaseError, match=part):
        pending(served, DAY)
