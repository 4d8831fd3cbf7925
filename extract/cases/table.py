"""The table of cases: a number in a row's first cell, the case in the widest one, who answers for it in the last.

A row without a number goes on with the case above it: it was cut by a page break, or its cells were split by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.cases.columns import BROKEN_NUMBER, column_roles, heads_one_case, numbered, row_number
from extract.cases.drafts import Draft
from extract.cases.lines import ends_cases, group_ends, group_kind, is_head_line, is_other_business, plain_title
from extract.cases.sections import label_of, labels_apart
from models.case_numbers import CaseNumber, archive_length, read_case_number
from models.layout import Cell, Paragraph, Row, Table
from models.words import MONTHS, pattern, sections

LEAST_LETTERS = 3  # of a title
TITLE_WORDS = 12
LONG_TITLE = 160  # characters; a first paragraph in plain type that is longer is text


def one_case_head(table: Table) -> Draft | None:
    """The case of minutes that hold only one, whose head is a table of body, day and number without a title.

    >>> row = lambda *texts: Row(tuple(Cell((Paragraph(t),), i) for i, t in enumerate(texts)))
    >>> one_case_head(Table((row("Saksnr", "Utvalg", "Møtedato"), row("18/24", "Eldrerådet", "23.04.2024")))).number
    '18/24'
    """
    if not heads_one_case(table):
        return None
    known = pattern("case_columns", "number")
    column = next(cell.column for cell in table.rows[0].cells if known.fullmatch(cell.text.strip(" :.\n")))
    cells = [row.at(column).paragraphs[:1] for row in table.rows[1:]]
    numbers = [(number, p) for ps in cells for p in ps if (number := read_case_number(p.printed, column=True))]
    return Draft(numbers[0][0].number, numbers[0][1]) if len(numbers) == 1 else None


def table_drafts(table: Table, above: Draft | None = None, roles: dict[int, str] | None = None) -> Iterator[Draft]:
    """The cases of a table; rows before its first number go on with the case ``above``, which is not yielded again.

    ``roles`` of the columns where the table has no headings of its own.
    """
    roles = dict(roles or {})
    current = above
    side: list[Paragraph] = []
    for row in numbered(table).rows:
        found = column_roles(row)
        if found and not row_number(row):
            roles = found
            continue
        number = row_number(row)
        group = _group_head(row)
        if number is None and group is not None:
            side = [group] if group_kind(group) else []
        elif number is not None or _is_unnumbered_case(row, roles):
            current = Draft(number.number if number else None, in_table=True, side=list(side))
            _fill(current, row, roles, number)
            yield current
        elif current is not None and not (
            row.cells[0].column == 0 and any(map(ends_cases, row.cells[0].paragraphs[:1]))
        ):
            _fill(current, row, roles, None)


def _group_head(row: Row) -> Paragraph | None:
    """A row of one cell that heads a group of cases: "Orienteringssaker", "Politiske saker"."""
    filled = [cell for cell in row.cells if cell.paragraphs]
    if len(filled) != 1 or len(filled[0].paragraphs) != 1:
        return None
    only = filled[0].paragraphs[0]
    whole = filled[0].columns > 1 or only.bold
    return only if whole and (group_kind(only) or group_ends(only)) else None


def _is_unnumbered_case(row: Row, roles: dict[int, str]) -> bool:
    """Whether a row has "Eventuelt" in the number column, or in bold where the case stands and nothing beside it."""
    if not row.cells:
        return False
    first = row.cells[0]
    if first.column == 0 and first.text:
        return is_other_business(first.text)
    main = _main(row, roles)
    return bool(main.paragraphs) and main.paragraphs[0].bold and is_other_business(main.paragraphs[0].text)


def _main(row: Row, roles: dict[int, str]) -> Cell:
    """The cell with the case itself: under "Sakstittel", else the first column without another role."""
    titled = next((column for column, role in roles.items() if role == "title"), None)
    if titled is not None:
        return row.at(titled)
    taken = {column for column, role in roles.items() if role not in ("title", "text")} | {0}
    free = [cell for cell in row.cells if cell.column not in taken]
    if roles or len(free) < 2:
        return free[0] if free else row.at(1)
    return next((cell for cell in free if _worded(cell.text)), row.at(1))


def _fill(draft: Draft, row: Row, roles: dict[int, str], number: CaseNumber | None) -> None:
    """A row's cells into the draft by role."""
    main = _main(row, roles)
    if number is not None:
        draft.title += _title_beside(row.at(0), number, titled_by(main, roles))
    begins = not draft.title and (number is not None or not is_other_business(row.at(0).text))
    for cell in row.cells:
        role = roles.get(cell.column)
        if cell is main and begins and cell.paragraphs and all(map(is_head_line, cell.paragraphs)):
            draft.body += cell.paragraphs
        elif cell is main:
            _fill_main(draft, cell, role, begins=begins, numbered=number is not None)
        elif cell.column == 0:
            _fill_number_cell(draft, cell, number)
        elif role == "responsible":
            draft.responsible += cell.paragraphs
        elif role in ("kind", "attachments"):
            draft.side += cell.paragraphs
        elif role == "conclusion":
            draft.conclusion += cell.paragraphs
        elif not roles and cell.column > main.column and cell.text.endswith("."):
            draft.body += cell.paragraphs
        else:
            draft.other += cell.paragraphs


