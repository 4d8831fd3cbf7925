"""What the secretariat says of files by name, in ``sakspor.toml`` beside the working database.

    [publisering]
    unntatt = ["personalsaker", "2023/*forhandling*.pdf"]    # never published
    offentlig = ["apnet-i-ettertid"]                         # published, whatever the documents are marked with

It is read when a file is published. A pattern matches a file or a folder with all in it, wherever the folder lies; a
star stands for any characters, and case does not matter. A file that both lists match is not published.
"""

from __future__ import annotations

import re
import tomllib
from fnmatch import translate
from pathlib import Path
from typing import Any, NamedTuple

from models.exempt import path_mark
from store.shape import DatabaseError

FILE = "sakspor.toml"
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
    path = named or folder / FILE
    if named is None and not path.is_file():
        return Rules()
    try:
        return parse_rules(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise DatabaseError(f"Kan ikke lese «{path}». Kontroller at filen finnes og er ren tekst (UTF-8).") from error
    except tomllib.TOMLDecodeError as error:
        raise DatabaseError(f"«{path}» er ikke skrevet riktig ({error}). Se docs/exempt.md.") from error
    except ValueError as error:
        raise DatabaseError(f"«{path}»: {error}") from error


def parse_rules(settings: dict[str, Any]) -> Rules:
    """The rules in a settings file. Raises ValueError, in Norwegian, for what is not known there.

    >>> parse_rules({"publisering": {"unntatt": ["personalsaker"]}})
    Rules(exempt=('personalsaker',), public=())
    >>> parse_rules({"publisering": {"unntat": []}})
    Traceback (most recent call last):
    ...
    ValueError: «unntat» er ukjent. Skriv «unntatt» eller «offentlig».
    """
    for name in settings:
        if name != SECTION:
            raise ValueError(f"delen «[{name}]» er ukjent. Skriv «[{SECTION}]».")
    lists: dict[str, tuple[str, ...]] = {"unntatt": (), "offentlig": ()}
    for name, patterns in settings.get(SECTION, {}).items():
        if name not in lists:
            raise ValueError(f"«{name}» er ukjent. Skriv «unntatt» eller «offentlig».")
        if not isinstance(patterns, list) or not all(isinstance(one, str) and one.strip(" /\\*") for one in patterns):
            raise ValueError(f"«{name}» skal være en liste med navn på filer eller mapper.")
        lists[name] = tuple(patterns)
    return Rules(lists["unntatt"], lists["offentlig"])


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path, the end of it, or a folder in it."""
    plain = "/" + re.sub(r"[/\\]+", "/", path.casefold()).lstrip("/")
    wanted = re.sub(r"[/\\]+", "/", pattern.strip().casefold()).strip("/")
    return any(re.match(translate(f"*/{wanted}{below}"), plain) for below in ("", "/*"))
