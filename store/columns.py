"""Columns from records: what a pydantic field is called, typed and described as in SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from models.page import Box

_SQLITE_TYPES: dict[type, str] = {str: "TEXT", int: "INTEGER", bool: "INTEGER", float: "REAL"}

BOX_EDGES = {
    "x0": "Rammens venstre kant, i punkt fra sidens venstre kant",
    "top": "Rammens øvre kant, i punkt fra sidens øvre kant",
    "x1": "Rammens høyre kant, i punkt fra sidens venstre kant",
    "bottom": "Rammens nedre kant, i punkt fra sidens øvre kant",
}


class Column(NamedTuple):
    """A column of a STRICT table."""

    name: str
    description: str
    """In Norwegian: what Datasette shows above the column."""
    type: str = "TEXT"
    """TEXT, INTEGER or REAL."""
    required: bool = False
    references: str | None = None
    """The table whose key stands here."""
    concluded: bool = False
    """Concluded from all documents together, not stated by one."""


def record_columns(record: type[BaseModel], left_out: frozenset[str] = frozenset()) -> Iterator[Column]:
    """The columns of a record class: scalars as they are, a list of texts as JSON, a box as its four edges.

    Lists of records have tables of their own and are left out.

    >>> from models.records import CaseItem, Evidence
    >>> [f"{c.name} {c.type}" for c in record_columns(CaseItem)][:4]
    ['number TEXT', 'title TEXT', 'kinds TEXT', 'responsible TEXT']
    >>> [c.name for c in record_columns(Evidence)]
    ['field', 'text', 'page', 'x0', 'top', 'x1', 'bottom', 'address']
    """
    for name, field in record.model_fields.items():
        if name not in left_out:
            yield from _field_columns(name, field)


def _field_columns(name: str, field: FieldInfo) -> Iterator[Column]:
    kinds = list(_kinds(field.annotation))
    description = field.description or ""
    if Box in kinds:
        yield from (Column(edge, text, "REAL") for edge, text in BOX_EDGES.items())
    elif kinds == [tuple]:
        if not _holds_records(field.annotation):
            yield Column(name, description, "TEXT", required=True)
    else:
        yield Column(name, description, _SQLITE_TYPES[kinds[0]], required=NoneType not in kinds)


def _kinds(annotation: Any) -> Iterator[type]:
    """The Python types that an annotation allows; a Literal has the types of its words.

    >>> list(_kinds(Literal["pdf", "docx"] | None)), list(_kinds(tuple[str, ...]))
    ([<class 'str'>, <class 'NoneType'>], [<class 'tuple'>])
    """
    origin = get_origin(annotation)
    if origin is Literal:
        yield type(get_args(annotation)[0])
    elif origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for alternative in get_args(annotation):
            yield from _kinds(alternative)
    else:
        yield origin or annotation


def _holds_records(annotation: Any) -> bool:
    kind = get_args(annotation)[0]
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def record_values(record: BaseModel, names: frozenset[str]) -> dict[str, Any]:
    """The values of a record's columns that are among ``names``, as SQLite takes them.

    >>> from models.records import CaseItem
    >>> record_values(CaseItem(title="Møteplan", kinds=("decision",)), frozenset({"title", "kinds"}))
    {'title': 'Møteplan', 'kinds': '["decision"]'}
    """
    values: dict[str, Any] = {}
    for name, value in record:
        if isinstance(value, Box):
            values |= value._asdict()
        elif name in names:
            values[name] = plain(value)
    return values


def plain(value: Any) -> Any:
    """A value that STRICT tables and FTS5 take: lists as JSON, no NUL, no half of a surrogate pair.

    >>> plain(("a", "å")), plain("a\\x00b"), plain("\\ud800") == "?"
    ('["a", "å"]', 'ab', True)
    """
    if isinstance(value, tuple):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and not (value.isascii() and "\0" not in value):
        return value.replace("\0", "").encode(errors="replace").decode()
    return value
