"""The people that a line of an attendance list names, each with what is printed of them beside the name.

Seen: "Kari Dal (leder), Ola Vik, SiF; Per Lund", "Sørdal kommune: Ola Vik og Per Lund", "For Høyre: Kari Dal, Ola Vik",
"Nordvik: Dal/Vik", "seniorrådgiver Tor Lie", "Kari Dal SP", "Jon Haug for Eva Strand", "Kari Dal fra sak 3", "Siv Moe
FORFALL", "Siv Moe, vara Per Lund møtte".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from models.organisations import is_organisation
from models.records import Presence
from models.words import pattern, words

_WORD = r"[A-ZÆØÅÉÜÖÄÁŠ][\w.'’-]*"
_JOIN = rf"(?:{_WORD}|av|de|von|van|der|den|la|el|al)"
NAME = re.compile(rf"{_JOIN}(?:\s+{_JOIN}){{0,5}}")
_SURNAMES = re.compile(rf"{_WORD}(?:\s?/\s?{_WORD})*")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_GROUP = re.compile(r"(?:fr[aå]|for)\s+(?=\S)", re.IGNORECASE)
_GROUPED = re.compile(r"(?:^|(?<=[,;.])\s*|\s{2,})(?=(?:fr[aå] |for )?[^\W\d_a-zæøå][^,;:()]{1,48}:\s)")
_BEHIND = re.compile(r"\s+(?:[-–]|v/)\s*(?=\S)|\s*/\s*(?=(?:[A-ZÆØÅ]{1,4}|[A-ZÆØÅ][a-z]{1,2})$)")
_NOBODY = ("ingen", "ingen forfall", "ikkje nokon", "ingen meldte forfall", "ingen meldt", "nei", "-", "–", "alle", "0")
LONGEST_GROUP = 50  # characters
FULL_NAME = rf"{_WORD}\s+{_JOIN}"
SAID = 6  # words behind a name without a comma


@dataclass(frozen=True, slots=True)
class Person:
    """A person as an entry of a list names them; ``presence`` where the entry itself says it."""

    name: str
    organisation: str | None = None
    role: str | None = None
    presence: Presence | None = None


def people(text: str, *, surnames: bool = False, lenient: bool = False) -> Iterator[Person]:
    """The people that an entry or a list names.

    ``surnames``: one by itself behind a municipality counts. ``lenient``: whatever is said behind a name, since a label
    tells that this is a list.

    >>> [(p.name, p.organisation) for p in people("Kari Dal, Sørdal kommune; Ola Vik (Nordvik)")]
    [('Kari Dal', 'Sørdal kommune'), ('Ola Vik', 'Nordvik')]
    >>> [(p.name, p.role) for p in people("Kari Dal (leder), Ola Vik, Per Li (vara for Siv Moe), Jo Aas for Eva Li")]
    [('Kari Dal', 'leder'), ('Ola Vik', None), ('Per Li', 'vara for Siv Moe'), ('Jo Aas', 'for Eva Li')]
    >>> [(p.name, p.role) for p in people("Brukerrepresentant: Kari Dal, kommunalsjef Ola Vik")]
    [('Kari Dal', 'Brukerrepresentant'), ('Ola Vik', 'kommunalsjef')]
    >>> [(p.name, p.organisation) for p in people("For Høyre: Kari Dal, Ola Vik; Nordvik: Dal/Lie")]
    [('Kari Dal', 'Høyre'), ('Ola Vik', 'Høyre'), ('Dal', 'Nordvik'), ('Lie', 'Nordvik')]
    >>> [(p.name, p.presence) for p in people("Siv Moe (forfall), Eva Li FORFALL, vara Per Li møtte")]
    [('Siv Moe', 'absent'), ('Eva Li', 'absent'), ('Per Li', 'present')]
    >>> list(people("Ingen")), list(people("33 representanter"))
    ([], [])
    """
    if text.strip(" .").casefold() in _NOBODY:
        return
    for part in re.split(r"\s*[;•|\n]\s*", _titled_apart().sub("; ", text)):
        for group in _GROUPED.split(part):
            yield from _group(group, surnames, lenient)


@cache
def _parted() -> re.Pattern[str]:
    """Between the people of an entry."""
    titles = "|".join(pattern("titles", name).pattern for name in ("before_names", "in_lists"))
    return re.compile(
        rf""",\s*(?![^()]*\))
        | (?<=[a-zæøå)])\.\s+(?={_WORD}\s+{_WORD})        # "Kari Dal, leder. Ola Vik, nestleder"
        | \s+(?:og|samt|&)\s+(?=(?:(?:{titles})\s+)?{_WORD}\s+{_JOIN})
        | \s*/\s*(?={_WORD}\s+{_WORD})                     # "Kari Dal/Ola Vik"
        """,
        re.VERBOSE,
    )


@cache
def _titled_apart() -> re.Pattern[str]:
    """Between people whose lines were put together: "Rådmann Kari Dal Kommunalsjef Ola Vik sak 20/18"."""
    known = "|".join(pattern("titles", name).pattern for name in ("before_names", "in_lists"))
    return re.compile(rf"(?<=[\wæøå)])(?<!\bog)\s+(?=[A-ZÆØÅ])(?=(?i:{known})\s+{_WORD}\s+{_WORD})")


def is_group(label: str) -> bool:
    """Whether a label says where the people behind it are from, or what they are.

    >>> is_group("Sørdal kommune"), is_group("For Høyre"), is_group("Fastlegerepresentanter"), is_group("Godkjent av")
    (True, True, True, False)
    """
    return is_organisation(label) or bool(_GROUP.match(label)) or _is_role(label)


def _group(text: str, surnames: bool, lenient: bool) -> Iterator[Person]:
    """The people behind a label that says where they are from or what they are: "Sørdal kommune: Ola Vik"."""
    label, colon, rest = (part.strip() for part in text.partition(":"))
    if not colon or not label or len(label) > LONGEST_GROUP:
        yield from _entry(text, lenient)
        return
    told = list(_entry(rest, lenient)) or [Person(name) for name in _surnames(rest, surnames)]
    place = _GROUP.match(label)
    if place or not _is_role(label):
        named = label[place.end() :] if place else label
        yield from (p if p.organisation else replace(p, organisation=named) for p in told)
    else:
        yield from (replace(p, role=p.role or label) for p in told)


def _is_role(label: str) -> bool:
    last = label.split()[-1]
    return not is_organisation(label) and any(
        pattern(*known).fullmatch(word)
        for known in (("attendance_groups", "roles"), ("titles", "before_names"), ("titles", "in_lists"))
        for word in (label, last)
    )


def _surnames(text: str, single: bool) -> list[str]:
    """Surnames alone, as lists by municipality have them: "Dal/Vik"."""
    bare = _BRACKET.sub("", text).strip(" .")
    names = re.split(r"\s?/\s?", bare) if _SURNAMES.fullmatch(bare) else []
    return names if len(names) > 1 or single or _BRACKET.search(text) else []


def _entry(entry: str, lenient: bool) -> Iterator[Person]:
    """Parts between commas: a name begins a person, anything else says more of the person before it."""
    person: Person | None = None
    for part in _parted().split(entry):
        found = list(_persons(part, lenient))
        if found:
            if person is not None:
                yield person
            *whole, person = found
            yield from whole
        elif person is not None and part.strip():
            person = _more(person, part.strip(" ."))
    if person is not None:
        yield person


def _persons(part: str, lenient: bool) -> Iterator[Person]:
    """The person that a part names, and one in brackets who came instead: "Siv Moe (Per Lund møtte)"."""
    brackets = [b.strip() for b in _BRACKET.findall(part)]
    part = re.sub(r"^(?:og|samt)\s+(?=[A-ZÆØÅ])", "", part)
    bare, *behind = _BEHIND.split(_BRACKET.sub("", part).strip(" ."), maxsplit=1)
    if came := _came(bare):
        yield Person(came, presence="present")
        return
    title, bare = _title_apart(bare)
    name, rest = _name_apart(bare, lenient)
    if name is None:
        return
    person = Person(name, None, title)
    instead = [one for more in brackets if (one := _came(more))]
    for more in [*rest, *behind, *brackets]:
        person = person if _came(more) else _more(person, more)
    yield person
    yield from (Person(one, presence="present") for one in instead)


def _came(text: str) -> str | None:
    """Who took somebody's place: "vara Per Lund møtte"."""
    known = rf"(?:(?i:vara(?:medlem)?):?\s+)?(?P<name>{NAME.pattern})\s+{pattern('attendance_behind', 'came').pattern}"
    match = re.fullmatch(known + r"(?:\s+(?:for|i)\b.*)?", text.strip(" ."))
    return match["name"] if match and len(match["name"].split()) > 1 else None


