"""Blocks to drafts: the walk through a document that finds where each case begins and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from extract.cases.columns import is_case_table, roles_under, table_heads
from extract.cases.drafts import Draft, figures, merged, parted_business, same_number
from extract.cases.headings import case_of_minutes, heading_draft
from extract.cases.lines import ends_cases, group_ends, group_kind, heads_approvals, is_head_line
from extract.cases.sections import label_of, labels_apart
from extract.cases.series import own_headings
from extract.cases.single import headed, single_case
from extract.cases.stacked import lone_number, numbers_apart, with_numbers
from extract.cases.table import one_case_head, table_drafts
from extract.labels import find, labelled
from extract.progress.lists import follow_up_tables
from models.case_minutes import treated_case
from models.case_numbers import same_series
from models.case_titles import is_follow_up_list
from models.exempt import closes_meeting, opens_meeting
from models.layout import Block, Paragraph, Table
from models.words import is_unfinished, pattern


def find_cases(blocks: Sequence[Block]) -> list[Draft]:
    """The cases of an agenda or minutes; where none has a number of a series, those under headings of their own."""
    lines = list(_lines(blocks))
    found = merged(list(parted_business(drafts(lines))))
    if any(draft.number for draft in found):
        return [headed(found[0], lines)] if len(found) == 1 else found
    if one := single_case(lines):
        return one
    own = own_headings(lines)
    return merged(list(parted_business(drafts(lines, own)))) if own else found


def _lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with labels apart from the text above them, and titles beside numbers that stood in a column."""
    parted: list[Block] = []
    for block in blocks:
        lines = [] if isinstance(block, Table) else labels_apart([block])
        parted += [block] if isinstance(block, Table) else (part for line in lines for part in numbers_apart(line))
    yield from with_numbers(parted)


def drafts(blocks: Sequence[Block], own: Mapping[int, Draft] | None = None) -> list[Draft]:
    """The cases of a document in reading order; ``own`` are the headings that open one, where numbers do not."""
    lists = {id(table) for table in follow_up_tables(blocks)}
    listed = any(isinstance(b, Table) and id(b) not in lists and is_case_table(b) for b in blocks)
    found = _Found(listed=listed, own=own or {})
    for block, below in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Table):
            found.table(block, lists_earlier=id(block) in lists)
        else:
            found.paragraph(block, below)
    return found.drafts


@dataclass(slots=True)
class _Found:
    """The cases found so far, and the one that is open."""

    listed: bool
    """Cases stand in a table of this document."""
    own: Mapping[int, Draft]
    """The cases that headings without a number of a series open, by the ``id`` of the paragraph."""
    drafts: list[Draft] = field(default_factory=list)
    numbers: dict[tuple[int, ...], list[str]] = field(default_factory=dict)
    """The numbers of the cases found so far, by their figures."""
    current: Draft | None = None
    group: Paragraph | None = None
    last: Paragraph | None = None
    """The paragraph right above."""
    fresh: bool = False
    """The group began after the last case that was new: not the last one of the list above the treatment."""
    heads: dict[str, float] = field(default_factory=dict)
    """x of the column headings seen last, by role: a list of cases may have been cut from them."""

    def table(self, table: Table, *, lists_earlier: bool) -> None:
        here = {} if lists_earlier else table_heads(table)
        head = one_case_head(table)
        if head and not (self.current and same_number(self.current.number or "", head.number or "")):
            self._open(head)
        elif not lists_earlier and is_case_table(table):
            above = self.current if self.current and self.current.in_table else None
            found = list(table_drafts(table, above, {} if here else roles_under(self.heads, table)))
            if self.group is not None and self.last is self.group:
                for draft in found:
                    draft.side.append(self.group)
            self.fresh = False
            self.drafts += found
            for number in filter(None, (draft.number for draft in found)):
                self.numbers.setdefault(figures(number), []).append(number)
            self.current = self.drafts[-1] if self.drafts else None
            if len(found) == 1 and not found[0].title:  # a table only for the number: the case stands below it
                found[0].in_table = False
        elif self.current and lists_earlier:
            self.current.other += table.paragraphs()
        elif self.current and not self.current.in_table:
            stated = None if self.current.body else find(list(labelled([table])), "case_columns", "responsible")
            self.current.responsible += stated.values[:1] if stated else ()
            self.current.body += table.paragraphs()
        self.heads = here or self.heads

    def paragraph(self, paragraph: Paragraph, below: Block | None) -> None:
        current, self.last = self.current, paragraph
        opened = self._opened(paragraph)
        if opened and (opened.number or id(paragraph) in self.own or self._may_be_last(opened)):
            self._open(opened)
        elif (paragraph.bold or paragraph.heading) and is_follow_up_list(paragraph.text):
            self.current = None
        elif label_of(paragraph) is None and (group_kind(paragraph) or group_ends(paragraph)):
            says = group_kind(paragraph) or closes_meeting(paragraph.text) or opens_meeting(paragraph.text)
            self.group, self.current = paragraph if says else None, None
            self.fresh = True
        elif heads_approvals(paragraph, below):
            self.group, self.current, self.fresh = paragraph, None, True
        elif current is None and paragraph.label:
            self.group = None  # what stands in the group is counted by itself
        elif current and not current.in_table:
            if ends_cases(paragraph):
                self.current = None
            elif is_title_of(current, paragraph):
                current.title.append(titled(paragraph))
            elif goes_on_with_title(current, paragraph):
                current.title.append(paragraph)
            else:
                current.body.append(paragraph)

    def _may_be_last(self, business: Draft) -> bool:
        """Other business stands behind a case; below a list in a table only where the list has none."""
        listed = any(draft.number is None and draft.title_text for draft in self.drafts)
        return self.current is not None and not (self.current.in_table and listed) and business.number is None

    def _opened(self, paragraph: Paragraph) -> Draft | None:
        if id(paragraph) in self.own:
            return self.own[id(paragraph)]
        if self.current and is_archive_number(self.current, paragraph):
            return None
        opened = case_of_minutes(paragraph) if not self.drafts else None
        return opened or (heading_draft(paragraph, listed=self.listed) if paragraph.text else None)

    def _open(self, opened: Draft) -> None:
        """A case begins; the head of its group names its kind too, and ends with the list that it stands in."""
        alike = self.numbers.setdefault(figures(opened.number), []) if opened.number else []
        known = any(same_number(opened.number or "", number) for number in alike)
        alike += [opened.number] if opened.number else []
        if (known and not self.fresh) or opened.number is None:
            self.group = None
        opened.side += [self.group] if self.group else []
        self.fresh = self.fresh and known
        self.current = opened
        self.drafts.append(opened)


