"""Which requests the site looks at: rules on method, path, host and arguments, before Datasette sees any of them.

The site is read-only and its addresses are few, so each rule says what is let in, not what is kept out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

METHODS = ("GET", "HEAD")
LONGEST_HEAD = 32_000
"""Bytes of a path and all headers: a browser sends one or two thousand."""
LONGEST_QUERY = 8_000
"""Bytes after the question mark: a form with every field filled in stays far below."""
LONGEST_SEARCH = 300
"""Characters of a search: a long sentence. Each word costs a look-up in the index."""
MOST_WORDS = 40
LONGEST_VALUE = 2_000
"""Characters of any other value: the longest are keys of rows, and texts to mark on a page."""
MOST_FACETS = 4
"""Each may take up to ``facet_time_limit_ms``, one after the other."""

SEARCHES = {"q", "_search"}
ARGUMENTS = re.compile(
    r"""
      _search | _sort | _sort_desc | _sort_by_desc | _next | _size        # what is shown, in which order
    | _facet | _facet_size | _facet_array | _facet_date
    | _filter_(?: column | op | value ) (?: _\d{1,2} )?                   # the form above a table
    | _col | _nocol | _label | _labels | _nocount | _nofacet | _nosuggest
    | _shape | _nl | _json | _json_infinity | _dl | _stream               # JSON and CSV
    | _where                                                              # Datasette asks itself who may
    """,
    re.VERBOSE,
)
"""Datasette's own arguments that a visitor may give.

Not among them: raw search syntax and search tables of one's own choice (``_searchmode``, ``_fts_table``, ``_fts_pk``),
how long an answer is cached or may take (``_ttl``, ``_timelimit``), traces (``_trace``), CSV without its heading
(``_header``), and ``_through``.
"""
INSIDES = re.compile(r"(?:^/(?:_internal|_memory|:memory:)|/-)(?=[/.]|$)")
"""Datasette's pages about itself, and its databases that are none of the site's."""
STATIC = re.compile(r"/static/[A-Za-z0-9_][A-Za-z0-9_.-]*")
UNSAFE_IN_PATH = re.compile(r"\\|//|/\.\.?(?:/|$)|%(?:00|0[0-9a-f]|1[0-9a-f]|2f|5c|7f)|[^\x21-\x7e]", re.IGNORECASE)
"""What could lead a redirect or a folder astray: doubled slashes, backslashes, dots, control signs, encoded or not."""
HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
SIGN_IN = ("/-/login", "/-/logout")

TOO_LONG = "Adressen er for lang. Prøv med færre ord eller filtre."
SEARCH_TOO_LONG = f"Søket er for langt. Prøv med høyst {MOST_WORDS} ord."
NOT_OPEN = "Adressen inneholder et valg som ikke er åpent her. Bruk søket eller de ferdige oppslagene."


class Refusal(NamedTuple):
    """Why a request is not looked at."""

    status: int
    advice: str | None = None
    """In Norwegian; None for what the status says by itself."""


class Asked(NamedTuple):
    """What a request asks for."""

    method: str
    path: str
    """As it was sent, with its percent signs."""
    query: str = ""
    headers: Mapping[str, str] = {}
    """By their names in small letters."""


def refusal(asked: Asked, *, free: bool = False, sign_in: bool = False) -> Refusal | None:
    """The first rule that a request breaks; None where it may pass.

    ``free``: the site answers its users' own SQL, and so all of Datasette's arguments. ``sign_in``: it has a log-in
    page.

    >>> refusal(Asked("GET", "/sakspor/sok", "q=avvik", {"host": "sak.example.no"}))
    >>> refusal(Asked("POST", "/sakspor/sok")).status, refusal(Asked("GET", "//evil.example/")).status
    (405, 404)
    """
    if sign_in and asked.path in SIGN_IN:
        return None
    if asked.method not in METHODS:
        return Refusal(405)
    if not HOST.fullmatch(asked.headers.get("host", "localhost")):
        return Refusal(400)
    if len(asked.path) + sum(map(len, asked.headers.values())) > LONGEST_HEAD:
        return Refusal(400, TOO_LONG)
    if not _is_path(asked.path):
        return Refusal(404)
    return next(_faults(asked.query, free), None)


def _is_path(path: str) -> bool:
    r"""
    >>> _is_path("/sakspor/cases/su-2031~2E2"), _is_path("/-/versions.json"), _is_path("/static/../metadata.yml")
    (True, False, False)
    >>> [_is_path(path) for path in ("//evil.example/", "/\\evil.example/", "/%2F%2fevil.example/")]
    [False, False, False]
    """
    if not path.startswith("/") or UNSAFE_IN_PATH.search(path) or INSIDES.search(path):
        return False
    return not path.startswith("/static") or bool(STATIC.fullmatch(path))


def _faults(query: str, free: bool) -> Iterator[Refusal]:
    """
    >>> [fault.advice == NOT_OPEN for fault in _faults("_search=avvik&_searchmode=raw", False)]
    [True]
    >>> [list(_faults(query, free)) for query, free in (("_searchmode=raw", True), ("_search=OR&id__in=a,b", False))]
    [[], []]
    """
    if len(query) > LONGEST_QUERY:
        yield Refusal(400, TOO_LONG)
        return
    facets = 0
    for name, value in parse_qsl(query, keep_blank_values=True):
        facets += name.startswith("_facet") and name != "_facet_size"
        if name in SEARCHES and (len(value) > LONGEST_SEARCH or len(value.split()) > MOST_WORDS):
            yield Refusal(400, SEARCH_TOO_LONG)
        if name.startswith("_") and not free and not ARGUMENTS.fullmatch(name):
            yield Refusal(400, NOT_OPEN)
        if not free and (len(value) > LONGEST_VALUE or facets > MOST_FACETS):
            yield Refusal(400, TOO_LONG)