@cache
def _titles() -> re.Pattern[str]:
    known = "|".join(pattern("titles", name).pattern for name in ("before_names", "in_lists"))
    lower = r"(?:(?!(?:av|de|von|van|der|den|la|og|vara)\s)[a-zæøå][\w./-]*\s+){1,6}"
    return re.compile(
        rf"(?:(?:[A-ZÆØÅ][a-zæøå]+\s+(?=[a-zæøå]))?(?i:{known})(?:\s+(?:for|i|ved)\s+[a-zæøå-]+)?\s+|{lower})(?=[A-ZÆØÅ])"
    )


def _title_apart(text: str) -> tuple[str | None, str]:
    """A name apart from the title before it; of two titles both: "nestleder, rådgiver Kari Dal"."""
    title = _titles().match(text) or re.match(r"[A-ZÆØÅ]{2,5}\s+(?=[A-ZÆØÅ][a-zæøå]+\s+[A-ZÆØÅ])", text)
    return (title[0].strip(), text[title.end() :]) if title else (None, text)


def _name_apart(text: str, lenient: bool) -> tuple[str | None, list[str]]:
    """A name of two words or more apart from what is printed behind it without a comma."""
    text, said = _absence_apart(text)
    match = NAME.match(text)
    tokens = match[0].split() if match else []
    rest = text[match.end() :].split() if match else []
    at = next((n for n, word in enumerate(tokens) if n > 1 and _behind().fullmatch(word.lower())), len(tokens))
    rest, tokens = tokens[at:] + rest, tokens[:at]
    if rest and not _behind().match(" ".join(rest).lower()) and not (lenient and len(rest) <= SAID):
        return None, []
    ends = (part for part in (rest, tokens) if len(part) > (2 if part is tokens else 0))
    party = next((part.pop() for part in ends if _is_short(part[-1], tokens)), None)
    name = " ".join(tokens)
    if len(tokens) < 2 or is_organisation(name) or re.search(r"\d", name):
        return None, []
    return name, [more for more in (party, " ".join(rest), said) if more]


