"""Every kind of page that the site has, in one place: a new kind is a line here, and is then tested with the others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from datasette.utils import tilde_encode

from store.schema import descriptions

KINDS = {
    "front": "/",
    "search": "/sakspor/sok?q={word}",
    "search without words": "/sakspor/sok",
    "search without hits": "/sakspor/sok?q=finnesikke&aar=1999",
    "case": "/sakspor/saksgang?sak={case}",
    "case not chosen": "/sakspor/saksgang",
    "case not found": "/sakspor/saksgang?sak=1900.1",
    "decisions": "/sakspor/vedtak",
    "proposals": "/sakspor/vedtak?trinn=proposed&utfall=noted",
    "open decisions": "/sakspor/apne-vedtak?per_dato=2099-12-31",
    "overdue decisions": "/sakspor/forfalt?per_dato=31.12.2099",
    "who answers": "/sakspor/ansvar?per_dato=2099-12-31",
    "report of decisions": "/sakspor/vedtaksoppfolging?per_dato=2099-12-31",
    "meetings": "/sakspor/moter",
    "meeting": "/sakspor/mote?mote={meeting}",
    "meeting not found": "/sakspor/mote?mote=x",
    "person": "/sakspor/person?person={person}",
    "person not found": "/sakspor/person?person=x",
    "organisation": "/sakspor/organisasjon?organisasjon={organisation}",
    "measures": "/sakspor/tiltak",
    "input": "/sakspor/innspill",
    "load report": "/sakspor/lasterapport",
    "source, PDF": "/kilde/{pdf}?side=1&bevis={word}",
    "source, DOCX": "/kilde/{docx}?bevis={word}",
    "data": "/sakspor",
    "table, filtered": "/sakspor/case_items?_sort_desc=number&outcome__notblank=1&_facet=outcome",
    "table without rows": "/sakspor/cases?number=finnesikke",
    "row": "/sakspor/cases/{case}",
    "not found": "/ingenting",
    "not readable": "/sakspor/cases?_sort=ingenting",
} | {f"table {name}": f"/sakspor/{name}" for name in sorted(descriptions())}
"""Name -> address; what stands in braces is looked up in the served file."""

_LOOKED_UP = {
    "case": "select case_id from case_items where case_id is not null order by length(title) desc, id limit 1",
    "meeting": "select id from meetings order by id limit 1",
    "person": "select coalesce(min(id), 'x') from people",
    "organisation": "select coalesce(min(id), 'x') from organisations",
    "pdf": "select id from documents where first_page is not null order by id limit 1",
    "docx": "select id from documents where first_page is null order by id limit 1",
}


def addresses(served: Path, word: str) -> dict[str, str]:
    """Kind of page -> its address over a served file; ``word`` stands somewhere in it."""
    return dict(_addresses(served, word))


def _addresses(served: Path, word: str) -> Iterator[tuple[str, str]]:
    with closing(sqlite3.connect(served)) as db:
        found = {name: db.execute(sql).fetchone()[0] for name, sql in _LOOKED_UP.items()}
    in_path = {name: tilde_encode(key) for name, key in found.items()}
    in_query = {name: quote(key, safe="") for name, key in found.items()}
    for kind, address in KINDS.items():
        path, mark, query = address.partition("?")
        yield kind, path.format(**in_path) + mark + query.format(word=word, **in_query)
