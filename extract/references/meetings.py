"""The meetings that a sentence names, by body and date: "neste SSU-møte den 22.9.22", "Referat SSU 19.05.22".

A date alone is no meeting: a body, a noun for a meeting or for minutes stands right before it, so that deadlines
("til AU innen 1.10.24") and dates of other events are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extract.references.dates import When, find_whens
from models.bodies import body_name, body_pattern, own_bodies
from models.collaborations import Body as OwnBody
from models.words import pattern, sections, words

_ENDING = r"(?:s|en|et|a)?(?![\w])"
_LOOSE = " ,(:;–-"


class Body(NamedTuple):
    """A body where a sentence names it; ``name`` is None for the document's own."""

    start: int
    end: int
    name: str | None


class Meeting(NamedTuple):
    """A meeting where a sentence names it, from the body or noun to the end of its date."""

    start: int
    end: int
    body: str | None
    when: When | None
    """None for "the next meeting"."""
    certain: bool = True
    """A body or a noun for a meeting names it; otherwise only a case that is put off to its date."""


def _bodies() -> re.Pattern[str]:
    return _bodies_beside(own_bodies())


@cache
def _bodies_beside(own: tuple[OwnBody, ...]) -> re.Pattern[str]:
    """What names a body in running text, the bodies of the settings among them."""
    short = [
        re.escape(s).replace(r"\#", "(?:[- ][A-ZÆØÅ]{1,6}(?![a-zæøå]))?") for s in words("reference_bodies", "short")
    ]
    short += [re.escape(name) for name in sections("body_names")]
    long = [pattern("body_names", name).pattern for name in sections("body_names")]
    long += [body_pattern(body.names).pattern for body in own]
    nouns = [pattern("body_nouns", "any").pattern, pattern("reference_bodies", "own").pattern]
    return re.compile(
        rf"(?<![\w-])(?:(?P<short>{'|'.join(sorted(short, key=len, reverse=True))})s?(?!\w)"
        rf"|(?i:(?P<long>{'|'.join(long)}|{'|'.join(nouns)})s?(?!\w)))"
    )


def find_bodies(text: str, own: str | None) -> list[Body]:
    """The bodies that a text names. ``own`` is the body of the document.

    >>> [body.name for body in find_bodies("FSU-B ba SSU om å ta saken til Partnerskapsmøtet; utvalget er enig", "SSU")]
    ['FSU-B', None, 'PM', None]
    """
    found = [Body(start, end, other_body(printed, own)) for start, end, printed in _named(_bodies(), text)]
    for match in re.finditer(rf"(?<![\w-]){re.escape(own)}s?(?!\w)", text) if own and own in text else ():
        found = [body for body in found if body.end <= match.start() or match.end() <= body.start]
        found.append(Body(match.start(), match.end(), None))
    return sorted(found, key=lambda body: body.start)


@lru_cache(maxsize=64)
def _named(bodies: re.Pattern[str], text: str) -> tuple[tuple[int, int, str], ...]:
    """Where a text names a body and how. A sentence is asked for its bodies, its cases and its meetings in turn."""
    return tuple((match.start(), match.end(), match["short"] or match["long"]) for match in bodies.finditer(text))


def other_body(printed: str, own: str | None) -> str | None:
    """The name of a body, None where it is the document's own: the same name, or a word such as "utvalget"."""
    name = body_name(printed)
    if pattern("reference_bodies", "own").fullmatch(printed) or (own and name.lower() == body_name(own).lower()):
        return None
    return name


def meetings_in(text: str, own: str | None) -> Iterator[Meeting]:
    """The meetings with a date that a sentence names, and a mere "neste møte".

    >>> [m.body for m in meetings_in("Han minnet om referatet fra SSU 10.2.22, og AU i april.", "SSU")]
    [None, 'AU']
    >>> list(meetings_in("Arbeidsgruppen leverer rapport til AU innen 1.10.24.", "AU"))
    []
    >>> [m.when for m in meetings_in("Saken utsettes til neste møte.", "AU")]
    [None]
    """
    bodies = find_bodies(text, own)
    dated = [meeting for when in find_whens(text) if (meeting := _dated(text, when, bodies, own))]
    yield from dated
    for match in _next_meeting().finditer(text):
        if not any(meeting.start < match.end() and match.start() < meeting.end for meeting in dated):
            inside = [body for body in bodies if match.start() <= body.start <= match.end()]
            behind = re.match(r"\s+i\s+", text[match.end() :])
            at = match.end() + (behind.end() if behind else 0)
            named = inside or [body for body in bodies if behind and body.start == at]
            name = named[0].name if named else _own_name(match[0].split()[-1], own)
            yield Meeting(match.start(), match.end(), name, None)


def _next_meeting() -> re.Pattern[str]:
    return _next_meeting_of(_bodies().pattern)


