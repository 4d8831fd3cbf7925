"""Which later cases take a decision up again, by what they are known, and what they make of it.

A later case takes a decision up where it says so ("Oppfølging av sak 2022.13"), where it is the same case again, where
the decision names the meeting ("utsatt til SSU 22.9.") and one case there has a title that agrees, or where a standing
list of earlier decisions names it. A title that merely looks alike in some other meeting is nothing to go by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.case_titles import is_follow_up_list, is_standing
from store.trail.titles import COVERED, Likeness, best, likeness, naming_words, quoted_names
from store.trail.told import Ahead, Mention, Note, Point, Told, Treatment
from store.trail.work import completed, covered, is_about, own_words, says_done, waiting

EQUAL = 100.0
"""Of 100: every naming word of either title stands in the other."""

ORDER = ("done", "treated", "on_agenda", "unconcluded", "postponed")
"""What counts most for a decision's state first."""


class Carrier(NamedTuple):
    """A later treatment that takes a decision up."""

    kind: str
    says: str
    treatment: Treatment
    text: str
    document: str
    page: int | None
    compared: str
    score: float


def carriers(point: Point, told: Told) -> list[Carrier]:
    """The treatments that take a decision up, in the order of their meetings; none where nothing is to come of it.

    Where a treatment puts the matter off again or concludes nothing, those that follow it count as well.
    """
    if not point.is_committed:
        return []
    found: dict[str, Carrier] = {}
    waiting = list(_direct(point, told))
    while waiting:
        carrier = waiting.pop(0)
        known = found.get(carrier.treatment.key)
        if known and ORDER.index(known.says) <= ORDER.index(carrier.says):
            continue
        found[carrier.treatment.key] = carrier
        waiting += _onward(point, carrier, told)
    return sorted(found.values(), key=lambda c: (c.treatment.date, c.treatment.key))


def deciding(found: Sequence[Carrier]) -> Carrier | None:
    """The one that gives the state: done before treated before on an agenda, and of each the latest.

    A case of its own comes before a list that names the decision as well.
    """
    listed = "follow_up_list"
    return min(reversed(found), key=lambda carrier: (_weight(carrier.says), carrier.kind == listed), default=None)


def _weight(says: str) -> int:
    """Putting off again and concluding nothing weigh the same: both leave the matter open."""
    return min(ORDER.index(says), ORDER.index("unconcluded"))


def _direct(point: Point, told: Told) -> Iterator[Carrier]:
    yield from _again(point, told)
    yield from _referring(point, told)
    yield from _raised(point, told)
    yield from _returned(point, told)
    yield from _due(point, told)
    yield from _listed(point, told)


def _onward(point: Point, carrier: Carrier, told: Told) -> Iterator[Carrier]:
    """What follows a treatment: all of it where the matter is still waiting, else only the word that it is done."""
    own = {adopted.id for adopted in carrier.treatment.adopted}
    waits = carrier.says in ("postponed", "unconcluded")
    for later in told.by_id(own):
        for onward in _direct(later, told):
            done = completed(point, onward.treatment)
            if waits or done:
                yield _told_done(onward, done) if done else _undone(onward)
    if carrier.says == "unconcluded" and carrier.treatment.case:
        yield from _following(point, carrier.treatment.case, carrier.treatment.date, told)


def _undone(carrier: Carrier) -> Carrier:
    """A carrier of a later decision as one of the first, whose own work is not said to be done."""
    text, document, page = _quote(carrier.treatment, None)
    says = _says(carrier.treatment)
    return carrier._replace(says=says, text=text, document=document, page=page) if carrier.says == "done" else carrier


def _again(point: Point, told: Told) -> Iterator[Carrier]:
    """The same case in a later meeting, under the same number."""
    for treatment in told.by_case.get(point.case, ()) if point.case else ():
        score = 100.0 if treatment.date > point.date else 0.0
        if point.title and treatment.title:
            score = min(score, likeness(treatment.named, naming_words(point.title, point.collaboration)).covered)
        if score >= COVERED and not is_standing(treatment.title):
            compared = f"Samme saksnummer, «{point.title}» og «{treatment.title}»"
            yield _carrier("same_case", point, treatment, compared, score)


def _referring(point: Point, told: Told) -> Iterator[Carrier]:
    if point.case:
        yield from _following(point, point.case, point.date, told)


def _following(point: Point, case: str, after: str, told: Told) -> Iterator[Carrier]:
    """Later cases that refer to a case: those that follow it up, and those that mention it and are about the same."""
    for treatment, mention in told.mentioning.get(case, ()):
        if treatment.date <= after or treatment.case == case or is_follow_up_list(treatment.title):
            continue
        score = 100.0 if mention.kind == "follow_up" else _about(point, treatment, mention)
        if score:
            yield _carrier("reference", point, treatment, f"«{mention.text}»", score, mention)


def _about(point: Point, treatment: Treatment, mention: Mention) -> float:
    """How far a case that only mentions another is about the decision: by its title, or by the sentence itself."""
    if is_standing(treatment.title):
        return 0.0
    alike = likeness(treatment.named, naming_words(point.title or "", point.collaboration))
    if alike.agrees:
        return alike.covered
    return covered(naming_words(mention.text, point.collaboration), own_words(point))


