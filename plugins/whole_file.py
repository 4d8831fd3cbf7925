"""``/sakspor.db``: the served file itself, for those who want to ask it something of their own.

It holds what the pages show and nothing else. The name it is saved under is the site's, not the one it has on the disk.
"""

from __future__ import annotations

from typing import Any

from datasette import Forbidden, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import AsgiFileDownload, Request

from plugins.view.missing import Missing
from plugins.view.source import DATABASE


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(rf"^/{DATABASE}\.db$", send_database)]


async def send_database(datasette: Datasette, request: Request) -> AsgiFileDownload:
    """The file, where it is immutable and downloads are allowed (``allow_download`` in settings.json)."""
    if DATABASE not in datasette.databases:
        raise Missing("Ingen database er lastet.")
    actions = [("view-database-download", DATABASE), ("view-database", DATABASE), "view-instance"]
    await datasette.ensure_permissions(request.actor, actions)
    database = datasette.get_database(DATABASE)
    if database.is_mutable or not datasette.setting("allow_download"):
        raise Forbidden("Databasen kan ikke lastes ned.")
    return AsgiFileDownload(database.path, f"{DATABASE}.db", "application/vnd.sqlite3")
