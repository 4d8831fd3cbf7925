"""What is exempt stays in the working database: no trace of a planted word in the published file, wherever it stood."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout

import pytest
from reportlab.pdfgen.canvas import Canvas

import cli
import pipeline
import store
from store.schema import TABLES
from tests import word_builder as word
from tests.site_collection import site

PLANTED = "Kvitveisfjellet"
MARK = "Unntatt offentlighet, offl. § 13"


def run(*arguments):
    """The exit status of a command and what it says."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as end:
        cli.main([str(argument) for argument in arguments])
    return end.value.code, said.buffer.getvalue().decode()


def docx(path, body, **parts):
    """A DOCX that ends in the name of its folder and file, so that no two have the same content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ending = word.p(f"Dokument {path.parent.name} {path.stem}")
    path.write_bytes(word.zipped(word.members(body + ending, **parts)))


def pdf(path, *pages):
    """Pages of lines; a line of two parts has its second part far to the right, and a leading star makes it bold."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    for lines in pages:
        for n, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if line.startswith("*") else "Helvetica", 11)
            for x, part in zip((72, 360), line.lstrip("*").split(" >> "), strict=False):
                canvas.drawString(x, 780 - 22 * n, part)
        canvas.showPage()
    canvas.save()


def memo(*head, text=PLANTED):
    """A case memo whose secret stands in title, label, table, text and proposal."""
    lines = "".join(word.p(line) for line in head)
    table = word.table(word.tr(word.tc("Saksnr"), word.tc("2031.77")), word.tr(word.tc("Tiltak"), word.tc(text)))
    body = word.p(word.bold(f"Saksframlegg {text}")) + table
    body += word.p(f"Saksbehandler: {text} Hansen") + word.p(f"Det vises til tidligere drøftinger om {text}.")
    return lines + body + word.p(word.bold("Forslag til vedtak")) + word.p(f"{text} godkjennes.")


def fill(folder):
    """Exempt documents with the secret in every place, among open ones that refer to them."""
    docx(folder / "merket.docx", memo("UNNTATT OFFENTLIGHET"))
    docx(folder / "hjemmel.docx", memo("Nordvik kommune", "jf. offentleglova § 23 første ledd"))
    docx(folder / "nynorsk.docx", memo("Unnateke offentlegheit"))
    docx(folder / "topptekst.docx", memo(), header=word.p("U.off. offl. § 14"))
    row = word.tr(word.tc("Gradering"), word.tc("Fortrolig"))
    docx(folder / "gradering.docx", word.table(row) + memo())
    docx(folder / "navn unntatt offentlighet.docx", memo())
    docx(folder / f"{PLANTED}.docx", memo(MARK))
    docx(folder / "Unntatt offentlighet" / "notat.docx", memo())
    docx(folder / "personal" / f"notat {PLANTED}.docx", memo())
    attendance = word.p("Til stede: Kari Eksempel (Fossum), " + PLANTED + " (Nordvik)")
    docx(folder / "lukket-referat.docx", word.p("LUKKET MØTE") + word.p("Referat SU 05.05.2031") + attendance)
    pdf(folder / "stempel.pdf", [f"Nordvik kommune >> {MARK}", "*Saksframlegg", f"Gjelder {PLANTED}"])
    pdf(folder / "flere-sider.pdf", ["UNNTATT OFFENTLIGHET", "*Notat", "Første side"], [f"Andre side {PLANTED}"])
    (folder / "personal" / f"skadet {PLANTED}.pdf").write_bytes(b"%PDF-1.7 og ikke mer")


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "arkiv"
    folder.mkdir()
    (tmp_path / "sakspor.toml").write_text('[publisering]\nunntatt = ["personal"]\n', encoding="utf-8")
    return folder


def load(folder, working):
    """What ``sakspor load`` does with the files of a folder, in this process."""
    with closing(store.open_database(working)) as db:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            store.save(db, pipeline.read_file(path))
        store.link(db)


@pytest.fixture
def publish(tmp_path):
    def load_and_publish(*arguments):
        load(tmp_path / "arkiv", tmp_path / "arbeid.db")
        status, said = run("publish", tmp_path / "arbeid.db", "--out", tmp_path / "ut" / "sakspor.db", *arguments)
        assert status == 0, said
        return said

    (tmp_path / "ut").mkdir()
    return load_and_publish


