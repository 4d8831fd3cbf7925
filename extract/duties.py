"""A sentence to the commitments it puts on somebody: who does what, by when.

Five frames, each with forms of both written standards: somebody is asked ("SSU ber AU om å lage …"), somebody has been
given a task ("… har fått i oppdrag å …"), a task is handed over ("delegeres til …"), something is to be done ("Det
innhentes …"), somebody does something ("Sekretariatet sender ut …"). Approvals, notes, postponements and elections
settle a case and put nothing on anybody; neither do conditions, quotations and what merely is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extract.actors import actors, names_actor, read, shortest
from extract.clauses import Clause, clauses, is_infinitive, sentences
from extract.outcomes import outcome_of
from models.deadlines import Deadline, days, find_deadlines
from models.words import pattern, words

_DATED = re.compile(r"\d|\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b")
QUOTED = re.compile(r"«[^»]*»")
SETTLED = ("approved", "noted", "supported", "postponed", "rejected", "none")
_LABELLED = re.compile(
    r"[.,;(]?\s*\b(?P<label>ansvar(?:lig|leg)?|frist)\s*:\s*(?P<value>.+?)(?=[.,;]?\s*\b(?:ansvar\w*|frist)\s*:|\)|[.;]?$)[).;]*",
    re.IGNORECASE,
)
_AGENT = re.compile(r"\b(?:i\s+regi\s+av|av|v/|ved)\s*(?=\S)")
_PLACE = re.compile(r"\bi\s+(?=[A-ZÆØÅ])")
_PHRASE_END = re.compile(
    r"\s+(?:i|på|til|med|for å|om|innen|innan|før|fra|frå|etter|slik|som|der|når|samt|mot|under|ved)\s|[,.;]|$"
)


@cache
def _begins(name: str) -> re.Pattern[str]:
    """A list of phrases, each as the first words of a text."""
    return re.compile(rf"(?:{pattern('duty_phrases', name).pattern})(?!\w)", re.IGNORECASE)


@cache
def _asks_that() -> re.Pattern[str]:
    """ "Utvalget ber om at …": what is asked for is a clause of its own."""
    return re.compile(rf"[^,;]*?\b(?:{pattern('duty_phrases', 'asks').pattern})\s+om\s+at\s+", re.IGNORECASE)


@cache
def _task() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern('duty_phrases', 'tasks').pattern})(?!\w)", re.IGNORECASE)


class Duty(NamedTuple):
    """A commitment: who, what, and by when as printed and as EDTF."""

    actor: str | None
    action: str
    deadline: Deadline | None = None


def duties(text: str, *, stated: bool, meeting: str | None = None) -> Iterator[Duty]:
    """The commitments of a text, sentence by sentence.

    ``stated``: the text is a proposal or a decision. Elsewhere only what is plainly given to somebody counts.

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
    whole = list(_with_labels(sentences(text)))
    for sentence, following in pairwise([*whole, ""]):
        for duty in _of_sentence(sentence, stated, meeting):
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
    if not _begins("goes_on").match(sentence):
        return None
    return _best(list(find_deadlines(sentence, meeting)))


def _of_sentence(sentence: str, stated: bool, meeting: str | None) -> Iterator[Duty]:
    lead = _begins("leads").match(sentence)
    led = stated or bool(lead)
    lead = (_asks_that().match(sentence) if stated else None) or lead
    sentence = sentence[lead.end() :].lstrip() if lead else sentence
    labels = {m["label"].lower()[:5]: m["value"].strip() for m in _LABELLED.finditer(sentence)}
    sentence = _LABELLED.sub("", sentence) if labels else sentence
    if not sentence or not (led or _may_give().search(sentence) or _ahead(sentence, meeting)):
        return
    masked = QUOTED.sub(lambda m: "«" + "x" * (len(m[0]) - 2) + "»", sentence)
    found = list(_Reading(sentence, masked, led, meeting).duties())
    if not found and stated and "ansva" in labels and len(sentence.split()) > 1:
        found = [Duty(None, sentence.strip(" .,;"))]
    for duty in found:
        due = next(find_deadlines(labels["frist"], meeting), None) if "frist" in labels else None
        yield duty._replace(actor=labels.get("ansva", duty.actor), deadline=due or duty.deadline)


@cache
def _may_give() -> re.Pattern[str]:
    """Words without which plain text gives nothing to anybody: a cheap look before the sentence is taken apart."""
    given = "|".join(pattern("duty_phrases", name).pattern for name in ("bidden", "hands_over", "asks", "tasks"))
    return re.compile(rf"(?<!\w)(?:{given}|skal|må|tar\s+med|tek\s+med)(?!\w)", re.IGNORECASE)


def _ahead(text: str, meeting: str | None) -> bool:
    """Whether a text holds a date that lies ahead of the meeting."""
    if meeting is None or not _DATED.search(text):
        return False
    return any((days(found.edtf)[1] or "") > meeting for found in find_deadlines(text, meeting))


