"""Experts scored and pooled by the classical model (Cooke 1991, Experts in Uncertainty, ch. 12).

An expert gives the 5, 50 and 95 % quantiles of each item. Where answers are known, the share of
them in the four ranges between quantiles is held against 5, 45, 45 and 5 %: with N answers, twice N
times the relative information is nearly chi-square with 3 degrees of freedom, and its p-value is
the calibration. Information is that of the expert's density relative to a flat background between
the ends of the intrinsic range, which holds all quantiles and the answer and reaches 10 % farther.
Weights are calibration times information, of experts whose calibration is at least a level; the
level is the one whose pool has the largest weight itself. Items that are flat on a logarithmic
scale are given as logarithms.
"""

from typing import Final, NamedTuple

import numpy as np

from sim.estimate.groups import Floats

QUANTILES: Final = (0.05, 0.5, 0.95)
PARTS: Final = np.array([0.05, 0.45, 0.45, 0.05])
"""Probability of each range between quantiles."""
OVERSHOOT: Final = 0.1
"""How far the intrinsic range reaches beyond what it holds, as a share of its length."""


class Score(NamedTuple):
    """How well an expert, or a pool, knows answers that are known."""

    calibration: float
    information: float
    """Mean over the items whose answers are known."""

    @property
    def weight(self) -> float:
        """What an expert counts for, before weights are made to sum to 1."""
        return self.calibration * self.information


class Knots(NamedTuple):
    """A distribution that is flat between knots."""

    values: Floats
    below: Floats
    """Probability below each, from 0 to 1."""

    def quantile(self, u: float) -> float:
        """Return the quantile at ``u``."""
        return float(np.interp(u, self.below, self.values))


class Scored(NamedTuple):
    """A panel of experts, E of them."""

    scores: tuple[Score, ...]
    weights: Floats
    """By performance, shape (E,); they sum to 1."""
    level: float
    """Calibration from which on an expert counts."""
    equal: Score
    performance: Score


def ends(answers: Floats, truth: float | None, least: float, most: float) -> tuple[float, float]:
    """Return the ends of an item's intrinsic range.

    Args:
        answers: quantiles by expert, shape (E, 3).
        truth: the answer, if it is known.
        least: what no value can be below.
        most: what none can be above.
    """
    held = [*answers.ravel().tolist(), *([] if truth is None else [truth])]
    low, high = min(held), max(held)
    beyond = OVERSHOOT * (high - low)
    return max(low - beyond, least), min(high + beyond, most)


def calibration(answers: Floats, truths: Floats) -> float:
    """Return how likely chance alone puts answers as far from the ranges of an expert, or farther.

    Args:
        answers: quantiles by item, shape (N, 3).
        truths: of the same items, shape (N,); one on a quantile lies below it.
    """
    from scipy.special import chdtrc

    places = (truths[:, None] > answers).sum(axis=1)
    shares = np.bincount(places, minlength=len(PARTS)) / len(truths)
    some = shares > 0.0
    statistic = 2.0 * len(truths) * float(shares[some] @ np.log(shares[some] / PARTS[some]))
    return float(chdtrc(len(PARTS) - 1, max(statistic, 0.0)))


def information(quantiles: Floats, between: tuple[float, float]) -> float:
    """Return how much an expert's density says beyond the background of an item.

    Args:
        quantiles: shape (3,).
        between: ends of the intrinsic range.
    """
    widths = np.diff([between[0], *quantiles, between[1]]) / (between[1] - between[0])
    return float(PARTS @ np.log(PARTS / widths))


def pooled(answers: Floats, between: tuple[float, float], weights: Floats) -> Knots:
    """Return the mean of experts' distributions for an item.

    Args:
        answers: quantiles by expert, shape (E, 3).
        between: ends of the intrinsic range.
        weights: of the experts, shape (E,); they sum to 1.
    """
    counted = weights > 0.0
    values = np.unique([*between, *answers[counted].ravel()])
    levels = np.array([0.0, *QUANTILES, 1.0])
    below = sum(
        weight * np.interp(values, [between[0], *own, between[1]], levels)
        for weight, own in zip(weights[counted], answers[counted], strict=True)
    )
    return Knots(values, np.asarray(below, dtype=np.float64))


def score(answers: Floats, truths: Floats, ranges: list[tuple[float, float]]) -> Score:
    """Return the score of one expert on items with known answers.

    Args:
        answers: quantiles by item, shape (N, 3).
        truths: shape (N,).
        ranges: intrinsic range of each item.
    """
    told = [information(own, between) for own, between in zip(answers, ranges, strict=True)]
    return Score(calibration(answers, truths), float(np.mean(told)))


def scored(answers: Floats, truths: Floats, ranges: list[tuple[float, float]]) -> Scored:
    """Return every expert's score, weights by performance, and the scores of both pools.

    Args:
        answers: quantiles by expert and item, shape (E, N, 3).
        truths: shape (N,).
        ranges: intrinsic range of each item.
    """
    scores = tuple(score(own, truths, ranges) for own in answers)

    def of_pool(weights: Floats) -> Score:
        items = zip(answers.transpose(1, 0, 2), ranges, strict=True)
        pools = [pooled(own, between, weights) for own, between in items]
        told = np.array([[pool.quantile(u) for u in QUANTILES] for pool in pools])
        return score(told, truths, ranges)

    best: tuple[Score, Floats, float] | None = None
    for level in sorted({each.calibration for each in scores}):
        raw = np.array([each.weight if each.calibration >= level else 0.0 for each in scores])
        if raw.sum() <= 0.0:
            continue
        weights = raw / raw.sum()
        found = of_pool(weights)
        if best is None or found.weight > best[0].weight:
            best = found, weights, level
    same = np.full(len(scores), 1.0 / len(scores))
    performance, weights, level = best or (of_pool(same), same, 0.0)
    return Scored(scores, weights, level, of_pool(same), performance)
