"""A measure through all plans: measures of one collaboration whose titles agree have one identity.

Titles are compared by the words that name something: "Prosjekt Vitality" and "Samhandlingsprosjektet VITALITY" are the
same, and the collaboration's own name tells nothing. The result depends on the titles alone, not on the order in which
the files were loaded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from models.words import words
from store.keys import slug

THRESHOLD = 90.0
"""Of rapidfuzz' ``ratio`` over the sorted naming words (100 is equal): lets a spelling error or an inflection pass, and
keeps "Utvalg for akuttjenester" from "Utvalg for legetjenester" (border cases in tests/test_measure_identities.py)."""


LONGEST = 60  # characters of a key, without its fingerprint


class Titled(NamedTuple):
    """A measure of the database as far as its identity is concerned."""

    id: str
    document_id: str
    title: str
    collaboration: str | None


class Match(NamedTuple):
    """A measure's identity, and the measure of another document whose title agrees best, with the score."""

    identity: str
    other: str | None
    score: float | None


def naming_words(title: str, collaboration: str | None = None) -> str:
    """The words of a title that name a measure, sorted; all of them where none is left.

    >>> naming_words("Samhandlings- og utviklingsprosjektet Ung Arena+"), naming_words("Ung Arena Nordvik", "Nordvik")
    ('arena ung', 'arena ung')
    >>> naming_words("Prosjekt")
    'prosjekt'
    """
    found = re.findall(r"\w+", title.casefold())
    own = re.findall(r"\w+", (collaboration or "").casefold())
    generic = set(words("measure_names", "generic")) | set(own)
    return " ".join(sorted(set(found) - generic) or sorted(found))


def identities(measures: Sequence[Titled]) -> dict[str, Match]:
    """The identity of each measure by its key.

    >>> plan, report = Titled("a/1", "a", "Mobil røntgen", None), Titled("b/1", "b", "Prosjektet Mobilt røntgen", None)
    >>> identities([report, plan])["b/1"]
    Match(identity='mobil-rontgen', other='a/1', score=96.3)
    """
    found: dict[str, Match] = {}
    by_place: dict[str | None, list[Titled]] = defaultdict(list)
    for measure in sorted(measures):
        by_place[measure.collaboration].append(measure)
    for place, own in by_place.items():
        for family in _families(own, place):
            found |= _matches(family, place)
    return found


def _families(measures: Sequence[Titled], place: str | None) -> Iterator[list[Titled]]:
    """Measures that agree with one another, directly or through a third."""
    by_name: dict[str, list[Titled]] = defaultdict(list)
    for measure in measures:
        by_name[naming_words(measure.title, place)].append(measure)
    names = sorted(by_name)
    root = {name: name for name in names}
    for n, name in enumerate(names):
        for other, _, _ in process.extract(name, names[n + 1 :], scorer=fuzz.ratio, score_cutoff=THRESHOLD, limit=None):
            first, second = sorted((_root(root, name), _root(root, other)))
            root[second] = first
    families: dict[str, list[Titled]] = defaultdict(list)
    for name in names:
        families[_root(root, name)] += by_name[name]
    yield from families.values()


def _root(root: Mapping[str, str], name: str) -> str:
    while root[name] != name:
        name = root[name]
    return name


def _matches(family: Sequence[Titled], place: str | None) -> dict[str, Match]:
    shortest = min(family, key=lambda m: (len(naming_words(m.title, place)), len(m.title), m.title))
    identity = _key(" ".join(filter(None, (place, shortest.title)))) or shortest.id
    return {measure.id: Match(identity, *_nearest(measure, family, place)) for measure in family}


def _key(title: str) -> str:
    """A readable key; of a title as long as a sentence its first words and a fingerprint.

    >>> _key("Nordvik Mobil røntgen"), _key("ord " * 40)
    ('nordvik-mobil-rontgen', 'ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-0bf0')
    """
    whole = slug(title)
    if len(whole) <= LONGEST:
        return whole
    return f"{whole[:LONGEST].rpartition('-')[0]}-{sha256(whole.encode()).hexdigest()[:4]}"


def _nearest(measure: Titled, family: Iterable[Titled], place: str | None) -> tuple[str | None, float | None]:
    """The measure of another document whose title agrees best, of equals the first key."""
    own = naming_words(measure.title, place)
    scored = [
        (-round(fuzz.ratio(own, naming_words(other.title, place)), 1), other.id)
        for other in family
        if other.document_id != measure.document_id
    ]
    score, other = min(scored, default=(None, None))
    return other, None if score is None else -score


def link_measures(db: Database) -> None:
    """Bring identities and matches up to date, writing only what differs; inside a transaction."""
    measures = list(_titled(db))
    found = identities(measures)
    titles: dict[str, list[str]] = defaultdict(list)
    for measure in measures:
        titles[found[measure.id].identity].append(measure.title)
    names = {identity: min(set(own), key=lambda title: (len(title), title)) for identity, own in titles.items()}
    upsert = (
        "INSERT INTO measure_identities (id, title) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title WHERE title IS NOT excluded.title"
    )
    db.conn.executemany(upsert, sorted(names.items()))
    change = (
        "UPDATE measures SET identity = ?, match_id = ?, match_score = ? WHERE id = ?"
        " AND (identity, match_id, match_score) IS NOT (?, ?, ?)"
    )
    db.conn.executemany(change, [(*match, key, *match) for key, match in found.items()])
    db.execute(
        "DELETE FROM measure_identities WHERE id NOT IN (SELECT identity FROM measures WHERE identity IS NOT NULL)"
    )


def _titled(db: Database) -> Iterator[Titled]:
    """The measures with their collaborations; where the whole database names one, a plan that names none is its own."""
    sql = "SELECT measures.id, document_id, measures.title, collaboration FROM measures JOIN documents"
    found = [Titled(*row) for row in db.execute(f"{sql} ON documents.id = document_id")]
    named = {measure.collaboration for measure in found} - {None}
    only = named.pop() if len(named) == 1 else None
    yield from (measure._replace(collaboration=measure.collaboration or only) for measure in found)
