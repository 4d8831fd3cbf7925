"""The word lists of ``words.toml``: how Norwegian meeting documents name things, in bokmål and nynorsk.

A new municipality's wording is a line in that file. Lists are read once; matching ignores case.

>>> "september" in MONTHS, MONTHS["mai"]
(True, 5)
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("words.toml")


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def words(section: str, name: str) -> tuple[str, ...]:
    """The words of one list, as they stand in the file.

    >>> "konklusjon" in words("decision_labels", "adopted")
    True
    """
    return tuple(_all()[section][name])


@cache
def sections(section: str) -> Mapping[str, tuple[str, ...]]:
    """All lists of a section by name, in the order of the file."""
    return {name: tuple(entries) for name, entries in _all()[section].items()}


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """Any word of a list as a pattern, longest first, ``*`` standing for the rest of a word.

    >>> bool(pattern("decision_labels", "proposed").fullmatch("Forslag  til vedtak"))
    True
    """
    entries = sorted(words(section, name), key=len, reverse=True)
    return re.compile("(?:" + "|".join(entry_pattern(entry) for entry in entries) + ")", re.IGNORECASE)


def entry_pattern(entry: str) -> str:
    """One entry as a regular expression: blanks stretch, ``*`` is the rest of a word.

    >>> entry_pattern("forslag til vedtak*")
    'forslag\\\\s+til\\\\s+vedtak\\\\w*'
    """
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in entry.split())


def is_unfinished(text: str) -> bool:
    """Whether a line ends with a word that no sentence ends with, so that the next line or page goes on with it.

    >>> is_unfinished("Løsning fra prosjektet i"), is_unfinished("Løsning i drift"), is_unfinished("")
    (True, False, False)
    """
    last = text.split()[-1:] or [""]
    return last[0].lower() in words("unfinished", "ends")


MONTHS: dict[str, int] = {name: number for number, names in enumerate(_all()["months"], 1) for name in names}
WEEKDAYS: dict[str, int] = {name: number for number, names in enumerate(_all()["weekdays"]) for name in names}
