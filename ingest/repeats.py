"""The same text twice in one file: the minutes as exported, and behind them the scan of the signed copy.

The copy stays a document that can be opened and searched, but :attr:`models.layout.LogicalDocument.repeats` says whose
text it repeats, so that its cases are not taken for new ones. Of the two, the copy is the one that was scanned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from models.layout import File, LogicalDocument, page_texts
from models.page import Page

SAME_SCAN = 0.85  # of the words in the same order: recognition loses some, signatures and stamps add some
SAME = 0.98  # where both are exported: two reports on one plan can be alike in nine words of ten
SAME_PAGE = 0.8
FEWEST = 30  # words: less is alike by chance
WORDS = re.compile(r"[^\W_]+")
NUMBERS = re.compile(r"\d+")


def begin_copies(file: File) -> Iterator[int]:
    """The scanned pages on which a copy of earlier pages begins.

    A signed copy looks like the pages that it repeats and brings no fonts of its own, so nothing else shows its seam.
    """
    texts = [_page_words(page) for page in file.pages] if any(page.scanned for page in file.pages) else []
    before: int | None = None
    for at, page in enumerate(file.pages):
        same = _repeated_page(texts, at) if page.scanned else None
        if same is not None and (before is None or same != before + 1):
            yield page.number
        before = same


def _repeated_page(texts: Sequence[Sequence[str]], at: int) -> int | None:
    """The first page before ``at`` with the same text, both counted from 0."""
    return next((i for i in range(at) if alike(texts[at], texts[i]) >= SAME_PAGE), None)


def with_repeats(documents: Sequence[LogicalDocument], file: File) -> list[LogicalDocument]:
    """The documents of a file, those that repeat another one's text marked with its number."""
    scanned = frozenset(page.number for page in file.pages if page.scanned)
    texts = [_document_words(document) for document in documents]
    shares = [_scanned_share(document, scanned) for document in documents]
    order = sorted(range(len(documents)), key=lambda n: (shares[n], n))
    found: dict[int, int] = {}
    for at, n in enumerate(order):
        limit = SAME_SCAN if shares[n] > 0 else SAME
        originals = (m for m in order[:at] if m not in found and documents[m].kind == documents[n].kind)
        original = next((m for m in originals if _repeats(texts[n], texts[m], limit)), None)
        if original is not None:
            found[n] = original
    return [
        replace(document, repeats=documents[found[n]].n) if n in found else document
        for n, document in enumerate(documents)
    ]


def _repeats(words: Sequence[str], original: Sequence[str], limit: float) -> bool:
    """Whether a text is another's, its numbers included: a form filled in twice differs in dates and figures."""
    numbers, others = ([w for w in text if NUMBERS.fullmatch(w)] for text in (words, original))
    return alike(words, original) >= limit and (not others or alike(numbers, others, fewest=0) >= limit)


def alike(words: Sequence[str], others: Sequence[str], fewest: int = FEWEST) -> float:
    """The share of words that two texts have in the same order; 0 for texts too short to compare.

    >>> alike("saken tas til orientering".split(), "saken tas til orienterinq".split(), fewest=2)
    0.75
    """
    if min(len(words), len(others)) < fewest:
        return 0.0
    return float(Indel.normalized_similarity(words, others))


def _scanned_share(document: LogicalDocument, scanned: frozenset[int]) -> float:
    first, last = document.pages or (1, 1)
    return sum(page in scanned for page in range(first, last + 1)) / (last - first + 1)


def _document_words(document: LogicalDocument) -> list[str]:
    return WORDS.findall("\n".join(page_texts(document).values()).casefold())


def _page_words(page: Page) -> list[str]:
    return WORDS.findall(" ".join(word.text for word in page.words).casefold())
