"""A published database over a few texts, each a page of its own document, without any file being read."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import store
from models.records import Document, Extraction
from models.result import FileResult


def result(n: int, text: str, date: str | None = None, title: str | None = None) -> FileResult:
    """A file with one document of one page."""
    document = Document(n=0, kind="other", title=title, date=date, first_page=1, last_page=1)
    sha256 = hashlib.sha256(f"{n}{text}".encode()).hexdigest()
    return FileResult(
        f"{n}.pdf",
        sha256,
        "pdf",
        1,
        extractions=(Extraction(document=document),),
        texts=({1: text},),
        flaws=(),
        bytes=1,
    )


def published(folder: Path, results: Sequence[FileResult]) -> sqlite3.Connection:
    """The published file over the results, opened as any program opens it."""
    folder.mkdir(parents=True, exist_ok=True)
    db = store.open_database(folder / "arbeid.db")
    for one in results:
        store.save(db, one)
    store.link(db)
    db.close()
    store.publish(folder / "arbeid.db", folder / "sakspor.db")
    return sqlite3.connect(f"{(folder / 'sakspor.db').as_uri()}?immutable=1", uri=True)


def index_of(folder: Path, *texts: str) -> sqlite3.Connection:
    return published(folder, [result(n, text) for n, text in enumerate(texts)])
