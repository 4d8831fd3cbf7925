"""What a worker hands back for one file, and what became of it: plain and picklable, so that it can cross processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.collaborations import Body
from models.layout import Flaw, Place
from models.records import Extraction

Status = Literal["loaded", "unchanged", "duplicate", "refused", "skipped"]


@dataclass(frozen=True, slots=True)
class FileResult:
    """A file as read, or the reason why it was refused.

    >>> FileResult("a.pdf", "00ff", code="empty").refused
    True
    """

    path: str
    sha256: str
    """Of the content, in hexadecimal; empty when the file could not even be opened."""
    kind: str | None = None
    """``pdf`` or ``docx``; None where the file was refused before that was known."""
    pages: int | None = None
    """Pages of a PDF; None for a DOCX."""
    code: str | None = None
    """The refusal, one of :data:`models.problems.PROBLEMS`; None for a file that was read."""
    extractions: tuple[Extraction, ...] = ()
    texts: tuple[dict[int | None, str], ...] = ()
    """For each extraction its :func:`models.layout.page_texts`."""
    struck: tuple[dict[int | None, str], ...] = ()
    """For each extraction its :func:`models.layout.struck_texts`."""
    furniture: tuple[dict[int | None, str], ...] = ()
    """For each extraction its :func:`models.layout.furniture_texts`."""
    places: tuple[dict[int | None, str], ...] = ()
    """For each extraction its :func:`models.layout.line_places`."""
    flaws: tuple[Flaw, ...] = ()
    masks: tuple[Place, ...] = ()
    """:attr:`models.layout.File.masks`."""
    collaboration: str | None = None
    """The collaboration that the file was loaded for, where one was named."""
    bodies: tuple[Body, ...] = ()
    """The bodies that the settings named when it was read."""
    seconds: float = 0.0
    """Time spent reading."""
    bytes: int = 0
    """Size of the file."""

    @property
    def refused(self) -> bool:
        return self.code is not None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file that was found.

    >>> Outcome("a.pdf", "00ff", "refused", "empty").line
    'refused 00ff empty a.pdf'
    >>> Outcome("b.txt", None, "skipped", "unknown_format").line
    'skipped - unknown_format b.txt'
    """

    path: str
    """As it was found: the path given, or below the folder given."""
    sha256: str | None
    status: Status
    code: str | None = None
    """Why it was refused or skipped, one of :data:`models.problems.PROBLEMS`."""
    pages: int | None = None
    seconds: float = 0.0
    flags: tuple[str, ...] = ()
    """The codes of what was remarked on a loaded file, sorted."""

    @property
    def line(self) -> str:
        """One line for scripts: status, fingerprint, code where there is one, path."""
        return " ".join(part for part in (self.status, self.sha256 or "-", self.code, self.path) if part)
