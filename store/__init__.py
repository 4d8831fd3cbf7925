"""Records into SQLite: the schema as data, saving a file, linking across files, publishing."""

from store.link import link, link_within
from store.publish import publish
from store.save import Known, known, save, settle
from store.shape import DatabaseError, ensure_shape, explain, open_database, writing

__all__ = [
    "DatabaseError",
    "Known",
    "ensure_shape",
    "explain",
    "known",
    "link",
    "link_within",
    "open_database",
    "publish",
    "save",
    "settle",
    "writing",
]
