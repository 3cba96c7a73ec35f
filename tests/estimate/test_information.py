"""Value of information: what is known in closed form is found, and nothing in noise."""

from math import asin, pi, sqrt

import numpy as np
import pytest

from sim.estimate.groups import Bools, Floats, Ints
from sim.estimate.information import Told, informed, together
from sim.estimate.intervals import beta_range

OWN, LUCK = 0.8, 0.6
"""Weights of the parameter and of luck in the outcome; their squares add up to 1."""
SEEN, SHARED, ASTRAY = 0.8, 0.3, sqrt(1.0 - 0.8**2 - 0.3**2)
"""Weights in the planted figure: of the parameter, the outcome's own luck, and something else."""


def world(seed: int, draws: int, figures: int = 4) -> tuple[Floats, Bools, Ints]:
    """Return figures, misses and draws with two lucks each; the first figure is the planted one.

    A parameter t and a luck e are normal. The outcome is OWN t + LUCK e, and a miss where it is
    below nought. The figure is SEEN t + SHARED e + ASTRAY u: it says something of both.
    """
    rng = np.random.default_rng(seed)
    number = np.repeat(np.arange(draws), 2)
    own, luck = rng.normal(size=draws)[number], rng.normal(size=2 * draws)
    values = rng.normal(size=(2 * draws, figures))
    values[:, 0] = SEEN * own + SHARED * luck + ASTRAY * values[:, 0]
    return values, OWN * own + LUCK * luck < 0.0, number


def orthant(correlation: float) -> float:
    """Return the variance of P(miss | a normal with this correlation to another's cause).

    Two normals that are both below nought with correlation r: 1/4 + asin(r) / 2 pi (Sheppard 1899).
    """
    return asin(correlation) / (2.0 * pi)


TRUE_SHARE = orthant((OWN * SEEN + LUCK * SHARED) ** 2) / 0.25
RHO = orthant(OWN**2) / 0.25
RHO_KNOWN = RHO - orthant((OWN * SEEN) ** 2) / 0.25


def told(seed: int, draws: int, figures: int = 4) -> list[Told]:
    found = informed(*world(seed, draws, figures))
    assert found is not None
    return found


def width(rho: float) -> float:
    low, high = beta_range(0.5, rho)
    return high - low


def test_what_a_planted_figure_tells_is_what_it_tells_in_closed_form() -> None:
    found = [told(seed, 600)[0] for seed in range(20)]
    assert all(each.clear for each in found)
    shares = [each.variance for each in found]
    # A fitted mean foretells a little less than the true one: the estimate is on the safe side.
    assert TRUE_SHARE - 0.03 < np.mean([each.value for each in shares]) < TRUE_SHARE + 0.01
    assert sum(each.low <= TRUE_SHARE <= each.high for each in shares) >= 17
    narrowed = [each.over_parameters for each in found if each.over_parameters is not None]
    assert len(narrowed) == 20
    true = width(RHO) - width(RHO_KNOWN)
    # What is told of the parameters is a lower bound, here of 97 % of it.
    assert true - 0.05 < np.mean([each.by.value for each in narrowed]) < true + 0.02
    assert sum(each.by.low <= true <= each.by.high for each in narrowed) >= 17
    for each in narrowed:
        assert each.by.low > 0.0
        gap = (each.now[1] - each.now[0]) - (each.known[1] - each.known[0])
        assert gap == pytest.approx(each.by.value, abs=1e-3)
        assert each.now == pytest.approx(beta_range(0.5, RHO), abs=0.12)


def test_noise_tells_nothing_of_either() -> None:
    """The intervals of 20 figures hold nought all at once in 95 of 100 cases; 4 of 30 may miss."""
    wrong = [0, 0]
    for seed in range(30):
        values, missed, draws = world(seed, 96, 21)
        found = informed(values[:, 1:], missed, draws)
        assert found is not None
        wrong[0] += any(each.clear for each in found)
        wrong[1] += any(
            each.over_parameters is not None and each.over_parameters.by.low > 0.0 for each in found
        )
        assert np.mean([each.variance.value for each in found]) < 0.0
    assert max(wrong) <= 4, wrong


def test_the_range_over_parameters_is_told_only_where_draws_have_two_lucks() -> None:
    values, missed, draws = world(1, 128)
    once = informed(values[::2], missed[::2], draws[::2])
    assert once is not None and [each.over_parameters for each in once] == [None] * 4
    assert once[0].clear and not any(each.clear for each in once[1:])


def test_what_does_not_vary_tells_nothing_and_few_misses_are_none() -> None:
    values, missed, draws = world(2, 64)
    values[:, 2] = 3.0
    found = informed(values, missed, draws)
    assert found is not None and found[2].variance == (0.0, 0.0, 0.0) and not found[2].clear
    assert informed(values, np.arange(128) < 7, draws) is None
    assert informed(values, np.arange(128) >= 7, draws) is None


def test_a_figure_that_falls_tells_as_much_as_one_that_rises() -> None:
    values, missed, draws = world(3, 200)
    one, other = (informed(each, missed, draws) for each in (values, -values))
    assert one is not None and other is not None
    assert one[0].variance == pytest.approx(other[0].variance)


def test_intervals_hold_together() -> None:
    """Of 20 independent means some interval misses in 5 % of cases, not in 64."""
    missed = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        values = rng.normal(size=20)
        again = values + rng.normal(size=(400, 20))
        missed += any(not each.low <= 0.0 <= each.high for each in together(values, again))
    assert 2 <= missed <= 20
