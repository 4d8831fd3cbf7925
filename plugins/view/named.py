"""What the documents tell of a person or an organisation: roles over time, meetings, cases and responsibilities."""

from __future__ import annotations

from typing import Any

from datasette.app import Datasette

from plugins.view.rows import rows

MOST = 60
"""Entries of one list on the page, the latest first; the table behind it has them all."""

COLUMNS = {"people": "person_id", "organisations": "organisation_id"}
"""Table of the named -> the column of ``name_mentions`` that holds its key."""

_ROLES = """
    select coalesce(role, case field when 'chair' then 'Møteleder' when 'secretary' then 'Referent' end) as role,
           organisation, min(date) as first_date, max(date) as last_date, count(distinct date) as times,
           max(document_id) as document_id, page, record_id
    from name_mentions
    where {column} = :id and (role is not null or organisation is not null or field in ('chair', 'secretary'))
      and record_table <> 'vote_names'
    group by 1, 2
    order by last_date desc, first_date desc, role
    limit :most
"""
# A commitment stands in the proposal, in the minutes and in their copy: the adopted one is shown.
_RESPONSIBILITIES = """
    with shown as (
        select r.*, min(r.stage), i.case_id, i.title, n.date, count(*) over () as found
        from name_mentions n
        join responsibilities r on r.id = n.record_id
        left join case_items i on i.id = r.case_item_id
        where n.{column} = :id and n.record_table = 'responsibilities'
        group by coalesce(i.case_id, r.document_id), r.action
        order by n.date desc, r.id
        limit :most
    )
    select action, actor, deadline_text, stage, document_id, page, id as responsibility_id, case_id, number, title,
           date,
           (select f.state from decision_follow_up f where f.decision_id = shown.decision_id) as state,
           latest < date('now', 'localtime') as passed, found
    from shown
    order by date desc, id
"""
_CASES = """
    select i.case_id, i.number, coalesce(c.title, i.title) as title, max(n.date) as date, i.document_id,
           i.first_page as page, i.id as case_item_id, count(*) over () as found
    from name_mentions n
    join case_items i on i.id = n.record_id
    left join cases c on c.id = i.case_id
    where n.{column} = :id and n.record_table = 'case_items'
    group by coalesce(i.case_id, i.id)
    order by date desc, i.number desc
    limit :most
"""
_MEETINGS = """
    select m.id, m.date, b.name as body, min(a.presence) as presence, max(n.field = 'chair') as chaired,
           max(n.field = 'secretary') as wrote, count(*) over () as found
    from name_mentions n
    join documents d on d.id = n.document_id
    join meetings m on m.id = d.meeting_id
    left join bodies b on b.id = m.body_id
    left join attendances a on n.record_table = 'attendances' and a.id = n.record_id
    where n.{column} = :id and n.record_table in ('attendances', 'meeting_documents')
    group by m.id
    order by m.date desc, m.id
    limit :most
"""
_MEMBERS = """
    select p.id, p.name, min(o.date) as first_date, max(o.date) as last_date, count(*) over () as found
    from name_mentions o
    join name_mentions n on n.record_id = o.record_id and n.record_table = o.record_table
    join people p on p.id = n.person_id
    where o.organisation_id = :id
    group by p.id
    order by last_date desc, p.name
    limit :most
"""


async def named(datasette: Datasette, table: str, key: str) -> dict[str, Any] | None:
    """The person or organisation of a key, by table; None where there is none."""
    return next(iter(await rows(datasette, f"select * from {table} where id = :id", {"id": key})), None)  # noqa: S608


async def roles(datasette: Datasette, table: str, key: str) -> list[dict[str, Any]]:
    """Roles and organisations beside the name, each with the first and last date."""
    return await _of(datasette, _ROLES, table, key)


async def responsibilities(datasette: Datasette, table: str, key: str) -> list[dict[str, Any]]:
    """What is to be done, by when, with the state of the decision it comes from."""
    return await _of(datasette, _RESPONSIBILITIES, table, key)


async def cases(datasette: Datasette, table: str, key: str) -> list[dict[str, Any]]:
    """The cases that name the person as answering for them."""
    return await _of(datasette, _CASES, table, key)


async def meetings(datasette: Datasette, table: str, key: str) -> list[dict[str, Any]]:
    """The meetings attended, chaired, recorded or missed."""
    return await _of(datasette, _MEETINGS, table, key)


async def members(datasette: Datasette, key: str) -> list[dict[str, Any]]:
    """The people beside whose names the organisation stands."""
    return await rows(datasette, _MEMBERS, {"id": key, "most": MOST})


async def _of(datasette: Datasette, sql: str, table: str, key: str) -> list[dict[str, Any]]:
    return await rows(datasette, sql.format(column=COLUMNS[table]), {"id": key, "most": MOST})
