"""Lists of given names alone, as youth councils and classes have them: "Til stede: Kari, Jo, Ida S. og Ida L."

Places and roles are listed by single words too. Only a name that an initial tells from its like shows what a list is.
"""

from __future__ import annotations

import re

from extract.heads.people import Person

LEAST = 3  # names
_INITIAL = re.compile(r"[A-ZÆØÅ][a-zæøåé-]+\s[A-ZÆØÅ]\.?")
_NAME = re.compile(r"[A-ZÆØÅ][a-zæøåé-]+(?:\s[A-ZÆØÅ](?:\.|[a-zæøåé-]+)?)?")


def given_names(text: str) -> list[Person]:
    """The people of a list of given names; none where nothing shows that it is one.

    >>> [person.name for person in given_names("Kari, Jo, Ida S. og Ida Lise")]
    ['Kari', 'Jo', 'Ida S.', 'Ida Lise']
    >>> given_names("Nordvik, Sørdal og Fossum"), given_names("Kari Dal, Ola Vik, Jo L.")
    ([], [])
    """
    parts = [part.strip() for part in re.split(r",|\s+og\s+", text.strip(" ")) if part.strip()]
    parts = [part if _INITIAL.fullmatch(part) else part.strip(".") for part in parts]
    single = sum(" " not in part for part in parts)
    listed = len(parts) >= LEAST and all(_NAME.fullmatch(part) for part in parts)
    shown = any(_INITIAL.fullmatch(part) for part in parts) and 2 * single >= len(parts)
    return [Person(part) for part in parts] if listed and shown else []
