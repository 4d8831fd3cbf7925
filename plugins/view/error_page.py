"""What a visitor sees where there is no page to see: Norwegian, and without a word of what went wrong inside."""

from __future__ import annotations

from datasette import Response
from datasette.app import Datasette
from datasette.utils.asgi import Request

TITLES = {
    400: "Forespørselen kan ikke besvares",
    403: "Du har ikke tilgang",
    404: "Siden finnes ikke",
    405: "Siden kan bare leses",
    500: "Noe gikk galt",
}
ADVICE = {
    400: "Adressen eller skjemaet inneholder noe som ikke kan leses. Gå tilbake og prøv på nytt.",
    403: "Siden er ikke åpen for alle. Logg inn, eller spør den som driver nettstedet.",
    404: "Adressen kan være skrevet feil, eller innholdet kan være fjernet. Prøv å søke etter det.",
    405: "Nettstedet tar ikke imot noe. Gå til forsiden og prøv derfra.",
    500: "Feilen er logget. Prøv igjen om litt, og meld fra til den som driver nettstedet hvis den varer.",
}


async def error_page(datasette: Datasette, request: Request, status: int, advice: str | None = None) -> Response:
    """The answer: JSON where JSON was asked for, else a page that needs nothing from the database."""
    title, advice = TITLES.get(status, TITLES[400]), advice or ADVICE.get(status, ADVICE[400])
    if request.path.partition("?")[0].endswith(".json"):
        body = {"ok": False, "error": advice, "status": status, "title": title}
        return Response.json(body, status=status)
    template = datasette.jinja_env.select_template([f"{status}.html", "error.html"])
    page = await template.render_async(status=status, title=title, error=advice, urls=datasette.urls)
    return Response.html(page, status=status)
