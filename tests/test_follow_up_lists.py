"""The lists of follow-up on the site, and what they are for other programs: CSV, Atom, a calendar."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta

import feedparser
import icalendar
import pytest
from lxml import etree

from plugins.view.feed import atom
from plugins.view.lists import LISTS
from tests.follow_up_collection import HOSTILE, MINUTES, build, rows
from tests.site_collection import metadata, site

LAST_DAY = "per_dato=31.12.2031"
QUERIES = metadata()["databases"]["sakspor"]["queries"]
REPORTED = ["Utvalg", "Møtedato", "Saksbehandler", "Saksnr og tittel", "Vedtak", "Status", "Merknader"]
DATED = ("apne-vedtak", "forfalt", "ansvar", "vedtaksoppfolging")


def many():
    """More decisions than a page shows, and than Datasette gives at once."""
    one = rows()[1]
    return [
        one | {"decision_id": f"x/{n:04}", "case_number": f"2030.{n}", "meeting_date": "2030-01-01", "case_id": None}
        for n in range(1100)
    ]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return build(tmp_path_factory.mktemp("oppfolging"))


@pytest.fixture(scope="module")
def long_list(tmp_path_factory):
    return build(tmp_path_factory.mktemp("lang"), many())


def ask(database, path):
    async def answer():
        return await site(database).client.get(f"/sakspor/{path}")

    return asyncio.run(answer())


def numbers(database, path):
    """The case numbers of a list, in its order."""
    return [row["case_number"] for row in ask(database, path.replace("?", ".json?_shape=array&")).json()]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("apne-vedtak?" + LAST_DAY, ["2031.2", "2031.3", "2031.4", "2031.5"]),
        ("apne-vedtak?tilstand=on_agenda&" + LAST_DAY, ["2031.4"]),
        ("apne-vedtak?ansvarlig=åse ærlig&" + LAST_DAY, ["2031.3"]),
        ("apne-vedtak?utvalg=annet&" + LAST_DAY, []),
        ("apne-vedtak?aar=2031&" + LAST_DAY, ["2031.2", "2031.3", "2031.4", "2031.5"]),
        ("apne-vedtak?per_dato=2031-03-03", []),
        ("forfalt?" + LAST_DAY, ["2031.2", "2031.4", "2031.3"]),
        ("forfalt?per_dato=2031-06-15", []),
        ("forfalt?per_dato=2031-06-16", ["2031.2"]),
        ("forfalt?per_dato=30.11.2031", ["2031.2", "2031.4"]),
        ("ansvar?ansvarlig=ola eksempel&" + LAST_DAY, ["2031.2", "2031.6", "2031.7"]),
        ("ansvar?" + LAST_DAY, ["2031.4", "2031.5", "2031.2", "2031.6", "2031.7", "2031.3"]),
    ],
)
def test_a_list_holds_these_cases_in_this_order(served, path, expected):
    assert numbers(served, path) == expected


def test_who_answers_is_found_by_any_of_his_names(tmp_path):
    served = build(tmp_path)
    key = f"{MINUTES}/2031.3/adopted/1"
    with closing(sqlite3.connect(served)) as db, db:
        insert(db, "people", id="ase-eik", name="Åse Ærlig Eik", collaboration=None)
        insert(db, "responsibilities", id="r1", decision_id=key, document_id=MINUTES, actor="Åse Ærlig", action="x")
        mention = {
            "record_table": "responsibilities",
            "record_id": "r1",
            "document_id": MINUTES,
            "printed": "Åse Ærlig",
        }
        insert(db, "name_mentions", id="m1", person_id="ase-eik", field="actor", **mention)
    for typed in ("ærlig eik", "ase-eik", "åse ærlig"):
        assert numbers(served, f"ansvar?ansvarlig={typed}&{LAST_DAY}") == ["2031.3"]
    assert numbers(served, f"ansvar?ansvarlig=åse dal&{LAST_DAY}") == []


def insert(db, table, **values):
    """A row with what the table asks for besides the given values."""
    for _, name, kind, required, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
        if required:
            values.setdefault(name, 0 if kind in ("INTEGER", "REAL") else "x")
    holes = ", ".join("?" * len(values))
    db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({holes})", list(values.values()))


def test_without_a_day_it_is_the_day_on_which_the_page_is_asked_for(long_list, monkeypatch):
    assert ask(long_list, "forfalt").text.count("0 forfalte vedtak per ") == 1

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2031, 7, 1, 12)

    monkeypatch.setattr("models.as_of.datetime", Later)
    assert ask(long_list, "forfalt").text.count("1\u202f101 forfalte vedtak per 1. juli 2031") == 1


@pytest.mark.parametrize("ending", ["", ".json", ".csv"])
@pytest.mark.parametrize("name", DATED)
@pytest.mark.parametrize("typed", ["31.02.2031", "i morgen", "2031", "<b>"])
def test_what_is_no_day_is_told_in_norwegian(served, name, ending, typed):
    answer = ask(served, f"{name}{ending}?per_dato={typed}")
    assert answer.status_code == 400
    told = answer.json()["error"] if ending == ".json" else answer.text
    assert "er ikke en dato. Skriv den som 2022-12-31 eller 31.12.2022." in told
    assert "<b>" not in answer.text or ending == ".json"


def test_a_row_shows_its_state_its_reason_and_opens_its_page(served):
    page = ask(served, "apne-vedtak?" + LAST_DAY).text
    [card] = (card for card in page.split('<li class="card">') if "sender ut høringsforslaget" in card)
    assert "Åpent" in card
    assert ">Forfalt<" in card
    assert "Grunnen til 2031.2." in card
    assert "Ansvarlig: Ola Eksempel" in card
    assert "Frist: 15.06.2031<" in card
    assert f"/kilde/{MINUTES}?side=2&amp;bevis={MINUTES}%2F2031.2%2Fadopted%2F1" in card
    assert "Frist: høsten 2031 (senest 30. november 2031)" in page
    assert HOSTILE not in page


def test_the_report_has_the_columns_that_municipalities_report(served):
    page = ask(served, "vedtaksoppfolging?" + LAST_DAY).text
    assert re.findall(r'<th scope="col">(.*?)</th>', page) == REPORTED
    assert "Åpent, forfalt" in page
    assert "Grunnen til 2031.3. Frist: høsten 2031" in page
    assert f"/kilde/{MINUTES}?side=4" in page


def read_csv(answer, delimiter=","):
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf") is (delimiter == ";")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_the_report_as_csv_is_the_same_with_commas_and_with_semicolons(served):
    found = read_csv(ask(served, "vedtaksoppfolging.csv?" + LAST_DAY))
    assert list(found[0]) == REPORTED
    assert [row["Status"] for row in found] == [
        *("Ingenting å følge opp", "Åpent, forfalt", "Åpent, forfalt", "På sakslisten, forfalt"),
        *("Åpent", "Behandlet", "Utført"),
    ]
    assert found[4]["Vedtak"] == rows()[4]["decision"]
    assert found == read_csv(ask(served, f"vedtaksoppfolging.csv?{LAST_DAY}&skille=semikolon"), ";")


def test_a_list_as_csv_is_in_norwegian(served):
    first = read_csv(ask(served, "forfalt.csv?" + LAST_DAY))[0]
    assert not re.search(r"[a-z]_[a-z]", " ".join(first))
    assert {"Ola Eksempel", "Åpent", "Ja", "2031-06-15"} <= set(first.values())


def test_csv_is_the_whole_list_where_the_page_is_a_part(long_list):
    page = ask(long_list, "forfalt?" + LAST_DAY).text
    assert page.count('<li class="card">') == 50
    [address] = re.findall(r'href="/sakspor/(forfalt\.csv[^"]*)"[^>]*>CSV med komma<', page)
    found = read_csv(ask(long_list, address.replace("&amp;", "&")))
    assert len(found) == 1103
    assert len(read_csv(ask(long_list, "forfalt.csv?side=2&" + LAST_DAY))) == 1103


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_had_as_a_whole(served, name):
    assert ":side = 'alle'" in QUERIES[name]["sql"]
    assert isinstance(read_csv(ask(served, f"{name}.csv")), list)


def test_an_unknown_delimiter_is_refused_in_norwegian(served):
    answer = ask(served, "forfalt.csv?skille=tab")
    assert answer.status_code == 400
    assert "Velg «semikolon»" in answer.text


def test_a_closed_list_stays_closed_in_every_form(served):
    async def answers():
        closed = site(served)
        closed._metadata_local["allow"] = {"id": "intern"}
        return [
            (await closed.client.get(f"/sakspor/{name}")).status_code
            for name in ("forfalt", "forfalt.csv", "vedtak.atom", "forfalt.ics", "forfalt.json")
        ]

    assert asyncio.run(answers()) == [403] * 5


def events(answer):
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def test_deadlines_are_all_day_events_on_the_last_day(served):
    found = events(ask(served, "apne-vedtak.ics?" + LAST_DAY))
    days = [(event.decoded("dtstart"), event.decoded("dtend")) for event in found]
    latest = [date(2031, 6, 15), date(2031, 11, 30), date(2031, 9, 22)]
    assert days == [(day, day + timedelta(days=1)) for day in latest]
    assert str(found[0]["summary"]) == "Frist: SU 2031.2 Ola Eksempel sender ut høringsforslaget"
    assert str(found[0]["url"]).startswith(f"http://localhost/kilde/{MINUTES}?side=2")
    assert "Ansvarlig: Ola Eksempel\nFrist: 15.06.2031\nÅpent: Grunnen til 2031.2." in str(found[0]["description"])


def test_what_is_settled_has_no_place_in_the_calendar(served):
    assert [str(event["summary"])[:17] for event in events(ask(served, f"ansvar.ics?ansvarlig=ola&{LAST_DAY}"))] == [
        "Frist: SU 2031.2 "
    ]


def test_the_calendar_is_written_as_the_standard_says(tmp_path):
    more = rows()[1] | {
        "decision_id": "y",
        "decision": "Semikolon; komma, skråstrek \\ og\x07 linje\r\nog " + "ærlig " * 30,
    }
    content = ask(build(tmp_path, [more]), "apne-vedtak.ics?" + LAST_DAY).content
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\x07" not in content
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert "Semikolon\\; komma\\, skråstrek \\\\ og linje\\nog ærlig" in unfolded
    assert "DTSTART;VALUE=DATE:20310615" in unfolded


def test_events_and_entries_keep_their_marks_when_the_file_is_another(tmp_path, served):
    (tmp_path / "a").mkdir()
    other = build(tmp_path / "a")
    path = "apne-vedtak.ics?" + LAST_DAY
    assert [str(event["uid"]) for event in events(ask(served, path))] == [
        str(event["uid"]) for event in events(ask(other, path))
    ]
    ours, theirs = (feedparser.parse(ask(one, "vedtak.atom").content) for one in (served, other))
    assert [entry.id for entry in ours.entries] == [entry.id for entry in theirs.entries] != []


def test_the_feed_is_valid_and_links_to_the_page(served):
    answer = ask(served, "vedtak.atom?utvalg=su")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert feed.feed.title == "Nye vedtak – Sakspor"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "http://localhost/sakspor/vedtak.atom?utvalg=su",
        "alternate": "http://localhost/sakspor/vedtak?utvalg=su",
    }
    [entry] = feed.entries
    assert entry.title == "SU sak 2031.2: Samhandlingsavvik"
    assert entry.content[0].value == "Saken om samhandlingsavvik tas til orientering"
    assert "/kilde/su-2031-03-04-minutes-" in entry.link
    assert entry.updated == "2031-03-04T00:00:00Z" == feed.feed.updated
    assert "bevis=" in entry.link


def point(n, **more):
    row = {
        "decision_id": f"su-2031-03-0{n}-minutes-1e/2031.{n}/adopted/1", "document_id": f"su-2031-03-0{n}-minutes-1e",
        "meeting_id": f"su-2031-03-0{n}", "date": f"2031-03-0{n}", "body": "SU", "number": f"2031.{n}", "title": "Sak",
        "text": "Godkjent", "outcome": None,
    }  # fmt: skip
    return row | more


def feed_of(*points):
    found = atom(
        points, "http://x/a", "http://x/", dict.fromkeys([one["decision_id"] for one in points], "http://x/k"), "Z"
    )
    required = {"{http://www.w3.org/2005/Atom}" + name for name in ("id", "title", "updated")}
    root = etree.fromstring(found)
    assert all(
        required <= {child.tag for child in one} for one in (root, *root.iter("{http://www.w3.org/2005/Atom}entry"))
    )
    return feedparser.parse(found)


def test_the_feed_survives_whatever_a_document_holds():
    odd = feed_of(point(1, text=f"\x00\x0b\ufffe{HOSTILE} & ]]>", title="\x1b[2J"))
    assert odd.bozo is False
    assert odd.entries[0].content[0].type == "text/plain"
    assert odd.entries[0].content[0].value == f"{HOSTILE} & ]]>"


def test_a_decision_in_two_files_is_told_once_and_one_without_a_date_not_at_all():
    twice = point(2, decision_id="su-2031-03-02-minutes-ff/2031.2/adopted/1", document_id="su-2031-03-02-minutes-ff")
    found = feed_of(point(2), twice, point(3, date=None), point(1, outcome="noted"))
    assert [entry.title for entry in found.entries] == ["SU sak 2031.2: Sak", "SU sak 2031.1: Sak"]
    assert found.entries[1].tags[0].label == "Tatt til orientering"
    assert found.feed.updated == "2031-03-02T00:00:00Z"
    assert feed_of().feed.updated == "Z"


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("apne-vedtak", {"text/csv", "text/calendar", "application/atom+xml"}),
        ("vedtaksoppfolging", {"text/csv", "application/atom+xml"}),
        ("vedtak", {"application/atom+xml"}),
    ],
)
def test_a_page_names_its_other_forms_where_browsers_look(served, path, kinds):
    page = ask(served, f"{path}?utvalg=su").text
    found = dict(re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)"', page))
    assert kinds <= set(found)
    for address in found.values():
        assert "utvalg=su" in address
        assert ask(served, address.removeprefix("/sakspor/").replace("&amp;", "&")).status_code == 200
