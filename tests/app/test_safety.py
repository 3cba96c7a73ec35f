"""Only the lab's own pages are answered; a port that is taken is told."""

import asyncio
import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sim.app.doorkeeper import TokenOnly, new_token
from sim.app.links import from_link
from sim.app.origin import OwnOriginOnly, allowed
from sim.app.package import LARGEST_FILE, from_toml
from sim.app.server import listening
from sim.problems import Problem

PORT = 8080


@pytest.mark.parametrize(
    ("headers", "bound", "passes"),
    [
        ({"host": "127.0.0.1:8080"}, "127.0.0.1", True),
        ({"host": "localhost:8080"}, "127.0.0.1", True),
        ({"host": "[::1]:8080"}, "127.0.0.1", True),
        ({"host": "127.0.0.1:8080", "origin": "http://127.0.0.1:8080"}, "127.0.0.1", True),
        ({"host": "127.0.0.1:8080", "origin": "http://localhost:8080"}, "127.0.0.1", False),
        ({"host": "127.0.0.1:8080", "origin": "https://example.org"}, "127.0.0.1", False),
        ({"host": "127.0.0.1:8080", "origin": "null"}, "127.0.0.1", False),
        ({"host": "127.0.0.1:9090"}, "127.0.0.1", False),
        ({"host": "evil.example:8080"}, "127.0.0.1", False),
        ({"host": "127.0.0.1.evil.example:8080"}, "127.0.0.1", False),
        ({"host": "localhost:8080@evil.example"}, "127.0.0.1", False),
        ({"host": "192.168.1.7:8080"}, "127.0.0.1", False),
        ({"host": "192.168.1.7:8080"}, "0.0.0.0", True),
        ({"host": "evil.example:8080"}, "0.0.0.0", False),
        ({"host": "lab.example:8080"}, "lab.example", True),
        ({"host": "localhost:8080", "sec-fetch-site": "cross-site"}, "localhost", False),
        (
            {
                "host": "localhost:8080",
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "navigate",
            },
            "localhost",
            True,
        ),
        ({}, "127.0.0.1", False),
        ({"host": "[::1"}, "127.0.0.1", False),
    ],
)
def test_who_is_answered(headers: dict[str, str], bound: str, passes: bool) -> None:
    assert allowed(headers, bound, PORT) is passes


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_others_are_refused_before_the_application_hears_of_them(kind: str) -> None:
    heard: list[str] = []
    sent: list[dict[str, Any]] = []

    async def application(scope: Any, _receive: Any, _send: Any) -> None:
        heard.append(scope["type"])

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {}

    guard = OwnOriginOnly(application, "127.0.0.1", PORT)
    for origin in (b"http://evil.example", b"http://127.0.0.1:8080"):
        headers = [(b"Host", b"127.0.0.1:8080"), (b"Origin", origin)]
        asyncio.run(guard({"type": kind, "headers": headers}, receive, send))
    assert heard == [kind]
    refusal = sent[0]
    assert (refusal.get("status"), refusal["type"]) in (
        (403, "http.response.start"),
        (None, "websocket.close"),
    )


def test_no_other_command_loads_the_web_framework() -> None:
    loaded = "any(name in sys.modules for name in ('nicegui', 'fastapi'))"
    look = f"import sys, sim.cli.app, sim.runner; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_a_port_in_use_and_an_address_of_others_are_told() -> None:
    with listening("127.0.0.1", 0) as taken:
        with pytest.raises(Problem) as told:
            listening("127.0.0.1", taken.getsockname()[1])
        assert told.value.key == ""
        assert told.value.where == "--port"
    with pytest.raises(Problem):
        listening("192.0.2.1", 0)


def asked(
    application: Any, kind: str, query: bytes = b"", cookie: str = ""
) -> list[dict[str, Any]]:
    """Send a request to a guarded application; return what comes back."""
    headers = [(b"host", b"192.168.1.7:8080"), (b"cookie", cookie.encode("latin-1"))]
    scope = {"type": kind, "path": "/", "query_string": query, "headers": headers}
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {}

    asyncio.run(application(scope, receive, send))
    return sent


