"""The frames of a commitment: which words of a clause name who, and where what is to be done is printed.

Somebody is asked ("SSU ber AU om å lage …"), somebody has been given a task ("… har fått i oppdrag å …"), a task is
handed over ("delegeres til …"), something is to be done ("Det innhentes …"), somebody does something ("Sekretariatet
sender ut …"). The first frame that a clause fits decides.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extract.cases.outcomes import outcome_of
from extract.duties.actors import actors, names_actor, shortest
from extract.duties.clauses import PERIPHRASTIC, Clause, is_infinitive
from models.deadlines import days, find_deadlines
from models.words import pattern, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

SETTLED = ("approved", "noted", "supported", "postponed", "rejected", "none")
NOBODY = ("det", "dette", "disse", "den", "de", "vi")
PAST = ("ble", "fikk", "fekk", "vart", "tok", "ba", "bad", "oppfordret", "ga", "gav")
_DATED = re.compile(r"\d|\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b")
# "ved Kari Dal" names who does it, "ved sykehuset" where.
_AGENT = re.compile(r"\b(?:i\s+regi\s+av|av|v/|ved(?=\s+[A-ZÆØÅ]\w+\s+[A-ZÆØÅ]))\s*(?=\S)")
_PLACE = re.compile(r"\bi\s+(?=[A-ZÆØÅ])")
_PHRASE_END = re.compile(
    r"\s+(?:i|på|til|med|for å|om|innen|innan|før|fra|frå|etter|slik|som|der|når|samt|mot|under|ved)\s|[,.;]|$"
)
_TO_DO = re.compile(r"(?:^|\s)(?:om\s+å|til\s+å|(?:i\s+\w+\s+)?å)\s+")
_MUST_BE_DONE = re.compile(r"^\w+\s+(?:\w+\s+){0,2}?\w{3,}(?:es|ast)\b")
_FULL_NAME = re.compile(r"[A-ZÆØÅ]\w+\s+[A-ZÆØÅ]")
NEAR = 12  # characters behind "ber" within which whom it asks begins


class Found(NamedTuple):
    """Who, and from where to where in the sentence the action is printed (character offsets)."""

    actor: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence being read: its text and the tokens of it, in which quotations are blanked out."""

    sentence: str
    doc: Doc
    led: bool
    """It stands in a proposal or a decision, or words before it say that it was agreed."""
    meeting: str | None
    known: Set[str] = frozenset()
    """First names of people in the document."""

    def offset(self, token: int) -> int:
        return self.doc[token].idx if token < len(self.doc) else len(self.sentence)

    def is_due(self, text: str) -> bool:
        """Whether a text holds a deadline with a date."""
        return any(found.edtf for found in find_deadlines(text, self.meeting))

    def without_deadline(self, text: str) -> str:
        text = text.strip(" .,;")
        found = next(find_deadlines(text, self.meeting), None)
        return re.split(r"\s+før\s", text[: found.start] if found else text)[0].strip(" .,;")


@cache
def begins(name: str) -> re.Pattern[str]:
    """A list of phrases, each as the first words of a text."""
    return re.compile(rf"(?:{pattern('duty_phrases', name).pattern})(?!\w)", re.IGNORECASE)


@cache
def _yet() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('duty_verbs', 'yet').pattern})(?!\w)", re.IGNORECASE)


@cache
def _grants() -> re.Pattern[str]:
    """Verbs that settle a case: they grant, note or rule ("tar skriv og meldinger til orientering")."""
    noted = r"(?:tar|tek|tok|tas|vert\s+teke?n?|blir\s+tatt)\b.*\btil\s+(?:orientering|etterretning|vit[ae]nde|følge)\b"
    ground = r"(?:legge[rs]|legg|leggjast)\b.*\btil\s+grunn\b"
    return re.compile(rf"(?:(?:{pattern('duty_verbs', 'settles').pattern})(?!\w)|{noted}|{ground})", re.IGNORECASE)


@cache
def _states() -> re.Pattern[str]:
    return re.compile(rf"(?:skal|må)\s+(?:{pattern('duty_verbs', 'states').pattern})(?!\w)", re.IGNORECASE)


