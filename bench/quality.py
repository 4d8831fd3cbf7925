"""How well documents are read, layout by layout, against gold that readers wrote: ``docs/quality.md``.

    python bench/quality.py [--misses] [--check] [FOLDER ...]

Without folders the demonstration documents and ``tests/layouts`` are read and ``docs/quality.md`` is written anew from
what was found; figures for documents in ``../shared/seeds`` beside the checkout, where there are any, are printed only.
With folders their figures are printed and nothing is written. ``--misses`` names every disagreement, ``--check`` writes
nothing and ends with 1 where a figure is lower than the stored one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extract  # noqa: E402  (the checkout's packages are found through the line above)
import ingest  # noqa: E402
from bench.score import Tally, compare, gold_of, golds_in  # noqa: E402
from models.labels import DOCUMENT_KINDS  # noqa: E402
from models.records import as_format  # noqa: E402

COLLECTIONS = {
    "Demonstrasjonsdokumentene": ROOT / "corpus" / "documents",
    "Oppsett i samarbeid": ROOT / "tests" / "layouts" / "collaboration",
    "Andre oppsett": ROOT / "tests" / "layouts" / "other",
    "Papirer fra mange organer": ROOT / "tests" / "layouts" / "bodies",
}
UNSEEN = {"Oppsett som ingen regel er skrevet etter": ROOT / "tests" / "layouts" / "unseen"}
"""Layouts that nobody looks at while rules are written: how well a body is read that has never been seen."""
BESIDE = ROOT.parent / "shared" / "seeds"
"""Documents that are no part of the project."""
PAGE = ROOT / "docs" / "quality.md"
MARKED = re.compile(r"(?<=<!-- from the code -->\n).*?(?=<!-- end -->)", re.DOTALL)
GROUPS = {
    "dokument": "document",
    "møte": "meeting",
    "fremmøte": "attendance",
    "sak": "case",
    "forslag og vedtak": "decision",
    "ansvar": "responsibility",
    "henvisning": "reference",
    "tiltak": "measure",
    "innspill": "input_point",
}
"""Columns, each with what its fields' names begin with."""
Cell = tuple[str, str, str]
"""A figure's section, row and column."""
SCANNED = "skannet"
"""In the names of files that need OCR: what is read depends on the machine's tesseract."""


class Layout(NamedTuple):
    """A document with gold, and how it was read."""

    name: str
    kinds: str
    """The kinds of its documents, in Norwegian."""
    tally: Tally


def reading(path: Path) -> dict[str, Any]:
    """What ``sakspor extract`` prints of a file, read in this process."""
    found = as_format(path.name, [extract.records(document) for document in ingest.split(ingest.read(path))])
    whole: dict[str, Any] = json.loads(json.dumps(found))
    return whole


def layouts(folder: Path, read: Callable[[Path], dict[str, Any]] = reading) -> Iterator[Layout]:
    """The documents with gold below a folder, those that need OCR left out."""
    for path in golds_in(folder):
        if SCANNED not in path.name:
            gold = gold_of(path)
            kinds = dict.fromkeys(DOCUMENT_KINDS[one["kind"]] for one in gold["documents"])
            found = read(path.parent / gold["source"])
            yield Layout(gold["source"], ", ".join(kinds).lower(), compare(gold, found))


def figures(tally: Tally) -> list[float | None]:
    """The mean of the fields and the F1 of each group of :data:`GROUPS`."""
    mean = tally.mean() if tally.fields() else None
    return [mean, *(tally.f1(*_fields(tally, prefix)) for prefix in GROUPS.values())]


def _fields(tally: Tally, prefix: str) -> list[str]:
    return [name for name in tally.fields() if name.partition(".")[0] == prefix]


def together(found: Iterable[Layout]) -> Tally:
    """The values of several documents as one tally."""
    total = Tally()
    for layout in found:
        total.add(layout.tally)
    return total


def tables(collections: Mapping[str, list[Layout]]) -> Iterator[str]:
    """The page's tables: what rules were mended after, field by field and document by document, then the unseen."""
    seen = {name: found for name, found in collections.items() if name not in UNSEEN}
    yield "## Felt for felt\n"
    yield from _by_field(one for found in seen.values() for one in found)
    for name, found in collections.items():
        yield f"\n## {name}\n"
        if name in UNSEEN:
            yield from (*_by_field(found), "")
        yield from _by_document(found)


