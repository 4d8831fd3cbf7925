"""Who answers for a case: the names of a narrow column put together and told apart.

A column of 2 cm breaks "Marte Wang / Hansen" over two lines and stacks "Henning / Mørland / Rannveig / Velken". Blank lines,
separators and the shape of the lines say where one name ends; a register of people is not needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.layout import Paragraph

# "FSU-KT/SSU", "Kari Dal og Ola Vik", "Kari Dal, Ola Vik"; a slash inside a word pair without blanks separates too.
SEPARATOR = re.compile(r"\s*(?:[;&\n]|/|,(?=\s+[A-ZÆØÅ])|\s+og\s+(?=[A-ZÆØÅ])|\s+\+\s+)\s*")
ABBREVIATION = re.compile(r"[A-ZÆØÅ0-9][A-ZÆØÅ0-9-]+")
PRESENTER = re.compile(r"^(?:v/|ved)\s*", re.IGNORECASE)


def names(paragraphs: Sequence[Paragraph]) -> list[tuple[str, tuple[Paragraph, ...]]]:
    """The names in a cell, each with the paragraphs it was read from.

    >>> cell = [Paragraph("Marte Wang Hansen", lines=("Marte Wang", "Hansen")), Paragraph("FSU-KT/SSU")]
    >>> [name for name, _ in names(cell)]
    ['Marte Wang Hansen', 'FSU-KT', 'SSU']
    >>> stacked = Paragraph("Kari Dal Ola Vik", lines=("Kari", "Dal", "Ola", "Vik"))
    >>> [name for name, _ in names([stacked])]
    ['Kari Dal', 'Ola Vik']
    """
    found: list[tuple[str, tuple[Paragraph, ...]]] = []
    for paragraph in _joined(paragraphs):
        for part in _stacked(paragraph[0]):
            for name in SEPARATOR.split(part):
                cleaned = PRESENTER.sub("", name).strip(" .,:;-–")
                if cleaned and any(c.isalpha() for c in cleaned):
                    found.append((cleaned, paragraph[1]))
    return found


def _joined(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Sequence[str], tuple[Paragraph, ...]]]:
    """The lines of each paragraph; a lone first name takes the lone surname of the next paragraph (a page break)."""
    waiting: Paragraph | None = None
    for paragraph in paragraphs:
        if waiting is not None and _lone(paragraph) and waiting.page != paragraph.page:
            yield [f"{waiting.text} {paragraph.text}"], (waiting, paragraph)
            waiting = None
            continue
        if waiting is not None:
            yield [waiting.text], (waiting,)
        waiting = paragraph if _lone(paragraph) else None
        if waiting is None:
            yield paragraph.lines or (paragraph.text,), (paragraph,)
    if waiting is not None:
        yield [waiting.text], (waiting,)


def _lone(paragraph: Paragraph) -> bool:
    return bool(re.fullmatch(r"[A-ZÆØÅ][a-zæøåéü-]+", paragraph.text))


def _stacked(lines: Sequence[str]) -> Iterator[str]:
    """Lines of one paragraph as names: a line with two name words begins a new name where the one before is whole."""
    name: list[str] = []
    single = True
    for at, line in enumerate(lines):
        words = line.split()
        following = lines[at + 1].split() if at + 1 < len(lines) else []
        if name and _begins(name, single, words, following):
            yield " ".join(name)
            name, single = [], True
        single = single and len(words) == 1
        name.extend(words)
    if name:
        yield " ".join(name)


def _begins(name: list[str], single: bool, words: list[str], following: list[str]) -> bool:
    last = name[-1]
    if last.endswith(("-", "/", ",", "og", "for", "i", "av")) or words[0][:1].islower() or words[0] in ("/", "og", "&"):
        return False
    if ABBREVIATION.fullmatch(last) or ABBREVIATION.fullmatch(words[0]):
        return True
    if len(name) < 2:
        return False
    if len(words) >= 2:
        return words[1][:1].isupper()
    return single and len(following) == 1
