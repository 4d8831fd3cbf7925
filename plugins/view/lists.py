"""A ready-made list run as a whole: the query of metadata.yml with the visitor's choices, beyond the page he sees.

A query is cut into pages by its ``side``; ``side=alle`` stands for no cut at all. What is made of a list for other
programs (a spreadsheet, a feed, a calendar) begins here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from datasette import Forbidden
from datasette.app import Datasette
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Request
from datasette.views.base import DatasetteError

from models.as_of import NotADay, as_of
from plugins.view.missing import Missing, Unreadable
from plugins.view.source import DATABASE

WHOLE = "alle"
"""The ``side`` of a list that asks for all its rows."""

LISTS = ("apne-vedtak", "forfalt", "ansvar", "vedtaksoppfolging", "vedtak", "innspill", "moter", "tiltak")
"""The queries of metadata.yml that can be had as a whole."""

_SECONDS = 10
"""A list of 100,000 decisions is read in two or three; whatever takes longer than this is stopped."""


class Listed(NamedTuple):
    """The rows of a list, and what may be done with the answer."""

    columns: tuple[str, ...]
    rows: Sequence[sqlite3.Row]
    query: dict[str, Any]
    """The query as metadata.yml has it."""
    private: bool
    """Whether only some may see the list."""

    @property
    def headers(self) -> dict[str, str]:
        """Nobody's cache keeps what not everybody may see."""
        return {"Cache-Control": "private, no-store" if self.private else "max-age=60"}


async def listed(datasette: Datasette, request: Request, name: str, side: str = WHOLE) -> Listed:
    """The list, filtered as the address asks.

    Raises :class:`Missing` where there is no such list, Forbidden where the visitor may not see it,
    :class:`Unreadable` where ``per_dato`` is no day, DatasetteError where it takes too long.
    """
    query = await datasette.get_canned_query(DATABASE, name, request.actor) if DATABASE in datasette.databases else None
    if query is None:
        raise Missing("Listen finnes ikke.")
    permissions = [("view-query", (DATABASE, name)), ("view-database", DATABASE), "view-instance"]
    visible, private = await datasette.check_visibility(request.actor, permissions=permissions)
    if not visible:
        raise Forbidden("Du har ikke tilgang til listen.")
    asked = {parameter: request.args.get(parameter) or "" for parameter in query["params"]} | {"side": side}
    check_day(request)
    columns, rows = await _run(datasette, query["sql"], asked)
    return Listed(columns, rows, query, private)


def check_day(request: Request) -> None:
    """Raise :class:`Unreadable` where the day asked for is none."""
    try:
        as_of(request.args.get("per_dato"))
    except NotADay as error:
        raise Unreadable(str(error)) from None


async def _run(datasette: Datasette, sql: str, asked: dict[str, str]) -> tuple[tuple[str, ...], list[sqlite3.Row]]:
    def read(connection: sqlite3.Connection) -> tuple[tuple[str, ...], list[sqlite3.Row]]:
        with sqlite_timelimit(connection, _SECONDS * 1000):
            cursor = connection.execute(sql, asked)
            return tuple(column[0] for column in cursor.description), cursor.fetchall()

    try:
        found: tuple[tuple[str, ...], list[sqlite3.Row]] = await datasette.get_database(DATABASE).execute_fn(read)
    except sqlite3.OperationalError as error:
        if error.args != ("interrupted",):
            raise
        raise DatasetteError(str(error), title="SQL Interrupted", status=400) from None
    return found