async def open_house(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_only_who_has_the_token_is_let_in(kind: str) -> None:
    token = new_token()
    ask = partial(asked, TokenOnly(open_house, token, PORT))
    other = new_token()
    for cookie in (
        "",
        f"lab-token-9090={token}",
        f"lab-token-8080={other}",
        "lab-token-8080=é",
        "=",
    ):
        first = ask(kind, cookie=cookie)[0]
        assert first.get("status") == 403 or first == {"type": "websocket.close", "code": 1008}
    assert ask(kind, cookie=f"a=b; lab-token-8080={token}")[0]["status"] == 200


def test_the_token_of_a_link_becomes_a_cookie_and_leaves_the_address() -> None:
    token = new_token()
    ask = partial(asked, TokenOnly(open_house, token, PORT))
    assert ask("http", f"token={token}x".encode())[0]["status"] == 403
    assert ask("websocket", f"token={token}".encode())[0]["type"] == "websocket.close"
    head, body = ask("http", f"base=as-written&x=%3Cb%3E&token={token}&lang=zh".encode())
    headers = dict(head["headers"])
    assert headers[b"set-cookie"].decode() == (
        f"lab-token-8080={token}; Path=/; HttpOnly; SameSite=Strict"
    )
    assert token.encode() not in body["body"]
    assert b"url=/?base=as-written&amp;x=%3Cb%3E&amp;lang=zh" in body["body"]


def test_a_lab_that_others_reach_asks_for_its_token_and_ends_without_a_trace(
    tmp_path: Path,
) -> None:
    """The server as somebody starts it: link, page, file and socket with the token and without.

    A page that waits when the lab ends is let go.
    """
    words = [sys.executable, "-m", "sim", "app", "--no-open", "--host", "0.0.0.0", "--port", "0"]
    log = tmp_path / "log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*words, "--lang", "en"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
        ThreadPoolExecutor() as pool,
    ):
        assert process.stdout is not None
        told = re.search(r"(http://127\.0\.0\.1:(\d+))/\S*token=(\S+)", process.stdout.readline())
        assert told is not None
        address, port, token = told.groups()
        paths = (
            "/",
            "/lab/page.js",
            "/lab/font.otf",
            "/_nicegui_ws/socket.io/?EIO=4&transport=polling",
        )
        try:
            assert [status_of(address + path) for path in paths] == [403] * len(paths)
            assert status_of(f"{address}/?token={token[:-1]}") == 403
            assert status_of(f"{address}/?token={token}") == 200
            cookie = f"lab-token-{port}={token}"
            assert [status_of(address + path, cookie) for path in paths] == [200] * len(paths)
            polling = address + paths[-1]
            assert status_of(f"{polling}&sid=%1b%5b31mred", cookie) == 400
            with urllib.request.urlopen(_with(polling, cookie)) as found:
                session = json.loads(found.read()[1:])["sid"]
            waiting = pool.submit(status_of, f"{polling}&sid={session}", cookie)
            time.sleep(1.0)
            assert not waiting.done()
        finally:
            process.send_signal(signal.SIGINT)
            rest = process.communicate(timeout=120)[0]
    assert process.returncode == 0
    assert token not in rest
    assert log.read_text() == ""  # whoever asks for what is not there writes nothing into it


def _with(address: str, cookie: str) -> urllib.request.Request:
    return urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})


def status_of(address: str, cookie: str = "") -> int:
    request = _with(address, cookie)
    for _ in range(100):  # the link is told before the server answers
        try:
            with urllib.request.urlopen(request, timeout=30) as found:
                return int(found.status)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError(address)


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".a" * 20_000 + " = 1",
        "[" + "a." * 20_000 + "a]",
        "a = " + "[" * 20_000 + "]" * 20_000,
        "a = " + "{a = " * 10_000 + "1" + "}" * 10_000,
        "\n".join(f"a{number} = 1" for number in range(9_000)),
        "plans.yulin.districts = [" + "'a'," * 19_000 + "]",
    ],
    ids=["key", "table", "lists", "tables", "values", "districts"],
)
def test_a_file_that_takes_long_to_read_is_refused_unread(text: str) -> None:
    """Forty thousand letters took four seconds, in which nobody's page answered."""
    assert len(text) <= LARGEST_FILE
    with pytest.raises(Problem) as told:
        from_toml(text, "file.toml")
    assert told.value.where.startswith("file.toml")
    assert len(told.value.in_("en")) < 300


def test_a_link_whose_keys_are_too_deep_is_refused() -> None:
    with pytest.raises(Problem):
        from_link("plans" + ".a" * 5_000 + "=1")
