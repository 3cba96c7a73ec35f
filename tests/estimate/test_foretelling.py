"""Early warnings: planted rules are found with their error rates, and none in noise."""

from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest

from sim.estimate.foretelling import Foretold, Rule, foretell, rates, skill_gained
from sim.estimate.groups import Bools, Floats, Ints, folds

NORMAL = NormalDist()
DRAWS = np.arange(600)
SHIFT = 1.5
"""By which the planted figure is lower where there is a miss, in standard deviations."""
TRUE_AREA = NORMAL.cdf(SHIFT / sqrt(2.0))
TRUE_SHARE = NORMAL.cdf(SHIFT / 2.0)
"""Sensitivity and specificity at the best threshold, half-way between both means."""


def planted(seed: int, figures: int = 8, at: int = 5, draws: Ints = DRAWS) -> tuple[Floats, Bools]:
    """Return figures of which one is lower where there is a miss, and the misses: 40 %."""
    rng = np.random.default_rng(seed)
    missed = rng.random(len(draws)) < 0.4
    values = rng.normal(size=(len(draws), figures))
    values[:, at] -= SHIFT * missed
    return values, missed


def found(values: Floats, missed: Bools, draws: Ints = DRAWS) -> Foretold:
    told = foretell(values, missed, draws)
    assert told is not None
    return told


def test_a_planted_figure_is_found_with_its_threshold_and_rates() -> None:
    told = [found(*planted(seed)) for seed in range(60)]
    assert all(each.rule.column == 5 and each.agreed and not each.rule.above for each in told)
    assert all(each.rates.clear for each in told)
    middle = np.mean([each.rule.threshold for each in told])
    assert abs(float(middle) + SHIFT / 2.0) < 0.05
    # A threshold that is not quite the best one errs more, by a point at most.
    for name in ("sensitivity", "specificity"):
        mean = np.mean([getattr(each.rates, name).value for each in told])
        assert TRUE_SHARE - 0.02 < float(mean) < TRUE_SHARE + 0.005
    areas = [each.rates.area for each in told]
    assert abs(float(np.mean([each.value for each in areas])) - TRUE_AREA) < 0.005
    assert sum(each.low <= TRUE_AREA <= each.high for each in areas) >= 53
    for name, true in (("sensitivity", announced), ("specificity", quiet), ("skill", skill)):
        intervals = [(getattr(each.rates, name), true(each)) for each in told]
        assert sum(found.low <= value <= found.high for found, value in intervals) >= 53, name


def announced(told: Foretold) -> float:
    """Return the true sensitivity of the rules of both halves."""
    return float(np.mean([NORMAL.cdf(each.threshold + SHIFT) for each in told.halves]))


def quiet(told: Foretold) -> float:
    """Return their true specificity."""
    return float(np.mean([1.0 - NORMAL.cdf(each.threshold) for each in told.halves]))


def skill(told: Foretold) -> float:
    """Return their true skill."""
    return announced(told) + quiet(told) - 1.0


def test_what_is_higher_in_a_miss_warns_above() -> None:
    values, missed = planted(1)
    told = found(-values, missed)
    assert told.rule.above and told.rule.column == 5
    assert told.rates == found(values, missed).rates


@pytest.mark.parametrize("replicates", [64, 400])
def test_the_best_of_many_figures_of_noise_rarely_warns(replicates: int) -> None:
    """The lower end of a 95 % interval is above nought in one of forty; 9 of 120 are too many."""
    wrong, rng = 0, np.random.default_rng(replicates)
    draws = np.arange(replicates)
    for _ in range(120):
        told = foretell(rng.normal(size=(replicates, 44)), rng.random(replicates) < 0.5, draws)
        wrong += told is not None and told.rates.clear
    assert wrong <= 8
    flattered = rng.normal(size=(replicates, 44))
    missed = rng.random(replicates) < 0.5
    rule = found(flattered, missed, draws).rule
    alarms = rule.alarms(flattered)
    assert alarms[missed].mean() - alarms[~missed].mean() > 0.1


def test_lucks_of_one_draw_are_not_counted_twice() -> None:
    values, missed = planted(3, draws=DRAWS[:300])
    once = found(values, missed, DRAWS[:300]).rates
    twice = found(np.repeat(values, 2, axis=0), np.repeat(missed, 2), DRAWS // 2).rates
    for name in ("sensitivity", "specificity", "skill", "area"):
        one, two = getattr(once, name), getattr(twice, name)
        assert two.value == pytest.approx(one.value)
        assert two.high - two.low > 0.93 * (one.high - one.low)


def test_too_few_misses_or_nothing_that_varies_tell_nothing() -> None:
    values, missed = planted(4)
    assert foretell(values, np.zeros(600, dtype=bool), DRAWS) is None
    assert foretell(values, np.arange(600) < 6, DRAWS) is None
    assert foretell(np.ones((600, 3)), missed, DRAWS) is None


def test_figures_that_do_not_vary_or_tie_are_no_trouble() -> None:
    values, missed = planted(5, 3, 1)
    values[:, 0] = 7.0
    values[:, 1] = np.round(values[:, 1])
    told = found(values, missed)
    assert told.rule.column == 1
    assert told.rule.threshold % 1.0 == 0.5
    assert told.rates.clear


def test_rates_are_counted_as_they_are_called() -> None:
    missed = np.array([True] * 4 + [False] * 6)
    alarms = np.array([True, True, True, False] + [True] * 2 + [False] * 4)
    told = rates(alarms, alarms.astype(float), missed, np.arange(10))
    assert (told.sensitivity.value, told.missed_alarms.value) == (0.75, 0.25)
    assert told.specificity.value == pytest.approx(4 / 6)
    assert told.false_alarms.value == pytest.approx(2 / 6)
    assert told.skill.value == pytest.approx(0.75 - 2 / 6)
    assert told.if_alarm is not None and told.if_alarm.value == pytest.approx(3 / 5)
    assert told.if_quiet is not None and told.if_quiet.value == pytest.approx(1 / 5)
    # Of the 24 pairs of a miss and another 12 are told apart rightly, 2 wrongly, 10 not at all.
    assert told.area.value == pytest.approx((12 + 10 / 2) / 24)
    never = rates(np.zeros(10, dtype=bool), np.zeros(10), missed, np.arange(10))
    assert never.if_alarm is None and never.area.value == 0.5 and not never.clear


def test_a_gain_over_other_alarms_is_paired_and_covers() -> None:
    """Alarms that are right in 80 and in 70 % of either kind gain 0.2."""
    covered = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        missed = rng.random(300) < 0.3
        one, other = (missed ^ (rng.random(300) > right) for right in (0.8, 0.7))
        gain = skill_gained(one, other, missed, np.arange(300))
        covered += gain.low <= 0.2 <= gain.high
        assert skill_gained(one, one, missed, np.arange(300)) == (0.0, 0.0, 0.0)
    assert 184 <= covered <= 198


def test_a_rule_speaks_of_its_figure() -> None:
    values = np.array([[1.0, 5.0], [3.0, 2.0]])
    assert Rule(0, 2.0, above=False).alarms(values).tolist() == [True, False]
    assert Rule(1, 4.0, above=True).alarms(values).tolist() == [True, False]


def test_parts_hold_whole_draws_and_as_many_as_each_other() -> None:
    draws = np.repeat(np.arange(13), 2)
    part = folds(draws, 4, 0)
    assert all(len(set(part[draws == draw])) == 1 for draw in range(13))
    assert sorted(np.bincount(part) // 2) == [3, 3, 3, 4]
    assert (folds(draws, 4, 0) == part).all() and (folds(draws, 4, 1) != part).any()
