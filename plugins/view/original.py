"""The original of a loaded file, if it lies on this machine and is still the one that was loaded.

No path comes from a visitor: the page asks by document, the database names the file, and the content must have the
fingerprint that was recorded when it was loaded.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Original(NamedTuple):
    """A file that may be shown and fetched."""

    path: Path
    sha256: str
    kind: str
    """``pdf`` or ``docx``."""

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES.get(self.kind, "application/octet-stream")


def find_original(recorded: str, sha256: str, kind: str, folders: tuple[Path, ...]) -> Original | None:
    """The recorded file; None where it is gone or no longer has the recorded content.

    A relative path is looked for in each of the folders.
    """
    path = Path(recorded)
    candidates = [path] if path.is_absolute() else [folder / path for folder in folders]
    for candidate in candidates:
        if candidate.is_file() and _fingerprint_now(candidate) == sha256:
            return Original(candidate, sha256, kind)
    return None


def _fingerprint_now(path: Path) -> str:
    stat = path.stat()
    return _fingerprint(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=512)
def _fingerprint(path: Path, _changed: int, _size: int) -> str:
    """SHA-256 of the content; remembered until the file's time or size changes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
