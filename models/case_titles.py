"""Case titles that say what kind of case it is, not what it is about."""

from __future__ import annotations

import re

from models.words import pattern


def is_standing(title: str | None) -> bool:
    """Whether a title stands on every agenda, so that it names no matter: approvals of papers, other business.

    >>> is_standing("Godkjenning av innkalling og saksliste"), is_standing("Referat SSU 19.05.22"), is_standing(None)
    (True, True, True)
    >>> is_standing("Godkjenning av samarbeidsavtale"), is_standing("Referatsystem")
    (False, False)
    """
    return not title or bool(re.match(rf"{pattern('case_titles', 'standing').pattern}(?!\w)", title.strip(), re.I))


def is_follow_up_list(title: str | None) -> bool:
    """Whether a title is that of a standing list of what earlier meetings decided.

    >>> is_follow_up_list("2022.40 Oppfølgingsliste"), is_follow_up_list("Oppfølging av vedtak fra forrige møte")
    (True, True)
    >>> is_follow_up_list("Oppfølging av slagpasienter"), is_follow_up_list(None)
    (False, False)
    """
    return bool(title and re.search(rf"(?<!\w){pattern('case_titles', 'follow_up_lists').pattern}(?!\w)", title, re.I))
