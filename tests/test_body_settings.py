"""Bodies that the settings name: one body under all its names, in every process and after every load."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing

import pytest

import cli
from models.collaborations import Body, Collaboration, collaborations
from models.settings import SettingsError, read_settings
from tests.word_builder import members, zipped

SETTINGS = """
[samarbeid]
navn = "Helsefellesskapet i Fjordregionen"

[[samarbeid.utvalg]]
navn = "Strategisk samhandlingsforum"
forkortelse = "SSF"
alias = ["Samhandlingskollegiet"]
niva = "regionalt"
"""


def minutes(title: str, number: str, *, text: str = "Planen godkjennes.") -> bytes:
    lines = (title, "Til stede: Kari Nord", f"Sak {number} Felles plan", "Vedtak:", text)
    bold = "<w:rPr><w:b/></w:rPr>"
    body = "".join(
        f"<w:p><w:r>{bold if line[:3] in ('Ref', 'Sam', 'Sak') else ''}<w:t>{line}</w:t></w:r></w:p>" for line in lines
    )
    return zipped(members(body))


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "arkiv"
    folder.mkdir()
    (folder / "februar.docx").write_bytes(minutes("Referat Strategisk samhandlingsforum 05.02.2031", "1/31"))
    (folder / "april.docx").write_bytes(minutes("Referat fra møte i SSF 09.04.2031", "2/31"))
    (folder / "juni.docx").write_bytes(
        minutes("Samhandlingskollegiet – referat 11.06.2031", "3/31", text="Saken legges frem for SSF 03.09.2031.")
    )
    return folder


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def rows(sql: str) -> list[tuple]:
    with closing(sqlite3.connect("sakspor.db")) as db:
        return db.execute(sql).fetchall()


def test_all_names_of_a_body_are_one_body(archive, tmp_path):
    (tmp_path / "sakspor.toml").write_text(SETTINGS, encoding="utf-8")
    assert run("load", "arkiv", "--workers", "1", "--plain") == 0
    collaboration = "helsefellesskapet-i-fjordregionen"
    assert rows("SELECT id, name, full_name, level FROM bodies") == [
        (f"{collaboration}-ssf", "SSF", "Strategisk samhandlingsforum", "regionalt")
    ]
    assert rows("SELECT number FROM cases ORDER BY number") == [("1/31",), ("2/31",), ("3/31",)]
    # in the minutes of June the forum speaks of itself by its abbreviation: no other body is meant
    assert rows("SELECT target_body, target_date FROM case_references") == [(None, "2031-09-03")]


def test_without_settings_they_are_what_the_documents_call_them(archive):
    assert run("load", "arkiv", "--workers", "1", "--plain") == 0
    names = {name for (name,) in rows("SELECT name FROM bodies")}
    assert {"Strategisk samhandlingsforum", "SSF"} <= names


def test_a_change_of_the_bodies_reads_again_and_no_change_reads_nothing(archive, tmp_path, capsys):
    settings = tmp_path / "sakspor.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    run("load", "arkiv", "--workers", "1", "--plain")
    capsys.readouterr()
    run("load", "arkiv", "--workers", "1", "--plain")
    assert re.findall(r"^\w+", capsys.readouterr().out, re.MULTILINE) == ["unchanged"] * 3
    settings.write_text(SETTINGS.replace('"SSF"', '"SF"').replace('["Sam', '["SSF", "Sam'), encoding="utf-8")
    run("load", "arkiv", "--workers", "1", "--plain")
    assert re.findall(r"^\w+", capsys.readouterr().out, re.MULTILINE) == ["loaded"] * 3
    assert rows("SELECT name FROM bodies") == [("SF",)]


def test_a_published_file_has_them_and_not_the_settings(archive, tmp_path):
    (tmp_path / "sakspor.toml").write_text(SETTINGS + '[publisering]\nunntatt = ["april*"]\n', encoding="utf-8")
    run("load", "arkiv", "--workers", "1", "--plain")
    assert run("publish", "sakspor.db", "--out", "nettsted.db") == 0
    with closing(sqlite3.connect("nettsted.db")) as db:
        assert db.execute("SELECT name, level FROM bodies").fetchall() == [("SSF", "regionalt")]
        assert db.execute("SELECT count(*) FROM cases").fetchone() == (2,)
        for table in ("body_settings", "read_with"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_extract_knows_them_and_prints_what_the_document_says(archive, tmp_path, capsys):
    named = tmp_path / "annet.toml"
    named.write_text(SETTINGS, encoding="utf-8")
    assert run("extract", archive / "juni.docx", "--settings", named) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["documents"][0]["body"] == "SSF"
    assert [one["target_body"] for one in found["references"]] == [None]


def test_one_of_several_collaborations_is_chosen_by_name(archive, tmp_path, capsys):
    other = '[[samarbeid]]\nnavn = "Fjellregionen"\n'
    text = other + SETTINGS.replace("[samarbeid]", "[[samarbeid]]")
    (tmp_path / "sakspor.toml").write_text(text, encoding="utf-8")
    assert run("load", "arkiv", "--plain") == cli.WRONG
    assert "her er flere, «Fjellregionen», «Helsefellesskapet i Fjordregionen»" in capsys.readouterr().err
    assert (
        run("load", "arkiv", "--workers", "1", "--plain", "--collaboration", "helsefellesskapet i fjordregionen") == 0
    )
    assert rows("SELECT DISTINCT collaboration FROM source_files") == [("Helsefellesskapet i Fjordregionen",)]


BODY = '[samarbeid]\nnavn = "Fjordregionen"\n[[samarbeid.utvalg]]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[samarbeid]\nnavn = Fjordregionen"\n', r"linje 2, tegn 8"),
        ("[samarbeid]\n", r"samarbeid: «navn» mangler"),
        ('[samarbeid]\nnavn = 5\n', r"samarbeid: «navn» skal være en tekst"),
        ('[utvalg]\nnavn = "SSF"\n', r"delen «\[utvalg\]» er ukjent"),
        ('samarbeid = "Fjordregionen"\n', r"«samarbeid» skal være en del"),
        ('[samarbeid]\nnavn = "F"\nutvalg = ["SSF"]\n', r"«\[\[samarbeid.utvalg\]\]»"),
        (f'{BODY}forkortelse = "SSF"\n', r"utvalg nr. 1: «navn» mangler"),
        (f'{BODY}navn = "Forum"\nnivaa = "regionalt"\n', r"utvalg nr. 1: «nivaa» er ukjent. Skriv navn, .* eller niva"),
        (f'{BODY}navn = "Forum"\nniva = "øverst"\n', r"«Forum».*nivået «øverst» er ukjent"),
        (f'{BODY}navn = "Forum"\nalias = "SSF"\n', r"«Forum».*«alias» skal være en liste"),
        (f'{BODY}navn = "Forum"\nalias = ["*"]\n', r"«Forum».*«alias» skal være en liste"),
        (f'{BODY}navn = "Forum"\n[[samarbeid.utvalg]]\nnavn = "forum"\n', r"«forum» er navnet på to utvalg"),
    ],
)  # fmt: skip
def test_a_misprint_stops_the_load_with_one_line_that_says_where(archive, tmp_path, capsys, text, said):
    (tmp_path / "sakspor.toml").write_text(text, encoding="utf-8")
    assert run("load", "arkiv", "--plain") == cli.WRONG
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "sakspor.toml»" in err
    assert re.search(said, err), err
    assert not (tmp_path / "sakspor.db").exists()


def test_the_example_of_the_guide_is_understood(checkout, tmp_path):
    guide = (checkout / "docs" / "new-body.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    path = tmp_path / "sakspor.toml"
    path.write_text(example, encoding="utf-8")
    (found,) = collaborations(read_settings(tmp_path)[1])
    assert isinstance(found, Collaboration)
    assert Body("Strategisk samhandlingsforum", "SSF", ("Samhandlingskollegiet",), "regionalt") in found.bodies


def test_a_file_that_was_named_must_exist(tmp_path):
    with pytest.raises(SettingsError, match="Kan ikke lese"):
        read_settings(tmp_path, tmp_path / "finnes-ikke.toml")
