"""The gate before Datasette: what breaks a rule of ``plugins.view.admission`` is answered here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from plugins.view.admission import METHODS, Asked, refusal
from plugins.view.error_page import error_page

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Any, Send], Awaitable[None]]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    free = bool(datasette.setting("default_allow_sql"))
    sign_in = datasette.plugin_config("datasette-auth-passwords") is not None

    def with_gate(app: App) -> App:
        async def gate(scope: Message, receive: Any, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            scope = {**scope, "headers": [pair for pair in scope["headers"] if not _is_broken_cookie(*pair)]}
            request = Request(scope, receive)
            send = _without_body(send) if request.method == "HEAD" else send
            asked = Asked(request.method, request.path, request.query_string, request.headers)
            refused = refusal(asked, free=free, sign_in=sign_in)
            if refused is None:
                await app({**scope, "method": "GET"} if request.method == "HEAD" else scope, receive, send)
                return
            await datasette.invoke_startup()
            answer = await error_page(datasette, request, *refused)
            if refused.status == 405:
                answer.headers["Allow"] = ", ".join(METHODS)
            await answer.asgi_send(send)

        return gate

    return with_gate


def _is_broken_cookie(name: bytes, value: bytes) -> bool:
    """Whether it is a cookie that Datasette would stumble on before it can answer.

    >>> _is_broken_cookie(b"cookie", b"\\xff=1"), _is_broken_cookie(b"cookie", b"a=1; b=;;")
    (True, False)
    """
    if name.lower() != b"cookie":
        return False
    try:
        SimpleCookie(value.decode("ascii"))
    except (UnicodeDecodeError, CookieError):
        return True
    return False


def _without_body(send: Send) -> Send:
    """What is sent, without the body: HEAD is answered as GET is, for every page alike."""

    async def send_head(event: Message) -> None:
        await send({**event, "body": b""} if event["type"] == "http.response.body" else event)

    return send_head
