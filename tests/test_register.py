"""The register of names: what it says holds, a file of it is read as spreadsheets write it, and bad rows are told."""

from __future__ import annotations

import csv
import io
import re

import pytest

import store
from models.result import FileResult
from store.names.register_file import HEADINGS, RegisterError, parse, written
from store.names.resolve import MANY_PEOPLE, MANY_REGISTERED
from tests.made_results import result
from tests.test_names import actor, meant, minutes, people, told

HEAD = "navn;skrives også;er ikke;gjelder;organisasjon;fra;til;samarbeid;nøkkel;merknad"


def load(register: str, *files: FileResult):
    db = store.open_database(":memory:")
    for file in files:
        store.save(db, file)
    store.keep_register(db, parse(register.encode()))
    store.link(db)
    assert store.link(db) == 0
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    return db


def test_two_spellings_are_made_one_person_under_the_registers_name():
    register = "navn;skrives også\nKari Dahl;Kari Dal, Kari Dall"
    db = load(register, minutes("a", "Kari Dal"), minutes("b", chair="Kari Dall"))
    assert people(db) == ["Kari Dahl"]
    assert meant(db, "Kari Dal") == {("kari-dahl", "register", None)}


def test_two_names_that_agree_are_kept_apart():
    files = (minutes("a", "Rune Burland"), minutes("b", "Rune Burland-Moe"))
    assert people(load("navn", *files)) == ["Rune Burland-Moe"]
    assert people(load("navn;er ikke\nRune Burland-Moe;Rune Burland", *files)) == ["Rune Burland", "Rune Burland-Moe"]
    assert people(load("navn\nRune Burland-Moe\nRune Burland", *files)) == ["Rune Burland", "Rune Burland-Moe"]


def test_a_short_name_that_fits_two_is_settled():
    longer = (minutes("a", chair="Rune Burland-Moe"), minutes("b", chair="Rune Burland Lie"))
    files = (*longer, minutes("c", "Rune Burland"))
    assert meant(load("navn", *files), "Rune Burland") == {(None, None, MANY_PEOPLE)}
    db = load("navn;skrives også\nRune Burland Lie;Rune Burland", *files)
    assert meant(db, "Rune Burland") == {("rune-burland-lie", "register", None)}


def test_a_given_name_and_a_title_mean_somebody_for_a_time():
    register = "navn;skrives også;fra;til\nIrene Dal;Irene, Samhandlingssjefen;01.01.2022;31.12.2022"
    first = minutes("a", secretary="Irene", date="2022-05-19", **actor("Samhandlingssjefen"))
    db = load(register, first, minutes("b", secretary="Irene", date="2023-05-19"))
    rows = db.execute("SELECT date, printed, person_id FROM name_mentions ORDER BY date, printed").fetchall()
    assert rows == [
        ("2022-05-19", "Irene", "irene-dal"),
        ("2022-05-19", "Samhandlingssjefen", "irene-dal"),
        ("2023-05-19", "Irene", None),
    ]


def test_two_people_of_one_name_are_told_apart_by_organisation_and_get_their_keys():
    register = (
        "navn;organisasjon;nøkkel\nKari Hansen;Nordvik kommune;kari-hansen-nordvik\n"
        "Kari Hansen;Sørdal kommune;kari-hansen-sordal"
    )
    db = load(
        register,
        minutes("a", ("Kari Hansen", "Nordvik", None), ("Ola Lie", "Nordvik kommune", None), **actor("Kari Hansen")),
        minutes("b", ("Kari Hansen", "Sørdal kommune", None), date="2024-05-01"),
        minutes("c", chair="Kari Hansen", date="2024-06-01"),
    )
    rows = db.execute(
        "SELECT field, organisation, person_id, unresolved FROM name_mentions WHERE printed = 'Kari Hansen'"
    ).fetchall()
    assert sorted(rows, key=str) == [
        ("actor", None, "kari-hansen-nordvik", None),
        ("chair", None, None, MANY_REGISTERED),
        ("name", "Nordvik", "kari-hansen-nordvik", None),
        ("name", "Sørdal kommune", "kari-hansen-sordal", None),
    ]


