"""What each printed name means, seen from its document and its collaboration: a person, organisation, body or role."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from store.keys import body_key
from store.names.document import NOBODY, Listed, narrowed, within
from store.names.forms import Form, form, is_whole
from store.names.mentions import GIVERS, Mention
from store.names.organisations import Known, Named, known_of, meant, named
from store.names.persons import Group, Meant, persons
from store.names.printed import shape
from store.references import NO_SUCH_BODY

MANY_PEOPLE = "Navnet passer på flere personer"
CLAIMED = "To navn i samme fremmøteliste kan begge være denne personen"
ELSEWHERE = "Dokumentet sier ikke hvilket samarbeid det er, og navnet finnes i et som er nevnt"
MANY_ORGANISATIONS = "Navnet passer på flere organisasjoner"
PERSON_OR_ORGANISATION = "Kan være både en person og en organisasjon"
UNEXPLAINED = "Dokumentene sier ikke hva forkortelsen står for"
NO_NAME = "Teksten er ikke kjent igjen som et navn"

Place = str | None
Who = tuple[Place, Group]
"""A person: a collaboration and the names of one of its people."""


class Resolved(NamedTuple):
    """What a name means, what decided it, or why nothing did."""

    person: Who | None = None
    organisation: Named | None = None
    body: str | None = None
    how: str | None = None
    unresolved: str | None = None


class World(NamedTuple):
    """What all documents together say of who there is."""

    places: Mapping[str, Place]
    """The collaboration of each document."""
    people: Mapping[Place, Mapping[Form, Meant]]
    listed: Mapping[str, Sequence[Listed]]
    organisations: Known
    bodies: frozenset[str]
    given: Mapping[str, str]
    """The collaboration that a document's file was loaded for, where one was named."""


def world(
    mentions: Sequence[Mention],
    places: Mapping[str, Place],
    bodies: Iterable[str],
    abbreviations: Iterable[tuple[str, str, str]],
    given: Mapping[str, str] = MappingProxyType({}),
) -> World:
    """What is known when every document is read; abbreviations as (document, abbreviation, name)."""
    whole = [(m, form(m.name)) for m in mentions if m.shape == "person"]
    whole = [(m, words) for m, words in whole if is_whole(words)]
    people = _people(whole, places)
    listed: dict[str, set[Listed]] = defaultdict(set)
    for mention, words in whole:
        if mention.listed:
            listed[mention.document_id].add(Listed(words, people[places[mention.document_id]][words].people))
    short = [(at, shortened, name) for key, shortened, name in abbreviations for at in (key, f"i {places[key]}")]
    organisations = known_of(_organisation_names(mentions), short)
    ordered = {document: sorted(found) for document, found in listed.items()}
    return World(places, people, ordered, organisations, frozenset(bodies), given)


def _organisation_names(mentions: Iterable[Mention]) -> Iterator[Named]:
    """The names of organisations, those behind a person's name among them."""
    for mention in mentions:
        if mention.shape == "organisation":
            yield named(mention.name)
        if mention.organisation and shape(mention.organisation) in ("organisation", "part"):
            yield named(mention.organisation)


def _people(whole: Iterable[tuple[Mention, Form]], places: Mapping[str, Place]) -> dict[Place, dict[Form, Meant]]:
    """The people of each collaboration; two names in one attendance list are two people."""
    lists: dict[Place, dict[Form, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention, words in whole:
        there = lists[places[mention.document_id]][words]
        if mention.record_table == "attendances":
            there.add(mention.document_id)
    found: dict[Place, dict[Form, Meant]] = {}
    for place, documents in lists.items():
        found[place] = persons(documents, partial(_share_a_list, documents))
    return found


def _share_a_list(lists: Mapping[Form, set[str]], one: Form, other: Form) -> bool:
    return not lists[one].isdisjoint(lists[other])


def resolve(mention: Mention, seen: World) -> Resolved:
    """What a name means."""
    if body := _body(mention, seen):
        return Resolved(body=body, how="name")
    if mention.shape == "body" and mention.field not in GIVERS:
        return Resolved(unresolved=NO_SUCH_BODY)
    if mention.shape in ("organisation", "body"):
        return _organisation(mention, seen)
    if mention.shape == "role":
        return Resolved(how="role")
    if mention.shape == "person" and is_whole(form(mention.name)):
        return _person(mention, seen)
    if mention.shape in ("person", "part"):
        return _part(mention, seen)
    return Resolved(unresolved=NO_NAME)


def _body(mention: Mention, seen: World) -> str | None:
    """The body that a name names, as "SSUs" too; the name of a hospital is not that of its board."""
    if mention.shape in ("organisation", "person"):
        return None
    key = body_key(re.sub(r"(?<=[A-ZÆØÅ])s$", "", mention.name), seen.given.get(mention.document_id))
    return key if key in seen.bodies else None


def _organisation(mention: Mention, seen: World) -> Resolved:
    """The organisation that a name names, by its own name, a shorter one or an abbreviation."""
    around = (mention.document_id, f"i {seen.places[mention.document_id]}")
    found = meant(mention.name, around, seen.organisations)
    if len(found) > 1:
        return Resolved(unresolved=MANY_ORGANISATIONS)
    own = named(mention.name)
    how = "name" if found[0] == own else "partial" if found[0].base == own.base else "abbreviation"
    return Resolved(organisation=found[0], how=how)


def _person(mention: Mention, seen: World) -> Resolved:
    """The person whom a whole name means among those of the collaboration."""
    place, words = seen.places[mention.document_id], form(mention.name)
    if place is None and any(words in people for other, people in seen.people.items() if other is not None):
        return Resolved(unresolved=ELSEWHERE)
    found = seen.people[place][words]
    if len(found.people) == 1:
        return Resolved(person=(place, found.people[0]), how="partial" if found.partial else "name")
    there = narrowed(found.people, seen.listed.get(mention.document_id, ()))
    if there:
        return Resolved(person=(place, there), how="same_document")
    return Resolved(unresolved=MANY_PEOPLE if found.people else CLAIMED)


def _part(mention: Mention, seen: World) -> Resolved:
    """The person or organisation that a word by itself or initials name."""
    person = within(mention.name, seen.listed.get(mention.document_id, ()))
    organisation = _organisation(mention, seen) if _is_known(mention, seen) else None
    if isinstance(person, str):
        short = not mention.name[1:].islower()
        return organisation or Resolved(unresolved=UNEXPLAINED if short and person == NOBODY else person)
    if organisation:
        return Resolved(unresolved=PERSON_OR_ORGANISATION)
    return Resolved(person=(seen.places[mention.document_id], person), how="same_document")


def _is_known(mention: Mention, seen: World) -> bool:
    """Whether a word names an organisation elsewhere, whole or as an abbreviation."""
    base, known = named(mention.name).base, seen.organisations
    around = (mention.document_id, f"i {seen.places[mention.document_id]}")
    return base in known.names or any((place, base) in known.abbreviations for place in around)
