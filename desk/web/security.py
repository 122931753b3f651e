"""What holds for every request before a page sees it: the name asked for, the size, who asks; and for every answer.

These are plain ASGI, so that an answer that no page made has the headers too.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Final

from anyio import to_thread
from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.web.access import unfinished
from desk.web.hall import Hall
from desk.web.visits import Visit, keep, visit_at

STATIC: Final = "/static/"
_NOBODY: Final = Visit(None, None, None)
_FORM_BYTES: Final = 1024 * 1024
"""A form or question that carries no paper."""
_UPLOAD_OVERHEAD: Final = 64 * 1024
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_YEAR: Final = 31_536_000


def headers_for(hall: Hall) -> Mapping[str, str]:
    """What every answer says to the browser.

    The referrer goes to our own pages only: with `no-referrer` browsers send `Origin: null` with our own forms (Fetch,
    "append a request Origin header"), and the check of the origin would refuse them.
    """
    headers = {
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "X-Robots-Tag": "noindex",
    }
    return headers | {"Strict-Transport-Security": f"max-age={_YEAR}"} if hall.is_under_tls else headers


class Gate:
    """Answers itself what no page shall see, and dresses every answer."""

    def __init__(self, app: ASGIApp, hall: Hall) -> None:
        self._app = app
        self._hall = hall
        self._headers = headers_for(hall)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        dressed = _dressing(send, self._headers)
        if not self._is_asked_for(Headers(scope=scope)):
            await PlainTextResponse("No such desk.\n", 400)(scope, receive, dressed)
            return
        visit = await self._visit(scope)
        keep(visit, scope.setdefault("state", {}))
        await self._limited(scope, receive, dressed, most=self._most(visit, Headers(scope=scope)))

    def _is_asked_for(self, headers: Headers) -> bool:
        """Whether a browser asked for a name of ours: not one that somebody made to lead here (DNS rebinding)."""
        named = headers.getlist("host")
        return len(named) == 1 and _without_port(named[0]).casefold() in self._hall.hosts

    async def _visit(self, scope: Scope) -> Visit:
        if scope["path"].startswith(STATIC) or _is_of_another_page(scope["method"], Headers(scope=scope)):
            return _NOBODY
        return await to_thread.run_sync(visit_at, HTTPConnection(scope), self._hall)

    def _most(self, visit: Visit, headers: Headers) -> int:
        """Bytes of a body: papers are taken from who is signed in, and as large as the inbox takes them."""
        is_upload = headers.get("content-type", "").startswith("multipart/form-data")
        if not is_upload or unfinished(visit.session) is not None:
            return _FORM_BYTES
        return self._hall.settings.inbox_file_bytes + _UPLOAD_OVERHEAD

    async def _limited(self, scope: Scope, receive: Receive, send: Send, *, most: int) -> None:
        told = Headers(scope=scope).get("content-length", "0")
        if not told.isdecimal() or int(told) > most:
            await _too_large(scope, receive, send)
            return
        await self._app(scope, _counting(receive, most), send)


def _is_of_another_page(method: str, headers: Headers) -> bool:
    """Whether a page that is not ours asks for a part of itself, as a picture or a frame: nobody is signed in there.

    A cookie knows no port, so that it is sent to pages of other programs of this machine too. What changes something
    is looked at by `desk.web.forgery`; a link that somebody follows opens with the session.
    """
    if method not in {"GET", "HEAD"} or headers.get("sec-fetch-site") not in {"cross-site", "same-site"}:
        return False
    return headers.get("sec-fetch-mode") != "navigate" or headers.get("sec-fetch-dest", "document") != "document"


def _counting(receive: Receive, most: int) -> Receive:
    """For a body that does not say how long it is: what is over the limit becomes 413 where the body is read."""
    left = most

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413)
        return message

    return counted


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("Too large.\n", 413)(scope, receive, send)


def _dressing(send: Send, headers: Mapping[str, str]) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            _dress(message, headers)
        await send(message)

    return dressed


def _dress(message: MutableMapping[str, object], headers: Mapping[str, str]) -> None:
    answer = MutableHeaders(scope=message)
    for name, value in headers.items():
        answer[name] = value
    answer.setdefault("Cache-Control", "no-store")


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host
