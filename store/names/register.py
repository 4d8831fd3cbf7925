"""The register of names: what the secretariat says of who is who, and keeps beside what the documents print.

The program asks it before it concludes anything: two spellings are one person's, two names are two people's, a given
name or a title means somebody, an abbreviation an organisation. A row can be for some time, for one collaboration, or
for where an organisation is printed. The rows are kept in the database, so that a later load does not undo them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Literal, NamedTuple

from sqlite_utils import Database

from store.keys import slug
from store.names.forms import Form, form, is_whole
from store.shape import transaction

Applies = Literal["person", "organisation"]


class Entry(NamedTuple):
    """One row of the register; dates are ISO days, None is without limit."""

    applies_to: Applies
    name: str
    also: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    organisation: str | None = None
    first_date: str | None = None
    last_date: str | None = None
    collaboration: str | None = None
    key: str | None = None
    note: str | None = None

    @property
    def label(self) -> str:
        """Whom the row is about: its key, or what the name gives as one."""
        return self.key or slug(self.name)

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.also)

    @property
    def is_general(self) -> bool:
        """Whether the row holds at all times and whatever organisation is printed."""
        return not (self.organisation or self.first_date or self.last_date)


class Register(NamedTuple):
    """The rows by what they say."""

    entries: tuple[Entry, ...]
    by_spelling: Mapping[Form, tuple[Entry, ...]]
    apart: frozenset[frozenset[Form]]

    def find(self, words: Form, collaboration: str | None, date: str | None) -> list[Entry]:
        """The rows that a name is spelled in and that hold in a collaboration on a day.

        A day that is not known lies in every row's time; rows for the collaboration go before those for all.

        >>> one = Entry("person", "Irene Dal", ("Irene",), last_date="2022-12-31")
        >>> found = made([one]).find
        >>> found(("irene",), None, "2022-05-19") == [one], found(("irene",), None, "2023-05-19")
        (True, [])
        """
        rows = self.by_spelling.get(words)
        if not rows:
            return []
        found = [
            entry
            for entry in rows
            if entry.collaboration in (None, collaboration)
            and (date is None or (entry.first_date or date) <= date <= (entry.last_date or date))
        ]
        return [entry for entry in found if entry.collaboration] or found

    def general(self, collaboration: str | None) -> Iterator[Entry]:
        """The rows about people that hold at all times in a collaboration."""
        for entry in self.entries:
            here = entry.collaboration in (None, collaboration)
            if entry.applies_to == "person" and entry.is_general and here:
                yield entry


def made(entries: Iterable[Entry]) -> Register:
    """The register of some rows."""
    rows = tuple(entries)
    by_spelling: dict[Form, list[Entry]] = defaultdict(list)
    for entry in rows:
        for spelled in dict.fromkeys(map(form, entry.spellings)):
            by_spelling[spelled].append(entry)
    apart = (frozenset(map(form, pair)) for entry in rows for pair in product(entry.spellings, entry.apart))
    return Register(rows, {key: tuple(found) for key, found in by_spelling.items()}, frozenset(apart))


def whole_forms(entry: Entry) -> list[Form]:
    """The whole names of a person's row.

    >>> whole_forms(Entry("person", "Irene Dal", ("Irene", "I. Dal", "Irene Dahl")))
    [('irene', 'dal'), ('irene', 'dahl')]
    """
    return [words for words in dict.fromkeys(map(form, entry.spellings)) if is_whole(words)]


_COLUMNS = ("applies_to", "name", "also", "apart", *Entry._fields[4:])


def kept(db: Database) -> Register:
    """The register that the database keeps."""
    rows = db.execute(f"SELECT {', '.join(_COLUMNS)} FROM register ORDER BY ordinal")
    return made(
        Entry(applies, name, tuple(json.loads(also)), tuple(json.loads(apart)), *limits)
        for applies, name, also, apart, *limits in rows
    )


def keep(db: Database, entries: Iterable[Entry]) -> int:
    """Keep these rows instead of those that the database has; gives the number of rows that changed."""
    rows = list(entries)
    if rows == list(kept(db).entries):
        return 0
    before = db.conn.total_changes
    with transaction(db):
        db.execute("DELETE FROM register")
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        values = ([n, *entry[:2], _json(entry.also), _json(entry.apart), *entry[4:]] for n, entry in enumerate(rows, 1))
        db.conn.executemany(f"INSERT INTO register (ordinal, {', '.join(_COLUMNS)}) VALUES ({marks})", values)
    return db.conn.total_changes - before


def _json(texts: tuple[str, ...]) -> str:
    return json.dumps(texts, ensure_ascii=False)
