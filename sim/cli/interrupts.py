"""All that an interrupt runs (Ctrl-C, or a request to end).

The process ends where the interrupt finds it. An exception raised there instead would surface in
whatever runs just then: an import makes another error of it, a destructor or a callback from C
swallows it. Nothing else is imported here, so that handlers stand before any library loads.
"""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

INTERRUPTED = 130
REQUESTS = (signal.SIGINT, signal.SIGTERM)
LOCKING = frozenset({"matplotlib.font_manager", "numba.core.caching"})
"""Modules that leave a file behind in a cache when the process ends while they write it."""
SOON = 0.01
"""Seconds after which it is looked again whether they have written."""

last_words = ""
"""What an interrupt says."""


def heed() -> None:
    """End where an interrupt finds the process."""
    for request in REQUESTS:
        signal.signal(request, _end)


def ignore() -> None:
    """Be interrupted no more: the status is decided.

    At its very end Python restores all handlers but this one.
    """
    for request in REQUESTS:
        signal.signal(request, signal.SIG_IGN)


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Do nothing; of a second request that comes with the first, SIG_IGN would complain."""


def _end(_number: int, frame: FrameType | None) -> None:
    """Undo what is unfinished, say so, and end. Only the first request counts."""
    for request in REQUESTS:
        signal.signal(request, _ignore)
    while frame:
        if frame.f_globals.get("__name__") in LOCKING:
            signal.signal(signal.SIGALRM, _end)
            signal.setitimer(signal.ITIMER_REAL, SOON)
            return
        frame = frame.f_back
    # Where that room has not been loaded, nothing has been begun.
    for undo in reversed([*getattr(sys.modules.get("sim.store.unfinished"), "UNFINISHED", ())]):
        with suppress(Exception):
            undo()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    with suppress(Exception):
        os.write(sys.stderr.fileno(), last_words.encode(sys.stderr.encoding, "replace"))
    os._exit(INTERRUPTED)
