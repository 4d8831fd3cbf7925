"""``extract --explain`` says what decided each value, where it stands, and what was left unread."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

import cli
import pipeline
from explanation import accounts, plain_lines, show
from models import words
from models.bodies import known_bodies
from models.collaborations import Body
from tests import word_builder as word

LAYOUTS = Path(__file__).parent / "layouts"


def docx(tmp_path, *lines: str, name: str = "referat.docx") -> Path:
    """A DOCX of lines; those that begin with a star are bold."""
    body = "".join(word.p(word.bold(line[1:]) if line.startswith("*") else line) for line in lines)
    path = tmp_path / name
    path.write_bytes(word.zipped(word.members(body)))
    return path


def told(path: Path) -> str:
    return "\n".join(plain_lines(accounts(pipeline.read_file(path))))


@pytest.fixture
def minutes(tmp_path) -> Path:
    return docx(
        tmp_path,
        *("*Referat fra møte i Samordningsrådet", "Dato: 12.03.2031", "Møteleder: Kari Nord", "Til stede: Ola Berg"),
        *("Kaffen ble servert av elevrådet.", "*Sak 4/31 Felles plan", "Bakgrunnen er kjent fra før."),
        *("Vedtak:", "Planen godkjennes.", "Sykehuset utarbeider en rapport innen 1. mai 2031."),
    )


def test_each_value_has_its_place_and_its_rule(minutes):
    text = told(minutes)
    assert "Dokument 1: referat" in text
    assert "«Referat» (document_titles.minutes)" in text
    for name, value, rule in (
        ("Møtedato", "2031-03-12", "p2 · «12.03.2031» · etter «Dato» (head_labels.date)"),
        ("Møteleder", "Kari Nord", "etter «Møteleder» (head_labels.chair)"),
        ("Til stede", "Ola Berg", "etter «Til stede» (attendance_labels.present)"),
        ("Vedtak", "Planen godkjennes.", "p9 · etter «Vedtak» (decision_labels.adopted)"),
        ("Utfall", "Godkjent", "ordene «godkjennes» (outcome_formulas.approved)"),
        ("Fristen", "innen 1. mai 2031", "ordene «innen» (deadline_leads.by)"),
    ):
        at = text.index(f"    {name}: {value}\n")
        assert rule in "".join(text[at:].splitlines(keepends=True)[1]), name


def test_what_no_value_rests_on_is_named_with_its_place(minutes):
    text = told(minutes)
    assert "Ikke lest: 1 avsnitt\n    p5: Kaffen ble servert av elevrådet." in text
    assert "Bare i sakens tekst: 1 avsnitt" in text


def test_the_guide_shows_what_a_line_of_data_does(tmp_path, monkeypatch, checkout):
    path = docx(tmp_path, "*Referat fra møte i Samordningsrådet", "Dato: 12.03.2031", "Møtestyrer: Kari Nord")
    unread = "p3: Møtestyrer: Kari Nord"
    assert unread in told(path)
    assert unread in (checkout / "docs" / "new-body.md").read_text(encoding="utf-8")
    lists = words._all()
    labels = {**lists["head_labels"], "chair": [*lists["head_labels"]["chair"], "møtestyrer"]}
    monkeypatch.setattr(words, "_all", lambda: lists | {"head_labels": labels})
    words.pattern.cache_clear()
    try:
        text = told(path)
    finally:
        words.pattern.cache_clear()
    assert "Møteleder: Kari Nord\n      p3 · etter «Møtestyrer» (head_labels.chair)" in text
    assert unread not in text


def test_every_list_that_the_guide_names_exists(checkout):
    guide = (checkout / "docs" / "new-body.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`\[(\w+)\]`", guide)) - {"samarbeid"}
    assert len(named) > 8
    assert named <= set(words._all())


def test_a_page_is_named_where_there_are_pages():
    text = told(LAYOUTS / "other" / "o01-formannskap-protokoll.pdf")
    assert "Dokument 1, side 1–3: referat" in text
    assert "side 1: Ormdal kommune" in text
    assert "etter «Kommunedirektørens innstilling» (decision_labels.proposed)" in text


def test_a_column_explains_only_what_stands_in_it():
    text = told(LAYOUTS / "collaboration" / "f03-au-minutes.docx")
    assert "t2.r3.c3.p1 · etter «Ansvar» (case_columns.responsible)" in text
    assert "etter «Tema» (case_columns.title)" not in text


def test_a_document_of_no_kind_says_so_and_shows_what_was_left(tmp_path):
    text = told(docx(tmp_path, "*Månedsbrev", "Vi håper alle får en god sommer.", name="brev.docx"))
    assert "annet dokument" in text
    assert "ingen ord i tittelen eller hodet" in text
    assert "p2: Vi håper alle får en god sommer." in text
    assert "unknown_layout" in text


def test_a_body_of_the_settings_is_named_as_such(minutes):
    with known_bodies({None: [Body("Samordningsrådet", "SR")]}):
        assert "«SR» (sakspor.toml)" in told(minutes)


@pytest.mark.parametrize("gold", sorted(LAYOUTS.rglob("*.pdf"))[::6], ids=lambda path: path.name)
def test_every_layout_can_be_told(gold):
    assert "Hvorfor: " in told(gold)


def test_the_command_tells_in_text_and_leaves_the_json_as_it_is(minutes, capsys):
    for arguments in (["--explain"], []):
        with pytest.raises(SystemExit) as ended:
            cli.main(["extract", str(minutes), *arguments])
        assert ended.value.code == cli.OK
        out = capsys.readouterr().out
        if arguments:
            assert out.startswith("Dokument 1: referat\n")
            assert "\x1b" not in out
        else:
            assert json.loads(out)["documents"][0]["kind"] == "minutes"


def test_a_screen_gets_no_line_wider_than_it_and_nothing_to_obey(tmp_path):
    told = accounts(pipeline.read_file(docx(tmp_path, "*Referat SR 12.03.2031", "Se\u202eher " + "ord " * 60)))
    out = StringIO()
    show(told, Console(file=out, width=60, color_system=None))
    assert max(map(len, out.getvalue().splitlines())) <= 60
    assert "\u202e" not in out.getvalue()
