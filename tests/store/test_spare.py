"""What is freed among what is held goes back to the system."""

import platform
from pathlib import Path

import pytest

from sim.store.spare import give_back

HELD = Path("/proc/self/statm")
PAGE = 4096
BLOCK = 1 << 16
"""Bytes, too few for the C library to ask the system for each block."""
BLOCKS = 1000


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc is asked")
def test_it_returns_what_is_freed_between_blocks_that_are_held() -> None:
    blocks = [bytes([1]) * BLOCK for _ in range(BLOCKS)]
    del blocks[::2]
    before = _held()
    give_back()
    assert before - _held() > BLOCKS * BLOCK // 4
    assert len(blocks) == BLOCKS // 2


def _held() -> int:
    """Return the bytes of memory that this process holds."""
    return int(HELD.read_text(encoding="ascii").split()[1]) * PAGE
