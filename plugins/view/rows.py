"""Rows of the served database as the templates take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasette.app import Datasette

from plugins.view.source import DATABASE


async def rows(datasette: Datasette, sql: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows of a query; none where no database is served."""
    if DATABASE not in datasette.databases:
        return []
    result = await datasette.get_database(DATABASE).execute(sql, parameters)
    return [dict(row) for row in result.rows]
