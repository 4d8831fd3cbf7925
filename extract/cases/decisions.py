"""A case's paragraphs to its proposals and decisions, point by point.

Labels ("Forslag til konklusjon", "Vedtak:") open a section, the next label or heading closes it; each paragraph,
bullet or lettered point in it is a point. Without a label the decision is the last short sentence of the case.
"Enstemmig vedtatt" alone adopts the proposal above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from extract.cases.lines import ends_cases
from extract.cases.meeting_sections import case_sections, is_change
from extract.cases.outcomes import DUE, SHORT, closes, outcome_of, sentences
from extract.cases.sections import Section, label_of, opens_decision
from extract.duties.duties import duties
from extract.evidence import evidence, gathered
from extract.votes.reading import adopts_by_vote, clauses, says_only_votes
from models.layout import Paragraph
from models.records import Decision, Outcome, Stage
from models.words import pattern

GIVEN_NAME = 6  # letters of a name that ends as a definite noun does
TITLED: tuple[Outcome, ...] = ("approved", "elected")


def decisions(
    paragraphs: Sequence[Paragraph],
    *,
    adopts: bool,
    conclusion: Sequence[Paragraph] = (),
    labelled: bool = True,
    title: str = "",
) -> tuple[Decision, ...]:
    """The proposed and adopted points of a case.

    ``adopts``: the document is minutes, so what stands under "Konklusjon" or "Vedtak" was decided; in an agenda or a
    memo it was not. ``conclusion`` holds the cells of a column for decisions. ``labelled``: these minutes label
    decisions somewhere, so that an order without a label is only reported. ``title``: the case's, which may say that
    something is to be approved or somebody elected.

    >>> texts = ["Forslag til vedtak", "Planen godkjennes", "Vedtak", "Enstemmig vedtatt"]
    >>> [(d.stage, d.text, d.by_reference) for d in decisions([Paragraph(t) for t in texts], adopts=True)]
    [('proposed', 'Planen godkjennes', False), ('adopted', 'Planen godkjennes', True)]
    """
    cut = case_sections(paragraphs, adopts=adopts)
    proposed = list(_points(cut, "proposed"))
    adopted = [*_points(cut, "adopted"), *conclusion_points(conclusion)] if adopts else []
    if adopts and not any(section.name == "adopted" for section in cut) and not adopted:
        proposed = proposed or _moved(cut)
        adopted = list(_voted(cut) if proposed else ()) or list(_unlabelled(cut, title, mandates=not labelled))
    return (*_records("proposed", proposed), *_adopted(adopted, proposed))


def conclusion_points(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        label = label_of(paragraph)
        if label is None:
            yield paragraph
        elif label[1]:
            yield replace(paragraph, text=label[1], lead="")


def _points(cut: Sequence[Section], name: str) -> Iterator[Paragraph]:
    for section in cut:
        if section.name == name:
            for paragraph in _as_changed(section.paragraphs) if name == "adopted" else section.paragraphs:
                if ends_cases(paragraph) and not (name == "adopted" and paragraph is section.paragraphs[0]):
                    return  # right below the label "Leder: Kari Nord" is who was elected
                if paragraph.text and not _introduces(paragraph) and not (name == "proposed" and _is_none(paragraph)):
                    yield paragraph


def _as_changed(points: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The points behind "Det ble gjort en justering av vedtaket:", where that is told; else all."""
    at = next((n for n, p in enumerate(points[:-1]) if is_change(p)), None)
    return points if at is None else points[at + 1 :]


def _is_none(paragraph: Paragraph) -> bool:
    """What stands in place of a proposal: "Saken legges frem uten innstilling"; or how much is attached to it."""
    if _attached().fullmatch(paragraph.text):
        return True
    return bool(pattern("decision_heads", "nothing").search(paragraph.text)) and len(paragraph.text.split()) <= 12


@cache
def _attached() -> re.Pattern[str]:
    return re.compile(rf"\(?\d{{0,2}}\s*{pattern('attachment_words', 'one').pattern}\)?[.:]?", re.IGNORECASE)


