"""Who there is, told from all documents and the register together, before any single name is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from store.names.document import Listed, Person
from store.names.forms import Form, form, is_whole
from store.names.mentions import Mention
from store.names.organisations import Known, Named, known_of, named
from store.names.organisations import meant as organisations_meant
from store.names.persons import Meant, persons
from store.names.printed import shape
from store.names.register import Entry, Register, whole_forms

Places = Mapping[str, str | None]
"""The collaboration of each document."""
Lists = dict[str | None, dict[Form, set[str]]]
"""By collaboration and whole name, the documents that have it in a list of those present."""


class Told(NamedTuple):
    """The people whom a whole name means, by the documents alone."""

    people: tuple[Person, ...]
    partial: bool


class World(NamedTuple):
    """What all documents and the register say of who there is."""

    places: Places
    people: Mapping[str | None, Mapping[Form, Told]]
    """By collaboration, what each whole name means."""
    organisations: Known
    bodies: frozenset[str]
    given: Mapping[str, str]
    """The collaboration that a document's file was loaded for, where one was named."""
    register: Register
    listed: Callable[[], Sequence[Listed]] = list
    """The people whom the document at hand lists; few of its names ask for them."""


def world(
    documents: Iterable[Sequence[Mention]],
    places: Places,
    bodies: Iterable[str],
    abbreviations: Iterable[tuple[str, str, str]],
    given: Mapping[str, str],
    register: Register,
) -> World:
    """What is known when every document is read; abbreviations as (document, abbreviation, name)."""
    names = {named(entry.name) for entry in register.entries if entry.applies_to == "organisation"}
    lists: Lists = defaultdict(lambda: defaultdict(set))
    for mentions in documents:
        names.update(_organisation_names(mentions, places, register))
        for mention in filter(_is_whole, mentions):
            there = lists[places[mention.document_id]][form(mention.name)]
            there.update([mention.document_id] if mention.record_table == "attendances" else [])
    short = [(at, shortened, name) for key, shortened, name in abbreviations for at in (key, around(places[key]))]
    people = _people(lists, register)
    return World(places, people, known_of(names, short), frozenset(bodies), given, register)


def _is_whole(mention: Mention) -> bool:
    return mention.shape == "person" and is_whole(form(mention.name))


def seen_from(mentions: Sequence[Mention], seen: World) -> World:
    """The world as one document with these mentions sees it."""
    return seen._replace(listed=cache(partial(_listed, mentions, seen)))


def _listed(mentions: Iterable[Mention], seen: World) -> list[Listed]:
    whole = (mention for mention in mentions if mention.listed and _is_whole(mention))
    return sorted({Listed(form(one.name), candidates(one, seen)) for one in whole})


def around(place: str | None) -> str:
    """A collaboration as a place where abbreviations hold, apart from the keys of documents."""
    return f"i {place or ''}"


def _organisation_names(mentions: Iterable[Mention], places: Places, register: Register) -> Iterator[Named]:
    """The names of organisations, those behind a person's name among them, without spellings of registered ones."""
    for mention in mentions:
        names = [mention.name] if mention.shape == "organisation" else []
        if mention.organisation and shape(mention.organisation) in ("organisation", "part"):
            names.append(mention.organisation)
        place = places[mention.document_id]
        yield from (named(name) for name in names if not register.find(form(name), place, mention.date))


def _people(lists: Lists, register: Register) -> dict[str | None, dict[Form, Told]]:
    """The people of each collaboration."""
    found: dict[str | None, dict[Form, Told]] = {}
    for place, documents in lists.items():
        labels, same = _agreed(register, place)
        apart = partial(_are_apart, documents, labels, register.apart)
        meant = persons([*documents, *labels], apart, same)
        found[place] = {words: _told(place, one) for words, one in meant.items()}
    return found


def _told(place: str | None, meant: Meant) -> Told:
    return Told(tuple(Person(place or "", group) for group in meant.people), meant.partial)


def _agreed(register: Register, place: str | None) -> tuple[dict[Form, str], list[tuple[Form, Form]]]:
    """The whole names of the register with whom they mean, and those that are one person's."""
    by_label: dict[str, list[Form]] = defaultdict(list)
    for entry in register.general(place):
        by_label[entry.label] += whole_forms(entry)
    labels = {words: label for label, names in by_label.items() for words in names}
    return labels, [pair for names in by_label.values() for pair in pairwise(names)]


def _are_apart(
    lists: Mapping[Form, set[str]],
    labels: Mapping[Form, str],
    apart: frozenset[frozenset[Form]],
    one: Form,
    other: Form,
) -> bool:
    """Whether two names are two people's: by the register, or because one list of those present has both."""
    mine, theirs = labels.get(one), labels.get(other)
    if frozenset((one, other)) in apart or (mine and theirs and mine != theirs):
        return True
    return mine is None or mine != theirs if _share_a_list(lists, one, other) else False


def _share_a_list(lists: Mapping[Form, set[str]], one: Form, other: Form) -> bool:
    return not lists.get(one, set()).isdisjoint(lists.get(other, set()))


def candidates(mention: Mention, seen: World) -> tuple[Person, ...]:
    """The people whom a whole name can mean: those of the register first."""
    place = seen.places[mention.document_id]
    if stated := [entry for entry in rows_for(mention, seen) if entry.applies_to == "person"]:
        return tuple(sorted({Person(place or "", (), entry.label) for entry in stated}))
    people = seen.people[place][form(mention.name)].people
    if not seen.register.entries:
        return people
    return tuple(sorted({known for person in people for known in _registered(person, mention, seen)}))


def _registered(person: Person, mention: Mention, seen: World) -> list[Person]:
    """The people of the register who go by one of a person's names; without any, the person that the documents tell."""
    place = seen.places[mention.document_id]
    rows = (entry for words in person.forms for entry in seen.register.find(words, place, mention.date))
    labels = sorted({entry.label for entry in rows if entry.applies_to == "person"})
    return [Person(place or "", (), label) for label in labels] or [person]


def rows_for(mention: Mention, seen: World) -> list[Entry]:
    """The register's rows for a printed name: of several, those for the organisation that is printed beside it."""
    place = seen.places[mention.document_id]
    rows = seen.register.find(form(mention.name), place, mention.date)
    if not rows or not mention.organisation:
        return rows
    printed = _organisations(mention.organisation, mention, seen)
    held = [(row, _organisations(row.organisation, mention, seen) if row.organisation else None) for row in rows]
    return [row for row, there in held if there == printed] or [row for row, there in held if there is None]


def _organisations(name: str, mention: Mention, seen: World) -> tuple[Named, ...]:
    place = seen.places[mention.document_id]
    stated = [row for row in seen.register.find(form(name), place, mention.date) if row.applies_to == "organisation"]
    return organisations_meant(
        stated[0].name if stated else name, (mention.document_id, around(place)), seen.organisations
    )
