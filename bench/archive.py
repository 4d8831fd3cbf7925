"""A made-up archive of any size, with everything that a load should find in it: agendas and minutes, PDF and DOCX.

Each body meets three times a year for twenty years and has its own people, way of numbering and layout. What is decided
in one meeting is followed up in the next, or not. Names, places and matters are invented; the same seed gives the same
archive, and a larger one begins with all the documents of a smaller one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice, product
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus import pdf, word  # noqa: E402  (the checkout's packages are found through the line above)

MEETINGS = 60
"""Of a body: three a year for twenty years."""
FIRST_YEAR = 2004
MEMBERS = 8
FOLLOWED_UP = 0.7
"""Of what somebody got to do, as a share of 1."""

PLACES = ("Nordvik", "Sørdal", "Eikeland", "Fossum", "Havnes")
HOUSES = ("rådhus, møterom 2", "kulturhus, store sal", "helsehus, kantina", "bibliotek, lesesalen")
GIVEN = (
    *("Aslaug", "Brynjulf", "Dagny", "Eskil", "Frøydis", "Gunnvor", "Halldis", "Ingelin", "Jostein", "Kolbein"),
    *("Liv", "Magnhild", "Njål", "Oddvar", "Ragnfrid", "Sigmund", "Torbjørg", "Unni", "Vegard", "Ørjan"),
)
BEGINNINGS = ("Brat", "Eik", "Fjær", "Gran", "Hav", "Kol", "Lind", "Myr", "Ny", "Rogn", "Sol", "Stor", "Tang", "Ulv")
ENDINGS = ("bakk", "dalen", "eng", "haug", "holmen", "landet", "moen", "neset", "skaret", "stølen", "sund", "åsen")
MATTERS = (
    *("mobil røntgen", "digital hjemmeoppfølging", "trygg utskriving", "felles legemiddelliste", "palliativ omsorg"),
    *("rehabilitering etter hjerneslag", "hospitering", "ambulant team", "fallforebygging", "følgetjenesten"),
    *("pasientforløp for eldre", "ernæring", "simulering i kommunene", "kompetanseplanen", "tolketjenesten"),
    *("rekruttering av leger", "brukermedvirkning", "elektronisk meldingsutveksling", "barn som pårørende"),
)
TALK = (
    "{name} viste tall for {year}: {n} pasienter i {place}, mot {m} året før.",
    "Erfaringene fra {place} er gode, og ordningen er blitt kjent blant de ansatte.",
    "{name} fortalte at tilbudet er mest brukt om vinteren, og at {n} av {total} henvendelser kom i helgene.",
    "Utvalget var samstemt om at ordningen er viktig for pasienter med lang reisevei.",
    "I {place} er {n} prosent av stillingene besatt, og ventetiden er {m} dager.",
    "{name} spurte om kostnadene. De er så langt {n} 000 kroner, som er under budsjettet.",
    "Flere pekte på at {place} har kommet lengst, og at erfaringene derfra har overføringsverdi.",
    "Notatet beskriver {n} forløp, og i {m} av dem var det brudd i overgangen mellom sykehus og kommune.",
)
MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)


class Body(NamedTuple):
    """A body with its people and its habits."""

    name: str
    members: tuple[tuple[str, str], ...]
    """Name and place; the first one chairs, the last one writes."""
    slashed: bool
    """Cases are numbered 7/22, not 2022.7."""
    lettered: bool
    ruled: bool
    long_dates: bool
    head: str | None
    docx: bool
    """Minutes are DOCX; agendas of half the bodies."""

    @property
    def key(self) -> str:
        return self.name.lower()


class Case(NamedTuple):
    """A case as it is put on the agenda and minuted."""

    number: str
    title: str
    text: str
    proposed: tuple[str, ...]
    points: tuple[str, ...]
    outcomes: tuple[str, ...]
    """Of the points, one each."""
    owner: str | None = None
    """Who answers for the last point."""
    due: date | None = None
    """By when."""
    follows: str | None = None
    """The number of the case that this one follows up."""


class Meeting(NamedTuple):
    """A meeting and its cases in order."""

    body: Body
    day: date
    place: str
    previous: date | None
    cases: tuple[Case, ...]


class Made(NamedTuple):
    """A document to be written: where, what it says, and the meeting it is of."""

    path: str
    kind: str
    meeting: Meeting
    text: dict[str, Any]


def documents(size: int, seed: int = 1) -> Iterator[Made]:
    """The first ``size`` documents of the archive."""
    every = (made for number in count() for meeting in _meetings(number, seed) for made in _documents(meeting))
    return islice(every, size)


def write(made: Made) -> bytes:
    """The document's file."""
    return word.write(made.text) if made.path.endswith(".docx") else pdf.draw(made.text)


def _body(number: int, seed: int) -> Body:
    """The body of a number; the people of one have a surname each."""
    chance = Random(f"{seed} {number}")
    surnames = [a + b for a, b in product(BEGINNINGS, ENDINGS)]
    people = [
        (f"{chance.choice(GIVEN)} {surnames[(number * 37 + n * 11) % len(surnames)]}", chance.choice(PLACES))
        for n in range(MEMBERS)
    ]
    return Body(
        name=f"FSU-{_letters(number)}",
        members=tuple(people),
        slashed=chance.random() < 0.4,
        lettered=chance.random() < 0.5,
        ruled=chance.random() < 0.7,
        long_dates=chance.random() < 0.4,
        head=chance.choice((None, "Helsefellesskapet i Fjordregionen")),
        docx=chance.random() < 0.35,
    )


