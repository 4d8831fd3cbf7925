"""Packets printed in one go: an agenda and behind it one memo per case, with nothing in the file that shows the seams.

Where every page of a packet begins with the same word or the same small table, that is a running head, and says
nothing of where a memo begins. What tells it is the memo's own head, or a case of the agenda's list that heads a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.layouts import archive_labels, memo_labels, title_lines
from models.case_numbers import canonical, read_case_number
from models.layout import Block, File, Paragraph, Table, paragraphs
from models.words import pattern

HEAD_BLOCKS = 6  # blocks at the top of a page in which the head of a memo stands
FEWEST_LABELS = 2  # labels of a memo's head by which a page begins one, where the case's number stands above them
LABELS = 3  # different ones where none does, the one for who prepared it among them
LETTERHEAD = 8  # blocks below the number in which they stand
FEWEST_CASES = 2  # that make a list
COVER = 6  # paragraphs: a page with more than a title, a body and a time on it is no cover


def without_running_head(blocks: Sequence[Block], before: Sequence[Block]) -> list[Block]:
    """A page's blocks without the small table that also stands on top of the page before, whatever differs in it.

    >>> from models.layout import Cell, Row
    >>> head = lambda name: Table((Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(("Rådet", name)))),))
    >>> len(without_running_head([head("sak 2"), Paragraph("Sak 2/24 Plan")], [head("liste")]))
    1
    """
    first, other = blocks[0] if blocks else None, before[0] if before else None
    if isinstance(first, Table) and isinstance(other, Table) and len(first.rows) == len(other.rows) == 1:
        here, there = ([cell.text for cell in table.rows[0].cells] for table in (first, other))
        same = sum(a == b and bool(a) for a, b in zip(here, there, strict=False))
        if len(here) == len(there) and 2 * same >= len(here):
            return list(blocks[1:])
    return list(blocks)


def heads_memo(blocks: Sequence[Block]) -> bool:
    """Whether blocks begin with number and title of a case and say who prepared it, and nothing that was decided.

    >>> lines = ["Sakshandsamar: Kari Dal", "Arkivref.: 24/88", "Tilråding:", "Planen vert vedteken."]
    >>> memo = [Paragraph("Sak 12/24 Plan", bold=True), *map(Paragraph, lines)]
    >>> heads_memo(memo), heads_memo([*memo, Paragraph("Vedtak:")])
    (True, False)
    """
    first = blocks[0] if blocks else None
    number = read_case_number(first.text) if isinstance(first, Paragraph) else None
    if not number or not isinstance(first, Paragraph) or not first.text[number.end :].strip():
        return False
    valued = [p for p in paragraphs(tuple(blocks[1:LETTERHEAD])) if re.search(r":\s*\S", p.text)]
    labels = {p.text.split(":")[0].strip().casefold() for p in paragraphs(tuple(blocks))}
    lists = (("decision_labels", "proposed"), ("document_titles", "case_memo"), ("headings", "memo_sections"))
    prepared = any(pattern(*names).fullmatch(label) for names in lists for label in labels)
    adopted = pattern("decision_labels", "adopted")
    stated = [*memo_labels(valued), *archive_labels(valued)]
    return prepared and len(stated) >= FEWEST_LABELS and not any(map(adopted.fullmatch, labels))


def begins_memo(blocks: Sequence[Block]) -> bool:
    """Whether a page begins with the head of one memo, and the rest of it prepares a case and decides nothing.

    >>> head = [Paragraph("Saksbehandler: Kari Dal"), Paragraph("Arkivsaksnr.: 24/88"), Paragraph("Saksnr.: Utvalg")]
    >>> page = [Paragraph("SKOLEKRETSER", bold=True), *head, Paragraph("Ordførers forslag til vedtak:")]
    >>> begins_memo(page), begins_memo([*page, Paragraph("Vedtak:")]), begins_memo([*page, *head])
    (True, False, False)
    """
    head = list(paragraphs(tuple(blocks[:HEAD_BLOCKS])))
    stated = {*memo_labels(head), *archive_labels(head)}
    once = sum("responsible" in memo_labels([p]) for p in paragraphs(tuple(blocks))) == 1
    return "responsible" in stated and len(stated) >= LABELS and once and _prepares(blocks)


def _prepares(blocks: Sequence[Block]) -> bool:
    """Whether a label for a proposal stands on a page, and none for a decision."""
    labels = {p.text.split(":")[0].strip().casefold() for p in paragraphs(tuple(blocks))}
    proposed, adopted = pattern("decision_labels", "proposed"), pattern("decision_labels", "adopted")
    return any(map(proposed.fullmatch, labels)) and not any(map(adopted.fullmatch, labels))


def listed_pages(file: File) -> frozenset[int]:
    """The pages, 1-based, headed by a case of the list on page 1, where each case of the packet heads a page.

    Where one of the listed cases begins in the middle of a page, the agenda itself goes through them: none is a memo.
    """
    listed = set(_listed([block for block in file.blocks if block.page == 1]))
    if len(listed) < FEWEST_CASES:
        return frozenset()
    found, before = set(), [block for block in file.blocks if block.page == 1]
    for page in file.pages[1:]:
        whole = [block for block in file.blocks if block.page == page.number]
        blocks = without_running_head(whole, before)
        headed = [at for at, block in enumerate(blocks) if _heads_case(block, listed)]
        if headed and headed != [0]:
            return frozenset()
        if headed and _prepares(blocks):
            found.add(page.number)
        before = whole
    return frozenset(found)


def _listed(blocks: Sequence[Block]) -> Iterator[str]:
    """The numbers of the cases that a table lists, as each spelling of them is kept."""
    for table in blocks:
        for row in table.rows if isinstance(table, Table) else ():
            number = read_case_number(row.cells[0].text) if len(row.cells) > 1 else None
            if number and not row.cells[0].text[number.end :].strip():
                yield canonical(number.number)


def _heads_case(block: Block, listed: set[str]) -> bool:
    if not isinstance(block, Paragraph) or not (block.bold or block.heading):
        return False
    number = read_case_number(block.text)
    return bool(number and canonical(number.number) in listed and block.text[number.end :].strip())


def is_cover(blocks: Sequence[Block], after: Sequence[Block]) -> bool:
    """Whether a page has little more than the title that the next page begins with once more.

    >>> cover = [Paragraph("INNKALLING TIL MØTE", bold=True), Paragraph("NORDVIK SKOLERÅD"), Paragraph("Møte 3/24")]
    >>> is_cover(cover, [Paragraph("Innkalling til møte", bold=True), Paragraph("Du innkalles til møte")])
    True
    >>> is_cover(cover, [Paragraph("Referat fra møte", bold=True), Paragraph("Til stede: Kari Dal")])
    False
    """
    if not blocks or len(blocks) > COVER or any(isinstance(block, Table) for block in blocks):
        return False
    if any(re.search(r"[.:]$", p.text) for p in paragraphs(tuple(blocks))):
        return False
    titles, next_titles = ([_folded(p.text) for p in title_lines(page)][:2] for page in (blocks, after[:2]))
    return bool(next_titles) and any(t.startswith(next_titles[0]) or next_titles[0].startswith(t) for t in titles if t)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
