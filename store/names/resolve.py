"""What each printed name means, seen from its document and its collaboration: a person, organisation, body or role."""

from __future__ import annotations

import re
from typing import NamedTuple

from store.keys import body_key
from store.names.document import NOBODY, Person, narrowed, within
from store.names.forms import form, is_whole
from store.names.mentions import GIVERS, Mention
from store.names.organisations import Named, meant, named
from store.names.world import World, around, candidates, rows_for
from store.references import NO_SUCH_BODY

MANY_PEOPLE = "Navnet passer på flere personer"
MANY_REGISTERED = "Navnet passer på flere i navneregisteret"
CLAIMED = "To navn i samme fremmøteliste kan begge være denne personen"
ELSEWHERE = "Dokumentet sier ikke hvilket samarbeid det er, og navnet finnes i et som er nevnt"
MANY_ORGANISATIONS = "Navnet passer på flere organisasjoner"
PERSON_OR_ORGANISATION = "Kan være både en person og en organisasjon"
UNEXPLAINED = "Dokumentene sier ikke hva forkortelsen står for"
NO_NAME = "Teksten er ikke kjent igjen som et navn"


class Resolved(NamedTuple):
    """What a name means, what decided it, or why nothing did."""

    person: Person | None = None
    organisation: Named | None = None
    body: str | None = None
    how: str | None = None
    unresolved: str | None = None


def resolve(mention: Mention, seen: World) -> Resolved:
    """What a name means, seen from its document: what the register says, else what the documents show."""
    if stated := _stated(mention, seen):
        return stated
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


def _stated(mention: Mention, seen: World) -> Resolved | None:
    """Whom the register says that a name means; None where it says nothing."""
    rows = rows_for(mention, seen)
    if not rows:
        return None
    place = seen.places[mention.document_id] or ""
    organisations = {named(row.name) for row in rows if row.applies_to == "organisation"}
    people = tuple(sorted({Person(place, (), row.label) for row in rows if row.applies_to == "person"}))
    if len(people) + len(organisations) > 1:
        there = narrowed(people, seen.listed())
        return Resolved(person=there, how="same_document") if there else Resolved(unresolved=MANY_REGISTERED)
    how = "name" if form(mention.name) == form(rows[0].name) else "register"
    if organisations:
        return Resolved(organisation=organisations.pop(), how=how)
    return Resolved(person=people[0], how=how)


def _body(mention: Mention, seen: World) -> str | None:
    """The body that a name names, as "SSUs" too; the name of a hospital is not that of its board."""
    if mention.shape in ("organisation", "person"):
        return None
    key = body_key(re.sub(r"(?<=[A-ZÆØÅ])s$", "", mention.name), seen.given.get(mention.document_id))
    return key if key in seen.bodies else None


def _organisation(mention: Mention, seen: World) -> Resolved:
    """The organisation that a name names, by its own name, a shorter one or an abbreviation."""
    places = (mention.document_id, around(seen.places[mention.document_id]))
    found = meant(mention.name, places, seen.organisations)
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
    found = candidates(mention, seen)
    if len(found) == 1:
        return Resolved(person=found[0], how="partial" if seen.people[place][words].partial else "name")
    if there := narrowed(found, seen.listed()):
        return Resolved(person=there, how="same_document")
    return Resolved(unresolved=MANY_PEOPLE if found else CLAIMED)


def _part(mention: Mention, seen: World) -> Resolved:
    """The person or organisation that a word by itself or initials name."""
    person = within(mention.name, seen.listed())
    organisation = _organisation(mention, seen) if _is_known(mention, seen) else None
    if isinstance(person, str):
        short = not mention.name[1:].islower()
        return organisation or Resolved(unresolved=UNEXPLAINED if short and person == NOBODY else person)
    if organisation:
        return Resolved(unresolved=PERSON_OR_ORGANISATION)
    return Resolved(person=person, how="same_document")


def _is_known(mention: Mention, seen: World) -> bool:
    """Whether a word names an organisation elsewhere, whole or as an abbreviation."""
    base, known = named(mention.name).base, seen.organisations
    places = (mention.document_id, around(seen.places[mention.document_id]))
    return base in known.names or any((place, base) in known.abbreviations for place in places)
