"""How well a reading agrees with gold: right, extra and missed values field by field, and their F1.

Both sides have the extraction format (``docs/format.md``). Rows are paired first, then their values are compared; what
stands in a row that one side lacks is missed, or extra, with it. Texts may differ as careful readers' copies do: in
white space, case, hyphens, quotation marks and a tenth of the letters. ``exact`` allows no different letter.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bench.alike import NAME, alike
from bench.score_fields import DOCUMENT, WHERE_READ, Row, Rows, Same, Value, rows_of, same_value


@dataclass(slots=True)
class Tally:
    """Values by field."""

    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    """Each disagreement in words."""

    def add(self, other: Tally) -> None:
        for mine, theirs in zip(self._counts(), other._counts(), strict=True):
            mine.update(theirs)
        self.misses.extend(other.misses)

    def _counts(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        return self.right, self.extra, self.missed

    def f1(self, *fields: str) -> float | None:
        """F1 of fields taken together, None where neither side has a value.

        >>> Tally(Counter(title=3), Counter(title=1), Counter(date=2)).f1("title")
        0.8571428571428571
        """
        right, extra, missed = (sum(counts[name] for name in fields) for counts in self._counts())
        return 2 * right / (2 * right + extra + missed) if right + extra + missed else None

    def fields(self) -> list[str]:
        return sorted({name for counts in self._counts() for name, count in counts.items() if count})

    def mean(self) -> float:
        """The plain mean of the fields' F1; 0 where there is none.

        >>> Tally(Counter(title=1), Counter(), Counter(date=1)).mean()
        0.5
        """
        figures = [figure for name in self.fields() if (figure := self.f1(name)) is not None]
        return sum(figures) / len(figures) if figures else 0.0


def compare(gold: Row, found: Row, *, text: Callable[..., bool] = alike) -> Tally:
    """One file's reading against its gold.

    ``gold["optional"]`` may hold rows that are neither required nor wrong.

    >>> gold = {"documents": [{"kind": "minutes", "title": "Referat SSU", "pages": [1, 2]}]}
    >>> compare(gold, {"documents": [{"kind": "agenda", "title": "Referat SSU", "pages": [1, 2]}]}).misses
    ['document: want minutes 1, got agenda 1']
    """
    tally = Tally()
    pairs = _paired_documents(gold.get("documents") or [], found.get("documents") or [])
    _count_documents(tally, gold.get("documents") or [], found.get("documents") or [], pairs, text)
    for rows in rows_of(text):
        wanted = _placed(gold, rows.key, {i: i for i in range(len(gold.get("documents") or []))})
        got = _placed(found, rows.key, {j: i for i, j in pairs.items()})
        spare = _placed(gold.get("optional") or {}, rows.key, {i: i for i in range(len(gold.get("documents") or []))})
        _count_rows(tally, rows, wanted, got, spare)
    return tally


def _placed(side: Row, key: str, documents: Mapping[int, int]) -> list[Row]:
    """The rows of a list; ``_document`` is the place of their document among the gold's, -1 where gold has none."""
    return [{**row, "_document": documents.get(row.get("document", 0), -1)} for row in side.get(key) or []]


def _paired_documents(gold: Sequence[Row], found: Sequence[Row]) -> dict[int, int]:
    """Which document is which: best by pages, then by kind and title."""
    likeness = sorted(
        ((_likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    pairs: dict[int, int] = {}
    for points, i, j in likeness:
        if points >= 0.5 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _likeness(gold: Row, found: Row) -> float:
    kind = 0.6 if gold.get("kind") == found.get("kind") else 0.0
    title = 0.3 if alike(gold.get("title"), found.get("title"), NAME) else 0.0
    return _overlap(gold.get("pages"), found.get("pages")) + kind + title


def _overlap(one: Sequence[int] | None, other: Sequence[int] | None) -> float:
    """The share of their pages that two documents have in common; a DOCX has none."""
    if not one or not other:
        return 1.0 if one == other else 0.5
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]) + 1)


