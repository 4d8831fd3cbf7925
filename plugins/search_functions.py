"""The SQL functions of the site's queries: ``sok_treff`` searches, ``smaa_bokstaver`` compares texts."""

from __future__ import annotations

import json
import sqlite3
from functools import partial

from datasette import hookimpl

from models.word_forms import base_forms
from plugins.view.search_hits import Narrowed, search


@hookimpl
def startup() -> None:
    """Read the dictionaries at once: the first visitor is not kept waiting for them."""
    base_forms("sak")


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("sok_treff", 8, partial(sok_treff, conn))
    conn.create_function("smaa_bokstaver", 1, smaa_bokstaver, deterministic=True)


def sok_treff(conn: sqlite3.Connection, typed: str | None, part: str | None, *narrowed: str | None) -> str:
    """A part of the hits of a search, as a JSON list; ``narrowed`` as in :class:`Narrowed`."""
    number = int(part) if part and part.isdecimal() and len(part) < 6 else 1
    found = search(conn, typed or "", Narrowed(*(value or "" for value in narrowed)), number)
    return json.dumps(found, ensure_ascii=False)


def smaa_bokstaver(text: str | None) -> str:
    """A text in small letters, "Å" and "Ø" too, which SQLite's own ``lower`` leaves as they are.

    >>> smaa_bokstaver("ØYEBLIKKELIG Hjelp"), smaa_bokstaver(None)
    ('øyeblikkelig hjelp', '')
    """
    return (text or "").casefold()
