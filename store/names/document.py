"""Names that mean somebody only within their document: "Irene", "Velken", "HM", and short names that fit several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.names.forms import Form, form, have_initials, is_part
from store.names.persons import Group

NOBODY = "Ingen i dokumentets fremmøte eller ansvarskolonne heter dette"
MANY = "Flere i dokumentets fremmøte eller ansvarskolonne kan hete dette"


class Person(NamedTuple):
    """A person: the collaboration, and the names by which the documents know them or the label of the register."""

    place: str
    forms: Group
    label: str = ""


class Listed(NamedTuple):
    """A whole name in a document's lists, with the people it can mean."""

    form: Form
    people: tuple[Person, ...]


def within(name: str, listed: Iterable[Listed]) -> Person | str:
    """The person whom less than a whole name means, among those that the same document lists; or why nobody.

    >>> there = [Listed(form(name), (Person("", (), name),)) for name in ("Kari Dal", "Per Lie")]
    >>> within("Kari", there).label, within("PL", there).label, within("Ole", there) == NOBODY
    ('Kari Dal', 'Per Lie', True)
    """
    words = form(name)
    letters = name.replace(".", "").replace(" ", "")
    initials = len(letters) < 5 and letters.isupper()
    fitting = [one for one in listed if is_part(words, one.form) or (initials and have_initials(letters, one.form))]
    people = {one.people for one in fitting}
    if len(people) == 1 and len(found := people.pop()) == 1:
        return found[0]
    return MANY if fitting else NOBODY


def narrowed(people: Sequence[Person], listed: Iterable[Listed]) -> Person | None:
    """The one of several people whom the document lists by a name of their own."""
    there = {one.people[0] for one in listed if len(one.people) == 1}
    fitting = [person for person in people if person in there]
    return fitting[0] if len(fitting) == 1 else None