def _count_documents(
    tally: Tally, gold: Sequence[Row], found: Sequence[Row], pairs: Mapping[int, int], text: Callable[..., bool]
) -> None:
    """A document is right when its kind and its first page are."""
    for i, wanted in enumerate(gold):
        got = found[pairs[i]] if i in pairs else {}
        one, other = ((row.get("kind"), (row.get("pages") or [None])[0]) for row in (wanted, got))
        if got and one[0] == other[0] and one[1] in (None, other[1]):
            tally.right["document"] += 1
        else:
            tally.missed["document"] += 1
            tally.extra["document"] += bool(got)
            tally.misses.append(f"document: want {one[0]} {one[1]}, got {other[0]} {other[1]}")
        for name, key, same, share in DOCUMENT:
            _count_value(tally, name, wanted.get(key), got.get(key), same or partial(text, share=share))
    tally.extra["document"] += len(found) - len(pairs)


def _count_rows(tally: Tally, rows: Rows, gold: list[Row], found: list[Row], spare: list[Row]) -> None:
    same = partial(_in_one_document, same=rows.same)
    pairs = _count_bag(tally, rows.field, gold, found, same, spare)
    for value in rows.values:
        if value.lost_with_row:
            lost = [row for i, row in enumerate(gold) if i not in pairs]
            invented = [row for j, row in enumerate(found) if j not in pairs.values()]
            tally.missed[value.field] += sum(len(_listed(row, value)) for row in lost)
            counted = value.many and value.key not in WHERE_READ
            tally.extra[value.field] += sum(len(_listed(row, value)) for row in invented) if counted else 0
        for i, j in pairs.items():
            if value.key in WHERE_READ and value.key not in gold[i]:
                continue
            if value.many:
                _count_bag(tally, value.field, _listed(gold[i], value), _listed(found[j], value), value.same)
            else:
                _count_value(tally, value.field, gold[i].get(value.key), found[j].get(value.key), value.same)


def _in_one_document(wanted: Row, found: Row, same: Callable[[Row, Row], bool]) -> bool:
    return wanted["_document"] == found["_document"] and same(wanted, found)


def _listed(row: Row, value: Value) -> list[Any]:
    held = row.get(value.key)
    return list(held or []) if value.many else [held] if held else []


def _count_value(tally: Tally, name: str, wanted: object, found: object, same: Same) -> None:
    if wanted and found and same(wanted, found):
        tally.right[name] += 1
    elif wanted or found:
        tally.missed[name] += bool(wanted)
        tally.extra[name] += bool(found)
        tally.misses.append(f"{name}: want {wanted!r}, got {found!r}")


def _count_bag(
    tally: Tally, name: str, gold: Sequence[Any], found: Sequence[Any], same: Same, spare: Iterable[Any] = ()
) -> dict[int, int]:
    """Pair two bags, equal ones first; gives the pairs. What is left and equals a spare one is not extra."""
    left = dict(enumerate(found))
    pairs: dict[int, int] = {}
    for matches in (same_value, same):
        for i, wanted in enumerate(gold):
            hit = next((j for j, got in left.items() if matches(wanted, got)), None) if i not in pairs else None
            if hit is not None:
                pairs[i] = hit
                del left[hit]
    for one in spare:
        hit = next((j for j, got in left.items() if same(one, got)), None)
        if hit is not None:
            del left[hit]
    tally.right[name] += len(pairs)
    tally.missed[name] += len(gold) - len(pairs)
    tally.extra[name] += len(left)
    tally.misses += [f"{name}: missed {_shown(one)}" for i, one in enumerate(gold) if i not in pairs]
    tally.misses += [f"{name}: extra {_shown(one)}" for one in left.values()]
    return pairs


def _shown(value: object) -> str:
    if not isinstance(value, Mapping):
        return repr(value)
    keys = ("number", "title", "name", "presence", "date", "actor", "action", "target", "target_date", "text")
    return repr({key: value[key] for key in keys if value.get(key)})


def gold_of(path: Path) -> dict[str, Any]:
    """A gold file with its optional rows; ``source`` names the document beside it."""
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    optional = path.with_name(path.name.replace(".gold.json", ".gold-optional.json"))
    return gold | {"optional": json.loads(optional.read_text(encoding="utf-8")) if optional.exists() else {}}


def golds_in(folder: Path) -> Iterator[Path]:
    """The gold files below a folder, in sorted order."""
    yield from sorted(folder.rglob("*.gold.json"))
