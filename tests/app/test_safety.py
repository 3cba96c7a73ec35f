"""Only the lab's own pages are answered; a port that is taken is told."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest

from sim.app.origin import OwnOriginOnly, allowed
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
    look = f"import sys, sim.cli, sim.runner; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_a_port_in_use_and_an_address_of_others_are_told() -> None:
    with listening("127.0.0.1", 0) as taken:
        with pytest.raises(Problem) as told:
            listening("127.0.0.1", taken.getsockname()[1])
        assert told.value.key == ""
        assert told.value.where == "--port"
    with pytest.raises(Problem):
        listening("192.0.2.1", 0)
