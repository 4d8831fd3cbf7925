"""The one served database is called ``sakspor`` whatever its file is: addresses and metadata.yml go by that name."""

from __future__ import annotations

from datasette import hookimpl
from datasette.app import Datasette

from plugins.view.quiet_database import QuietDatabase
from plugins.view.source import DATABASE


@hookimpl
def startup(datasette: Datasette) -> None:
    files = [name for name, db in datasette.databases.items() if db.path]
    found = DATABASE if DATABASE in files else files[0] if len(files) == 1 else None
    if found is None or isinstance(datasette.databases[found], QuietDatabase):
        return
    database = datasette.get_database(found)
    datasette.remove_database(found)
    quiet = QuietDatabase(datasette, path=database.path, is_mutable=database.is_mutable)
    datasette.add_database(quiet, name=DATABASE)
