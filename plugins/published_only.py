"""The site opens only a file that was published, and one with exempt documents only behind a log-in.

``sakspor serve`` sees to that before it starts; this holds for whoever starts Datasette in the folder as well.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import StartupError

NOT_PUBLISHED = "«{}» er ikke laget for nettstedet. Lag en fil med «sakspor publish»; arbeidsdatabasen vises aldri."
NO_LOG_IN = "«{}» er laget for et internt nettsted og vises bare bak innlogging. Start den med «sakspor serve»."


@hookimpl(tryfirst=True)
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    async def check() -> None:
        for database in datasette.databases.values():
            if database.path:
                await _check(datasette, database)

    return check


async def _check(datasette: Datasette, database: Database) -> None:
    made = (await database.execute("select 1 from sqlite_master where name = 'publication'")).first()
    row = (await database.execute("select audience from publication")).first() if made else None
    if row is None:
        raise StartupError(NOT_PUBLISHED.format(database.path))
    if row["audience"] != "public" and not datasette.plugin_config("datasette-auth-passwords"):
        raise StartupError(NO_LOG_IN.format(database.path))
