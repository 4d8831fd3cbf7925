"""The site's pages over a small collection: they answer, in Norwegian, and document text never becomes markup."""

from __future__ import annotations

import asyncio
import re

import pytest

from plugins.security_headers import HEADERS
from plugins.view.words import LOOKUPS
from store.schema import descriptions
from tests.site_collection import HOSTILE, ROOT, build, metadata, site

PAGES = [
    "/",
    "/sakspor",
    "/sakspor/sok",
    "/sakspor/sok?q=samhandlingsavvik",
    "/sakspor/sok?q=script",
    "/sakspor/sok?q=finnesikke",
    "/sakspor/saksgang",
    "/sakspor/saksgang?sak=su-2031.2",
    "/sakspor/vedtak",
    *(f"/sakspor/{name}" for name in ("apne-vedtak", "forfalt", "ansvar", "vedtaksoppfolging")),
    "/sakspor/vedtak?trinn=proposed&aar=2031&utvalg=su&utfall=noted",
    "/sakspor/moter?aar=2031",
    "/sakspor/innspill",
    "/sakspor/tiltak",
    "/sakspor/mote?mote=su-2031-03-04",
    "/sakspor/lasterapport",
    "/sakspor/cases/su-2031~2E2",
    "/sakspor/case_items?outcome=noted&_sort_desc=number",
    *(f"/sakspor/{table}" for table in sorted(descriptions())),
]
ENGLISH = re.compile(
    r"\b(Search|rows?|records?|Apply|Sort|descending|Next page|Queries|Tables|Powered|Download|home|Error|where|"
    r"Suggested facets|Advanced export|This data as|Links from|remove filter|contains|Query parameters)\b"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return build(tmp_path_factory.mktemp("samling"))


@pytest.fixture
def get(served):
    """Ask the site for an address, as a browser does."""

    def ask(path):
        async def answer():
            return await site(served).client.get(path)

        return asyncio.run(answer())

    return ask


def words(page):
    """What a reader sees: without tags, and without the titles of documents and the names of columns."""
    body = re.sub(r"<code>.*?</code>|<[^>]+>", " ", page[page.index("<main") :])
    return re.sub(r"&[a-z#0-9]+;", " ", body)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_in_norwegian(get, path):
    response = get(path)
    assert response.status_code == 200
    assert '<html lang="nb">' in response.text
    assert ENGLISH.findall(words(response.text)) == []


@pytest.mark.parametrize("path", PAGES)
def test_document_text_is_never_markup(get, path):
    page = get(path).text
    assert "<script" not in page.lower()
    assert HOSTILE not in page
    assert " style=" not in page


@pytest.mark.parametrize("path", ["/", "/sakspor/cases", "/sakspor/sok.json?q=x", "/static/sakspor.css", "/ingenting"])
def test_every_answer_has_the_security_headers(get, path):
    found = get(path).headers
    assert {name.decode(): value.decode() for name, value in HEADERS.items()}.items() <= dict(found).items()
    assert "script-src" not in found["content-security-policy"]
    assert "unsafe" not in found["content-security-policy"]


def test_a_hit_names_its_document_and_page_and_opens_there(get):
    page = get("/sakspor/sok?q=samhandlingsavvik").text
    assert "<mark>samhandlingsavvik</mark>" in page
    assert "Innkalling" in page
    address = re.search(r'class="button" href="([^"]+)">Åpne side 2<', page)
    assert address
    opened = get(address[1].replace("&amp;", "&"))
    assert opened.status_code == 200
    assert "Side 2 av 2" in opened.text
    assert "<mark" in opened.text


@pytest.mark.parametrize("typed", ['"', '""', "*", "OR", "NEAR(", "a AND (", "%", "'", "-", '" avvik"', "æøå", "\x00"])
def test_nothing_a_visitor_types_breaks_the_search(get, typed):
    from urllib.parse import quote

    assert get(f"/sakspor/sok?q={quote(typed)}").status_code == 200


def test_the_beginning_of_a_word_is_enough_and_a_phrase_is_exact(get):
    assert get("/sakspor/sok.json?q=samhandl&_shape=array").json()
    assert get('/sakspor/sok.json?q="avvik samhandling"&_shape=array').json() == []


def test_a_page_gives_way_to_the_decision_found_on_it(get):
    hits = get("/sakspor/sok.json?q=samhandlingsavvik&_shape=array").json()
    assert [hit["kind"] for hit in hits] == ["decision", "decision"]
    assert {hit["hits"] for hit in hits} == {2}


def test_the_search_can_be_narrowed(get):
    for narrowed, expected in {"utvalg=su&aar=2031": 2, "utvalg=ukjent": 0, "aar=1999": 0, "side=2": 0}.items():
        assert len(get(f"/sakspor/sok.json?q=samhandlingsavvik&_shape=array&{narrowed}").json()) == expected


def test_a_case_shows_proposal_and_decision(get):
    page = get("/sakspor/saksgang?sak=2031.2").text
    assert page.index("Samarbeidsutvalget tar saken") < page.index("Saken om samhandlingsavvik tas til orientering")
    assert "Tatt til orientering" in page
    assert "Ola Eksempel" in page
    assert page.count("Åpne side 2") >= 2


def test_a_proposal_never_looks_adopted(get):
    page = get("/sakspor/sok?q=samarbeidsutvalget").text
    page = page[page.index('class="cards"') :]
    assert ">Forslag</span>" in page
    assert "Tatt til orientering" not in page
    assert "Foreslått: Tatt til orientering" in get("/sakspor/vedtak?trinn=proposed").text


def test_an_unknown_case_is_said_to_be_unknown(get):
    assert "Fant ingen sak med nummer" in get("/sakspor/saksgang?sak=1900.1").text


def test_the_load_report_says_what_to_do(get):
    page = get("/sakspor/lasterapport").text
    assert "skadet.pdf" in page
    assert "Filen er skadet" in page
    assert "En tabellrad ble ikke forstått" in page


def test_the_load_report_adds_up(get):
    page = get("/sakspor/lasterapport").text
    found, loaded, refused, needs_ocr = map(int, re.findall(r"<strong>(\d+)</strong>", page)[:4])
    assert (found, loaded, refused, needs_ocr) == (3, 2, 1, 0)
    assert "2 lastet + 1 avvist = 3 funnet" in page


def test_the_load_report_can_be_narrowed_to_one_reason(get):
    page = get("/sakspor/lasterapport?kode=unread_row").text
    listed = page[page.index('id="liste"') :]
    assert "skadet.pdf" not in listed
    assert "rad 2" in listed
    assert "0 merknader" in get("/sakspor/lasterapport?kode=finnesikke").text


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("/sakspor/moter?aar=1999", "se alle møter"),
        ("/sakspor/vedtak?aar=1999", "se alle vedtak"),
        ("/sakspor/tiltak?tiltak=finnesikke", "se alle tiltak"),
        ("/sakspor/tiltak", "Ingen tiltak er lest ut av dokumentene"),
        ("/sakspor/innspill?tema=finnesikke", "se alle innspill"),
        ("/sakspor/innspill", "Ingen innspill eller høringssvar er lastet"),
        ("/sakspor/cases?number=finnesikke", "Fjern et filter"),
    ],
)
def test_an_empty_list_says_what_to_try(get, path, advice):
    assert advice in get(path).text


