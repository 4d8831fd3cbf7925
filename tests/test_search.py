"""The search knows Norwegian: what a typed word finds, in which order, how it is marked, and what is suggested."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from urllib.parse import quote

import pytest

import store
from plugins.view.search_help import help_with, near_words, suggestion
from plugins.view.search_hits import Narrowed, search
from plugins.view.search_typed import MOST_PIECES, is_cut, pieces
from plugins.view.search_words import MOST_FORMS, slots
from tests.made_index import index_of, published, result
from tests.site_collection import build, site

FINDS = [
    # typed, text that must be found, why
    ("avvik", "Prosedyre for samhandlingsavvik", "last part of a compound"),
    ("avtale", "Samarbeidsavtalene er sendt ut", "last part, inflected"),
    ("rus", "Pasienter med ruslidelser", "first part of three letters"),
    ("fastlegene", "En fastlege var til stede", "another form of the word"),
    ("jordmor", "Jordmødrene ble kalt ut", "irregular plural"),
    ("råd", "Ungdomsrådene har svart", "neuter plural that dictionaries take for a verb"),
    ("kurs", "Felles kursportal", "a first part that ends with s"),
    ("vurdering", "Fagutvalget vurderte saken", "verb of the same stem"),
    ("samarbeidsmote", "Referat fra samarbeidsmøte", "no Norwegian letters"),
    ("fodsel", "Antall fødsler i året", "no Norwegian letters, and another form"),
    ("paarorende", "Pårørende skal høres", "aa for å, oe for ø"),
    ("møter", "Partnarskapsmøtet godkjende planen", "nynorsk"),
    ("brukerutvalget", "Brukarutvalet hadde ingen merknader", "bokmål typed, nynorsk found"),
    ("sjukehus", "Avtalen med sykehuset", "nynorsk typed, bokmål found"),
    ("kostnader", "Utgiftene deles likt", "another word for the same"),
    ("utskrivelse", "Melding ved utskriving", "another ending of the same word"),
    ("samhandlings avvik", "Det ble meldt 12 samhandlingsavvik", "written apart"),
    ("26/22", "Oppfølging av sak 2022.26", "a case number in another form"),
    ("sak 2022.26", "Sak 26/2022 Årsmelding", "a case number with its word"),
    ("PM-møte", "Innkalling til PM-møte", "joined by a hyphen"),
    ("«til orientering»", "Saken tas til orientering", "a phrase"),
    ("avvik om i og", "Saken gjelder avvik", "words that say nothing are left out"),
    ("AVVIK", "avvik", "capitals"),
    ("mo\u0308te", "Möte", "a letter of two signs"),
]
FINDS_NOT = [
    ("bil", "Rehabilitering og mobil røntgen", "letters within a word"),
    ("tak", "Vedtak om tiltak", "not a compound with the word"),
    ("skap", "Partnerskap og kunnskap", "an ending, no cupboard"),
    ('"orientering til"', "Saken tas til orientering", "a phrase is not turned round"),
    ("heten", "Virksomheten og muligheten", "an ending"),
    ("2022.26", "Møtet 26. mai 2022", "numbers that are no case number"),
    ("avvik møteplan", "Saken gjelder avvik", "all words must be there"),
]


@pytest.fixture
def find(tmp_path):
    """The texts that a search finds, in order."""
    opened: list[sqlite3.Connection] = []

    def ask(typed: str, *texts: str) -> list[str]:
        conn = index_of(tmp_path / str(len(opened)), *texts)
        opened.append(conn)
        return [texts[int(hit["document_id"])] for hit in numbered(conn, typed, texts)]

    yield ask
    for conn in opened:
        conn.close()


def numbered(conn: sqlite3.Connection, typed: str, texts: tuple[str, ...]) -> list[dict[str, str]]:
    """The hits with the number of their text for the document."""
    by_id = dict(conn.execute("SELECT document_id, text FROM pages"))
    return [hit | {"document_id": texts.index(by_id[hit["document_id"]])} for hit in search(conn, typed, Narrowed())]


@pytest.mark.parametrize(("typed", "text", "why"), FINDS, ids=[why for _, _, why in FINDS])
def test_it_finds(find, typed, text, why):
    assert find(typed, text, "Noe helt annet") == [text]


@pytest.mark.parametrize(("typed", "text", "why"), FINDS_NOT, ids=[why for _, _, why in FINDS_NOT])
def test_it_does_not_find(find, typed, text, why):
    assert find(typed, text) == []


def test_a_norwegian_word_is_taken_as_it_stands(find):
    assert find("for", "Før møtet", "Planen for styret") == ["Planen for styret"]


def test_the_word_itself_comes_before_its_forms_and_compounds(find):
    texts = ("Meldte avvikene er lest", "Et samhandlingsavvik til", "Om avvik", "Avvikles i dag")
    assert find("avvik", *texts) == [
        "Om avvik",
        "Meldte avvikene er lest",
        "Et samhandlingsavvik til",
        "Avvikles i dag",
    ]


def test_a_title_comes_before_a_text_and_of_equals_the_newest(tmp_path):
    made = [
        result(1, "Om avvik", "2031-01-01"),
        result(2, "Om avvik", "2033-01-01"),
        result(3, "Annet", "2030-01-01", title="Avvik"),
        result(4, "Om avvik", "2032-01-01"),
    ]
    with closing(published(tmp_path, made)) as conn:
        assert [hit["date"][:4] for hit in search(conn, "avvik", Narrowed())] == ["2030", "2033", "2032", "2031"]


def test_the_words_of_the_document_are_marked(tmp_path):
    with closing(index_of(tmp_path, "Det ble meldt Samhandlingsavvik og avvikene er lest.")) as conn:
        [hit] = search(conn, "avvik", Narrowed())
    assert hit["snippet"] == "Det ble meldt ⟦Samhandlingsavvik⟧ og ⟦avvikene⟧ er lest."
    assert hit["words"] == "samhandlingsavvik avvikene"
    assert hit["found_by"] == "inflected"


def test_a_misspelling_is_taken_for_the_nearest_and_then_the_commonest_word(tmp_path):
    texts = ("rekruttering av fastleger", "rekruttering", "rekrutteringa", "prosedyre")
    with closing(index_of(tmp_path, *texts)) as conn:
        assert suggestion(conn, "rekrutering", Narrowed()) == "rekruttering"
        assert suggestion(conn, "Rekrutering fastlegar", Narrowed()) == "rekruttering fastlegar"
        assert near_words(conn, "prosedure")[0] == "prosedyre"
        assert suggestion(conn, "rekrutering prosedure", Narrowed()) is None  # together they stand nowhere
        assert suggestion(conn, "xyzzyqwert", Narrowed()) is None
        assert suggestion(conn, "rekruttering", Narrowed()) is None


def test_help_says_what_each_word_finds(tmp_path):
    with closing(index_of(tmp_path, "avvik", "møteplan")) as conn:
        told = help_with(conn, "avvik møteplan", Narrowed(year="1999"))
        assert [(piece.text, piece.hits) for piece in told.pieces] == [("avvik", 0), ("møteplan", 0)]
        assert help_with(conn, "avvik", Narrowed(year="1999")).without_filters == 1


HOSTILE = [
    '"',
    '""',
    "*",
    "OR",
    "NEAR(a b, 2)",
    "avvik AND (",
    "title:avvik",
    "^avvik",
    "-avvik",
    "{text} : avvik",
    "a\x00b",
    "' OR 1=1 --",
    "%_[]",
    "😀 avvik 😀",
    "\u202eavvik",
    "a" * 5000,
    "avvik " * 200,
    '"' * 99,
    "«»",
    "²³ ½ Ⅷ",
    "ﬁ ß İ ı",
    "\ud800",
    "𝒶𝓋𝓋𝒾𝓀",
    "1/1/1 2022.1.1 99999999999/22",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_breaks_it(tmp_path, typed):
    with closing(index_of(tmp_path, "Om avvik", "a b")) as conn:
        search(conn, typed, Narrowed(responsible=typed, body=typed))
        help_with(conn, typed, Narrowed())
        asked = slots(conn, pieces(typed))
        assert len(asked) <= MOST_PIECES
        assert sum(len(phrases) for slot in asked for phrases in slot.phrases) <= 2 * MOST_FORMS


def test_a_search_with_very_many_words_is_cut():
    many = " ".join(f"ord{n}" for n in range(200))
    assert len(pieces(many)) == MOST_PIECES
    assert is_cut(many)


def test_a_common_beginning_does_not_make_a_search_grow(tmp_path):
    words = [f"avtale{a}{b}{c}" for a in "abcdefghij" for b in "abcdefghij" for c in "abcdefghij"]
    with closing(index_of(tmp_path, " ".join(words))) as conn:
        [slot] = slots(conn, pieces("avtale"))
        assert len(slot.upto(4)) <= MOST_FORMS
        assert search(conn, "avtale", Narrowed())


def test_the_secretariat_s_own_words_take_effect_when_the_file_is_published(tmp_path):
    (tmp_path / "synonymer.txt").write_text("fergeleie, brygge  # ved rådhuset\n", encoding="utf-8")
    with closing(index_of(tmp_path, "Møte på bryggen")) as conn:
        assert search(conn, "fergeleie", Narrowed())


def test_a_list_of_words_that_cannot_be_understood_is_told_with_its_line(tmp_path):
    index_of(tmp_path, "avvik").close()
    for content in (b"kai, ferge\nbare ett\n", b"\xff\xfe\x00"):
        (tmp_path / "synonymer.txt").write_bytes(content)
        before = (tmp_path / "sakspor.db").read_bytes()
        with pytest.raises(store.DatabaseError, match=r"synonymer\.txt"):
            store.publish(tmp_path / "arbeid.db", tmp_path / "sakspor.db")
        assert (tmp_path / "sakspor.db").read_bytes() == before


def test_only_words_of_what_is_published_are_in_the_file(tmp_path):
    index_of(tmp_path, "åpent", "hemmelighet").close()
    with closing(sqlite3.connect(tmp_path / "arbeid.db")) as db, db:
        closed = "SELECT document_id FROM pages WHERE text = 'hemmelighet'"
        db.execute(f"UPDATE documents SET exempt = 'Unntatt offentlighet' WHERE id IN ({closed})")
    store.publish(tmp_path / "arbeid.db", tmp_path / "mindre.db")
    with closing(sqlite3.connect(tmp_path / "mindre.db")) as db:
        assert [word for (word,) in db.execute("SELECT word FROM search_words")] == ["åpent"]
        assert db.execute("SELECT count(*) FROM search_forms WHERE form LIKE 'hemmelig%'").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM search_filters").fetchone() == (1,)


def test_the_working_database_holds_no_tables_of_words(tmp_path):
    index_of(tmp_path, "avvik").close()
    with closing(sqlite3.connect(tmp_path / "arbeid.db")) as db:
        assert db.execute("SELECT count(*) FROM search_words").fetchone() == (0,)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return build(tmp_path_factory.mktemp("samling"))


def ask(served, *addresses):
    async def answer():
        datasette = site(served)
        return [await datasette.client.get(address) for address in addresses]

    return asyncio.run(answer())


def test_a_case_number_gives_the_case_first_as_its_minutes_have_it(served):
    for typed in ("2031.2", "sak 2/31", "2/2031"):
        [answer] = ask(served, f"/sakspor/sok.json?_shape=array&q={quote(typed)}")
        first, *others = answer.json()
        assert (first["case_id"], first["document_kind"], first["found_by"]) == ("su-2031.2", "minutes", "number")
        assert first["document_id"] not in {hit["document_id"] for hit in others if hit["case_id"] == "su-2031.2"}


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ("utvalg=su&aar=2031", 2),
        ("utvalg=ukjent", 0),
        ("aar=1999", 0),
        ("type=minutes", 1),
        ("type=procedure", 0),
        ("utfall=noted", 2),
        ("utfall=approved", 0),
        ("tilstand=nothing_to_follow_up", 2),
        ("tilstand=done", 0),
        ("ansvarlig=ola+eksempel", 1),
        ("ansvarlig=%C3%98yvind", 0),
        ("type=agenda&ansvarlig=OLA", 1),
    ],
)
def test_a_search_is_narrowed(served, narrowed, expected):
    [answer] = ask(served, f"/sakspor/sok.json?_shape=array&q=samhandlingsavvik&{narrowed}")
    assert len(answer.json()) == expected


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # SQLite tells of it on its own
def test_a_search_that_takes_too_long_is_an_error_and_not_an_empty_list(served, monkeypatch):
    def interrupted(*_):
        raise sqlite3.OperationalError("interrupted")

    monkeypatch.setattr("plugins.view.search_hits.slots", interrupted)
    [page] = ask(served, "/sakspor/sok?q=samhandlingsavvik")
    assert page.status_code == 400
    assert "kunne ikke gjennomføres" in page.text


def test_the_page_says_what_to_try_where_nothing_is_found(served):
    [slip, narrowed, none, several, beyond] = ask(
        served,
        "/sakspor/sok?q=samhandlingsavik",
        "/sakspor/sok?q=samhandlingsavvik&aar=1999",
        "/sakspor/sok?q=xyzzy",
        "/sakspor/sok?q=samhandlingsavvik+xyzzy",
        "/sakspor/sok?q=samhandlingsavvik&side=9",
    )
    assert "Mente du" in slip.text
    assert "<strong>samhandlingsavvik</strong>" in slip.text
    assert "Søk uten filtre" in narrowed.text
    assert "Ingen treff på «xyzzy»" in none.text
    assert "Mente du" not in none.text
    assert "Bare <a" in several.text
    assert "Det er ikke flere treff" in beyond.text


def test_a_search_of_many_words_says_what_was_left_out(served):
    [answer] = ask(served, "/sakspor/sok?q=" + "+".join(f"ord{n}" for n in range(30)))
    assert "Bare de 20 første er tatt med" in answer.text


def test_the_filters_asked_for_are_still_chosen_on_the_page(served):
    [answer] = ask(served, "/sakspor/sok?q=avvik&type=minutes&tilstand=open&ansvarlig=Ola")
    assert '<option value="minutes" selected>' in answer.text
    assert '<option value="open" selected>' in answer.text
    assert 'value="Ola"' in answer.text
    assert '<details class="more" open>' in answer.text
