"""What the secretariat says of files by name, in ``sakspor.toml`` beside the working database.

    [publisering]
    unntatt = ["personalsaker", "2023/*forhandling*.pdf"]    # never published
    offentlig = ["apnet-i-ettertid"]                         # published, whatever the documents are marked with

It is read when a file is published. A pattern matches a file or a folder with all in it, wherever the folder lies; a
star stands for any characters, and case does not matter. A file that both lists match is not published.
"""

from __future__ import annotations

import re
from fnmatch import translate
from pathlib import Path
from typing import Any, NamedTuple

from models.exempt import path_mark
from models.settings import SettingsError, read_settings
from store.shape import DatabaseError

SECTION = "publisering"


class Rules(NamedTuple):
    """Patterns of paths that are never published, and of paths that are published whatever they are marked with."""

    exempt: tuple[str, ...] = ()
    public: tuple[str, ...] = ()

    def verdict(self, path: str) -> str | None:
        """``exempt`` or ``public`` where a rule or the file's own name says so; None where the documents decide.

        >>> rules = Rules(exempt=("personal*",), public=("arkiv/gamle",))
        >>> rules.verdict("/srv/Personalsaker/2022/notat.pdf"), rules.verdict("/srv/arkiv/gamle/notat u.off.pdf")
        ('exempt', 'public')
        >>> rules.verdict("/srv/notat u.off.pdf"), rules.verdict("/srv/arkiv/notat.pdf")
        ('exempt', None)
        """
        if any(_matches(pattern, path) for pattern in self.exempt):
            return "exempt"
        if any(_matches(pattern, path) for pattern in self.public):
            return "public"
        return "exempt" if path_mark(path) else None


def read_rules(folder: Path, named: Path | None = None) -> Rules:
    """The rules of a file that was named, or of the one in a folder; none where there is none.

    Raises :class:`DatabaseError` for a file that cannot be understood: nothing is published on a misprint.
    """
    try:
        path, settings = read_settings(folder, named)
    except SettingsError as error:
        raise DatabaseError(str(error)) from error
    try:
        return parse_rules(settings)
    except SettingsError as error:
        raise DatabaseError(f"«{path}»: {error}") from error


def parse_rules(settings: dict[str, Any]) -> Rules:
    """The rules in a settings file. Raises :class:`SettingsError` for what is not known there.

    >>> parse_rules({"publisering": {"unntatt": ["personalsaker"]}})
    Rules(exempt=('personalsaker',), public=())
    >>> parse_rules({"publisering": {"unntat": []}})
    Traceback (most recent call last):
    ...
    models.settings.SettingsError: «unntat» er ukjent. Skriv «unntatt» eller «offentlig».
    """
    lists: dict[str, tuple[str, ...]] = {"unntatt": (), "offentlig": ()}
    if not isinstance(settings.get(SECTION, {}), dict):
        raise SettingsError(f"«{SECTION}» skal være en del: «[{SECTION}]».")
    for name, patterns in settings.get(SECTION, {}).items():
        if name not in lists:
            raise SettingsError(f"«{name}» er ukjent. Skriv «unntatt» eller «offentlig».")
        if not isinstance(patterns, list) or not all(isinstance(one, str) and one.strip(" /\\*") for one in patterns):
            raise SettingsError(f"«{name}» skal være en liste med navn på filer eller mapper.")
        lists[name] = tuple(patterns)
    return Rules(lists["unntatt"], lists["offentlig"])


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path, the end of it, or a folder in it."""
    plain = "/" + re.sub(r"[/\\]+", "/", path.casefold()).lstrip("/")
    wanted = re.sub(r"[/\\]+", "/", pattern.strip().casefold()).strip("/")
    return any(re.match(translate(f"*/{wanted}{below}"), plain) for below in ("", "/*"))
