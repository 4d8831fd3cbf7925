"""One person across spellings and partial names, two people never taken for one, every printed name accounted for."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

import store
from models.records import Attendance, CaseItem, Document, Evidence, Extraction, Meeting, Responsibility, Submission
from models.result import FileResult
from store.names.document import MANY, NOBODY
from store.names.forms import are_spellings, form, is_whole, says_more
from store.names.persons import persons
from store.names.resolve import CLAIMED, ELSEWHERE, MANY_PEOPLE
from store.references import NO_SUCH_BODY
from tests.made_results import result

# Two names of one collaboration, each in a document of its own: whether they are one person's, and why.
PAIRS = (
    ("Rannveig Velde", "Ranveig Velde", True, "a doubled letter"),
    ("Christian Moe", "Kristian Moe", True, "Ch and K"),
    ("Cathrine Moe", "Katrine Moe", True, "C, K and th"),
    ("Fredrik Moe", "Frederik Moe", True, "a letter more within a long name"),
    ("Rune Burland", "Rune Burland-Moe", True, "a double surname"),
    ("Rune Burland", "Rune Burland Moe", True, "the same without its hyphen"),
    ("Rune Moe", "Rune Burland-Moe", True, "the other half of a double surname"),
    ("Marte W. Lien", "Marte Wang Lien", True, "an initial in the middle"),
    ("Marte Lien", "Marte Wang Lien", True, "no middle name"),
    ("Anne-Lise Berg", "Anne Lise Berg", True, "a hyphen"),
    ("Åse Haaland", "ÅSE HÅLAND", True, "capitals, and aa for å"),
    ("André Vik", "Andre Vik", True, "an accent"),
    ("Ordfører Kari Dal", "Kari Dal", True, "a title before"),
    ("v/Kari Dal", "Kari Dal", True, "who speaks"),
    ("Kari Dal (SiF)", "Kari Dal (permisjon)", True, "brackets behind"),
    ("Kari Dal", "Karin Dal", False, "another name, though one letter longer"),
    ("Anne Dal", "Ane Dal", False, "short names that differ in a doubled letter"),
    ("Ingvild Moe", "Ingvald Moe", False, "another vowel makes another name"),
    ("Kristin Moe", "Kristine Moe", False, "another ending"),
    ("Kari Dal", "Kari Lie", False, "the same given name, another surname"),
    ("Kari Dal", "Ola Dal", False, "the same surname, another given name"),
    ("Marte Wang Lien", "Marte Lund Lien", False, "middle names that differ"),
    ("Marte W. Lien", "Marte Lund Lien", False, "an initial that does not fit"),
    ("Petter Aune", "Jan Petter Aune", False, "the given name is another one"),
    ("Rune Burland", "Rune Burlandsvik", False, "a surname that only begins alike"),
    ("K. Dal", "Kari Dal", False, "an initial for a given name, in another document"),
    ("Rune B.", "Rune Burland", False, "an initial for a surname, in another document"),
)

Listed = str | tuple[str, str | None, str | None]
KARI = ("kari-dal", "name", None)
HOSPITAL = ("sykehuset-i-fjordregionen-hf", "abbreviation", None)
COUNTY = ("more-og-romsdal-fylkeskommune", "name", None)


def minutes(path: str, *names: Listed, place: str = "Fjordregionen", **more) -> FileResult:
    """Minutes that list people, each as "name" or as (name, organisation, role)."""
    people = [(name, None, None) if isinstance(name, str) else name for name in names]
    date = more.pop("date", "2024-02-01")
    attendances = tuple(
        Attendance(
            name=name,
            organisation=organisation,
            role=role,
            presence="present",
            evidence=(Evidence(field="name", text=name, page=2),),
        )
        for name, organisation, role in people
    )
    head = {key: more.pop(key) for key in ("chair", "secretary") if key in more}
    document = Document(n=0, kind="minutes", title="Referat", body="SSU", date=date, first_page=1, last_page=2)
    meeting = Meeting(body="SSU", date=date, attendances=attendances, **head)
    text = f"Helsefellesskapet i {place}\n{more.pop('text', '')}" if place else "Referat"
    return result(path, Extraction(document=document, meeting=meeting, **more), texts=({1: text},))


def actor(name: str, *, responsible: tuple[str, ...] = ()) -> dict:
    """What minutes hold beside their list: a case with an Ansvar column, and a commitment."""
    return {
        "case_items": (CaseItem(number="2024.1", title="Sak", responsible=responsible, first_page=2),),
        "responsibilities": (Responsibility(number="2024.1", stage="adopted", actor=name, action="sender ut"),),
    }


def load(*files: FileResult) -> Database:
    db = store.open_database(":memory:")
    for file in files:
        store.save(db, file)
        store.link(db)
    assert store.link(db) == 0
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    return db


def people(db: Database) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM people ORDER BY id")]


def meant(db: Database, printed: str) -> set[tuple]:
    """What is said of a printed name: whom it means, how that is known, or why not."""
    sql = (
        "SELECT coalesce(person_id, organisation_id, body_id), how, unresolved FROM name_mentions"
        " WHERE printed = ? ORDER BY id"
    )
    return set(db.execute(sql, (printed,)))


@pytest.mark.parametrize(("one", "other", "same", "why"), PAIRS, ids=[f"{a} / {b}" for a, b, _, _ in PAIRS])
def test_two_names_are_one_person_or_two(one, other, same, why):
    db = load(minutes("a", chair=one), minutes("b", chair=other, date="2024-03-01"))
    rows = db.execute("SELECT person_id FROM name_mentions WHERE field = 'chair'").fetchall()
    assert len(rows) == 2
    assert (len(set(rows)) == 1 and rows[0][0] is not None) is same, why


def test_people_of_two_collaborations_stay_apart_and_their_keys_say_so():
    db = load(minutes("a", "Kari Hansen"), minutes("b", "Kari Hansen", place="Innlandet"))
    keys = [row["id"] for row in db["people"].rows]
    assert keys == ["kari-hansen-fjordregionen", "kari-hansen-innlandet"]


def test_a_document_that_names_no_collaboration_is_not_given_one_of_several():
    files = [minutes("a", "Kari Hansen"), minutes("b", "Kari Hansen", place="Innlandet")]
    db = load(*files, minutes("c", "Kari Hansen", "Ola Lie", place="", date="2024-05-01"))
    assert (None, None, ELSEWHERE) in meant(db, "Kari Hansen")
    assert meant(db, "Ola Lie") == {("ola-lie", "name", None)}


def test_a_short_name_that_fits_two_is_neithers():
    db = load(
        minutes("a", chair="Rune Burland-Moe"), minutes("b", chair="Rune Burland Lie"), minutes("c", "Rune Burland")
    )
    assert meant(db, "Rune Burland") == {(None, None, MANY_PEOPLE)}
    assert people(db) == ["Rune Burland Lie", "Rune Burland-Moe"]


def test_the_document_tells_which_of_two_a_short_name_means():
    there = minutes("c", "Rune Burland Lie", **actor("Rune Burland"))
    db = load(minutes("a", chair="Rune Burland-Moe"), there)
    assert meant(db, "Rune Burland") == {("rune-burland-lie", "same_document", None)}


def test_two_names_in_one_list_are_two_people():
    db = load(minutes("a", "Kari Hansen", "Kari Wang Hansen"), minutes("b", "Kari Hansen"))
    assert people(db) == ["Kari Hansen", "Kari Wang Hansen"]


def test_two_short_names_in_one_list_do_not_both_become_the_long_one():
    db = load(minutes("a", "Kari Hansen", "Kari W. Hansen"), minutes("b", chair="Kari Wang Hansen"))
    assert meant(db, "Kari Hansen") == {(None, None, CLAIMED)}


def test_spellings_that_do_not_all_agree_are_not_chained():
    names = ("Margrete Moe", "Margarete Moe", "Margaretha Moe")
    db = load(*(minutes(name, chair=name) for name in names))
    assert len(people(db)) == len({row["person_id"] for row in db["name_mentions"].rows}) > 1


@pytest.mark.parametrize(
    ("listed", "printed", "expected"),
    [
        (("Irene Dal", "Ola Lie"), "Irene", ("irene-dal", "same_document", None)),
        (("Irene Dal", "Ola Lie"), "Lie", ("ola-lie", "same_document", None)),
        (("Irene Dal", "Ola Lie"), "OL", ("ola-lie", "same_document", None)),
        (("Irene Dal", "Ola Lie"), "I. Dal", ("irene-dal", "same_document", None)),
        (("Irene Dal", "Irene Lie"), "Irene", (None, None, MANY)),
        (("Ola Lie",), "Irene", (None, None, NOBODY)),
        (("Tom Ole Øye",), "Ole", (None, None, NOBODY)),
    ],
)
def test_less_than_a_whole_name_means_somebody_of_the_same_document(listed, printed, expected):
    db = load(minutes("a", *listed, **actor(printed)), minutes("b", "Irene Velde", date="2024-05-01"))
    assert meant(db, printed) == {expected}


def test_the_ansvar_column_tells_too():
    db = load(minutes("a", **actor("Irene", responsible=("Irene Dal", "Ola Lie"))))
    assert meant(db, "Irene") == {("irene-dal", "same_document", None)}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("SSU", {"SSU": ("ssu", "name", None)}),
        ("SSUs medlemmer", {"SSUs medlemmer": (None, "role", None)}),
        ("Sekretariatet", {"Sekretariatet": (None, "role", None)}),
        ("Nordvik kommune", {"Nordvik kommune": ("nordvik-kommune", "name", None)}),
        ("Nordvik", {"Nordvik": ("nordvik-kommune", "partial", None)}),
        ("SiF", {"SiF": HOSPITAL}),
        ("Kari Dal og SiF", {"Kari Dal": KARI, "SiF": HOSPITAL}),
        ("FSU-R v/Kari Dal", {"FSU-R": (None, None, NO_SUCH_BODY), "Kari Dal": KARI}),
        ("Møre og Romsdal fylkeskommune", {"Møre og Romsdal fylkeskommune": COUNTY}),
    ],
)
def test_an_actor_is_a_person_an_organisation_a_body_or_a_role(printed, expected):
    there = ("Kari Dal", "Nordvik kommune", "Rådgiver")
    text = "Sykehuset i Fjordregionen HF (SiF) deltok."
    db = load(minutes("a", there, text=text, **actor(printed)))
    sql = "SELECT printed, coalesce(person_id, organisation_id, body_id), how, unresolved FROM name_mentions"
    found = {row[0]: row[1:] for row in db.execute(f"{sql} WHERE field = 'actor'")}
    assert found == expected


def test_a_municipality_and_a_county_of_one_name_are_not_taken_for_one():
    db = load(
        minutes(
            "a",
            ("Kari Dal", "Nordvik", None),
            ("Ola Lie", "Nordvik kommune", None),
            ("Per Li", "Nordvik fylkeskommune", None),
        )
    )
    assert meant(db, "Nordvik") == {(None, None, "Navnet passer på flere organisasjoner")}


def test_an_abbreviation_that_nobody_explains_stays_itself():
    letter = Extraction(
        document=Document(n=0, kind="input_letter", organisation="Sykehuset i Fjordregionen HF"),
        submission=Submission(sender="Sykehuset i Fjordregionen HF"),
    )
    db = load(minutes("a", ("Kari Dal", "SiF", None)), result("b", letter))
    assert [row["id"] for row in db["organisations"].rows] == ["sif", "sykehuset-i-fjordregionen-hf"]


def test_a_mention_keeps_what_is_printed_and_where():
    db = load(
        minutes("a", ("Kari Dal", "Nordvik kommune", "Rådgiver"), secretary="Samhandlingssjef Ola Lie (SiF)/Kari Dal")
    )
    rows = {(row["field"], row["printed"]): row for row in db["name_mentions"].rows}
    present = rows["name", "Kari Dal"]
    assert (present["role"], present["organisation"], present["date"], present["page"]) == (
        "Rådgiver",
        "Nordvik kommune",
        "2024-02-01",
        2,
    )
    writing = rows["secretary", "Samhandlingssjef Ola Lie (SiF)"]
    assert (writing["role"], writing["organisation"], writing["person_id"]) == ("Samhandlingssjef", "SiF", "ola-lie")
    assert rows["secretary", "Kari Dal"]["person_id"] == "kari-dal"


def told(db: Database) -> list[list]:
    return [sorted(db[name].rows, key=str) for name in ("people", "organisations", "name_mentions")]


def test_the_order_of_loading_does_not_matter():
    files = (
        minutes("a", "Rune Burland", ("Kari Dal", "Nordvik", None), **actor("Kari")),
        minutes("b", "Rune Burland-Moe", ("Kari Dal", "Nordvik kommune", None), date="2024-03-01"),
        minutes("c", "Rune Burland Lie", "Ranveig Velde", date="2024-05-01", place=""),
        minutes("d", "Rannveig Velde", "Kari Hansen", place="Innlandet", date="2024-06-01"),
    )
    expected = told(load(*files))
    for order in permutations(files):
        assert told(load(*order)) == expected


def test_a_person_goes_with_the_last_mention_and_the_body_with_its_last_document():
    db = load(minutes("a", "Kari Dal", **actor("SSU")))
    fresh = Extraction(document=Document(n=0, kind="input_letter"), submission=Submission(sender="Nordvik kommune"))
    store.save(db, result("a", fresh), again=True)
    store.link(db)
    assert [db[name].count for name in ("people", "organisations", "name_mentions", "bodies")] == [0, 1, 1, 0]


GIVEN = ("Kari", "Karin", "Rannveig", "Ranveig", "Margrete", "Margarete", "Margrethe", "Kari Anne", "K.")
SURNAMES = ("Dal", "Dal-Moe", "Moe", "Dal Moe Lie", "D.", "D. Moe", "Lie", "M. Lie")
NAMES = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(SURNAMES)).map(form).filter(is_whole)


PAIRS_APART = st.sets(st.frozensets(NAMES, max_size=2))


@given(st.lists(NAMES, max_size=12, unique=True), st.randoms(use_true_random=False), PAIRS_APART)
def test_people_do_not_depend_on_the_order_of_names_and_never_hold_two_that_are_apart(names, random, pairs):
    def apart(one, other):
        return frozenset((one, other)) in pairs

    found = persons(names, apart)
    shuffled = random.sample(names, len(names))
    assert persons(shuffled, apart) == found
    by_person = defaultdict(list)
    for name, one in found.items():
        if len(one.people) == 1:
            by_person[one.people[0]].append(name)
    for person, own in by_person.items():
        assert not any(apart(*pair) for pair in combinations(own, 2))
        assert all(name in person or any(says_more(fuller, name) for fuller in person) for name in own)
        assert all(are_spellings(*pair) for pair in combinations(person, 2))


def test_a_crowd_that_differs_in_doubled_letters_alone_is_no_one_person():
    spelled = ("".join(letters) for letters in product(*((letter, letter * 2) for letter in "martinels")))
    names = [(given, "dal") for given in spelled]
    assert {one.people for one in persons(names).values()} == {((name,),) for name in names}
