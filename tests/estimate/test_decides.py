"""What decides each count: named, with likelihoods in the low and high quarter, or not at all."""

import numpy as np
import pytest

from sim.estimate.decides import (
    ENOUGH,
    FEWEST_DRAWS,
    LEAST_EXPLAINED,
    Drawn,
    quarters,
    what_decides,
)
from sim.estimate.groups import grouped
from sim.estimate.intervals import likelihood_interval
from sim.estimate.rank_regression import regress
from sim.estimate.sequential import sequential_interval

SEED = 20221011
NAMES = [f"p{number}" for number in range(40)]


def drawn(replicates: int) -> Drawn:
    """Return pairs of replicates: the first count is decided by p3, the second by nothing."""
    rng = np.random.default_rng(SEED)
    draws = np.arange(replicates) // 2
    parameters = rng.random((draws[-1] + 1, len(NAMES)))[draws]
    luck = rng.normal(size=(replicates, 2))
    values = luck + np.column_stack([-4.0 * parameters[:, 3], np.zeros(replicates)])
    return Drawn(NAMES, parameters, ["one", "two"], values, values >= -1.0, draws)


def test_a_count_names_what_decides_it_and_its_likelihood_where_that_is_low_and_high() -> None:
    ensemble = drawn(2 * FEWEST_DRAWS)
    found = what_decides(ensemble, sequential=False)
    one, two = found.counts
    assert (found.draws, found.known) == (FEWEST_DRAWS, True)
    assert [each.parameter for each in one.deciders] == ["p3"]
    assert not one.deciders[0].rises
    assert (two.explained, two.deciders, two.low, two.high) == (0.0, (), None, None)
    values = ensemble.parameters[:, 3]
    low = values <= np.sort(values)[len(values) // 4 - 1]
    assert low.sum() == len(values) // 4
    successes = ensemble.successes[low, 0]
    assert one.low == likelihood_interval(successes, grouped(ensemble.draws[low]))
    assert one.low is not None
    assert one.high is not None
    assert one.low.value > 0.6 > 0.1 > one.high.value


def test_with_fewer_draws_nothing_is_told() -> None:
    found = what_decides(drawn(2 * FEWEST_DRAWS - 2), sequential=False)
    assert (found.draws, found.known) == (FEWEST_DRAWS - 1, False)
    assert all(each.explained is None and not each.deciders for each in found.counts)


def test_whoever_stopped_by_looking_gets_intervals_that_hold_then() -> None:
    ensemble = drawn(2 * FEWEST_DRAWS)
    values, successes = ensemble.parameters[:, 3], ensemble.successes[:, 0]
    low, high = quarters(values, successes, ensemble.draws, sequential=True)
    part = values >= np.quantile(values, 0.75)
    assert high == sequential_interval(successes[part], grouped(ensemble.draws[part]))
    assert low.value > high.value


def test_a_larger_run_says_the_same_as_its_first_replicates() -> None:
    larger, first = drawn(ENOUGH + 400), drawn(ENOUGH)
    cut = larger._replace(values=larger.values.copy(), parameters=larger.parameters.copy())
    cut.values[:ENOUGH], cut.parameters[:ENOUGH] = first.values, first.parameters
    cut.successes[:ENOUGH] = first.successes
    assert what_decides(cut, sequential=False) == what_decides(first, sequential=False)


def test_what_foretells_nothing_of_other_draws_is_not_named() -> None:
    """Of counts that are chance alone some seem to follow a parameter, in the draws seen."""
    rng, counts = np.random.default_rng(SEED), [str(number) for number in range(200)]
    parameters = rng.random((FEWEST_DRAWS, len(NAMES)))
    values = rng.normal(size=(FEWEST_DRAWS, len(counts)))
    chosen = regress(parameters, values)
    assert any(each.named and each.explained < LEAST_EXPLAINED for each in chosen)
    chance = Drawn(NAMES, parameters, counts, values, values > 0.0, np.arange(FEWEST_DRAWS))
    found = what_decides(chance, sequential=False).counts
    named = [each for each in found if each.deciders]
    assert all((each.explained or 0.0) >= LEAST_EXPLAINED for each in named)


@pytest.mark.parametrize("shift", [1, 1000])
def test_numbers_of_draws_are_names_only(shift: int) -> None:
    ensemble = drawn(2 * FEWEST_DRAWS)
    moved = ensemble._replace(draws=ensemble.draws * 7 + shift)
    assert what_decides(moved, sequential=False) == what_decides(ensemble, sequential=False)
