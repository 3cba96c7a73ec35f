"""Memory that nothing holds any more, given back to the system."""

import ctypes
from contextlib import suppress

import pyarrow as pa


def give_back() -> None:
    """Return to the system what Arrow and the C library keep of what was freed, for later use.

    It takes a millisecond, and changes nothing but what memory the process holds.
    """
    pa.default_memory_pool().release_unused()
    # Only glibc has this; Windows does not even have a library without a name.
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