@cache
def _task() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern('duty_phrases', 'tasks').pattern})(?!\w)", re.IGNORECASE)


@cache
def _given() -> re.Pattern[str]:
    """What stands between whom something is given and what it is: "rektor fullmakt (til å …)"."""
    whole = words("duty_phrases", "tasks")
    without = (re.sub(r"\s(?:til|med|for)$", "", task) for task in whole)
    return re.compile(rf"\s+(?:{'|'.join((*whole, *without))}|om|til)\s*$", re.IGNORECASE)


def is_ahead(text: str, meeting: str | None) -> bool:
    """Whether a text holds a date that lies ahead of the meeting.

    >>> is_ahead("gir en orientering i februar 2024", "2023-11-10"), is_ahead("ble godkjent 1.9.23", "2023-11-10")
    (True, False)
    """
    if meeting is None or not _DATED.search(text):
        return False
    return any((days(found.edtf)[1] or "") > meeting for found in find_deadlines(text, meeting))


def frame(r: Reading, clause: Clause, subject: tuple[int, int]) -> Found | None:
    """Who, and from where to where the action is printed; None where the clause puts nothing on anybody."""
    begin, verb, end = (r.offset(i) for i in (clause.start, clause.verb, clause.end))
    who = r.sentence[r.offset(subject[0]) : r.offset(subject[1])]
    rest, word = r.sentence[verb:end], r.doc[clause.verb].lower_
    if _is_fronted(r, who):
        return _inverted(r, clause, begin, end)
    who = r.without_deadline(who)
    if bidden := begins("bidden").match(rest):
        return _bidden(r, who, verb, end, bidden)
    if word in words("duty_phrases", "asks") or (word in words("duty_phrases", "gives") and _task().search(rest)):
        return _asked(r, clause, end)
    if over := begins("hands_over").match(rest):
        receiver = r.without_deadline(rest[over.end() :])
        return Found(receiver, begin, end) if names_actor(receiver) else None
    if word in ("skal", "må") or (word == "vil" and r.led and _works(r, clause.verb + 1)):
        return _must(r, who, begin, verb, end)
    if _settles(r, word, rest, clause, who):
        return None
    if clause.voice == "passive":
        return Found(_agent(r, rest), begin, end) if r.led else None
    return _active(r, who, rest, verb, end)


def _works(r: Reading, token: int) -> bool:
    return token < len(r.doc) and is_infinitive(r.doc[token].lower_)


def _is_fronted(r: Reading, who: str) -> bool:
    """Whether a deadline stands where the subject mostly does: "Innen 1. juni skal kommunene …"."""
    found = next(find_deadlines(who.strip(), r.meeting), None)
    return bool(found and found.start == 0)


def _inverted(r: Reading, clause: Clause, begin: int, end: int) -> Found | None:
    """The clause whose subject stands behind its verb."""
    if not r.led:
        return None
    verb, word = r.offset(clause.verb), r.doc[clause.verb].lower_
    near = (e for e in actors(r.doc) if clause.verb < e.start <= clause.verb + 2 and e.end <= clause.end)
    named = next(near, None)
    who = named.text if named else ""
    if _settles(r, word, r.sentence[verb:end], clause, who):
        return None
    if clause.voice == "passive":
        return Found(None, begin, end)
    start = named.end_char if named and word in ("skal", "må") else verb
    return Found(shortest(who), start, end) if named else None


def _bidden(r: Reading, who: str, verb: int, end: int, bidden: re.Match[str]) -> Found | None:
    actor = shortest(who)
    rest = r.sentence[verb:end]
    task = re.search(r"\bå\s+", rest)
    start = task.end() if task else bidden.end() if bidden[0].lower().startswith(("bes", "pålegges")) else 0
    told = bidden[0].lower().split()[0] in PAST or not task
    given = actor and names_actor(actor) and (r.led or not told)
    return Found(actor, verb + start, end) if given else None