def is_title_of(draft: Draft, paragraph: Paragraph) -> bool:
    """Whether a line is the title of a case whose heading is its number alone; lines such as "Arkivsaknr.: 24/611" may
    stand between the two.

    >>> number = Paragraph("6/07")
    >>> [is_title_of(Draft("6/07", number), Paragraph(text)) for text in ("Skolekretser", "05/1476", "Vedtak:")]
    [True, False, False]
    """
    if draft.title or draft.untitled or label_of(paragraph) is not None or treated_case(paragraph.text):
        return False
    filed = [is_head_line(line) or is_archive_number(draft, line) for line in (paragraph, *draft.body)]
    return not filed[0] and all(filed[1:])


def titled(paragraph: Paragraph) -> Paragraph:
    """A line that is a case's title, without the label before it.

    >>> titled(Paragraph("Sakstittel: Budsjett: første utkast")).text
    'Budsjett: første utkast'
    """
    label, colon, rest = paragraph.text.partition(":")
    labels = (pattern("head_labels", "title"), pattern("case_columns", "title"))
    if not colon or not rest.strip() or not any(known.fullmatch(label.strip()) for known in labels):
        return paragraph
    return replace(paragraph, text=rest.strip(), lead="")


def goes_on_with_title(draft: Draft, paragraph: Paragraph) -> bool:
    """Whether a line right under a title in bold is the rest of it: bold too, and the sentence goes on.

    >>> draft = Draft("33/24", None, [Paragraph("Tilskudd til ombygging av", bold=True)])
    >>> goes_on_with_title(draft, Paragraph("gamle skolehus", bold=True)), goes_on_with_title(draft, Paragraph("og"))
    (True, False)
    """
    if not draft.title or draft.body or paragraph.label or not (draft.title[-1].bold and paragraph.bold):
        return False
    follows = paragraph.text[:1].islower() or is_unfinished(draft.title[-1].text)
    return follows and paragraph.size == draft.title[-1].size


def is_archive_number(draft: Draft, paragraph: Paragraph) -> bool:
    """Whether a line is nothing but a number of another series, right under the number of a case.

    >>> [is_archive_number(Draft("7/07"), Paragraph(text)) for text in ("06/88", "8/07", "06/88 Sentrumsplan")]
    [True, False, False]
    """
    number = lone_number(paragraph) if draft.number and not draft.title else None
    return number is not None and not same_series(number, draft.number or "")
