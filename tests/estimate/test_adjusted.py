"""Estimates adjusted by what is known beforehand are right, honest, and worth the trouble.

A planted model: a count is a sum of eight parameters and luck; a package shifts it and shares luck
with the baseline, so the likelihood of its target and the difference are known.
"""

from itertools import product
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.estimate.adjusted import FEWEST, adjusted, difference, likelihood
from sim.estimate.controls import Baseline
from sim.estimate.groups import grouped
from sim.estimate.intervals import likelihood_interval
from sim.estimate.paired import likelihood_difference
from sim.estimate.rates import points_per_cost
from sim.estimate.shapley import attribute, shapley_values
from sim.hypercubes import all_uniforms
from sim.sampling import draw_of

RESAMPLES = 400
SEEDS = range(1000, 1000 + RESAMPLES)
BETWEEN = 0.93, 0.97
"""Where the coverage of a 95 % interval lies in 400 resamples with a probability of 93 %; four
cases with 1,000 to 2,000 of them came to between 0.944 and 0.959."""
KNOWN, MANY = 2048, 256
DRAWS = np.array([draw_of(replicate) for replicate in range(KNOWN)])
NAMES = tuple(f"parameter {number}" for number in range(8))
WEIGHTS = 0.7 ** np.arange(len(NAMES))
PARAMETERS, SHARED = 0.7, 0.7
"""Share of a count's variance that is due to parameters, and of luck that packages have alike."""
KNOWN_BELOW = 0.5
"""Facts refuse what parameters place higher."""
Floats = NDArray[np.float64]


class World:
    """Packages under the same luck and parameters; their counts are standard normal but shifted."""

    def __init__(self, seed: int, *, cubes: bool) -> None:
        """Draw parameters, from hypercubes or independently, and the luck that is shared."""
        self._rng = np.random.default_rng(seed)
        size = DRAWS.max() + 1, len(NAMES)
        placed = ndtri(all_uniforms(seed, DRAWS, NAMES)) if cubes else self._rng.normal(size=size)[
            DRAWS
        ]  # fmt: skip
        self.placed = placed @ (WEIGHTS / np.linalg.norm(WEIGHTS))
        self._luck = self._rng.normal(size=KNOWN)

    def package(self, shift: float) -> Floats:
        own = self._rng.normal(size=KNOWN)
        luck = np.sqrt(SHARED) * self._luck + np.sqrt(1.0 - SHARED) * own
        found: Floats = np.sqrt(PARAMETERS) * self.placed + np.sqrt(1.0 - PARAMETERS) * luck
        return found + shift

    def baseline(self) -> Baseline:
        packages = self.package(0.0), self.package(-0.5)
        return Baseline(DRAWS, np.stack(packages)[:, :, None])


def reaches(shift: float, target: float) -> float:
    return 1.0 - NormalDist(shift).cdf(target)


@pytest.mark.parametrize("cubes", [False, True])
def test_a_likelihood_is_covered_as_often_as_it_says(cubes: bool) -> None:
    """Likelihoods of 0.05, 0.5 and 0.95, from few replicates and from many of the same worlds."""
    targets = 1.845, 0.2, -1.445
    hits = dict.fromkeys(product(targets, (FEWEST, MANY)), 0)
    for seed in SEEDS:
        world = World(seed, cubes=cubes)
        values, baseline = world.package(0.2), world.baseline()
        for target, many in hits:
            reached = values[:many, None] >= target
            (found,) = adjusted(reached, baseline.near(0, target), DRAWS)
            interval = found.likelihood()
            hits[target, many] += interval.low <= reaches(0.2, target) <= interval.high
    for case, covered in hits.items():
        assert BETWEEN[0] <= covered / RESAMPLES <= BETWEEN[1], case


@pytest.mark.parametrize("target", [1.645, 0.0])
def test_so_is_a_known_difference_of_pairs(target: float) -> None:
    truth, hits = reaches(0.3, target) - reaches(0.0, target), 0
    for seed in SEEDS:
        world = World(seed, cubes=True)
        first, second = (world.package(shift)[:MANY, None] >= target for shift in (0.0, 0.3))
        columns = world.baseline().near(0, target)
        (found,) = adjusted(second.astype(float) - first, columns, DRAWS)
        low, high = found.ends()
        hits += low <= truth <= high
    assert BETWEEN[0] <= hits / RESAMPLES <= BETWEEN[1]


