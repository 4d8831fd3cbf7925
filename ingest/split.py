"""One file to its logical documents: an agenda with the earlier minutes, memos, plans and answers behind it.

A document begins on a new page. Where a PDF was put together from several, every part brought fonts of its own: that
seam is in the file itself. Where all was printed in one go, a page that begins with a document's head, with the mark
of an attachment ("Sak 2022.29" by itself at the top), or with page number 1 after others, begins one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, pairwise

from ingest.layouts import ENOUGH, Claim, claim, memo_labels, title_lines
from ingest.packets import FEWEST_LABELS, begins_memo, heads_memo, is_cover, listed_pages, without_running_head
from ingest.repeats import begin_copies, with_repeats
from models.case_numbers import holds_case_numbers, read_case_number
from models.exempt import stamp
from models.layout import Block, File, LogicalDocument, Paragraph, Table, paragraphs
from models.organisations import is_organisation
from models.page import Page
from models.words import pattern, sections

LETTERHEAD = 8  # blocks: sender, department, recipient, date and reference stand above a letter's title
MARK_LENGTH = 30  # characters: "Sak 2022.29", "Vedlegg 3 til sak 12/23"
ATTACHMENT = re.compile(r"(?P<what>vedlegg|attachment)\s*(?:nr\.?\s*)?\d{0,2}\s*(?:til\s+)?(?P<rest>.*)", re.IGNORECASE)
RESTART = re.compile(r"(?:side|s\.)?\s*1\s*(?:(?:av|of|/)\s*\d+)?", re.IGNORECASE)


def split(file: File) -> list[LogicalDocument]:
    """The logical documents of a file, in page order, covering every page. A DOCX is one document."""
    if file.kind != "pdf":
        return [_document(0, file, file.blocks, None, ())]
    called = claim([block for block in file.blocks if block.page == 1]).kind
    listed = listed_pages(file) if called == "agenda" else frozenset[int]()
    starts = list(_starts(file, listed))
    bounds = [*starts, len(file.pages) + 1]
    found = []
    for n, (first, after) in enumerate(pairwise(bounds)):
        blocks = [b for b in file.blocks if first <= (b.page or first) < after]
        pages = [p for p in file.pages if first <= p.number < after]
        found.append(_document(n, file, blocks, (first, after - 1), pages, listed=first in listed))
    return with_repeats(found, file)


def _document(
    n: int,
    file: File,
    blocks: Sequence[Block],
    pages: tuple[int, int] | None,
    raw: Sequence[Page],
    *,
    listed: bool = False,
) -> LogicalDocument:
    reference = _mark(blocks)
    rest = list(_without_marks(blocks))
    marks = [b for b in blocks if isinstance(b, Paragraph) and not any(b is kept for kept in rest)]
    decided: Claim = claim(rest, raw, marked=bool(reference) or heads_memo(rest))
    if listed and decided.kind == "other":
        decided = Claim("case_memo", ENOUGH, ("saksliste",))
    return LogicalDocument(
        n=n,
        kind=decided.kind,
        pages=pages,
        blocks=tuple(rest),
        furniture=(*(f for f in file.furniture if not pages or pages[0] <= (f.page or 0) <= pages[1]), *marks),
        claim=", ".join(decided.words),
        case_reference=reference or None,
        siblings=tuple(_annex_lines(file, pages)),
    )


def _without_marks(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without the attachment's mark, which may stand at the top of each of its pages."""
    page: int | None = 0
    for block in blocks:
        if block.page == page or attachment_mark(block) is None:
            yield block
        page = block.page


def attachment_mark(block: Block) -> str | None:
    """The case number in an attachment's mark; "" where the mark names none, None where the block is no mark.

    >>> [attachment_mark(Paragraph(text)) for text in ("Sak 2022.29", "Vedlegg 2", "Sak")]
    ['2022.29', '', None]
    """
    if not isinstance(block, Paragraph) or len(block.text) > MARK_LENGTH:
        return None
    attachment = ATTACHMENT.fullmatch(block.text)
    number = read_case_number(attachment["rest"] if attachment else block.text)
    if number and number.named and not (attachment["rest"] if attachment else block.text)[number.end :].strip():
        return number.number
    return "" if attachment and re.search(r"\d", block.text) and not attachment["rest"].strip() else None


def _starts(file: File, listed: frozenset[int]) -> Iterator[int]:
    """The pages, 1-based, on which a logical document begins; ``listed``: those headed by a case of the agenda."""
    yield 1
    pages = list(_by_page(file))
    copies = set(begin_copies(file))
    trusted = not any(
        page.shares_fonts is False and _goes_on(before, here) for (_, before), (page, here) in pairwise(pages)
    )
    for (last, before), (page, blocks) in pairwise(pages):
        mark = _mark(blocks)
        covered = last.number == 1 and is_cover(before, blocks)
        if (
            (page.shares_fonts is False and trusted)
            or (mark is not None and mark != _mark(before))
            or page.number in copies
            or page.number in listed
            or (not covered and _begins(without_running_head(blocks, before), file, page.number))
        ):
            yield page.number


def _mark(blocks: Sequence[Block]) -> str | None:
    return attachment_mark(blocks[0]) if blocks else None


def _goes_on(before: Sequence[Block], here: Sequence[Block]) -> bool:
    """Whether a page begins in mid-sentence: some printers give every page fonts of its own, and seams tell nothing."""
    last, first = before[-1] if before else None, here[0] if here else None
    if not isinstance(last, Paragraph) or not isinstance(first, Paragraph):
        return False
    return first.text[:1].islower() and not first.label and not last.text.endswith((".", ":", "?", "!"))


