"""Tables that visitors may look at: those that metadata.yml describes, not the inner tables of the search index."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from plugins.view.source import DATABASE


@hookimpl
def permission_allowed(datasette: Datasette, action: str, resource: Any) -> bool | None:
    if action != "view-table" or resource[0] != DATABASE or datasette.setting("default_allow_sql"):
        return None
    described = datasette.metadata("tables", database=DATABASE) or {}
    return None if resource[1] in described else False
