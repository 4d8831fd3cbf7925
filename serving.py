"""The site: Datasette over a published file, with the pages and queries that belong to this program."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasette.app import Datasette

NAME = "sakspor"
"""The database's name in every address and in metadata.yml, whatever the served file is called."""

MOST_CONNECTIONS = 200
"""Open at once; the next is told to come back later (503), so that a flood cannot fill the memory."""
LARGEST_HEAD = 32 * 1024
"""Bytes of a request's address and headers together."""


def site_folder() -> Path:
    """The folder with metadata.yml, templates, plugins and static: the checkout, or what an installation brought."""
    here = Path(__file__).resolve().parent
    installed = here / "sakspor_site"
    return installed if installed.is_dir() else here


HASH_VARIABLE = "SAKSPOR_PASSORD_HASH"
"""The environment variable with the hash of the internal site's password, as ``datasette hash-password`` gives it."""
ACCOUNT = "intern"
"""The user name of the internal site."""


def make_site(
    database: Path, site: Path | None = None, *, free_sql: bool = False, password_hash: str | None = None
) -> Datasette:
    """Datasette with one database, opened immutable; with ``free_sql`` it answers its users' own queries too.

    With ``password_hash`` everything but the style sheet is behind a log-in, and nothing may be cached on the way.

    Not Datasette's own configuration folder: that would serve every other database that lies in the folder too, and
    the working database may well be there.
    """
    from datasette.app import Datasette

    from plugins.view.quiet_database import QuietDatabase

    site = site or site_folder()
    metadata, settings = _read_metadata(site / "metadata.yml"), _read_settings(site / "settings.json")
    if free_sql:
        metadata["allow_sql"] = settings["default_allow_sql"] = True
    if password_hash:
        metadata["allow"] = {"id": ACCOUNT}
        metadata["plugins"] = {"datasette-auth-passwords": {f"{ACCOUNT}_password_hash": password_hash}}
        settings["default_cache_ttl"] = 0
    datasette = Datasette(
        [],
        metadata=metadata,
        template_dir=str(site / "templates"),
        plugins_dir=str(site / "plugins"),
        static_mounts=[("static", str(site / "static"))],
        settings=settings,
    )
    datasette.remove_database("_memory")
    datasette.add_database(QuietDatabase(datasette, path=str(database), is_mutable=False), name=NAME)
    return datasette


def _read_metadata(path: Path) -> dict[str, Any]:
    from datasette.utils import parse_metadata

    return dict(parse_metadata(path.read_text(encoding="utf-8")))


def _read_settings(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def audience(database: Path) -> str | None:
    """Whom a file was published for, ``public`` or ``internal``; None for any file that was not published whole."""
    wal = database.with_name(database.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        return None
    try:
        db = sqlite3.connect(f"{database.resolve().as_uri()}?immutable=1", uri=True)
        try:
            row = db.execute("SELECT audience FROM publication, (SELECT count(*) FROM documents)").fetchone()
        finally:
            db.close()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def can_log_in() -> bool:
    """Whether what the internal site needs is installed."""
    return find_spec("datasette_auth_passwords") is not None


def is_free(host: str, port: int) -> bool:
    """Whether nothing listens on a port of this machine yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run(datasette: Datasette, host: str, port: int) -> None:
    """Serve until Ctrl-C. Nothing is logged but errors: no addresses, and so no searches."""
    import uvicorn

    # uvicorn gives the signal back once it has stopped; to die of it would leave no time to stop the drawing processes
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    uvicorn.run(
        datasette.app(),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        lifespan="on",
        workers=1,
        http="h11",
        ws="none",
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=LARGEST_HEAD,
    )
