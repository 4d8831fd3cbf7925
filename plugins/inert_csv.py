"""CSV in which no cell is a formula: a spreadsheet that opens it calculates and fetches nothing.

Document text may begin with ``=HYPERLINK(…)``. The rows are rewritten on their way out, so that every CSV of the site
is covered, whichever page gives it. The rule, an apostrophe before the cell, is that of
https://owasp.org/www-community/attacks/CSV_Injection. JSON, the pages and the database itself have the text as it is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any

from datasette import hookimpl

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Any, Send], Awaitable[None]]

_ROW = re.compile(r'(?:"[^"]*"|[^"\n])*+\n')
_CELL = {mark: re.compile(rf'("(?:[^"]|"")*+"|[^{mark}\r\n]*+)({mark}|\r?\n|$)') for mark in ",;"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_UNSEEN = r"[\s\x00-\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
"""What a spreadsheet may leave out before it looks at the first sign."""
_FORMULA = re.compile(rf"[\t\r\n]|{_UNSEEN}[=+\-@＝＋－＠]")
_LIST_MARK = r"[-+]\s[^|!;,\t\r\n]*(?:[;,\t\r\n]|$)"
_FORMULA_INSIDE = {
    mark: re.compile(rf"(?<=[{other}\t\r\n])(?={_UNSEEN}(?!{_LIST_MARK})[=+\-@＝＋－＠])")
    for mark, other in (",;", ";,")
}
"""Where another separator than the file's own would begin a cell: a Norwegian Excel splits at semicolons only, and then
a line break within quotes begins a row too. A dash and a blank is the mark of a list and stays."""


def inert(value: str, mark: str = ",") -> str:
    r"""The cell as a spreadsheet may have it, in a file with ``mark`` between the cells; a number stays a number.

    >>> inert('=HYPERLINK("x")'), inert("+47 22 00 00 00"), inert("\tavvik")
    ('\'=HYPERLINK("x")', "'+47 22 00 00 00", "'\tavvik")
    >>> inert("-12.5"), inert("Avvik = mangel"), inert("Innhold:\n- avvik")
    ('-12.5', 'Avvik = mangel', 'Innhold:\n- avvik')
    >>> inert("Avvik;=1+1"), inert("Avvik;=1+1", ";")
    ("Avvik;'=1+1", 'Avvik;=1+1')
    """
    if _NUMBER.fullmatch(value):
        return value
    start = "'" if _FORMULA.match(value) else ""
    return start + _FORMULA_INSIDE[mark].sub("'", value)


def inert_rows(text: str, mark: str = ",") -> str:
    r"""Whole rows of CSV with every cell :func:`inert`.

    >>> inert_rows('id,title\r\n1,"=1+1"\r\n-2,"a ""b"", c"\r\n')
    'id,title\r\n1,"\'=1+1"\r\n-2,"a ""b"", c"\r\n'
    """
    return _CELL[mark].sub(lambda cell: _inert_cell(cell[1], mark) + cell[2], text)


def _inert_cell(printed: str, mark: str) -> str:
    value = printed[1:-1].replace('""', '"') if printed.startswith('"') else printed
    safe = inert(value, mark)
    return printed if safe == value else '"' + safe.replace('"', '""') + '"'


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    return with_inert_csv


def with_inert_csv(app: App) -> App:
    """The application with every CSV inert, and sent as a file to keep."""

    async def wrapped(scope: Message, receive: Any, send: Send) -> None:
        await app(scope, receive, _rewriter(scope["path"], send) if scope["type"] == "http" else send)

    return wrapped


def _rewriter(path: str, send: Send) -> Send:
    rewritten: Iterator[bytes] | None = None
    parts: list[tuple[bytes, bool]] = []

    async def rewrite(event: Message) -> None:
        nonlocal rewritten
        if event["type"] == "http.response.start" and _is_csv(path, event):
            rewritten = _rewritten(parts)
            event = {**event, "headers": _csv_headers(path, event)}
        elif event["type"] == "http.response.body" and rewritten is not None:
            parts.append((event.get("body", b""), event.get("more_body", False)))
            event = {**event, "body": next(rewritten)}
        await send(event)

    return rewrite


def _rewritten(parts: list[tuple[bytes, bool]]) -> Iterator[bytes]:
    r"""For each part of a file what can be sent of it, whole rows; the heading says what keeps the cells apart.

    >>> parts = [(b"a;b\r\n1;", True), (b"=1+1\r\n", False)]
    >>> list(_rewritten(parts))
    [b'a;b\r\n', b'1;"\'=1+1"\r\n']
    """
    decode, waiting, mark = codecs.getincrementaldecoder("utf-8")("replace").decode, "", ""
    while parts:
        body, more = parts.pop(0)
        whole, waiting = _split(waiting + decode(body, not more), more)
        heading = whole.partition("\n")[0]
        mark = mark or (";" if heading.count(";") > heading.count(",") else "," if heading else "")
        yield inert_rows(whole, mark).encode() if whole else b""


def _split(text: str, more: bool) -> tuple[str, str]:
    r"""Whole rows, and the beginning of the next one where more is to come.

    >>> _split('1,"a\nb"\n2,"c\n', True)
    ('1,"a\nb"\n', '2,"c\n')
    """
    end = 0
    while more and (row := _ROW.match(text, end)):
        end = row.end()
    return (text[:end], text[end:]) if more else (text, "")


def _is_csv(path: str, start: Message) -> bool:
    """Datasette calls its CSV plain text unless it is asked for a download."""
    kind = next((value for name, value in start["headers"] if name.lower() == b"content-type"), b"").decode("latin-1")
    return kind.startswith("text/csv") or (kind.startswith("text/plain") and path.endswith(".csv"))


def _csv_headers(path: str, start: Message) -> list[tuple[bytes, bytes]]:
    """The headers of a file to keep, named after its address; its length is not known beforehand."""
    name = re.sub(r"[^\w-]", "", path.rpartition("/")[2].removesuffix(".csv"), flags=re.ASCII) or "sakspor"
    ours = [
        (b"content-type", b"text/csv; charset=utf-8"),
        (b"content-disposition", f'attachment; filename="{name}.csv"'.encode()),
    ]
    replaced = {name for name, _ in ours} | {b"content-length"}
    return [(name, value) for name, value in start["headers"] if name.lower() not in replaced] + ours
