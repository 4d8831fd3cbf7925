"""The layouts: what a logical document is, told from its head and its marks.

Each layout states what speaks for it; the best supported one claims the document, and the words that decided are
kept. A document in which nothing speaks for any kind is ``other``: never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from models.case_minutes import treated_case
from models.case_numbers import holds_case_numbers, read_case_number
from models.layout import Block, Paragraph, Table, paragraphs
from models.page import Page
from models.words import entry_pattern, pattern, sections, words

HEAD = 14  # paragraphs: a document says what it is on its first half page
TITLE_POINTS = 10.0  # a title word at the beginning of a title line
MENTION_POINTS = 2.0  # the same of minutes and agendas, which other titles mention ("Godkjenning av protokoll")
INNER_POINTS = 4.0  # a title word elsewhere in a title line
MARK_POINTS = 1.0  # each different mark of a kind
MOST_MARKS = 4.0  # marks alone never outweigh a title
HEAD_POINTS = 11.0  # a memo's own head outweighs the words of its title ("Innspill til …", "Handlingsplan 2023")
FIRST = 4  # blocks: the name of a municipality may stand above the head of one case's minutes
MEMO_LABELS = 3  # different labels of a memo's head
MENTIONS = 4  # of a plan in a text without a title, at least one a page
ENOUGH = 3.0  # points below which no kind is claimed
SLIDE_SIZE = 18.0  # points: slides are read from across a room
WIDE_PAGE = 1.3  # width to height: slides are 4:3 or wider, A4 on its side is 1.41


@dataclass(frozen=True, slots=True)
class Claim:
    """How strongly a kind is supported, and by which words."""

    kind: str
    points: float
    words: tuple[str, ...]


def claim(blocks: Sequence[Block], pages: Sequence[Page] = (), *, marked: bool = False) -> Claim:
    """The kind that claims a document's blocks; ``marked``: the number of a case stands above them by itself.

    >>> claim([Paragraph("Møteinnkalling", bold=True), Paragraph("Forfall meldes til sekretariatet")]).kind
    'agenda'
    >>> claim([Paragraph("Månedsbrev til alle ansatte", bold=True)]).kind
    'other'
    """
    if is_slides(pages):
        return Claim("presentation", TITLE_POINTS, ("lysbilder",))
    if _calls_itself_other(list(blocks)):
        return Claim("other", 0.0, ())
    titles, starts = list(title_lines(blocks)), _starts(blocks)
    claims = [_supported(kind, list(blocks), titles, starts, marked) for kind in sections("document_titles")]
    best = max(claims, key=lambda c: c.points)
    return best if best.points >= ENOUGH else Claim("other", 0.0, ())


def _calls_itself_other(blocks: list[Block]) -> bool:
    """A regulation, newsletter or invoice by its first title line, whatever meetings it speaks of further on."""
    if len(memo_labels(_above_title(blocks))) >= MEMO_LABELS:
        return False
    lines = [line for line in title_lines(blocks) if len(line.text) > 3 and not line.label][:2]
    known = pattern("other_titles", "any")
    documents = [pattern("document_titles", kind) for kind in sections("document_titles")]
    return any(known.match(line.text) for line in lines) and not any(
        one.match(line.text) for one in documents for line in lines
    )


def is_slides(pages: Sequence[Page]) -> bool:
    """Wide pages with big letters: a presentation printed to PDF."""
    sizes = [word.size for page in pages for word in page.words]
    wide = all(page.width > WIDE_PAGE * page.height for page in pages)
    return bool(sizes) and wide and median(sizes) >= SLIDE_SIZE


def title_lines(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The lines of a document's head that could be its title: set bold, bigger than the text, or beside "Tema".

    Reads at most :data:`HEAD` paragraphs, and in tables only a value beside a title label.
    """
    usual = _usual_size(blocks)
    for block in blocks[:HEAD]:
        if isinstance(block, Table):
            yield from _labelled_titles(block)
            if holds_case_numbers(block):
                return
        elif pattern("case_kinds", "information").fullmatch(block.text.strip(" :.")):
            continue  # "Referatsaker" heads cases that are noted, and is no "Referat"
        elif block.bold or block.size > 1.15 * usual or block.heading or block.text.isupper() or _alone(block):
            yield block