def _introduces(paragraph: Paragraph) -> bool:
    """A line that only leads to the points: "Styret fatter følgende vedtak:"."""
    leads = paragraph.text.endswith(":") and bool(pattern("decision_intros", "any").search(paragraph.text))
    return leads or opens_decision(paragraph.text)


def _voted(cut: Sequence[Section]) -> Iterator[Paragraph]:
    """What stands under "Votering" and adopts the proposal."""
    voted = (p for section in cut if section.name == "votes" for p in section.paragraphs)
    return (p for p in voted if adopts_by_reference(p.text))


def _moved(cut: Sequence[Section]) -> list[Paragraph]:
    """The only proposal that somebody made in the meeting, where it was carried."""
    moved = [section for section in cut if section.name == "moved"]
    return list(moved[0].paragraphs) if len(moved) == 1 and any(_voted(cut)) else []


def _unlabelled(cut: Sequence[Section], title: str, *, mandates: bool) -> Iterator[Paragraph]:
    """The last sentences of the case where they are decisions by themselves; behind them may stand how it was voted.

    In a case that is titled "Godkjenning av …" or "Valg av …" such a sentence may have others behind it.
    """
    names = (None, "treatment", "votes", "moved", "background")
    texts = [p for s in cut if s.name in names for p in s.paragraphs if not ends_cases(p)]
    while texts and says_only_votes(texts[-1].text) and not closes(texts[-1].text):
        texts.pop()
    found: list[Paragraph] = []
    for paragraph in reversed(texts):
        ending = _ending(paragraph.text, mandates=mandates, orders=not paragraph.label)
        if not ending:
            break
        found.append(paragraph if ending == paragraph.text else replace(paragraph, text=ending, label=None))
        if ending != paragraph.text:
            break
    yield from reversed(found)
    if not found:
        yield from islice(_as_titled(texts, title), 1)


def _ending(text: str, *, mandates: bool, orders: bool) -> str:
    """The last sentences of a text that are decisions by themselves; so are ``orders`` that follow one another."""
    whole = [clause for sentence in sentences(text) for clause in clauses(sentence)]
    ordered = bool(whole) and outcome_of(whole[-1]) == "mandated"
    found: list[str] = []
    if _is_postponed(whole):
        return text
    for sentence in reversed(whole):
        given = closes(sentence, mandates=mandates) or (orders and ordered and is_order(sentence))
        if not given or (outcome_of(sentence) == "mandated") != ordered:
            break
        found.insert(0, sentence)
    return text if len(found) == len(whole) else " ".join(found)


def _is_postponed(whole: Sequence[str]) -> bool:
    """Whether a case is put off, and the sentences behind say only what is to be done until then.

    >>> _is_postponed(["Saken ble utsatt.", "Kari Dal innhenter forslag til neste møte."])
    True
    >>> _is_postponed(["Utgår.", "Settes opp i neste møte."]), _is_postponed(["Kafeen utgår.", "Den settes opp."])
    (True, False)
    """
    if len(whole) < 2 or outcome_of(whole[0]) != "postponed":
        return False
    alone = len(whole[0].split()) == 1  # "Utgår." is said of the case
    return (alone or closes(whole[0])) and all(outcome_of(sentence) == "mandated" for sentence in whole[1:])


def is_order(text: str) -> bool:
    """Whether a sentence says, without a label, what somebody of the meeting does by when.

    >>> is_order("Kari Dal sender brevet innen 1. mai 2031."), is_order("Kari Dal følger opp saken.")
    (True, False)
    >>> is_order("Prosjektet starter 1. mai 2031."), is_order("Kari Dal orienterte om brevet."), is_order("Det haster.")
    (False, False, False)
    """
    if len(text.split()) > SHORT or text.endswith((":", "?")):
        return False
    if _vague().search(text) or not DUE.search(text):
        return False
    found = next(duties(text, stated=True), None)
    return bool(found and found.actor and text.startswith(found.actor) and not _is_thing(found.actor))


@cache
def _vague() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern('unlabelled_decisions', 'vague').pattern})\b", re.IGNORECASE)


def _is_thing(actor: str) -> bool:
    """Whether one word names something rather than somebody: "Prosjektet"; short ones may be given names ("Karen")."""
    definite = " " not in actor and len(actor) > GIVEN_NAME and actor.endswith(("en", "et", "a", "ene", "ane"))
    return definite and not any(
        pattern(section, name).fullmatch(actor)
        for section, name in (("role_words", "alone"), ("body_nouns", "any"), ("actor_words", "nouns"))
    )


