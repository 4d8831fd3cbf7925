"""The closed list of what can go wrong with a file, each with a Norwegian sentence that says what to do.

Codes are stored in ``source_files.code`` and ``problems.code``. A *refusal* keeps the file out; a *flaw* is a remark
about a file or page that was loaded.

>>> PROBLEMS["encrypted"].refusal
True
>>> PROBLEMS["needs_ocr"].sentence
'Siden er et bilde uten tekst og trenger OCR.'
"""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One entry of the list: what happened (``sentence``) and what the secretary can do (``advice``)."""

    code: str
    refusal: bool
    sentence: str
    advice: str


_ALL = (
    Problem("not_found", True, "Filen finnes ikke.", "Kontroller stien og prøv igjen."),
    Problem("unreadable", True, "Filen kan ikke åpnes.", "Kontroller tilgangen til filen, og prøv igjen."),
    Problem(
        "not_regular",
        True,
        "Snarvei, enhet eller annet som ikke er en vanlig fil.",
        "Last filen eller mappen som snarveien peker på.",
    ),
    Problem("hidden", True, "Skjult eller midlertidig fil.", "Gi filen et vanlig navn hvis den skal lastes."),
    Problem("empty", True, "Filen er tom.", "Hent filen på nytt fra arkivet."),
    Problem(
        "unknown_format",
        True,
        "Filen er verken PDF, DOCX, DOC, ODT, RTF eller zip.",
        "Lagre dokumentet som PDF eller DOCX og last det på nytt.",
    ),
    Problem(
        "no_converter",
        True,
        "Filen er i et format (DOC, ODT, RTF) som trenger LibreOffice.",
        "Installer LibreOffice og last filen på nytt med --again, eller lagre dokumentet som PDF eller DOCX.",
    ),
    Problem("nested", True, "Zip-filen ligger inne i en annen zip-fil.", "Pakk den ut og last det som ligger i den."),
    Problem("encrypted", True, "Filen er beskyttet med passord.", "Lagre en kopi uten passord og last den på nytt."),
    Problem(
        "damaged",
        True,
        "Filen er skadet og kan ikke leses.",
        "Hent filen på nytt fra arkivet, eller lagre den på nytt.",
    ),
    Problem("no_pages", True, "PDF-filen har ingen sider.", "Hent filen på nytt fra arkivet."),
    Problem(
        "unsafe",
        True,
        "Filen er bygd på en måte som ellers bare skadelige filer er.",
        "Finn ut hvor den kommer fra. Er den til å stole på, lagre dokumentet på nytt og last det igjen.",
    ),
    Problem(
        "too_large",
        True,
        "Filen er for stor, har for mange sider eller krever for mye minne.",
        "Del dokumentet i mindre filer, eller lagre det på nytt, og last det igjen.",
    ),
    Problem(
        "timeout",
        True,
        "Filen tok for lang tid å lese.",
        "Lagre dokumentet på nytt, eller del det i mindre filer, og last det igjen.",
    ),
    Problem(
        "aborted",
        True,
        "Filen fikk leseren til å bryte sammen.",
        "Åpne dokumentet i et vanlig program, lagre det på nytt som PDF, og last det igjen.",
    ),
    Problem(
        "needs_ocr",
        False,
        "Siden er et bilde uten tekst og trenger OCR.",
        "Installer tilvalget «ocr» og tesseract med norsk, og last filen på nytt med --again.",
    ),
    Problem(
        "garbled",
        False,
        "Tekstlaget på siden er uleselig, og siden trenger OCR.",
        "Installer tilvalget «ocr» og tesseract med norsk, og last filen på nytt med --again.",
    ),
    Problem(
        "read_by_ocr",
        False,
        "Teksten på siden er lest med OCR.",
        "Sammenlign siden med originalen før du stoler på teksten.",
    ),
    Problem(
        "repeated",
        False,
        "Dokumentet gjentar et tidligere dokument i samme fil.",
        "Saker og vedtak er hentet fra det første; slå opp i begge hvis de skal sammenlignes.",
    ),
    Problem(
        "exempt",
        False,
        "Dokumentet eller saken er merket unntatt offentlighet.",
        "Det merkede holdes utenfor det som publiseres. Er merket feil, skriv filen under «offentlig» i sakspor.toml.",
    ),
    Problem(
        "identity_number",
        False,
        "Siden har fødselsnummer eller D-nummer.",
        "Numrene er sladdet, og originalen tilbys ikke. Vurder om dokumentet skal være offentlig.",
    ),
    Problem(
        "readers_disagree",
        False,
        "To uavhengige lesere finner ulik mengde tekst på siden.",
        "Sammenlign siden med originalen før du stoler på teksten.",
    ),
    Problem(
        "missing_pages",
        False,
        "To uavhengige lesere finner ulikt antall sider i filen.",
        "Sammenlign med originalen: sider kan mangle. Hent filen på nytt fra arkivet hvis den er skadet.",
    ),
    Problem(
        "hidden_text",
        False,
        "Siden har tekst som ikke vises: dekket av en flate, uten farge eller utenfor siden.",
        "Teksten er ikke lest inn, men står i filen. Er dokumentet sladdet, må det sladdes på nytt før det deles.",
    ),
    Problem(
        "unread_row",
        False,
        "En tabellrad ble ikke forstått.",
        "Se siden i originalen; teksten kan likevel finnes med søk.",
    ),
    Problem(
        "unread_case",
        False,
        "En sak kunne ikke leses sikkert.",
        "Se siden i originalen; teksten kan likevel finnes med søk.",
    ),
    Problem(
        "unread_measures",
        False,
        "Ingen tiltak ble lest ut av planen eller statusrapporten.",
        "Teksten er søkbar; se dokumentet for tiltakene.",
    ),
    Problem(
        "unknown_layout",
        False,
        "Dokumenttypen ble ikke gjenkjent.",
        "Teksten er søkbar, men saker og vedtak er ikke hentet ut.",
    ),
)

PROBLEMS: dict[str, Problem] = {problem.code: problem for problem in _ALL}


class SaksporError(Exception):
    """A file that cannot be loaded; ``code`` is a refusal of :data:`PROBLEMS`.

    >>> str(SaksporError("empty"))
    'Filen er tom. Hent filen på nytt fra arkivet.'
    """

    def __init__(self, code: str) -> None:
        self.problem = PROBLEMS[code]
        self.code = code
        super().__init__(f"{self.problem.sentence} {self.problem.advice}")
