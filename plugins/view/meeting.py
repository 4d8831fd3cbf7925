"""Who was at a meeting, as its minutes tell."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from datasette.app import Datasette

from models.labels import PRESENCES
from plugins.view.rows import rows

# Minutes and their copy name the same people: each is shown once.
_ATTENDANCE = """
    select a.name, a.organisation, a.role, a.presence, min(a.document_id) as document_id, a.id as attendance_id,
           n.person_id
    from attendances a
    left join name_mentions n on n.record_id = a.id and n.record_table = 'attendances' and n.field = 'name'
    where a.meeting_id = :id
    group by a.name, a.organisation, a.presence
    order by a.organisation is null, a.organisation, a.name
"""

Present = dict[str, Any]


async def attendance(datasette: Datasette, meeting: str) -> list[tuple[str, list[tuple[str, list[Present]]]]]:
    """Kinds of presence in the order of the minutes, each with its organisations, each with its people."""
    return list(by_presence(await rows(datasette, _ATTENDANCE, {"id": meeting})))


def by_presence(people: Iterable[Present]) -> Iterable[tuple[str, list[tuple[str, list[Present]]]]]:
    """
    >>> present = [{"name": "Kari", "organisation": "Fossum", "presence": "present"},
    ...            {"name": "Ola", "organisation": None, "presence": "absent"}]
    >>> [(kind, [(name, len(found)) for name, found in groups]) for kind, groups in by_presence(present)]
    [('present', [('Fossum', 1)]), ('absent', [('', 1)])]
    """
    people = list(people)
    for kind in PRESENCES:
        of_kind = [person for person in people if person["presence"] == kind]
        if of_kind:
            groups = groupby(of_kind, key=lambda person: person["organisation"] or "")
            yield kind, [(organisation, list(found)) for organisation, found in groups]
