"""People, organisations and the places where their names are printed, derived from the whole database.

The result depends on what the documents print and on the register, not on the order of loading; rows are written only
where they differ.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlite_utils import Database

from store.collaborations import collaborations
from store.keys import slug, told_apart
from store.names.forms import Form, form
from store.names.mentions import Mention, mentions
from store.names.organisations import BRACKET, Named, named
from store.names.resolve import Resolved, Who, resolve, world
from store.schema import table

Thing = TypeVar("Thing", bound=Hashable)
Row = tuple[Any, ...]


class Seen(NamedTuple):
    """Where a person or an organisation is named."""

    names: Counter[str]
    """Whole names as printed, with how often they are."""
    printed: set[str]
    dates: set[str]


def clear_lost_bodies(db: Database) -> None:
    """Take from mentions the bodies that no document belongs to any more, before those go."""
    db.execute(
        "UPDATE name_mentions SET body_id = NULL WHERE body_id NOT IN"
        " (SELECT body_id FROM documents WHERE body_id IS NOT NULL UNION SELECT body_id FROM meetings)"
    )


def link_names(db: Database) -> None:
    """Bring people, organisations and the mentions of names up to date; inside a transaction."""
    found = list(mentions(db))
    bodies = [key for (key,) in db.execute("SELECT id FROM bodies")]
    abbreviations = db.execute("SELECT document_id, abbreviation, name FROM abbreviations").fetchall()
    given = dict(db.execute(_GIVEN).fetchall())
    seen = world(found, collaborations(db), bodies, abbreviations, given)
    resolved = [(mention, resolve(mention, seen)) for mention in found]
    people = _gathered(resolved, lambda one: one.person, _is_own_name)
    organisations = _gathered(resolved, lambda one: one.organisation, _is_full_name)
    _name_abbreviated(organisations, (name for _, _, name in abbreviations))
    people_rows, person_keys = _people_rows(people)
    organisation_rows, organisation_keys = _organisation_rows(organisations)
    called = {who: form(row[1]) for who, row in zip(person_keys, people_rows, strict=True)}
    rows = [
        _mention_row(mention, _spelled(mention, one, called), person_keys, organisation_keys)
        for mention, one in resolved
    ]
    wanted = {"people": people_rows, "organisations": organisation_rows, "name_mentions": rows}
    for name in wanted:
        _write(db, name, wanted[name])
    for name in reversed(wanted):
        _clear(db, name, wanted[name])


_GIVEN = """
    SELECT documents.id, source_files.collaboration FROM documents JOIN source_files USING (sha256)
    WHERE source_files.collaboration IS NOT NULL
"""


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
    return found


def _name_abbreviated(organisations: Mapping[Named, Seen], names: Iterable[str]) -> None:
    """Give an organisation that is named by abbreviation alone the name that explains it."""
    for name in names:
        if seen := organisations.get(named(name)):
            seen.names[name] += 0


def _is_own_name(mention: Mention, who: Who) -> bool:
    return form(mention.name) in who[1]


def _is_full_name(mention: Mention, organisation: Named) -> bool:
    return named(mention.name) == organisation


def _called(seen: Seen) -> str:
    """The whole name that is printed most often, capitals last; of equals the longest, then the first."""
    names = seen.names or Counter(seen.printed)
    return min(names, key=lambda name: (name.isupper(), -names[name], -len(name), name))


def _people_rows(people: Mapping[Who, Seen]) -> tuple[list[Row], dict[Who, str]]:
    """The rows of people, and the key of each: the name, with the collaboration where two share it, then a number."""
    names = {who: _called(seen) for who, seen in people.items()}
    order = sorted(people, key=lambda who: (who[0] or "", who[1]))
    shared = Counter(slug(name) for name in names.values())
    wanted = [_key(names[who], who[0] if shared[slug(names[who])] > 1 else None) for who in order]
    keys = dict(zip(order, told_apart(wanted), strict=True))
    rows = [(keys[who], names[who], who[0], *_when(people[who])) for who in order]
    return rows, keys


def _key(name: str, place: str | None) -> str:
    """A name's key; a name in other letters than ours has none of its own.

    >>> _key("Kari Nordmann", None), _key("Kari Nordmann", "Fjordregionen"), _key("Ώ Ώ", None)
    ('kari-nordmann', 'kari-nordmann-fjordregionen', 'navn')
    """
    return slug(f"{name} {place or ''}") or "navn"


def _organisation_rows(organisations: Mapping[Named, Seen]) -> tuple[list[Row], dict[Named, str]]:
    names = {one: BRACKET.sub("", _called(seen)) for one, seen in organisations.items()}
    order = sorted(organisations)
    keys = dict(zip(order, told_apart(_key(names[one], None) for one in order), strict=True))
    return [(keys[one], names[one], *_when(organisations[one])) for one in order], keys


def _when(seen: Seen) -> tuple[str, str | None, str | None]:
    spellings = json.dumps(sorted(seen.printed), ensure_ascii=False)
    return spellings, min(seen.dates, default=None), max(seen.dates, default=None)


def _spelled(mention: Mention, one: Resolved, called: Mapping[Who, Form]) -> Resolved:
    """What a name means, with "spelling" where the person is called by another spelling of it."""
    if one.how == "name" and one.person and form(mention.name) != called[one.person]:
        return one._replace(how="spelling")
    return one


def _mention_row(mention: Mention, one: Resolved, people: Mapping[Who, str], organisations: Mapping[Named, str]) -> Row:
    person = people[one.person] if one.person else None
    organisation = organisations[one.organisation] if one.organisation else None
    return (*mention[:10], person, organisation, one.body, one.how, one.unresolved)


def _write(db: Database, name: str, rows: Sequence[Row]) -> None:
    """Put the rows that differ into a derived table."""
    columns = table(name).names
    there = {row[0]: row for row in db.execute(f"SELECT {', '.join(columns)} FROM {name}")}
    changed = [row for row in rows if there.get(row[0]) != row]
    marks = ", ".join("?" * len(columns))
    sets = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    upsert = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {sets}"
    db.conn.executemany(upsert, changed)


def _clear(db: Database, name: str, rows: Sequence[Row]) -> None:
    """Take out what is derived no more."""
    kept = {row[0] for row in rows}
    gone = [(key,) for (key,) in db.execute(f"SELECT id FROM {name}") if key not in kept]
    db.conn.executemany(f"DELETE FROM {name} WHERE id = ?", gone)
