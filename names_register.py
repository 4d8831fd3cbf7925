"""The register of names between the database and the file that the secretariat edits."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import store
from folders import printable
from usage import WrongUse

LARGEST = 50_000_000  # bytes; a register of every name in a large archive is a thousandth of this


def read(path: Path) -> list[store.Entry]:
    """The rows of a register file; wrong use where it cannot be read, with the lines that cannot be used."""
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise WrongUse(f"«{printable(path)}» er for stor til å være et navneregister.")
        return store.parse_register(path.read_bytes())
    except OSError as error:
        raise WrongUse(f"Kan ikke lese navneregisteret «{printable(path)}». Kontroller stien.") from error
    except store.RegisterError as error:
        raise WrongUse(f"Navneregisteret «{printable(path)}» kan ikke brukes:\n{error}") from error


def take_in(db: Path, path: Path) -> str:
    """Let a register file hold from now on, and tell how many rows of the database that changed."""
    entries = read(path)
    with closing(store.open_database(db)) as database:
        store.keep_register(database, entries)
        changed = store.link(database)
    return f"Navneregisteret har {len(entries)} linjer. {changed} rader i databasen er endret."


def give_out(db: Path, out: Path | None) -> str:
    """Write the register as it stands to a new file or to standard output; an edited file is never written over."""
    if out and out.exists():
        raise WrongUse(f"«{printable(out)}» finnes fra før. Velg et annet navn, så rettelser i filen ikke går tapt.")
    with closing(store.open_database(db)) as database:
        content = store.current_register(database)
    if out is None:
        sys.stdout.buffer.write(content)
        return "Rett filen i et regneark, og les den inn med «sakspor register FIL.csv»."
    try:
        out.write_bytes(content)
    except OSError as error:
        raise WrongUse(f"Kan ikke skrive «{printable(out)}». Velg en fil i en mappe som finnes.") from error
    return f"Skrevet til «{printable(out)}». Rett den i et regneark, og les den inn med «sakspor register {out.name}»."
