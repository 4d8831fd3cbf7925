"""People, organisations and mentions as rows: what each is called, its key, and where and when it is named."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from sqlite_utils import Database

from store.collaborations import collaborations
from store.keys import slug, told_apart
from store.names.document import Person
from store.names.forms import Form, form
from store.names.mentions import Mention, mentions
from store.names.organisations import BRACKET, Named, named
from store.names.register import Entry, Register, kept
from store.names.resolve import Resolved, resolve
from store.names.world import world

Thing = TypeVar("Thing", bound=Hashable)
Row = tuple[Any, ...]


class Seen(NamedTuple):
    """Where a person or an organisation is named."""

    names: Counter[str]
    """Whole names as printed, with how often they are."""
    printed: set[str]
    dates: set[str]


class Derived(NamedTuple):
    """What all documents and the register say of names: the rows of three tables, and whom their keys stand for."""

    people: dict[Person, Row]
    organisations: dict[Named, Row]
    mentions: list[tuple[Mention, Row]]
    register: Register
    places: Mapping[str, str | None]


_GIVEN = """
    SELECT documents.id, source_files.collaboration FROM documents JOIN source_files USING (sha256)
    WHERE source_files.collaboration IS NOT NULL
"""


def derive(db: Database) -> Derived:
    """The rows of people, organisations and mentions, each beginning with its key."""
    found = list(mentions(db))
    bodies = [key for (key,) in db.execute("SELECT id FROM bodies")]
    abbreviations = db.execute("SELECT document_id, abbreviation, name FROM abbreviations").fetchall()
    seen = world(found, collaborations(db), bodies, abbreviations, dict(db.execute(_GIVEN).fetchall()), kept(db))
    resolved = [(mention, resolve(mention, seen)) for mention in found]
    people = _people(_gathered(resolved, lambda one: one.person, _is_own_name), seen.register)
    named_so = _gathered(resolved, lambda one: one.organisation, _is_full_name)
    _name_abbreviated(named_so, (name for _, _, name in abbreviations))
    organisations = _organisations(named_so, seen.register)
    called = {person: form(row[1]) for person, row in people.items()}
    rows = [(m, _mention_row(m, _spelled(m, one, called), people, organisations)) for m, one in resolved]
    return Derived(people, organisations, rows, seen.register, seen.places)


def _gathered(
    resolved: Iterable[tuple[Mention, Resolved]],
    thing: Callable[[Resolved], Thing | None],
    names: Callable[[Mention, Thing], bool],
) -> dict[Thing, Seen]:
    found: dict[Thing, Seen] = defaultdict(lambda: Seen(Counter(), set(), set()))
    for mention, one in resolved:
        meant = thing(one)
        if meant is not None:
            seen = found[meant]
            seen.printed.add(mention.name)
            seen.names.update([mention.name] if names(mention, meant) else [])
            seen.dates.update([mention.date] if mention.date else [])
    return dict(found)


def _name_abbreviated(organisations: Mapping[Named, Seen], names: Iterable[str]) -> None:
    """Give an organisation that is named by abbreviation alone the name that explains it."""
    for name in names:
        if seen := organisations.get(named(name)):
            seen.names[name] += 0


def _is_own_name(mention: Mention, person: Person) -> bool:
    return form(mention.name) in person.forms


def _is_full_name(mention: Mention, organisation: Named) -> bool:
    return named(mention.name) == organisation


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


def _spelled(mention: Mention, one: Resolved, called: Mapping[Person, Form]) -> Resolved:
    """What a name means, with "spelling" where the person is called by another spelling of it."""
    if one.how == "name" and one.person and form(mention.name) != called[one.person]:
        return one._replace(how="spelling")
    return one


def _mention_row(
    mention: Mention, one: Resolved, people: Mapping[Person, Row], organisations: Mapping[Named, Row]
) -> Row:
    person = people[one.person][0] if one.person else None
    organisation = organisations[one.organisation][0] if one.organisation else None
    return (*mention[:10], person, organisation, one.body, one.how, one.unresolved)