@pytest.mark.parametrize("target", [1.2, 0.0])
def test_so_is_one_given_facts_that_had_replicates_tried_again(target: float) -> None:
    """Near 0.07 and 0.4: a third has other luck than its partner in the baseline."""
    rng = np.random.default_rng(1)
    placed = rng.normal(size=1_000_000)
    placed = placed[placed < KNOWN_BELOW]
    luck = rng.normal(size=len(placed))
    count = 0.2 + np.sqrt(PARAMETERS) * placed + np.sqrt(1.0 - PARAMETERS) * luck
    truth, hits = float((count >= target).mean()), 0
    for seed in SEEDS:
        first, *others = (
            World(seed + 10_000 * attempt, cubes=attempt == 0) for attempt in range(9)
        )
        found, fits = first.package(0.2), first.placed < KNOWN_BELOW
        assert 0.6 < fits.mean() < 0.8
        for world in others:
            found = np.where(fits, found, world.package(0.2))
            fits = fits | (world.placed < KNOWN_BELOW)
        (told,) = adjusted(found[:MANY, None] >= target, first.baseline().near(0, target), DRAWS)
        interval = told.likelihood()
        hits += interval.low <= truth <= interval.high
    assert BETWEEN[0] <= hits / RESAMPLES <= BETWEEN[1]


def test_nothing_is_gained_or_lost_by_a_baseline_that_says_nothing() -> None:
    """The mean of many estimates is the truth, and they spread as plain ones do."""
    target, plain, told = 0.2, [], []
    for seed in SEEDS:
        reached = World(seed, cubes=False).package(0.2)[:MANY, None] >= target
        columns = World(seed + RESAMPLES, cubes=False).baseline().near(0, target)
        told.append(adjusted(reached, columns, DRAWS)[0].value)
        plain.append(reached.mean())
    assert np.mean(told) == pytest.approx(0.5, abs=3.0 * np.std(told) / RESAMPLES**0.5)
    assert np.std(told) < 1.12 * np.std(plain)


def test_a_good_baseline_is_worth_several_times_as_many_replicates() -> None:
    target, plain, told, widths = 0.2, [], [], []
    for seed in SEEDS:
        world = World(seed, cubes=False)
        reached = world.package(0.2)[:MANY, None] >= target
        (found,) = adjusted(reached, world.baseline().near(0, target), DRAWS)
        told.append(found.value)
        plain.append(reached.mean())
        own = likelihood_interval(reached[:, 0], grouped(DRAWS[:MANY]))
        widths.append(found.likelihood().half_width / own.half_width)
    assert np.var(told) < 0.5 * np.var(plain)
    assert np.mean(widths) < 0.75


def test_the_baseline_itself_is_known_from_all_of_its_replicates() -> None:
    baseline, target = World(1, cubes=False).baseline(), 0.2
    reached = baseline.values[0, :, 0] >= target
    (found,) = adjusted(reached[:MANY, None], baseline.near(0, target), DRAWS)
    assert found.value == pytest.approx(reached.mean(), abs=0.005)
    assert found.likelihood().half_width < 1.3 * 1.96 * (0.25 / KNOWN) ** 0.5


def test_what_is_told_of_a_difference_is_the_difference_of_what_is_told() -> None:
    world, target = World(2, cubes=True), 0.4
    first, second = (world.package(shift)[:MANY] >= target for shift in (0.0, 0.3))
    outcomes = np.column_stack([first, second, second.astype(float) - first])
    one, other, gap = adjusted(outcomes, world.baseline().near(0, target), DRAWS)
    assert gap.value == pytest.approx(other.value - one.value, abs=1e-12)
    paired = likelihood_difference(first, second, DRAWS[:MANY])
    assert gap.ends()[1] - gap.ends()[0] < paired.high - paired.low