def _as_titled(texts: Sequence[Paragraph], title: str) -> Iterator[Paragraph]:
    """The sentences that do what the title says is to be done: approve, elect."""
    wanted = [o for o in TITLED if re.match(pattern("unlabelled_decisions", o).pattern, title, re.IGNORECASE)]
    for paragraph in texts:
        for sentence in sentences(paragraph.text):
            if wanted and closes(sentence) and outcome_of(sentence) in wanted:
                yield replace(paragraph, text=sentence, label=None)


def _adopted(points: Sequence[Paragraph], proposed: Sequence[Paragraph]) -> Iterator[Decision]:
    """The adopted points; those of the proposal where a point adopts it, and what was decided besides.

    How it was voted is no point, unless nothing else is told.
    """
    adopting = [p for p in points if proposed and adopts_by_reference(p.text)]
    own = [p for p in points if p not in adopting and not says_only_votes(p.text)]
    repeated = any(p.text == one.text for p in own for one in proposed)
    first = bool(adopting) and points.index(adopting[0]) < min((points.index(p) for p in own), default=len(points))
    if repeated or not first:  # a vote behind a text of its own is on that text
        yield from _records("adopted", own or points)
        return
    for decision in _records("adopted", [*proposed, *own]):
        by_reference = decision.ordinal <= len(proposed)
        pieces = gathered(decision.evidence, *(evidence("text", p) for p in adopting if by_reference))
        outcome = decision.outcome or ("approved" if by_reference else None)
        yield decision.model_copy(update={"by_reference": by_reference, "evidence": pieces, "outcome": outcome})


def adopts_by_reference(text: str) -> bool:
    """Whether a text adopts the proposal above it without repeating it.

    >>> adopts_by_reference("Enstemmig vedtatt."), adopts_by_reference("Innstillingen ble enstemmig vedtatt")
    (True, True)
    >>> adopts_by_reference("Samrøystes vedteke som rådmannen sitt framlegg")
    True
    >>> [adopts_by_reference(text) for text in ("Innstillingen vedtatt med 6 mot 3 stemmer", "Vedtatt budsjett følges")]
    [True, False]
    >>> adopts_by_reference("Innstillingen ble vedtatt med tillegg om at planen evalueres")
    False
    """
    bare = " ".join(text.strip(" .!:").split())
    phrase = pattern("adopted_by_reference", "phrases").fullmatch(bare)
    return bool(phrase or _by_reference().fullmatch(bare) or adopts_by_vote(text))


@cache
def _by_reference() -> re.Pattern[str]:
    """Adoption, and the proposal before or after it, with at most six other words; nothing else."""
    unanimous, adopted, proposal = (pattern("adoption", name).pattern for name in ("unanimous", "adopted", "proposal"))
    how = rf"(?:(?:{unanimous}),?\s+)?"
    done = rf"(?:(?:ble|blei|vart|vert|er)\s+)?{how}(?:{adopted})(?:\s+(?:{unanimous}))?"
    whose = r"(?:\w+\s+){0,4}?"
    link = r"(?:som|i\s+tr[åa]d\s+med|i\s+samsvar\s+med|i\s+henhold\s+til|jf\.?|lik)\s+"
    return re.compile(
        rf"{whose}(?:{proposal})(?:\s+til\s+\w+)?\s+{done}|{how}{done}(?:\s+{link}{whose}(?:{proposal}))?"
        rf"|{how}vedtak\s+{link}{whose}(?:{proposal})|{how}som\s+{whose}(?:{proposal})(?:\s+til\s+\w+)?(?:,?\s+{how})?",
        re.IGNORECASE,
    )


def _records(stage: Stage, points: Sequence[Paragraph]) -> Iterator[Decision]:
    for ordinal, point in enumerate(points, 1):
        yield Decision(
            stage=stage,
            ordinal=ordinal,
            text=point.text,
            outcome=outcome_of(point.text) if stage == "adopted" else None,
            evidence=gathered(evidence("text", point)),
        )
