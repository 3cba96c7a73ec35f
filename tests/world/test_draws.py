"""Protects a draw that is written for speed: it says what the plain one says."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import rule
from sim.model.world.luck import add_up, pick, pick_by
from tests.compiled import compiled

weight = st.one_of(st.just(0.0), st.floats(0.001, 1000.0))
unit = st.integers(0, 2**32 - 1).map(lambda word: (word + 0.5) / 2**32)


@rule
def pick_twice(weights: Any, sums: Any, u: Any) -> Any:
    add_up(weights, sums)
    return pick(weights, u), pick_by(sums, u)


picks_of = compiled(pick_twice)


@given(st.lists(weight, min_size=16, max_size=16).filter(any), unit)
def test_running_sums_pick_what_the_weights_pick(weights: list[float], u: float) -> None:
    plain, fast = picks_of(np.array(weights), np.zeros(16), u)
    assert plain == fast or abs(sum(weights[: fast + 1]) - u * sum(weights)) < 1e-9
