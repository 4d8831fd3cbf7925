"""A case as it is found in a document: one draft a case, before anything in it is interpreted.

Two layouts: a table with a case number in a row's first cell (:mod:`extract.cases.table`), and headings that begin
with a case number (:mod:`extract.cases.headings`). A case that stands in a list and again in the treatment is one case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extract.cases.lines import is_other_business
from extract.cases.title_notes import without_note
from models.layout import Paragraph

# "Budsjett 2023 ....... 3", "Budsjett 2023 side 22": what a table of contents leaves behind a title.
CONTENTS_TAIL = re.compile(r"\s*(?:\.{3,}|…+|\bside\b)\s*\d{1,3}\s*$", re.IGNORECASE)
# "Avvik v/fagsjef Kari Dal" names who presents a case; "Parkering v/Rådhuset" a place.
PRESENTER = re.compile(r"[\s,(]+v/\s?(?:[a-zæøå]+\s){0,2}[A-ZÆØÅ][\w.-]*\s[A-ZÆØÅ].*$")


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
        """The title as one text, without who presents the case, notes behind it and the rest of a table of contents."""
        text = " ".join(p.text for p in self.title).strip(" :–-")
        return PRESENTER.sub("", without_note(CONTENTS_TAIL.sub("", text))) or None


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


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of the same number as one: the list's entry, then its treatment. A table row wins over a plain mention."""
    found: list[Draft] = []
    numbers: dict[tuple[int, ...], list[int]] = {}
    for draft in drafts:
        alike = numbers.setdefault(figures(draft.number), []) if draft.number else []
        at = next((at for at in alike if same_number(found[at].number or "", draft.number or "")), None)
        if at is None:
            alike.append(len(found))
            found.append(draft)
        elif draft.in_table and not found[at].in_table:
            found[at] = draft
        elif found[at].in_table == draft.in_table or draft.body:
            _extend(found[at], draft)
    return found


def _extend(first: Draft, again: Draft) -> None:
    first.title = _better_title(first, again)
    for name in ("side", "responsible", "body", "conclusion", "other"):
        getattr(first, name).extend(getattr(again, name))


def figures(number: str) -> tuple[int, ...]:
    """The figures of a number, its year written out: the same in every spelling of it.

    >>> figures("PS6/26") == figures("006/2026")
    True
    """
    return _parts(number)[1]


def _better_title(first: Draft, again: Draft) -> list[Paragraph]:
    """The title of a case that stands twice: the first one, unless it only has a page number more."""
    one, other = first.title_text or "", again.title_text or ""
    only_page = bool(other) and one.startswith(other) and re.fullmatch(r"\s*\d{1,3}", one[len(other) :])
    return again.title if only_page or not first.title else first.title


def same_number(first: str, second: str) -> bool:
    """Whether two printed numbers name the same case of one body: a year of two or four digits, a prefix on one side.

    >>> same_number("PS6/26", "6/2026"), same_number("PS6/26", "RS6/26"), same_number("2022.1", "2022.10")
    (True, False, False)
    """
    one, other = _parts(first), _parts(second)
    return one[1:] == other[1:] and (one[0] == other[0] or not one[0] or not other[0])


@lru_cache(maxsize=4096)
def _parts(number: str) -> tuple[str, tuple[int, ...]]:
    prefix = re.match(r"[^\d]*", number)
    digits = [int(d) for d in re.findall(r"\d+", number)]
    if "/" in number and digits[-1] < 100 and len(digits) > 1:
        digits[-1] += 2000 if digits[-1] < 69 else 1900
    return (prefix[0].strip("-–.: ").casefold() if prefix else "", tuple(digits))
