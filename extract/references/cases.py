"""The case numbers that a sentence names: "jf. sak 2023.8", "SSU-sak 2023.18", "sakene 12/24 og 13/24".

A number counts behind the word "sak" or behind words that refer ("oppfølging av", "jf."), and only in a form with a
year, since a running number ("sak 3") begins anew in every meeting. Archive numbers are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extract.references.meetings import Body, Meeting, acting_body
from models.case_numbers import read_case_number
from models.words import pattern

_WORD = r"(?:styre|utvalgs|utvals|møte|vedtaks)?sak(?:en|a|ene|er)?(?:\s?(?:nr|nummer)\.?|snr\.?)?:?\s+"
_SERIES = r"(?-i:PS|FS|STY)\s+"
# "sak 2022.26 b og 2022.37 b": the letter of a point may stand behind its case.
_AND = re.compile(r"\s*(?:[a-f]\)?(?=[\s,])\s*)?(?:,|og|samt|&)\s*(?:sak(?:en|a)?\s+)?(?=(?:[A-Z]{2}\s?)?\d)")
_BEHIND = re.compile(
    r"""[\s,;:(]+(?:i\s+)?(?P<word>
        sak(?:en)?\s*(?:nr\.?\s*)?(?P<bare>\d{1,3})(?!\s?[\w./-]*\d)   # 22.01.2021 sak 1
      | (?P<series>[A-ZÆØÅ]{2,4}[-\s]\d{1,3}/\d{2,4})                  # 10.03.22, FSK-022/22
    )(?!\w)""",
    re.VERBOSE,
)
_WITH_YEAR = re.compile(r"\d+\D+\d+$")


class Named(NamedTuple):
    """A case number where a sentence names it, and the body right before or behind it (None: the document's own)."""

    start: int
    end: int
    number: str
    body: str | None


@cache
def _openings() -> re.Pattern[str]:
    cues = [pattern("reference_kinds", name).pattern for name in ("follow_up", "mentions")]
    return re.compile(rf"(?<![^\W_])(?:{_WORD}|{_SERIES}|(?:{'|'.join(cues)})\s+)(?=\S*\d)", re.IGNORECASE)


def cases_in(text: str, bodies: Sequence[Body]) -> Iterator[Named]:
    """The case numbers of a sentence, first to last.

    >>> [(case.number, case.body) for case in cases_in("Jf. sak 2023.8 og 2023.9, jf. 12/23; archive 22/1234", ())]
    [('2023.8', None), ('2023.9', None), ('12/23', None)]
    >>> from extract.references.meetings import find_bodies
    >>> text = "En oppfølging av SSU-sak 2023.18 og av Partnerskapsmøtets sak 2023.5"
    >>> [(case.number, case.body) for case in cases_in(text, find_bodies(text, "SSU"))]
    [('2023.18', None), ('2023.5', 'PM')]
    >>> list(cases_in("Saken tas opp 22.9.22, saksnummer følger", ()))
    []
    """
    reached = 0
    for match in _openings().finditer(text):
        at, body = match.end(), None
        while at >= reached and (number := _number_at(text, at)):
            end = at + number[1]
            body = _body_of(text, match.start(), end, bodies) if at == match.end() else body
            yield Named(match.start() if at == match.end() else at, end, number[0], body)
            reached = end
            joined = _AND.match(text, end)
            if not joined:
                break
            at = joined.end()


def cases_behind(text: str, meetings: Sequence[Meeting]) -> Iterator[Named]:
    """The cases by which a sentence goes on from a meeting's date, where the number needs no year or no word "sak".

    >>> from extract.references.meetings import meetings_in
    >>> def behind(text): return [case.number for case in cases_behind(text, list(meetings_in(text, "SSU")))]
    >>> behind("Styret vedtok i møte 22.01.2021 sak 1 at …"), behind("AU vedtok i møte 10.03.22, AU-022/22, å …")
    (['1'], ['AU-022/22'])
    >>> behind("Saken tas opp i møte 22.9.2022 kl 12"), behind("I møte 22.9.2022 sak 12/22")
    ([], [])
    """
    for meeting in meetings:
        if meeting.when and meeting.when.day and (match := _BEHIND.match(text, meeting.end)):
            number = match["bare"] or "".join(match["series"].split())
            yield Named(match.start("word"), match.end(), number, meeting.body)


def _number_at(text: str, at: int) -> tuple[str, int] | None:
    """The case number at an offset and its length."""
    read = read_case_number("sak " + text[at:])
    if read is None or not _WITH_YEAR.search(read.number):
        return None
    return read.number, read.end - 4


def _body_of(text: str, start: int, end: int, bodies: Sequence[Body]) -> str | None:
    before = text[:start].rstrip(" ,-–(")
    near = [body for body in bodies if body.end == len(before)]
    behind = re.match(r"\s*(?:\(|i\s+|frå?\s+|fra\s+)(?=[A-ZÆØÅ])", text[end:])
    near += [body for body in bodies if behind and body.start == end + behind.end()]
    acting = acting_body(text[:start], bodies)
    return next((body.name for body in [*near, *([acting] if acting else [])]), None)
