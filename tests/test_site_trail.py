"""A case, a meeting and the named on the site: what is decided, what became of it, and who answers for it."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from types import SimpleNamespace

import pytest

from plugins.view import case_follow_up, front, named
from tests.site_collection import site
from tests.trail_collection import LATER, OTHER_TASK, PROPOSAL, TASK, build


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return build(tmp_path_factory.mktemp("saksgang"))


@pytest.fixture
def get(served):
    def ask(path):
        async def answer():
            return await site(served).client.get(path)

        response = asyncio.run(answer())
        assert response.status_code == 200
        return response.text

    return ask


@pytest.fixture
def on(monkeypatch):
    """Let the site take another day for today."""

    def set_day(day):
        clock = SimpleNamespace(now=lambda: datetime.fromisoformat(f"{day}T12:00:00+01:00"))
        for module in (front, case_follow_up):
            monkeypatch.setattr(module, "datetime", clock)

    return set_day


CASE = "/sakspor/saksgang?sak=su-2031.1"


def part(page, first, last):
    return page[page.index(first) : page.index(last, page.index(first))]


def test_proposal_and_decision_stand_side_by_side(get):
    page = get(CASE)
    assert PROPOSAL in part(page, 'id="forslag"', "</section>")
    assert TASK in part(page, 'id="vedtaket"', "</section>")


def test_how_it_was_voted_stands_below_the_decision_with_a_link_to_the_page(get):
    voted = part(get(CASE), "<h3>Avstemning</h3>", "</ul>")
    shown = " ".join(re.sub(r"<[^>]+>", " ", voted).split())
    assert shown == "Avstemning Forslaget 8 for, 1 imot: vedtatt Vis kilden Imot: Per Vestby (V)"
    assert re.findall(r'href="[^"]+side=2&amp;bevis=[^"]+2031.1%2Fv1"', voted)


def test_each_point_has_its_state_with_reason_and_a_link_to_the_evidence(get, on):
    on("2031-07-01")
    decided = part(get(CASE), 'id="vedtaket"', "</section>")
    first, second = part(decided, TASK, OTHER_TASK), decided[decided.index(OTHER_TASK) :]
    assert "Behandlet i sak 2031.9" in first
    assert re.search(r'href="/kilde/su-2031-06-10-minutes-\w+\?side=2&amp;bevis=[^"]+">Se hvor det står', first)
    assert "Frist: innen 2031-05-01" in first
    assert ">Forfalt<" not in first
    assert "Behandlet" in second or "Åpent" in second


def test_the_time_line_runs_from_the_agenda_to_the_later_case(get):
    line = part(get(CASE), 'class="timeline"', "</section>")
    order = [line.index(words) for words in ("agenda SU", "minutes SU", "tar saken opp igjen")]
    assert order == sorted(order)
    assert line.count("<h3>") == 3, "the copy of the minutes is no event of its own"
    assert "referat-kopi.pdf" in line or "referat.pdf" in line
    assert 'href="/sakspor/saksgang?sak=su-2031.9"' in line


def test_the_later_case_shows_what_it_follows_up(get):
    page = get("/sakspor/saksgang?sak=su-2031.9")
    line = part(page, 'class="timeline"', "</section>")
    assert line.index("Følger opp") < line.index(TASK) < line.index("minutes SU")
    assert "Viser til" in page
    assert "Omtalt i" in get(CASE)


def test_the_front_page_counts_what_is_open_and_overdue(get, on):
    def figures(day):
        on(day)
        shown = part(get("/"), "Oppfølging i dag", "</ul>")
        return [int(number) for number in re.findall(r"<strong>(\d+)</strong>", shown)]

    before, after = figures("2031-03-05"), figures("2031-12-31")
    assert before[1] == 0, "nothing is overdue before its last day has passed"
    assert before[0] == after[0] >= after[1]
    assert figures("2030-01-01") == [0, 0], "nothing was decided yet"


def test_a_meeting_shows_cases_decisions_attendance_and_documents(get):
    page = get("/sakspor/mote?mote=su-2031-03-04")
    cases = part(page, 'id="saker"', "</section>")
    assert cases.count("<h3>") == 2, "each case once, whatever documents tell of it"
    assert cases.index("2031.1 Felles plan") < cases.index(TASK) < cases.index("2031.2 Møteplan")
    attendance = part(page, 'id="fremmote"', "</section>")
    assert attendance.index("Til stede") < attendance.index("Nordvik kommune") < attendance.index("Kari Eksempel")
    assert attendance.index("Forfall") < attendance.index("Fossum kommune") < attendance.index("Ola Eksempel")
    assert attendance.count("Kari Eksempel</a>") == 1
    assert part(page, 'id="dokumenter"', "</section>").count("<li>") == 3


def test_a_person_has_responsibilities_roles_and_meetings(get):
    assert 'href="/sakspor/person?person=ola-eksempel"' in get("/sakspor/mote?mote=su-2031-03-04")
    page = get("/sakspor/person?person=ola-eksempel")
    assert OTHER_TASK in part(page, 'id="ansvar"', "</section>")
    assert "Fossum kommune" in part(page, 'id="roller"', "</section>")
    assert part(page, 'id="moter"', "</section>").count("<li>") == 2
    assert "Leder, Nordvik kommune" in get("/sakspor/person?person=kari-eksempel")


def test_an_organisation_has_responsibilities_and_people(get):
    page = get("/sakspor/organisasjon?organisasjon=nordvik-kommune")
    assert part(page, 'id="ansvar"', "</section>").count(TASK) == 1, "the copy tells of no other task"
    assert "Kari Eksempel" in part(page, 'id="folk"', "</section>")
    assert "Ola Eksempel" not in part(page, 'id="folk"', "</section>")


def test_long_lists_say_how_much_there_is_more(get, monkeypatch):
    monkeypatch.setattr(named, "MOST", 1)
    page = get("/sakspor/person?person=ola-eksempel")
    assert "De siste 1 av 2" in page
    assert "/sakspor/name_mentions?person_id=ola-eksempel" in page


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("/sakspor/saksgang?sak=1900.1", "Prøv nummeret slik det står i dokumentet"),
        ("/sakspor/mote?mote=ukjent", "Velg det i"),
        ("/sakspor/mote", "Adressen sier ikke hvilket møte"),
        ("/sakspor/person?person=ukjent", "Finn navnet i"),
        ("/sakspor/organisasjon", "Finn navnet i"),
    ],
)
def test_what_is_not_found_says_what_to_try(get, path, advice):
    assert advice in get(path)


def test_a_number_that_two_bodies_use_asks_which(tmp_path):
    import store
    from tests.made_results import case, meeting, result

    db = store.open_database(tmp_path / "arbeid.db")
    for body in ("SSU", "PM"):
        store.save(db, result(f"{body}.pdf", meeting("minutes", body, "2031-02-01", case("2031.1", f"Sak i {body}"))))
    store.link(db)
    db.close()
    store.publish(tmp_path / "arbeid.db", tmp_path / "sakspor.db")

    async def answer():
        return (await site(tmp_path / "sakspor.db").client.get("/sakspor/saksgang?sak=2031.1")).text

    page = asyncio.run(answer())
    assert page.count("<h1>") == 1
    assert "Flere saker har nummer 2031.1" in page
    assert 'href="/sakspor/saksgang?sak=pm-2031.1"' in page
    assert LATER not in page
