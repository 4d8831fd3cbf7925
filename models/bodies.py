"""One body, one name: the abbreviation by which the series of its cases is known.

Which names are one body's stands in ``words.toml`` for the bodies that every health community has, and in the settings
for a collaboration's own. The settings hold while a file is read, or a database linked: :func:`known_bodies`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from models.collaborations import Body
from models.words import entry_pattern, pattern, sections

_ENDING = r"(?:e?[nt]|a)?"
"""Of a body in the definite form: utvalget, rådet, nemnda, styringsgruppen."""

_KNOWN: ContextVar[Mapping[str | None, tuple[Body, ...]]] = ContextVar("known_bodies", default={})  # noqa: B039


@contextmanager
def known_bodies(bodies: Mapping[str | None, Sequence[Body]]) -> Iterator[None]:
    """Let these bodies be known, by collaboration; those under None where no collaboration is asked for.

    >>> forum = Body("Strategisk samhandlingsforum", "SSF")
    >>> with known_bodies({None: [forum]}):
    ...     body_name("Strategisk samhandlingsforumet"), body_name("SSF")
    ('SSF', 'SSF')
    >>> body_name("Strategisk samhandlingsforumet")
    'Strategisk samhandlingsforumet'
    """
    before = _KNOWN.set({place: tuple(named) for place, named in bodies.items()})
    try:
        yield
    finally:
        _KNOWN.reset(before)


def own_bodies(collaboration: str | None = None) -> tuple[Body, ...]:
    """The bodies that the settings name in a collaboration."""
    return _KNOWN.get().get(collaboration, ())


def own_body(printed: str, collaboration: str | None = None) -> Body | None:
    """The body of the settings that a name means."""
    bodies = own_bodies(collaboration)
    return next((body for body in bodies if body_pattern(body.names).fullmatch(printed.strip(" ,–-"))), None)


def is_known(printed: str) -> bool:
    """Whether a name means a body of the settings in any collaboration."""
    return any(own_body(printed, collaboration) for collaboration in _KNOWN.get())


@cache
def body_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of a body's names, also in the definite form.

    >>> [bool(body_pattern(("Helseråd",)).match(text)) for text in ("helserådet", "Helserådgiver")]
    [True, False]
    """
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(entry_pattern, longest))}){_ENDING}(?!\w)", re.IGNORECASE)


def body_name(printed: str, collaboration: str | None = None) -> str:
    """A body by its abbreviation where it prints one in brackets or is one that is known.

    One body goes by one name, so that "Innkalling SSU" and "Referat fra Strategisk samarbeidsutvalg" are of the same
    series.

    >>> body_name("Partnerskapsmøtet"), body_name("Samordningsrådet (SR)"), body_name("Eldrerådet")
    ('PM', 'SR', 'Eldrerådet')
    """
    name = _by_words(printed)
    own = own_body(printed, collaboration) or own_body(name, collaboration)
    return own.name if own else name


def _by_words(printed: str) -> str:
    printed = printed.strip(" ,–-")
    bracketed = re.search(r"\(([A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ]{2,4})?)\)\s*$", printed)
    if bracketed:
        return bracketed[1]
    explained = re.fullmatch(r"([A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ]{2,6})?)\s*\([^()]+\)", printed)
    if explained:
        return explained[1]
    known = (short for short in sections("body_names") if pattern("body_names", short).fullmatch(printed))
    return next(known, printed)
