"""The head of minutes of one case as a file of its own: the body in the genitive, and the case that it treats."""

from __future__ import annotations

import re
from typing import NamedTuple

_TREATS = re.compile(
    r"(?P<body>.{3,80}?)(?:s|\s+s(?:i|in|itt))\s+(?:behandling|handsaming)\s+av\s+(?P<case>sak\b.*)", re.IGNORECASE
)


class Treated(NamedTuple):
    """The body that such a line names, and the line from the word "sak" on."""

    body: str
    case: str


def treated_case(text: str) -> Treated | None:
    """What a line says of who treats which case; None for any other line.

    >>> treated_case("Eldrerådets behandling av sak 18/2024 i møte den 23.04.2024:")
    Treated(body='Eldrerådet', case='sak 18/2024 i møte den 23.04.2024:')
    >>> treated_case("Kommunestyret si handsaming av sak 9/24 i møte 23.04.2024").body
    'Kommunestyret'
    >>> treated_case("Rådets behandling av saken ble utsatt") is None
    True
    """
    match = _TREATS.match(text)
    return Treated(match["body"], match["case"]) if match and re.search(r"\d", match["case"]) else None
