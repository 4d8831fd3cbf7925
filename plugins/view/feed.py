"""The list of decisions as an Atom feed (RFC 4287): the newest adopted points, for whoever wants to be told.

Written with lxml: feedgen, the library for it, loses ``rel`` and ``type`` of the links of entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from models.labels import label
from plugins.view.lasting import lasting_key, lasting_mark

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold, not even escaped."""

_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
Row = Mapping[str, Any]


def atom(rows: Iterable[Row], address: str, page: str, sources: Mapping[str, str], made: str) -> bytes:
    """The feed of rows of the query ``vedtak``, in their order.

    ``address`` is the feed's own, ``page`` the list's, ``sources`` the source page of each decision by its key; all
    absolute. ``made`` (RFC 3339) is told where there is no decision to take a time from. A point without a date is left
    out: a feed must say when.
    """
    entries = list(_entries(rows, sources))
    changed = max((entry.findtext(f"{{{_ATOM}}}updated") for entry in entries), default=made)
    feed = _E.feed(
        {_LANGUAGE: "nb"},
        _E.id(lasting_mark("strøm", address.partition("?")[2]).urn),
        _E.title("Nye vedtak – Sakspor"),
        _E.subtitle("Vedtakspunkter fra referatene, de nyeste først."),
        _E.updated(changed),
        _E.author(_E.name("Sakspor")),
        _E.link(rel="self", type="application/atom+xml", href=address),
        _E.link(rel="alternate", type="text/html", hreflang="nb", href=page),
        *entries,
    )
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _entries(rows: Iterable[Row], sources: Mapping[str, str]) -> Iterator[Any]:
    """One entry a decision; minutes that lie in two files tell of it once."""
    told = set()
    for row in rows:
        mark = lasting_mark("vedtak", lasting_key(row["decision_id"], row["document_id"], row["meeting_id"])).urn
        if row["date"] and mark not in told:
            told.add(mark)
            yield _entry(row, mark, sources[row["decision_id"]])


def _entry(row: Row, mark: str, source: str) -> Any:
    outcome = row["outcome"]
    return _E.entry(
        _E.id(mark),
        _E.title(_clean(_title(row))),
        _E.updated(f"{row['date']}T00:00:00Z"),
        _E.published(f"{row['date']}T00:00:00Z"),
        _E.link(rel="alternate", type="text/html", hreflang="nb", href=source),
        *([_E.category(term=outcome, label=label("outcome", outcome) or outcome)] if outcome else []),
        _E.content(_clean(row["text"]), type="text"),
    )


def _title(row: Row) -> str:
    """
    >>> _title({"body": "SSU", "number": "2022.12", "title": "Høringer"})
    'SSU sak 2022.12: Høringer'
    >>> _title({"body": None, "number": None, "title": None})
    'Vedtak'
    """
    case = " ".join(part for part in (row["body"], row["number"] and f"sak {row['number']}") if part)
    return ": ".join(part for part in (case, row["title"]) if part) or "Vedtak"


def _clean(text: str) -> str:
    r"""
    >>> _clean("Saken\x00 tas\x0c til\norientering")
    'Saken tas til\norientering'
    """
    return _NO_XML.sub("", text)