def _is_short(word: str, name: Sequence[str]) -> bool:
    """Whether the last word behind a name is a party or another abbreviation: "Kari Dal SP", "Ola Vik ØRU"."""
    return word in words("parties", "short") or (word.isupper() and word.isalpha() and not name[0].isupper())


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"{pattern('attendance_behind', 'any').pattern}(?!\w)")


def _absence_apart(text: str) -> tuple[str, str | None]:
    """A text without the word behind it that says somebody was absent: "Siv Moe FORFALL"."""
    match = re.search(rf"\s+({pattern('attendance_remarks', 'absent').pattern})$", text, re.IGNORECASE)
    return (text[: match.start()], match[1]) if match else (text, None)


def says_absent(text: str) -> bool:
    """Whether words beside a name say that they were not there; of some cases only they do not.

    >>> says_absent("forfall meldt"), says_absent("Forfall"), says_absent("møtte ved Siv Moes forfall")
    (True, True, False)
    >>> says_absent("Ikkje til stades i sakene 49 og 50")
    False
    """
    match = re.match(rf"{pattern('attendance_remarks', 'absent').pattern}(?!\w)", text.strip(), re.IGNORECASE)
    rest = text.strip()[match.end() :] if match else ""
    return bool(match) and not re.search(r"\b(?:sak\w*|kl|delar?|deler)\b|\d", rest)


def _more(person: Person, text: str) -> Person:
    """A person with one more thing said: absence, an organisation or, in small letters or otherwise, a role."""
    text = text.strip(" .")
    if says_absent(text):
        known = pattern("attendance_remarks", "absent").fullmatch(text)
        return replace(person, presence="absent", role=person.role if known else _joined(person.role, text))
    if person.organisation is None and text[:1].isupper() and not (_is_role(text) or _behind().match(text.lower())):
        return replace(person, organisation=text)
    return replace(person, role=_joined(person.role, text))


def _joined(role: str | None, more: str) -> str:
    return f"{role}, {more}" if role else more