def _alone(paragraph: Paragraph) -> bool:
    """A short line without a full stop that begins with a document word: heads set in plain type."""
    text = paragraph.text
    if len(text) > 90 or text.endswith((".", ",", ";")) or paragraph.label:
        return False
    return any(pattern("document_titles", kind).match(text) for kind in sections("document_titles"))


def _usual_size(blocks: Sequence[Block]) -> float:
    sizes: dict[float, int] = {}
    for paragraph in paragraphs(tuple(blocks)):
        sizes[paragraph.size] = sizes.get(paragraph.size, 0) + len(paragraph.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0) or 1e9


def _labelled_titles(table: Table) -> Iterator[Paragraph]:
    label = pattern("head_labels", "title")
    for row in table.rows:
        if len(row.cells) >= 2 and label.fullmatch(row.cells[0].text.strip(" :")):
            yield from row.cells[1].paragraphs[:1]


def _supported(
    kind: str, blocks: Sequence[Block], titles: Sequence[Paragraph], starts: str, marked: bool = False
) -> Claim:
    points, found = _by_title(kind, blocks, titles)
    if kind == "status_report" and not _by_title("action_plan", blocks, titles)[0] and "rapport" not in " ".join(found):
        points, found = 0.0, []  # "Status fastlegeordningen" is a case; a status report names the plan it reports on
    if kind == "status_report" and points:
        points = TITLE_POINTS + 2 * MARK_POINTS
    if kind == "case_memo" and _counts_cases(blocks):
        points, found = 0.0, []  # a memo is about one case
    elif kind == "case_memo" and len(labels := _head_labels(_above_title(blocks), marked)) >= MEMO_LABELS:
        points, found = max(points, HEAD_POINTS), [*found, *labels]
    marks = list(_marks(kind, starts))
    if kind == "action_plan" and not points and _mentions_a_plan(blocks):
        marks += ["handlingsplan (omtalt gjennom hele teksten)"] * 2
    return Claim(kind, points + min(len(marks) * MARK_POINTS, MOST_MARKS), (*found, *dict.fromkeys(marks)))


def _by_title(kind: str, blocks: Sequence[Block], titles: Sequence[Paragraph]) -> tuple[float, list[str]]:
    points, found = 0.0, []
    first = [block.text for block in blocks[:FIRST] if isinstance(block, Paragraph) and _treats_in_meeting(block.text)]
    if kind == "minutes" and first:
        return TITLE_POINTS, first[:1]
    title = _title(kind)
    for line in titles:
        match = title.search(line.text)
        if match:
            inner = MENTION_POINTS if kind in ("minutes", "agenda") else INNER_POINTS
            points = max(points, TITLE_POINTS if match.start() == 0 else inner)
            found.append(match[0])
    return points, found


def _treats_in_meeting(text: str) -> bool:
    """Whether a line is the whole head of one case's minutes: "Eldrerådets behandling av sak 18/2024 i møte den …"."""
    treated = treated_case(text)
    return treated is not None and bool(re.search(r"\bmøte\b.*\d", treated.case, re.IGNORECASE))


@cache
def _title(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern('document_titles', kind).pattern}(?!\w)", re.IGNORECASE)


def _counts_cases(blocks: Sequence[Block]) -> bool:
    """Whether headings name two cases or more: "Sak 19/24 Budsjett", "Sak 20/24 Plan"."""
    headings = [b for b in blocks if isinstance(b, Paragraph) and (b.bold or b.heading)]
    numbers = {n.number for b in headings if (n := read_case_number(b.text)) and n.named}
    return len(numbers) > 1


