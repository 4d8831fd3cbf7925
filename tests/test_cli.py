"""The commands as they are typed: what they print where, and how they end."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from functools import partial

import pytest

import cli
import pipeline
import store
from models.result import Outcome
from progress import follow_bar
from tests.made_results import collection, read_made

ENGLISH = re.compile(r"\b(Usage|Options?|Error|Commands?|Show|Missing|No such|Try|Invalid|requires|argument|default)\b")


@pytest.fixture(autouse=True)
def made_reader(monkeypatch):
    monkeypatch.setattr(pipeline, "load", partial(pipeline.load, read=read_made))
    monkeypatch.setattr(pipeline, "read_apart", partial(pipeline.read_apart, read=read_made))


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "arkiv"
    folder.mkdir()
    for name, text in {"a": "Avvik", "b": "Beredskap"}.items():
        (folder / f"{name}.pdf").write_text(text, encoding="utf-8")
    return folder


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err


def test_loading_a_folder_ends_with_0_and_a_summary(archive, capsys):
    (archive / "notat.txt").write_text("x", encoding="utf-8")
    (archive / "kopi.pdf").write_text("Avvik", encoding="utf-8")
    code, out, _ = run(capsys, "load", "arkiv")
    assert code == 0
    assert re.search(
        r"Funnet       4 filer\nLastet       2\nUendret      0\nDuplikater   1\nAvvist       0\nHoppet over  1\n"
        r"Sider        4\nTid          \d+,\d s\n\n"
        r"Hoppet over: Filen er verken PDF, DOCX, DOC, ODT, RTF eller zip. \(1 fil\)\n$",
        out,
    )
    assert (archive.parent / "sakspor.db").is_file()


def test_a_refused_file_ends_with_1_and_says_why_and_the_rest_is_in(archive, capsys):
    (archive / "c.pdf").write_text("skadet", encoding="utf-8")
    code, out, _ = run(capsys, "load", "arkiv", "--db", "x.db")
    assert code == 1
    assert "Avvist: Filen er skadet og kan ikke leses. Hent filen på nytt fra arkivet" in out
    assert "  arkiv/c.pdf" in out
    with closing(sqlite3.connect("x.db")) as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (2,)
        assert db.execute("SELECT code FROM problems").fetchall() == [("damaged",)]


def test_plain_lines_are_the_only_thing_on_standard_output(archive, capsys):
    (archive / "c.pdf").write_text("skadet", encoding="utf-8")
    (archive / "d.txt").write_text("x", encoding="utf-8")
    (archive / "e.pdf").write_text("Avvik", encoding="utf-8")
    code, out, err = run(capsys, "load", "arkiv", "--plain", "--workers", 1)
    assert code == 1
    sha = "[0-9a-f]{64}"
    patterns = [
        "skipped - unknown_format arkiv/d.txt",
        f"loaded {sha} arkiv/a.pdf",
        f"duplicate {sha} arkiv/e.pdf",
        f"loaded {sha} arkiv/b.pdf",
        f"refused {sha} damaged arkiv/c.pdf",
    ]
    lines = out.splitlines()
    assert len(lines) == len(patterns)
    assert all(any(re.fullmatch(pattern, line) for line in lines) for pattern in patterns)
    assert "Funnet       5 filer" in err
    code, out, _ = run(capsys, "load", "arkiv", "--plain")
    assert sorted(line.split()[0] for line in out.splitlines()) == [
        "duplicate", "refused", "skipped", "unchanged", "unchanged",
    ]  # fmt: skip


def test_the_report_has_every_file(archive, capsys):
    (archive / "c.pdf").write_text("skadet", encoding="utf-8")
    run(capsys, "load", "arkiv", "--report", "r.json")
    report = json.loads((archive.parent / "r.json").read_text(encoding="utf-8"))
    assert (report["found"], report["loaded"], report["refused"]) == (3, 2, 1)
    assert sorted((file["path"], file["status"], file["code"]) for file in report["files"]) == [
        ("arkiv/a.pdf", "loaded", None),
        ("arkiv/b.pdf", "loaded", None),
        ("arkiv/c.pdf", "refused", "damaged"),
    ]
    assert set(report["files"][0]) == {"path", "sha256", "status", "code", "pages", "seconds", "flags"}


def test_extract_prints_json_and_nothing_else(archive, capsys):
    code, out, err = run(capsys, "extract", "arkiv/a.pdf")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["source"] == "a.pdf"
    assert found["case_items"][0]["title"] == "Avvik"
    assert out.startswith('{\n "source"')


def test_extract_of_a_refused_file_prints_one_line_beside_standard_output(archive, capsys):
    (archive / "c.pdf").write_text("abort", encoding="utf-8")
    code, out, err = run(capsys, "extract", "arkiv/c.pdf")
    assert (code, out) == (1, "")
    assert err.startswith("arkiv/c.pdf: Filen fikk leseren til å bryte sammen.")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "Kommandoen mangler."),
        (["lod"], "Det finnes ingen kommando «lod»."),
        (["load"], "Skriv minst én sti."),
        (["load", "ingen"], "Finner ikke «ingen»."),
        (["load", "arkiv", "ingen"], "Finner ikke «ingen»."),
        (["load", "arkiv", "--plan"], "Det finnes ikke noe valg «--plan»."),
        (["load", "arkiv", "-x"], "Det finnes ikke noe valg «-x»."),
        (["load", "arkiv", "--db"], "Valget «--db» trenger en verdi."),
        (["load", "arkiv", "--plain=1"], "Valget «--plain» skal stå uten verdi."),
        (["load", "arkiv", "--workers", "0"], "Valget «--workers» skal være et helt tall"),
        (["load", "arkiv", "--workers", "to"], "Valget «--workers» skal være et helt tall"),
        (["load", "arkiv", "--db", "arkiv"], "kan ikke åpnes."),
        (["load", "arkiv", "--db", "ingen/x.db"], "Kontroller at mappen finnes"),
        (["load", "arkiv", "--db", "notat.db"], "er ikke en SQLite-database."),
        (["load", "arkiv", "--report", "ingen/r.json"], "Kan ikke skrive rapporten"),
        (["extract"], "FILE mangler."),
        (["extract", "ingen.pdf"], "Finner ikke «ingen.pdf»."),
        (["extract", "arkiv"], "er en mappe."),
        (["extract", "arkiv/a.pdf", "arkiv/b.pdf"], "Ikke ventet her: arkiv/b.pdf."),
        (["publish"], "WORKING.db mangler."),
        (["publish", "a.db"], "Valget «--out» mangler."),
        (["publish", "ingen.db", "--out", "ut.db"], "Finner ikke databasen «ingen.db»."),
        (["serve", "ingen.db"], "Finner ikke databasen «ingen.db»."),
        (["serve", "notat.db"], "kan ikke vises."),
        (["serve", "notat.db", "--port", "99999"], "Valget «--port» skal være et helt tall"),
        (["status"], "Finner ikke databasen «sakspor.db»."),
        (["status", "--db", "notat.db"], "er ikke en SQLite-database."),
        (["status", "--per-dato", "31.02.2022"], "«31.02.2022» er ikke en dato. Skriv den som 2022-12-31"),
        (["status", "--per-dato"], "Valget «--per-dato» trenger en verdi."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_ends_with_2_and_one_norwegian_line(archive, capsys, arguments, part):
    (archive.parent / "notat.db").write_text("Et notat, ingen database.\n" * 60, encoding="utf-8")
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert part in err
    assert err.count("\n") == 1
    assert not ENGLISH.search(err)
    assert not (archive.parent / "sakspor.db").exists()


@pytest.mark.parametrize("command", ["", "load", "extract", "publish", "serve", "status"])
def test_every_help_page_is_norwegian_and_shows_an_example(capsys, command):
    code, out, err = run(capsys, *command.split(), "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Bruk: sakspor {command}".rstrip())
    assert f"sakspor {command or 'load'} " in out.split("Valg:" if command else "Bruk:")[1]
    assert not ENGLISH.search(out)


def test_the_helps_of_the_contract_are_there(capsys):
    _, out, _ = run(capsys, "load", "--help")
    assert all(option in out for option in ("--db", "--workers", "--report", "--plain"))


def test_the_bar_passes_every_outcome_on(capsys):
    done = [Outcome(f"{n}.pdf", "0f", "loaded", pages=3) for n in range(4)]
    assert list(follow_bar(done, 4)) == done
    assert capsys.readouterr().out == ""


def in_a_process(*arguments: str, read: str = "read_made", **more) -> subprocess.Popen[str]:
    start = (
        "import sys, cli, pipeline; from functools import partial; from tests.made_results import *;"
        f"pipeline.load = partial(pipeline.load, read={read}); cli.main(sys.argv[1:])"
    )
    return subprocess.Popen(
        [sys.executable, "-c", start, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a Unix matter")
def test_an_interrupted_load_says_what_is_left_and_ends_with_130(archive, checkout):
    for n in range(40):
        (archive / f"f{n}.pdf").write_text(f"Sak {n}", encoding="utf-8")
    database = str(archive.parent / "x.db")
    arguments = ["load", str(archive), "--db", database, "--plain", "--workers", "1"]
    with in_a_process(*arguments, read="read_slowly", cwd=checkout) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("loaded ")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    found = re.search(r"Avbrutt: (\d+) av 42 filer er behandlet, (\d+) gjenstår\.", err)
    assert found
    assert int(found[1]) - 1 - len(out.splitlines()) in (0, 1)  # the last one may be on disk and not told yet
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT count(*) FROM source_files").fetchone()[0] >= int(found[1])
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_help_starts_quickly_because_nothing_heavy_is_imported(checkout):
    code = (
        "import sys, cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('datasette', 'spacy', 'pydantic', 'rich', 'sqlite_utils') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=checkout, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_site_is_served_from_the_published_file_only(archive, capsys, checkout):
    with closing(store.open_database(archive.parent / "arbeid.db")) as db:
        for one in collection():
            store.save(db, one)
        store.link(db)
    served = archive.parent / "nettsted.db"
    assert run(capsys, "publish", "arbeid.db", "--out", "nettsted.db")[0] == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with in_a_process("serve", str(served), "--port", str(port), cwd=checkout) as process:
        try:
            assert list(json.loads(_fetch(f"{address}/.json", process))) == ["sakspor"]
            assert "Eventuelt" in _fetch(f"{address}/sakspor/case_items.json?_shape=array", process)
            busy = run(capsys, "serve", "nettsted.db", "--port", port)
            assert busy[0] == 2
            assert "opptatt" in busy[2]
        finally:
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=20)
    assert "Nettstedet: " + address in err
    assert "Traceback" not in err
    assert process.returncode == 0


def _fetch(url: str, process: subprocess.Popen[str]) -> str:
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
                return str(answer.read(), "utf-8")
        except OSError:
            assert process.poll() is None
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}")


def test_the_register_is_written_out_and_read_in(archive, capsys):
    run(capsys, "load", "arkiv", "--db", "x.db")
    code, out, err = run(capsys, "register", "--db", "x.db", "--out", "navn.csv")
    assert (code, out) == (0, "")
    assert "Skrevet til «navn.csv»." in err
    register = archive.parent / "navn.csv"
    text = register.read_text(encoding="utf-8-sig")
    assert "Kari Elvestad" in text
    register.write_text(text.replace("Kari Elvestad;", "Kari Elvestad Moe;Kari Elvestad"), encoding="utf-8-sig")
    code, _, err = run(capsys, "register", "navn.csv", "--db", "x.db")
    assert code == 0
    assert "Navneregisteret har" in err
    code, out, _ = run(capsys, "load", "arkiv", "--db", "x.db")
    assert "Uendret      2" in out
    with closing(sqlite3.connect("x.db")) as db:
        assert db.execute("SELECT name FROM people").fetchall() == [("Kari Elvestad Moe",)]


def test_a_register_goes_with_a_load(archive, capsys):
    (archive.parent / "navn.csv").write_text("navn;skrives også\nKari Elvestad Moe;Kari Elvestad\n", encoding="utf-8")
    assert run(capsys, "load", "arkiv", "--db", "x.db", "--register", "navn.csv")[0] == 0
    with closing(sqlite3.connect("x.db")) as db:
        assert db.execute("SELECT name FROM people").fetchall() == [("Kari Elvestad Moe",)]


def test_a_register_with_bad_lines_stops_before_anything_is_loaded(archive, capsys):
    (archive.parent / "navn.csv").write_text("navn;til\nKari;\nKari Dal;i fjor\n", encoding="utf-8")
    code, _, err = run(capsys, "load", "arkiv", "--db", "x.db", "--register", "navn.csv")
    assert code == 2
    assert "Linje 2: «Kari» er ikke et helt navn" in err
    assert "Linje 3: «i fjor» er ikke en dato" in err
    assert not (archive.parent / "x.db").exists()


def test_an_edited_register_is_never_written_over(archive, capsys):
    run(capsys, "load", "arkiv", "--db", "x.db")
    (archive.parent / "navn.csv").write_text("mitt", encoding="utf-8")
    code, _, err = run(capsys, "register", "--db", "x.db", "--out", "navn.csv")
    assert (code, (archive.parent / "navn.csv").read_text(encoding="utf-8")) == (2, "mitt")
    assert "finnes fra før" in err
    assert run(capsys, "register", "--db", "nei.db")[0] == 2
    assert run(capsys, "register", "nei.csv", "--db", "x.db")[0] == 2
