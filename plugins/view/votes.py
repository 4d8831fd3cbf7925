"""How it was voted in a case, for the page that shows a case through all its documents."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from datasette.app import Datasette

from models.labels import VOTE_SIDES
from plugins.view.rows import rows

_VOTES = """
    select v.id, v.case_item_id, v.document_id, v.page, v.subject, v.for_count, v.against_count, v.blank_count,
           v.unanimous, v.casting_vote, v.result
    from votes v
    join case_items i on i.id = v.case_item_id
    where i.case_id = :case
    order by v.case_item_id, v.ordinal
"""
_NAMES = """
    select n.vote_id, n.side, n.name, n.party
    from vote_names n
    join case_items i on i.id = n.case_item_id
    where i.case_id = :case
    order by n.rowid
"""

Vote = dict[str, Any]


async def case_votes(datasette: Datasette, case: str) -> dict[str, list[Vote]]:
    """The votes of a case by case item, each with ``tally`` in words and ``sides``: who is named for and against."""
    named: dict[str, dict[str, list[str]]] = defaultdict(lambda: {side: [] for side in VOTE_SIDES})
    for row in await rows(datasette, _NAMES, {"case": case}):
        named[row["vote_id"]][row["side"]].append(called(row["name"], row["party"]))
    found: dict[str, list[Vote]] = defaultdict(list)
    for vote in await rows(datasette, _VOTES, {"case": case}):
        sides = {VOTE_SIDES[side]: people for side, people in named[vote["id"]].items() if people}
        found[vote["case_item_id"]].append(vote | {"tally": tally(vote), "sides": sides})
    return dict(found)


def called(name: str | None, party: str | None) -> str:
    """
    >>> called("Kari Nord", "Ap"), called(None, "SV")
    ('Kari Nord (Ap)', 'SV')
    """
    return f"{name} ({party})" if name and party else name or party or ""


def tally(vote: Vote) -> str:
    """The numbers of a vote in words, as far as they are told.

    >>> tally({"for_count": 9, "against_count": 4, "blank_count": 1, "casting_vote": 1, "result": "vedtatt"})
    '9 for, 4 imot, 1 blank, med leders dobbeltstemme: vedtatt'
    >>> tally({"unanimous": 1, "result": "vedtatt"}), tally({"result": "ikke vedtatt"}), tally({"against_count": 1})
    ('enstemmig: vedtatt', 'ikke vedtatt', '1 imot')
    """
    blank = vote.get("blank_count")
    parts = (
        "enstemmig" if vote.get("unanimous") else "",
        *(f"{vote[key]} {word}" for key, word in _SIDES if vote.get(key) is not None),
        "" if blank is None else "1 blank" if blank == 1 else f"{blank} blanke",
        "med leders dobbeltstemme" if vote.get("casting_vote") else "",
    )
    return ": ".join(filter(None, (", ".join(filter(None, parts)), vote.get("result"))))


_SIDES = (("for_count", "for"), ("against_count", "imot"))