@pytest.mark.parametrize(("reached", "end"), [(False, 0.0), (True, 1.0)])
def test_where_all_or_none_reach_a_target_it_is_not_taken_for_certain(
    reached: bool, end: float
) -> None:
    baseline = World(3, cubes=False).baseline()
    target = 99.0 if not reached else -99.0
    outcomes = np.full((MANY, 1), reached)
    (found,) = adjusted(outcomes, baseline.near(0, target), DRAWS)
    interval = found.likelihood()
    assert interval.value == end
    assert 0.005 < interval.half_width < 0.03
    (gap,) = adjusted(np.zeros((MANY, 1)), baseline.near(0, target), DRAWS)
    assert gap.ends()[0] < 0.0 < gap.ends()[1]


def test_all_counts_together_are_foretold_too() -> None:
    worlds = [World(seed, cubes=False) for seed in (4, 5)]
    values = np.concatenate([each.baseline().values for each in worlds], axis=2)
    columns = Baseline(DRAWS, values).near_all(np.array([0.2, 0.2]))
    both = np.all([each.package(0.2)[:MANY] >= 0.2 for each in worlds], axis=0)
    (found,) = adjusted(both[:, None], columns, DRAWS)
    own = likelihood_interval(both, grouped(DRAWS[:MANY]))
    assert found.likelihood().half_width < own.half_width
    assert columns.mean(axis=0) == pytest.approx(0.0)


def test_shares_of_plans_are_those_of_adjusted_likelihoods() -> None:
    world, target = World(7, cubes=True), 0.4
    won = np.stack([world.package(shift)[:MANY] >= target for shift in (-0.4, 0.0, 0.1, 0.5)])
    control = world.baseline().control(0, target)
    levels = [likelihood(each, DRAWS[:MANY], control).value for each in won]
    found = attribute(won, DRAWS[:MANY], control)
    assert [each.value for each in found.players] == pytest.approx(
        shapley_values(np.array(levels)), abs=1e-9
    )
    assert sum(each.value for each in found.players) == pytest.approx(levels[-1] - levels[0])
    (pair,) = found.pairs.values()
    assert pair.value == pytest.approx(levels[3] - levels[1] - levels[2] + levels[0], abs=1e-9)
    plain = attribute(won, DRAWS[:MANY])
    assert all(
        one.high - one.low < other.high - other.low
        for one, other in zip(found.players, plain.players, strict=True)
    )


def test_a_price_is_that_of_the_adjusted_difference_and_its_interval_holds_the_truth() -> None:
    """Of 100 resamples 95 % intervals hold the truth in 89 to 99, with a probability of 99 %."""
    target, hits, narrower = 0.4, 0, []
    truth = 100.0 * (reaches(0.5, target) - reaches(0.0, target)) / 20.0
    more, draws = np.full(DRAWS[:MANY].max() + 1, 20.0), DRAWS[:MANY]
    for seed in SEEDS[:100]:
        world = World(seed, cubes=True)
        won = [world.package(shift)[:MANY] >= target for shift in (0.0, 0.5)]
        control = world.baseline().control(0, target)
        told, _ = difference(won, draws, control)
        found = points_per_cost(won[0], won[1], draws, more[: len(np.unique(draws))], 0, control)
        assert found.value == pytest.approx(100.0 * told.value / 20.0)
        hits += found.low <= truth <= found.high
        plain = points_per_cost(won[0], won[1], draws, more[: len(np.unique(draws))], 0)
        narrower.append((found.high - found.low) / (plain.high - plain.low))
    assert 89 <= hits <= 99
    assert np.mean(narrower) < 0.95


@given(st.integers(0, 10_000), st.floats(-3.0, 3.0))
def test_an_interval_holds_its_likelihood_within_0_and_1(seed: int, target: float) -> None:
    world = World(seed, cubes=False)
    reached = world.package(0.2)[:FEWEST, None] >= target
    (found,) = adjusted(reached, world.baseline().near(0, target), DRAWS)
    low, high = found.ends()
    interval = found.likelihood()
    assert 0.0 <= interval.low <= interval.value <= interval.high <= 1.0
    assert -1.0 <= low <= high <= 1.0


@pytest.mark.parametrize("many", [FEWEST - 1, KNOWN])
def test_too_few_or_all_replicates_are_an_error(many: int) -> None:
    columns = World(6, cubes=False).baseline().near(0, 0.2)
    with pytest.raises(ValueError, match="from"):
        adjusted(np.zeros((many, 1)), columns, DRAWS)
