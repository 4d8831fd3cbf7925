"""What the front page and the search form show of the collection."""

from __future__ import annotations

from typing import Any

from datasette.app import Datasette

from plugins.view.source import DATABASE

_COUNTS = """
    select (select count(*) from documents) as documents, (select count(*) from meetings) as meetings,
           (select count(*) from cases) as cases,
           (select count(*) from decisions where stage = 'adopted') as decisions
"""
_LATEST = """
    select m.id, m.date, m.place, b.name as body,
           (select count(distinct ci.number) from case_items ci where ci.meeting_id = m.id) as cases
    from meetings m left join bodies b on b.id = m.body_id
    order by m.date desc, m.id limit 6
"""
_BODIES = """
    select b.id, b.name, count(m.id) as meetings, min(m.date) as first_date, max(m.date) as last_date
    from bodies b left join meetings m on m.body_id = b.id
    group by b.id order by b.name
"""
_YEARS = """
    select distinct substr(date, 1, 4) as year
    from (select date from documents union all select date from meetings)
    where date is not null order by year desc
"""


async def _rows(datasette: Datasette, sql: str) -> list[dict[str, Any]]:
    if DATABASE not in datasette.databases:
        return []
    result = await datasette.get_database(DATABASE).execute(sql)
    return [dict(row) for row in result.rows]


async def counts(datasette: Datasette) -> dict[str, int] | None:
    """How much is loaded; None where no database is."""
    return next(iter(await _rows(datasette, _COUNTS)), None)


async def latest_meetings(datasette: Datasette) -> list[dict[str, Any]]:
    return await _rows(datasette, _LATEST)


async def bodies(datasette: Datasette) -> list[dict[str, Any]]:
    """The bodies with the number of their meetings and the first and last date."""
    return await _rows(datasette, _BODIES)


async def years(datasette: Datasette) -> list[str]:
    """The years that documents or meetings have, latest first."""
    return [row["year"] for row in await _rows(datasette, _YEARS)]
