"""What must not stay half done: undone at a failure, and by whoever ends the process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

UNFINISHED: list[Callable[[], object]] = []
"""What an interrupt of the command line undoes before it ends the process, the last first."""


@contextmanager
def undone(undo: Callable[[], object]) -> Iterator[None]:
    """Undo something unless the block ends well.

    Args:
        undo: called at an exception, and by an interrupt of the command line at any moment: it must
            be safe to call when nothing has been done yet, and a second time.
    """
    UNFINISHED.append(undo)
    try:
        yield
    except BaseException:
        undo()
        raise
    finally:
        UNFINISHED.remove(undo)
