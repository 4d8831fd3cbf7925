"""What the label of a list says of the people in it: that they were there, or not, and as what."""

from __future__ import annotations

import re
from functools import cache

from models.records import Presence
from models.words import pattern, words

ORDER: tuple[Presence, ...] = ("absent", "secretariat", "guest", "present")
LONGEST = 9  # words of a label
# "Fra Helsedirektoratet møtte"
_SENT_BY = re.compile(r"fr[aå]\s+(?:[\w-]+\s+){1,6}(?:møtte|deltok)", re.IGNORECASE)
_SENDER = re.compile(r"fr[aå]\s+(?P<who>[\w-]+)\s+(?:møtte|deltok)(?!\w)", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\([^)]*\)$")


def presence_of(label: str) -> Presence | None:
    """What a list's label says of the people in it.

    >>> [presence_of(label) for label in ("Til stede", "FORFALL", "Fra sekretariatet møtte:", "Saksnr.")]
    ['present', 'absent', 'secretariat', None]
    >>> [presence_of(label) for label in ("Følgende varamedlemmer møtte", "Medlemer som ikkje var til stades")]
    ['present', 'absent']
    >>> presence_of("Forfall/møtte ikkje"), presence_of("Fra adm. (evt. andre):")
    ('absent', 'secretariat')
    """
    text = _BRACKETED.sub("", " ".join(label.strip(" .:–-").split()))
    exact = next((p for p in ORDER if pattern("attendance_labels", p).fullmatch(text)), None)
    if exact is None and "/" in text:
        said = {presence_of(part) for part in text.split("/")}
        return said.pop() if len(said) == 1 else None
    return exact or _composed(text.casefold()) or ("present" if _SENT_BY.fullmatch(text) else None)


def is_of_another_body(label: str) -> bool:
    """Whether a label is of those that a body sent; below a list of members that is another one.

    >>> is_of_another_body("Fra styret møtte styreleder Kari Dal"), is_of_another_body("Fra Nordvik møtte")
    (True, False)
    """
    match = _SENDER.match(label)
    return bool(match and pattern("body_nouns", "any").fullmatch(match["who"]))


@cache
def _composed(text: str) -> Presence | None:
    """Presence by the words of a label that stands in no list; None where one of them is unknown."""
    tokens = text.split()
    if not 0 < len(tokens) <= LONGEST:
        return None
    names = (*ORDER, "negations", "fillers")
    kinds = {next((n for n in names if _is(n, token.strip(",.:"))), None) for token in tokens}
    if None in kinds or not kinds & set(ORDER):
        return None
    if "absent" in kinds:
        return None if "present" in kinds or "negations" in kinds else "absent"
    if "negations" in kinds:
        return "absent" if kinds <= {"negations", "present", "fillers"} and "present" in kinds else None
    if "present" not in kinds and kinds - {"fillers"} != {"secretariat"}:
        return None
    return next(p for p in ORDER if p in kinds)


def _is(name: str, token: str) -> bool:
    return token in words("attendance_words", name)


def group_presence(label: str, listed: Presence) -> Presence | None:
    """What a label says that only sorts the people of a list: "Varamedlemmer" under "Forfall" were there.

    >>> group_presence("Medlemmer", "absent"), group_presence("Vara", "absent"), group_presence("Dato", "present")
    ('absent', 'present', None)
    """
    text = " ".join(label.strip(" .:–-").split())
    if pattern("attendance_groups", "deputies").fullmatch(text):
        return "present"
    return listed if pattern("attendance_groups", "members").fullmatch(text) else None


def is_head_label(label: str) -> bool:
    """Whether a label is one of a document's head that is of no list: "Møtesekretær", "Kopi"."""
    known = ("secretary", "chair", "date", "place", "body", "attachments", "title", "recipients")
    return any(pattern("head_labels", name).fullmatch(label.strip(" :.")) for name in known)
