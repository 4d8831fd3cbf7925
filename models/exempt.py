"""What marks a document, a case or a part of a meeting as exempt from public access.

Seen in heads, stamps, cells and file names, bokmål and nynorsk: ``UNNTATT OFFENTLIGHET``, ``Unntatt offentlighet, jf.
offl. § 13, jf. fvl. § 13 første ledd nr. 1``, ``U.off. § 23``, ``Unnateke offentlegheit``, ``Gradering: Fortrolig``,
``Tilgangskode: UO``, ``Lukket møte``. A mark is told by how a line is built: it holds the mark, its legal basis, and
nothing else. A text that speaks of marking ("dokumentet merkes UNNTATT OFFENTLIGHET"), a discussion of the law, an
empty label and a label with a no are none. The words are those of ``words.toml``, section ``exempt``.
"""

from __future__ import annotations

import re
from functools import cache

from models.words import pattern

LINE = 16
"""Words of a line that can still be a line of a head with a mark at its end."""
FEW = 6
"""Words that may stand to the left of a stamp: a sender's name, a date and a reference."""
HEADING = 9
"""Words of a line that can still be the head of a part of a meeting."""
_PARAGRAPH = r"§+\s*\d+[a-z]?(?:\s*[-–]\s*\d+)?[a-z]?\b"
_DATE = r"\d{1,2}\.\d{1,2}\.\d{2,4}"
_SIGNS = r"[\s.,:;()\[\]/|«»\"'*☒☑–—-]"
_UNTICKED = re.compile(r"[☐□]\s*(?:\w+\W+){0,3}\Z")


def stamp(text: str) -> str | None:
    """The mark in a line of a head: a line that is nothing else, or that ends or begins with one set apart.

    >>> stamp("UNNTATT OFFENTLIGHET"), stamp("jf. offentleglova § 23 andre ledd"), stamp("Nordvik kommune  U.off. § 13")
    ('UNNTATT OFFENTLIGHET', 'jf. offentleglova § 23 andre ledd', 'U.off. § 13')
    >>> stamp("Prosedyren gjelder dokumenter merket UNNTATT OFFENTLIGHET"), stamp("Unntatt offentlighet:")
    (None, None)
    >>> stamp("Offentleglova § 23 gir adgang til å unnta slike dokumenter"), stamp("☐ Unntatt offentlighet")
    (None, None)
    """
    text = text.strip()
    if not text or text.startswith(("☐", "□", "«", '"')) or _is_label(text):
        return None
    if _whole().fullmatch(text):
        return text
    if len(text.split()) > LINE:
        return None
    return _at_end(text, strict=True) or _at_beginning(text)


def title_mark(text: str) -> str | None:
    """The mark in the title of a case or a document, where it may stand before, behind or in brackets.

    >>> title_mark("Tilsetting av leder – unntatt offentlighet, offl. § 25"), title_mark("Personalsak (u.off.)")
    ('unntatt offentlighet, offl. § 25', 'u.off.')
    >>> title_mark("Rutine for dokumenter unntatt offentlighet"), title_mark("Praktisering av offentleglova § 23")
    (None, None)
    """
    bracketed = next((m[1] for m in re.finditer(r"[(\[]([^()\[\]]+)[)\]]", text) if _whole().fullmatch(m[1])), None)
    return bracketed or stamp(text) or _at_end(text, strict=False)


def labelled_mark(label: str, value: str) -> str | None:
    """The mark in a label and its value: "Gradering: Fortrolig", "U.off: § 13", "Offentlig: Nei".

    >>> labelled_mark("Unntatt offentlighet", "Offl. § 13"), labelled_mark("Tilgangskode", "UO")
    ('Unntatt offentlighet: Offl. § 13', 'Tilgangskode: UO')
    >>> labelled_mark("U.off", "Nei"), labelled_mark("Unntatt offentlighet", ""), labelled_mark("Gradering", "Ugradert")
    (None, None, None)
    """
    label, value = label.strip(" :*"), value.strip()
    first = value.split("\n")[0].strip(" .*")
    closes = (
        (_is(label, "reasons") and not _says_no(first))
        or (_is(label, "levels") and (_is(first, "codes") or _is_mark(first)) and not _is(first, "open"))
        or (_is(label, "public") and (_is(first, "no") or _is_mark(first)) and bool(first.strip("-–—")))
    )
    return f"{label}: {first}" if closes else None


def sentence_mark(text: str) -> str | None:
    """The sentence in which a text says that it, its case or its meeting is closed.

    >>> sentence_mark("Bakgrunn. Saken er unntatt offentlighet etter offl. § 13. Den gjelder to personer.")
    'Saken er unntatt offentlighet etter offl. § 13.'
    >>> sentence_mark("Saken er ikke unntatt offentlighet."), sentence_mark("Saker kan unntas fra offentlighet.")
    (None, None)
    """
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])", text):
        said = _sentence().match(sentence)
        if said and not re.search(r"\bikk?j?e\b", said[0], re.IGNORECASE):
            return sentence
        if pattern("exempt", "closings").search(sentence) and not re.search(r"\bikk?j?e\b", sentence, re.IGNORECASE):
            return sentence
    return None


def closes_meeting(text: str) -> bool:
    """Whether a line is the head of a part of a meeting without the public.

    >>> closes_meeting("Saker til behandling i lukket møte"), closes_meeting("Rutiner for lukket møte")
    (True, False)
    """
    found = _short(text) and _word("closed_meeting").search(text)
    return bool(found) and not _is_mention(text[: found.start()]) if found else False


