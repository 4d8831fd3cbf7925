"""What single lines around cases are: heads of groups, the business that has no number, what ends the cases."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extract.heads.presence import presence_of
from models.case_numbers import archive_length, read_case_number
from models.dates import DATE
from models.layout import Block, Paragraph
from models.words import pattern, sections

NEXT_MEETING = 10  # words of a line that only gives the day of the next meeting
_NEXT_MEETING = re.compile(r"neste\s+\w*møte\b", re.IGNORECASE)
SIGNATURE = 70  # characters of a name with the role in which it signs
WORDY = 26  # words of a numbered line that can still be a heading
# "Fossum, den 15. mai 2024": what stands over signatures.
SIGNED_AT = re.compile(
    r"[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]+)?(?:,\s*(?:den\s+)?|\s+den\s+)" + f"(?:{DATE.pattern})", DATE.flags
)
# "[17:30]" before or behind a title.
CLOCK_STAMP = re.compile(r"\[(?:kl\.?\s*)?\d{1,2}[:.]\d\d\]")


def plain_title(text: str) -> str:
    """What follows a case's number without the signs that part the two."""
    return text.strip(" :.–-\t")


def unstamped(paragraph: Paragraph) -> Paragraph:
    """A heading without the time at which the case was taken up.

    >>> unstamped(Paragraph("[17:30] Sak 12/24 Budsjett")).text, unstamped(Paragraph("Budsjett [16.44]")).text
    ('Sak 12/24 Budsjett', 'Budsjett')
    """
    if "[" not in paragraph.text:
        return paragraph
    text, lead = (CLOCK_STAMP.sub("", one).strip() for one in (paragraph.text, paragraph.lead))
    return replace(paragraph, text=text, lead=lead) if text else paragraph


def speaks_of_case(rest: str) -> bool:
    """Whether what follows a case's number makes a sentence of it, even in bold: "Sak 62/08 ble behandlet først".

    >>> speaks_of_case(" ble behandlet som sak nr. 1"), speaks_of_case(" Om budsjettet"), speaks_of_case(" avvik")
    (True, False, False)
    """
    first = (rest.split() or [""])[0]
    return first.islower() and bool(pattern("case_titles", "speaks_of").fullmatch(first))


def is_head_line(paragraph: Paragraph) -> bool:
    """Whether a line under a case's number only says where it is filed, and who has it: "Arkivsaksnr.: 24/611".

    >>> [is_head_line(Paragraph(text)) for text in ("Saksbehandler: Kari Dal", "05/1476", "Budsjett: første utkast")]
    [True, True, False]
    """
    if archive_length(paragraph.text, "") == len(paragraph.text):
        return True
    label, colon, _ = paragraph.text.partition(":")
    return bool(colon) and any(known.fullmatch(label.strip(" .")) for known in _head_labels())


@cache
def _head_labels() -> list[re.Pattern[str]]:
    columns = ("number", "responsible", "kind", "attachments", "date", "body")
    return [*(pattern("case_columns", name) for name in columns), pattern("archive_columns", "any")]


def is_other_business(text: str) -> bool:
    """Whether a text is the title of the case for whatever else comes up, and nothing more.

    >>> is_other_business("Eventuelt"), is_other_business("Ymse:"), is_other_business("Eventuelt møte i mai")
    (True, True, False)
    """
    return bool(pattern("unnumbered_cases", "any_other_business").fullmatch(text.strip(" :.")))


def group_kind(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the head of a group of cases: "Orienteringssaker", "Vedtakssaker".

    >>> group_kind(Paragraph("Orienteringssaker", bold=True))
    True
    >>> group_kind(Paragraph("Orientering om budsjett", bold=True))
    False
    """
    return _heads_group(paragraph) and any(
        pattern("case_kinds", kind).fullmatch(paragraph.text.strip(" :.")) for kind in sections("case_kinds")
    )


def group_ends(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the head of a group of cases of any kind: "Ordinære saker", "Saker i lukket møte".

    >>> group_ends(Paragraph("POLITISKE SAKER")), group_ends(Paragraph("Faste saker:")), group_ends(Paragraph("Saker"))
    (True, True, False)
    """
    return _heads_group(paragraph) and bool(pattern("group_heads", "other").fullmatch(paragraph.text.strip(" :.")))


def heads_approvals(paragraph: Paragraph, below: Block | None) -> bool:
    """Whether a paragraph heads the cases of approval: "Godkjenning av møtebok", right above a case with a number.

    >>> head = Paragraph("Godkjenning av møtebok", bold=True)
    >>> [heads_approvals(head, Paragraph(text)) for text in ("033/10 Møtebok", "Møteboka vert godkjend.")]
    [True, False]
    """
    if not isinstance(below, Paragraph) or not _heads_group(paragraph) or read_case_number(below.text) is None:
        return False
    return bool(pattern("group_heads", "approval").fullmatch(paragraph.text.strip(" :.")))


def _heads_group(paragraph: Paragraph) -> bool:
    """Set apart from the text, or by its form a head of cases: "Orienteringssaker", "Til orientering:"."""
    set_apart = paragraph.bold or paragraph.heading or paragraph.text.isupper()
    return bool(set_apart) or paragraph.text.endswith(":") or paragraph.text.casefold().endswith("saker")


def ends_cases(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins what belongs to no case any more: signatures, the next meeting, greetings."""
    if is_attendance_label(paragraph) or SIGNED_AT.fullmatch(paragraph.text) or is_signature(paragraph.text):
        return True
    if _NEXT_MEETING.match(paragraph.text) and DATE.search(paragraph.text) and not paragraph.label:
        return len(paragraph.text.split()) <= NEXT_MEETING
    return bool(pattern("closings", "lines").match(paragraph.text)) and len(paragraph.text.split()) < 30


def is_signature(text: str) -> bool:
    """Whether a text is a name with the role in which it signs, in either order: "Kari Nord, referent".

    >>> [is_signature(text) for text in ("Kari Nord, referent", "Referent: Kari M. Nord", "Kari Nord skriver brevet")]
    [True, True, False]
    """
    bare = " ".join(text.replace(",", " ").split()).strip(" .:")
    return len(bare) <= SIGNATURE and bool(_signature().fullmatch(bare))


@cache
def _signature() -> re.Pattern[str]:
    roles = "|".join(pattern("head_labels", name).pattern for name in ("secretary", "chair"))
    named = r"[A-ZÆØÅ][\w.'’-]*(?:\s[A-ZÆØÅ][\w.'’-]*){1,4}"
    role = rf"(?i:{roles}|utvalgssekretær|utvalssekretær|\w*sekretær|ordfører|ordførar)"
    return re.compile(rf"{named}\s{role}|{role}:?\s{named}")


def is_attendance_label(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins a list of those present or absent: "Til stede:".

    >>> is_attendance_label(Paragraph("Til stede:")), is_attendance_label(Paragraph("Til stede var mange"))
    (True, False)
    """
    label, colon, _ = paragraph.text.partition(":")
    strong = paragraph.bold or bool(paragraph.heading) or paragraph.text.isupper()
    return bool(colon or strong) and presence_of(label) in ("present", "absent")