def test_an_abbreviation_means_an_organisation_and_not_the_municipality_of_that_name():
    hospital, practice = "Sykehuset Lyngheim HF;Lyngheim HF, SLy;", "Praksiskonsulentene;PKO;organisasjon"
    names = ("SLy", "Lyngheim HF", "Lyngheim kommune", "PKO")
    there = [(f"Kari {surname}", name, None) for surname, name in zip(("Dal", "Lie", "Moe", "Vik"), names, strict=True)]
    db = load(f"navn;skrives også;gjelder\n{hospital}\n{practice}", minutes("a", *there))
    assert [row["name"] for row in db["organisations"].rows] == [
        "Lyngheim kommune", "Praksiskonsulentene", "Sykehuset Lyngheim HF",
    ]  # fmt: skip


def test_a_row_for_one_collaboration_holds_there_alone():
    register = "navn;skrives også;samarbeid\nKari Hansen Lie;Kari Hansen;Helsefellesskapet i Innlandet"
    db = load(register, minutes("a", "Kari Hansen"), minutes("b", "Kari Hansen", place="Innlandet"))
    assert people(db) == ["Kari Hansen", "Kari Hansen Lie"]


def test_a_later_load_does_not_undo_it_and_an_empty_register_does():
    db = load("navn;skrives også\nKari Dahl;Kari Dal", minutes("a", "Kari Dal"))
    store.save(db, minutes("b", "Kari Dal", "Ola Lie", date="2024-03-01"))
    store.link(db)
    assert people(db) == ["Kari Dahl", "Ola Lie"]
    assert store.keep_register(db, parse(b"navn\n")) == 1
    store.link(db)
    assert people(db) == ["Kari Dal", "Ola Lie"]


def ids(db):
    """Who there is, and whom each name means."""
    queries = ("* FROM people", "* FROM organisations", "id, person_id, organisation_id, body_id FROM name_mentions")
    return [db.execute(f"SELECT {query} ORDER BY id").fetchall() for query in queries]


