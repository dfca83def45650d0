"""What every request passes before it reaches a page, and every answer on its way out.

One ASGI layer: the address asked for must be ours, a form must not come from another site, a body must
not be larger than it may, every answer carries the security headers, and an error nobody expected becomes
a page without details. Of such an error only its type and place reach the log, since its message may hold
what a person wrote.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

ErrorPage = Callable[[Request, int], Awaitable[Response]]

#: Only our own files, no inline script or style, no frame around us, no form sent elsewhere.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": that would make the Origin of our own forms "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
}
HTTPS_HEADERS = {"strict-transport-security": "max-age=31536000"}


class BodyTooLarge(Exception):
    """The request's body is over the limit."""


class Guard:
    """ASGI middleware; `hosts` are the names we answer to, `max_body` is in bytes."""

    def __init__(
        self, app: ASGIApp, *, hosts: frozenset[str], max_body: int, https: bool, error_page: ErrorPage
    ) -> None:
        self.app = app
        self.hosts = hosts
        self.max_body = max_body
        self.headers = HEADERS | (HTTPS_HEADERS if https else {})
        self.error_page = error_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or answer it with an error page."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False
        taken = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        async def receive_within_limit() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.max_body:
                raise BodyTooLarge
            return message

        async def refuse(status: int) -> None:
            response = await self.error_page(Request(scope), status)
            await response(scope, receive, send_with_headers)

        headers = Headers(scope=scope)
        if hostname(headers.get("host", "")) not in self.hosts:
            await refuse(400)
            return
        if not self._from_own_page(headers):
            await refuse(403)
            return
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.max_body:
            await refuse(413)
            return
        try:
            await self.app(scope, receive_within_limit, send_with_headers)
        except BodyTooLarge:
            await refuse(413)
        except Exception as error:
            log.error("web: %s", where(error))
            if started:
                raise ConnectionAbortedError("answer broken off") from None
            await refuse(500)

    def _from_own_page(self, headers: Headers) -> bool:
        """Whether the form stands on a page of ours, by the Origin that browsers send with every POST."""
        origin = headers.get("origin")
        return origin is None or hostname(origin.rpartition("//")[2]) in self.hosts


def hostname(host: str) -> str:
    """The name in a Host header or address, without its port: "[::1]:8400" gives "::1"."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def where(error: BaseException) -> str:
    """The type of an error and the lines of code it came through: nothing of its message."""
    steps = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at " + " < ".join(
        f"{step.filename.rpartition('/')[2]}:{step.lineno}" for step in reversed(steps)
    )
