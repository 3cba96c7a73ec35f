"""Who may come in where others than this machine can knock: those who have the link with the token.

The token is in the link that the command prints, and in no other place that is kept: it is taken
out of the address at once and becomes a cookie, which scripts and other sites do not get.
"""

import html
import secrets
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sim.app.origin import App, Receive, Scope, Send
from sim.app.visitors import cookie, cookies_of

KEY = "token"
COOKIE = "lab-token"
LENGTH = 32
"""Bytes of chance in a token."""
REFUSED = (
    "refused: open the link that `sim app` printed when it started; it holds a token"
    " · 拒绝访问：请使用 `sim app` 启动时显示的链接，其中含有令牌\n"
).encode()
# A page that goes on, not a redirection: a browser that followed the link from elsewhere would not
# send a strict cookie with that.
ONWARD = '<!doctype html><meta http-equiv="refresh" content="0; url={address}"><title>…</title>'


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(LENGTH)


class TokenOnly:
    """Lets in who has the token, to pages, files and websockets alike; refuses all others."""

    def __init__(self, app: App, token: str, port: int) -> None:
        """Stand before an application.

        Args:
            app: who answers what is let through.
            token: that is asked for.
            port: of the server; each has a cookie of its own.
        """
        self.app = app
        self.token = token
        self.cookie = f"{COOKIE}-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, take the token out of the address, or refuse with status 403."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        pairs = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        told = [value for key, value in pairs if key == KEY]
        if told and scope["type"] == "http":
            if self._right(told[-1]):
                rest = urlencode([pair for pair in pairs if pair[0] != KEY])
                await self._go_on(f"{scope['path']}?{rest}", send)
            else:
                await _answer(403, REFUSED, [], send)
        elif self._right(cookies_of(scope).get(self.cookie, "")):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _answer(403, REFUSED, [], send)

    def _right(self, told: str) -> bool:
        """Return whether that is the token, in a time that does not tell how much of it is."""
        return secrets.compare_digest(told.encode(), self.token.encode())

    async def _go_on(self, address: str, send: Send) -> None:
        page = ONWARD.format(address=html.escape(address)).encode()
        await _answer(200, page, [cookie(self.cookie, self.token)], send)


async def _answer(status: int, body: bytes, headers: list[tuple[bytes, bytes]], send: Send) -> None:
    kind = b"text/html" if status == 200 else b"text/plain"
    told: list[Any] = [
        (b"content-type", kind + b"; charset=utf-8"),
        (b"cache-control", b"no-store"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
