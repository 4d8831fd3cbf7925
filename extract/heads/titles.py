"""A document's title: beside "Tema", else the line of its head that names the kind, else the biggest one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.cases.sections import labels_apart
from extract.heads.lines import Value, strong_lines
from extract.labels import Labelled, find
from models.case_numbers import goes_on_with_numbers, read_case_number
from models.layout import Block, LogicalDocument, Paragraph, Table
from models.organisations import is_organisation
from models.words import is_unfinished, pattern, sections

OUTSTANDING = 1.3  # times the size of the next biggest line


def title_of(document: LogicalDocument, head: Sequence[Block], labels: Sequence[Labelled]) -> Value | None:
    lines = list(strong_lines(head))
    labelled_title = find(labels, "head_labels", "title")
    if labelled_title and document.kind in ("agenda", "minutes"):
        return _of_case(document.kind, labelled_title, lines) or _value(labelled_title.values[0])
    if document.kind in ("case_memo", "procedure", "presentation"):
        memo = document.kind == "case_memo"
        return (_numbered(lines) or _largest(_after_memo_table(head)) if memo else None) or _largest(lines)
    if document.kind == "other":
        return _largest([line for line in lines if line.page in (None, lines[0].page)])
    return _by_kind(document.kind, lines or _plain_lines(head))


def _value(line: Paragraph) -> Value:
    return Value(line.text, line)


def _of_case(kind: str, labelled_title: Labelled, lines: Sequence[Paragraph]) -> Value | None:
    """The line that names the kind, where the label's value does not: it is the title of the only case."""
    names_kind = pattern("document_titles", kind).match(labelled_title.values[0].text)
    bare = next((line for line in lines if pattern("document_titles", kind).fullmatch(line.text.strip(" :"))), None)
    return _value(bare) if bare and not names_kind else None


def _plain_lines(head: Sequence[Block]) -> list[Paragraph]:
    return [b for b in head[:6] if isinstance(b, Paragraph) and len(b.text) < 90 and not b.text.endswith(".")]


def _after_memo_table(head: Sequence[Block]) -> list[Paragraph]:
    """The strong lines behind a memo's table of case number and body, where its title stands."""
    tables = [i for i, block in enumerate(head) if isinstance(block, Table)]
    after = head[tables[0] + 1 :] if tables else head
    lines = [p for p in strong_lines(head) if any(p is b for b in after)] or list(strong_lines(head))
    return [next(labels_apart([line])) for line in lines]


def _numbered(lines: Sequence[Paragraph]) -> Value | None:
    """The title of a memo behind its number, or below: "Sak 2013/11 Kommunedelplan"."""
    for line in lines:
        number = read_case_number(line.text)
        title = line.text[number.end :].strip(" :.–-") if number and (number.named or "/" in number.number) else ""
        if number and number.named and not title:
            return _below(line, lines)
        if title[:1].isupper() and not goes_on_with_numbers(line.text[number.end if number else 0 :]):
            return _with_rest(replace(line, text=title), lines, line)
    return None


def _largest(lines: Sequence[Paragraph]) -> Value | None:
    """The biggest line that is neither a section's heading nor a label; the first of equals."""
    section = pattern("headings", "memo_sections")
    opening = pattern("headings", "opening")
    possible = [
        p for p in lines if not section.fullmatch(p.text.strip(" :")) and not opening.fullmatch(p.text.strip(" :"))
    ]
    possible = [
        p for p in possible if not p.text.endswith(":") and not is_bare_kind(p.text) and not _only_number(p.text)
    ]
    possible = [p for p in possible if not p.label] or possible
    if not possible:
        return None
    best = max(possible, key=lambda p: (p.heading == 1, p.size))
    return _with_rest(best, lines)


def _only_number(text: str) -> bool:
    number = read_case_number(text)
    return number is not None and not text[number.end :].strip(" :.–-")


def is_bare_kind(text: str) -> bool:
    """Whether a line only names the kind of document: "Saksframlegg".

    >>> is_bare_kind("SAKSFRAMLEGG"), is_bare_kind("Saksframlegg om avvik"), is_bare_kind("REFERATSAKER")
    (True, False, False)
    """
    if pattern("case_kinds", "information").fullmatch(text.strip(" :")):
        return False
    return any(pattern("document_titles", kind).fullmatch(text.strip(" :")) for kind in sections("document_titles"))


