"""Rows of the served database as the templates take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database

from plugins.view.source import DATABASE

_remembered: WeakKeyDictionary[Database, dict[str, tuple[Any, list[dict[str, Any]]]]] = WeakKeyDictionary()


async def rows(datasette: Datasette, sql: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows of a query; none where no database is served."""
    if DATABASE not in datasette.databases:
        return []
    result = await datasette.get_database(DATABASE).execute(sql, parameters)
    return [dict(row) for row in result.rows]


async def remembered_rows(
    datasette: Datasette, sql: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The rows of a query over the whole collection, asked once: a published file does not change while it is served.

    Of each query the last answer is kept, so that one with today's date in it is asked anew tomorrow.
    """
    database = datasette.databases.get(DATABASE)
    if database is None or database.is_mutable:
        return await rows(datasette, sql, parameters)
    answers = _remembered.setdefault(database, {})
    if sql not in answers or answers[sql][0] != parameters:
        answers[sql] = (parameters, await rows(datasette, sql, parameters))
    return answers[sql][1]