def _by_page(file: File) -> Iterator[tuple[Page, list[Block]]]:
    blocks: dict[int, list[Block]] = {}
    for block in file.blocks:
        blocks.setdefault(block.page or 0, []).append(block)
    for page in file.pages:
        yield page, blocks.get(page.number, [])


def _begins(blocks: Sequence[Block], file: File, number: int) -> bool:
    """Whether a page begins a document by what stands on it; a stamp above its head is looked past."""
    blocks = list(dropwhile(lambda block: isinstance(block, Paragraph) and stamp(block.text), blocks))
    if not blocks:
        return False
    head = list(blocks[1:5] if _mark(blocks) is not None else blocks[:4])
    if _is_section(blocks):
        return False
    first = claim([b for b in file.blocks if b.page == 1]).kind
    if first == "minutes" and _treats(blocks):
        return False
    if (
        _has_memo_head(head)
        or (first == "agenda" and (heads_memo(blocks) or begins_memo(blocks)))
        or _has_letterhead(list(blocks[:LETTERHEAD]))
    ):
        return True
    restarts = any(RESTART.fullmatch(f.text) for f in file.furniture if f.page == number)
    numbered_before = any(f.page == number - 1 and re.search(r"\d", f.text) for f in file.furniture)
    return (restarts and numbered_before) or _has_title(head)


def _treats(blocks: Sequence[Block]) -> bool:
    """Whether a page looks like a memo and tells what was decided under a body's name: "VALSTYRET 002/15 VEDTAK:"."""
    adopted = pattern("decision_labels", "adopted").pattern
    label = re.compile(rf"(?:\S+\s+){{1,4}}\S*\d\S*\s+{adopted}\s*:?", re.IGNORECASE)
    lines = [p for p in paragraphs(tuple(blocks)) if p.bold or p.text.isupper()]
    return any(label.fullmatch(line.text) for line in lines)


def _is_section(blocks: Sequence[Block]) -> bool:
    """A page that begins with the heading of a memo's text, "Saksutgreiing", and no head of another memo below it."""
    first = blocks[0]
    if not isinstance(first, Paragraph) or not pattern("headings", "memo_sections").fullmatch(first.text.strip(" :")):
        return False
    below = blocks[1:LETTERHEAD]
    numbered = any(isinstance(b, Paragraph) and (n := read_case_number(b.text)) and n.named for b in below)
    return not numbered and len(memo_labels(below)) < FEWEST_LABELS


def _has_title(head: Iterable[Block]) -> bool:
    """A document word that begins a bold line, before any table of cases: "Referat SSU", "MØTEINNKALLING"."""
    kinds = ("minutes", "agenda", "case_memo", "consultation_response")
    before: list[Paragraph] = []
    for block in head:
        if isinstance(block, Table):
            break
        before.append(block)
    if len(before) > 1 and _heads_cases(before[0], before[1]):
        return False
    if len(before) > 1 and is_organisation(before[0].text) and not before[0].text.endswith("."):
        before = before[1:]
    return any(
        pattern("document_titles", kind).match(line.text)
        and read_case_number(line.text) is None
        and not line.label
        and not pattern("list_heads", "any").fullmatch(line.text.strip(" :"))
        and len(line.text) < 80
        and line is before[0]
        and line.size >= max((b.size for b in before), default=0.0)
        for line in title_lines(before)
        for kind in kinds
        if kind in sections("document_titles") and (line.bold or line.text.isupper() or line.heading)
    )


def _heads_cases(first: Block, second: Block) -> bool:
    """A document word by itself right above a case: the head of a group, "Møteinnkalling" over its approval."""
    if not isinstance(first, Paragraph) or not isinstance(second, Paragraph):
        return False
    bare = any(pattern("document_titles", kind).fullmatch(first.text.strip(" :")) for kind in ("minutes", "agenda"))
    number = read_case_number(second.text)
    return bare and number is not None and bool(second.text[number.end :].strip()) and (second.bold or number.named)


def _has_letterhead(head: Sequence[Block]) -> bool:
    """A sender by itself on top, and below it a title that says what the letter is: "Sørdal kommune", "Innspill …"."""
    if not head or isinstance(head[0], Table) or not is_organisation(head[0].text) or head[0].text.endswith("."):
        return False
    letters = ("input_letter", "consultation_response")
    return any(
        (title.bold or title.size > head[0].size)
        and any(pattern("document_titles", kind).match(title.text) for kind in letters)
        for title in head[1:]
        if isinstance(title, Paragraph)
    )


def _has_memo_head(head: Iterable[Block]) -> bool:
    """A small table "Saksnr | Møteorgan | Type sak | Saksbehandler" with one case in it."""
    return any(
        isinstance(block, Table)
        and len(block.rows) <= 4
        and claim([block]).kind == "case_memo"
        and (holds_case_numbers(block) or len(block.rows) >= 2)
        for block in head
    )


def _annex_lines(file: File, pages: tuple[int, int] | None) -> Iterator[str]:
    """Lines elsewhere in the file that list annexes: "Vedlegg 2 - SiF - Innspill … - 09-09-22"."""
    for block in file.blocks:
        outside = pages and not pages[0] <= (block.page or 0) <= pages[1]
        if outside and isinstance(block, Paragraph) and ATTACHMENT.match(block.text):
            yield block.text
