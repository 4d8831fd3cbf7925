"""The heading of a case: a line that begins with its number, and the head of minutes that hold only one."""

from __future__ import annotations

from dataclasses import replace

from extract.cases.drafts import Draft
from extract.cases.lines import WORDY, is_other_business, plain_title, speaks_of_case, unstamped
from extract.cases.sections import label_of
from models.case_minutes import treated_case
from models.case_numbers import CaseNumber, archive_length, goes_on_with_numbers, read_case_number
from models.layout import Paragraph


def heading_draft(paragraph: Paragraph, *, listed: bool) -> Draft | None:
    """The case that a paragraph opens as its heading, or None.

    ``listed``: cases stand in a table of this document, so a plain line with a number only mentions one.

    >>> heading_draft(Paragraph("Sak 12/24 Samhandlingsavvik", bold=True), listed=False).title_text
    'Samhandlingsavvik'
    >>> heading_draft(Paragraph("Sak 2022.13 ble utsatt"), listed=False) is None
    True
    """
    paragraph = unstamped(paragraph)
    number = read_case_number(paragraph.text)
    if number is None:
        return _unnumbered(paragraph)
    rest = paragraph.text[number.end :]
    if goes_on_with_numbers(rest) or speaks_of_case(rest) or not _is_heading(paragraph, number, rest, listed):
        return None
    start = number.end + archive_length(rest, number.number)
    whole = title = plain_title(paragraph.text[start:])
    lead = paragraph.lead if len(paragraph.lead) < len(paragraph.text) else ""  # a label cut off may have been bold too
    if read_case_number(lead) and len(lead) > start + 3:
        title = plain_title(lead[start:])
    bare = label_of(Paragraph(title)) if " " not in title else None
    if bare and bare[0] in ("proposed", "adopted"):  # "Sak 12/24 Vedtak:"
        title = ""
    draft = Draft(number.number, paragraph, [replace(paragraph, text=title)] if title else [])
    after = whole.removeprefix(title).strip()
    if after:
        draft.body.append(replace(paragraph, text=after, lead="", bold=False))
    return draft


def case_of_minutes(paragraph: Paragraph) -> Draft | None:
    """The case of minutes that hold only one: "Eldrerådets behandling av sak 18/2024 i møte den 23.04.2024:".

    >>> case_of_minutes(Paragraph("Eldrerådets behandling av sak 18/2024 i møte den 23.04.2024:")).number
    '18/2024'
    """
    treated = treated_case(paragraph.text)
    number = read_case_number(treated.case) if treated else None
    return Draft(number.number, paragraph, untitled=True) if number else None


def _is_heading(paragraph: Paragraph, number: CaseNumber, rest: str, listed: bool) -> bool:
    title = rest.strip(" :.–-")
    strong = (
        paragraph.bold or bool(paragraph.heading) or paragraph.lead.startswith(paragraph.text[: number.end].strip())
    )
    if len(title.split()) > WORDY and not paragraph.lead:
        return False
    if strong:
        return True
    if listed or rest.startswith((",", ";")) or paragraph.label:
        return False
    if not title:
        return True
    return title[:1].isupper() or title[:1] in '«"' or title[:1].isdigit()


def _unnumbered(paragraph: Paragraph) -> Draft | None:
    """A heading "Eventuelt" by itself, with or without a list label before it."""
    strong = paragraph.bold or paragraph.heading or paragraph.text.isupper()
    if strong and is_other_business(paragraph.text):
        return Draft(None, paragraph, [paragraph])
    return None
