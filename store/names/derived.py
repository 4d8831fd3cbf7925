"""People and organisations as rows: what each is called, its key, and where and when it is named.

The mentions of all documents are read twice, one document after another: first for who there is, then for whom each
name means. They are never held all at once.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from store.collaborations import collaborations
from store.keys import slug, told_apart
from store.names.document import Person
from store.names.forms import Form, form
from store.names.mentions import Mention
from store.names.organisations import BRACKET, Named, named
from store.names.register import Entry, Register, kept
from store.names.resolve import Resolved, resolve
from store.names.world import World, seen_from, world

Row = tuple[Any, ...]


class Seen(NamedTuple):
    """Where a person or an organisation is named."""

    names: Counter[str]
    """Whole names as printed, with how often they are."""
    printed: set[str]
    dates: set[str]


Read = Callable[[], Iterable[Sequence[Mention]]]
"""The mentions of one document after another, in the same order as often as they are asked for."""


class Derived(NamedTuple):
    """What all documents and the register say of names: the rows of people and organisations, and whom names mean."""

    people: dict[Person, Row]
    organisations: dict[Named, Row]
    meanings: Sequence[Row]
    """What mentions can mean, each once, as the last columns of their rows."""
    meant: Sequence[int]
    """The meaning of each mention by its place in ``meanings``, in the order in which they were read."""
    register: Register
    places: Mapping[str, str | None]


Meaning = tuple[Resolved, Form]
"""What a name means, and the name."""


class _Met(NamedTuple):
    """What is met when every mention is read, kept small: there are many more mentions than meanings."""

    people: dict[Person, Seen]
    organisations: dict[Named, Seen]
    meanings: dict[Meaning, int]
    meant: array[int]


_GIVEN = """
    SELECT documents.id, source_files.collaboration FROM documents JOIN source_files USING (sha256)
    WHERE source_files.collaboration IS NOT NULL
"""


def derive(db: Database, read: Read) -> Derived:
    """The rows of people and organisations, each beginning with its key, and what each mention means."""
    bodies = [key for (key,) in db.execute("SELECT id FROM bodies")]
    abbreviations = db.execute("SELECT document_id, abbreviation, name FROM abbreviations").fetchall()
    seen = world(read(), collaborations(db), bodies, abbreviations, dict(db.execute(_GIVEN).fetchall()), kept(db))
    met = _met(read(), seen)
    people = _people(met.people, seen.register)
    _name_abbreviated(met.organisations, (name for _, _, name in abbreviations))
    organisations = _organisations(met.organisations, seen.register)
    called = {person: form(row[1]) for person, row in people.items()}
    meanings = [_meaning_row(_spelled(one, words, called), people, organisations) for one, words in met.meanings]
    return Derived(people, organisations, meanings, met.meant, seen.register, seen.places)


def _met(documents: Iterable[Sequence[Mention]], seen: World) -> _Met:
    """What every mention means, and where each person and each organisation is named."""
    met = _Met(defaultdict(_unseen), defaultdict(_unseen), {}, array("L"))
    for mentions in documents:
        here = seen_from(mentions, seen)
        for mention in mentions:
            one, words = resolve(mention, here), form(mention.name)
            met.meant.append(met.meanings.setdefault((one, words), len(met.meanings)))
            if one.person:
                _note(met.people[one.person], mention, own=words in one.person.forms)
            if one.organisation:
                _note(met.organisations[one.organisation], mention, own=named(mention.name) == one.organisation)
    return met


def _unseen() -> Seen:
    return Seen(Counter(), set(), set())


def _note(seen: Seen, mention: Mention, *, own: bool) -> None:
    """Note a mention of what is ``seen``, by its ``own`` whole name or another one."""
    seen.printed.add(mention.name)
    if own:
        seen.names[mention.name] += 1
    if mention.date:
        seen.dates.add(mention.date)


def _name_abbreviated(organisations: Mapping[Named, Seen], names: Iterable[str]) -> None:
    """Give an organisation that is named by abbreviation alone the name that explains it."""
    for name in names:
        if seen := organisations.get(named(name)):
            seen.names[name] += 0


def _called(seen: Seen) -> str:
    """The whole name that is printed most often, capitals last; of equals the longest, then the first."""
    names = seen.names or Counter(seen.printed)
    return min(names, key=lambda name: (name.isupper(), -names[name], -len(name), name))


def _people(people: Mapping[Person, Seen], register: Register) -> dict[Person, Row]:
    """The rows of people: the name, and the collaboration where two share it, then a number, make the key."""
    stated = {(entry.applies_to, entry.label): entry for entry in reversed(register.entries)}
    rows = {person: stated.get(("person", person.label)) for person in people}
    names = {person: row.name if row else _called(people[person]) for person, row in rows.items()}
    shared = Counter(slug(name) for name in names.values())
    wanted = {
        person: (row.key if row else None) or _key(name, person.place if shared[slug(name)] > 1 else "")
        for (person, name), row in zip(names.items(), rows.values(), strict=True)
    }
    order = sorted(people, key=lambda person: (not _has_key(rows[person]), person))
    keys = told_apart(wanted[person] for person in order)
    made = zip(order, keys, strict=True)
    return {person: (key, names[person], person.place or None, *_when(people[person])) for person, key in made}


def _has_key(row: Entry | None) -> bool:
    return row is not None and row.key is not None


def _key(name: str, place: str = "") -> str:
    """A name's key; a name in other letters than ours has none of its own.

    >>> _key("Kari Nordmann"), _key("Kari Nordmann", "Fjordregionen"), _key("Ώ Ώ")
    ('kari-nordmann', 'kari-nordmann-fjordregionen', 'navn')
    """
    return slug(f"{name} {place}") or "navn"


def _organisations(organisations: Mapping[Named, Seen], register: Register) -> dict[Named, Row]:
    stated = {named(entry.name): entry for entry in register.entries if entry.applies_to == "organisation"}
    rows = {one: stated.get(one) for one in organisations}
    names = {one: row.name if row else BRACKET.sub("", _called(organisations[one])) for one, row in rows.items()}
    order = sorted(organisations, key=lambda one: (not _has_key(rows[one]), one))
    wanted = ((row.key if (row := rows[one]) else None) or _key(names[one]) for one in order)
    made = zip(order, told_apart(wanted), strict=True)
    return {one: (key, names[one], *_when(organisations[one])) for one, key in made}


def _when(seen: Seen) -> tuple[str, str | None, str | None]:
    spellings = json.dumps(sorted(seen.printed), ensure_ascii=False)
    return spellings, min(seen.dates, default=None), max(seen.dates, default=None)


def _spelled(one: Resolved, words: Form, called: Mapping[Person, Form]) -> Resolved:
    """What a name means, with "spelling" where the person is called by another spelling of it."""
    if one.how == "name" and one.person and words != called[one.person]:
        return one._replace(how="spelling")
    return one


def _meaning_row(one: Resolved, people: Mapping[Person, Row], organisations: Mapping[Named, Row]) -> Row:
    person = people[one.person][0] if one.person else None
    organisation = organisations[one.organisation][0] if one.organisation else None
    return person, organisation, one.body, one.how, one.unresolved
