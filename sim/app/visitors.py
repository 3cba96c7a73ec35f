"""Who comes back: a cookie without meaning, by which a visitor's work is found again."""

import secrets
from collections.abc import MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from sim.app.origin import App, Receive, Scope, Send

COOKIE = "lab-visitor"
LONGEST = 64
_KEY = "lab_visitor"


def cookies_of(scope: Scope) -> dict[str, str]:
    """Return the cookies of a request; none where they cannot be read."""
    told = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    found = SimpleCookie()
    try:
        for line in told:
            found.load(line)
    except CookieError:
        return {}
    return {name: each.value for name, each in found.items()}


def cookie(name: str, value: str) -> tuple[bytes, bytes]:
    """Return the header that sets a cookie which scripts and other sites do not get."""
    return b"set-cookie", f"{name}={value}; Path=/; HttpOnly; SameSite=Strict".encode()


def visitor_of(scope: MutableMapping[str, Any]) -> str:
    """Return who asks, as `Visitors` has found out; nobody in particular without it."""
    return str(scope.get(_KEY, ""))


class Visitors:
    """Notes with each request who asks, and gives who comes for the first time a cookie."""

    def __init__(self, app: App) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        known = cookies_of(scope).get(COOKIE, "")
        visitor = known if 0 < len(known) <= LONGEST else secrets.token_urlsafe(16)
        scope[_KEY] = visitor

        async def send_cookie(message: Any) -> None:
            if message["type"] == "http.response.start" and visitor != known:
                message["headers"] = [*message.get("headers", ()), cookie(COOKIE, visitor)]
            await send(message)

        await self.app(scope, receive, send_cookie)
