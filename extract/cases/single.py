"""Minutes of one case as a file of its own, whose head gives the number as one of its labels, or in a line of the table
of bodies: "Utvalg: Eldrerådet Dato: 23.04.2024 Sak: 18/24", "Eldrerådet 23.04.2024 18/24".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.cases.columns import heads_one_case
from extract.cases.drafts import Draft
from extract.cases.lines import is_head_line, plain_title
from extract.cases.sections import label_of
from extract.labels import find, labelled
from models.case_numbers import goes_on_with_numbers, read_case_number
from models.dates import DATE
from models.layout import Block, Paragraph, Table, paragraphs
from models.words import pattern

HEAD = 14  # blocks in which the labels of a head stand
MOST_NAMES = 4  # words of a body's name in such a line
LINE_LENGTH = 90  # characters of a line that only names a body, a day and a number


def single_case(blocks: Sequence[Block]) -> list[Draft]:
    """The case of minutes that hold only one; none where the head names no number, or more than one.

    >>> texts = ["Utvalg: Eldrerådet", "Sak: 18/24", "Tittel: Turer", "Vedtak:", "Tas til orientering."]
    >>> [(draft.number, draft.title_text, len(draft.body)) for draft in single_case([Paragraph(t) for t in texts])]
    [('18/24', 'Turer', 2)]
    """
    head = _head(blocks)
    numbers = dict(_numbers(head))
    if len(numbers) != 1:
        return []
    ((number, source),) = numbers.items()
    title = _title(head)
    body = [p for block in blocks[len(head) :] for p in (block.paragraphs() if isinstance(block, Table) else [block])]
    return [Draft(number, source, [title] if title else [], body=body, untitled=title is None)]


def headed(draft: Draft, blocks: Sequence[Block]) -> Draft:
    """The only case of minutes; where its heading is a number alone, the head above says the rest: "Sakstittel: Turer".

    >>> number = Paragraph("Eldrerådets behandling av sak 18/2024 i møte 23.04.2024:")
    >>> headed(Draft("18/2024", number), [Paragraph("Sakstittel: Turer"), number]).title_text
    'Turer'
    >>> headed(Draft("18/2024", number), [Paragraph("SAKSPROTOKOLL - TURER I SKOGEN"), number]).title_text
    'TURER I SKOGEN'
    """
    at = next((at for at, block in enumerate(blocks) if any(p is draft.numbered for p in paragraphs((block,)))), None)
    if at is None or (draft.title and not _is_head(blocks[at])):
        return draft
    labels = list(labelled(blocks[: at + 1]))
    title, responsible = find(labels, "head_labels", "title"), find(labels, "case_columns", "responsible")
    draft.title = draft.title or list(title.values[:1] if title else _titled(blocks[:at]))
    draft.responsible += responsible.values[:1] if responsible else ()
    return draft


def _titled(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The title that the word for minutes of one case stands before, in one line: "Saksprotokoll - Turer i skogen"."""
    words = rf"{pattern('one_case_titles', 'any').pattern}\s*[-–:]\s*(?P<title>[^\W\d]{{2}}.*)"
    for block in blocks:
        match = re.fullmatch(words, block.text, re.IGNORECASE) if isinstance(block, Paragraph) else None
        if match and isinstance(block, Paragraph):
            yield replace(block, text=match["title"], lines=(), lead="")
            return


def _is_head(block: Block) -> bool:
    return isinstance(block, Table) and heads_one_case(block)


def _head(blocks: Sequence[Block]) -> list[Block]:
    """The blocks above the first label of a treatment or a decision."""
    lines = ((at, block) for at, block in enumerate(blocks[:HEAD]) if isinstance(block, Paragraph))
    return list(blocks[: next((at for at, line in lines if label_of(line) and not is_head_line(line)), 0)])


def _numbers(head: Sequence[Block]) -> Iterator[tuple[str, Paragraph]]:
    known = pattern("case_columns", "number")
    for one in labelled(head):
        number = read_case_number(one.text, column=True) if known.fullmatch(one.label) and one.values else None
        if number and not goes_on_with_numbers(one.text[number.end :] or "-"):
            yield number.number, one.values[0]
    yield from ((number, line) for line in head if isinstance(line, Paragraph) for number in bodys_numbers(line))


def bodys_numbers(line: Paragraph) -> Iterator[str]:
    """The number in a line that names nothing but a body, a day and a number, in any order.

    >>> [list(bodys_numbers(Paragraph(t))) for t in ("Eldrerådet 23.04.2024 18/24", "18/24 Eldrerådet 23.04.2024")]
    [['18/24'], ['18/24']]
    >>> list(bodys_numbers(Paragraph("18/24 Møte i Eldrerådet 23.04.2024 om turer og besøk")))
    []
    """
    dates = list(DATE.finditer(line.text)) if len(line.text) < LINE_LENGTH else []
    if len(dates) != 1:
        return
    rest = DATE.sub(" ", line.text)
    starts = (word.start() for word in re.finditer(r"(?<!\S)(?=[A-ZÆØÅ]{0,3}\s?\d)", rest))
    numbers = {found.number for start in starts if (found := read_case_number(rest[start:]))}
    names = re.sub(r"[A-ZÆØÅ]{0,3}\s?\d+[/-]\d+", " ", rest).split()
    if len(numbers) == 1 and 1 <= len(names) <= MOST_NAMES and names[0][:1].isupper():
        yield from numbers


def _title(head: Sequence[Block]) -> Paragraph | None:
    """What stands behind "Tittel:", else the line set apart that is no document word."""
    stated = find(list(labelled(head)), "head_labels", "title")
    if stated:
        return stated.values[0]
    minutes = pattern("document_titles", "minutes")
    lines = [b for b in head if isinstance(b, Paragraph) and (b.bold or b.heading or b.text.isupper())]
    free = [b for b in lines if not minutes.match(b.text) and ":" not in b.text and plain_title(b.text)]
    return max(free, key=lambda line: line.size, default=None)
