"""A printed text that says who, as the names in it: several in one text, titles before names, brackets, "v/"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from models.bodies import body_name, is_known
from models.words import pattern, sections, words
from store.names.organisations import is_proper, named

Shape = Literal["person", "part", "organisation", "body", "role", "other"]
"""What a text can be by its look: a whole name of a person, a single word or initials, and so on."""

_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_SIGNS = re.compile(r"\s*(?:[;&\n•|]|\s\+\s|(?<!\b[Vv])/|,(?=\s*[A-ZÆØÅ]))\s*")
_BY = re.compile(r"\s*(?:\bv/|\bved\s+(?=[A-ZÆØÅ]))\s*", re.IGNORECASE)
_AND = re.compile(r"\s+(?:og|samt)\s+")
_WORD = re.compile(r"[A-ZÆØÅÄÖÉÜ][\w.'’-]*|av|de|von|van|der|la|al|el")
_NAME = re.compile(rf"(?:{_WORD.pattern})(?:\s+(?:{_WORD.pattern})){{1,5}}")
_ABBREVIATION = re.compile(r"[A-ZÆØÅ][A-ZÆØÅ0-9]+(?:\s*-\s*[A-ZÆØÅ][\wæøå]*)*")
_INITIALS = re.compile(r"(?:[A-ZÆØÅ]\.?\s?){2,4}")


class Piece(NamedTuple):
    """One name of a printed text."""

    printed: str
    """As it stands, with title and brackets."""
    name: str
    role: str | None = None
    organisation: str | None = None


@cache
def pieces(printed: str) -> tuple[Piece, ...]:
    """The names in a text, in order.

    >>> [(p.name, p.organisation) for p in pieces("Ole Dal (SiF)/Kari Lie (kommunene)")]
    [('Ole Dal', 'SiF'), ('Kari Lie', 'kommunene')]
    >>> [(p.name, p.role) for p in pieces("Faglig redaktør Trine S. Skog og Kommunene")]
    [('Trine S. Skog', 'Faglig redaktør'), ('Kommunene', None)]
    >>> [(p.name, p.organisation) for p in pieces("FSU-R v/Even Lie")]
    [('FSU-R', None), ('Even Lie', 'FSU-R')]
    >>> [p.name for p in pieces("FSU psykisk helse, barn og unge")], [p.name for p in pieces("Møre og Romsdal")]
    (['FSU psykisk helse, barn og unge'], ['Møre og Romsdal'])
    """
    found: list[Piece] = []
    for part in _parts(printed):
        represented, *speakers = (text.strip(" ,.:–-") for text in _BY.split(part))
        found += [_piece(represented)] if represented else []
        found += [_piece(speaker, represented or None) for speaker in speakers if speaker]
    return tuple(found)


def _parts(printed: str) -> Iterator[str]:
    """A text at the signs and at the "og" between two who can act; never inside brackets."""
    printed = re.sub(r"[^\S\n]+", " ", printed)
    hidden = _BRACKET.sub(lambda match: match[0].translate({ord(c): ord(c) + 0xE000 for c in ",/;&+•|"}), printed)
    for part in _SIGNS.split(hidden):
        text = part.translate({ord(c) + 0xE000: ord(c) for c in ",/;&+•|"})
        yield from _at_and(" ".join(text.split()))


def _at_and(text: str) -> Iterator[str]:
    begin = 0
    for match in _AND.finditer(text):
        left, right = text[begin : match.start()], text[match.end() :]
        if _separates(left, right):
            yield left
            begin = match.end()
    yield text[begin:]


def _separates(left: str, right: str) -> bool:
    if not left or not right or left.endswith("-") or left.count("(") != left.count(")"):
        return False
    around = " ".join([*left.split()[-2:], "og", *right.split()[:1]])
    if pattern("organisation_words", "places").search(around):
        return False
    if right[0].isupper() or named(left).tail:
        return True
    acts = pattern("actor_words", "nouns").fullmatch(right.split()[0])
    return bool(acts) and not re.search(r"\s(?:for|i|av)\s", left)


@cache
def bare_name(printed: str) -> str:
    """The name of one piece, as it stands, without title and brackets.

    >>> bare_name("Ordfører Kari Dal (permisjon)"), bare_name("FSU-R")
    ('Kari Dal', 'FSU-R')
    """
    return _piece(printed).name


def _piece(text: str, organisation: str | None = None) -> Piece:
    """One name without what stands around it; a bracket says an organisation, or in small letters a role.

    >>> _piece("Ordfører Kari Dal (permisjon)")
    Piece(printed='Ordfører Kari Dal (permisjon)', name='Kari Dal', role='Ordfører, permisjon', organisation=None)
    """
    bare = _BRACKET.sub("", text).strip(" ,.")
    if shape(bare, titled=True) != "person":
        return Piece(text, bare or text, None, organisation)
    roles, behind = [], None
    for said in (part.strip() for part in _BRACKET.findall(text)):
        if said[:1].isupper() or pattern("role_words", "alone").fullmatch(said):
            behind = behind or said
        elif said:
            roles.append(said)
    title, name = _title(bare)
    name, *more = name.split(", ", 1)
    return Piece(text, name, ", ".join(filter(None, [title, *more, *roles])) or None, behind or organisation)


def _title(bare: str) -> tuple[str | None, str]:
    """A name apart from the title before it: the last word of the title names a role."""
    words_of = bare.split()
    for at in range(min(4, len(words_of) - 2), 0, -1):
        if _is_title(words_of[at - 1]) and _NAME.fullmatch(" ".join(words_of[at:]).split(",")[0]):
            return " ".join(words_of[:at]), " ".join(words_of[at:])
    return None, bare


def _is_title(word: str) -> bool:
    folded = word.casefold()
    known = (*words("titles", "before_names"), *words("role_words", "titles"))
    return folded in known or bool(pattern("actor_words", "nouns").fullmatch(folded))


@cache
def shape(text: str, *, titled: bool = False) -> Shape:
    """What a text can name, by its look alone.

    >>> [shape(text) for text in ("Kari Dal", "Irene", "HM", "Nordvik kommune", "FSU-KT", "Fagutvalg for kvalitet")]
    ['person', 'part', 'part', 'organisation', 'body', 'body']
    >>> {shape(text) for text in ("Sekretariatet", "SSUs medlemmer", "Leder for FSU-KT", "alle sengeposter")}
    {'role'}
    """
    name = _title(text)[1].split(", ")[0] if titled else text
    if not named(name).tail and _is_body(name):
        return "body"
    if is_proper(name):
        return "organisation"
    if _is_role(name):
        return "role"
    if _NAME.fullmatch(name):
        return "person"
    return "part" if _WORD.fullmatch(name) or _INITIALS.fullmatch(name) else "other"


def _is_body(name: str) -> bool:
    """An abbreviation in parts, what every health community has, or "Fagutvalg for kvalitet"."""
    if not name[:1].isupper():
        return False
    if body_name(name) != name or is_known(name):
        return True
    first = name.split()[0]
    if first.rstrip("-") in ("FSU", *_bodies()) and not first.endswith("s"):
        return True
    if "-" in name and _ABBREVIATION.fullmatch(name):
        return True
    return bool(pattern("body_nouns", "any").fullmatch(first)) and (" for " in name or len(name.split()) == 1)


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(sections("body_names"))


def _is_role(name: str) -> bool:
    """Whether a text names a role or a group: its first or last word does, or it begins with a small letter."""
    found = name.split()
    if not found or not found[0][:1].isupper():
        return True
    if found[0].casefold() in words("role_words", "before") and (len(found) == 1 or found[1][:1].islower()):
        return True
    known = (pattern("role_words", "alone"), pattern("actor_words", "nouns"))
    ends = {found[0], found[-1], *(w for before, w in pairwise(found) if before == "for")}
    return any(one.fullmatch(word) for one in known for word in ends)
