"""Which entry of the word lists explains a value that was read: the label before it, or the words in it.

The readers keep what a value rests on, its text and its place, and not the rule. The rule is found again here, from the
same lists: for each field the lists of labels that stand before such a value, and those of words that such a value has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from models.bodies import own_body
from models.words import pattern, sections, words

WordList = tuple[str, str]
"""Section and name of a list in ``words.toml``."""


class Printed(NamedTuple):
    """A line of a document: its text, and its place as :attr:`models.layout.Place.short`."""

    text: str
    place: str = ""


class Rule(NamedTuple):
    """What explains a value: the words, the list they stand in, and the line that they are a label on."""

    words: str
    source: str
    line: int | None = None

    @property
    def sentence(self) -> str:
        """
        >>> Rule("Møteleder", "head_labels.chair", 4).sentence, Rule("godkjennes", "outcome_formulas.approved").sentence
        ('etter «Møteleder» (head_labels.chair)', 'ordene «godkjennes» (outcome_formulas.approved)')
        """
        return f"{'ordene' if self.line is None else 'etter'} «{self.words}» ({self.source})"


class Labels(NamedTuple):
    """Lists of labels, and how many lines above a value one may stand; None for the head of its column.

    A label of one of the ``others`` that stands nearer is what the value belongs to.
    """

    lists: tuple[WordList, ...]
    reach: int | None = 1
    others: tuple[WordList, ...] = ()


_HEAD = ("title", "body", "place", "chair", "secretary")
_COLUMN = {"number": "number", "title": "title", "responsible": "responsible", "kinds": "kind"}

LABELS: dict[tuple[str, str], Labels] = {
    **{(record, name): Labels((("head_labels", name),)) for record in ("Document", "Meeting") for name in _HEAD},
    ("Document", "body"): Labels((("head_labels", "body"), ("case_columns", "body"))),
    **{(record, "date"): Labels((("head_labels", "date"),)) for record in ("Document", "Meeting")},
    ("Meeting", "start"): Labels((("head_labels", "date"),)),
    ("Meeting", "end"): Labels((("head_labels", "date"),)),
    **{("CaseItem", field): Labels((("case_columns", name),), None) for field, name in _COLUMN.items()},
    ("Vote", "text"): Labels((("decision_labels", "votes"), ("decision_labels", "adopted"))),
    **{("Procedure", name): Labels((("procedure_labels", name),)) for name in sections("procedure_labels")},
    **{("Measure", name): Labels((("measure_columns", name),), None) for name in sections("measure_columns")},
}
"""By record and field."""

INSIDE: dict[tuple[str, str], str] = {
    ("Document", "title"): "document_titles",
    ("Document", "body"): "body_names",
    ("Meeting", "body"): "body_names",
    ("CaseItem", "kinds"): "case_kinds",
    ("CaseItem", "attachments"): "attachment_words",
    ("Decision", "outcome"): "outcome_formulas",
    ("Responsibility", "deadline_text"): "deadline_leads",
    ("Reference", "kind"): "reference_kinds",
    ("InputPoint", "question"): "input_questions",
}
"""The section in one of whose lists a word of the value stands."""

CODED = {("CaseItem", "kinds"), ("Decision", "outcome"), ("Reference", "kind"), ("InputPoint", "question")}
"""Values that are a list's name: no other list explains them."""


def rule_of(
    record: str, field: str, value: object, printed: str, lines: Sequence[Printed], at: int | None
) -> Rule | None:
    """What explains a value of a record, None where the lists do not.

    ``printed`` is the text that it was read from, which stands on line ``at`` of the document's ``lines``.

    >>> rule_of("Meeting", "chair", "Kari Nord", "Kari Nord", [Printed("Møteleder:"), Printed("Kari Nord")], 1)
    Rule(words='Møteleder', source='head_labels.chair', line=0)
    >>> rule_of("Decision", "outcome", "approved", "Planen godkjennes.", [], None)
    Rule(words='godkjennes', source='outcome_formulas.approved', line=None)
    """
    labels = LABELS.get((record, field))
    found = label_above(labels, lines, at) if labels and at is not None else None
    if found or (record, field) not in INSIDE:
        return found
    if field == "body" and (own := own_body(str(value))):
        return Rule(own.name, "sakspor.toml")
    section = INSIDE[record, field]
    names = (str(value),) if (record, field) in CODED and str(value) in sections(section) else tuple(sections(section))
    return next(_inside(section, names, printed), None)


