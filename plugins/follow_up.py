"""What becomes of decisions, for other programs: whole lists as CSV, new decisions as Atom, deadlines as a calendar.

``/sakspor/<list>.csv`` is the whole list and not one page of it, ``?skille=semikolon`` for a Norwegian Excel.
``/sakspor/vedtak.atom`` has the newest decisions, ``/sakspor/<list>.ics`` the deadlines of open ones. Each takes the
choices of the page it is linked from. The SQL functions are what the queries of metadata.yml need for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import AsgiStream, Request
from datasette.views.table import TableView

from models.as_of import NotADay, as_of
from models.labels import STATES, label
from plugins.view import deadline_calendar, feed, links, spreadsheet
from plugins.view.lists import LISTS, check_day, listed
from plugins.view.missing import Unreadable
from plugins.view.source import DATABASE

DATED = ("apne-vedtak", "forfalt", "ansvar", "vedtaksoppfolging")
"""The lists that are made for a day."""
CALENDARS = ("apne-vedtak", "forfalt", "ansvar")
"""The lists whose deadlines can be had as a calendar."""


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """``per_dato``: the day asked for, today where none is asked for; ``norsk``: the word for a code of a column."""
    conn.create_function("per_dato", 1, _day_or_none, deterministic=True)
    conn.create_function("norsk", 2, label, deterministic=True)


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    return {
        "states": STATES,
        "whole_lists": LISTS,
        "calendars": CALENDARS,
        "list_address": partial(list_address, datasette),
        "day_asked": as_of,
    }


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [
        (rf"^/{DATABASE}/(?P<name>{'|'.join(LISTS)})\.csv$", send_csv),
        (rf"^/{DATABASE}/vedtak\.atom$", send_atom),
        (rf"^/{DATABASE}/(?P<name>{'|'.join(CALENDARS)})\.ics$", send_calendar),
        (rf"^/(?P<database>{DATABASE})/(?P<table>{'|'.join(DATED)})(\.(?P<format>\w+))?$", show_list),
    ]


def list_address(datasette: Datasette, name: str, ending: str, asked: Mapping[str, str], **more: str) -> str:
    """A list in another form, with the choices that were made on its page."""
    chosen = {key: value for key, value in (*asked.items(), *more.items()) if value and key != "side"}
    path = f"/{DATABASE}/{name}.{ending}" if ending else f"/{DATABASE}/{name}"
    return str(datasette.urls.path(f"{path}?{urlencode(chosen)}" if chosen else path))


def _day_or_none(typed: str | None) -> str | None:
    """
    >>> _day_or_none("31.12.2022"), _day_or_none("31.2.2022")
    ('2022-12-31', None)
    """
    try:
        return as_of(typed)
    except NotADay:
        return None


async def show_list(datasette: Datasette, request: Request, send: Any) -> Response:
    """The list as Datasette shows it, after a look at the day: inside the query it could only be passed over."""
    check_day(request)
    return await TableView.as_view(datasette)(request, send)


async def send_csv(datasette: Datasette, request: Request) -> AsgiStream:
    """A whole list as CSV."""
    name = request.url_vars["name"]
    delimiter = spreadsheet.DELIMITERS.get(request.args.get("skille") or "")
    if delimiter is None:
        raise Unreadable("Velg «semikolon» som skille, eller utelat det for komma.")
    found = await listed(datasette, request, name)

    async def write(stream: Any) -> None:
        for part in spreadsheet.csv_parts(found, delimiter):
            await stream.write(part)

    headers = found.headers | {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return AsgiStream(write, headers=headers, content_type=spreadsheet.CONTENT_TYPE)


async def send_atom(datasette: Datasette, request: Request) -> Response:
    """The newest decisions, filtered as the page ``vedtak`` is."""
    found = await listed(datasette, request, "vedtak", side="")
    rows = [dict(row) for row in found.rows]
    asked = {name: request.args.get(name) or "" for name in found.query["params"]}
    address, page = (
        datasette.absolute_url(request, list_address(datasette, "vedtak", ending, asked)) for ending in ("atom", "")
    )
    made = f"{_made(datasette):%Y-%m-%dT%H:%M:%SZ}"
    body = feed.atom(rows, address, page, _sources(datasette, request, rows), made)
    return Response(body, content_type=feed.CONTENT_TYPE, headers=found.headers)


async def send_calendar(datasette: Datasette, request: Request) -> Response:
    """The deadlines of a list of open decisions."""
    found = await listed(datasette, request, request.url_vars["name"])
    rows = [dict(row) for row in found.rows]
    title = f"{found.query['title']} – frister"
    body = deadline_calendar.calendar(rows, title, _sources(datasette, request, rows), _made(datasette))
    headers = found.headers | {"Content-Disposition": 'inline; filename="frister.ics"'}
    return Response(body, content_type=deadline_calendar.CONTENT_TYPE, headers=headers)


def _sources(datasette: Datasette, request: Request, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The absolute address of each decision's source page, by its key."""
    pages = ((row["decision_id"], row["document_id"], row["page"]) for row in rows)
    return {
        key: datasette.absolute_url(request, links.source_url(datasette, document, page, key))
        for key, document, page in pages
    }


def _made(datasette: Datasette) -> datetime:
    """When the published file was made, to the second."""
    path = datasette.get_database(DATABASE).path
    return datetime.fromtimestamp(int(Path(path).stat().st_mtime) if path else 0, UTC)
