"""What has become of a case's decisions: their states with the evidence, and the other cases before and after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from datasette.app import Datasette

from plugins.view.rows import rows

# The state of a point, and the place in the later document that gives it that state.
_STATES = """
    select f.*, f.state in ('open', 'on_agenda') and coalesce(f.deadline_latest < :day, 0) as overdue,
           c.document_id as because_document_id, c.page as because_page, c.text as because
    from decision_follow_up f
    left join decision_commitments k on k.decision_id = f.decision_id
    left join decision_carriers c on c.id = k.carrier_id
    where f.{column} = :id
    order by f.decision_id
"""
# A document and its copy tell of the same later case: it is shown once for each thing it does.
_LATER = """
    select l.case_id, l.meeting_id, l.says, l.kind, min(l.document_id) as document_id, l.page, l.text,
           coalesce(m.date, d.date) as date, c.number, c.title, b.name as body
    from case_items i
    join decisions p on p.case_item_id = i.id
    join decision_carriers l on l.decision_id = p.id
    join documents d on d.id = l.document_id
    left join meetings m on m.id = l.meeting_id
    left join cases c on c.id = l.case_id
    left join bodies b on b.id = coalesce(c.body_id, m.body_id)
    where i.case_id = :id and l.case_id is not :id
    group by l.case_id, l.meeting_id, l.says
"""
_EARLIER = """
    select i.case_id, i.meeting_id, l.says, l.kind, min(l.document_id) as document_id, l.page, l.text,
           p.text as decision, p.document_id as decision_document_id, p.page as decision_page, p.id as decision_id,
           coalesce(m.date, d.date) as date, c.number, c.title, b.name as body
    from decision_carriers l
    join decisions p on p.id = l.decision_id
    join case_items i on i.id = p.case_item_id
    join documents d on d.id = p.document_id
    left join meetings m on m.id = i.meeting_id
    left join cases c on c.id = i.case_id
    left join bodies b on b.id = coalesce(c.body_id, m.body_id)
    where l.case_id = :id and i.case_id is not :id
    group by i.case_id, p.text
"""


async def case_states(datasette: Datasette, case: str) -> dict[str, dict[str, Any]]:
    """The adopted points of a case, by key, with the state today, its reason and where the reason stands."""
    return await _states(datasette, "case_id", case)


async def meeting_states(datasette: Datasette, meeting: str) -> dict[str, dict[str, Any]]:
    """The adopted points of a meeting, by key."""
    return await _states(datasette, "meeting_id", meeting)


async def _states(datasette: Datasette, column: str, key: str) -> dict[str, dict[str, Any]]:
    today = datetime.now().astimezone().date().isoformat()
    found = await rows(datasette, _STATES.format(column=column), {"id": key, "day": today})
    return {row["decision_id"]: row for row in found}


async def later_cases(datasette: Datasette, case: str) -> list[dict[str, Any]]:
    """The cases that take a decision of this one up again, and what they do with it."""
    return await rows(datasette, _LATER, {"id": case})


async def earlier_cases(datasette: Datasette, case: str) -> list[dict[str, Any]]:
    """The decisions of other cases that this one takes up."""
    return await rows(datasette, _EARLIER, {"id": case})
