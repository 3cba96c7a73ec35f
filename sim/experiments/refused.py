"""What the place of a store refuses, told as a problem."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sim.language import Text
from sim.problems import Problem
from sim.store.folder import HINTS

WRITABLE = Text(
    "a store that can be read and written, with enough free space",
    "可读写且空间充足的结果库",
)


@contextmanager
def refused(path: str) -> Iterator[None]:
    """Turn what a file system refuses into a problem that names the file.

    Raises:
        Problem: the body of the ``with`` statement raised ``OSError``.
    """
    try:
        yield
    except OSError as error:
        found = os.strerror(error.errno) if error.errno else str(error)
        raise Problem(path, "", found, WRITABLE, HINTS.get(error.errno or 0)) from error
