"""What a decision says: approved, noted, postponed … The formula that stands first in the text decides."""

from __future__ import annotations

import re
from functools import cache

from models.dates import DATE
from models.records import Outcome
from models.words import pattern, sections, words

QUOTED = re.compile(r"«[^«»]*»|“[^”]*”|\"[^\"]*\"")
# A verb in the passive orders work where no formula says otherwise: "Resultatene gjøres kjent", nynorsk "leggjast".
PASSIVE = re.compile(
    r"\b(?!(?:finn|syn|lykk|triv|minn|møt|end|kall|hett|hand|felles|ung|all|deres|tilbak)es\b|felles\b|deres\b)[a-zæøå]{3,}(?:es|ast)\b"
)
# Somebody named does something in the present tense: "Kari Dal svarer skriftlig", nynorsk "Kari Dal svarar".
ACTOR_ACTS = re.compile(
    r"[A-ZÆØÅ][\w.-]*(?:\s+(?:[A-ZÆØÅ][\w.-]*|og|i|for))*\s+"
    r"(?!(?:et|ov|und|ell|h|d|m|p|v|bak|mell|sid|led|møt|sak)t?er\b|etter\b|har\b|var\b)[a-zæøå]+[ea]r\b"
)
# The body itself asks or empowers: a decision also where no label stands before it.
BODY_ASKS = re.compile(
    r"(?:[A-ZÆØÅ]{2,6}|[A-ZÆØÅ]?\w*(?:utvalget|utvalet|styret|rådet|møtet))\s+(?:ber|bed|bad|ba|gir|gav|ga|delegerer|pålegger)\b"
)
# A date or the next meeting, by which something is to be done.
DUE = re.compile(
    DATE.pattern + r"|\binn[ea]n\b|\bneste\s+møte\b|\bfør\s+(?:jul|påske|sommer\w*|ferien|nyttår)\b", DATE.flags
)
SHORT = 30  # words: the unlabelled decision that ends a case is one short sentence


@cache
def _formulas() -> list[tuple[Outcome, re.Pattern[str]]]:
    """Each outcome's formulas as one pattern; ``*`` by itself stands for up to six words."""
    found: list[tuple[Outcome, re.Pattern[str]]] = []
    for outcome, phrases in sections("outcome_formulas").items():
        bodies = [_body(phrase) for phrase in sorted(phrases, key=len, reverse=True)]
        found.append((outcome, re.compile(r"(?<!\w)(?:" + "|".join(bodies) + r")(?!\w)", re.IGNORECASE)))  # type: ignore[arg-type]
    return found


def _body(phrase: str) -> str:
    parts = [r"(?:\S+\s+){0,5}?\S+" if w == "*" else re.escape(w).replace(r"\*", r"\w*") for w in phrase.split()]
    return r"\s+".join(parts)


def outcome_of(text: str) -> Outcome | None:
    """The outcome that a decision's text states; None where it holds no formula.

    What stands in quotation marks is somebody else's decision.

    >>> outcome_of("Merknaden tas til orientering og settes opp som sak"), outcome_of("Saken ble utsatt til 22.9.22")
    ('noted', 'postponed')
    >>> outcome_of("Sekretariatet sender ut forslaget"), outcome_of("Protokollen vert godkjend")
    ('mandated', 'approved')
    >>> outcome_of("Forslaget «Planen godkjennes» ble ikke vedtatt"), outcome_of("Ny leder begynner 1.9.22")
    ('rejected', None)
    """
    if pattern("unlabelled_decisions", "nothing").fullmatch(text.strip(" .!")):
        return "none"
    bare = QUOTED.sub(lambda m: " " * len(m[0]), text)
    found = [
        (match.start(), -match.end(), outcome)
        for outcome, formula in _formulas()
        if (match := formula.search(bare)) is not None
    ]
    if not found:
        acts = ACTOR_ACTS.match(bare)
        orders = acts and acts[0].split()[-1].casefold() not in words("duty_verbs", "none")
        return "mandated" if PASSIVE.search(bare) or orders else None
    found = [one for one in found if one[2] != "none"] or found  # "Ingen merknader. Godkjent."
    _, end, outcome = min(found)
    negated = [o for s, e, o in found if o == "rejected" and s <= -end + 12]
    return "rejected" if negated and outcome in ("approved", "supported") else outcome


def closes(text: str, *, mandates: bool = False) -> bool:
    """Whether a text is a decision by itself, without a label: one short sentence with a formula other than a
    mandate, or one in which the body itself asks somebody. With ``mandates`` an order with a date counts too: in
    minutes that label no decision at all.

    >>> closes("Saken ble utsatt til 22.9.22"), closes("Godkjent ved akklamasjon."), closes("NN orienterte om status")
    (True, True, False)
    >>> closes("SSU ber sekretariatet om å skrive et brev")
    True
    """
    if len(text.split()) > SHORT or text.endswith((":", "?")) or _reported().search(text):
        return False
    outcome = outcome_of(text)
    if _weak().search(text) and not _of_case().search(text):
        return False
    if outcome == "mandated" and mandates and DUE.search(text):
        return True
    return outcome not in (None, "mandated") or bool(BODY_ASKS.match(text))


@cache
def _weak() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern('unlabelled_decisions', 'weak').pattern})\b", re.IGNORECASE)


@cache
def _of_case() -> re.Pattern[str]:
    """What a weak word is said of, where it settles the case: "Saken utgår", not "Kafeen utgår"."""
    return re.compile(rf"\b(?:{pattern('unlabelled_decisions', 'of').pattern})\b", re.IGNORECASE)


@cache
def _reported() -> re.Pattern[str]:
    """What somebody only told the meeting: "Det ble opplyst at Nordvik vedtok planen"."""
    return re.compile(rf"\b(?:{pattern('reported', 'any').pattern})\b", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a full stop in a date, a number or a usual abbreviation ends none.

    >>> sentences("NN orienterte om bl.a. status pr. 22.9. og plan. Saken tas til orientering.")
    ['NN orienterte om bl.a. status pr. 22.9. og plan.', 'Saken tas til orientering.']
    """
    return [s.strip() for s in re.split(r"(?<![\d.][\d.])(?<!\b\w)(?<=[.!?»])\s+(?=[A-ZÆØÅ«])", text) if s.strip()]
