"""What a sentence says of a meeting: that the case is put off to it, is to be raised there, or that it has been.

The kind follows from the words and from time. A meeting that is only announced or prepared is mentioned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.references.dates import is_after, settled
from extract.references.meetings import Meeting, find_bodies
from models.layout import Paragraph
from models.records import CaseItem
from models.words import pattern

# Between minutes and the day of the meeting they are of: "protokoll fra møte den", "Referat SSU".
OF_MEETING = r"(?:\s+(?:fra|frå|av|datert|dagsett|den)(?!\w)(?:\s+\S+){0,3}|\s+[A-ZÆØÅ]\S*)?"


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of a case, with what is needed to read it."""

    text: str
    paragraph: Paragraph
    item: CaseItem
    body: str | None
    date: str | None
    in_title: bool = False
    numbers: frozenset[str] = frozenset()
    """The numbers of the document's cases."""


def kind_of(source: Source, meeting: Meeting) -> tuple[str | None, str | None]:
    """What is said of a meeting, and its date."""
    before = source.text[: meeting.end]
    put_off = has("reference_kinds", "postponed_to", before) and re.search(r"\btil\b|\bpå nytt\b", before, re.I)
    told = has("reference_meetings", "told", source.text[: meeting.start])
    if meeting.when is None:
        wished = re.search(r"\b(?:burde|kunne|skulle|ville)\b", before, re.IGNORECASE)
        only_named = source.in_title or wished or told
        return (None if only_named else "postponed_to" if put_off else "to_be_raised_in"), None
    ahead = not (source.in_title or told or _lies_behind(source, meeting) or _acted_there(source, meeting))
    date = settled(meeting.when, source.date, ahead=ahead)
    if date is None:
        return None, None
    ahead = ahead and (source.date is None or is_after(date, source.date))
    only_named = (
        _is_held(source.text[meeting.end :])
        or has("reference_meetings", "announced", source.text)
        or _opens().match(source.text)
        or has("reference_meetings", "prepared", before)
    )
    if ahead and not only_named:
        return ("postponed_to" if put_off else "to_be_raised_in"), date
    return ("mentions" if meeting.when.day and meeting.certain else None), date


def _lies_behind(source: Source, meeting: Meeting) -> bool:
    """Whether the words say that a meeting has been: "behandlet i møtet 4. mai", "protokoll fra møte 4. mai"."""
    cue, minutes = _at_end()
    day = source.text[: meeting.when.start if meeting.when else meeting.start]
    return bool(
        cue.search(source.text[: meeting.start])
        or minutes.search(day)
        or (source.date is None and has("reference_meetings", "past", source.text[: meeting.end]))
    )


def _acted_there(source: Source, meeting: Meeting) -> bool:
    """Whether a body is said to have done something in the meeting: "Utvalget bestemte på møtet 2. september …".

    The verb may stand behind the meeting: "Rådet på møtet 2. september på Havnes bestemte at …".
    """
    verbs = pattern("reference_meetings", "treated").pattern
    behind = re.match(rf"(?:\s+\S+){{0,6}}?\s+{verbs}(?!\w)", source.text[meeting.end :], re.IGNORECASE)
    near = (source.text[body.end : meeting.start].strip() for body in find_bodies(source.text, source.body))
    return bool(behind) and any(between in ("på", "i", "i sitt") for between in near)


def _is_held(behind: str) -> bool:
    return bool(re.match(rf"\s+{pattern('reference_meetings', 'held').pattern}(?!\w)", behind, re.IGNORECASE))


def has(section: str, name: str, text: str) -> bool:
    return bool(_word(section, name).search(text))


@cache
def _word(section: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern(section, name).pattern}(?!\w)", re.IGNORECASE)


@cache
def _at_end() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says that a meeting has been, right before it, and its minutes, right before its day."""
    cue = rf"(?<!\w){pattern('reference_meetings', 'behind').pattern}\s*$"
    minutes = rf"(?<![\w-]){pattern('reference_meetings', 'minutes').pattern}{OF_MEETING}\s*$"
    return re.compile(cue, re.IGNORECASE), re.compile(minutes, re.IGNORECASE)


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(rf"\s*{pattern('reference_meetings', 'opens').pattern}(?!\w)", re.IGNORECASE)