def test_decisions_can_be_fetched_as_csv_and_json(get):
    lines = get("/sakspor/vedtak.csv").text.splitlines()
    assert lines[0].startswith("date,body,number,title,text,outcome")
    assert len(lines) == 2
    assert get("/sakspor/cases.json?_shape=array").json()[0]["id"].startswith("su-")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ingenting", 404),
        ("/sakspor/ingenting", 404),
        ("/sakspor/cases/ingenting", 404),
        ("/sakspor?sql=select+1", 403),
        ("/sakspor/cases?_sort=ingenting", 400),
        ("/kilde/ingenting", 404),
    ],
)
def test_an_error_page_is_norwegian_and_offers_the_search(get, path, status):
    response = get(path)
    assert response.status_code == status
    assert ENGLISH.findall(words(response.text)) == []
    assert 'action="/sakspor/sok"' in response.text


def test_an_error_inside_shows_nothing_of_the_inside(served, monkeypatch, caplog):
    def fail(*_):
        raise RuntimeError("hemmelig")

    async def answer():
        datasette = site(served)
        await datasette.invoke_startup()
        monkeypatch.setattr(datasette, "get_database", fail)
        return await datasette.client.get("/kilde/ingenting")

    response = asyncio.run(answer())
    assert response.status_code == 500
    assert "hemmelig" not in response.text
    assert "Noe gikk galt" in response.text
    assert "hemmelig" in caplog.text


def test_every_filter_of_datasette_has_norwegian_words():
    from datasette.filters import Filters

    assert {key for key, _, _ in Filters([]).lookups()} == set(LOOKUPS)


def test_the_site_answers_without_a_database():
    async def answer():
        from datasette.app import Datasette

        empty = Datasette(memory=True, template_dir=str(ROOT / "templates"), plugins_dir=str(ROOT / "plugins"))
        return [(await empty.client.get(path)).status_code for path in ("/", "/kilde/x")]

    assert asyncio.run(answer()) == [200, 404]


def test_a_served_file_of_another_name_is_the_same_site(served, tmp_path):
    other = tmp_path / "utgave-2.db"
    other.write_bytes(served.read_bytes())

    async def answer():
        from datasette.app import Datasette

        settings = {"template_dir": str(ROOT / "templates"), "plugins_dir": str(ROOT / "plugins")}
        datasette = Datasette(immutables=[str(other)], metadata=metadata(), **settings)
        return await datasette.client.get("/sakspor/sok?q=samhandlingsavvik")

    assert "Åpne side 2" in asyncio.run(answer()).text
