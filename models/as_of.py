"""The day for which a status is asked: as somebody types it, or today."""

from __future__ import annotations

from datetime import datetime

from models.dates import find_dates


class NotADay(ValueError):
    """What was typed is no day; the text is Norwegian and says how to write one."""


def as_of(typed: str | None) -> str:
    """The day that was typed, as ISO; today, by this machine's clock, where nothing was.

    Raises :class:`NotADay`.

    >>> as_of("2022-12-31"), as_of(" 31.12.2022 "), as_of("1. mai 2023")
    ('2022-12-31', '2022-12-31', '2023-05-01')
    >>> as_of("31.02.2022")
    Traceback (most recent call last):
    models.as_of.NotADay: «31.02.2022» er ikke en dato. Skriv den som 2022-12-31 eller 31.12.2022.
    """
    typed = (typed or "").strip()
    if not typed:
        return datetime.now().astimezone().date().isoformat()
    found = next(find_dates(typed), None)
    if found is None or (found.start, found.end) != (0, len(typed)):
        raise NotADay(f"«{typed[:40]}» er ikke en dato. Skriv den som 2022-12-31 eller 31.12.2022.")
    return found.day
