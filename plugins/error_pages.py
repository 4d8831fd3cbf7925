"""Norwegian error pages, and no local variables in the log.

Datasette prints every local variable of a failing request where rich is installed, document text and all, and shows its
own English message. This wrapper stands in its place: it answers, and the log gets the plain traceback.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from traceback import extract_tb
from typing import Any

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400, Request
from datasette.views.base import DatasetteError

from plugins.view.error_page import error_page
from plugins.view.missing import Missing, Unreadable

log = logging.getLogger("sakspor.nettsted")

TOO_LONG = "Oppslaget tok for lang tid. Prøv med flere eller mer presise ord, eller velg utvalg og år."
OURS = {"plugins", "templates"}
"""Folders of this site's own code: an error that passes through it is no visitor's mistake."""


@hookimpl(hookwrapper=True)
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Generator[None, Any, None]:
    outcome = yield

    async def answer() -> Response:
        status = _status(exception)
        if status >= 500:
            log.error("%s %s", request.method, request.path, exc_info=exception)
        return await error_page(datasette, request, status, _advice(exception))

    outcome.force_result([answer])


@hookimpl
def forbidden(datasette: Datasette, request: Request) -> Callable[[], Awaitable[Response]]:
    async def answer() -> Response:
        if datasette.plugin_config("datasette-auth-passwords") and not request.path.endswith((".json", ".csv", ".png")):
            return Response.redirect(datasette.urls.path("/-/login"))
        return await error_page(datasette, request, 403)

    return answer


def _status(exception: Exception) -> int:
    """Datasette lets an unknown column to sort by, or a number that is none, end as a 500; here it is a 400."""
    if isinstance(exception, Base400 | DatasetteError):
        return exception.status if exception.status < 500 else 400
    return 400 if _is_of_the_address(exception) else 500


def _is_of_the_address(exception: Exception) -> bool:
    """Whether Datasette's own pages stumbled on a value of the address: ``_next=x``, ``id__in=[``, ``id__gt=²``.

    >>> try:
    ...     int("²")
    ... except ValueError as error:
    ...     _is_of_the_address(error), _is_of_the_address(OSError())
    (True, False)
    """
    if not isinstance(exception, ValueError | OverflowError | sqlite3.Error):
        return False
    frames = (Path(frame.filename) for frame in extract_tb(exception.__traceback__))
    return not any(OURS & set(path.parts) and path.name != "quiet_database.py" for path in frames)


def _advice(exception: Exception) -> str | None:
    """Our own words for what Datasette says in English; what the source page says is Norwegian already.

    >>> from datasette import NotFound
    >>> _advice(NotFound("Table not found: x"))
    >>> _advice(Missing("Dokumentet finnes ikke."))
    'Dokumentet finnes ikke.'
    """
    if isinstance(exception, Missing | Unreadable):
        return str(exception.args[0])
    if isinstance(exception, DatasetteError) and exception.title == "SQL Interrupted":
        return TOO_LONG
    return None