@pytest.fixture
def published(tmp_path):
    """Rows of the published file."""

    def rows(sql):
        with closing(sqlite3.connect(tmp_path / "ut" / "sakspor.db")) as db:
            return db.execute(sql).fetchall()

    return rows


def traces(folder):
    """The secret in all that was written beside the published file, in any case of letters."""
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    return content.lower().count(PLANTED.lower().encode()) + content.count(PLANTED.encode("utf-16-le"))


def test_nothing_of_an_exempt_document_is_published(tmp_path, archive, publish, published):
    fill(archive)
    docx(archive / "apent.docx", word.p(word.bold("Saksframlegg")) + word.p("Oppfølging av sak 2031.77. Åpen tekst."))
    told = publish()
    assert "Holdt tilbake: 12 dokumenter" in told
    assert traces(tmp_path / "ut") == 0
    assert published("SELECT count(*) FROM documents") == [(1,)]
    assert published("SELECT path FROM source_files") == [("../arkiv/apent.docx",)]
    with closing(sqlite3.connect(tmp_path / "arbeid.db")) as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (13,)
        marks = {mark for (mark,) in db.execute("SELECT exempt FROM documents WHERE exempt IS NOT NULL")}
        places = db.execute("SELECT count(*) FROM evidence WHERE field = 'exempt'").fetchone()[0]
    assert {"UNNTATT OFFENTLIGHET", "Unnateke offentlegheit", "Gradering: Fortrolig", MARK} <= marks
    assert places == 9


def test_open_documents_that_speak_of_the_law_are_published(archive, publish, published):
    procedure = word.p(word.bold("Prosedyre for post")) + word.p(
        "Brev merket UNNTATT OFFENTLIGHET sendes i egen konvolutt."
    )
    docx(archive / "prosedyre.docx", procedure)
    discussion = "Rådet drøftet hvordan offentleglova § 23 skal forstås i forhandlinger mellom kommunene og foretaket."
    docx(archive / "drofting.docx", word.p(word.bold("Saksframlegg")) + word.p(discussion))
    docx(archive / "skjema.docx", word.table(word.tr(word.tc("Unntatt offentlighet:"), word.tc(""))) + word.p("Notat"))
    docx(archive / "nei.docx", word.p("U.off: Nei") + word.p("Notat"))
    publish()
    assert published("SELECT count(*) FROM documents") == [(4,)]


def agenda_pages():
    return (
        [
            "*Innkalling SU",
            "Dato: 05.05.2031",
            "Sted: Nordvik",
            "*Sak 2031.1 Godkjenning av innkalling",
            "Tas til orientering.",
        ],
        [
            f"*Sak 2031.2 Tilsetting {PLANTED}",
            MARK,
            f"Søker er {PLANTED}.",
            "*Forslag til vedtak",
            f"{PLANTED} tilsettes.",
        ],
        ["*Sak 2031.3 Samhandlingsavvik", "*Forslag til vedtak", "Saken om samhandlingsavvik tas til orientering."],
    )


def test_an_exempt_case_in_an_open_agenda(tmp_path, archive, publish, published):
    pdf(archive / "innkalling.pdf", *agenda_pages())
    told = publish()
    assert "1 saker" in told
    assert traces(tmp_path / "ut") == 0
    assert published("SELECT number FROM case_items ORDER BY 1") == [("2031.1",), ("2031.3",)]
    assert published("SELECT id FROM cases ORDER BY 1") == [("su-2031.1",), ("su-2031.3",)]
    assert published("SELECT page FROM pages ORDER BY 1") == [(1,), (3,)]
    assert published("SELECT downloadable FROM source_files") == [(0,)]
    document = published("SELECT id FROM documents")[0][0]

    async def ask():
        client = site(tmp_path / "ut" / "sakspor.db").client
        return [
            await client.get(f"/kilde/{document}{rest}")
            for rest in ("/side/1.png", "/side/2.png", "/fil", "?side=2", "?side=1")
        ]

    shown, hidden, original, text, other = asyncio.run(ask())
    assert shown.status_code == 200
    assert hidden.status_code == 404
    assert original.status_code == 404
    assert "Siden er holdt tilbake" in text.text
    assert "Last ned originalen" not in other.text
    assert "Godkjenning av innkalling" in other.text


