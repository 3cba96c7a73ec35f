"""Which parameters and which luck a replicate has: the same however many are run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.sampling import draw_of, draws_among, replicates_for, sampled, second_lucks


def test_the_first_hypercube_is_whole_before_any_draw_has_a_second_luck() -> None:
    found = [sampled(replicate) for replicate in range(256)]
    assert [each.draw for each in found[:128]] == list(range(128))
    assert [each.draw for each in found[128:192]] == list(range(64))
    assert [each.draw for each in found[192:]] == list(range(128, 192))
    assert [each.luck for each in found] == [0] * 128 + [1] * 64 + [0] * 64


@given(st.integers(0, 10_000))
def test_what_is_said_of_the_first_replicates_is_so(replicates: int) -> None:
    draws = [draw_of(replicate) for replicate in range(replicates)]
    assert draws_among(replicates) == len(set(draws))
    assert second_lucks(replicates) == len(draws) - len(set(draws))
    assert len({sampled(replicate) for replicate in range(replicates)}) == replicates


@pytest.mark.parametrize("draws", [1, 128, 129, 192, 4096])
def test_so_many_replicates_have_so_many_draws(draws: int) -> None:
    assert draws_among(replicates_for(draws)) == draws
    assert draws_among(replicates_for(draws) - 1) == draws - 1
