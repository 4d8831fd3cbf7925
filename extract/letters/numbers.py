"""Which question each number stands for in a letter that numbers the questions it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.letters.headings import Heading, numbered
from extract.letters.questions import question_of
from models.layout import Paragraph


def listed_questions(every: Sequence[Paragraph]) -> dict[str, Heading]:
    """What each number asks where a letter numbers its questions: in its introduction or as headings.

    >>> asked = (Paragraph("Hva er utfordringene?", label="1."), Paragraph("Hvilke tiltak?", label="2."))
    >>> listed = listed_questions(asked)
    >>> {number: heading.question for number, heading in listed.items()}
    {'1': 'challenges', '2': 'measures'}
    """
    found: dict[str, set[str]] = {}
    headings: dict[str, Heading] = {}
    for p in every:
        number, text = numbered(p)
        code = question_of(text)
        own = [Heading(text, p, number, code)] if number and code and "." not in number else _in_sentence(p)
        for heading in own:
            found.setdefault(heading.number or "", set()).add(heading.question or "")
            headings.setdefault(heading.number or "", heading)
    return {number: heading for number, heading in headings.items() if len(found[number]) == 1}


def _in_sentence(paragraph: Paragraph) -> list[Heading]:
    """Questions that are numbered inside a sentence; nothing where not all of them are known.

    >>> sentence = Paragraph("Vi svarer på 1) de viktigste utfordringene og 2) aktuelle tiltak.")
    >>> [heading.question for heading in _in_sentence(sentence)]
    ['challenges', 'measures']
    """
    numbers = list(re.finditer(r"(?<![\w.])\(?(\d)\)\s+", paragraph.text))
    ends = [*(match.start() for match in numbers[1:]), len(paragraph.text)]
    named = [
        (match[1], re.sub(r"[\s,;.]*(?:og|samt)?[\s,;.]*$", "", paragraph.text[match.end() : end]))
        for match, end in zip(numbers, ends, strict=False)
    ]
    found = [Heading(text, paragraph, number, code) for number, text in named if (code := question_of(text))]
    return found if len(found) > 1 and len(found) == len(named) else []
