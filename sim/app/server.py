"""The lab's web server: on this machine only unless told otherwise, its own pages only."""

import atexit
import errno
import logging
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from asyncio import CancelledError
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any, NamedTuple

from sim.app.doorkeeper import KEY, TokenOnly, new_token
from sim.app.growth import Engine
from sim.app.origin import OwnOriginOnly, is_loopback
from sim.app.visitors import Visitors
from sim.language import Language
from sim.problems import Problem
from sim.text.catalogue import worded

HOST = "127.0.0.1"
PORT = 8080
RECONNECT = 15.0
"""Seconds that a tab may be away, on a busy machine or a phone asleep, before it is forgotten. Its
likelihoods pause at once."""
BACKLOG = 128
GRACE = 5.0
"""Seconds that threads have to end once the server has ended."""
LETS_GO = "Cancel %s running task(s)"
"""Said by the web server when it ends while pages wait."""
SHARED = worded("lab.shared")
"""Said after the link, which holds a token."""


class Start(NamedTuple):
    """How to start."""

    query: str
    """Link of the package to begin with."""
    language: Language
    """Of what the command says, and of pages where neither link nor browser asks for one of ours.
    """
    asked: bool = False
    """Whether somebody asked for it: then the address that is opened says so."""
    host: str = HOST
    port: int = PORT
    """0 takes any that is free."""
    open_browser: bool = True


def serve(start: Start, say: Callable[[str], None]) -> None:
    """Serve the lab until Ctrl-C.

    Args:
        start: where, and with what.
        say: told where the lab is.

    Raises:
        Problem: nothing can listen there.
    """
    with listening(start.host, start.port) as listener:
        port = listener.getsockname()[1]
        token = "" if is_loopback(start.host) else new_token()
        server = _server(start, port, token)

        def end(_number: int, _frame: FrameType | None) -> None:
            server.should_exit = True

        # Its own breaks off when asked twice, with a traceback, and then asks the whole process.
        server.handle_exit = end
        for request in (signal.SIGINT, signal.SIGTERM):
            signal.signal(request, end)
        address = _address(start, port) + (f"&{KEY}={token}" if token else "")
        say(worded("lab.address", address=address).in_(start.language))
        if token:
            say(SHARED.in_(start.language))
        if start.open_browser:
            opening = threading.Timer(1.0, webbrowser.open, [address])
            opening.daemon = True
            opening.start()
        server.run(sockets=[listener])
    _leave()


def _leave() -> None:
    """Leave the process though a thread is in the midst of something that may take minutes.

    Nothing is half-written by it: a file gets its name when it is whole.
    """
    last = time.monotonic() + GRACE
    own = threading.current_thread()
    others = [each for each in threading.enumerate() if each is not own and not each.daemon]
    for each in others:
        each.join(max(0.0, last - time.monotonic()))
    if any(map(threading.Thread.is_alive, others)):
        sys.stdout.flush()
        # What libraries clean up as they end they clean up here: the interpreter would wait first.
        atexit._run_exitfuncs()
        os._exit(0)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens, so that a port in use is told before anything is loaded.

    Raises:
        Problem: nothing can listen there.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        expected = worded("expected.own_address")
        raise Problem("--host", "", host, expected) from error
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # elsewhere it would let a second server have the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            expected, hint = worded("expected.free_port"), worded("hint.port_in_use")
            raise Problem("--port", "", str(port), expected, hint) from error
        expected = worded("expected.usable_address")
        found = f"{host}:{port}, {os.strerror(error.errno or 0)}"
        raise Problem("--host, --port", "", found, expected) from error
    return listener


def _address(start: Start, port: int) -> str:
    host = "127.0.0.1" if start.host in ("0.0.0.0", "::") else start.host
    name = f"[{host}]" if ":" in host else host
    language = f"&lang={start.language}" if start.asked else ""
    return f"http://{name}:{port}/?{start.query}{language}"


def _server(start: Start, port: int, token: str) -> Any:
    """Return a server of the lab's pages, not yet running.

    With a token, only who has it is let in.
    """
    import uvicorn
    from fastapi import FastAPI
    from nicegui import app, ui

    from sim.app.package import FIRST_BASE, preset
    from sim.app.pages.routes import add_pages

    engine = Engine()
    outer = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_pages(engine, start.query, start.language)
    app.on_startup(partial(engine.ready, preset(FIRST_BASE).scenario))
    app.on_shutdown(engine.close)
    ui.run_with(
        outer,
        title="Policy lab · 政策实验室",
        tailwind=False,
        reconnect_timeout=RECONNECT,
        show_welcome_message=False,
        favicon="🏙️",
    )
    for name in ("engineio.server", "socketio.server"):
        logging.getLogger(name).addFilter(_own_fault)
    inner = TokenOnly(Visitors(outer), token, port) if token else Visitors(outer)
    guarded = OwnOriginOnly(inner, start.host, port)
    config = uvicorn.Config(
        guarded,
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=64 * 1024,
    )
    logging.getLogger("uvicorn.error").addFilter(_not_of_ending)
    return uvicorn.Server(config)


def _own_fault(record: logging.LogRecord) -> bool:
    """Return whether a line of the socket's server tells of a fault of ours.

    It also tells, as errors and in the sender's own words, of requests that it has refused: of a
    page that comes back when its session has just been forgotten, or of whatever somebody sends.
    """
    return record.exc_info is not None


def _not_of_ending(record: logging.LogRecord) -> bool:
    """Return whether a line of the web server tells of more than a page that it lets go at the end.

    A page that asks by polling is always waiting for an answer; when the lab ends it gets none.
    """
    fault = record.exc_info[1] if record.exc_info else None
    return not (isinstance(fault, CancelledError) or str(record.msg).startswith(LETS_GO))
