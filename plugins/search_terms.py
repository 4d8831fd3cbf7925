"""The SQL function ``sok_uttrykk``: what a visitor typed -> a full-text expression that cannot be malformed."""

from __future__ import annotations

import re
import sqlite3

from datasette import hookimpl
from datasette.utils import escape_fts

_PARTS = re.compile(r'"[^"]*"|[^\s"]+')


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("sok_uttrykk", 1, sok_uttrykk, deterministic=True)
    conn.create_function("smaa_bokstaver", 1, smaa_bokstaver, deterministic=True)


def smaa_bokstaver(text: str | None) -> str:
    """A text in small letters, "Å" and "Ø" too, which SQLite's own ``lower`` leaves as they are.

    >>> smaa_bokstaver("ØYEBLIKKELIG Hjelp"), smaa_bokstaver(None)
    ('øyeblikkelig hjelp', '')
    """
    return (text or "").casefold()


def sok_uttrykk(typed: str | None) -> str:
    """Each word must occur, and finds words that begin with it; words in quotation marks are taken as they stand.

    >>> print(sok_uttrykk('avvik "til orientering" 2022.26'))
    "avvik"* "til orientering" "2022.26"*
    >>> sok_uttrykk('OR ) *'), sok_uttrykk('"'), sok_uttrykk(None)
    ('"OR"*', '""', '""')
    """
    parts = [part for part in _PARTS.findall(typed or "") if re.search(r"\w", part)]
    return " ".join(part if part.startswith('"') else escape_fts(part) + "*" for part in parts) or '""'
