"""A document's blocks to its cases: one draft a case, before anything in it is interpreted.

Two layouts: a table with a case number in a row's first cell (:mod:`extract.cases.table`), and headings that begin
with a case number. A case that stands in a list and again in the treatment is one case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from models.case_numbers import CaseNumber, read_case_number
from models.dates import DATE
from models.layout import Paragraph
from models.words import pattern, sections

WORDY = 26  # words of a numbered line that can still be a heading
# "Fossum, den 15. mai 2024": what stands over signatures.
SIGNED_AT = re.compile(
    r"[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]+)?(?:,\s*(?:den\s+)?|\s+den\s+)" + f"(?:{DATE.pattern})", DATE.flags
)
# "Budsjett 2023 ....... 3", "Budsjett 2023 side 22": what a table of contents leaves behind a title.
CONTENTS_TAIL = re.compile(r"\s*(?:\.{3,}|…+|\bside\b)\s*\d{1,3}\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """A case as found: its paragraphs by where they stand."""

    number: str | None
    numbered: Paragraph | None = None
    """The paragraph that holds the number."""
    title: list[Paragraph] = field(default_factory=list)
    side: list[Paragraph] = field(default_factory=list)
    """What stands under the number ("2 vedlegg", "Orientering"), and the head of the group of cases it stands in."""
    responsible: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    conclusion: list[Paragraph] = field(default_factory=list)
    """The cells of a column headed "Konklusjon" or "Vedtak"."""
    other: list[Paragraph] = field(default_factory=list)
    """Cells of columns that say nothing read here, such as a time of day."""
    in_table: bool = False
    untitled: bool = False
    """Its document gives no title, so that the next line is none either."""

    def paragraphs(self) -> Iterator[Paragraph]:
        """All its paragraphs once, the numbered one first."""
        parts = (self.title, self.side, self.responsible, self.body, self.conclusion, self.other)
        seen: list[Paragraph] = [self.numbered] if self.numbered else []
        yield from seen
        for paragraph in (p for part in parts for p in part):
            if not any(paragraph is one for one in seen):
                seen.append(paragraph)
                yield paragraph

    @property
    def title_text(self) -> str | None:
        """The title as one text, without what a table of contents left behind it."""
        text = " ".join(p.text for p in self.title).strip(" :–-")
        return CONTENTS_TAIL.sub("", text) or None


def heading_draft(paragraph: Paragraph, *, listed: bool) -> Draft | None:
    """The case that a paragraph opens as its heading, or None.

    ``listed``: cases stand in a table of this document, so a plain line with a number only mentions one.

    >>> heading_draft(Paragraph("Sak 12/24 Samhandlingsavvik", bold=True), listed=False).title_text
    'Samhandlingsavvik'
    >>> heading_draft(Paragraph("Sak 2022.13 ble utsatt"), listed=False) is None
    True
    """
    number = read_case_number(paragraph.text)
    if number is None:
        return _unnumbered(paragraph)
    rest = paragraph.text[number.end :]
    if not _is_heading(paragraph, number, rest, listed):
        return None
    title = rest.strip(" :.–-\t")
    if paragraph.lead and read_case_number(paragraph.lead) and len(paragraph.lead) > number.end + 3:
        title = paragraph.lead[number.end :].strip(" :.–-")
    draft = Draft(number.number, paragraph, [replace(paragraph, text=title)] if title else [])
    after = rest.strip(" :.–-\t").removeprefix(title).strip()
    if title and after:
        draft.body.append(replace(paragraph, text=after, lead="", bold=False))
    return draft


def case_of_minutes(paragraph: Paragraph) -> Draft | None:
    """The case of minutes that hold only one: "Eldrerådets behandling av sak 18/2024 i møte den 23.04.2024:".

    >>> case_of_minutes(Paragraph("Eldrerådets behandling av sak 18/2024 i møte den 23.04.2024:")).number
    '18/2024'
    """
    match = re.match(r".{3,80}?s\s+(?:behandling|handsaming)\s+av\s+(?=sak\b)", paragraph.text, re.IGNORECASE)
    number = read_case_number(paragraph.text[match.end() :]) if match else None
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
        return number.named
    return title[:1].isupper() or title[:1] in '«"' or title[:1].isdigit()


def _unnumbered(paragraph: Paragraph) -> Draft | None:
    """A heading "Eventuelt" by itself, with or without a list label before it."""
    strong = paragraph.bold or paragraph.heading or paragraph.text.isupper()
    if strong and is_other_business(paragraph.text):
        return Draft(None, paragraph, [paragraph])
    return None


def is_other_business(text: str) -> bool:
    """Whether a text is the title of the case for whatever else comes up, and nothing more.

    >>> is_other_business("Eventuelt"), is_other_business("Ymse:"), is_other_business("Eventuelt møte i mai")
    (True, True, False)
    """
    return bool(pattern("unnumbered_cases", "any_other_business").fullmatch(text.strip(" :.")))


def parted_business(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts; "Eventuelt" in bold inside a table's last case, without a number beside it, is a case of its own."""
    for draft in drafts:
        at = next((i for i, p in enumerate(draft.body) if p.bold and is_other_business(p.text)), None)
        if not draft.in_table or at is None or draft.number is None:
            yield draft
            continue
        title, rest = draft.body[at], draft.body[at + 1 :]
        draft.body = draft.body[:at]
        yield draft
        yield Draft(None, title, [title], body=rest, in_table=True)