def opens_meeting(text: str) -> bool:
    """Whether a line says that the public is let in again.

    >>> opens_meeting("Åpent møte"), opens_meeting("Møtet ble åpnet igjen kl. 14.00")
    (True, True)
    """
    return _short(text) and bool(_word("opened_meeting").search(text))


def path_mark(path: str) -> str | None:
    r"""The mark in the name of a file, or the name of a folder above it that is nothing else.

    >>> path_mark("/arkiv/2022/notat_unntatt-offentlighet.pdf"), path_mark(r"C:\arkiv\Unntatt offentlighet\notat.pdf")
    ('unntatt offentlighet', 'Unntatt offentlighet')
    >>> path_mark("arkiv/rutine for merking unntatt offentlighet.docx"), path_mark("arkiv/uo/referat.pdf")
    (None, None)
    """
    *folders, name = re.split(r"[/\\]", path)
    stem = re.sub(r"\.(?:pdf|doc|docx|docm|dotx|odt|rtf)\b.*$", "", name, flags=re.IGNORECASE)
    plain = re.sub(r"[_\s-]+", " ", stem).strip()
    for found in _word("marks").finditer(plain):
        if not _is_mention(plain[: found.start()]):
            return found[0]
    named = (re.sub(r"[_\s-]+", " ", folder).strip() for folder in folders)
    return next((folder for folder in named if _whole().fullmatch(folder)), None)


def _at_end(text: str, *, strict: bool) -> str | None:
    """The mark that a line ends with; ``strict``: in capitals or behind a sign, not as a sentence would go on."""
    for found in _mark_and_basis().finditer(text):
        if text[found.end() :].strip(" .,;:)]»\"'*"):
            continue
        before = text[: found.start()].rstrip(" \t")
        if not before or _is_mention(before) or _UNTICKED.search(before):
            continue
        few = len(before.split()) <= FEW or not before.split()[-1][:1].islower()
        apart = before[-1:] in ",;:–—-|/)" or (found[0][:1].isupper() and few)
        if apart or not strict:
            return found[0].strip(" ,;:")
    return None


def _at_beginning(text: str) -> str | None:
    """The mark that a line begins with, before another label or a title that is set apart: "U.off. – Personalsak"."""
    found = _mark_and_basis().match(text)
    if not found:
        return None
    rest = text[found.end() :].lstrip()
    label, colon, value = text.partition(":")
    if colon and _is(label.strip(), "reasons"):
        return labelled_mark(label, value)
    return found[0].strip(" ,;:") if rest[:1] in "–—-:(|" or rest[:1].isupper() else None


def _is_label(text: str) -> bool:
    """Whether a line is a label without a value, or with a no behind it."""
    label, colon, value = text.partition(":")
    return bool(colon) and (_is(label.strip(), "reasons") or _is_mark(label)) and _says_no(value.strip(" .*"))


def _says_no(value: str) -> bool:
    """Whether a value is empty, a no, an empty box, or the next label: "Unntatt offentlighet: Saksbehandler:"."""
    next_label = value.endswith(":") or re.match(r"[A-ZÆØÅ][\wæøå./]{2,30}:\s", value)
    return not value or _is(value, "no") or value.startswith(("☐", "□")) or bool(next_label)


def _is_mark(text: str) -> bool:
    return bool(_whole().fullmatch(text.strip()))


def _is(text: str, name: str) -> bool:
    return bool(pattern("exempt", name).fullmatch(text.strip()))


def _is_mention(before: str) -> bool:
    """Whether the last word before a mark makes it one that is only spoken of."""
    last = re.findall(r"[\wæøåÆØÅ]+", before)[-1:]
    return bool(last) and not before.rstrip().endswith((":", "–", "—", ",", "(")) and _is(last[0], "mentions")


def _short(text: str) -> bool:
    return 0 < len(text.split()) <= HEADING


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){pattern('exempt', name).pattern}(?!\w)", re.IGNORECASE)


@cache
def _whole() -> re.Pattern[str]:
    """A mark with its legal basis, or a legal basis by itself, and nothing else."""
    basis, law = _basis(), _law()
    return re.compile(
        rf"{_SIGNS}*(?:{_mark()}{basis}|(?:{pattern('exempt', 'fillers').pattern}\W+){{0,3}}{law}{basis})",
        re.IGNORECASE,
    )


@cache
def _mark_and_basis() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{_mark()}|{_law()}){_basis()}", re.IGNORECASE)


def _mark() -> str:
    return rf"(?:{pattern('exempt', 'marks').pattern}|{pattern('exempt', 'closed_meeting').pattern})(?!\w)\.?"


def _law() -> str:
    """The law on public access with a paragraph: "offl. § 13"."""
    return rf"{pattern('exempt', 'laws').pattern}\.?\s*(?:av\s+{_DATE}\s*)?{_PARAGRAPH}"


def _basis() -> str:
    """What may follow a mark: laws, paragraphs, numbers, dates, the words between them and signs."""
    words = "|".join(pattern("exempt", name).pattern for name in ("marks", "laws", "other_laws", "fillers"))
    return rf"(?:{_PARAGRAPH}|{_DATE}|(?<!\w)(?:\d{{1,3}}|{words})(?!\w)|§|{_SIGNS})*+"


@cache
def _sentence() -> re.Pattern[str]:
    subjects, verbs, states = (pattern("exempt", name).pattern for name in ("subjects", "verbs", "states"))
    return re.compile(
        rf"(?:{subjects}|sak\s+[\w/.-]+)\s+{verbs}\s+(?:[\wæøå]+\s+){{0,3}}?{states}(?!\w)", re.IGNORECASE
    )
