"""What a worker hands back for one file: plain and picklable, so that it can cross to the process that saves it."""

from __future__ import annotations

from dataclasses import dataclass

from models.layout import Flaw
from models.records import Extraction


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
    flaws: tuple[Flaw, ...] = ()
    seconds: float = 0.0
    """Time spent reading."""
    bytes: int = 0
    """Size of the file."""

    @property
    def refused(self) -> bool:
        return self.code is not None
