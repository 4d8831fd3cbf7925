"""A database that writes nothing of a visitor's query to the log."""

from __future__ import annotations

from typing import Any

from datasette.database import Database


class QuietDatabase(Database):
    """Datasette prints a query that fails, with all its values: what somebody searched for is nobody else's matter."""

    async def execute(self, sql: str, params: Any = None, **options: Any) -> Any:
        return await super().execute(sql, params, **(options | {"log_sql_errors": False}))
