"""A sentence as a row of signs, one letter a word: what the rules of voting are written in.

"For forslaget stemte 35: Kari Nord" is ``FPTN:YY``: for, a proposal, voted, a number, a colon, two names. The words of
each sign stand in ``words.toml``, so a rule speaks of no wording.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from models.words import pattern, sections

# A proposal's number is not the votes that it got: "forslag 1", but "fikk forslaget 3 stemmer".
_WHOSE = (
    r"(?:(?:[\w.-]+s|SVs|\w+(?:en|et|a|na)\s+(?:sitt?|si))\s+)?(?:alternative?\s+|subsidiære?\s+|opprinnelige?\s+)?"
)
_ARTICLES = {"en", "ei", "ein", "ett", "ingen"}
"""Numbers that are something else unless votes follow."""


class Sign(NamedTuple):
    """A word or mark of a sentence: its letter, and where it stands."""

    letter: str
    start: int
    end: int


def signs(text: str) -> list[Sign]:
    """The signs of a sentence.

    >>> "".join(sign.letter for sign in signs("For forslaget fra SV stemte 35, mot stemte fire."))
    'FPTN,ATN.'
    >>> "".join(sign.letter for sign in signs("Rådmannens innstilling ble enstemmig vedtatt."))
    'POUR.'
    """
    found = ((match.lastgroup or "X", *match.span()) for match in _words().finditer(text))
    return [Sign(_MARKS.get(letter, letter), start, end) for letter, start, end in found]


def count(text: str) -> int:
    """A number in digits or in words.

    >>> count("12"), count("fem"), count("tjuefire")
    (12, 5, 24)
    """
    return int(text) if text.isdigit() else _counts()[text.casefold()]


@cache
def _counts() -> dict[str, int]:
    known = {word: int(number) for number, named in sections("count_words").items() for word in named}
    tens = {word: number for word, number in known.items() if number >= 20}
    units = {word: number for word, number in known.items() if 0 < number < 10}
    return known | {f"{ten}{unit}": known[ten] + units[unit] for ten in tens for unit in units}


@cache
def _words() -> re.Pattern[str]:
    """Each sign's words as a group that bears its letter; what stands first wins."""
    plain = "|".join(sorted((re.escape(w) for w in _counts() if w not in _ARTICLES), key=len, reverse=True))
    articles = "|".join(sorted(_ARTICLES))
    votes, voters, voted = (pattern("votes", name).pattern for name in ("votes", "voters", "voted"))
    one = rf"(?:{articles})(?=\s+(?:{votes}|{voters}|{voted})\b)|(?<=\bmot\s)(?:{articles})(?=\s*(?:[.,:)]|$))"
    number = rf"\d{{1,3}}(?![\d]|[.:/–-]\d)|(?:{plain})|{one}"
    groups = {
        "P": _proposal(),
        "U": pattern("votes", "unanimous").pattern,
        "C": pattern("votes", "casting").pattern,
        "N": number,
        "S": votes,
        "T": voted,
        "A": pattern("votes", "against").pattern,
        "F": pattern("votes", "for").pattern,
        "B": pattern("votes", "blank").pattern,
        "M": voters,
        "G": pattern("votes", "got").pattern,
        "W": pattern("votes", "manner").pattern,
        "R": pattern("votes", "results").pattern,
        "D": pattern("votes", "denied").pattern,
        "V": pattern("votes", "decides").pattern,
        "O": pattern("votes", "around").pattern,
        "Y": r"(?-i:[A-ZÆØÅ][\w.’'-]*\w|[A-ZÆØÅ])",
        "X": r"\w[\w.’'-]*\w|\w",
    }
    known = "|".join(rf"(?P<{letter}>(?:{body})(?!\w))" for letter, body in groups.items())
    marks = "|".join(rf"(?P<{name}>[{mark}{'–' if mark == '-' else ''}])" for name, mark in _MARKS.items())
    return re.compile(rf"(?<!\w)(?:{known})|{marks}", re.IGNORECASE)


_MARKS = {"dash": "-", "colon": ":", "open": "(", "close": ")", "comma": ",", "slash": "/", "stop": ".", "semi": ";"}


def _proposal() -> str:
    """What is voted on: "forslag 1", "tilleggsforslaget fra Kari Nord (Ap)", "innstillingen med endring i punkt 2"."""
    nouns, numbered, by = (pattern("votes", name).pattern for name in ("proposals", "numbered", "by"))
    votes, changed, roles = (
        pattern("votes", "votes").pattern,
        pattern("votes", "changed"),
        pattern("role_words", "alone"),
    )
    further = rf"(?:\s*(?:,|og|-)\s*\d{{1,2}}[a-z]?(?!\w|\s*(?:{votes})))*"
    point = rf"(?:\s*,?\s+(?:(?:i|til|under|om)\s+)?(?:nytt\s+)?(?:punkt|pkt\.?)\s*\d{{1,2}}[a-z]?{further})"
    nth = rf"\s+(?:nr\.?\s*)?(?:\d{{1,2}}[a-z]?|[A-ZÆØÅ])(?!\w)(?!\s*(?:{votes})\b)"
    of = r"(?:\s+(?:til|om)\s+(?:vedtak|konklusjon|innstilling|endring|tillegg|utsettelse|utsetting|oversendelse))?"
    who = rf"(?:[A-ZÆØÅ][\w.-]*|(?:{roles.pattern})(?!\w))(?:\s*\([^()]*\))?"
    author = rf"{who}(?:(?:\s+|,\s*|\s+(?:og|på\s+vegne\s+av)\s+){who})*"
    one = rf"(?:{_WHOSE}(?:{numbered}){nth}|{_WHOSE}(?:{nouns}){of})(?:{point})?(?-i:\s+(?:{by})\s+{author})?"
    amended = rf"\s+med\s+(?:\w+\s+){{0,2}}?(?:{changed.pattern})(?:{point})?"
    return rf"{one}(?:\s+(?:med|og|samt|inkludert)\s+{one}|{amended})*"


def is_elsewhere(text: str) -> bool:
    """Whether a sentence speaks of what another meeting decided.

    >>> is_elsewhere("Kommunestyret vedtok i sak 12/20 å bygge"), is_elsewhere("Referat fra møte 12.3. godkjent")
    (True, False)
    """
    return bool(_elsewhere().search(text))


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern('votes', 'elsewhere').pattern})\s+(?:\w+\s+)?\d", re.IGNORECASE)
