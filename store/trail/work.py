"""Whether a text speaks of a decision's own work: that it is done, that it waits, that a row of a list means it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from models.case_titles import is_standing
from models.words import sections, words
from store.trail.titles import naming_words, same_word, stem
from store.trail.told import Note, Point, Told, Treatment

TOLD_ABOUT = 50.0
"""Of 100: how much of what a sentence is about must be in the decision, for the sentence to be about it."""


def completed(point: Point, treatment: Treatment) -> Note | None:
    """What a treatment says of the work being done, where that work is the decision's."""
    for note in treatment.notes:
        if note.verb and (not note.named or note.target == point.case) and says_done(point, note):
            return note
    return None


def says_done(point: Point, note: Note) -> bool:
    """Whether a sentence says that the decision's own work is done: the same work, or work as a whole."""
    said = (note.verb or "").casefold()
    own = own_words(point)
    fits = said in words("progress", "general") or any(same_word(verb, word) for verb in _kindred(said) for word in own)
    clause = note.text if note.named else note.subject or note.text
    named = (word for word in naming_words(clause, point.collaboration) if word != stem(said))
    subject = [word for word in named if not _tells_time(word)]
    if not point.duties:  # it is only to be taken up again: done where the whole matter is
        return not subject and said in words("progress", "general")
    return fits and (not subject or note.named or covered(subject, own) >= TOLD_ABOUT)


@cache
def _kindred(verb: str) -> tuple[str, ...]:
    """The stems of a participle and of the verbs that mean the same work: "laget" of what is to be drawn up."""
    groups = (group for group in sections("same_work").values() if verb in group)
    return tuple(dict.fromkeys(stem(word) for word in next(groups, (verb,))))


def _tells_time(word: str) -> bool:
    return word.isdigit() or word in _times()


@cache
def _times() -> frozenset[str]:
    return frozenset(stem(word) for word in words("progress", "around"))


def own_words(point: Point) -> tuple[str, ...]:
    """What a decision is about: its work, its text, and the title of its case."""
    title = "" if is_standing(point.title) else point.title or ""
    return naming_words(" ".join((*(duty.action for duty in point.duties), point.text, title)), point.collaboration)


def covered(named: Sequence[str], own: Sequence[str]) -> float:
    """How much of what is named stands in the other, 0 to 100; less than half counts as nothing."""
    share = _share(named, own)
    return share if share >= TOLD_ABOUT else 0.0


def _share(named: Sequence[str], own: Sequence[str]) -> float:
    if not named:
        return 0.0
    return round(100 * sum(any(same_word(word, there) for there in own) for word in named) / len(named), 1)


def waiting(point: Point, treatment: Treatment) -> Note | None:
    """What a treatment says of the decision's own work not being done yet."""
    own = own_words(point)
    for note in treatment.notes:
        about = note.target == point.case if note.named else True
        if about and note.verb is None and covered(naming_words(note.text, point.collaboration), own):
            return note
    return None


def is_about(point: Point, note: Note, told: Told) -> bool:
    """Whether a row of a list is about this point of the case, or about the case as a whole."""
    siblings = told.of_item(point.item)
    if len(siblings) < 2 or not note.subject:
        return True
    named = naming_words(f"{note.subject} {note.text}", point.collaboration)
    shares = {other.id: _share(named, naming_words(other.text, point.collaboration)) for other in siblings}
    return shares[point.id] == max(shares.values())
