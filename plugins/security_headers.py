"""Headers that keep a visitor's browser from running, framing or leaking anything.

The site has no script at all, so the policy allows none; style comes from the site's own file only. That also shuts off
the scripts of Datasette's own pages, which these templates do not use.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette import hookimpl

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


@hookimpl(trylast=True)  # asked last, so outermost: the gate's own answers carry the headers too
def asgi_wrapper() -> Callable[[App], App]:
    return with_headers


def with_headers(app: App) -> App:
    """The application with :data:`HEADERS` on every answer, in place of any of the same name."""

    async def wrapped(scope: Message, receive: Any, send: Callable[[Message], Awaitable[None]]) -> None:
        async def send_with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                kept = [(name, value) for name, value in event.get("headers", []) if name.lower() not in HEADERS]
                event = {**event, "headers": kept + list(HEADERS.items())}
            await send(event)

        await app(scope, receive, send_with_headers)

    return wrapped
