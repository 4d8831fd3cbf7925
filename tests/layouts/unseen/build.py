"""Builds the documents: ``python tests/layouts/unseen/build.py [FOLDER]`` writes one file for each of ``texts/``.

Nothing but the texts decides what is written, so building twice gives the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":  # run as a script, Python looks for modules in this folder and not in the checkout
    sys.path.insert(0, str(HERE.parents[2]))

from tests.layouts.unseen import paper, writing  # noqa: E402

_MAKERS = {"pdf": paper.draw, "docx": writing.write}


def files() -> Iterator[tuple[str, bytes]]:
    """(name, content) of every document, in order of their names."""
    for source in sorted((HERE / "texts").glob("*.txt")):
        text = source.read_text(encoding="utf-8")
        found = re.search(r"^@format (\w+)$", text, flags=re.MULTILINE)
        kind = found[1] if found else "pdf"
        yield f"{source.stem}.{kind}", _MAKERS[kind](text)


def build(folder: Path) -> int:
    """Writes every document under ``folder``; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    made = list(files())
    for name, content in made:
        (folder / name).write_bytes(content)
    return len(made)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    sys.stdout.write(f"{build(target)} filer skrevet til {target}\n")