def test_an_exempt_case_is_exempt_in_the_minutes_too(tmp_path, archive, publish, published):
    pdf(archive / "innkalling.pdf", *agenda_pages())
    minutes = word.p(word.bold("Referat SU 05.05.2031")) + word.p(word.bold("Sak 2031.1 Godkjenning av innkalling"))
    minutes += word.p("Vedtak: Godkjent.") + word.p(word.bold(f"Sak 2031.2 Tilsetting {PLANTED}"))
    docx(archive / "referat.docx", minutes + word.p(f"Vedtak: {PLANTED} tilsettes."))
    publish()
    assert traces(tmp_path / "ut") == 0
    items = "SELECT kind, number FROM case_items JOIN documents ON documents.id = document_id ORDER BY 1, 2"
    assert published(items) == [("agenda", "2031.1"), ("agenda", "2031.3"), ("minutes", "2031.1")]


def test_a_part_of_the_meeting_without_the_public(tmp_path, archive, publish, published):
    heads = [
        ("Sak 2031.1 Møteplan", "åpent"),
        ("Saker til behandling i lukket møte", None),
        ("Sak 2031.2 Ny avtale", PLANTED),
    ]
    heads += [("Sak 2031.3 Lokaler", PLANTED), ("Åpent møte", None), ("Sak 2031.4 Budsjett", "åpent")]
    body = word.p(word.bold("Referat SU 05.05.2031"))
    for head, said in heads:
        body += word.p(word.bold(head)) + (word.p(f"Vedtak: Det som gjelder {said} godkjennes.") if said else "")
    docx(archive / "referat.docx", body)
    publish()
    assert traces(tmp_path / "ut") == 0
    assert published("SELECT number FROM case_items ORDER BY 1") == [("2031.1",), ("2031.4",)]


HEAD = ["*Innkalling SU", "Dato: 05.05.2031", "*Sak 2031.1 Møteplan", "Tas til orientering."]
MARKED_IN_LIST = f"Sak 2031.2 Tilsetting {PLANTED} - unntatt offentlighet"
CLOSED = "Møtet ble lukket under behandlingen av saken."
LAST = ["*Sak 2031.3 Budsjett", "Budsjettet godkjennes."]


@pytest.mark.parametrize(
    ("pages", "left"),
    [
        (
            [
                [*HEAD[:2], "*Saksliste", "Sak 2031.1 Møteplan", MARKED_IN_LIST, "Sak 2031.3 Budsjett"],
                ["*Sak 2031.1 Møteplan", "Tas til orientering."],
                [f"*Sak 2031.2 Tilsetting {PLANTED}", f"Det gjelder {PLANTED}"],
                LAST,
            ],
            ["2031.1", "2031.3"],
        ),
        ([[*HEAD, "UNNTATT OFFENTLIGHET", f"*Sak 2031.2 Tilsetting {PLANTED}", "Tekst"], LAST], ["2031.3"]),
        (
            [
                [*HEAD, "*Saker til behandling i lukket møte", f"*Sak 2031.2 Tilsetting {PLANTED}"],
                [f"*Sak 2031.3 Personalsak {PLANTED}", "Tekst"],
            ],
            ["2031.1"],
        ),
        (
            [
                [*HEAD, "*Sak 2031.2 Tilsetting", "Unntatt offentlighet, offl. § 25"],
                ["Sak 2031.2", "*Notat", f"Gjelder {PLANTED}"],
                ["Sak 2031.3", "*Notat", "Åpent notat"],
            ],
            ["2031.1"],
        ),
        (
            [
                [
                    "*Protokoll SU",
                    *HEAD[1:],
                    f"*Sak 2031.2 Tilsetting av {PLANTED}",
                    CLOSED,
                    f"Vedtak: {PLANTED} velges.",
                ],
                ["*Sak 2031.3 Budsjett", "Møtet ble åpnet.", "Vedtak: Godkjent."],
            ],
            ["2031.1", "2031.3"],
        ),
    ],
    ids=["marked in the list", "a stamp between two cases", "a closed part", "an annex", "closed in the treatment"],
)
def test_exempt_cases_however_they_are_marked(tmp_path, archive, publish, published, pages, left):
    pdf(archive / "mote.pdf", *pages)
    publish()
    assert traces(tmp_path / "ut") == 0
    assert [number for (number,) in published("SELECT number FROM case_items ORDER BY 1")] == left


