"""Likelihoods adjusted by the parameters are right, honest, and worth the trouble."""

from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtri

from benchmarks.foretold import foretold, learnt
from sim.estimate.adjusted import FEWEST, adjusted
from sim.estimate.groups import grouped
from sim.estimate.intervals import likelihood_interval
from sim.hypercubes import all_uniforms
from sim.sampling import draw_of

RESAMPLES = 400
SEEDS = range(1000, 1000 + RESAMPLES)
BETWEEN = 0.93, 0.97
"""Where the coverage of a 95 % interval lies in 400 resamples with a probability of 93 %."""
KNOWN, MANY = 1024, 256
DRAWS = np.array([draw_of(replicate) for replicate in range(KNOWN)])
NAMES = tuple(f"parameter {number}" for number in range(20))
WEIGHTS = np.where(np.arange(len(NAMES)) < 8, 0.7 ** np.arange(len(NAMES)), 0.0)
SHARE = 0.7
"""Of a count's variance, due to parameters: eight of twenty matter."""


def world(seed: int, *, cubes: bool) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where parameters lie, and a count that is standard normal."""
    rng = np.random.default_rng(seed)
    free = rng.random((DRAWS.max() + 1, len(NAMES)))[DRAWS]
    places = all_uniforms(seed, DRAWS, NAMES) if cubes else free
    told = ndtri(places) @ (WEIGHTS / np.linalg.norm(WEIGHTS))
    return places, np.sqrt(SHARE) * told + np.sqrt(1.0 - SHARE) * rng.normal(size=KNOWN)


@pytest.mark.parametrize("cubes", [False, True])
def test_likelihoods_are_covered_as_often_as_they_say(cubes: bool) -> None:
    """Likelihoods of 0.05 and 0.5; in hypercubes, more often than that.

    Draws in hypercubes count as independent ones, as everywhere; what the regression does not see
    of the parameters is then more even than its interval supposes.
    """
    targets = NormalDist().inv_cdf(0.95), 0.0
    sizes = FEWEST, MANY
    hits, ratio = np.zeros((len(sizes), 2)), np.zeros((len(sizes), RESAMPLES))
    for at, seed in enumerate(SEEDS):
        places, values = world(seed, cubes=cubes)
        for size, many in enumerate(sizes):
            told = foretold(
                np.exp(values[:many, None]), [np.exp([each]) for each in targets], places, DRAWS
            )
            for number, truth in enumerate((0.05, 0.5)):
                interval = told[number][0].likelihood()
                hits[size, number] += interval.low <= truth <= interval.high
            plain = likelihood_interval(values[:many] >= 0.0, grouped(DRAWS[:many]))
            ratio[size, at] = told[1][0].likelihood().half_width / plain.half_width
    assert (BETWEEN[0] <= hits / RESAMPLES).all()
    assert cubes or (hits / RESAMPLES <= BETWEEN[1]).all()
    assert (ratio.mean(axis=1) < (1.0, 0.8)).all()


def test_parameters_that_say_nothing_bias_nothing() -> None:
    told, plain = [], []
    for seed in SEEDS:
        _, values = world(seed, cubes=False)
        places, _ = world(seed + RESAMPLES, cubes=False)
        told.append(foretold(values[:MANY, None], [np.zeros(1)], places, DRAWS)[0][0].value)
        plain.append((values[:MANY] >= 0.0).mean())
    assert np.mean(told) == pytest.approx(0.5, abs=3.0 * np.std(told) / RESAMPLES**0.5)
    assert np.std(told) < 1.05 * np.std(plain)


def test_counts_and_thresholds_keep_their_order() -> None:
    places, values = world(1, cubes=True)
    both = np.column_stack([values, values + 10.0])[:MANY]
    least = [np.array([0.0, 10.0]), np.array([-1.0, 9.0])]
    (one, same), (loose, also) = foretold(both, least, places, DRAWS)
    assert one == same
    assert loose == also
    assert one.value < loose.value


def test_too_few_replicates_are_an_error() -> None:
    places, values = world(2, cubes=True)
    with pytest.raises(ValueError, match="from"):
        foretold(values[: FEWEST - 1, None], [np.zeros(1)], places, DRAWS)


def test_what_is_learnt_beforehand_is_covered_as_well_and_worth_more() -> None:
    """Of replicates that it was not learnt from: of half of the draws, for the other half."""
    target, hits, widths = 0.2, 0, []
    truth = 1.0 - NormalDist().cdf(target)
    beforehand = np.arange(KNOWN) >= KNOWN // 2
    for seed in SEEDS:
        places, values = world(seed, cubes=False)
        least = np.array([target])
        (columns,) = learnt(values[:, None], least, places, beforehand)
        some, rest = columns[: KNOWN // 2], DRAWS[: KNOWN // 2]
        (told,) = adjusted(values[:FEWEST, None] >= target, some, rest)
        (own,), *_ = foretold(values[:FEWEST, None], [least], places[: KNOWN // 2], rest)
        interval = told.likelihood()
        hits += interval.low <= truth <= interval.high
        widths.append((interval.half_width, own.likelihood().half_width))
    assert BETWEEN[0] <= hits / RESAMPLES <= BETWEEN[1]
    mine, others = np.mean(widths, axis=0)
    assert mine < 0.95 * others
