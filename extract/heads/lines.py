"""The head of a document: its blocks before the first case, and the lines in it that are set apart from the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from extract.cases.columns import is_case_table
from extract.cases.headings import heading_draft
from models.layout import Block, LogicalDocument, Paragraph, Table, paragraphs

HEAD_PARAGRAPHS = 14  # a document says what it is on its first half page


@dataclass(frozen=True, slots=True)
class Value:
    """A reading with the paragraph it was read from."""

    text: str
    source: Paragraph


def head_blocks(document: LogicalDocument) -> list[Block]:
    """The blocks before the first case; of a document without cases its first page or so."""
    listed = any(isinstance(b, Table) and is_case_table(b) for b in document.blocks)

    def is_head(block: Block) -> bool:
        if isinstance(block, Table):
            return not is_case_table(block) or document.kind == "case_memo"
        return listed or heading_draft(block, listed=listed) is None

    if document.kind in ("agenda", "minutes"):
        return list(takewhile(is_head, document.blocks))
    return list(document.blocks[: 2 * HEAD_PARAGRAPHS])


def strong_lines(head: Sequence[Block]) -> Iterator[Paragraph]:
    """Lines of the head set apart from the text: bold, a heading style, capitals, or bigger than most."""
    texts = list(paragraphs(tuple(head)))
    sizes: dict[float, int] = {}
    for p in texts:
        sizes[p.size] = sizes.get(p.size, 0) + len(p.text)
    usual = max(sizes, key=lambda size: sizes[size], default=0.0)
    for p in texts[: 2 * HEAD_PARAGRAPHS]:
        if p.text and (p.bold or p.heading or p.size > 1.1 * usual > 0 or (p.text.isupper() and len(p.text) > 5)):
            yield p
