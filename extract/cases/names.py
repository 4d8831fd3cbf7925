"""Who answers for a case: the names of a narrow column put together and told apart.

A column of 2 cm breaks "Tuva Lie / Hansen" over two lines and stacks "Kari / Dal / Ola / Vik". Blank
lines, separators and the shape of the lines say where one name ends; a register of people is not needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.dates import DATE
from models.layout import Paragraph
from models.words import pattern

# "FSU-KT/SSU", "Kari Dal og Ola Vik", "Kari Dal, Ola Vik"; a slash inside a word pair without blanks separates too.
SEPARATOR = re.compile(r"\s*(?:[;&\n]|(?<!\bv)/|,(?=\s+[A-ZÆØÅ])|\s+og\s+(?=[A-ZÆØÅ])|\s+\+\s+)\s*")
SURNAME = re.compile(r"[A-ZÆØÅ][a-zæøåéüöä-]+")
ABBREVIATION = re.compile(r"[A-ZÆØÅ0-9][A-ZÆØÅ0-9-]+")
BLANK_LINE = 0.8  # of the font size: more space than this between two lines parts two names
# "Kari Dal lager en plan innen 10. mai": a name, a verb in the present and at least two words more
TASK = re.compile(r"(?P<who>[A-ZÆØÅ][\w.-]*(?:\s[A-ZÆØÅ][\w.-]*){1,3})\s+(?P<verb>[a-zæøå]+r)(?:\s+\S+){2,}")
PRESENTER = re.compile(r"^(?:v/|ved)\s*", re.IGNORECASE)


def names(paragraphs: Sequence[Paragraph]) -> list[tuple[str, tuple[Paragraph, ...]]]:
    """The names in a cell, each with the paragraphs it was read from.

    >>> cell = [Paragraph("Tuva Lie Hansen", lines=("Tuva Lie", "Hansen")), Paragraph("FSU-KT/SSU")]
    >>> [name for name, _ in names(cell)]
    ['Tuva Lie Hansen', 'FSU-KT', 'SSU']
    >>> stacked = Paragraph("Kari Dal Ola Vik", lines=("Kari", "Dal", "Ola", "Vik"))
    >>> [name for name, _ in names([stacked])]
    ['Kari Dal', 'Ola Vik']
    >>> [name for name, _ in names([Paragraph("Kari"), Paragraph("Dal"), Paragraph("Sekretariatet")])]
    ['Kari Dal', 'Sekretariatet']
    >>> [name for name, _ in names([Paragraph("Kari Dal 01.06.24"), Paragraph("15.09.2024")])]
    ['Kari Dal']
    """
    found: list[tuple[str, tuple[Paragraph, ...]]] = []
    for stack in _stacks(paragraphs):
        lines = [line for p in stack for line in p.lines or (p.text,)]
        for part in _stacked(lines):
            for name in SEPARATOR.split(re.sub(r"(?<=\w)- (?=[A-ZÆØÅ])", "-", part)):
                cleaned = _without_task(DATE.sub("", PRESENTER.sub("", name)).strip(" .,:;-–"))
                if cleaned and any(c.isalpha() for c in cleaned):
                    found.append(
                        (cleaned, tuple(p for p in stack if set(cleaned.split()) & set(p.text.split())) or stack)
                    )
    return found


def _without_task(text: str) -> str:
    """A name without what its bearer is to do, where a column holds both.

    >>> _without_task("Kari Dal lager en plan innen 10. mai"), _without_task("Kari Dal leder av utvalget for helse")
    ('Kari Dal', 'Kari Dal leder av utvalget for helse')
    """
    match = TASK.fullmatch(text)
    roles = [pattern(*known) for known in (("attendance_groups", "roles"), ("titles", "before_names"))]
    return match["who"] if match and not any(role.fullmatch(match["verb"]) for role in roles) else text


def _stacks(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, ...]]:
    """Paragraphs in runs without a blank line between them; a page break is none."""
    stack: list[Paragraph] = []
    for paragraph in paragraphs:
        if stack and (paragraph.gap > BLANK_LINE * (paragraph.size or 10.0) or paragraph.label):
            yield tuple(stack)
            stack = []
        stack.append(paragraph)
    if stack:
        yield tuple(stack)


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
    if last[-1] in "-/,&" or last in ("og", "for", "i", "av") or words[0][:1].islower() or words[0] in ("/", "&"):
        return False
    if ABBREVIATION.fullmatch(last) or ABBREVIATION.fullmatch(words[0]):
        return True
    if SEPARATOR.search(words[-1]) or SEPARATOR.search(last):
        return True
    if _stands_alone(last) or _stands_alone(words[0]):
        return True
    if len(name) < 2:
        return False
    if len(words) >= 2:
        return words[1][:1].isupper()
    second = len(following) == 1 and SURNAME.fullmatch(following[0]) and not _stands_alone(following[0])
    return bool(second) and not (len(name) > 2 and not single)


def _stands_alone(word: str) -> bool:
    """Whether a word names somebody by itself, so that no surname follows: "Sekretariatet", "Alle"."""
    return bool(pattern("role_words", "alone").fullmatch(word))
