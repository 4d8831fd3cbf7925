"""Cases of a document that numbers them by a series of its own, or not at all.

"57. Konfirmanter", "1 - Valg", "2.1.1 Revisors beretning", "02-14 Pasientforløp", "[17:30] Budsjett": each by itself
could be a point of a list, a range or a note of the time. They are cases where they stand as headings and count on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.cases.drafts import Draft
from extract.cases.lines import ends_cases, group_ends, group_kind, plain_title
from extract.cases.sections import label_of
from models.case_numbers import read_case_number
from models.layout import Block, Paragraph, Table
from models.words import MONTHS, pattern, sections

ORDINAL = re.compile(r"(?P<number>[1-9]\d{0,2}(?:\.[1-9]\d?){0,3})(?:[.)](?=\s)|(?=\s))\s*(?:[-–:]\s*)?(?P<title>\S.*)")
LISTED = re.compile(r"(?P<number>[1-9]\d?(?:[.)]|(?:\.[1-9]\d?){1,3}[.)]?))")
LARGER = 1.1  # of the text's usual size: a heading
SKIPPED = 2  # ordinals that a series of headings may leave out: a case was taken off, or its heading is set otherwise
STARTS = 20  # headings from which a series is tried; the cases of a document begin near its top
FEWEST = 2  # headings that make a series


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that may be the heading of a case, the parts of its number, and whether it is set apart from text."""

    paragraph: Paragraph
    number: tuple[int, ...]
    printed: str | None
    title: str
    strong: bool
    rest: str = ""
    """What was said of the case in the same line."""

    def draft(self) -> Draft:
        title, body = (replace(self.paragraph, text=t, label=None, lines=(), lead="") for t in (self.title, self.rest))
        return Draft(self.printed, self.paragraph, [title], body=[replace(body, bold=False)] if self.rest else [])


def own_headings(blocks: Sequence[Block]) -> dict[int, Draft]:
    """The headings of cases of a document without numbers of a series, by the ``id`` of their paragraphs.

    >>> texts = [("1.", "Økonomi"), (None, "Tas til orientering"), ("2.", "Ymse")]
    >>> lines = [Paragraph(text, label=label, bold=label is not None) for label, text in texts]
    >>> [(draft.number, draft.title_text) for draft in own_headings(lines).values()]
    [('1', 'Økonomi'), ('2', 'Ymse')]
    """
    lines = [block for block in blocks if not isinstance(block, Table)]
    usual = _usual_size(lines)
    for family in (dashed, counted, listed, timed, labelled):
        found = family(lines, usual)
        if len(found) >= FEWEST:
            return {id(heading.paragraph): heading.draft() for heading in found}
    return {}


def dashed(lines: Sequence[Paragraph], usual: float = 0.0) -> list[Heading]:
    """Headings "01-14 Godkjenning", "02-14 Pasientforløp": numbers that rise, and a year that they share.

    >>> [h.printed for h in dashed([Paragraph(t) for t in ("01-14 Referat", "02-14 Avvik", "10-15 år")])]
    ['01-14', '02-14']
    """
    found = [heading for line in lines if (heading := _dashed(line, usual))]
    years = [heading.number[0] for heading in found]
    return _rising([heading for heading in found if years.count(heading.number[0]) >= FEWEST])


def _dashed(line: Paragraph, usual: float) -> Heading | None:
    match = re.match(r"\d{1,3}\s?[-–]\s?(?:20\d\d|\d\d)(?!\d)", line.text)
    number = read_case_number(line.text, column=True) if match and not line.label else None
    title = plain_title(line.text[number.end :]) if number else None
    if not number or not title or not _titular(line, title):
        return None
    running, year = re.split(r"[-–]", number.number)
    return Heading(line, (int(year[-2:]), int(running)), number.number, title, _strong(line, usual))


