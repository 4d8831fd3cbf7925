"""Clauses that settle a case, state something or only tell who speaks, and so put nothing on anybody.

A body that approves, grants, elects, weighs or orders has done so with the words; money that "dekkes av" a fund and
what "videreføres" ask nothing of anybody either. A last day makes a commitment of most of them: "fastsettes innen …".
"""

from __future__ import annotations

import re
from functools import cache

from extract.cases.outcomes import outcome_of
from extract.duties.actors import names_actor
from extract.duties.clauses import PERIPHRASTIC, Clause
from extract.duties.reading import Reading, begins
from models.words import pattern, words

SETTLED = ("approved", "noted", "supported", "postponed", "rejected", "none")
_FULL_NAME = re.compile(r"[A-ZÆØÅ]\w+\s+[A-ZÆØÅ]")
_ABBREVIATED = re.compile(r"[A-ZÆØÅ]{2,6}")
_GROUND = re.compile(r"(?:legge[rs]|legg|leggjast)\b.*\btil\s+grunn\b", re.IGNORECASE)  # Rådet legg planen til grunn
FIRST = 7  # words of a clause that say what it is about


def settles(r: Reading, word: str, rest: str, clause: Clause, who: str) -> bool:
    """Whether a clause settles the case or states something; ``word`` is its verb, ``rest`` what goes on from there."""
    if word in words("duty_verbs", "none") and clause.voice == "active" and not _yet().match(rest):
        return True
    if word in words("duty_verbs", "none") and clause.voice == "passive" and word not in PERIPHRASTIC:
        return True
    if (_decides(r, rest, clause, who) and not _yet().match(rest)) or names_no_task(who, rest):
        return True
    if word in words("duty_verbs", "speaks") and not r.is_due(rest):
        return not (r.led and word in words("duty_verbs", "examines"))
    outcome = outcome_of(rest)
    if outcome == "elected":
        return clause.voice == "passive" or bool(_FULL_NAME.search(rest)) or not names_actor(who)
    first = outcome_of(" ".join(rest.split()[:FIRST]))
    takes = outcome == "noted" and (word in words("duty_verbs", "takes") or word in PERIPHRASTIC)
    return takes or (outcome in SETTLED and first in SETTLED)


@cache
def _yet() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('duty_verbs', 'yet').pattern})(?!\w)", re.IGNORECASE)


def _decides(r: Reading, rest: str, clause: Clause, who: str) -> bool:
    """Whether the words do what they say: "Styret legger til grunn …", "SSU velger …", "Utgiftene vert dekte av …"."""
    if any(found.edtf and found.edtf.startswith("../") for found in r.deadlines(rest)):
        return False
    if _GROUND.match(rest):
        return True
    if clause.voice == "passive":
        grants = begins("grants").match(rest)
        made = _inside("made_of").search(rest)
        return bool(grants or (made and begins("sets_up").match(rest)))
    return bool(begins("decides").match(rest) or (begins("decides_as_body").match(rest) and _is_body(who)))


def _is_body(who: str) -> bool:
    """Whether a body decides: its noun or its abbreviation by itself, or with where it belongs behind it.

    >>> _is_body("Kontrollutvalget"), _is_body("SSU"), _is_body("Styret i Helse Fjord HF"), _is_body("Kommunene")
    (True, True, True, False)
    >>> _is_body("Strategisk samarbeidsutvalg"), _is_body("Leder for utvalget")
    (True, False)
    """
    return any(map(pattern("body_nouns", "any").fullmatch, who.split()[:2])) or bool(
        _ABBREVIATED.fullmatch(who.strip())
    )


def names_no_task(who: str, rest: str) -> bool:
    """Whether the sentence is a notice of the meeting: "Forfall meldes …", "legges frem uten forslag til vedtak"."""
    return bool(begins("notices").match(who.strip()) or _inside("without_proposal").search(rest))


@cache
def _inside(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern('duty_phrases', name).pattern}\b", re.IGNORECASE)
