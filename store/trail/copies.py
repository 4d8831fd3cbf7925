"""The same minutes in more than one file: on their own, in Word and PDF, and attached to the next agenda.

Each adopted point is followed once. Of the documents that hold it, the one that can be opened at a page and whose file
holds least else speaks for it; a point that only one of them has, or words otherwise, is followed as well.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz
from sqlite_utils import Database

from store.connected import AMONG, Neighbourhood

SAME = 95.0
"""Of rapidfuzz' ``ratio``, blanks and case aside: lets a misread letter of a scan pass, and no other date or number."""


class Copy(NamedTuple):
    """An adopted point as one document has it."""

    id: str
    meeting: str
    case: str
    """Its key, or its title where it has none."""
    document: str
    text: str
    paged: bool
    alone: int
    """How many logical documents its file holds."""


def originals(copies: Iterable[Copy]) -> dict[str, str | None]:
    """For each point the point of another document that speaks for it; None for those that speak for themselves.

    >>> own = Copy("a/1", "ssu-2022-05-19", "ssu-2022.15", "a", "Saken ble utsatt til 22.9.22", True, 1)
    >>> word, packet = own._replace(id="b/1", document="b", paged=False), own._replace(id="c/1", document="c", alone=9)
    >>> other = own._replace(id="d/1", document="d", text="Saken ble utsatt til 23.9.22")
    >>> originals([packet, word, own, other])
    {'a/1': None, 'd/1': None, 'c/1': 'a/1', 'b/1': 'a/1'}
    """
    treated: dict[tuple[str, str], list[Copy]] = defaultdict(list)
    for copy in copies:
        treated[(copy.meeting, copy.case)].append(copy)
    return {key: original for same in treated.values() for key, original in _matched(same)}


def _matched(same: Sequence[Copy]) -> Iterator[tuple[str, str | None]]:
    taken: dict[str, set[str]] = defaultdict(set)
    firsts: list[Copy] = []
    for copy in sorted(same, key=lambda c: (not c.paged, c.alone, c.document, c.id)):
        fitting = (f for f in firsts if f.document != copy.document and f.id not in taken[copy.document])
        original = next((first for first in fitting if _is_same(first.text, copy.text)), None)
        if original:
            taken[copy.document].add(original.id)
        else:
            firsts.append(copy)
        yield copy.id, original.id if original else None


def _is_same(one: str, other: str) -> bool:
    """Whether two texts are one, read twice; figures must agree.

    >>> _is_same("Saken tas til orientering.", "Saken tas til  orientering"), _is_same("innen 1. mai", "innen 2. mai")
    (True, False)
    """
    first, second = ("".join(c for c in text.casefold() if c.isalnum()) for text in (one, other))
    if first == second:
        return True
    figures = ["".join(c for c in text if c.isdigit()) for text in (first, second)]
    return figures[0] == figures[1] and fuzz.ratio(first, second) >= SAME


_COPIES = f"""
    SELECT decisions.id, case_items.meeting_id, coalesce(case_items.case_id, case_items.title, ''),
        decisions.document_id, decisions.text, decisions.page IS NOT NULL,
        (SELECT count(*) FROM documents AS held WHERE held.sha256 = documents.sha256)
    FROM decisions
    JOIN case_items ON case_items.id = decisions.case_item_id
    JOIN documents ON documents.id = decisions.document_id
    WHERE decisions.stage = 'adopted' AND case_items.meeting_id IS NOT NULL AND decisions.document_id {AMONG}
"""


def link_copies(db: Database, documents: Neighbourhood) -> None:
    """Bring ``decisions.same_as`` up to date in some documents, writing only what differs; inside a transaction."""
    found = originals(Copy(*row) for row in db.execute(_COPIES, (json.dumps(documents),)))
    change = "UPDATE decisions SET same_as = ? WHERE id = ? AND same_as IS NOT ?"
    db.conn.executemany(change, [(original, key, original) for key, original in found.items()])
