"""Votes: read from the lines of a case, apart from decisions and attendance, saved, published and shown."""

from __future__ import annotations

import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

import store
from extract import records
from extract.cases.meeting_sections import case_sections
from extract.votes.reading import votes
from models.layout import LogicalDocument, Paragraph, Place
from models.records import Attendance, CaseItem, Decision, Document, Extraction, Meeting, Vote, VoteName
from tests.made_results import evidence, result

CASES = tomllib.loads(Path(__file__).with_name("votes.toml").read_text(encoding="utf-8"))["case"]


def told(vote: Vote) -> str:
    def shown(value):
        return "_" if value is None else str(value)

    numbers = "-".join(map(shown, (vote.for_count, vote.against_count, vote.blank_count)))
    flags = "U" * vote.unanimous + "C" * vote.casting_vote
    return " | ".join((shown(vote.subject), numbers, flags, shown(vote.result))).replace(" |  | ", " | | ")


def named(vote: Vote) -> list[str]:
    signs = {"for": "+", "against": "-"}
    return [
        signs[one.side] + (f"{one.name} ({one.party})" if one.name and one.party else one.name or str(one.party))
        for one in vote.names
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_votes_of_a_case(case):
    found = votes(case_sections([Paragraph(line) for line in case["lines"]], adopts=True))
    assert [told(vote) for vote in found] == case["votes"]
    assert [name for vote in found for name in named(vote)] == case.get("names", [])


MINUTES = """Møteprotokoll
Utvalg: Formannskapet
Dato: 12.03.2031
Til stede: Kari Nordli (Ap), Ola Sørdal (H)
*Sak 11/31 Kjøp av brannbil
Kommunedirektørens innstilling:
Kommunedirektøren utarbeider en plan for ny brannbil.
Behandling:
Per Vestby (V) la frem et tilleggsforslag.
Votering:
Tilleggsforslaget fra V falt med 1 mot 8 stemmer.
Innstillingen ble vedtatt med 8 mot 1 stemme.
For innstillingen stemte 8: Kari Nordli (Ap), Ola Sørdal (H), Liv Myr (Sp),
Eva Dalen (Sp), Nils Åsen (Ap), Siv Moen (H), Tor Lia (KrF), Ida Vik (Ap).
Mot innstillingen stemte 1: Per Vestby (V)."""


def minutes(text: str = MINUTES) -> Extraction:
    lines = [
        Paragraph(line.lstrip("*"), (Place(1),), bold=line.startswith("*") or n == 0)
        for n, line in enumerate(text.split("\n"))
    ]
    return records(LogicalDocument(0, "minutes", (1, 1), tuple(lines)))


def test_names_in_a_vote_are_neither_attendance_nor_decisions_nor_commitments():
    found = minutes()
    [item] = found.case_items
    assert [one.name for one in found.meeting.attendances] == ["Kari Nordli", "Ola Sørdal"]
    assert [(d.stage, d.text, d.by_reference) for d in item.decisions] == [
        ("proposed", "Kommunedirektøren utarbeider en plan for ny brannbil.", False),
        ("adopted", "Kommunedirektøren utarbeider en plan for ny brannbil.", True),
    ]
    assert {one.actor for one in found.responsibilities} == {"Kommunedirektøren"}
    assert [told(vote) for vote in item.votes] == [
        "Tilleggsforslaget fra V | 1-8-_ | | falt",
        "Innstillingen | 8-1-_ | | vedtatt",
    ]
    assert len(item.votes[1].names) == 9
    assert {piece.page for vote in item.votes for piece in vote.evidence} == {1}


def test_an_agenda_has_no_votes():
    lines = tuple(Paragraph(line.lstrip("*"), bold=line.startswith("*")) for line in MINUTES.split("\n"))
    assert [item.votes for item in records(LogicalDocument(0, "agenda", None, lines)).case_items] == [()]


VOTE = Vote(
    subject="Innstillingen",
    for_count=8,
    against_count=1,
    result="vedtatt",
    text="Innstillingen ble vedtatt med 8 mot 1 stemme.",
    names=(VoteName(side="against", name="Per Vestby", party="V"), VoteName(side="against", party="Rødt")),
    evidence=evidence("text", "Innstillingen ble vedtatt med 8 mot 1 stemme.", 2),
)


def case(number: str, exempt: str | None = None) -> CaseItem:
    decided = Decision(stage="adopted", ordinal=1, text="Planen godkjennes.", evidence=evidence("text", "Planen", 1))
    return CaseItem(
        number=number, title=f"Sak om noe {number}", decisions=(decided,), votes=(VOTE,), exempt=exempt, text="Plan",
        first_page=1 if exempt else 2, last_page=1 if exempt else 2,
    )  # fmt: skip


@pytest.fixture
def published(tmp_path):
    head = Document(n=0, kind="minutes", title="Referat SU", body="SU", date="2031-03-04", first_page=1, last_page=2)
    meeting = Meeting(body="SU", date="2031-03-04", attendances=(Attendance(name="Per Vestby", presence="present"),))
    found = Extraction(document=head, meeting=meeting, case_items=(case("31.1"), case("31.2", exempt="Unntatt")))
    db = store.open_database(tmp_path / "arbeid.db")
    store.save(db, result("referat.pdf", found))
    before = db.conn.total_changes
    store.save(db, result("referat.pdf", found))
    assert db.conn.total_changes == before
    store.link(db)
    db.close()
    store.publish(tmp_path / "arbeid.db", tmp_path / "sakspor.db")
    return tmp_path


def ask(path, sql):
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def test_votes_are_saved_with_names_and_place(published):
    sql = "SELECT ordinal, page, subject, for_count, against_count, blank_count, unanimous, result FROM votes"
    row = (1, 2, "Innstillingen", 8, 1, None, 0, "vedtatt")
    assert ask(published / "arbeid.db", sql) == [row, row]
    names = ask(published / "arbeid.db", "SELECT side, name, party FROM vote_names ORDER BY id LIMIT 2")
    assert names == [("against", "Per Vestby", "V"), ("against", None, "Rødt")]


def test_votes_of_an_exempt_case_are_not_published(published):
    for table in ("votes", "vote_names"):
        items = ask(published / "sakspor.db", f"SELECT DISTINCT case_item_id FROM {table}")
        assert [item.rpartition("/")[2] for (item,) in items] == ["31.1"]
    kept = "SELECT count(*) FROM evidence WHERE record_table = 'votes'"
    assert ask(published / "arbeid.db", kept) == [(2,)]
    assert ask(published / "sakspor.db", kept) == [(1,)]


def test_whoever_voted_is_the_person_of_that_name_and_was_not_there_for_it(published):
    sql = "SELECT role, person_id FROM name_mentions WHERE record_table = 'vote_names'"
    assert ask(published / "sakspor.db", sql) == [("stemte imot", "per-vestby")]
    assert ask(published / "sakspor.db", "SELECT name FROM attendances") == [("Per Vestby",)]
