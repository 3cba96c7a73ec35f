"""Intervals are honest for what an ensemble is: hypercubes of draws, a second luck for some.

A planted model: a count is a sum of eight parameters and luck, so the likelihood of its target is
known. Each test runs it under many seeds and counts how often the interval misses the truth.
"""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from sim.estimate.groups import Groups, grouped
from sim.estimate.intervals import likelihood_interval
from sim.estimate.paired import likelihood_difference
from sim.estimate.sequential import sequential_interval
from sim.estimate.variance import parameter_share
from sim.hypercubes import STRATA, all_uniforms
from sim.sampling import draw_of

ENSEMBLES = 400
SLACK = 3.0 * np.sqrt(0.05 * 0.95 / ENSEMBLES)
"""How far a share of ENSEMBLES that is 5 % lies above that by chance, once in a thousand times."""
NAMES = tuple(f"parameter {number}" for number in range(8))
WEIGHTS = 0.7 ** np.arange(len(NAMES))


def draws_of(replicates: int) -> NDArray[np.int64]:
    return np.array([draw_of(replicate) for replicate in range(replicates)])


def scores(seed: int, draws: NDArray[np.int64], share: float) -> NDArray[np.float64]:
    """Return standard normal scores of which parameters have a share of the variance."""
    placed = ndtri(all_uniforms(seed, draws, NAMES)) @ (WEIGHTS / np.linalg.norm(WEIGHTS))
    luck = np.random.default_rng(seed).standard_normal(len(draws))
    return np.asarray(np.sqrt(share) * placed + np.sqrt(1.0 - share) * luck)


@pytest.mark.parametrize("replicates", [64, 100, 256])
@pytest.mark.parametrize("share", [0.0, 0.6, 0.95])
def test_a_likelihood_lies_outside_its_interval_at_most_once_in_twenty(
    replicates: int, share: float
) -> None:
    draws, level = draws_of(replicates), 0.5
    groups, truth = grouped(draws), 1.0 - float(ndtr(level))
    missed = 0
    for seed in range(ENSEMBLES):
        found = likelihood_interval(scores(seed, draws, share) > level, groups)
        missed += not found.low <= truth <= found.high
    assert missed / ENSEMBLES <= 0.05 + SLACK


@pytest.mark.parametrize("replicates", [64, 256])
def test_so_does_a_difference_of_likelihoods(replicates: int) -> None:
    draws, first, second = draws_of(replicates), 0.5, 0.1
    truth = float(ndtr(first) - ndtr(second))
    missed = 0
    for seed in range(ENSEMBLES):
        score = scores(seed, draws, 0.6)
        found = likelihood_difference(score > first, score > second, draws)
        missed += not found.low <= truth <= found.high
    assert missed / ENSEMBLES <= 0.05 + SLACK


def test_whoever_looks_after_every_slice_is_misled_at_most_once_in_twenty() -> None:
    draws, level = draws_of(640), 0.5
    truth = 1.0 - float(ndtr(level))
    looks = range(STRATA, len(draws) + 1, STRATA)
    groups: dict[int, Groups] = {many: grouped(draws[:many]) for many in looks}
    missed = 0
    for seed in range(100):
        reached = scores(seed, draws, 0.6) > level
        found = (sequential_interval(reached[:many], groups[many]) for many in looks)
        missed += not all(each.low <= truth <= each.high for each in found)
    assert missed <= 5


def test_the_share_of_parameters_is_found_from_sixty_four_second_lucks() -> None:
    draws = draws_of(256)
    groups = grouped(draws)
    assert groups.split
    found = [parameter_share(scores(seed, draws, 0.6), groups) for seed in range(200)]
    told = np.array(found, dtype=np.float64)
    assert told.mean() == pytest.approx(0.6, abs=0.02)
    assert told.std() < 0.1