def _asked(r: Reading, clause: Clause, end: int) -> Found | None:
    """Somebody asks somebody: "SSU ber AU om å lage", "ber sekretariatet legge fram", "gir SSU i oppdrag å"."""
    if not r.led and r.doc[clause.verb].lower_ in PAST:
        return None
    after = r.offset(clause.verb + 1)
    rest = r.sentence[after:end]
    task = _TO_DO.search(rest)
    named = next((e for e in actors(r.doc) if e.start_char >= after), None)
    floor = named.end if named and named.start_char <= after + NEAR else clause.verb + 2
    bare = next((i for i in range(floor, clause.end) if is_infinitive(r.doc[i].lower_)), None)
    if task and (bare is None or after + task.start() < r.offset(bare)):
        who, start = rest[: task.start()], after + task.end()
    elif bare is not None:
        who, start = r.sentence[after : r.offset(bare)], r.offset(bare)
    elif re.match(r"om\s", rest):
        return _wanted(r, after, end)
    elif about := re.search(rf"\s(?:om|{_task().pattern})\s", rest):
        who, start = rest[: about.start()], after + about.end()
    else:
        return None
    who = _given().sub("", who)
    actor = shortest(who)
    return Found(actor, start, end) if actor and (r.led or names_actor(actor)) else None


def _wanted(r: Reading, start: int, end: int) -> Found | None:
    """What is asked for: "SSU ber om svar fra kommunene innen …"; from whom is said behind it, or nowhere."""
    rest = r.sentence[start:end]
    if not r.is_due(rest):
        return None
    named = re.search(r"\b(?:fra|frå)\s+(?=\S)", rest)
    phrase = r.without_deadline(rest[named.end() :]) if named else ""
    return Found(shortest(phrase) if names_actor(phrase) else None, start + len("om "), end)


def _must(r: Reading, who: str, begin: int, verb: int, end: int) -> Found | None:
    rest = r.sentence[verb:end]
    actor = shortest(who)
    if _states().match(rest) and not r.is_due(rest):
        return None
    if not (actor and names_actor(actor)):
        return Found(None, begin, end) if r.led and _MUST_BE_DONE.search(rest) else None
    if not r.led and not r.is_due(rest):
        return None
    return Found(actor, verb + len(rest.split()[0]) + 1, end)


def _settles(r: Reading, word: str, rest: str, clause: Clause, who: str) -> bool:
    """Whether the verb settles the case, states something, or only says who speaks."""
    if (word in words("duty_verbs", "none") and clause.voice == "active") or _grants().match(rest):
        return not _yet().match(rest)
    if word in words("duty_verbs", "none") and clause.voice == "passive" and word not in PERIPHRASTIC:
        return True
    if word in words("duty_verbs", "speaks") and not r.is_due(rest):
        return True
    outcome = outcome_of(rest)
    if outcome == "elected":
        return clause.voice == "passive" or bool(_FULL_NAME.search(rest)) or not names_actor(who)
    first = outcome_of(" ".join(rest.split()[:7]))
    return outcome in SETTLED and first in SETTLED


def _agent(r: Reading, rest: str) -> str | None:
    """Who does it, where a passive says so: "evalueres av …", "i regi av …", "ferdigstilles i FSU"."""
    found = _AGENT.search(rest)
    if not found and begins("done_in").match(rest):
        found = _PLACE.search(rest)
    if not found:
        return None
    phrase = r.without_deadline(rest[found.end() :])
    ended = _PHRASE_END.search(phrase)
    actor = shortest(phrase[: ended.start()] if ended else phrase)
    return actor if actor and names_actor(actor) else None


def _active(r: Reading, who: str, rest: str, verb: int, end: int) -> Found | None:
    actor = shortest(who)
    if not actor or actor.lower() in NOBODY:
        return None
    if r.led:
        return Found(actor, verb, end)
    word = rest.split()[0]
    spoken = word in words("duty_verbs", "speaks")
    if actor in r.known and not spoken and any(find_deadlines(rest, r.meeting)):
        return Found(actor, verb, end)
    given = (not spoken and is_ahead(rest, r.meeting)) or re.match(r"(?:tar|tek)\s+med\b", rest)
    return Found(actor, verb, end) if given and names_actor(actor) else None
