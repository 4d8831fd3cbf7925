"""A sentence to the commitments it puts on somebody: who does what, by when.

Five frames, each with forms of both written standards: somebody is asked ("SSU ber AU om å lage …"), somebody has been
given a task ("… har fått i oppdrag å …"), a task is handed over ("delegeres til …"), something is to be done ("Det
innhentes …"), somebody does something ("Sekretariatet sender ut …"). Approvals, notes, postponements and elections
settle a case and put nothing on anybody; neither do conditions, quotations and what merely is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extract.cases.outcomes import outcome_of
from extract.duties.actors import read
from extract.duties.clauses import Clause, clauses, sentences
from extract.duties.frames import Found, frame
from extract.duties.reading import Reading, begins, has_bound, is_ahead
from extract.duties.settled import SETTLED
from models.deadlines import Deadline, find_deadlines
from models.words import pattern

SHORT = 8  # words
QUOTED = re.compile(r"«[^»]*»")
_LABELLED = re.compile(
    r"[.,;(]?\s*\b(?P<label>ansvar(?:lig|leg)?|frist)\s*:\s*(?P<value>.+?)(?=[.,;]?\s*\b(?:ansvar\w*|frist)\s*:|\)|[.;]?$)[).;]*",
    re.IGNORECASE,
)


@cache
def _asks_that() -> re.Pattern[str]:
    """What is asked for is a clause of its own: "Utvalget ber om at …"."""
    return re.compile(rf"[^,;]*?\b(?:bes|{pattern('duty_phrases', 'asks').pattern})\s+om\s+at\s+", re.IGNORECASE)


# A day told of something, not set for the task: "avklarer tidspunkt for møtet som er foreslått 8. desember".
_RELATIVE = re.compile(r"\b(?:som|der)\s+(?:er|var|ble|blei|vart|vert|blir)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)

# A name as a label: "Kari: lager plakat".
_NAME_FIRST = re.compile(r"^([A-ZÆØÅ][\w.-]+(?:\s[A-ZÆØÅ][\w.-]+){0,3}):(?=\s[a-zæøå]+(?:er|ar)\s)")


class Duty(NamedTuple):
    """A commitment: who, what, and by when as printed and as EDTF."""

    actor: str | None
    action: str
    deadline: Deadline | None = None


class Setting(NamedTuple):
    """Where a text stands: the ISO day of its meeting, whether in minutes, and the first names of people there."""

    meeting: str | None
    minutes: bool
    known: Set[str]


def duties(
    text: str,
    *,
    stated: bool,
    meeting: str | None = None,
    minutes: bool = False,
    known: Set[str] = frozenset(),
) -> Iterator[Duty]:
    """The commitments of a text, sentence by sentence.

    ``stated``: the text is a proposal or a decision. Elsewhere only what is plainly given to somebody counts; in
    ``minutes`` also what somebody promises. ``known``: first names of people in the document, who may be called by
    them.

    >>> text = "Saken tas til orientering. Kari Dal sender planen til kommunene innen 1. mai 2023."
    >>> [(d.actor, d.action, d.deadline.edtf) for d in duties(text, stated=True)]
    [('Kari Dal', 'sender planen til kommunene', '../2023-05-01')]
    >>> [d[:2] for d in duties("OSU tar planen til etterretning og ber FSU-KVAL følge opp rådene.", stated=True)]
    [('FSU-KVAL', 'følge opp rådene')]
    >>> list(duties("Planen godkjennes. NN orienterte.", stated=True))
    []
    >>> list(duties("Kari Dal sendte planen.", stated=False))
    []
    """
    whole = [part for sentence in _with_labels(sentences(text)) for part in _parts(sentence)]
    for sentence, following in pairwise([*whole, ""]):
        for duty in _of_sentence(sentence, stated, Setting(meeting, minutes, known)):
            yield duty if duty.deadline else duty._replace(deadline=_going_on(following, meeting))


def _with_labels(parts: Iterator[str]) -> Iterator[str]:
    """The sentences, "Ansvar: …" and "Frist: …" together with what they are said of."""
    kept: list[str] = []
    for part in parts:
        if kept and _LABELLED.match(part):
            kept[-1] += f" {part}"
        else:
            kept.append(part)
    yield from kept


def _going_on(sentence: str, meeting: str | None) -> Deadline | None:
    """The deadline in a sentence that goes on with the task of the one before: "Arbeidet er forsinket til …"."""
    if not begins("goes_on").match(sentence):
        return None
    return _best(list(find_deadlines(sentence, meeting)))


def _parts(sentence: str) -> Iterator[str]:
    """A sentence and the text of its own that a colon in it leads to; "Kari: lager plakat" without its colon.

    >>> list(_parts("Planen sendes kommunestyret med slik innstilling: Rådmannen lager en plan."))
    ['Planen sendes kommunestyret', 'Rådmannen lager en plan.']
    >>> list(_parts("Kari: lager plakat"))
    ['Kari lager plakat']
    """
    first, _, rest = sentence.partition(":")
    if rest and (leads := _own_text().search(first)):
        yield first[: leads.start()]
        yield rest.strip(' «"')
    else:
        yield _NAME_FIRST.sub(r"\1", sentence)


@cache
def _own_text() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:med\s+)?{pattern('duty_phrases', 'own_text').pattern}$", re.IGNORECASE)


@cache
def _expects() -> re.Pattern[str]:
    """The words of "Styret forutsetter at …": of the clause behind them only what it puts on somebody named counts."""
    return re.compile(rf"[^,;]*?(?<!\w){pattern('duty_phrases', 'expects').pattern}\s+", re.IGNORECASE)


def _of_sentence(sentence: str, stated: bool, where: Setting) -> Iterator[Duty]:
    if stated and (expected := _expects().match(sentence)):
        yield from (d for d in _of_sentence(sentence[expected.end() :], True, where) if d.actor)
        return
    if stated and (answers := _answers_for().fullmatch(sentence)):
        yield Duty(answers["who"].strip(), answers["what"].strip())
        return
    lead = begins("leads").match(sentence)
    led = stated or bool(lead)
    lead = (_asks_that().match(sentence) if stated else None) or lead
    sentence = sentence[lead.end() :].lstrip() if lead else sentence
    labels = {m["label"].lower()[:5]: m["value"].strip() for m in _LABELLED.finditer(sentence)}
    sentence = _LABELLED.sub("", sentence) if labels else sentence
    if not sentence or not (led or _may_hold(sentence, where)):
        return
    if not labels and _only_settles(sentence):
        return
    masked = QUOTED.sub(lambda m: "«" + "x" * (len(m[0]) - 2) + "»", sentence)
    found = list(_read(Reading(sentence, read(masked), led, *where)))
    if not found and stated and "ansva" in labels and len(sentence.split()) > 1:
        found = [Duty(None, sentence.strip(" .,;"))]
    for duty in found:
        due = next(find_deadlines(labels["frist"], where.meeting), None) if "frist" in labels else None
        yield duty._replace(actor=labels.get("ansva", duty.actor), deadline=due or duty.deadline)


def _may_hold(sentence: str, where: Setting) -> bool:
    """Whether plain text can give somebody a task at all: a cheap look before the sentence is taken apart."""
    if _may_give().search(sentence) or is_ahead(sentence, where.meeting):
        return True
    if sentence.split(" ", 1)[0] in where.known and any(find_deadlines(sentence, where.meeting)):
        return True
    return where.minutes and bool(_may_promise().search(sentence) or has_bound(sentence, where.meeting))


def _only_settles(sentence: str) -> bool:
    """Whether a short sentence plainly settles the case and nothing else, so that it need not be taken apart."""
    tokens = sentence.split()
    return len(tokens) <= SHORT and not {"og", "samt", "men"} & set(tokens) and outcome_of(sentence) in SETTLED


@cache
def _may_give() -> re.Pattern[str]:
    """Words by which plain text gives something to somebody."""
    given = "|".join(pattern("duty_phrases", name).pattern for name in ("bidden", "hands_over", "asks", "tasks"))
    return re.compile(rf"(?<!\w)(?:{given}|skal|må|tar\s+med|tek\s+med)(?!\w)", re.IGNORECASE)


@cache
def _may_promise() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern('duty_phrases', 'promises').pattern}(?!\w)", re.IGNORECASE)


@cache
def _answers_for() -> re.Pattern[str]:
    """Who answers for something, said of the thing: "Ansvarlig for oppfølging er kommunalsjef helse."."""
    phrase = pattern("duty_phrases", "answers_for").pattern
    return re.compile(rf"{phrase}\s+(?P<what>[^:.]+?)(?:\s+er|:)\s+(?P<who>[^.;]{{2,60}})\.?", re.IGNORECASE)


def _read(reading: Reading) -> Iterator[Duty]:
    """The commitments of a sentence; clauses of one subject and one voice are one: "rydder … og lager …"."""
    pending: tuple[Found, Clause, int] | None = None
    subject = (0, 0)
    for clause in clauses(reading.doc):
        subject = subject if clause.inherits else (clause.start, clause.verb)
        found = frame(reading, clause, subject)
        if pending and found and clause.inherits and clause.voice == pending[1].voice:
            pending = (pending[0]._replace(end=found.end), clause, pending[2])
            continue
        if pending:
            yield _duty(reading, pending[0], pending[2])
        pending = (found, clause, reading.offset(clause.start)) if found else None
    if pending:
        yield _duty(reading, pending[0], pending[2])


def _duty(reading: Reading, found: Found, begin: int) -> Duty:
    """What is printed of the action, its deadline apart where it stands at one end or before the verb."""
    printed = reading.sentence[found.start : found.end].strip(" .,;")
    deadline = _best([d for d in find_deadlines(printed, reading.meeting) if not _RELATIVE.search(printed[: d.start])])
    if not deadline:
        before = reading.sentence[begin : found.start]
        return Duty(found.actor, printed, _best(list(find_deadlines(before, reading.meeting))) or _event(printed))
    action = printed
    if deadline.start == 0 and deadline.end < len(printed):
        action = printed[deadline.end :].strip(" .,;")
    elif deadline.end >= len(printed):
        action = printed[: deadline.start].strip(" .,;") or printed
    return Duty(found.actor, action, deadline)


def _event(action: str) -> Deadline | None:
    """What has to happen first, where that is all that is said of when: "… når Statsforvalteren gir melding"."""
    events = pattern("duty_phrases", "events").pattern
    match = re.search(rf"(?<=\w\s){events}\s+(?:\S+\s+){{2,}}\S+$", action, re.IGNORECASE)
    return Deadline(match[0], None, match.start(), match.end()) if match else None


def _best(found: list[Deadline]) -> Deadline | None:
    """Of several deadlines the one with a date; of those one that is a last day, else the last."""
    dated = [d for d in found if d.edtf]
    bound = [d for d in dated if d.edtf and d.edtf.startswith("..")]
    return next(iter(bound or dated[::-1] or found), None)
