"""What is language and what is not: good pages are never called gibberish, worthless text layers are."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import pdf
from ingest.text_quality import damaged, readable
from models.problems import SaksporError

PROSE = """
Saken tas til orientering. Strategisk samarbeidsutvalg ber om at fagutvalget for barn og unge følger opp
arbeidet, og at sekretariatet legger frem et forslag til revidert prosedyre i neste møte. Kommunene og sykehuset
er enige om at pasientene må få et tilbud nær der de bor, også når de skal skrives ut på ettermiddagen. Det ble
stilt spørsmål om hvordan fastlegene skal få beskjed. Helsefellesskapet har fått midler til å prøve ut digital
hjemmeoppfølging i to kommuner, og erfaringene skal være klare før sommeren. Utvalget drøftet om ordningen bør
gjelde for alle, men mener at det er for tidlig å ta stilling til det nå. Oppfølging av avvik går i linjen, og
hvert år legges det frem en oversikt over avvik som gjelder overganger mellom tjenestene.
"""
GOOD = {
    "bokmål": PROSE,
    "nynorsk": """Utvalet ber om at saka blir lagd fram på nytt i neste møte. Kommunane og sjukehuset er samde om at
        pasientane må få eit tilbod nær der dei bur, også når dei skal skrivast ut om kvelden.
        Korleis fastlegane skal få melding, vart drøfta, og det vart vist til at ordninga ikkje
        gjeld for alle enno.""",
    "english names": """Programmet Flexible Assertive Community Treatment (FACT) er en modell for oppfølging.
        Hospital at Home og Early Warning Score er prøvd ut i Nordvik. Se også Choosing Wisely og Patient
        Reported Outcome Measures.""",
    "numbers": " ".join(f"20{n} {n * 37} {n * 3},5 % kr {n * 1013},- {n}.{n}.20{n}" for n in range(10, 50)),
    "names": """Til stede: Oddvar Grønsletten, Krzysztof Wojciechowski, Nguyen Thi Phuong, Abdirahman Hussein,
        Zdravko Petrović, Hjørdis Schjelderup, Vytautas Kazlauskas, Ngozi Okonkwo, Xhemajl Krasniqi,
        Kjellfrid Aksnes (Fossum)""",
    "codes": "F32.1 HbA1c SpO2 NEWS2 ICD-10 PROM PREM KI-4 §3-5 LIS1 ALIS K10 B12 CO2 T2DM KOLS BiPAP UXKGAK12",
    "short": "Saksnr. Ansvar",
    "addresses": "https://www.fjordregionen.example/horinger/nasjonale-faglige-rad-for-digital-hjemmeoppfolging-hoering"
    " postmottak@nordvik.example https://helse.example/Documents/Regionale%20planar%20og%20rapportar/2022",
    "leaders": "Innledning og bakgrunn..........................3 Mål og tiltak..................................4",
    "compounds": "Helsefellesskapssekretariatet Utskrivningsklarepasientordningen og rekrutteringsutfordringene",
    "form": "Navn: ____________________ Dato: ______________ Signatur: ________________ ☐ Ja ☐ Nei ☒ Vet ikke",
}  # fmt: skip


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_language_numbers_and_names_are_readable(text):
    assert readable(text)


def shifted(by: int) -> Callable[[str], str]:
    return lambda text: "".join(c if c.isspace() else chr(max(ord(c) + by, 33)) for c in text)


def blanks_as(mark: str) -> Callable[[str], str]:
    return lambda text: mark.join(text.split())


def misread(share: float) -> Callable[[str], str]:
    """A share of the letters taken for others, as recognisers of the nineties did."""
    looks = dict(zip("eliontåøsgq", "c1l0rfao5qg", strict=True)) | {"n": "ri", "m": "rn"}
    chance = random.Random(7)
    return lambda text: "".join(looks.get(c, c) if chance.random() < share else c for c in text)


def glued(share: float) -> Callable[[str], str]:
    chance = random.Random(3)
    return lambda text: "".join("" if c.isspace() and chance.random() < share else c for c in text)


SPOILT: dict[str, Callable[[str], str]] = {
    **{f"shifted {by}": shifted(by) for by in (-40, -31, -29, -3, 1, 3, 13, 29)},
    "private use": shifted(0xF000),
    **{f"blank as {mark}": blanks_as(mark) for mark in ";0$,_|x"},
    "misread eighth": misread(0.125),
    "misread fifth": misread(0.2),
    "misread two fifths": misread(0.4),
    "glued": glued(0.6),
    "å and ø as a and o": lambda text: text.translate(str.maketrans("åøæ", "aoa")),
    "å and ø left out": lambda text: re.sub("[åøæ]", "", text),
    "å and ø as blanks": lambda text: re.sub("[åø]", " ", text),
    "å and ø as digits": lambda text: text.translate(str.maketrans("åøæ", "40a")),
    "replacement characters": lambda text: re.sub("[åøæ]", "\ufffd", text),
    "read as another encoding": lambda text: text.encode().decode("latin-1"),
    "letters changed about": lambda text: text.translate(
        str.maketrans("abcdefghijklmnopqrstuvwxyzæøå", "åøæzyxwvutsrqponmlkjihgfedcba")
    ),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_worthless_text_layer_is_seen(spoil):
    assert not readable(spoil(PROSE))


def pages(folder: Path) -> dict[tuple[str, int], str]:
    """The text layer of every page of a folder's PDFs that can be opened."""
    texts: dict[tuple[str, int], str] = {}
    for path in sorted(folder.rglob("*.pdf")):
        try:
            texts |= {
                (path.name, p.number): " ".join(w.text for w in p.words) for p in pdf.read_pages(path.read_bytes())
            }
        except SaksporError:
            continue
    return texts


def test_no_page_of_the_collection_is_called_gibberish(checkout):
    texts = pages(checkout / "corpus" / "documents")
    assert len(texts) > 20
    assert [page for page, text in texts.items() if not readable(text)] == []


def test_no_page_of_real_documents_is_called_gibberish(seeds):
    assert [page for page, text in pages(seeds).items() if not readable(text)] == []


def test_parts_of_pages_are_readable_too(checkout):
    for page, text in pages(checkout / "corpus" / "documents").items():
        words = text.split()
        for size in (15, 40, 100):
            parts = [" ".join(words[i : i + size]) for i in range(0, len(words), size)]
            assert [part for part in parts if not readable(part)] == [], page


@pytest.mark.parametrize(
    "word", ["samhandlingsavvik", "møteinnkalling", "ikkje", "kva", "community", "innlandet", "lindvåg", "pm"]
)
def test_words_are_whole(word):
    assert not damaged(word)


@pytest.mark.parametrize("word", ["oricntcring", "or1enter1ng", "rn0te", "sp¢rsmål", "xvduehlgvxwydoj"])
def test_what_is_no_word_is_damaged(word):
    assert damaged(word)
