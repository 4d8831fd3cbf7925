"""Everything that reading needs, loaded and compiled: imported once, by the process that readers are forked from.

Each of them begins where this ends. Without it each would load the language tools and compile the word lists itself,
and again whenever a fresh process takes the place of an old one.
"""

import gc

import extract
import ingest
import pipeline
from models.layout import File, Paragraph

__all__ = ["pipeline"]  # what a reader is asked to call

_MADE_UP = """Referat fra møte i Strategisk samarbeidsutvalg (SSU)
Dato: 12. mars 2031
Til stede: Kari Dal, Nordvik kommune
Sak 2031.1 Godkjenning av innkalling og saksliste
Vedtak:
Innkalling og saksliste godkjennes.
Sak 2031.2 Oppfølging av avtalen, jf. sak 2030.12
Saken ble drøftet i AU 1. februar 2031.
Vedtak:
1. SSU ber sekretariatet sende planen på høring innen 1. april 2031.
2. Nordvik kommune følger opp."""


def warm_up() -> None:
    """Read made-up minutes, in which a task is given, and keep what that left behind out of later rubbish collections.

    Tracing it each time costs a reader a twentieth of its time, and copies the memory that it shares with the others.
    """
    blocks = tuple(Paragraph(line) for line in _MADE_UP.splitlines())
    for document in ingest.split(File("referat.docx", "", "docx", blocks)):
        extract.records(document)
    gc.collect()
    gc.freeze()


warm_up()