def cells(content: bytes) -> list[list[str]]:
    return sorted(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_register_written_out_and_read_again_changes_nobody():
    files = (
        minutes("a", "Rune Burland", ("Kari Dal", "Nordvik", None), **actor("Irene")),
        minutes("b", "Rune Burland-Moe", ("Kari Dal", "Nordvik kommune", None), date="2024-03-01"),
        minutes(
            "c", "Ranveig Velde", "Kari Hansen", date="2024-05-01", text="Sykehuset i Nord HF (SiN)", **actor("SiN")
        ),
        minutes("d", "Rannveig Velde", "Kari Hansen", place="Innlandet", date="2024-06-01"),
    )
    db = load("navn", *files)
    before = ids(db)
    content = store.current_register(db)
    store.keep_register(db, parse(content))
    store.link(db)
    assert ids(db) == before
    assert cells(store.current_register(db)) == cells(content)


def test_open_names_stand_last_with_where_and_why_and_are_settled_by_a_name():
    db = load("navn", minutes("a", "Kari Dal", secretary="Irene", date="2022-05-19"))
    rows = list(csv.DictReader(io.StringIO(store.current_register(db).decode("utf-8-sig")), delimiter=";"))
    assert rows[-1]["skrives også"] == "Irene"
    assert rows[-1]["navn"] == ""
    assert "ssu-2022-05-19-minutes" in rows[-1]["merknad"]
    rows[-1]["navn"] = "Irene Dal"
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    store.keep_register(db, parse(out.getvalue().encode()))
    store.link(db)
    assert meant(db, "Irene") == {("irene-dal", "register", None)}


def test_what_the_register_says_does_not_depend_on_the_order_of_loading():
    files = (minutes("a", "Rune Burland", **actor("Irene")), minutes("b", "Rune Burland-Moe", date="2024-03-01"))
    register = "navn;skrives også;er ikke\nIrene Dal;Irene;\nRune Burland;;Rune Burland-Moe"
    assert told(load(register, *files)) == told(load(register, *reversed(files)))


@pytest.mark.parametrize(
    "content",
    [
        "navn;skrives også\r\nKari Dal;Kåri Dal\r\n".encode("utf-8-sig"),
        "navn;skrives også\nKari Dal;Kåri Dal".encode("cp1252"),
        "navn\tskrives også\nKari Dal\tKåri Dal".encode("utf-16"),
        'Navn,Skrives  også\nKari Dal,"Kåri Dal"\n,\n'.encode(),
        "sep=;\nnavn;skrives også;\nKari Dal;Kåri Dal;\n;;\n".encode(),
        "navn;skrives også\n'Kari Dal;'Kåri Dal".replace("'", "").encode(),
    ],
)
def test_a_file_is_read_as_spreadsheets_save_it(content):
    assert [(entry.name, entry.also) for entry in parse(content)] == [("Kari Dal", ("Kåri Dal",))]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("Irene;;;;;;;;;", "Linje 2: «Irene» er ikke et helt navn"),
        (";Irene;Ola Lie;;;;;;;", "Linje 2: Navnet mangler."),
        ("Kari Dal;;;;;32.12.2022;;;;", "Linje 2: «32.12.2022» er ikke en dato"),
        ("Kari Dal;;;;;2023;2022;;;", "Linje 2: «fra» er etter «til»."),
        ("Kari Dal;;;hest;;;;;;", "Linje 2: «gjelder» skal være person eller organisasjon, ikke «hest»."),
        ("Kari Dal;;;;;;;;Kari Dal;", "Linje 2: Nøkkelen «Kari Dal» kan bare ha små bokstaver"),
        ("Kari Dal;;KARI DAL;;;;;;;", "Linje 2: «Kari Dal» kan ikke både være og ikke være samme navn."),
        ("Kari Dal;;;;;;;;a;\nOla Lie;;;;;;;;a;", "Linje 3: Nøkkelen «a» står ved to navn, her og i linje 2."),
        ("Kari Dal;;;;;;;;;\nKari Dahl;Kari Dal;;;;;;;;", "Linje 2: «Kari Dal» er også en skrivemåte i linje 3."),
        ("Kari Dal;;;;;;;;a;\nKari Dal;;;;;;;;b;", "Linje 3: «Kari Dal» står også i linje 2, med en annen nøkkel."),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line(rows, complaint):
    with pytest.raises(RegisterError) as told_so:
        parse(f"{HEAD}\n{rows}".encode())
    assert str(told_so.value).startswith(complaint)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "Filen mangler kolonnen"),
        ("navn;skrivs også\n".encode(), "Kolonnen «skrivs også» er ikke kjent. Kolonnene er: navn, skrives også"),
        (b"PK\x03\x04", "Filen er et regneark"),
        (b"navn\n" + b"x" * 200_000, "Linje 2: Linjen er ikke CSV."),
    ],
)
def test_a_file_that_is_no_register_is_told(content, complaint):
    with pytest.raises(RegisterError, match=complaint):
        parse(content)


def test_all_bad_lines_are_told_up_to_ten():
    with pytest.raises(RegisterError) as told_so:
        parse(("navn\n" + "Irene\n" * 12).encode())
    assert str(told_so.value).splitlines()[-1] == "… og 2 linjer til."


def test_a_name_that_looks_like_a_formula_is_no_formula_to_a_spreadsheet():
    entries = parse('navn;skrives også\nKari Dal;"=HYPERLINK(""http://a"")"'.encode())
    content = written(entries)
    assert b"'=HYPERLINK" in content
    assert parse(content) == [entries[0]._replace(applies_to="person")]


def test_the_headings_are_those_that_the_documents_explain(checkout):
    told_so = (checkout / "docs" / "register.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\S[^|]*?) \|", told_so, re.MULTILINE) == ["kolonne", *HEADINGS]


def test_a_file_that_was_loaded_is_not_read_again_for_the_register():
    db = load("navn", result("a", *minutes("a", "Kari Dal").extractions))
    before = db["source_files"].count
    store.keep_register(db, parse(b"navn;skrives ogs\xc3\xa5\nKari Dahl;Kari Dal"))
    store.link(db)
    assert (db["source_files"].count, people(db)) == (before, ["Kari Dahl"])
