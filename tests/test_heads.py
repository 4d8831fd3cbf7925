"""Heads of agendas and minutes, and who was there: everything that is read of the texts in ``heads.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import records
from extract.heads.people import people
from extract.heads.presence import presence_of
from ingest.layouts import claim
from models.layout import Block, Cell, LogicalDocument, Paragraph, Place, Row, Table

SHEETS = tomllib.loads((Path(__file__).parent / "heads.toml").read_text(encoding="utf-8"))
HEADS, RESPONSIBLE = SHEETS["head"], SHEETS["responsible"]
FIELDS = ("body", "date", "start", "end", "place", "chair", "secretary")
PRESENCES = ("present", "absent", "secretariat", "guest")
SIZES = {"= ": 16.0}


def blocks(text: str) -> Iterator[Block]:
    """A marked text as blocks; see ``heads.toml``."""
    rows: list[Row] = []
    for line in [*text.strip().split("\n"), ""]:
        if line.startswith("|"):
            rows.append(Row(tuple(cells(line))))
            continue
        if rows:
            yield Table(tuple(rows))
            rows = []
        if line:
            yield paragraph(line)


def cells(line: str) -> Iterator[Cell]:
    for column, text in enumerate(line.strip(" |").split("|") if line.strip(" |") else [""]):
        parts = [part.strip() for part in text.split("\\n") if part.strip()]
        yield Cell(tuple(Paragraph(part, (Place(1),)) for part in parts), column)


def paragraph(line: str) -> Paragraph:
    mark = line[:2] if line[:2] in ("= ", "# ", "- ") else ""
    text = line.removeprefix(mark)
    lead = re.match(r"\*\*(.+?)\*\*", text)
    return Paragraph(
        text.replace("**", ""),
        (Place(1),),
        label="•" if mark == "- " else None,
        bold=mark in ("= ", "# "),
        lead=lead[1] if lead else "",
        size=SIZES.get(mark, 11.0),
    )


def read(text: str):
    found = tuple(blocks(text))
    return records(LogicalDocument(0, claim(found, ()).kind, (1, 1), found))


@pytest.mark.parametrize("wanted", HEADS, ids=[head["why"] for head in HEADS])
def test_head(wanted):
    meeting = read(wanted["text"]).meeting
    assert meeting is not None
    named = {which: [a.name for a in meeting.attendances if a.presence == which] for which in PRESENCES}
    found = {field: getattr(meeting, field) for field in FIELDS} | named
    assert {name: value for name, value in found.items() if value} == {
        name: value for name, value in wanted.items() if name not in ("why", "text")
    }


def test_every_value_of_a_head_has_its_place():
    head = next(head for head in HEADS if head["why"] == "chair and sec bokmål")
    meeting = read(head["text"]).meeting
    assert {piece.field for piece in meeting.evidence} == set(FIELDS)
    assert all(piece.page == 1 for piece in meeting.evidence)


LABELS = (
    ("Til stede", "present"),
    ("Følgende faste medlemmer møtte:", "present"),
    ("Møtende varamedlemmer", "present"),
    ("Medlemer som møtte", "present"),
    ("Faste medlemmer som ikke møtte", "absent"),
    ("Ikke til stede", "absent"),
    ("FORFALL", "absent"),
    ("Meldt frafall", "absent"),
    ("Møtte frå administrasjonen", "secretariat"),
    ("Andre som møtte", "guest"),
    ("Til stede uten stemmerett", "guest"),
    ("Forfall meldes snarest til", None),
    ("Ikke til stede ved voteringen", None),
    ("Antall møtende", None),
    ("Medlemmer", None),
    ("Innkalte", None),
    ("Saker", None),
)


@pytest.mark.parametrize(("label", "presence"), LABELS)
def test_label_says_who_was_there(label, presence):
    assert presence_of(label) == presence


NOBODY = (
    "Ingen",
    "33 representanter",
    "29 av 31 ved opprop",
    "Nordvik kommune, Sørdal kommune",
    "Sekretariatet",
    "Møtet ble satt kl. 10",
    "Kari Dal ønsket velkommen til møtet",
)


@pytest.mark.parametrize("text", NOBODY)
def test_names_nobody(text):
    assert list(people(text)) == []


@pytest.mark.parametrize("wanted", RESPONSIBLE, ids=[one["why"] for one in RESPONSIBLE])
def test_who_answers_for_the_cases_of(wanted):
    assert [[case.title, *case.responsible] for case in read(wanted["text"]).case_items] == wanted["cases"]
