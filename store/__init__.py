"""Records into SQLite: the schema as data, saving a file, linking across files, publishing."""

from store.configured_bodies import keep_bodies
from store.link import link, link_within
from store.names.register import Entry
from store.names.register import keep as keep_register
from store.names.register_file import RegisterError
from store.names.register_file import parse as parse_register
from store.names.register_written import current_register
from store.publish import publish
from store.save import Known, known, save, settle
from store.shape import DatabaseError, ensure_shape, explain, open_database, writing

__all__ = [
    "DatabaseError",
    "Entry",
    "Known",
    "RegisterError",
    "current_register",
    "ensure_shape",
    "explain",
    "keep_bodies",
    "keep_register",
    "known",
    "link",
    "link_within",
    "open_database",
    "parse_register",
    "publish",
    "save",
    "settle",
    "writing",
]
