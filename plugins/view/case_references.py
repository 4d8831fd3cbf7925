"""What a case refers to, and where it is spoken of, for the page that shows a case through all its documents."""

from __future__ import annotations

from typing import Any

from datasette.app import Datasette

from plugins.view.rows import rows

# Every document tells of the same reference anew (agenda, minutes, a packet with both): each is shown once, with the
# first document that has it.
_REFERS_TO = """
    select r.kind, r.target, coalesce(r.target_body, '') as target_body, r.target_date, r.target_case_id,
           r.target_meeting_id, r.unresolved, min(r.document_id) as document_id, r.page, c.title
    from case_references r
    join case_items i on i.id = r.case_item_id
    left join cases c on c.id = r.target_case_id
    where i.case_id = :case
    group by r.kind, r.target, target_body, r.target_date
    order by r.kind, r.target_date, r.target
"""
_SPOKEN_OF = """
    select r.kind, i.case_id, i.number, c.title, min(r.document_id) as document_id, r.page
    from case_references r
    join case_items i on i.id = r.case_item_id
    join cases c on c.id = i.case_id
    where r.target_case_id = :case
    group by r.kind, i.case_id
    order by i.case_id
"""


async def refers_to(datasette: Datasette, case: str) -> list[dict[str, Any]]:
    """The cases and meetings that a case refers to, found or not."""
    return await rows(datasette, _REFERS_TO, {"case": case})


async def spoken_of(datasette: Datasette, case: str) -> list[dict[str, Any]]:
    """The cases that refer to a case."""
    return await rows(datasette, _SPOKEN_OF, {"case": case})
