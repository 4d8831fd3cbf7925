"""Status reports on a plan: a heading or ticked line for each measure, and under it goals and "Resultat/ status:".

Which lines are the measures' names the report shows itself: the kind of line (a list mark, or a face) that stands in
most of the stretches between one status label and the next. Two names above one text share it; a name without a status
is kept when it stands among those with one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise, takewhile

from extract.plans.drafts import Draft
from extract.plans.headings import is_frame, is_heading, names_plan, rank, titled, usual_size
from extract.plans.labels import Part, label_field, parts, said
from extract.sentences import ENDS
from models.layout import Block, Paragraph
from models.layout import paragraphs as all_paragraphs

Kind = tuple[str, ...]
"""What makes lines alike: their list mark, or style, size and weight."""

LONGEST = 60  # characters of a sub-project's name under a status label


def status_drafts(blocks: Sequence[Block]) -> list[Draft]:
    """The measures that a report gives the status of, in order; none where it has no status labels.

    >>> lines = [Paragraph("Barn og unge", bold=True), Paragraph("Ambulant team", label="✓"), Paragraph("Status:"),
    ...     Paragraph("Teamet er i gang. To er ansatt."), Paragraph("Annet", label="✓")]
    >>> [(d.title[0].text, d.values["group"][0].text, len(d.values["status"])) for d in status_drafts(lines)]
    [('Ambulant team', 'Barn og unge', 1), ('Annet', 'Barn og unge', 0)]
    """
    lines = [p for p in all_paragraphs(tuple(blocks)) if p.text.strip()]
    usual = usual_size(blocks)
    labels = [n for n, line in enumerate(lines) if said(line).field == "status"]
    kind = _name_kind(lines, labels, usual)
    if kind is None:
        return []
    names = [n for n, line in enumerate(lines) if _kind(lines, n, usual) == kind and not _is_label(line)]
    first = next((max(above) for label in labels if (above := [n for n in names if n < label])), None)
    if first is None:
        return []
    while first - 1 in names:
        first -= 1
    return list(_drafts(lines, [n for n in names if n >= first], kind, usual))


def _name_kind(lines: Sequence[Paragraph], labels: Sequence[int], usual: float) -> Kind | None:
    """The kind of line in most stretches before a status label; of equals the one that opens them."""
    votes: Counter[Kind] = Counter()
    openings: Counter[Kind] = Counter()
    for start, end in pairwise([-1, *labels]):
        kinds = [None if _is_label(lines[n]) else _kind(lines, n, usual) for n in range(start + 1, end)]
        votes.update({kind for kind in kinds if kind})
        run = list(takewhile(bool, dropwhile(lambda kind: kind is None, kinds)))
        openings.update(kind for kind in run[-1:] if kind)
    return max(votes, key=lambda kind: (votes[kind], openings[kind], kind), default=None)


def _is_label(line: Paragraph) -> bool:
    return label_field(line.text.partition(":")[0]) is not None and not line.label


def _kind(lines: Sequence[Paragraph], n: int, usual: float) -> Kind | None:
    """The kind of a line that could name a measure: a list mark without a sentence behind it, or a heading's face."""
    line = lines[n]
    if line.label and not line.label[:1].isdigit() and not line.heading:
        finished = line.text.rstrip().endswith((*ENDS, ";", ",", ":"))
        point = finished or line.text[:1].islower() or _introduced(lines, n)
        return None if point else ("list", line.label, str(line.level))
    if is_heading(line, usual):
        return ("face", str(line.heading), str(round(line.size)), "bold" if line.bold else "")
    return None


def _introduced(lines: Sequence[Paragraph], n: int) -> bool:
    """A list point that a line with a colon introduces is one of that line's points."""
    before = n - 1
    while before >= 0 and lines[before].label == lines[n].label:
        before -= 1
    return before >= 0 and lines[before].text.rstrip().endswith(":") and not is_heading(lines[before], 0.0)


def _drafts(lines: Sequence[Paragraph], names: Sequence[int], kind: Kind, usual: float) -> Iterator[Draft]:
    group: Paragraph | None = None
    waiting: list[Paragraph] = []
    stops = [n for n, line in enumerate(lines) if _groups(line, lines[names[0]], kind, usual)]
    ends = sorted({*names, *stops, len(lines)})
    for n, end in pairwise(ends):
        if n in stops:
            group = None if is_frame(lines[n]) or names_plan(lines[n].text) else titled(lines[n])
            waiting = []
        elif n >= names[0] and not (kind[0] == "face" and is_frame(lines[n])):
            waiting.append(lines[n])
            if end > n + 1 or end not in names:
                for name in waiting:
                    yield from _section(name, group, lines[n + 1 : end])
                waiting = []


def _groups(line: Paragraph, name: Paragraph, kind: Kind, usual: float) -> bool:
    """A heading above the measures' names: any where these are list points, else one of a higher rank."""
    if _is_label(line) or not is_heading(line, usual):
        return False
    return kind[0] == "list" or rank(line) < rank(name)


def _section(name: Paragraph, group: Paragraph | None, body: Sequence[Paragraph]) -> Iterator[Draft]:
    """The measures of a section: one for each goal with a status, and the sub-projects that share one label."""
    above = {"group": [group] if group else []}
    found = parts(body)
    for part in found:
        yield Draft([titled(name)], {**part.values, **above, "status": _sentences(part)})
    for part in found:
        for line, text in _sub_projects(part):
            yield Draft([line], {**above, "status": [text]})


def _sentences(part: Part) -> list[Paragraph]:
    """The status without the names of sub-projects above its text."""
    names = {id(line) for line, _ in _pairs(part)}
    return [p for p in part.values.get("status", []) if id(p) not in names]


def _sub_projects(part: Part) -> list[tuple[Paragraph, Paragraph]]:
    """Two or more short lines under one status label, each with its own text below."""
    pairs = _pairs(part)
    return pairs if len(pairs) > 1 else []


def _pairs(part: Part) -> list[tuple[Paragraph, Paragraph]]:
    status = part.values.get("status", [])
    return [(line, text) for line, text in pairwise(status) if _is_name(line) and not _is_name(text) and not text.label]


def _is_name(line: Paragraph) -> bool:
    text = line.text.rstrip()
    return not line.label and len(text) <= LONGEST and text[:1].isupper() and not text.endswith((*ENDS, ":", ",", ";"))
