"""What the front page and the search form show of the collection."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from datasette.app import Datasette

from plugins.view.rows import remembered_rows, rows

_COUNTS = """
    select (select count(*) from documents) as documents, (select count(*) from meetings) as meetings,
           (select count(*) from cases) as cases,
           (select count(*) from decisions where stage = 'adopted') as decisions
"""
_TO_FOLLOW_UP = """
    select count(*) as open, coalesce(sum(deadline_latest < :day), 0) as overdue
    from decision_follow_up
    where state in ('open', 'on_agenda') and (meeting_date is null or meeting_date <= :day)
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

_THEMES = "select distinct theme as word from input_points where theme is not null order by theme limit 200"
_SENDERS = "select distinct sender as word from submissions where sender is not null order by sender limit 200"


async def counts(datasette: Datasette) -> dict[str, int] | None:
    """How much is loaded; None where no database is."""
    return next(iter(await remembered_rows(datasette, _COUNTS)), None)


async def to_follow_up(datasette: Datasette) -> dict[str, int]:
    """How many decisions are open today, and how many of them overdue."""
    today = datetime.now().astimezone().date().isoformat()
    return next(iter(await remembered_rows(datasette, _TO_FOLLOW_UP, {"day": today})), {"open": 0, "overdue": 0})


async def latest_meetings(datasette: Datasette) -> list[dict[str, Any]]:
    return await rows(datasette, _LATEST)


async def bodies(datasette: Datasette) -> list[dict[str, Any]]:
    """The bodies with the number of their meetings and the first and last date."""
    return await remembered_rows(datasette, _BODIES)


async def years(datasette: Datasette) -> list[str]:
    """The years that documents or meetings have, latest first."""
    return [row["year"] for row in await remembered_rows(datasette, _YEARS)]


async def input_themes(datasette: Datasette) -> list[str]:
    """Themes of input letters to choose among."""
    return [row["word"] for row in await remembered_rows(datasette, _THEMES)]


async def input_senders(datasette: Datasette) -> list[str]:
    """Senders of input letters to choose among."""
    return [row["word"] for row in await remembered_rows(datasette, _SENDERS)]