def _letters(number: int) -> str:
    """
    >>> _letters(0), _letters(27), _letters(676)
    ('AA', 'BB', 'BAA')
    """
    before = "" if number < 676 else _letters(number // 676)[1:]
    return f"{before}{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}"


def _meetings(number: int, seed: int) -> Iterator[Meeting]:
    """The meetings of a body; every other one follows up what was decided in the one before."""
    chance, body = Random(f"{seed} {number} meetings"), _body(number, seed)
    previous: Meeting | None = None
    used = 0
    for n in range(MEETINGS):
        year, month = FIRST_YEAR + n // 3, (2, 5, 10)[n % 3]
        used = used if n % 3 else 0
        day = date(year, month, chance.randint(1, 25))
        cases = tuple(_cases(body, day, used, previous, chance, open_next=n % 2 == 0))
        used += len(cases)
        place = f"{chance.choice(PLACES)} {chance.choice(HOUSES)}"
        previous = Meeting(body, day, place, previous.day if previous else None, cases)
        yield previous


def _cases(
    body: Body, day: date, used: int, previous: Meeting | None, chance: Random, *, open_next: bool
) -> Iterator[Case]:
    numbers = (f"{n}/{day.year % 100:02}" if body.slashed else f"{day.year}.{n}" for n in count(used + 1))
    yield Case(
        *(next(numbers), "Godkjenning av innkalling og dagsorden", ""),
        *(("Innkalling og dagsorden godkjennes",), ("Innkalling og dagsorden ble godkjent",), ("approved",)),
    )
    if previous:
        title = f"Referat {body.name} {previous.day:%d.%m.%y}"
        yield Case(next(numbers), title, "", ("Referatet godkjennes",), ("Referatet ble godkjent",), ("approved",))
    matters = chance.sample(MATTERS, 3 + chance.randint(0, 3))
    promised = next((case for case in previous.cases if case.owner), None) if previous else None
    if promised and not open_next and chance.random() < FOLLOWED_UP:
        text = f"Oppfølging av sak {promised.number}.\n{_talk(body, day, chance)}"
        noted = "Saken tas til orientering"
        yield Case(next(numbers), promised.title, text, (noted,), (noted,), ("noted",), follows=promised.number)
    for n, matter in enumerate(matters):
        make = _promise if n == 0 and open_next else _information
        yield make(next(numbers), matter, body, day, chance)


def _information(number: str, matter: str, body: Body, day: date, chance: Random) -> Case:
    noted = ("Saken tas til orientering",)
    title = f"Status for {matter} i {chance.choice(PLACES)}"
    return Case(number, title, _talk(body, day, chance), noted, noted, ("noted",))


def _promise(number: str, matter: str, body: Body, day: date, chance: Random) -> Case:
    """A case in which a municipality gets something to do, by a day."""
    place, due = chance.choice(PLACES), day + timedelta(days=chance.randint(20, 60))
    task = f"{place} kommune melder tilbake om {matter} innen {_long(due)}"
    title = f"{matter[0].upper()}{matter[1:]} i {place}"
    points, outcomes = ("Saken tas til orientering", task), ("noted", "mandated")
    return Case(number, title, _talk(body, day, chance), points, points, outcomes, owner=f"{place} kommune", due=due)


def _talk(body: Body, day: date, chance: Random) -> str:
    """Some sentences in which nothing is decided."""
    said = chance.sample(TALK, chance.randint(1, 4))
    numbers = {"n": chance.randint(12, 60), "m": chance.randint(3, 11), "total": chance.randint(70, 400)}
    return " ".join(
        one.format(name=chance.choice(body.members)[0], place=chance.choice(PLACES), year=day.year - 1, **numbers)
        for one in said
    )


def _documents(meeting: Meeting) -> Iterator[Made]:
    for kind in ("innkalling", "referat"):
        docx = meeting.body.docx and (kind == "referat" or meeting.body.lettered)
        name = f"{meeting.body.key}-{meeting.day.isoformat()}-{kind}"
        path = f"{meeting.body.key}/{meeting.day.year}/{name}.{'docx' if docx else 'pdf'}"
        yield Made(path, kind, meeting, {"name": name, "footer": "Side {page}", **_text(kind, meeting)})


def _text(kind: str, meeting: Meeting) -> dict[str, Any]:
    body, minutes = meeting.body, kind == "referat"
    day = _long(meeting.day) if body.long_dates else f"{meeting.day:%d.%m.%y}"
    title = f"{kind.capitalize()} {body.name}"
    rows = [["Tema", title], ["Dato/sted", f"{day}, kl. 09.00-11.30\n{meeting.place}"]]
    rows += [["Møteleder", body.members[0][0]], ["Referent", body.members[-1][0]]]
    blocks: list[dict[str, Any]] = [{"text": f"# {title} {meeting.day:%d.%m.%y}"}, {"head": rows}]
    if minutes:
        present = ", ".join(f"{name} ({place})" for name, place in body.members)
        blocks.append({"text": f"**Til stede:** {present}"})
    cases = [[case.number, _case(case, minutes, body), ""] for case in meeting.cases]
    blocks += [{"text": f"== {kind.capitalize()}"}, {"cases": cases, "ruled": body.ruled}]
    return {"block": blocks} | ({"running_head": body.head} if body.head else {})


def _case(case: Case, minutes: bool, body: Body) -> str:
    points = case.points if minutes else case.proposed
    heading = "# Konklusjon" if minutes else "# Forslag til konklusjon"
    if len(points) > 1:
        marks = ("a) ", "b) ") if body.lettered else ("- ", "- ")
        points = tuple(mark + point for mark, point in zip(marks, points, strict=True))
    return "\n".join(filter(None, (f"# {case.title}", case.text, "", heading, *points)))


def _long(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
