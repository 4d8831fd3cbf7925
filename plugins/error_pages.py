"""Norwegian error pages, and no local variables in the log.

Datasette prints every local variable of a failing request where rich is installed, document text and all, and shows its
own English message. This wrapper stands in its place: it answers, and the log gets the plain traceback.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Generator
from typing import Any

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400, Request
from datasette.views.base import DatasetteError

from plugins.view.missing import Missing

log = logging.getLogger("sakspor.nettsted")

TITLES = {
    400: "Forespørselen kan ikke besvares",
    403: "Du har ikke tilgang",
    404: "Siden finnes ikke",
    500: "Noe gikk galt",
}
ADVICE = {
    400: "Adressen eller skjemaet inneholder noe som ikke kan leses. Gå tilbake og prøv på nytt.",
    403: "Siden er ikke åpen for alle. Logg inn, eller spør den som driver nettstedet.",
    404: "Adressen kan være skrevet feil, eller innholdet kan være fjernet. Prøv å søke etter det.",
    500: "Feilen er logget. Prøv igjen om litt, og meld fra til den som driver nettstedet hvis den varer.",
}
TOO_LONG = "Oppslaget tok for lang tid. Prøv med flere eller mer presise ord, eller velg utvalg og år."


@hookimpl(hookwrapper=True)
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Generator[None, Any, None]:
    outcome = yield

    async def answer() -> Response:
        status = _status(exception)
        if status >= 500:
            log.error("%s %s", request.method, request.path, exc_info=exception)
        return await error_page(datasette, request, status, _advice(exception, status))

    outcome.force_result([answer])


@hookimpl
def forbidden(datasette: Datasette, request: Request) -> Callable[[], Awaitable[Response]]:
    async def answer() -> Response:
        return await error_page(datasette, request, 403, ADVICE[403])

    return answer


def _status(exception: Exception) -> int:
    """Datasette calls an unknown column to sort by a 500; a visitor's mistake is a 400."""
    if isinstance(exception, Base400 | DatasetteError):
        return exception.status if exception.status < 500 else 400
    return 500


def _advice(exception: Exception, status: int) -> str:
    """Our own words for what Datasette says in English; what the source page says is Norwegian already.

    >>> from datasette import NotFound
    >>> _advice(NotFound("Table not found: x"), 404) == ADVICE[404]
    True
    >>> _advice(Missing("Dokumentet finnes ikke."), 404)
    'Dokumentet finnes ikke.'
    """
    if isinstance(exception, Missing):
        return str(exception.args[0])
    if isinstance(exception, DatasetteError) and exception.title == "SQL Interrupted":
        return TOO_LONG
    return ADVICE.get(status, ADVICE[400])


async def error_page(datasette: Datasette, request: Request, status: int, advice: str) -> Response:
    """The answer: JSON where JSON was asked for, else a page that needs nothing from the database."""
    title = TITLES.get(status, TITLES[400])
    if request.path.partition("?")[0].endswith(".json"):
        body = {"ok": False, "error": advice, "status": status, "title": title}
        return Response.json(body, status=status)
    template = datasette.jinja_env.select_template([f"{status}.html", "error.html"])
    page = await template.render_async(status=status, title=title, error=advice, urls=datasette.urls)
    return Response.html(page, status=status)
