"""Different words for the same thing, in groups: the house's own, and those that the secretariat has written down.

The secretariat's file is ``synonymer.txt`` beside the working database: one group a line, words between commas, a
remark behind ``#``. It takes effect when a file is published, and goes into that file.
"""

from __future__ import annotations

from pathlib import Path

from models.word_forms import data
from store.shape import DatabaseError

FILE = "synonymer.txt"
MOST = 2_000
"""Groups: a file with more is no list that somebody has written."""

Group = tuple[str, ...]


def synonym_groups(folder: Path) -> list[Group]:
    """The groups of the house, and those of the file in a folder, where it is there.

    Raises :class:`DatabaseError` that names the line where the file cannot be understood.
    """
    house = [tuple(group) for group in data()["synonyms"]["groups"]]
    path = folder / FILE
    return house + (read_groups(_text(path), str(path)) if path.is_file() else [])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatabaseError(f"Kan ikke lese «{path}». Lagre den som ren tekst (UTF-8).") from error


def read_groups(text: str, name: str = FILE) -> list[Group]:
    r"""The groups in the text of a file.

    >>> read_groups("utskriving, utreise  # på sykehuset\n\nfergeleie,ferjeleie\n")
    [('utskriving', 'utreise'), ('fergeleie', 'ferjeleie')]
    >>> read_groups("utskriving = utreise")
    Traceback (most recent call last):
    ...
    store.shape.DatabaseError: «synonymer.txt», linje 1: skriv minst to enkeltord med komma mellom.
    """
    lines = text.splitlines()
    groups = [(n, _words(line)) for n, line in enumerate(lines, 1) if line.partition("#")[0].strip()]
    for n, group in groups:
        if len(group) < 2 or not all(word.isalpha() for word in group):
            raise DatabaseError(f"«{name}», linje {n}: skriv minst to enkeltord med komma mellom.")
    if len(groups) > MOST:
        raise DatabaseError(f"«{name}» har flere enn {MOST} linjer med ord. Del den, eller ta ut noen.")
    return [group for _, group in groups]


def _words(line: str) -> Group:
    return tuple(word for part in line.partition("#")[0].split(",") if (word := part.strip().casefold()))
