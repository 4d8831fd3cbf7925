"""When two copies of a text are the same, as careful readers copy: who scores a reading asks here."""

from __future__ import annotations

import re
from unicodedata import normalize

from rapidfuzz.fuzz import ratio

LETTERS = 0.9
"""Share of letters in which two copies of a text agree; titles and names of places are copied more freely."""
TITLE, NAME, PHRASE = 0.85, 0.8, 0.75


def folded(text: object) -> str:
    """A text without the differences of printing.

    >>> folded("  Møteplan – «2025» for  samarbeids- utvalget. ")
    'møteplan - "2025" for samarbeids-utvalget'
    """
    plain = normalize("NFKC", str(text or "")).replace("\u00ad", "")
    plain = re.sub(r"[‐-―]", "-", plain)
    plain = re.sub(r"[«»“”„]", '"', plain).replace("’", "'").replace("‘", "'")
    plain = re.sub(r"-\s+(?=[a-zæøå])", "-", " ".join(plain.split()).casefold())
    return plain.strip(" .:;,•-*") if len(plain) > 2 else plain


def alike(wanted: object, found: object, share: float = LETTERS) -> bool:
    """Whether two texts are copies of one; a text that ends in "…" is the beginning of one.

    >>> alike("Referatet godkjennes", "Referatet god-kjennes."), alike("Referatet godkjennes", "Referatet avvises")
    (True, False)
    >>> alike("Saken tas …", "Saken tas til orientering")
    True
    """
    first, second = folded(wanted), folded(found)
    if str(wanted or "").endswith("…"):
        second = second[: len(first)]
    bare = [re.sub(r"[\s-]", "", text) for text in (first, second)]
    if bare[0] == bare[1]:
        return True
    return all(bare) and ratio(*bare) >= 100 * share


def exact(wanted: object, found: object, share: float = 1.0) -> bool:
    """Whether two texts have the same letters, whatever share of them would do.

    >>> exact("Referatet godkjennes.", "referatet godkjennes"), exact("Referatet godkjennes", "Referat godkjennes")
    (True, False)
    """
    return folded(wanted) == folded(found)


def same_name(wanted: object, found: object) -> bool:
    """Names letter by letter, however they are spaced and hyphenated."""
    first, second = (re.sub(r"[\s.,-]", "", folded(name)) for name in (wanted, found))
    return bool(first) and first == second
