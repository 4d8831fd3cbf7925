"""Blocks to drafts: the walk through a document that finds where each case begins and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.cases.drafts import Draft, case_of_minutes, ends_cases, group_kind, heading_draft, merged, parted_business
from extract.cases.sections import label_of, labels_apart
from extract.cases.table import is_case_table, roles_under, table_drafts, table_heads
from extract.progress.lists import follow_up_tables
from models.case_titles import is_follow_up_list
from models.layout import Block, Paragraph, Table


def find_cases(blocks: Sequence[Block]) -> list[Draft]:
    """The cases of an agenda or minutes; where none has a number of a series, those that are counted from one."""
    return merged(list(parted_business(drafts(blocks)))) or ordinal_drafts(blocks)


def drafts(blocks: Sequence[Block]) -> list[Draft]:
    """The cases of a document in reading order."""
    lists = {id(table) for table in follow_up_tables(blocks)}
    found = _Found(listed=any(isinstance(b, Table) and id(b) not in lists and is_case_table(b) for b in blocks))
    for block in blocks:
        if isinstance(block, Table):
            found.table(block, lists_earlier=id(block) in lists)
        else:
            for paragraph in labels_apart([block]):
                found.paragraph(paragraph)
    return found.drafts


@dataclass(slots=True)
class _Found:
    """The cases found so far, and the one that is open."""

    listed: bool
    """Cases stand in a table of this document."""
    drafts: list[Draft] = field(default_factory=list)
    current: Draft | None = None
    group: Paragraph | None = None
    heads: dict[str, float] = field(default_factory=dict)
    """x of the column headings seen last, by role: a list of cases may have been cut from them."""

    def table(self, table: Table, *, lists_earlier: bool) -> None:
        here = {} if lists_earlier else table_heads(table)
        if not lists_earlier and is_case_table(table):
            above = self.current if self.current and self.current.in_table else None
            self.drafts += table_drafts(table, above, {} if here else roles_under(self.heads, table))
            self.current = self.drafts[-1] if self.drafts else None
        elif self.current and not self.current.in_table:
            self.current.body += table.paragraphs()
        self.heads = here or self.heads

    def paragraph(self, paragraph: Paragraph) -> None:
        current = self.current
        opened = case_of_minutes(paragraph) if not self.drafts else None
        opened = opened or (heading_draft(paragraph, listed=self.listed) if paragraph.text else None)
        if opened and (opened.number or (current and not current.in_table)):
            opened.side += [self.group] if self.group else []
            self.current = opened
            self.drafts.append(opened)
        elif (paragraph.bold or paragraph.heading) and is_follow_up_list(paragraph.text):
            self.current = None
        elif label_of(paragraph) is None and group_kind(paragraph):
            self.group, self.current = paragraph, None
        elif current and not current.in_table:
            if ends_cases(paragraph):
                self.current = None
            elif not (current.title or current.body or current.untitled) and label_of(paragraph) is None:
                current.title.append(paragraph)
            else:
                current.body.append(paragraph)


def ordinal_drafts(blocks: Sequence[Block]) -> list[Draft]:
    """The cases of a document that only counts them: headings in bold, "1. Økonomi", "2. Ny hytte", from one upwards.

    >>> texts = [("1.", "Økonomi"), (None, "Tas til orientering"), ("2.", "Ymse")]
    >>> lines = [Paragraph(text, label=label, bold=label is not None) for label, text in texts]
    >>> [(draft.number, draft.title_text) for draft in ordinal_drafts(lines)]
    [('1', 'Økonomi'), ('2', 'Ymse')]
    """
    found: list[Draft] = []
    for block in blocks:
        if isinstance(block, Table):
            continue
        counted = (block.label or "").strip(".)") == str(len(found) + 1)
        if counted and (block.bold or block.heading):
            found.append(Draft(str(len(found) + 1), block, [replace(block, label=None)]))
        elif found and not ends_cases(block):
            found[-1].body.append(block)
    return found if len(found) > 1 else []