def _rising(headings: Sequence[Heading]) -> list[Heading]:
    """The headings if each number is higher than the one before it, or stands there again; else none."""
    seen: list[tuple[int, ...]] = []
    for heading in headings:
        if seen and heading.number <= max(seen) and heading.number not in seen:
            return []
        seen.append(heading.number)
    return list(headings) if len(set(seen)) >= FEWEST else []


def counted(lines: Sequence[Paragraph], usual: float = 0.0) -> list[Heading]:
    """Headings in bold that count on: "57. Konfirmanter", "58. Orgelfond"; under them "58.1 Innkjøp" in any type.

    >>> bold = [Paragraph(text, bold=True) for text in ("1 Konstituering", "1.1 Valg", "1.2 Innkalling", "2 Økonomi")]
    >>> [h.printed for h in counted(bold)]
    ['1', '1.1', '1.2', '2']
    >>> counted([Paragraph("1. Planen vedtas.", bold=True), Paragraph("2. Saken utsettes.", bold=True)])
    []
    """
    found = [h for line in lines if (h := _ordinal(line, usual)) and (h.strong or len(h.number) > 1)]
    return _longest(found, first=lambda heading: heading.strong and len(heading.number) == 1)


def listed(lines: Sequence[Paragraph], usual: float = 0.0) -> list[Heading]:
    """Ordinals in the type of the text: under the head of a list ("Dagsorden"), or each with what was said of it.

    >>> texts = ["Saksliste:", "1. Referat", "2. Avvik", "Velkommen"]
    >>> [h.title for h in listed([Paragraph(text) for text in texts])]
    ['Referat', 'Avvik']
    >>> listed([Paragraph(text) for text in ("Vi ber om:", "1. Mer tid", "2. Mer penger")])
    []
    """
    found = [h for line in lines if (h := _ordinal(line, usual))]
    series = _longest(found, first=lambda heading: heading.number == (1,))
    places = {id(line): at for at, line in enumerate(lines)}
    at = [places[id(heading.paragraph)] for heading in series]
    if not at:
        return []
    above = lines[at[0] - 1] if at[0] else None
    under = [after - before > 1 for before, after in pairwise(at)]
    if above is not None and label_of(above) is not None:
        return []
    if above is not None and _heads_list(above):
        return series
    lead = above is not None and above.text.endswith(":")
    return series if under and all(under) and not lead else []


def _heads_list(line: Paragraph) -> bool:
    text = line.text.strip(" :.")
    return bool(pattern("list_heads", "any").fullmatch(text)) or group_kind(line) or group_ends(line)


def _longest(headings: Sequence[Heading], first: Callable[[Heading], bool]) -> list[Heading]:
    """The longest series of headings that count on from one that may be the first."""
    starts = [at for at, heading in enumerate(headings) if first(heading)][:STARTS]
    series = [_series(headings[at:]) for at in starts]
    return max((one for one in series if len({h.number for h in one}) >= FEWEST), key=len, default=[])


def _series(headings: Sequence[Heading]) -> list[Heading]:
    """The headings that count on from the first; those of a list come again where the cases are treated."""
    found = [headings[0]]
    titles = {headings[0].number: headings[0].title.casefold()}
    for heading in headings[1:]:
        title = heading.title.casefold()
        if _follows(found[-1], heading) and heading.number not in titles:
            titles[heading.number] = title
        elif not _same_title(titles.get(heading.number), title):
            continue
        found.append(heading)
    return found


def _same_title(first: str | None, second: str) -> bool:
    """Whether a title stands again; a table of contents leaves a page number behind it."""
    return first is not None and (first.startswith(second) or second.startswith(first))


def _follows(before: Heading, after: Heading) -> bool:
    """Whether an ordinal is the next one: one further on any level of the last, or the first below it."""
    one, other = before.number, after.number
    if other == (*one, 1):
        return True
    level = len(other)
    if level <= len(one) and other[:-1] == one[: level - 1]:
        return 1 <= other[-1] - one[level - 1] <= (1 + SKIPPED if after.strong else 1)
    return level > 1 and after.strong and other[:1] == one[:1] and other > one