@cache
def _next_meeting_of(bodies: str) -> re.Pattern[str]:
    nouns = rf"{pattern('reference_meetings', 'nouns').pattern}|{bodies}"
    return re.compile(
        rf"(?<!\w)(?:i|til|på)\s+(?:det\s+|den\s+)?(?:{'|'.join(words('reference_kinds', 'next_meeting'))})\s+"
        rf"(?:ordinære\s+)?(?:{nouns})(?!\w)"
    )


def _dated(text: str, when: When, bodies: Sequence[Body], own: str | None) -> Meeting | None:
    before = text[: when.start]
    if when.day is None:
        before = re.sub(rf"(?<!\w){pattern('reference_meetings', 'before_seasons').pattern}\s+$", "", before)
    before = _without_connectives(before)
    body = next((b for b in bodies if b.end == len(before)), None)
    if body:
        return Meeting(body.start, when.end, body.name, when)
    noun = _ends_with("nouns", before)
    if noun:
        named = _body_of_noun(text, noun, when, bodies)
        name = named.name if named else _own_name(noun[0], own)
        return Meeting(noun.start(), when.end, name, when)
    minutes = _ends_with("minutes", before)
    if minutes and when.day:
        return Meeting(minutes.start(), when.end, None, when)
    return _treated(before, when, bodies) or _put_off(text, when)


def _own_name(noun: str, own: str | None) -> str | None:
    """The meeting that a noun names by itself; None where it is one of the document's own body.

    >>> _own_name("menighetsmøtet", "Havnes menighetsråd"), _own_name("årsmøtet", "FAU"), _own_name("møtet", "FAU")
    ('menighetsmøtet', 'årsmøtet', None)
    >>> _own_name("menighetsrådsmøte", "Havnes menighetsråd"), _own_name("AU-møte", "AU")
    (None, None)
    """
    if "-" in noun or pattern("reference_meetings", "own").fullmatch(noun):
        return None
    stem = re.sub(r"s?møtet?$", "", noun, flags=re.IGNORECASE)
    return None if own and stem.casefold() in own.casefold().split() else noun


def _without_connectives(text: str) -> str:
    """A text without the words and marks at its end that may stand between a meeting and its date."""
    between = words("reference_meetings", "between")
    text = text.rstrip(_LOOSE)
    while (last := re.search(r"(?<!\S)[^\W\d]+$", text)) and last[0].lower() in between:
        text = text[: last.start()].rstrip(_LOOSE)
    return text


def _ends_with(name: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<![\w-]){pattern('reference_meetings', name).pattern}$", text, re.IGNORECASE)


def _body_of_noun(text: str, noun: re.Match[str], when: When, bodies: Sequence[Body]) -> Body | None:
    """The body of "SSU-møtet", "AUs møte", "møte 18.10.23 i SSU", or the one that "behandlet saken i møte 18.10.23"."""
    before = text[: noun.start()].rstrip(_LOOSE)
    behind = re.match(r"[\s,]*i\s+", text[when.end :])
    at = when.end + behind.end() if behind else None
    near = [b for b in bodies if noun.start() <= b.start < noun.end() or b.end == len(before) or b.start == at]
    acting = [b for b in bodies if b.end < noun.start() and _acts().match(text, b.end)]
    return next(iter(near + acting), None)


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(
        rf"\s+(?:har\s+)?(?P<verb>{pattern('reference_meetings', 'treated').pattern})(?!\w)", re.IGNORECASE
    )


def acting_body(text: str, bodies: Sequence[Body]) -> Body | None:
    """The only body of a sentence that is said to have treated something.

    >>> text = "Kommunestyret vedtok forrige plan i sak 77/20."
    >>> acting_body(text, find_bodies(text, "Kontrollutvalget")).name
    'Kommunestyret'
    """
    acting = [body for body in bodies if _acts().match(text, body.end)]
    return acting[0] if len(acting) == 1 else None


def _treated(before: str, when: When, bodies: Sequence[Body]) -> Meeting | None:
    """The meeting of "AU vedtok 07.12.23", "AU behandlet saken 18.01.24"."""
    objects = words("reference_meetings", "treated_object")
    for body in bodies:
        verb = _acts().match(before, body.end)
        if verb and when.day and all(word.lower() in objects for word in before[verb.end() :].split()):
            return Meeting(body.start, when.end, body.name, when)
    return None


def _put_off(text: str, when: When) -> Meeting | None:
    """The meeting that only its date names: "Saken ble utsatt til 22.9.22", "… og behandles på nytt 14. mai 2024"."""
    before = _without_connectives(text[: when.start])
    subject = rf"(?:^|[:–]\s*)[«\s]*{pattern('reference_kinds', 'postponed_subject').pattern}(?!\w)"
    cue = rf"(?<!\w){pattern('reference_kinds', 'postponed_to').pattern}"
    ends = rf"(?:{cue}(?:\s+\w+){{0,3}}\s+til|{cue}|{cue}(?:\s+til)?)$"
    if re.search(subject, before, re.IGNORECASE) and re.search(ends, before, re.IGNORECASE):
        return Meeting(when.start, when.end, None, when, certain=False)
    return None
