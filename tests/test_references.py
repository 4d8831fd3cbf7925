"""What a case says of other cases and meetings, and which of the loaded ones it means."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

import extract
import ingest
import store
from extract.references.kinds import Source
from extract.references.references import read_sentence
from models.layout import Paragraph, Place, page_texts
from models.records import CaseItem, Evidence, Reference, as_format
from tests.made_results import case, meeting, result

HERE = Path(__file__).parent
FOLDERS = (HERE.parent / "corpus" / "documents", *(HERE / "layouts" / name for name in ("collaboration", "other")))
GOLD = sorted(path for folder in FOLDERS for path in folder.rglob("*.gold.json") if "skannet" not in path.name)

# Sentence, what is read of it (kind, case, body, date) in minutes of SSU of 19 May 2022, and why.
SENTENCES = (
    ("Oppfølging av sak 2022.13.", [("follow_up", "2022.13", None, None)], "the plain form"),
    ("Oppfølgjing av sak 12/22 og 13/22.", [("follow_up", n, None, None) for n in ("12/22", "13/22")], "nynorsk, two"),
    ("Saken følger opp SSU-sak 2021.18.", [("follow_up", "2021.18", None, None)], "a verb, the own body"),
    ("Jf. sak 2022.8.", [("mentions", "2022.8", None, None)], "a plain mention"),
    ("Se også PM sak 2022.3.", [("mentions", "2022.3", "PM", None)], "another body's series"),
    ("Partnerskapsmøtet behandlet saken 10.2.22, sak 2022.3.", [("mentions", "2022.3", "PM", "2022-02-10")], "verb"),
    ("Vist til i sak 2022.9 (SSU 10.2.22).", [("mentions", "2022.9", None, "2022-02-10")], "the meeting behind"),
    ("Kommunestyret vedtok planen i sak 77/20.", [("mentions", "77/20", "Kommunestyret", None)], "the acting body"),
    ("Saken ble utsatt til 22.9.22", [("postponed_to", None, None, "2022-09-22")], "a date alone"),
    ("Saka vert utsett til møtet 22. september.", [("postponed_to", None, None, "2022-09-22")], "nynorsk, no year"),
    ("Saken behandles på nytt 14. juni 2022.", [("postponed_to", None, None, "2022-06-14")], "treated again"),
    ("Utsatt til neste møte.", [("postponed_to", None, None, None)], "the next meeting"),
    ("Planen legges frem i Partnerskapsmøtet 4.11.22.", [("to_be_raised_in", None, "PM", "2022-11-04")], "elsewhere"),
    ("Planen vert lagd fram for SSU til hausten.", [("to_be_raised_in", None, None, "2022-23")], "words between"),
    ("Ny status gis i SSU i januar.", [("to_be_raised_in", None, None, "2023-01")], "the first January after"),
    ("FSU-KT rapporterer i SSU våren 2023.", [("to_be_raised_in", None, None, "2023-21")], "a season"),
    ("AU behandlet saken 18.01.22.", [("mentions", None, "AU", "2022-01-18")], "treated elsewhere, before"),
    (
        "PM vedtok i møte 22.01.2021 sak 1 at utvalget er felles.",
        [("mentions", "1", "PM", "2021-01-22")],
        "a running number",
    ),
    (
        "Legges fram for menighetsmøtet 4.11.22.",
        [("to_be_raised_in", None, "menighetsmøtet", "2022-11-04")],
        "compound",
    ),
    ("SSU på møtet 2. mai på Havnes bestemte at alle møter.", [("mentions", None, None, "2022-05-02")], "acted there"),
    ("Neste møte: 22.9.22", [("mentions", None, None, "2022-09-22")], "announced, nothing is raised"),
    ("Neste møte i SSU 22.9.22.", [("mentions", None, None, "2022-09-22")], "announced by its first words"),
    ("Oppfølging av vedtak i sak 7/21.", [("follow_up", "7/21", None, None)], "the decision of a case"),
    ("Oppfølging av rådets sak 7/21.", [("follow_up", "7/21", None, None)], "a body in the genitive"),
    (
        "Vedtatt i møte 22.01.2021 sak 1.",
        [("mentions", "1", None, "2021-01-22")],
        "a running number behind the meeting",
    ),
    ("AU vedtok i møte 10.03.22, AU-022/22, å vente.", [("mentions", "AU-022/22", "AU", "2022-03-10")], "a series"),
    ("Møteprotokoll frå møte 4. mai vert godkjend.", [("mentions", None, None, "2022-05-04")], "minutes lie behind"),
    (
        "Møtebok fra SSU-møte 12. april 2022.",
        [("mentions", None, None, "2022-04-12")],
        "a meeting by its body",
    ),
    (
        "Meldingen legges fram for årsmøtet 27. mars.",
        [("to_be_raised_in", None, "årsmøtet", "2023-03-27")],
        "a meeting that is a body",
    ),
    (
        "Han viste til at møtet 2. september ba om å få delta i neste møte.",
        [("mentions", None, None, "2021-09-02")],
        "told of what has been",
    ),
)
NONE = (
    ("Sak 2022.28 tas opp.", "the case's own number"),
    ("Behandlet av Møtedato Saknr SSU 22.09.2022 2022.30", "the head of a case"),
    ("Arkivsak 22/1234, jf. 05/1476.", "archive numbers"),
    ("Rapporten leveres til AU innen 1.10.22.", "a deadline"),
    ("Fristen er utsatt til 1.10.22.", "a deadline that is put off"),
    ("Havnes har utsatt sin behandling til mars.", "not the case"),
    ("Møteplan med møter 6. februar og 14. mai.", "a plan of meetings"),
    ("Møtet i juni flyttes til uke 25.", "a meeting is moved"),
    ("Kurset holdes 22.9.22.", "another event"),
    ("Ola Vik mente at alle burde være med på neste møte.", "a wish"),
    ("Prosedyren fra 2016 gjelder i perioden 2021-2022.", "years"),
    ("Referatet fra møtet 19.05.22 sendes ut.", "its own meeting"),
)


def read(text, title="Samhandlingsavvik"):
    item = CaseItem(number="2022.28", title=title)
    found = read_sentence(Source(text, Paragraph(text, (Place(1),)), item, "SSU", "2022-05-19"))
    return [(r.kind, r.target, r.target_body, r.target_date) for r in found]


@pytest.mark.parametrize(("text", "wanted", "why"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_sentence(text, wanted, why):
    assert read(text) == wanted, why


@pytest.mark.parametrize(("text", "why"), NONE, ids=[n[0] for n in NONE])
def test_is_no_reference(text, why):
    assert read(text) == [], why


@pytest.fixture(scope="module", params=GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
def document(request):
    gold = json.loads(request.param.read_text(encoding="utf-8"))
    optional = request.param.with_name(request.param.name.replace(".gold.json", ".gold-optional.json"))
    gold["optional"] = json.loads(optional.read_text(encoding="utf-8")) if optional.exists() else {}
    parts = ingest.split(ingest.read(request.param.parent / gold["source"]))
    return gold, parts, [extract.records(part) for part in parts]


def told(references):
    keys = ("number", "kind", "target", "target_body", "target_date")
    return {tuple(str(row.get(key) or "").lower() for key in keys) for row in references}


def test_reads_what_a_reader_reads(document):
    gold, _, found = document
    wanted, optional = told(gold.get("references", [])), told(gold["optional"].get("references", []))
    may = {(number, target, date) for number, _, target, _, date in optional}
    got = told(as_format(gold["source"], found)["references"])
    assert wanted - got == set()
    assert [row for row in got - wanted if (row[0], row[2], row[4]) not in may] == []


def test_every_value_stands_on_its_page(document):
    _, parts, found = document
    for part, extraction in zip(parts, found, strict=True):
        pages = {page: " ".join(text.split()) for page, text in page_texts(part).items()}
        for reference in extraction.references:
            fields = {name for name in ("kind", "target", "target_body", "target_date") if getattr(reference, name)}
            assert {piece.field for piece in reference.evidence} == fields
            assert [p.text for p in reference.evidence if p.text.split()[-1] not in pages.get(p.page, "")] == []


def refers(kind, number, **target):
    said = (Evidence(field="kind", text="Oppfølging av sak", page=1),)
    return Reference(kind=kind, number=number, evidence=said, **target)


def files():
    first = meeting("minutes", "SSU", "2024-02-01", case("2024.1", "Avvik"))
    second = meeting("agenda", "SSU", "2024-06-06", case("2024.7", "Avvik"), case(None, "Eventuelt"))
    said = (
        refers("follow_up", "2024.7", target="2024.1"),
        refers("mentions", "2024.7", target="2024.1", target_body="PM"),
        refers("mentions", "2024.7", target="2024.99"),
        refers("mentions", None, target_date="2024-02"),
        refers("to_be_raised_in", "2024.7"),
    )
    return [
        result("a.pdf", first.model_copy(update={"references": (refers("to_be_raised_in", "2024.1"),)})),
        result("b.pdf", second.model_copy(update={"references": said})),
    ]


def resolved(order):
    db = store.open_database(":memory:")
    for file in order:
        store.save(db, file)
        store.link(db)
    again = store.link(db)
    sql = "SELECT kind, target, target_case_id, target_meeting_id, unresolved FROM case_references ORDER BY id"
    return list(db.execute(sql)), again


def test_one_candidate_or_none_in_any_order_of_loading():
    found = {str(resolved(order)) for order in permutations(files())}
    assert len(found) == 1
    rows, again = resolved(files())
    assert again == 0
    assert {row[2:] for row in rows} == {
        ("ssu-2024.1", None, None),
        (None, None, "Ingen dokumenter fra utvalget er lest inn"),
        (None, None, "Saken finnes ikke blant dokumentene"),
        (None, "ssu-2024-02-01", None),
        (None, "ssu-2024-06-06", None),
        (None, None, "Møtet finnes ikke blant dokumentene"),
    }


def test_a_target_that_goes_leaves_the_reference_without_one():
    db = store.open_database(":memory:")
    first, second = files()
    for file in (first, second):
        store.save(db, file)
    store.link(db)
    store.save(db, result("a.pdf", meeting("minutes", "SSU", "2024-02-01", case("2024.2", "Ny")), content="other"))
    store.link(db)
    sql = "SELECT target_case_id, unresolved FROM case_references WHERE kind = 'follow_up'"
    assert db.execute(sql).fetchone() == (None, "Saken finnes ikke blant dokumentene")
