"""What the search page may call beside its query: the choices of its filters, and help where nothing is found."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from models.labels import DOCUMENT_KINDS, STATES
from plugins.view.search_help import SearchHelp, help_with
from plugins.view.search_hits import Narrowed
from plugins.view.search_typed import MOST_PIECES, is_cut
from plugins.view.source import DATABASE

FILTERS = ("utvalg", "aar", "type", "utfall", "tilstand", "ansvarlig")
"""The parameters of the query ``sok`` that narrow a search, in the order of :class:`Narrowed`."""


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    async def search_help(asked: dict[str, str]) -> SearchHelp:
        narrowed = Narrowed(*(asked.get(name, "") for name in FILTERS))
        found: SearchHelp = await datasette.get_database(DATABASE).execute_fn(
            lambda conn: help_with(conn, asked.get("q", ""), narrowed)
        )
        return found

    return {
        "search_help": search_help,
        "document_kinds": DOCUMENT_KINDS,
        "states": STATES,
        "search_is_cut": is_cut,
        "most_searched_words": MOST_PIECES,
    }
