"""Builds the collection: ``python tests/layouts/bodies/build.py [FOLDER]`` writes a document for each of ``texts/``.

Nothing but the texts and the looks decides what is written, so building twice gives the same bytes.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":  # run as a script, Python looks for modules in this folder and not in the checkout
    sys.path.insert(0, str(HERE.parents[2]))

from tests.layouts.bodies import pdf, word  # noqa: E402

_MAKERS = {"pdf": pdf.draw, "docx": word.write}


def text(source: Path) -> dict[str, Any]:
    """A text: ``layout``, ``files`` (endings), ``body``, and where wanted ``head``, ``foot``, ``landscape``."""
    return {"name": source.stem, **tomllib.loads(source.read_text(encoding="utf-8"))}


def files() -> Iterator[tuple[str, bytes]]:
    """(name, content) of every document."""
    for source in sorted((HERE / "texts").glob("*.toml")):
        content = text(source)
        for ending in content["files"]:
            yield f"{source.stem}.{ending}", _MAKERS[ending](content)


def build(folder: Path) -> int:
    """Writes every document into ``folder``; returns how many."""
    written = [(folder / name).write_bytes(content) for name, content in files()]
    return len(written)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    sys.stdout.write(f"{build(folder)} filer skrevet til {folder}\n")
