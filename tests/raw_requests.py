"""Requests to the site exactly as they are written: no client that tidies up a path, and nothing over the network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from tests.site_collection import site

_AS_IT_STANDS = "/\\%?=&~;:@,.!*'()[]{}\"<>+$-_|^` "


class Answer(NamedTuple):
    target: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    served: Path, *targets: str, method: str = "GET", headers: Iterable[tuple[str, str]] = (), free_sql: bool = False
) -> list[Answer]:
    """What the site over ``served`` answers to each target (path and query), in one run of it."""

    async def answers() -> list[Answer]:
        app = site(served, free_sql=free_sql).app()
        return [await _answer(app, target, method, list(headers)) for target in targets]

    return asyncio.run(answers())


async def _answer(app: Any, target: str, method: str, headers: list[tuple[str, str]]) -> Answer:
    path, _, query = quote(target, safe=_AS_IT_STANDS).replace(" ", "%20").encode().partition(b"?")
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in (("host", "localhost"), *headers)]
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "root_path": "",
        "path": path.decode(), "raw_path": path, "query_string": query, "headers": list(dict(pairs).items()),
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    await app(scope, receive, send)
    found = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(target, sent[0]["status"], found, b"".join(event.get("body", b"") for event in sent[1:]))
