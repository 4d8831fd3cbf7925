"""What closes a document and what only speaks of it, line by line: text, expected, why."""

from __future__ import annotations

import pytest

from models.exempt import closes_meeting, labelled_mark, opens_meeting, path_mark, sentence_mark, stamp, title_mark

STAMPS = [
    "UNNTATT OFFENTLIGHET",
    "Unntatt offentlighet",
    "Unntatt offentleglova",
    "Unnateke offentlegheit",
    "Unnateke offentlegheit, jf. offentleglova § 13",
    "U.off",
    "U. off. § 23",
    "u.off. offl. § 13",
    "UOFF § 13",
    "offl. § 13",
    "Offl. § 13, jf. fvl. § 13 første ledd nr. 1",
    "Off.l. § 15 første ledd",
    "jf. offentleglova § 23",
    "(jf. offentleglova § 23 første ledd)",
    "Unntatt offentlighet i henhold til offentleglova § 13, jf. forvaltningsloven § 13",
    "UNNTATT OFFENTLIGHET, jf. lov av 19.05.2006 § 14 første ledd",
    "Unntatt fra offentlighet etter offentlighetsloven § 5 a",
    "* UNNTATT OFFENTLIGHET *",
    "Unntatt offentlighet Offl. § 25",
    "Unntatt off. § 23",
    "STRENGT FORTROLIG",
    "Nordvik kommune UNNTATT OFFENTLIGHET",
    "Vår ref.: 22/123-4 Unntatt offentlighet, offl. § 13",
    "Arkivkode: 033 Unntatt offentlighet",
    "Unntatt offentlighet, offl. § 13 Saksbehandler: Kari Eksempel",
    "Unntatt offentlighet: Offl. § 13",
    "U.off: Ja",
    "☒ Unntatt offentlighet",
]
NO_STAMPS = {
    "Unntatt offentlighet:": "an empty label",
    "U.off:": "an empty label",
    "U.off: Nei": "a label with a no",
    "Unntatt offentlighet: Nei": "a label with a no",
    "Unntatt offentlighet: -": "a label with a no",
    "Unntatt offentlighet: Saksbehandler: Kari Eksempel": "an empty label before the next one",
    "☐ Unntatt offentlighet": "a box without a tick",
    "«Unntatt offentlighet»": "a quotation",
    "Brev skal være merket UNNTATT OFFENTLIGHET": "a procedure speaks of marking",
    "Dokumenter merket «UNNTATT OFFENTLIGHET» sendes i lukket konvolutt": "a procedure speaks of marking",
    "Unntatt offentlighet er dokumenter som gjelder personalsaker.": "a sentence",
    "Saker unntatt offentlighet": "speaks of such cases",
    "Offentleglova § 23 gjelder forhandlingsposisjoner.": "a discussion of the law",
    "Forholdet til offentleglova § 13": "a heading of a discussion",
    "Offentleglova": "the law without a paragraph",
    "Dokumentet er offentlig": "open",
    "Offentlig": "open",
    "Åpent møte": "open",
    "Se offl. § 13 for nærmere regler om taushetsplikt i kommunene": "a discussion of the law",
    "Journalposter unntatt offentlighet skal skjermes.": "a sentence",
}


@pytest.mark.parametrize("text", STAMPS)
def test_a_line_that_closes_its_document(text):
    assert stamp(text)


@pytest.mark.parametrize("text", sorted(NO_STAMPS))
def test_a_line_that_closes_nothing(text):
    assert stamp(text) is None, NO_STAMPS[text]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("Tilsetting av rådgiver – unntatt offentlighet, offl. § 25", True),
        ("Tilsetting av rådgiver unntatt offentlighet", True),
        ("Personalsak (u.off., jf. offl. § 13)", True),
        ("U.off. – Personalsak", True),
        ("Unntatt offentlighet, offl. § 13", True),
        ("Lukket møte: Drøfting av forhandlinger", True),
        ("Forhandlinger om lokaler – lukket møte", True),
        ("Rutine for dokumenter unntatt offentlighet", False),
        ("Praktisering av offentleglova § 23", False),
        ("Merking av saker unntatt offentlighet", False),
        ("Retningslinjer for lukket møte", False),
        ("Ny offentleglov", False),
    ],
)
def test_titles(text, closed):
    assert bool(title_mark(text)) is closed


@pytest.mark.parametrize(
    ("label", "value", "closed"),
    [
        ("Gradering", "Fortrolig", True),
        ("Gradering:", "Unntatt offentlighet", True),
        ("Gradering", "Ugradert", False),
        ("Gradering", "", False),
        ("Tilgangskode", "UO", True),
        ("Tilgangskode", "U.off § 13", True),
        ("Tilgangskode", "Åpen", False),
        ("U.off.", "offl. § 13", True),
        ("U.off.", "X", True),
        ("U.off.", "☐", False),
        ("Unntatt offentlighet", "Ja", True),
        ("Unntatt offentlighet", "Nei", False),
        ("Skjermingshjemmel", "Offl. § 26", True),
        ("Skjermingshjemmel", "Ingen", False),
        ("Offentlig", "Nei", True),
        ("Offentlig", "Ja", False),
        ("Offentlig", "-", False),
        ("Åpen/lukket", "Lukket", True),
        ("Møtested", "Unntatt", False),
    ],
)
def test_labels(label, value, closed):
    assert bool(labelled_mark(label, value)) is closed


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("Saken er unntatt offentlighet, jf. offl. § 13.", True),
        ("Saka vart handsama i lukka møte.", True),
        ("Møtet ble lukket, jf. kommuneloven § 11-5.", True),
        ("Utvalget vedtok å lukke møtet under behandlingen.", True),
        ("Notatet er taushetsbelagt.", True),
        ("Saken er ikke unntatt offentlighet.", False),
        ("Møtet ble ikke lukket.", False),
        ("Utvalget drøftet om saker kan unntas offentlighet.", False),
        ("Saken er avsluttet.", False),
    ],
)
def test_sentences(text, closed):
    assert bool(sentence_mark(text)) is closed


def test_parts_of_a_meeting():
    assert closes_meeting("Saker til behandling i lukket møte")
    assert closes_meeting("LUKKET MØTE")
    assert not closes_meeting("Rutiner for lukket møte")
    assert not closes_meeting(
        "Utvalget drøftet hvordan saker som ble behandlet i lukket møte skal protokolleres i ettertid"
    )
    assert opens_meeting("Saker til behandling i åpent møte")
    assert opens_meeting("Møtet ble åpnet igjen kl. 14.00")


@pytest.mark.parametrize(
    ("path", "closed"),
    [
        ("arkiv/notat unntatt offentlighet.pdf", True),
        ("arkiv/UNNTATT_OFFENTLIGHET_notat.docx", True),
        ("arkiv/notat (u.off).docx", True),
        ("arkiv/uoff notat.pdf", True),
        ("arkiv/Unntatt offentlighet/notat.pdf", True),
        ("arkiv/U.off/notat.pdf", True),
        ("arkiv/rutine for dokumenter unntatt offentlighet.pdf", False),
        ("arkiv/Rutiner for merking unntatt offentlighet/notat.pdf", False),
        ("arkiv/offentleglova.pdf", False),
        ("arkiv/offentlig/notat.pdf", False),
    ],
)
def test_names_of_files_and_folders(path, closed):
    assert bool(path_mark(path)) is closed


def test_a_long_line_of_paragraphs_takes_no_time():
    assert stamp("Unntatt offentlighet " + "§ 13 nr. 1 jf. " * 2000 + "x y z") is None