def _fill_main(draft: Draft, cell: Cell, role: str | None, *, begins: bool, numbered: bool) -> None:
    """The cell with the case itself; in the first column its number stands before the title."""
    if numbered and cell.column == 0:
        draft.numbered, rest = cell.paragraphs[0], cell.paragraphs[1:]
        title, body = ([], list(rest)) if draft.title else parted(rest)
    else:
        title, body = parted(_without_archive(cell, role)) if begins else ([], list(cell.paragraphs))
        title, body = (title + body, []) if role == "title" and all(map(_is_title_line, body)) else (title, body)
    draft.title += title
    draft.body += body


def _fill_number_cell(draft: Draft, cell: Cell, number: CaseNumber | None) -> None:
    if number is None and not draft.title and is_other_business(cell.text):
        draft.title += cell.paragraphs
        return
    if number is None:
        draft.side += cell.paragraphs
        return
    first, rest = cell.paragraphs[0], cell.paragraphs[1:]
    if BROKEN_NUMBER.fullmatch(first.printed) and rest:
        first = replace(
            first, text=f"{first.printed} {rest[0].printed}", label=None, places=first.places + rest[0].places
        )
        rest = rest[1:]
    draft.numbered = first
    left = first.printed[number.end :].strip(" :.–-")
    beside = [replace(first, text=left, label=None)] if left else []
    draft.side += [p for p in [*beside, *rest] if all(p.text != title.text for title in draft.title)]


def _title_beside(cell: Cell, number: CaseNumber, below: bool) -> list[Paragraph]:
    """The title where it stands in the cell of the number, behind it or, ``below``, under it."""
    first = cell.paragraphs[0]
    if BROKEN_NUMBER.fullmatch(first.printed):
        return []
    left = plain_title(first.printed[number.end :])
    candidates = [replace(first, text=left, label=None)] if left else list(cell.paragraphs[1:2]) if below else []
    return [p for p in candidates if _could_be_title(p.text)]


def _could_be_title(text: str) -> bool:
    """Whether a text beside a number is a title: neither its kind nor what is attached.

    >>> [_could_be_title(t) for t in ("Godkjenning av referat", "Orientering 2 vedlegg", "Vedlegg: plan", "O")]
    [True, False, False, False]
    """
    known = [pattern("attachment_words", "one"), *(pattern("case_kinds", kind) for kind in sections("case_kinds"))]
    rest = re.sub("|".join(rf"\b{words.pattern}(?!\w)" for words in known), "", text, flags=re.IGNORECASE)
    dated = re.match(rf"\d{{1,2}}\.?\s(?:{'|'.join(MONTHS)})\b", text, re.IGNORECASE)  # "17. mai"
    worded = len(re.findall(r"[^\W\d]", rest)) > LEAST_LETTERS and text[:1].isupper()
    return bool(worded or dated) and not known[0].match(text)


def _worded(text: str) -> bool:
    """Whether a cell holds words, not a number of an archive or the time."""
    return len(re.findall(r"[^\W\d]", text)) >= LEAST_LETTERS and archive_length(text, "") < len(text)


def _is_title_line(paragraph: Paragraph) -> bool:
    """A line under the first one in a column of titles that could only be more of the title: no label, no sentence."""
    text = paragraph.text
    plain = not paragraph.label and not text.endswith((".", ":", "?", "!", ";")) and label_of(paragraph) is None
    return (
        plain and not paragraph.bold and _could_be_title(text) and len(text.split()) <= TITLE_WORDS and ":" not in text
    )


def titled_by(main: Cell, roles: dict[int, str]) -> bool:
    """Whether the titles stand under the numbers: the column beside them is headed as what was said."""
    return roles.get(main.column) == "text"


def _without_archive(cell: Cell, role: str | None) -> tuple[Paragraph, ...]:
    """A case's cell without the archive number on top of it; under a heading for such numbers any number is one."""
    first = cell.paragraphs[0].printed if cell.paragraphs else ""
    number = read_case_number(first) if role == "archive" else None
    length = number.end if number else archive_length(first, "")
    return cell.paragraphs[1:] if first and length == len(first) else cell.paragraphs


def _goes_on(above: Paragraph, line: Paragraph) -> bool:
    """Whether a line in plain type is the rest of the title above it: in small letters, and no point of a list."""
    ended = above.text.endswith((".", ":", "?", "!", ";"))
    return line.text[:1].islower() and not (ended or line.label or line.bold or label_of(line))


def parted(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """A case's cell as title and text: the bold paragraph it begins with, else its bold lead, else its first short
    line.

    >>> cell = [Paragraph("Avvik", bold=True), Paragraph("Konklusjon", bold=True), Paragraph("Tas til orientering")]
    >>> [[p.text for p in part] for part in parted(cell)]
    [['Avvik'], ['Konklusjon', 'Tas til orientering']]
    """
    if not paragraphs:
        return [], []
    first, *rest = labels_apart(paragraphs)
    if first.bold:
        title = [first]
        while rest and rest[0].bold and not rest[0].label and rest[0].text[:1].islower():
            title.append(rest.pop(0))
        return title, rest
    if first.lead and len(first.lead) > 3 and not first.lead.rstrip().endswith(":"):
        after = first.text.removeprefix(first.lead).strip(" :.–-")
        return [replace(first, text=first.lead)], [replace(first, text=after, lead=""), *rest] if after else rest
    if len(first.text) <= LONG_TITLE:
        title = [first]
        while rest and _goes_on(title[-1], rest[0]):
            title.append(rest.pop(0))
        return title, rest
    return [], list(paragraphs)
