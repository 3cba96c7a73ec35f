"""Where text leaves for the terminal: what others wrote cannot act there, and readers may go."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from io import TextIOWrapper
from typing import Any, TextIO, cast

from sim.language import visible


class Outlet:
    """A stream that spells out control characters, and goes on when its reader has gone."""

    def __init__(self, stream: TextIO, *, spelt: bool = True) -> None:
        """Wrap a stream.

        Args:
            stream: the stream.
            spelt: whether control characters are spelt out.
        """
        self._stream = stream
        self._spelt = spelt

    def __getattr__(self, name: str) -> Any:
        """Return whatever else the stream has."""
        return getattr(self._stream, name)

    @property
    def rich_proxied_file(self) -> "Outlet":
        """Return where Rich writes: the stream without spelling.

        Rich styles with control characters of its own; `sim.present.screen` and `sim.cli.progress`
        give it texts that hold no others.
        """
        return Outlet(self._stream, spelt=False)

    def write(self, text: str) -> int:
        """Write a text; nowhere if nobody reads (``| head``)."""
        try:
            self._stream.write(visible(text) if self._spelt else text)
        except BrokenPipeError:
            self._hang_up()
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._hang_up()

    def _hang_up(self) -> None:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


@contextmanager
def outlets() -> Iterator[None]:
    """Let all that is printed meanwhile go through outlets.

    An output that has no Chinese letters shows substitutes for them instead of failing.
    """
    ways = ((redirect_stdout, sys.stdout), (redirect_stderr, sys.stderr))
    with ExitStack() as ends:
        for redirect, stream in ways:
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
            outlet = Outlet(stream)
            ends.callback(outlet.flush)
            ends.enter_context(redirect(cast(TextIO, outlet)))
        yield
