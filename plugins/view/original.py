"""The original of a loaded file, if it lies on this machine and is still the one that was loaded.

No path comes from a visitor: the page asks by document, the database names the file, and the content must have the
fingerprint that was recorded when it was loaded.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
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

    @property
    def download_name(self) -> str:
        return safe_name(self.path.name, self.kind)

    def content(self) -> bytes | None:
        """The bytes that were loaded; None where the file was changed a moment ago."""
        content = self.path.read_bytes()
        return content if hashlib.sha256(content).hexdigest() == self.sha256 else None


def safe_name(name: str, kind: str) -> str:
    r"""A file name for a visitor's disk: no separators, no signs that hide how it ends, and the ending of what it is.

    >>> safe_name("referat\u202efdp.html", "pdf"), safe_name("sak: a/b?.PDF", "pdf"), safe_name(".docx", "docx")
    ('referatfdp.html.pdf', 'sak a b.pdf', 'dokument.docx')
    """
    seen = "".join(letter for letter in name if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    stem = re.sub(r'[<>:"/\\|?*\s]+', " ", seen)
    stem = re.sub(rf"\.{kind}$", "", stem.strip(), flags=re.IGNORECASE).strip(" .")
    return f"{stem[:150] or 'dokument'}.{kind}"


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
