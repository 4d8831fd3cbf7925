"""Collaborations and their bodies, as the settings name them.

    [samarbeid]
    navn = "Helsefellesskapet i Fjordregionen"

    [[samarbeid.utvalg]]
    navn = "Strategisk samhandlingsforum"
    forkortelse = "SSF"
    alias = ["Samhandlingsforum", "Strategisk forum*"]
    niva = "regionalt"

``[[samarbeid]]`` instead names one of several. A body that stands nowhere here is read from the documents' heads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from models.settings import SettingsError

LEVELS = ("nasjonalt", "regionalt", "interkommunalt", "kommunalt", "lokalt")


class Body(NamedTuple):
    """A body and the names it goes by."""

    full_name: str
    abbreviation: str | None = None
    aliases: tuple[str, ...] = ()
    """Further names; ``*`` stands for the rest of a word."""
    level: str | None = None

    @property
    def name(self) -> str:
        """What it is called: the abbreviation, where it has one.

        >>> Body("Strategisk samhandlingsforum", "SSF").name, Body("Eldrerådet").name
        ('SSF', 'Eldrerådet')
        """
        return self.abbreviation or self.full_name

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.full_name, self.abbreviation, *self.aliases)))


class Collaboration(NamedTuple):
    """A collaboration and those of its bodies that the settings name."""

    name: str | None = None
    bodies: tuple[Body, ...] = ()


def collaborations(settings: dict[str, Any]) -> tuple[Collaboration, ...]:
    """The collaborations of a settings file. Raises :class:`SettingsError` that names the field.

    >>> collaborations({"samarbeid": {"navn": "Fjordregionen", "utvalg": [{"navn": "Eldrerådet"}]}})[0].bodies
    (Body(full_name='Eldrerådet', abbreviation=None, aliases=(), level=None),)
    >>> collaborations({"samarbeid": {"navn": "Fjordregionen", "utvalg": [{"nawn": "Eldrerådet"}]}})
    Traceback (most recent call last):
    ...
    models.settings.SettingsError: samarbeid.utvalg nr. 1: «nawn» er ukjent. Skriv navn, forkortelse, alias eller niva.
    """
    stated = settings.get("samarbeid", [])
    tables = [stated] if isinstance(stated, dict) else stated
    if not _are_tables(tables):
        raise SettingsError("«samarbeid» skal være en del: «[samarbeid]», eller «[[samarbeid]]» når det er flere.")
    found = tuple(_collaboration(table, _nth("samarbeid", n, len(tables))) for n, table in enumerate(tables, 1))
    if double := _first_double(one.name or "" for one in found):
        raise SettingsError(f"samarbeid: «{double}» er navnet på to samarbeid.")
    return found


def chosen(known: tuple[Collaboration, ...], named: str | None) -> Collaboration:
    """The collaboration that was asked for, or the only one that the settings name.

    One that they do not name has no bodies beside those its documents name. Raises :class:`SettingsError` where there
    are several to choose from.

    >>> fjord, fjell = Collaboration("Fjordregionen"), Collaboration("Fjellregionen")
    >>> chosen((fjord, fjell), "fjellregionen").name, chosen((fjord,), None).name, chosen((), None).name
    ('Fjellregionen', 'Fjordregionen', None)
    """
    if named is None and len(known) > 1:
        names = ", ".join(f"«{one.name}»" for one in known)
        raise SettingsError(f"samarbeid: her er flere, {names}. Velg ett med --collaboration.")
    if named is None:
        return known[0] if known else Collaboration()
    fitting = (one for one in known if (one.name or "").casefold() == named.casefold())
    return next(fitting, Collaboration(named))


def _collaboration(table: dict[str, Any], place: str) -> Collaboration:
    _check_keys(table, place, ("navn", "utvalg"))
    bodies = table.get("utvalg", [])
    if not _are_tables(bodies):
        raise SettingsError(f"{place}: «utvalg» skal skrives som «[[samarbeid.utvalg]]», én gang for hvert utvalg.")
    found = tuple(_body(one, f"samarbeid.utvalg nr. {n}") for n, one in enumerate(bodies, 1))
    if double := _first_double(name for body in found for name in {one.casefold(): one for one in body.names}.values()):
        raise SettingsError(f"{place}: «{double}» er navnet på to utvalg. Et navn kan bare bety ett.")
    return Collaboration(_text(table, "navn", place, required=True), found)


def _body(table: dict[str, Any], place: str) -> Body:
    _check_keys(table, place, ("navn", "forkortelse", "alias", "niva"))
    name = _text(table, "navn", place, required=True)
    aliases = table.get("alias", [])
    if not isinstance(aliases, list) or not all(isinstance(one, str) and one.strip(" *") for one in aliases):
        raise SettingsError(f'{place} («{name}»): «alias» skal være en liste med navn: ["…", "…"].')
    level = _text(table, "niva", place)
    if level not in (None, *LEVELS):
        raise SettingsError(f"{place} («{name}»): nivået «{level}» er ukjent. Skriv {_either(LEVELS)}.")
    plain = tuple(" ".join(one.split()) for one in aliases)
    return Body(name or "", _text(table, "forkortelse", place), plain, level)


def _text(table: dict[str, Any], key: str, place: str, *, required: bool = False) -> str | None:
    value = table.get(key)
    if value is None and not required:
        return None
    if not isinstance(value, str) or not any(sign.isalpha() for sign in value):
        wrong = "mangler" if value is None else "skal være en tekst i anførselstegn"
        raise SettingsError(f"{place}: «{key}» {wrong}.")
    return " ".join(value.split())


def _check_keys(table: dict[str, Any], place: str, known: tuple[str, ...]) -> None:
    unknown = next((key for key in table if key not in known), None)
    if unknown is not None:
        raise SettingsError(f"{place}: «{unknown}» er ukjent. Skriv {_either(known)}.")


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} eller {words[-1]}"


def _nth(place: str, n: int, of: int) -> str:
    return place if of == 1 else f"{place} nr. {n}"


def _first_double(names: Iterator[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            return name
        seen.add(name.casefold())
    return None
