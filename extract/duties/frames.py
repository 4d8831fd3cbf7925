"""The frames of a commitment: which words of a clause name who, and where what is to be done is printed.

Somebody is asked ("SSU ber AU om å lage …"), somebody has been given a task ("… har fått i oppdrag å …"), a task is
handed over ("delegeres til …"), something is to be done ("Det innhentes …"), somebody does something ("Sekretariatet
sender ut …"). The first frame that a clause fits decides.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extract.duties.actors import actors, is_first_name, is_thing, names_actor, shortest
from extract.duties.clauses import Clause, is_infinitive
from extract.duties.reading import Reading, begins, has_bound, is_ahead
from extract.duties.settled import names_no_task, settles
from models.deadlines import find_deadlines
from models.words import pattern, words

NOBODY = ("det", "dette", "disse", "den", "de", "vi")
PAST = ("ble", "fikk", "fekk", "vart", "tok", "ba", "bad", "oppfordret", "ga", "gav")
# "ved Kari Dal" names who does it, "ved sykehuset" where.
_AGENT = re.compile(r"\b(?:i\s+regi\s+av|av|v/|ved(?=\s+[A-ZÆØÅ]\w+\s+[A-ZÆØÅ]))\s*(?=\S)")
_PLACE = re.compile(r"\bi\s+(?=[A-ZÆØÅ])")
_PHRASE_END = re.compile(
    r"\s+(?:i|på|til|med|for å|om|innen|innan|før|fra|frå|etter|slik|som|der|når|samt|mot|under|ved)\s|[,.;]|$"
)
_TO_DO = re.compile(r"(?:^|\s)(?:om\s+å|til\s+å|(?:i\s+\w+\s+)?å)\s+")
_MUST_BE_DONE = re.compile(r"^\w+\s+(?:\w+\s+){0,2}?\w{3,}(?:es|ast)\b")
_INFINITIVE = re.compile(r"[a-zæøå]{3,}[ea]")  # right behind whom somebody asks: "ber rådmannen skissere …"
_PARTICIPLE = re.compile(r"[a-zæøå]{2,}(?:et|t|d|dd)")
NEAR = 12  # characters behind "ber" within which whom it asks begins


class Found(NamedTuple):
    """Who, and from where to where in the sentence the action is printed (character offsets)."""

    actor: str | None
    start: int
    end: int


@cache
def _task() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern('duty_phrases', 'tasks').pattern})(?!\w)", re.IGNORECASE)


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
    gives = word in words("duty_phrases", "gives") and _task().search(rest) and (r.led or names_actor(who))
    if word in words("duty_phrases", "asks") or gives:
        return _asked(r, clause, end)
    if over := begins("hands_over").match(rest):
        receiver = r.without_deadline(rest[over.end() :])
        return Found(receiver, begin, end) if names_actor(receiver) else None
    if word in ("skal", "må") or (word == "vil" and r.led and _works(r, clause.verb + 1)):
        wished = _is_wished(r, who, clause.verb + 1)
        return (
            None
            if wished or _is_state(r, clause.verb + 1) or names_no_task(who, rest)
            else _must(r, who, begin, verb, end)
        )
    if settles(r, word, rest, clause, who):
        return None
    if clause.voice == "passive":
        return Found(_agent(r, rest), begin, end) if r.led else None
    return _active(r, who, rest, verb, end)


def _works(r: Reading, token: int) -> bool:
    return token < len(r.doc) and is_infinitive(r.doc[token].lower_)


def _is_wished(r: Reading, who: str, token: int) -> bool:
    """Whether "må" says what somebody thinks of a thing: "Tilbudet må styrkes før sykehuset endres"."""
    follows = r.doc[token].lower_ if token < len(r.doc) else ""
    return follows in words("duty_verbs", "none") and not names_actor(who) and not r.is_due(r.sentence)


def _is_state(r: Reading, token: int) -> bool:
    """Whether "skal" says how something is to be, not what is to be done: "skal være", "skal bestå av", "vil ha".

    "skal ha innført rutinen" says what is to be done.
    """
    follows = [t.lower_ for t in r.doc[token : token + 3]]
    verb = next((n for n, word in enumerate(follows) if is_infinitive(word)), None)
    if verb is None or follows[verb] not in words("duty_verbs", "states"):
        return False
    if r.is_due(r.sentence[r.offset(token) :]):
        return False
    return not (follows[verb] == "ha" and any(_PARTICIPLE.fullmatch(word) for word in follows[verb + 1 :]))


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
    if settles(r, word, r.sentence[verb:end], clause, who):
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
    named = actor and (names_actor(actor) or (r.led and actor.lower() not in NOBODY and not is_thing(actor)))
    given = named and (r.led or not told)
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
    if bare is None and named and named.end < clause.end and _INFINITIVE.fullmatch(r.doc[named.end].lower_):
        bare = named.end
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
    who = re.sub(rf"\s+(?:{_task().pattern}|{pattern('duty_phrases', 'task_nouns').pattern}|om|til)\s*$", "", who)
    actor = shortest(re.sub(r"^\s*til\s+", "", who))
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
    if not (actor and names_actor(actor)):
        return Found(None, begin, end) if r.led and _MUST_BE_DONE.search(rest) else None
    if not r.led and not (rest.startswith("skal") and r.is_due(rest)):
        return None
    return Found(actor, verb + len(rest.split()[0]) + 1, end)


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
    if not actor or actor.lower() in NOBODY or is_thing(actor):
        return None
    if r.led or _is_promised(r, actor, rest, verb):
        return Found(actor, verb, end)
    return None


def _is_promised(r: Reading, actor: str, rest: str, verb: int) -> bool:
    """Whether plain text gives somebody a task: what they do lies ahead, or in minutes is bound to a time or is what
    people promise each other ("Rektor undersøker …", "Kari tar kontakt med …").
    """
    word = rest.split()[0].lower()
    if word in words("duty_verbs", "speaks") or begins("applies").match(rest):
        return False
    if re.match(r"(?:tar|tek)\s+med\b", rest) or (is_ahead(rest, r.meeting) and names_actor(actor)):
        return names_actor(actor)
    if actor in r.known and any(r.deadlines(rest)):
        return True
    if not r.minutes or not (names_actor(actor) or is_first_name(actor)):
        return False
    daily = pattern("duty_phrases", "everyday").fullmatch(actor.split()[-1])
    return bool(begins("promises").match(rest) and not daily) or has_bound(r.sentence[verb:], r.meeting)
