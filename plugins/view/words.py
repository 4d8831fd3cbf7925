"""Norwegian wording that templates need: dates, numbers, filters."""

from __future__ import annotations

import re
from typing import Any

from models.dates import only_date
from models.labels import label

MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)

LOOKUPS = {
    "exact": "er",
    "not": "er ikke",
    "contains": "inneholder",
    "endswith": "slutter på",
    "startswith": "begynner med",
    "gt": "er større enn",
    "gte": "er minst",
    "lt": "er mindre enn",
    "lte": "er høyst",
    "like": "passer mønsteret (LIKE)",
    "notlike": "passer ikke mønsteret (LIKE)",
    "glob": "passer mønsteret (GLOB)",
    "in": "er en av (komma mellom)",
    "notin": "er ingen av (komma mellom)",
    "arraycontains": "har verdien",
    "arraynotcontains": "har ikke verdien",
    "date": "er på datoen",
    "isnull": "mangler",
    "notnull": "er fylt ut",
    "isblank": "er tom",
    "notblank": "er ikke tom",
}
"""Datasette's filter keys -> what the site calls them."""


def long_date(date: str | None) -> str:
    """An ISO date as it is written in Norwegian; anything else as it stands.

    >>> long_date("2022-09-02"), long_date("2022-11"), long_date(None)
    ('2. september 2022', '2022-11', '')
    """
    if not date or not re.fullmatch(r"\d{4}-\d\d-\d\d", date) or not 1 <= int(date[5:7]) <= 12:
        return date or ""
    return f"{int(date[8:])}. {MONTHS[int(date[5:7]) - 1]} {date[:4]}"


def count(number: int | None, one: str = "", many: str = "") -> str:
    """A number with its noun, or without one, thousands kept apart with a thin blank.

    >>> count(1, "sak", "saker"), count(12345, "sak", "saker"), count(12345)
    ('1 sak', '12\\u202f345 saker', '12\\u202f345')
    """
    return f"{number or 0:,} {one if number == 1 else many}".rstrip().replace(",", "\u202f")


_DIRECTIONS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def in_reading_order(value: Any) -> Any:
    r"""A text without the signs that turn the direction of what stands after them; anything else as it is.

    A document could otherwise show "ikke vedtatt" as something else, together with the site's own words behind it.

    >>> in_reading_order("\u202evedtatt"), in_reading_order(3)
    ('vedtatt', 3)
    """
    return value.translate(_DIRECTIONS) if isinstance(value, str) else value


def file_name(path: str) -> str:
    r"""The last part of a path, whichever system it was loaded on.

    >>> file_name("arkiv/2022/referat.pdf"), file_name(r"C:\arkiv\referat.docx")
    ('referat.pdf', 'referat.docx')
    """
    return re.split(r"[/\\]", path)[-1]


def document_name(kind: str, title: str | None) -> str:
    """What to call a document: its title, after the word for its kind where the title does not say that itself.

    >>> document_name("minutes", "Referat SU"), document_name("case_memo", "Møteplan"), document_name("agenda", None)
    ('Referat SU', 'Saksfremlegg: Møteplan', 'Innkalling')
    """
    word = label("kind", kind) or kind
    if not title:
        return word
    return title if word.lower() in title.lower() else f"{word}: {title}"


SEASONS = {"21": "våren", "22": "sommeren", "23": "høsten", "24": "vinteren"}
"""The codes of EDTF for parts of a year, as Norwegian says them."""


def day_or_season(edtf: str | None) -> str:
    """A day, a month or a season of EDTF as it is written in Norwegian.

    >>> day_or_season("2022-09-02"), day_or_season("2022-11"), day_or_season("2022-23")
    ('2. september 2022', 'november 2022', 'høsten 2022')
    """
    if not edtf or not re.fullmatch(r"\d{4}-\d\d", edtf):
        return long_date(edtf)
    part = edtf[5:]
    name = MONTHS[int(part) - 1] if 1 <= int(part) <= 12 else SEASONS.get(part)
    return f"{name} {edtf[:4]}" if name else edtf


def deadline(printed: str | None, latest: str | None) -> str:
    """A deadline as it is printed, with its last day where that is not the date that is printed.

    >>> deadline("15.06.2022", "2022-06-15"), deadline("høsten 2022", "2022-11-30"), deadline("snarest", None)
    ('15.06.2022', 'høsten 2022 (senest 30. november 2022)', 'snarest')
    """
    if not latest or (printed and only_date(printed) == latest):
        return printed or ""
    return f"{printed} (senest {long_date(latest)})" if printed else f"senest {long_date(latest)}"
