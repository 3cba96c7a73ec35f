"""Protects two draws that are written for speed: they say what the plain ones say."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.compiled import helper
from sim.world import luck

weight = st.one_of(st.just(0.0), st.floats(0.001, 1000.0))
unit = st.integers(0, 2**32 - 1).map(lambda word: (word + 0.5) / 2**32)


@helper
def cosines_of(turns: Any, out: Any) -> None:
    for i in range(len(turns)):
        out[i] = luck.cosine(turns[i])


@helper
def picks_of(weights: Any, sums: Any, u: Any) -> Any:
    luck.add_up(weights, sums)
    return luck.pick(weights, u), luck.pick_by(sums, u)


def test_the_cosine_is_exact_to_the_last_bits_all_the_way_round() -> None:
    turns = (np.arange(2**12) + 0.5) / 2**12
    turns = np.concatenate([turns, np.array([0.5, 2.0**31 - 0.5, 2.0**32 - 0.5]) / 2**32])
    found: NDArray[np.float64] = np.zeros(len(turns))
    cosines_of(turns, found)
    np.testing.assert_allclose(found, np.cos(2.0 * np.pi * turns), rtol=0.0, atol=1e-15)


@given(st.lists(weight, min_size=16, max_size=16).filter(any), unit)
def test_running_sums_pick_what_the_weights_pick(weights: list[float], u: float) -> None:
    plain, fast = picks_of(np.array(weights), np.zeros(16), u)
    assert plain == fast or abs(sum(weights[: fast + 1]) - u * sum(weights)) < 1e-9
