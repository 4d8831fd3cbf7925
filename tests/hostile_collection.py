"""Documents that try to do something to whoever reads them: markup, scripts, formulas, template marks, signs that turn
the direction, names that steer a terminal. They are drawn, loaded, published: nothing is put in by hand."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pipeline
import store
from corpus import pdf, word
from folders import find_files

SCRIPT = "<script>alert('avvik')</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
LINK = "javascript:alert(1)"
ADDRESS = "https://evil.example/avvik"
FORMULA = '=HYPERLINK("https://evil.example";"Se avvik")'
TEMPLATE = "{{7*191}} {% include 'base.html' %} ${7*191}"
TURNED = "\u202etdegev\u202c\u2066avvik\u2069"
UNSEEN = "av\u200bvik\u2060s\ufeffmelding"
LONG = "avvik" + "a" * 10_000
STEERING = "\x1b[31mavvik\x1b]0;borte\x07\x9b2J"

PRODUCT = str(7 * 191)
"""What a template engine would make of TEMPLATE."""
NAMES = {
    "agenda": "<img src=x onerror=alert(1)>.docx",
    "minutes": f"{STEERING}\u202excod.docx",
    "scan": '=HYPERLINK("x")&"\'.pdf',
    "plan": "{{7*191}} javascript:alert(1).docx",
    "letter": "linje en\nlinje to\r.docx",
    "broken": f"<b onmouseover=alert(1)> {STEERING}.pdf",
}
"""What each file is called on the disk."""


def _cases(number: str, heading: str) -> list[list[str]]:
    return [
        [
            f"{number}.1",
            f"# {SCRIPT} avvik\n# {heading}\n- {FORMULA}\n- {TEMPLATE}\n- -2+3 avvik",
            f"{IMAGE} Kvalskjær",
        ],
        [
            f"{number}.2",
            f"# {FORMULA}\nSe {ADDRESS} og {LINK}\n# {heading}\nSaken om {IMAGE} tas til orientering",
            SCRIPT,
        ],
        [
            f"{number}.3",
            f"# {TURNED} {UNSEEN}\nOppfølging av sak {number}.1.\n# {heading}\n@SUM(1) {SCRIPT} godkjennes",
            TURNED,
        ],
        [f"{number}.4", f"# {ADDRESS}\n# {heading}\nSekretariatet melder {LINK} innen 1. mai 2031.", "Aslaug Myrkleiv"],
        [f"{number}.5", f"# {LONG}\n# {heading}\n{LONG} tas til orientering", LONG],
    ]


def _meeting(kind: str, heading: str, more: list[dict[str, Any]]) -> dict[str, Any]:
    head = [
        ["Tema", f"{kind} SSU {SCRIPT}"],
        ["Dato/sted", f"13.03.31, kl. 12.00-15.00\n{IMAGE} {SCRIPT}"],
        ["Vedlegg", f"Sak 2031.2, {FORMULA}"],
        ["Møteleder", SCRIPT],
        ["Referent", FORMULA],
    ]
    blocks: list[dict[str, Any]] = [{"text": f"# {kind} SSU 13.03.31"}, {"head": head}, *more, {"text": f"== {kind}"}]
    return {"name": kind, "block": [*blocks, {"cases": _cases("2031", heading)}, {"text": f"{LONG}\n{TEMPLATE}"}]}


_PRESENT = {
    "attendance": [
        [SCRIPT, FORMULA, IMAGE, "Til stede"],
        [f"{IMAGE} Nordhaug", TEMPLATE, SCRIPT, "Forfall"],
        [TURNED, LINK, ADDRESS, ""],
        ["Eli Nordhaug", TEMPLATE, "Sørdal kommune", ""],
        ["Odd Kvalskjær", FORMULA, f"Sørdal kommune {IMAGE}", ""],
    ]
}
_PLAIN = (
    "Fagutvalget har gått gjennom meldingene fra sykehuset og kommunene, og la frem en oversikt over det siste året.\n"
)
_MEMO = {
    "name": "memo",
    "block": [
        {"text": f"= Saksfremlegg {SCRIPT}"},
        {"memo": ["2031.2", "SSU", "Beslutning", f"{IMAGE} Kvalskjær"]},
        {"text": f"== {FORMULA}\n{_PLAIN * 8}Om avvik: {ADDRESS} {LINK} {TEMPLATE}\n# Forslag til vedtak\n{FORMULA}"},
    ],
}
_PLAN = {
    "name": "plan",
    "block": [
        {"text": f"= Handlingsplan 2031\n/ {SCRIPT}\n== Tiltak"},
        {"plan": [[SCRIPT, f"{FORMULA} avvik", IMAGE, TEMPLATE, "2031"], [IMAGE, LONG, TURNED, LINK, "2031-2033"]]},
    ],
}
_LETTER = {
    "name": "letter",
    "block": [
        {
            "text": f"{SCRIPT} kommune\n\nDato: 17.04.2031\n\n= Innspill til nasjonal plan {IMAGE}\n\n"
            f"== {SCRIPT}\n/ Hva er de viktigste utfordringene?\n- {FORMULA}\n- {ADDRESS}\n- {LINK} avvik\n"
            f"== {FORMULA}\n/ Hvilke tiltak er aktuelle?\n- {TEMPLATE}\n- {LONG}\n- {TURNED}{UNSEEN}\n\n"
            f"Med hilsen\n{IMAGE}"
        }
    ],
}


def build(folder: Path) -> Path:
    """Draw the files below ``folder``, load them and publish; gives the served file."""
    documents, working, served = folder / "filer", folder / "arbeid.db", folder / "sakspor.db"
    draw(documents)
    with closing(store.open_database(working)) as db:
        done = list(pipeline.load(db, find_files([documents]), workers=2))
    assert sorted(outcome.status for outcome in done) == ["loaded"] * 5 + ["refused"]
    store.publish(working, served)
    return served


def draw(folder: Path) -> None:
    """Write the files with their names; of the PDF, what the font cannot draw is left out by it."""
    folder.mkdir()
    files = {
        "agenda": word.write(_meeting("Innkalling", "Forslag til konklusjon", [])),
        "minutes": word.write(_meeting("Referat", "Konklusjon", [_PRESENT])),
        "scan": pdf.draw(_MEMO),
        "plan": word.write(_PLAN),
        "letter": word.write(_LETTER),
        "broken": b"%PDF-1.7 and nothing more",
    }
    for name, content in files.items():
        (folder / NAMES[name]).write_bytes(content)
