"""The names behind "stemte": people with their party, or parties that voted as one.

A list may stand in one sentence over ten printed lines, give the party in brackets or behind a comma, or be sorted by
party. Where it stops being a list of names, nothing more is read from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.records import VoteName, VoteSide
from models.words import pattern

_NAME = re.compile(r"[A-ZÆØÅ][\w'’.-]*(?:\s+(?:[A-ZÆØÅ][\w'’.-]*|av|de|der|den|van|von)){0,5}")
_GROUP = re.compile(r"(?P<party>[^:,;()]{1,30}):\s*(?=[A-ZÆØÅ])")  # "Ap: Kari Nord, Ola Sør; H: Per Vest"
_PARTED = re.compile(r"\s*(?:[;\n•]|,(?![^()]*\))|\s(?:og|samt)\s+(?![^()]*\)))\s*")
_BRACKET = re.compile(r"\s*[(\[]\s*(?P<inside>[^()\[\]]*)[)\]]")
_BEHIND = re.compile(r"\s*[-–/]\s*(?P<party>[\wÆØÅæøå]{1,4})$")
LONGEST = 60  # characters of a name with its party


def names(text: str, side: VoteSide) -> tuple[VoteName, ...]:
    """The names of a list, for as long as it is one.

    >>> [(n.name, n.party) for n in names("Kari Nord (Ap), Ola M. Sør (H) og Per Vest (uavhengig).", "for")]
    [('Kari Nord', 'Ap'), ('Ola M. Sør', 'H'), ('Per Vest', 'uavhengig')]
    >>> [(n.name, n.party) for n in names("SV og Rødt", "against")], names("og saken ble sendt", "for")
    ([(None, 'SV'), (None, 'Rødt')], ())
    >>> [(n.name, n.party) for n in names("Ap: Kari Nord, Ola Sør; H: Per Vest", "for")]
    [('Kari Nord', 'Ap'), ('Ola Sør', 'Ap'), ('Per Vest', 'H')]
    """
    return tuple(_read(_PARTED.split(text.strip(" .:–-\n")), side))


def is_list(text: str, *, party: bool = True) -> bool:
    """Whether a text is a list of names and nothing else; with a ``party`` for one of them, unless names are expected.

    >>> is_list("Kari Nord (Ap), Ola Sør (H)"), is_list("Kari Nord (Ap) tok ordet"), is_list("Rådmannen")
    (True, False, False)
    """
    parts = [part for part in _PARTED.split(text.strip(" .")) if part]
    found = list(_read(parts, "for"))
    return bool(found) and len(found) == len(parts) and (not party or any(one.party for one in found))


def _read(parts: Sequence[str], side: VoteSide) -> Iterator[VoteName]:
    group: str | None = None
    previous: VoteName | None = None
    for part in filter(None, parts):
        headed = _GROUP.match(part)
        if headed and is_party(headed["party"]):
            group, part = headed["party"].strip(), part[headed.end() :]
        if previous and previous.name and not previous.party and is_party(part):  # "Kari Nord, Ap, Ola Sør, H"
            previous = previous.model_copy(update={"party": part.strip(" .")})
            continue
        if previous:
            yield previous
        previous = _one(part, side, group)
        if previous is None:
            return
    if previous:
        yield previous


def _one(part: str, side: VoteSide, group: str | None) -> VoteName | None:
    """One name with its party, a party by itself, or None."""
    bare = _without_titles(part.strip(" ."))
    if len(bare) > LONGEST:
        return None
    if is_party(bare):
        return VoteName(side=side, party=bare)
    brackets = [match["inside"].strip() for match in _BRACKET.finditer(bare)]
    party = next((one for one in brackets if one and not one[0].isdigit()), None)
    bare = _BRACKET.sub("", bare).strip()
    if (behind := _BEHIND.search(bare)) and is_party(behind["party"]):
        party, bare = behind["party"], bare[: behind.start()].strip()
    if is_party(bare):  # "SV (2)"
        return VoteName(side=side, party=bare)
    return VoteName(side=side, name=bare, party=party or group) if _NAME.fullmatch(bare) else None


def _without_titles(text: str) -> str:
    title = re.match(rf"(?:(?:{pattern('votes', 'titles').pattern})\s+)+", text, re.IGNORECASE)
    return text[title.end() :] if title else text


def is_party(text: str) -> bool:
    """
    >>> is_party("Ap"), is_party("Krf."), is_party("Holt")
    (True, True, False)
    """
    return bool(pattern("votes", "parties").fullmatch(text.strip(" .")))