def group_kind(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the head of a group of cases: "Orienteringssaker", "Vedtakssaker".

    >>> group_kind(Paragraph("Orienteringssaker", bold=True))
    True
    >>> group_kind(Paragraph("Orientering om budsjett", bold=True))
    False
    """
    strong = paragraph.bold or paragraph.heading or paragraph.text.isupper()
    text = paragraph.text.strip(" :.")
    return bool(strong) and any(pattern("case_kinds", kind).fullmatch(text) for kind in sections("case_kinds"))


def ends_cases(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins what belongs to no case any more: signatures, the next meeting, greetings."""
    if is_attendance_label(paragraph) or SIGNED_AT.fullmatch(paragraph.text):
        return True
    return bool(pattern("closings", "lines").match(paragraph.text)) and len(paragraph.text.split()) < 30


def is_attendance_label(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins a list of those present or absent: "Til stede:".

    >>> is_attendance_label(Paragraph("Til stede:")), is_attendance_label(Paragraph("Til stede var mange"))
    (True, False)
    """
    label, colon, _ = paragraph.text.partition(":")
    return bool(colon) and any(pattern("attendance_labels", p).fullmatch(label.strip()) for p in ("present", "absent"))


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of the same number as one: the list's entry, then its treatment. A table row wins over a plain mention."""
    found: list[Draft] = []
    for draft in drafts:
        same = next((f for f in found if f.number and draft.number and same_number(f.number, draft.number)), None)
        if same is None:
            found.append(draft)
        elif draft.in_table and not same.in_table:
            found[found.index(same)] = draft
        elif same.in_table == draft.in_table or draft.body:
            same.title = same.title or draft.title
            for name in ("side", "responsible", "body", "conclusion", "other"):
                getattr(same, name).extend(getattr(draft, name))
    return found


def same_number(first: str, second: str) -> bool:
    """Whether two printed numbers name the same case of one body: a year of two or four digits, a prefix on one side.

    >>> same_number("PS6/26", "6/2026"), same_number("PS6/26", "RS6/26"), same_number("2022.1", "2022.10")
    (True, False, False)
    """
    one, other = _parts(first), _parts(second)
    return one[1:] == other[1:] and (one[0] == other[0] or not one[0] or not other[0])


def _parts(number: str) -> tuple[str, tuple[int, ...]]:
    prefix = re.match(r"[^\d]*", number)
    digits = [int(d) for d in re.findall(r"\d+", number)]
    if "/" in number and digits[-1] < 100 and len(digits) > 1:
        digits[-1] += 2000 if digits[-1] < 69 else 1900
    return (prefix[0].strip("-–.: ").casefold() if prefix else "", tuple(digits))