def _ordinal(line: Paragraph, usual: float) -> Heading | None:
    lead = line.lead.removeprefix(line.label or "").strip()
    whole, rest = (lead, line.text.removeprefix(lead)) if lead and line.text.startswith(lead) else (line.text, "")
    match = ORDINAL.match(whole) if not line.label else LISTED.fullmatch(line.label)
    if not match:
        return None
    whole = whole if line.label else match["title"]
    title = plain_title(whole)
    if title.split()[:1] and title.split()[0].casefold().strip(".,") in MONTHS:
        return None
    printed = match["number"].rstrip(".)")
    number = tuple(map(int, printed.split(".")))
    strong = _strong(line, usual) or bool(rest)
    return Heading(line, number, printed, title, strong, plain_title(rest)) if _titular(line, whole) else None


def timed(lines: Sequence[Paragraph], usual: float = 0.0) -> list[Heading]:
    """Headings with the time at which a case was taken up, "[17:30] Budsjett" or "Budsjett [17:30]", and no number."""
    stamp = re.compile(r"\[\d\d[:.]\d\d\]")
    stamped = [line for line in lines if _strong(line, usual) and stamp.search(line.text)]
    titles = ((line, plain_title(stamp.sub("", line.text))) for line in stamped)
    return [Heading(line, (), None, title, strong=True) for line, title in titles if _titular(line, title)]


def labelled(lines: Sequence[Paragraph], usual: float = 0.0) -> list[Heading]:
    """Headings without a number, where decisions are labelled under some: those, and the others set like them.

    >>> texts = [("Til stede", True), ("Kari Dal", False), ("Økonomi", True), ("Vedtak: Godkjent", False)]
    >>> texts += [("Bane", True), ("Vedtak: Utsatt", False), ("Ymse", True), ("Ingen saker", False)]
    >>> [h.title for h in labelled([Paragraph(text, bold=bold, size=10.0) for text, bold in texts])]
    ['Økonomi', 'Bane', 'Ymse']
    """
    found = [(at, line) for at, line in enumerate(lines) if _strong(line, usual) and _heads_matter(line)]
    ends = [*(at for at, _ in found[1:]), len(lines)][: len(found)]
    decided = [_decides(lines[at + 1 : end]) for (at, _), end in zip(found, ends, strict=True)]
    if sum(decided) < FEWEST:
        return []
    first = found[decided.index(True)][1]
    style = (first.size, first.heading)
    alike = [line for _, line in found[decided.index(True) :] if (line.size, line.heading) == style]
    return [Heading(line, (), None, plain_title(line.text), strong=True) for line in alike]


def _heads_matter(line: Paragraph) -> bool:
    """Whether a line set apart could be the title of a case: no label, no head of a list, no title of the document."""
    kinds = [pattern("document_titles", kind) for kind in ("minutes", "agenda")]
    known = [
        pattern("list_heads", "any"),
        *(pattern("attendance_labels", name) for name in sections("attendance_labels")),
    ]
    text = line.text.strip(" :.")
    if label_of(line) or line.label or line.text.endswith(":") or group_kind(line) or group_ends(line):
        return False
    return _titular(line, text) and not any(k.match(text) for k in kinds) and not any(k.fullmatch(text) for k in known)


def _decides(lines: Sequence[Paragraph]) -> bool:
    return any((label_of(line) or ("", ""))[0] in ("proposed", "adopted") for line in lines)


def _strong(line: Paragraph, usual: float) -> bool:
    """Whether a line is set apart from the text: in bold, by a style of the file, or bigger than what is usual."""
    return line.bold or bool(line.heading) or line.size > LARGER * usual > 0


def _usual_size(lines: Sequence[Paragraph]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _titular(line: Paragraph, title: str) -> bool:
    """Whether a text could be a title: it begins like one, and is no sentence."""
    title = title.strip()
    begins = title[:1].isupper() or title[:1].isdigit() or title[:1] in "«\"'"
    return bool(title) and begins and not title.endswith((".", ";")) and len(title) < 160 and not ends_cases(line)
