"""Evidence: for a value the text as printed and the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.layout import Paragraph
from models.records import Evidence


def evidence(field: str, paragraph: Paragraph, text: str | None = None) -> Iterator[Evidence]:
    """One piece of evidence for each place of a paragraph; ``text`` where the value is only a part of it.

    >>> from models.layout import Place
    >>> [e.page for e in evidence("title", Paragraph("Avvik", places=(Place(1), Place(2))))]
    [1, 2]
    """
    printed = text or paragraph.printed or paragraph.text
    for place in paragraph.places:
        if printed:
            yield Evidence(field=field, text=printed, page=place.page, box=place.box, address=place.address)


def gathered(*parts: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence of several fields as one tuple, each piece once and in order."""
    return tuple(dict.fromkeys(piece for part in parts for piece in part))
