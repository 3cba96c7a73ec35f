"""Which figure, known early, foretells a miss: rules with a threshold, and how often they err.

A rule raises the alarm where a figure is below a threshold, or above it where that goes with
misses. Figure and side are those with the largest area under the ROC curve, the threshold the one
at which the shares of misses and of other replicates that raise the alarm are farthest apart
(Youden 1950, Cancer 3, 32-35). What is chosen so looks better than it is, the more so the more
figures it is chosen among. So everything is chosen twice, each time on half of the parameter draws,
and every error is counted on the half that had no part in the choice: rates are those of choosing
like this, the best of many figures included. The rule to use is then chosen on all draws.
"""

from math import sqrt
from typing import NamedTuple

import numpy as np

from sim.estimate.groups import Bools, Floats, Ints, folds, grouped
from sim.estimate.intervals import likelihood_interval, mean_interval, wilson
from sim.estimate.rank_regression import ranks
from sim.estimate.records import Interval

SEED = 0
"""Of the halves."""
FEWEST = 4
"""Misses, and replicates that are none, in each half: with fewer nothing is told."""


class Rule(NamedTuple):
    """When a figure raises the alarm."""

    column: int
    """Of the figure."""
    threshold: float
    above: bool
    """Whether it is raised above the threshold; else below."""

    def alarms(self, figures: Floats) -> Bools:
        """Return which replicates raise the alarm, shape (R,), given figures, shape (R, P)."""
        own = figures[:, self.column]
        return np.asarray(own > self.threshold if self.above else own < self.threshold)

    def scores(self, figures: Floats) -> Floats:
        """Return the figure such that what is higher rather foretells a miss, shape (R,)."""
        own = figures[:, self.column]
        return own if self.above else -own


class Rates(NamedTuple):
    """How well alarms foretell misses, with 95 % intervals."""

    sensitivity: Interval
    """Share of the misses in which there is an alarm."""
    specificity: Interval
    """Share of all others in which there is none."""
    skill: Interval
    """The first less what the second lacks: 1 where no alarm errs, 0 where they say nothing."""
    area: Interval
    """Under the ROC curve: how often the figure is worse in a miss than in another replicate."""
    if_alarm: Interval | None
    """Share of the alarms after which there is a miss; None: there is no alarm."""
    if_quiet: Interval | None
    """Share of the others in which there is a miss."""

    @property
    def missed_alarms(self) -> Interval:
        """Share of the misses without an alarm."""
        return _rest(self.sensitivity)

    @property
    def false_alarms(self) -> Interval:
        """Share of all others with one."""
        return _rest(self.specificity)

    @property
    def clear(self) -> bool:
        """Whether alarms surely say something."""
        return self.skill.low > 0.0


class Foretold(NamedTuple):
    """What foretells a miss."""

    rule: Rule
    """Chosen on all draws: the one to use."""
    halves: tuple[Rule, Rule]
    """Chosen on either half."""
    rates: Rates
    """Of the rules of the halves, each on the other half."""
    alarms: Bools
    """Theirs, shape (R,)."""

    @property
    def agreed(self) -> bool:
        """Whether both halves choose the figure that all draws do."""
        return all(each.column == self.rule.column for each in self.halves)


def foretell(figures: Floats, missed: Bools, draws: Ints) -> Foretold | None:
    """Return the rule that best foretells a miss, of all figures and thresholds.

    Args:
        figures: as known beforehand, shape (R, P).
        missed: which replicates miss, shape (R,).
        draws: number of each replicate's parameter draw, shape (R,).

    Returns:
        The rule with its rates; None if there are too few misses, or too few others, in a half, or
        if no figure varies.
    """
    part = folds(draws, 2, SEED)
    if not told_enough(missed, part):
        return None
    rules = [_chosen(figures[own], missed[own]) for own in (part == 0, part == 1)]
    first, second, whole = *rules, _chosen(figures, missed)
    if first is None or second is None or whole is None:
        return None
    # Each half is judged by the rule of the other one.
    alarms = np.where(part == 0, second.alarms(figures), first.alarms(figures))
    scores = np.where(part == 0, second.scores(figures), first.scores(figures))
    found = rates(alarms, scores, missed, draws, part)
    return Foretold(whole, (first, second), found, alarms)


def told_enough(missed: Bools, part: Ints) -> bool:
    """Return whether each part has misses, and others, enough."""
    return all(
        min(missed[own].sum(), (~missed[own]).sum()) >= FEWEST
        for own in (part == each for each in np.unique(part))
    )


def rates(
    alarms: Bools, scores: Floats, missed: Bools, draws: Ints, part: Ints | None = None
) -> Rates:
    """Return how well alarms foretell misses; there are some of both kinds.

    Args:
        alarms: shape (R,).
        scores: what the alarms rest on; the higher, the rather there is a miss, shape (R,).
        missed: shape (R,).
        draws: number of each replicate's parameter draw, shape (R,).
        part: replicates among which scores can be compared, shape (R,); by default all.
    """
    parts = np.zeros(len(draws), dtype=np.int64) if part is None else part
    sensitivity = _share(alarms, missed, draws)
    specificity = _share(~alarms, ~missed, draws)
    assert sensitivity is not None and specificity is not None
    return Rates(
        sensitivity,
        specificity,
        _skill(sensitivity, _rest(specificity)),
        _area(scores, missed, draws, parts),
        _share(missed, alarms, draws),
        _share(missed, ~alarms, draws),
    )