class _Reading:
    """A sentence being read: its tokens, and the text they stand in."""

    def __init__(self, sentence: str, masked: str, led: bool, meeting: str | None):
        self.sentence, self.led, self.meeting = sentence, led, meeting
        self.doc = read(masked)

    def duties(self) -> Iterator[Duty]:
        pending: tuple[str | None, int, int, Clause, int] | None = None
        subject: tuple[int, int] = (0, 0)
        for clause in clauses(self.doc):
            subject = subject if clause.inherits else (clause.start, clause.verb)
            found = self._clause(clause, subject)
            if pending and found and clause.inherits and clause.voice == pending[3].voice:
                pending = (pending[0], pending[1], found[2], clause, pending[4])
                continue
            if pending:
                yield self._duty(*pending[:3], pending[4])
            pending = (*found, clause, self._offset(clause.start)) if found else None
        if pending:
            yield self._duty(*pending[:3], pending[4])

    def _offset(self, token: int) -> int:
        return self.doc[token].idx if token < len(self.doc) else len(self.sentence)

    def _clause(self, clause: Clause, subject: tuple[int, int]) -> tuple[str | None, int, int] | None:
        """Who, and from where to where the action is printed; None where the clause puts nothing on anybody."""
        begin, verb, end = (self._offset(i) for i in (clause.start, clause.verb, clause.end))
        who = self.sentence[self._offset(subject[0]) : self._offset(subject[1])]
        rest, word = self.sentence[verb:end], self.doc[clause.verb].lower_
        if self._is_fronted(who):
            return self._inverted(clause, begin, end)
        who = self._without_deadline(who)
        if bidden := _begins("bidden").match(rest):
            return self._bidden(who, verb, end, bidden)
        if word in words("duty_phrases", "asks") or (word in words("duty_phrases", "gives") and _task().search(rest)):
            return self._asked(clause, verb, end)
        if over := _begins("hands_over").match(rest):
            receiver = self._without_deadline(rest[over.end() :])
            return (receiver, begin, end) if names_actor(receiver) else None
        if word in ("skal", "må") or (word == "vil" and self.led and self._works(clause.verb + 1)):
            return self._must(who, verb, end)
        if self._settles(word, rest, clause, who):
            return None
        if clause.voice == "passive":
            return (self._agent(rest), begin, end) if self.led else None
        return self._active(who, rest, verb, end)

    def _works(self, token: int) -> bool:
        return token < len(self.doc) and is_infinitive(self.doc[token].lower_)

    def _is_fronted(self, who: str) -> bool:
        """Whether a deadline stands where the subject mostly does: "Innen 1. juni skal kommunene …"."""
        found = next(find_deadlines(who.strip(), self.meeting), None)
        return bool(found and found.start == 0)

    def _inverted(self, clause: Clause, begin: int, end: int) -> tuple[str | None, int, int] | None:
        """The clause whose subject stands behind its verb."""
        if not self.led:
            return None
        verb, word = self._offset(clause.verb), self.doc[clause.verb].lower_
        near = (e for e in actors(self.doc) if clause.verb < e.start <= clause.verb + 2 and e.end <= clause.end)
        named = next(near, None)
        who = named.text if named else ""
        if self._settles(word, self.sentence[verb:end], clause, who):
            return None
        if clause.voice == "passive":
            return None, begin, end
        start = named.end_char if named and word in ("skal", "må") else verb
        return (shortest(who), start, end) if named else None

    def _bidden(self, who: str, verb: int, end: int, bidden: re.Match[str]) -> tuple[str | None, int, int] | None:
        actor = shortest(who)
        rest = self.sentence[verb:end]
        task = re.search(r"\bå\s+", rest)
        start = task.end() if task else bidden.end() if bidden[0].lower().startswith(("bes", "pålegges")) else 0
        past = bidden[0].lower().split()[0] in ("ble", "fikk", "fekk", "vart", "tok") and not self.led
        return (actor, verb + start, end) if actor and (task or self.led) and not past and names_actor(actor) else None

    def _asked(self, clause: Clause, verb: int, end: int) -> tuple[str | None, int, int] | None:
        """ "SSU ber AU om å lage", "ber sekretariatet legge fram", "gir SSU i oppdrag å utarbeide"."""
        if not self.led and self.doc[clause.verb].lower_ in ("ba", "bad", "oppfordret", "ga", "gav"):
            return None
        after = self._offset(clause.verb + 1)
        rest = self.sentence[after:end]
        task = re.search(r"(?:^|\s)(?:om\s+å|til\s+å|(?:i\s+\w+\s+)?å)\s+", rest)
        named = next((e for e in actors(self.doc) if e.start_char >= after), None)
        floor = named.end if named and named.start_char <= after + 12 else clause.verb + 2
        bare = next((i for i in range(floor, clause.end) if is_infinitive(self.doc[i].lower_)), None)
        if task and (bare is None or after + task.start() < self._offset(bare)):
            who, start = rest[: task.start()], after + task.end()
        elif bare is not None:
            who, start = self.sentence[after : self._offset(bare)], self._offset(bare)
        elif re.match(r"om\s", rest):
            return self._wanted(after, end)
        elif about := re.search(rf"\s(?:om|{_task().pattern})\s", rest):
            who, start = rest[: about.start()], after + about.end()
        else:
            return None
        who = re.sub(rf"\s+(?:{_task().pattern}|om|til)\s*$", "", who)
        actor = shortest(who)
        return (actor, start, end) if actor and (self.led or names_actor(actor)) else None

    def _wanted(self, start: int, end: int) -> tuple[str | None, int, int] | None:
        """ "SSU ber om tilbakemelding fra virksomhetene innen …": from whom is said behind it, or nowhere."""
        rest = self.sentence[start:end]
        if not any(d.edtf for d in find_deadlines(rest, self.meeting)):
            return None
        named = re.search(r"\b(?:fra|frå)\s+(?=\S)", rest)
        phrase = self._without_deadline(rest[named.end() :]) if named else ""
        return (shortest(phrase) if names_actor(phrase) else None), start + 3, end

    def _must(self, who: str, verb: int, end: int) -> tuple[str | None, int, int] | None:
        rest = self.sentence[verb:end]
        actor = shortest(who)
        if not (actor and names_actor(actor)):
            passive = re.search(r"^\w+\s+(?:\w+\s+){0,2}?\w{3,}(?:es|ast)\b", rest)
            return (None, verb - len(who), end) if self.led and passive else None
        if not self.led and not any(d.edtf for d in find_deadlines(rest, self.meeting)):
            return None
        return actor, verb + len(rest.split()[0]) + 1, end

    def _settles(self, word: str, rest: str, clause: Clause, who: str) -> bool:
        """Whether the verb settles the case, states something, or only says who speaks."""
        if word in words("duty_verbs", "none") and not re.match(r"stiller\s+(?!seg)", rest):
            return True
        if word in words("duty_verbs", "speaks") and not any(d.edtf for d in find_deadlines(rest, self.meeting)):
            return True
        outcome = outcome_of(rest)
        if outcome == "elected":
            named = re.search(r"[A-ZÆØÅ]\w+\s+[A-ZÆØÅ]", rest)
            return clause.voice == "passive" or bool(named) or not names_actor(who)
        first = outcome_of(" ".join(rest.split()[:7]))
        return outcome in SETTLED and first in SETTLED

    def _agent(self, rest: str) -> str | None:
        """Who does it, where a passive says so: "evalueres av …", "i regi av …", "ferdigstilles i FSU"."""
        found = _AGENT.search(rest)
        if not found and _begins("done_in").match(rest):
            found = _PLACE.search(rest)
        if not found:
            return None
        phrase = self._without_deadline(rest[found.end() :])
        ended = _PHRASE_END.search(phrase)
        actor = shortest(phrase[: ended.start()] if ended else phrase)
        return actor if actor and names_actor(actor) else None

    def _active(self, who: str, rest: str, verb: int, end: int) -> tuple[str | None, int, int] | None:
        actor = shortest(who)
        if not actor or actor.lower() in ("det", "dette", "disse", "den", "de", "vi"):
            return None
        if self.led:
            return actor, verb, end
        word = rest.split()[0]
        ahead = word not in words("duty_verbs", "speaks") and _ahead(rest, self.meeting)
        given = ahead or re.match(r"(?:tar|tek)\s+med\b", rest)
        return (actor, verb, end) if given and names_actor(actor) else None

    # --- what is printed -----------------------------------------------------------------------------------------

    def _duty(self, actor: str | None, start: int, end: int, begin: int) -> Duty:
        printed = self.sentence[start:end].strip(" .,;")
        deadline = _best(list(find_deadlines(printed, self.meeting)))
        if not deadline:
            return Duty(actor, printed, _best(list(find_deadlines(self.sentence[begin:start], self.meeting))))
        action = printed
        if deadline.start == 0 and deadline.end < len(printed):
            action = printed[deadline.end :].strip(" .,;")
        elif deadline.end >= len(printed):
            action = printed[: deadline.start].strip(" .,;") or printed
        return Duty(actor, action, deadline)

    def _without_deadline(self, text: str) -> str:
        text = text.strip(" .,;")
        found = next(find_deadlines(text, self.meeting), None)
        return re.split(r"\s+før\s", text[: found.start] if found else text)[0].strip(" .,;")


def _best(found: list[Deadline]) -> Deadline | None:
    """Of several deadlines the one with a date; of those one that is a last day, else the last."""
    dated = [d for d in found if d.edtf]
    bound = [d for d in dated if d.edtf and d.edtf.startswith("..")]
    return (bound or dated[::-1] or found or [None])[0]  # type: ignore[list-item]
