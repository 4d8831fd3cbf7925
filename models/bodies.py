"""One body, one name: the abbreviation by which the series of its cases is known."""

from __future__ import annotations

import re

from models.words import pattern, sections


def body_name(printed: str) -> str:
    """A body by its abbreviation where it prints one in brackets or is one that every health community has.

    One body goes by one name, so that "Innkalling SSU" and "Referat fra Strategisk samarbeidsutvalg" are of the same
    series.

    >>> body_name("Partnerskapsmøtet"), body_name("Samordningsrådet (SR)"), body_name("Eldrerådet")
    ('PM', 'SR', 'Eldrerådet')
    """
    printed = printed.strip(" ,–-")
    bracketed = re.search(r"\(([A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ]{2,4})?)\)\s*$", printed)
    if bracketed:
        return bracketed[1]
    explained = re.fullmatch(r"([A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ]{2,6})?)\s*\([^()]+\)", printed)
    if explained:
        return explained[1]
    known = (short for short in sections("body_names") if pattern("body_names", short).fullmatch(printed))
    return next(known, printed)