def skill_gained(alarms: Bools, others: Bools, missed: Bools, draws: Ints) -> Interval:
    """Return how much more skill alarms have than others on the same replicates, with interval.

    Args:
        alarms: shape (R,).
        others: shape (R,).
        missed: shape (R,); there are some of both kinds.
        draws: number of each replicate's parameter draw, shape (R,).
    """
    gaps = alarms.astype(np.float64) - others
    # A draw's share in the difference of two means, so that replicates of a draw stay together.
    shares = np.where(missed, gaps / missed.mean(), -gaps / (~missed).mean())
    groups = grouped(draws)
    value = float(shares.mean())
    around = shares - np.where(
        missed, gaps[missed].mean() / missed.mean(), -gaps[~missed].mean() / (~missed).mean()
    )
    sums = groups.means(around) * groups.sizes * len(groups.sizes) / groups.replicates
    _, low, high = mean_interval(sums, np.arange(len(sums)))
    half = (high - low) / 2.0
    return Interval(value, value - half, value + half)


def _share(found: Bools, among: Bools, draws: Ints) -> Interval | None:
    """Return the share of some replicates in which something is found; None if there are none."""
    return likelihood_interval(found[among], grouped(draws[among])) if among.any() else None


def _rest(share: Interval) -> Interval:
    return Interval(1.0 - share.value, 1.0 - share.high, 1.0 - share.low)


def _skill(announced: Interval, wrongly: Interval) -> Interval:
    """Return the difference of two shares of different replicates, with its interval.

    It is put together from the intervals of both (Newcombe 1998, Statistics in Medicine 17,
    873-890, method 10).
    """
    value = announced.value - wrongly.value
    down = sqrt((announced.value - announced.low) ** 2 + (wrongly.high - wrongly.value) ** 2)
    up = sqrt((announced.high - announced.value) ** 2 + (wrongly.value - wrongly.low) ** 2)
    return Interval(value, max(value - down, -1.0), min(value + up, 1.0))


def _chosen(figures: Floats, missed: Bools) -> Rule | None:
    """Return the best figure with its side and threshold; None if none varies."""
    misses, others = int(missed.sum()), int((~missed).sum())
    # Of doubled, centred ranks the sum over the misses is the area less one half, times 2 m n.
    sums = np.array([ranks(column)[missed].sum() for column in figures.T])
    areas = sums / (2.0 * misses * others)
    varies = np.ptp(figures, axis=0) > 0.0
    if not varies.any():
        return None
    column = int(np.argmax(np.where(varies, np.abs(areas), -1.0)))
    own, above = figures[:, column], bool(areas[column] > 0.0)
    levels = np.unique(own)
    cuts = (levels[1:] + levels[:-1]) / 2.0
    below, of_others = (
        np.searchsorted(np.sort(own[each]), cuts) / each.sum() for each in (missed, ~missed)
    )
    gaps = of_others - below if above else below - of_others
    return Rule(column, float(cuts[np.argmax(gaps)]), above)


def _area(scores: Floats, missed: Bools, draws: Ints, parts: Ints) -> Interval:
    """Return the area under the ROC curve, on average over parts, with its interval.

    Its variance is that of the replicates' placements (DeLong, DeLong and Clarke-Pearson 1988,
    Biometrics 44, 837-845) summed by parameter draw (Obuchowski 1997, Biometrics 53, 567-578). The
    interval is Wilson's, of as many trials as have that variance, so that it stays within 0 and 1.
    """
    placed = np.zeros(len(scores))
    value, pairs = 0.0, 0.0
    for each in np.unique(parts):
        bad, good = (parts == each) & missed, (parts == each) & ~missed
        size = float(bad.sum() * good.sum())
        worse = _placements(scores[bad], scores[good])
        better = 1.0 - _placements(scores[good], scores[bad])
        area = float(worse.mean())
        placed[bad] = size * (worse - area) / bad.sum()
        placed[good] = size * (better - area) / good.sum()
        value, pairs = value + size * area, pairs + size
    value /= pairs
    groups = grouped(draws)
    sums = groups.means(placed / pairs) * groups.sizes
    variance = float(sums @ sums) * len(sums) / max(len(sums) - 1, 1)
    spread = value * (1.0 - value)
    least = float(min(missed.sum(), (~missed).sum()))
    number = min(spread / variance, float(len(scores))) if variance > 0.0 < spread else least
    return wilson(min(max(value, 0.0), 1.0), max(number, 1.0))


def _placements(values: Floats, others: Floats) -> Floats:
    """Return the share of others below each value, those that are equal counting half."""
    ordered = np.sort(others)
    low, high = (np.searchsorted(ordered, values, side) for side in ("left", "right"))
    return np.asarray((low + high) / (2.0 * len(others)))
