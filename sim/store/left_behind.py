"""Drafts that killed processes left, told from those that are being filled by a lock on each."""

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

DRAFT = re.compile(r"\.partial-\d+-[0-9a-f]{8}")
"""What stands behind a name in that of its draft."""


def draft_of(name: str) -> str:
    """Return a name for a draft that nothing else has."""
    return f".{name}.partial-{os.getpid()}-{uuid4().hex[:8]}"


def make_held(folder: Path) -> int | None:
    """Make a folder and hold it until the number returned is closed or this process ends.

    Returns:
        A descriptor; None: folders cannot be locked here.

    Raises:
        OSError: it cannot be made.
    """
    lock = None
    while not folder.exists():
        folder.mkdir()
        # Between the two lines another run may have taken it for one left behind.
        lock = _held(folder, wait=True)
    return lock


def clear_left(parent: Path, name: str) -> None:
    """Remove the drafts of a name that nobody holds any more, where folders can be locked."""
    with suppress(OSError):
        for each in parent.iterdir():
            is_draft = each.name.startswith(f".{name}.") and DRAFT.fullmatch(
                each.name[1 + len(name) :]
            )
            if is_draft and (lock := _held(each)) is not None:
                shutil.rmtree(each, ignore_errors=True)
                os.close(lock)


def _held(folder: Path, *, wait: bool = False) -> int | None:
    """Return a descriptor that locks a folder; None: another process does, or none can."""
    try:
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    except (ImportError, OSError):
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
