"""The original of a loaded file, if it lies on this machine and is still the one that was loaded.

No path comes from a visitor: the page asks by document, the database names the file, and the content must have the
fingerprint that was recorded when it was loaded. A file in a zip file is taken out of it within the bounds of loading.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from models.archives import LARGEST, archive_of, member_bytes
from models.problems import SaksporError

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
    member: str | None = None
    """Its name in the zip file at ``path``, where it lies in one."""

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES.get(self.kind, "application/octet-stream")

    @property
    def download_name(self) -> str:
        return safe_name(self.member.rpartition("/")[2] if self.member else self.path.name, self.kind)

    def content(self) -> bytes | None:
        """The bytes that were loaded; None where the file was changed a moment ago."""
        try:
            content = member_of(self.path, self.member) if self.member else self.path.read_bytes()
        except (OSError, SaksporError):
            return None
        return content if hashlib.sha256(content).hexdigest() == self.sha256 else None


def member_of(archive: Path, name: str) -> bytes:
    """The bytes of a file in a zip file. Raises OSError, and :class:`SaksporError` where it is not as it should be."""
    with archive.open("rb") as file:
        return member_bytes(file, name, LARGEST)


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
        archive, member = (candidate, None) if candidate.is_file() else archive_of(candidate) or (candidate, None)
        if archive.is_file() and _fingerprint_now(archive, member) == sha256:
            return Original(archive, sha256, kind, member)
    return None


def _fingerprint_now(path: Path, member: str | None) -> str | None:
    stat = path.stat()
    return _fingerprint(path, member, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=512)
def _fingerprint(path: Path, member: str | None, _changed: int, _size: int) -> str | None:
    """SHA-256 of the content; remembered until the file's time or size changes. None for what no zip file gives."""
    if member is None:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    try:
        return hashlib.sha256(member_of(path, member)).hexdigest()
    except SaksporError:
        return None
