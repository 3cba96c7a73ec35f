"""Protects luck at a glance: a byte and the rest make one uniform number, and no byte misleads."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from sim.engine import rare
from sim.engine.chance import fill_first_words, number, uniforms
from sim.model.world import glances, purposes

ALPHA = 1e-4
"""Chance that right luck fails one statistical test; with a fixed seed it fails never or always."""
SEED, REPLICATE, MONTH, MANY = 2022, 5, 17, 1 << 15
fractions = st.floats(0.0, 1.0)


@pytest.fixture(scope="module")
def drawn() -> NDArray[np.uint32]:
    """Sixteen bytes of each of many identities, in four words; shape (4, MANY)."""
    city: Any = SimpleNamespace(seed=SEED, replicate=REPLICATE)
    words = np.zeros((4, MANY), np.uint32)
    glances.draw_glances(words, np.arange(MANY, dtype=np.int64), MANY, city, MONTH)
    return words


def byte_of(words: NDArray[np.uint32], which: int) -> NDArray[np.uint32]:
    found: NDArray[np.uint32] = words[which // 4] >> np.uint32(8 * (which % 4)) & 255
    return found


def test_bytes_stand_in_the_words_lowest_first(drawn: NDArray[np.uint32]) -> None:
    """Compared with the bytes of the words as they lie in memory on a little-endian machine."""
    whole = np.ascontiguousarray(drawn.T).astype("<u4").view(np.uint8)
    for which in range(rare.BYTES):
        assert (byte_of(drawn, which) == whole[:, which]).all()


def test_the_words_are_those_of_the_purpose(drawn: NDArray[np.uint32]) -> None:
    for who in (0, 1, MANY - 1):
        expected = uniforms(SEED, REPLICATE, who, MONTH, purposes.GLANCE)
        assert tuple((drawn[:, who] + 0.5) / 2**32) == expected


@pytest.mark.parametrize("which", range(rare.BYTES))
def test_a_byte_and_the_rest_are_uniform(drawn: NDArray[np.uint32], which: int) -> None:
    rest = np.zeros(MANY, np.uint32)
    ids = np.arange(MANY, dtype=np.int64)
    fill_first_words(rest, ids, MANY, SEED, REPLICATE, MONTH, purposes.NEWS)
    u = (byte_of(drawn, which) + (rest + 0.5) / 2**32) / 256
    assert stats.kstest(u, "uniform").pvalue > ALPHA / rare.BYTES


@given(st.integers(0, 255), st.integers(0, 2**32 - 1), fractions)
def test_who_is_struck_has_a_byte_that_is_low_enough(byte: int, word: int, chance: float) -> None:
    """Nobody whom chance strikes is passed over, whatever the chance."""
    if rare.completed(byte, 0, number(np.uint32(word))) < chance:
        assert byte <= rare.highest(chance)


@given(fractions)
def test_few_are_looked_at_in_vain(chance: float) -> None:
    """At most one byte in 256 more than chance strikes."""
    assert (rare.highest(chance) + 1) / 256 <= min(1.0, chance + 1 / 256)


@pytest.mark.parametrize(
    ("chance", "byte"), [(-1.0, 0), (0.0, 0), (0.25, 64), (1.0, 255), (7, 255)]
)
def test_the_highest_byte_by_hand(chance: float, byte: int) -> None:
    assert rare.highest(float(chance)) == byte
