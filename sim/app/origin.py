"""Requests of other origins are refused: HTTP and websockets, before anybody else sees them.

A page of another site could else reach a server on this machine from inside the browser, directly
or by letting its own name point at this machine (DNS rebinding). So the host that a request names
has to be this server's, and what sends it has to be a page of this server.
"""

import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = "localhost"
REFUSED = "refused: this address serves its own pages only · 拒绝访问：仅限本页面来源\n".encode()
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
    " connect-src 'self' {socket}; worker-src 'self' blob:; object-src 'none'; base-uri 'self';"
    " form-action 'none'; frame-ancestors 'none'"
)
"""What a page may load: nothing from another machine."""


def host_allowed(host: str, bound: str, port: int) -> bool:
    """Return whether a request for a host is meant for this server.

    Args:
        host: as the request names it, with its port.
        bound: address or name that the server was told to listen on.
        port: that it listens on.
    """
    try:
        parts = urlsplit(f"//{host}")
        name, given = parts.hostname, parts.port
    except ValueError:
        return False
    if name is None or (given or 80) != port or parts.username is not None or parts.path:
        return False
    if name in (LOOPBACK, bound):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    # An address cannot be made to point elsewhere; names can, so only known names pass.
    return address.is_loopback or not is_loopback(bound)


def is_loopback(bound: str) -> bool:
    """Return whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(bound).is_loopback
    except ValueError:
        return bound == LOOPBACK


def allowed(headers: MutableMapping[str, str], bound: str, port: int) -> bool:
    """Return whether a request comes from a page of this server, or from no page at all.

    Args:
        headers: names in lower case.
        bound: address or name that the server was told to listen on.
        port: that it listens on.
    """
    host = headers.get("host", "")
    if not host_allowed(host, bound, port):
        return False
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return False
    site = headers.get("sec-fetch-site", "same-origin")
    return site in ("same-origin", "none") or headers.get("sec-fetch-mode") == "navigate"


class OwnOriginOnly:
    """Lets through what `allowed` allows, and tells browsers to load nothing from elsewhere."""

    def __init__(self, app: App, bound: str, port: int) -> None:
        """Stand before an application.

        Args:
            app: who answers what is let through.
            bound: address or name that the server was told to listen on.
            port: that it listens on.
        """
        self.app = app
        self.bound = bound
        self.port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with status 403; a refused websocket is never opened."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1")
                   for name, value in scope["headers"]}  # fmt: skip
        if not allowed(headers, self.bound, self.port):
            await _refuse(scope["type"], send)
            return
        policy = POLICY.format(socket=f"ws://{headers['host']}").encode()

        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"content-security-policy", policy),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                    (b"cross-origin-resource-policy", b"same-origin"),
                ]
            await send(message)

        await self.app(scope, receive, send_guarded)


async def _refuse(kind: str, send: Send) -> None:
    if kind == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSED})