def test_a_column_of_an_agenda_closes_a_case(tmp_path, archive, publish, published):
    rows = [("Saksnr", "Sak", "Åpen/lukket"), ("2031.1", "Møteplan", "Åpen"), ("2031.2", f"Avtale {PLANTED}", "Lukket")]
    table = word.table(*(word.tr(*map(word.tc, row)) for row in rows))
    docx(archive / "innkalling.docx", word.p(word.bold("Innkalling SU 05.05.2031")) + table)
    publish()
    assert traces(tmp_path / "ut") == 0
    assert published("SELECT number FROM case_items") == [("2031.1",)]


def test_one_exempt_document_among_several_in_a_file(tmp_path, archive, publish, published):
    agenda = agenda_pages()
    closed = [MARK, "*Saksframlegg", f"Saksnr: 2031.9 {PLANTED}", f"Gjelder {PLANTED}"]
    pdf(archive / "pakke.pdf", agenda[0], agenda[2], closed, [f"Fortsatt {PLANTED}"])
    publish()
    assert traces(tmp_path / "ut") == 0
    assert published("SELECT kind, first_page, last_page FROM documents") == [("agenda", 1, 2)]
    assert published("SELECT page FROM masks WHERE x0 IS NULL ORDER BY 1") == [(3,), (4,)]
    assert published("SELECT downloadable FROM source_files") == [(0,)]


def test_what_is_declared_public_is_published(tmp_path, archive, publish, published):
    (tmp_path / "sakspor.toml").write_text('[publisering]\noffentlig = ["apnet"]\n', encoding="utf-8")
    docx(archive / "apnet" / "notat.docx", memo(MARK))
    docx(archive / "lukket" / "notat.docx", memo(MARK, text="annet"))
    publish()
    assert published("SELECT path FROM source_files") == [("../arkiv/apnet/notat.docx",)]


@pytest.mark.parametrize(
    "text", ["[publisering", '[publisering]\nunntat = ["x"]\n', '[publisering]\nunntatt = "x"\n', "[annet]\n"]
)
def test_a_misprint_in_the_rules_publishes_nothing(tmp_path, archive, publish, text):
    publish()
    (tmp_path / "regler.toml").write_text(text, encoding="utf-8")
    before = (tmp_path / "ut" / "sakspor.db").read_bytes()
    out = tmp_path / "ut" / "sakspor.db"
    for named in ("regler.toml", "finnes-ikke.toml"):
        status, said = run("publish", tmp_path / "arbeid.db", "--out", out, "--settings", tmp_path / named)
        assert status == cli.WRONG
        assert named in said
    assert (tmp_path / "ut" / "sakspor.db").read_bytes() == before


def test_the_internal_file_holds_everything(tmp_path, archive, publish, published):
    fill(archive)
    publish("--internal")
    assert published("SELECT count(*) FROM documents") == [(12,)]
    assert published("SELECT audience FROM publication") == [("internal",)]


def test_every_table_says_how_it_is_published():
    loose = {
        t.name
        for t in TABLES
        if not (t.concluded or t.derived or t.internal) and not {"sha256", "document_id"} & set(t.names)
    }
    assert loose == set()


def test_a_working_database_is_not_served_and_a_published_one_not_loaded(tmp_path, archive, publish):
    publish()
    status, said = run("serve", tmp_path / "arbeid.db")
    assert (status, "arbeidsdatabasen vises aldri" in said) == (cli.WRONG, True)
    status, said = run("load", archive, "--db", tmp_path / "ut" / "sakspor.db")
    assert (status, "laget for nettstedet" in said) == (cli.WRONG, True)
    with pytest.raises(Exception, match="arbeidsdatabasen vises aldri"):
        asyncio.run(site(tmp_path / "arbeid.db").client.get("/"))


def test_derived_tables_are_those_of_the_published_documents(tmp_path, checkout):
    """The demonstration collection, all of it public, is the same when its derived tables are made anew."""
    load(checkout / "corpus" / "documents" / "ssu" / "2023", tmp_path / "arbeid.db")
    store.publish(tmp_path / "arbeid.db", tmp_path / "sakspor.db")
    names = [
        t.name
        for t in TABLES
        if not (t.internal or t.derived) and t.name not in ("publication", "source_files", "problems")
    ]
    found = []
    for path in (tmp_path / "arbeid.db", tmp_path / "sakspor.db"):
        with closing(sqlite3.connect(path)) as db:
            found.append({name: sorted(map(repr, db.execute(f"SELECT * FROM {name}"))) for name in names})
    assert found[0] == found[1]