def _below(numbered: Paragraph, lines: Sequence[Paragraph]) -> Value | None:
    """The line under a memo's number, where that has a line of its own."""
    at = next(i for i, line in enumerate(lines) if line is numbered)
    return _largest([line for line in lines[at + 1 : at + 2] if line.page == numbered.page])


def _with_rest(best: Paragraph, lines: Sequence[Paragraph], printed: Paragraph | None = None) -> Value:
    """A title with the line after it where it goes on at the same size: in lower case, or after an unfinished line.

    ``printed`` is the line that holds the title, where it holds more.
    """
    after = [p for p in lines if p.size == best.size and p.page == best.page]
    at = next(i for i, p in enumerate(after) if p is (printed or best))
    text = best.text
    for more in after[at + 1 : at + 3]:
        if not (more.text[:1].islower() or is_unfinished(text)) or more.bold != best.bold:
            break
        text = f"{text} {more.text}"
    return Value(text, best)


def _by_kind(kind: str, lines: Sequence[Paragraph]) -> Value | None:
    """The line that names the kind; a status report's title is both lines, "Handlingsplan …" and "Status …".

    The head of the list of cases names it only where nothing else does. Without such a line, the biggest one.
    """
    kinds = ["status_report", "action_plan"] if kind == "status_report" else [kind]
    naming = [re.compile(r"\b" + pattern("document_titles", k).pattern, re.IGNORECASE) for k in kinds]
    matching = [p for p in lines if any(name.search(p.text) for name in naming)]
    matching = [p for p in matching if not p.text.endswith(":") or is_bare_kind(p.text)]
    matching = [p for p in matching if not pattern("list_heads", "any").fullmatch(p.text.strip(" :"))] or matching
    if not matching:
        return _outstanding(lines) if kind in ("agenda", "minutes") else None
    begins = [p for p in matching if any(name.match(p.text) for name in naming)]
    first = max(begins or matching, key=lambda p: p.size)
    if is_bare_kind(first.text) and len(begins) > 1:
        first = max((p for p in begins if not is_bare_kind(p.text)), key=lambda p: p.size, default=first)
    if kind in ("agenda", "minutes"):
        return _behind_sender(first, naming[0]) or _with_meeting(first, lines) or _with_rest(first, lines)
    if kind != "status_report":
        return _with_rest(first, lines)
    near = [p for p in begins or matching if p.page == first.page and p.size >= 0.5 * first.size]
    block = [p for p in near if p is first or not is_bare_kind(p.text)][:2]
    return Value(" ".join(p.text for p in block), first)


def _outstanding(lines: Sequence[Paragraph]) -> Value | None:
    """The only line that is bigger than all others: "Formannskapet 19. september 2017" over minutes on a web page."""
    sizes = sorted((p.size for p in lines), reverse=True)
    if len(sizes) < 2 or sizes[0] <= OUTSTANDING * sizes[1]:
        return None
    return Value(max(lines, key=lambda p: p.size).text, max(lines, key=lambda p: p.size))


def _behind_sender(line: Paragraph, naming: re.Pattern[str]) -> Value | None:
    """The kind behind the sender's name in one line: "Sørdal kommune Møteinnkalling"."""
    match = naming.search(line.text)
    if not match or not match.start() or not is_organisation(line.text[: match.start()].strip()):
        return None
    title = line.text[match.start() :]
    return Value(title, line) if title[:1].isupper() and is_bare_kind(title) else None


def _with_meeting(first: Paragraph, lines: Sequence[Paragraph]) -> Value | None:
    """A bare kind with the line below it that says of which meeting: "PROTOKOLL" over "MØTE I REGIONRÅDET NORD"."""
    at = next((n for n, p in enumerate(lines) if p is first), len(lines))
    below = lines[at + 1] if at + 1 < len(lines) else None
    of_meeting = below and re.match(
        r"(?:(?:fr[aå]|for)\s+)?(?:styre)?møte(?:t)?\s+(?:i|for|nr)\b", below.text, re.IGNORECASE
    )
    return Value(f"{first.text} {below.text}", first) if below and of_meeting and is_bare_kind(first.text) else None