def label_above(labels: Labels, lines: Sequence[Printed], at: int) -> Rule | None:
    """The nearest label on the line of a value, before it, or on a line above that is a label and nothing else.

    >>> label_above(Labels((("head_labels", "place"),)), [Printed("Sted: Rådhuset")], 0)
    Rule(words='Sted', source='head_labels.place', line=0)
    """
    first = 0 if labels.reach is None else max(0, at - labels.reach)
    for number in range(at, first - 1, -1):
        head, colon, _ = lines[number].text.partition(":")
        text = (head if number == at and colon else lines[number].text).strip(" :")
        if number == at and not colon:
            continue
        if labels.reach is None and number != at and not same_column(lines[number].place, lines[at].place):
            continue
        if found := _list_with(labels.lists, text):
            return Rule(text, ".".join(found), number)
        if _list_with(labels.others, text):
            return None
    return None


def _list_with(lists: Sequence[WordList], text: str) -> WordList | None:
    return next((one for one in lists if pattern(*one).fullmatch(text)), None)


def same_column(one: str, other: str) -> bool:
    """Whether two places of a page stand above one another, or two cells in one column of a table.

    >>> same_column("t2.r1.c3.p1", "t2.r4.c3.p2"), same_column("t1.r1.c3.p1", "t2.r4.c3.p2")
    (True, False)
    >>> same_column("400 90 450 101", "402 200 520 211"), same_column("72 90 120 101", "402 200 520 211")
    (True, False)
    """
    cells = [re.fullmatch(r"(.*t\d+)\.r\d+(\.c\d+)\..*", place) for place in (one, other)]
    if all(cells):
        return len({cell.groups() for cell in cells if cell}) == 1
    boxes = [place.split() for place in (one, other)]
    if any(len(box) != 4 for box in boxes):
        return False
    (left, _, right, _), (x0, _, x1, _) = (map(float, box) for box in boxes)
    return left < x1 and x0 < right


def claim_rules(kind: str, claim: str) -> Iterator[Rule]:
    """The words that decided a document's kind, each with the list it stands in.

    >>> [rule.source for rule in claim_rules("minutes", "Referat, til stede")]
    ['document_titles.minutes', 'document_marks.minutes']
    >>> [rule.source for rule in claim_rules("case_memo", "responsible, saksbehandler")]
    ['etiketter i hodet, listene i case_columns', 'document_marks.case_memo']
    """
    for told in filter(None, claim.split(", ")):
        lists = ("document_titles", "document_marks")
        known = (name for name in lists if kind in sections(name) and pattern(name, kind).fullmatch(told))
        entered = (name for name in lists if kind in sections(name) and told in words(name, kind))
        section = next(chain(known, entered), None)
        column = "etiketter i hodet, listene i case_columns" if told in sections("case_columns") else "oppsettet"
        yield Rule(told, f"{section}.{kind}" if section else column)


def _inside(section: str, names: tuple[str, ...], printed: str) -> Iterator[Rule]:
    """The first words of a text that stand in one of the lists."""
    hits = []
    for name in names:
        for match in pattern(section, name).finditer(printed):
            if _is_whole(printed, match.start(), match.end()):
                hits.append((match.start(), -len(match[0]), match[0], name))
                break
    for _, _, found, name in sorted(hits):
        yield Rule(found, f"{section}.{name}")


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[:start][-1:].isalnum() or text[end : end + 1].isalnum())