def _raised(point: Point, told: Told) -> Iterator[Carrier]:
    """In a meeting that the decision names, the one case whose title agrees."""
    for ahead in point.ahead:
        there = [t for t in told.by_meeting.get(ahead.meeting, ()) if t.case != point.case] if ahead.meeting else []
        usable = [t for t in there if t.date > point.date and not is_standing(t.title)]
        if found := _by_title(point, ahead, usable):
            treatment, alike, wanted = found
            yield _carrier(ahead.kind, point, treatment, f"«{wanted}» og «{treatment.title}»", alike.covered)


def _returned(point: Point, told: Told) -> Iterator[Carrier]:
    """A case that is put off without a word of when: the body's next case of the same title, where there is one."""
    if point.outcome != "postponed" or point.ahead or not point.body or is_standing(point.title):
        return
    named = naming_words(point.title or "", point.collaboration)
    later = (t for t in told.by_body.get(point.body, ()) if t.date > point.date and t.case != point.case)
    for treatment in later:
        if likeness(named, treatment.named).both == EQUAL:
            compared = f"«{point.title}» og «{treatment.title}»"
            yield _carrier("postponed_to", point, treatment, compared, EQUAL)
            return


def _due(point: Point, told: Told) -> Iterator[Carrier]:
    """In the month of its deadline, a case of the same title: "ber om ny status i februar"."""
    named = naming_words(point.title or "", point.collaboration)
    times = [(duty.earliest, duty.latest) for duty in point.duties if duty.earliest and duty.latest]
    if not times or not point.body or is_standing(point.title) or not named:
        return
    for treatment in told.by_body.get(point.body, ()):
        there = any(first <= treatment.date <= last and first[:7] == last[:7] for first, last in times)
        later = there and treatment.date > point.date and treatment.case != point.case
        if later and likeness(named, treatment.named).both == EQUAL:
            compared = f"«{point.title}» og «{treatment.title}»"
            yield _carrier("to_be_raised_in", point, treatment, compared, EQUAL)


def _by_title(point: Point, ahead: Ahead, candidates: Sequence[Treatment]) -> tuple[Treatment, Likeness, str] | None:
    """The one case of a meeting that is meant: by a name in quotation marks, by the case's title, by the sentence."""
    titles = [*quoted_names(ahead.text), *([] if is_standing(point.title) else [point.title or ""]), ahead.text]
    for wanted in titles:
        named = naming_words(wanted, point.collaboration)
        found = best(named, ((candidate, candidate.named) for candidate in candidates))
        if found and (wanted != ahead.text or _says_enough(found[0].named)):
            return found[0], found[1], wanted
    return None


def _says_enough(named: Sequence[str]) -> bool:
    """A whole sentence holds many words: one short word of a title among them may be there by chance."""
    return len(named) > 1 or any(len(word) >= 8 for word in named)


def _listed(point: Point, told: Told) -> Iterator[Carrier]:
    """A standing list that names the case; of several points of the case those that the row is about."""
    for treatment, note in told.noting.get(point.case, ()) if point.case else ():
        if treatment.date <= point.date or treatment.case == point.case:
            continue
        if is_about(point, note, told):
            says = "done" if note.verb and says_done(point, note) else _says(treatment)
            says = "unconcluded" if says == "treated" else says
            compared = f"Saken står i «{treatment.title}»"
            yield Carrier("follow_up_list", says, treatment, note.text, note.document, note.page, compared, 100.0)


def _carrier(
    kind: str, point: Point, treatment: Treatment, compared: str, score: float, mention: Mention | None = None
) -> Carrier:
    """A carrier with what it says, and the text that says so."""
    made = Carrier(kind, _says(treatment), treatment, *_quote(treatment, mention), compared, score)
    done = completed(point, treatment)
    if done:
        return _told_done(made, done)
    waits = waiting(point, treatment) if made.says == "treated" else None
    if waits is None:
        return made
    return made._replace(says="unconcluded", text=waits.text, document=waits.document, page=waits.page)


def _says(treatment: Treatment) -> str:
    if not treatment.minuted:
        return "on_agenda"
    outcomes = {adopted.outcome for adopted in treatment.adopted}
    if not outcomes or outcomes == {"none"}:
        return "unconcluded"
    return "postponed" if outcomes == {"postponed"} else "treated"


def _quote(treatment: Treatment, mention: Mention | None) -> tuple[str, str, int | None]:
    """The text a link rests on: the conclusion, else the sentence that refers, else the title."""
    first = treatment.items[0]
    if treatment.adopted:
        return treatment.adopted[0].text, first.document, treatment.adopted[0].page
    if mention:
        return mention.text, mention.document, mention.page
    return treatment.title or "", first.document, first.page


def _told_done(carrier: Carrier, note: Note) -> Carrier:
    return carrier._replace(says="done", text=note.text, document=note.document, page=note.page)