def _above_title(blocks: Sequence[Block]) -> list[Block]:
    """The blocks up to the line that calls a document an agenda or minutes: a memo's head stands above its title."""
    kinds = [pattern("document_titles", kind) for kind in ("agenda", "minutes")]
    titles = [line for line in title_lines(blocks) if any(kind.match(line.text) for kind in kinds)]
    at = next((i for i, block in enumerate(blocks) if any(block is line for line in titles)), len(blocks))
    return list(blocks[:at])


def memo_labels(blocks: Sequence[Block]) -> list[str]:
    """The labels of a memo's head among the first paragraphs: "Saksnr:", "Møteorgan:", "Type sak", "Saksbehandler"."""
    head = list(paragraphs(tuple(blocks)))[:HEAD]
    labels = [label for p in head for label in _line_labels(p.text)]
    known = {name: pattern("case_columns", name) for name in ("number", "body", "kind", "responsible", "date")}
    return [name for name, known_as in known.items() if any(known_as.fullmatch(label) for label in labels)]


def _line_labels(text: str) -> list[str]:
    """The label of a line, in lower case; all of them where labels stand in a row above their values.

    >>> _line_labels("Saksbehandler: Kari Dal"), _line_labels("Saksnr.: Møtedato: Arkivsaksnr.:")
    (['saksbehandler'], ['saksnr.', 'møtedato', 'arkivsaksnr.'])
    >>> _line_labels("Saksnr.: Utvalg")
    ['saksnr.', 'utvalg']
    """
    labels = [part.strip().casefold() for part in text.split(":")]
    columns = [pattern("case_columns", name) for name in ("body", "date")]
    in_row = not labels[-1] or any(column.fullmatch(labels[-1]) for column in columns)
    return [label for label in labels if label] if in_row and len(labels) > 1 else labels[:1]


def _head_labels(blocks: Sequence[Block], marked: bool) -> list[str]:
    """The labels of a memo's head; a case number above it stands for one, where the others have values in their lines.

    >>> _head_labels([Paragraph("Saksbehandler: Kari Dal"), Paragraph("Møtedato: 12.03.2024")], marked=True)
    ['number', 'responsible', 'date']
    """
    labels = memo_labels(blocks)
    if not marked or "number" in labels:
        return labels
    lines = [p for p in paragraphs(tuple(blocks)) if re.search(r":\s*\S", p.text)]
    return labels if len(labels) >= MEMO_LABELS else ["number", *memo_labels(lines), *archive_labels(lines)]


def archive_labels(lines: Sequence[Paragraph]) -> list[str]:
    """The label "archive" where a line of a memo's head gives the number of its file: "Arkivsak: 24/611"."""
    known = pattern("archive_columns", "any")
    labels = [label for line in lines for label in _line_labels(line.text)]
    return ["archive"] if any(map(known.fullmatch, labels)) else []


def _mentions_a_plan(blocks: Sequence[Block]) -> bool:
    texts = list(paragraphs(tuple(blocks)))
    plan = pattern("document_titles", "action_plan")
    pages = {p.page for p in texts}
    return sum(len(plan.findall(p.text)) for p in texts) >= max(MENTIONS, len(pages))


def _starts(blocks: Sequence[Block]) -> str:
    """What paragraphs and labels begin with, in lower case, each behind a NUL."""
    texts = [p.text.casefold().strip(" :") for p in paragraphs(tuple(blocks))]
    starts = {text.split(":")[0].strip() for text in texts if text} | {t for t in texts if len(t) < 60}
    return "\0" + "\0".join(sorted(start.replace("\0", " ") for start in starts))


def _marks(kind: str, starts: str) -> Iterator[str]:
    return (word for word, mark in _known_marks(kind) if mark.search(starts))


@cache
def _known_marks(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The marks of a kind, each as the beginning of a paragraph or a label; a sign such as ☒ needs no word border."""
    return tuple(
        (word, re.compile("\0" + entry_pattern(word.casefold()) + (r"(?!\w)" if word[-1].isalnum() else "")))
        for word in words("document_marks", kind)
    )