def _by_field(found: Iterable[Layout]) -> Iterator[str]:
    total = together(found)
    yield "| felt | F1 | riktige | for mye | mangler |\n|---|---|---|---|---|"
    for name in total.fields():
        counts = (total.right[name], total.extra[name], total.missed[name])
        yield f"| `{name}` | {shown(total.f1(name))} | {' | '.join(map(str, counts))} |"
    yield f"| alle felt (gjennomsnitt) | {shown(total.mean())} | | | |"


def _by_document(found: list[Layout]) -> Iterator[str]:
    yield f"| fil | dokumenttyper | samlet | {' | '.join(GROUPS)} |"
    yield "|---" * (len(GROUPS) + 3) + "|"
    for layout in found:
        yield f"| `{layout.name}` | {layout.kinds} | {' | '.join(map(shown, figures(layout.tally)))} |"
    yield f"| alle {len(found)} | | {' | '.join(map(shown, figures(together(found))))} |"


def shown(figure: float | None) -> str:
    """A figure with three decimals, cut off and not rounded up: 1.000 says that nothing is wrong.

    >>> shown(1.0), shown(0.99999), shown(None)
    ('1.000', '0.999', '')
    """
    return "" if figure is None else f"{int(figure * 1000 + 1e-9) / 1000:.3f}"


def stored(page: str) -> dict[Cell, float]:
    """The figures of a page.

    >>> stored("## Mine\\n| fil | dokumenttyper | samlet | sak |\\n|---|---|---|---|\\n| `a.pdf` | | 0.990 | |\\n")
    {('Mine', 'a.pdf', 'samlet'): 0.99}
    """
    kept: dict[Cell, float] = {}
    section: str = ""
    heading: list[str] | None = None
    for line in page.splitlines():
        section = line[3:] if line.startswith("## ") else section
        cells = [cell.strip(" `") for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            heading = None
        elif cells[0] in ("fil", "felt"):
            heading = cells
        elif heading and set(cells[0]) != {"-"}:
            named = zip(heading[1:], cells[1:], strict=True)
            kept |= {(section, cells[0], name): float(cell) for name, cell in named if re.fullmatch(r"\d\.\d{3}", cell)}
    return kept


def lower(before: Mapping[Cell, float], now: Mapping[Cell, float]) -> list[str]:
    """The figures that fell, in words; a document that is gone has none to compare.

    >>> lower({("Mine", "a.pdf", "sak"): 1.0, ("Mine", "b.pdf", "sak"): 0.5}, {("Mine", "a.pdf", "sak"): 0.8})
    ['a.pdf, sak: 1.000 -> 0.800']
    """
    return [
        f"{cell[1]}, {cell[2]}: {figure:.3f} -> {now[cell]:.3f}"
        for cell, figure in before.items()
        if now.get(cell, figure) < figure
    ]


def renewed(page: str, collections: Mapping[str, list[Layout]]) -> str:
    """The page with these tables instead of its own."""
    lines = "\n".join(tables(collections))
    return MARKED.sub(lambda _: f"{lines}\n", page, count=1)


def main() -> int:
    """Read, print and keep what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    named = {str(folder): folder for folder in asked.folders}
    beside = {"Ved siden av": BESIDE} if BESIDE.is_dir() else {}
    found = {name: list(layouts(folder)) for name, folder in (named or COLLECTIONS | UNSEEN | beside).items()}
    for name, collection in found.items():
        _print(name, collection, misses=asked.misses)
    if asked.folders:
        return 0
    page = PAGE.read_text(encoding="utf-8")
    fresh = renewed(page, {name: found[name] for name in COLLECTIONS | UNSEEN})
    fallen = lower(stored(page), stored(fresh))
    print("\n".join(["", *fallen]) if fallen else "\nIngen tall har falt.")
    if not asked.check:
        PAGE.write_text(fresh, encoding="utf-8")
    return 1 if fallen and asked.check else 0


def _print(name: str, found: list[Layout], *, misses: bool) -> None:
    """The unseen layouts' misses are not named: a rule that is written after one makes it a seen layout."""
    misses = misses and name not in UNSEEN
    print(f"\n{name}")
    for layout in found:
        print(f"{shown(layout.tally.mean())}  {layout.name}")
        for miss in layout.tally.misses if misses else ():
            print(f"         {miss}")
    total = together(found)
    print(f"{shown(total.mean())}  {len(found)} filer, {len(total.fields())} felt (gjennomsnitt)")


if __name__ == "__main__":
    sys.exit(main())
