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
    Problem("empty", True, "Filen er tom.", "Hent filen på nytt fra arkivet."),
    Problem(
        "unknown_format",
        True,
        "Filen er verken PDF eller DOCX.",
        "Lagre dokumentet som PDF eller DOCX og last det på nytt.",
    ),
    Problem(
        "damaged",
        True,
        "Filen er skadet og kan ikke leses.",
        "Hent filen på nytt fra arkivet, eller lagre den på nytt.",
    ),
    Problem("encrypted", True, "Filen er beskyttet med passord.", "Lagre en kopi uten passord og last den på nytt."),
    Problem(
        "timeout",
        True,
        "Filen tok for lang tid å lese.",
        "Lagre dokumentet på nytt, eller del det i mindre filer, og last det igjen.",
    ),
    Problem("hidden", True, "Skjult eller midlertidig fil.", "Gi filen et vanlig navn hvis den skal lastes."),
    Problem("no_pages", True, "PDF-filen har ingen sider.", "Hent filen på nytt fra arkivet."),
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
