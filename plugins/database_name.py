"""The one served database is called ``sakspor`` whatever its file is: addresses and metadata.yml go by that name."""

from __future__ import annotations

from datasette import hookimpl
from datasette.app import Datasette

from plugins.view.source import DATABASE


@hookimpl
def startup(datasette: Datasette) -> None:
    files = [name for name, db in datasette.databases.items() if db.path]
    if DATABASE not in datasette.databases and len(files) == 1:
        database = datasette.get_database(files[0])
        datasette.remove_database(files[0])
        datasette.add_database(database, name=DATABASE)
