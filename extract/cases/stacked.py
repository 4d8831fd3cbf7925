"""A list whose column of numbers stands above its column of titles, as some exports and web pages have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.cases.lines import WORDY, ends_cases
from extract.cases.sections import label_of
from models.case_numbers import CaseNumber, read_case_number, same_series
from models.layout import Block, Paragraph

FEWEST = 2  # numbers one under another; one by itself has its title in the next line
BLANK_LINE = 0.8  # of the text's size: as much space parts two lists


def with_numbers(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; numbers one under another and as many lines below them become one line each.

    Where there are more or fewer lines than numbers, nobody can tell which belongs to which, and they stay as they are.

    >>> [p.text for p in with_numbers([Paragraph(text) for text in ("33/24", "34/24", "Innkalling", "Budsjett")])]
    ['33/24 Innkalling', '34/24 Budsjett']
    >>> [p.text for p in with_numbers([Paragraph(text) for text in ("33/24", "34/24", "Budsjett")])]
    ['33/24', '34/24', 'Budsjett']
    """
    at = 0
    while at < len(blocks):
        numbers = list(_numbers(blocks[at:]))
        titles = list(_titles(blocks[at + len(numbers) :])) if len(numbers) >= FEWEST else []
        if titles and len(titles) == len(numbers):
            yield from (_together(number, title) for number, title in zip(numbers, titles, strict=True))
            at += 2 * len(numbers)
        else:
            yield from blocks[at : at + max(len(numbers), 1)]
            at += max(len(numbers), 1)


def numbers_apart(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph cut before each line that begins as its first one does, with a case's number and a title.

    A full line of a list shows no end.

    >>> both = Paragraph("Sak 24/19 Avvik Sak 25/19 Konferanse", lines=("Sak 24/19 Avvik", "Sak 25/19 Konferanse"))
    >>> [p.text for p in numbers_apart(both)]
    ['Sak 24/19 Avvik', 'Sak 25/19 Konferanse']
    """
    first = read_case_number(paragraph.text)
    at = next((i for i in range(1, len(paragraph.lines)) if first and _lists(paragraph.lines[i], first)), 0)
    start = paragraph.text.find(paragraph.lines[at]) if at else 0
    if start <= 0:
        yield paragraph
        return
    yield replace(paragraph, text=paragraph.text[:start].strip(), lines=paragraph.lines[:at])
    yield from numbers_apart(replace(paragraph, text=paragraph.text[start:], lines=paragraph.lines[at:], gap=0.0))


def _lists(line: str, first: CaseNumber) -> bool:
    number = read_case_number(line)
    if number is None or not (number.named and first.named) or not same_series(first.number, number.number):
        return False
    return line[number.end :].strip(" :.–-")[:1].isupper() and number.number != first.number


def _numbers(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The lines that are nothing but a number, of one series: an archive number below a case's seldom is."""
    above = None
    for block in blocks:
        number = lone_number(block) if isinstance(block, Paragraph) else None
        if number is None or not isinstance(block, Paragraph) or not same_series(above or number, number):
            return
        above = number
        yield block


def lone_number(paragraph: Paragraph) -> str | None:
    """The case number that is all there is in a line.

    >>> lone_number(Paragraph("Sak 33/24:")), lone_number(Paragraph("33/24 Budsjett"))
    ('33/24', None)
    """
    number = read_case_number(paragraph.text) if not paragraph.label else None
    return number.number if number and not paragraph.text[number.end :].strip(" :.–-") else None


def _titles(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The lines up to a blank one that could each be a title."""
    for at, line in enumerate(blocks):
        if not isinstance(line, Paragraph):
            return
        apart = at > 0 and line.gap > BLANK_LINE * (line.size or 10.0)
        if apart or label_of(line) or ends_cases(line) or read_case_number(line.text):
            return
        if line.text.endswith((":", ".")) or len(line.text.split()) > WORDY:
            return
        yield line


def _together(number: Paragraph, title: Paragraph) -> Paragraph:
    text = f"{number.text} {title.text}"
    return replace(title, text=text, places=number.places + title.places, lines=(), lead="", label=None)
