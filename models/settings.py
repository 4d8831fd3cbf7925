"""``sakspor.toml``, the file beside the working database in which the secretariat says what documents do not.

    [samarbeid]        # which collaboration and bodies there are: models/collaborations.py
    [publisering]      # what is never published: store/rules.py

Whoever reads a part says what belongs in it. A misprint stops the command with one line that says where it stands: a
setting that is passed over in silence would be taken for one that holds.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

FILE = "sakspor.toml"
SECTIONS = ("samarbeid", "publisering")


class SettingsError(ValueError):
    """What is wrong with the settings, in Norwegian."""


def read_settings(folder: Path, named: Path | None = None) -> tuple[Path, dict[str, Any]]:
    """The path and the parts of a file that was named, or of the one in a folder; nothing where there is none.

    Raises :class:`SettingsError` for a file that cannot be understood.
    """
    path = named or folder / FILE
    if named is None and not path.is_file():
        return path, {}
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        message = f"Kan ikke lese «{path}». Kontroller at filen finnes og er ren tekst (UTF-8)."
        raise SettingsError(message) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"«{path}» er ikke skrevet riktig{_place(str(error))}. {_ADVICE}") from error
    for name in settings:
        if name not in SECTIONS:
            allowed = " eller ".join(f"«[{section}]»" for section in SECTIONS)
            raise SettingsError(f"«{path}»: delen «[{name}]» er ukjent. Skriv {allowed}.")
    return path, settings


_ADVICE = "Tekst skal stå i anførselstegn, en liste i klammer, og hvert navn bare én gang i sin del."


def _place(error: str) -> str:
    """Where a misprint stands, of what the standard library says about it.

    >>> _place("Expected '=' after a key in a key/value pair (at line 3, column 6)"), _place("Cannot declare twice")
    (' (linje 3, tegn 6)', '')
    """
    found = re.search(r"at line (\d+), column (\d+)", error)
    return f" (linje {found[1]}, tegn {found[2]})" if found else " (slutten av filen)" * ("end of document" in error)
