"""What stands in brackets behind a case's title and is no part of it: who prepares the case, what comes later.

"Idrettsskole (Saksansvarlige: Kari og Ola)", "Uttalelse om studieplasser (Ettersendes)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.layout import Paragraph
from models.words import pattern

NOTE = re.compile(r"\s*\((?P<label>[^():]{3,30})(?::\s*(?P<value>[^()]{2,120}))?\)\s*$")


def without_note(title: str) -> str:
    """A title without the note behind it; other brackets belong to it.

    >>> without_note("Idrettsskole (Saksansvarlige: Kari og Ola)"), without_note("Uttalelse (ettersendes)")
    ('Idrettsskole', 'Uttalelse')
    >>> without_note("Valg av leder (SSU)"), without_note("Salg (Del: Vest)")
    ('Valg av leder (SSU)', 'Salg (Del: Vest)')
    """
    match = NOTE.search(title)
    return title[: match.start()] if match and match.start() and _is_note(match) else title


def _is_note(match: re.Match[str]) -> bool:
    name = "responsible" if match["value"] else "later"
    section = "case_columns" if match["value"] else "title_notes"
    return bool(pattern(section, name).fullmatch(match["label"].strip()))


def responsible_notes(title: Sequence[Paragraph]) -> list[Paragraph]:
    """Who prepares a case, where the brackets behind its title say so.

    >>> [p.text for p in responsible_notes([Paragraph("Idrettsskole (Saksansvarlige: Kari og Ola)")])]
    ['Kari og Ola']
    """
    found = NOTE.search(" ".join(p.text for p in title))
    if not found or not found["value"] or not _is_note(found):
        return []
    return [replace(title[-1], text=found["value"], lines=(), label=None, lead="")]
