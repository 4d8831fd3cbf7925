"""The register as it stands, for editing: its own rows, what is derived beside them, and the names that are open."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from sqlite_utils import Database

from store.names.derived import Derived, derive
from store.names.forms import form, is_whole
from store.names.mentions import Mention
from store.names.register import Entry
from store.names.register_file import written
from store.names.stored import read_anew
from store.references import NO_SUCH_BODY

SHOWN = 3  # places where an open name stands


def current_register(db: Database) -> bytes:
    """The register of a database as a file to edit and to read again."""
    found = derive(db, lambda: read_anew(db))
    return written([*found.register.entries, *_people(found), *_organisations(found)], _open(found, read_anew(db)))


def _people(found: Derived) -> Iterator[Entry]:
    """The people that the documents alone tell, with the whole names that mean them."""
    for person, (key, name, place, spellings, *_) in found.people.items():
        if not person.label:
            others = (other for other in json.loads(spellings) if is_whole(form(other)) and form(other) != form(name))
            yield Entry("person", name, _each_once(others), collaboration=place, key=key)


def _organisations(found: Derived) -> Iterator[Entry]:
    stated = {form(entry.name) for entry in found.register.entries if entry.applies_to == "organisation"}
    for key, name, spellings, *_ in found.organisations.values():
        if form(name) not in stated:
            others = (other for other in json.loads(spellings) if form(other) != form(name))
            yield Entry("organisation", name, _each_once(others), key=key)


def _each_once(names: Iterator[str]) -> tuple[str, ...]:
    """Of spellings that are compared as one, the first."""
    return tuple({form(name): name for name in reversed(list(names)) if "," not in name}.values())[::-1]


def _open(found: Derived, documents: Iterable[Sequence[Mention]]) -> Iterator[Entry]:
    """A row for each name that means nobody yet, with the time in which it stands and where; bodies are no names."""
    places: dict[tuple[str, str | None, str], list[Mention]] = defaultdict(list)
    for mention, meaning in zip(chain.from_iterable(documents), found.meant, strict=True):
        *_, unresolved = found.meanings[meaning]
        if unresolved and unresolved != NO_SUCH_BODY:
            places[mention.name, found.places[mention.document_id], unresolved].append(mention)
    for (name, place, reason), there in sorted(places.items(), key=lambda item: (item[0][0].casefold(), str(item[0]))):
        days = sorted(mention.date for mention in there if mention.date)
        stands = dict.fromkeys(_place(mention) for mention in there)
        shown = [*list(stands)[:SHOWN], *(["…"] if len(stands) > SHOWN else [])]
        note = f"Ikke avgjort: {reason}. Står i {', '.join(shown)}"
        first, last = (days[0], days[-1]) if days else (None, None)
        yield Entry("person", "", (name,), (), None, first, last, place, None, note)


def _place(mention: Mention) -> str:
    return f"{mention.document_id}{f' side {mention.page}' if mention.page else ''}"
