"""What the place of a store refuses, told as a problem."""

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sim.problems import Problem
from sim.scenario.place import shorten
from sim.text.catalogue import worded
from sim.text.logs import Said

LOG = logging.getLogger(__name__)
WRITABLE = worded("expected.store")
ELSEWHERE = worded("hint.other_store")
HINTS = {
    errno.ENOSPC: worded("hint.free_space"),
    errno.EACCES: ELSEWHERE,
    errno.EROFS: ELSEWHERE,
    errno.ENOTDIR: ELSEWHERE,
}


@contextmanager
def refused(path: str) -> Iterator[None]:
    """Turn what a file system refuses into a problem that names the file.

    Raises:
        Problem: the file system failed at what was done within the ``with`` statement.
    """
    try:
        yield
    except Problem:
        raise
    except Exception as error:  # drivers of remote places raise errors of their own
        number = error.errno if isinstance(error, OSError) else None
        found = os.strerror(number) if number else shorten(f"{type(error).__name__}: {error}")
        LOG.debug(Said("refused", path=path, why=found))
        raise Problem(path, "", found, WRITABLE, HINTS.get(number or 0)) from error
