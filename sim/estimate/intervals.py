"""How exactly a likelihood is known when the number of replicates was fixed beforehand."""

from math import sqrt
from statistics import NormalDist

import numpy as np

from sim.estimate.groups import Bools, Floats, Groups, Ints, grouped
from sim.estimate.records import Interval
from sim.estimate.variance import padded_correlation, parameter_share

CONFIDENCE = 0.95
"""Of every interval: at most one in twenty misses."""
MIDDLE = 0.80
"""Of the range over parameters."""
NOTHING = 1e-15
"""A correlation or a share below this is none."""


def likelihood_interval(successes: Bools, groups: Groups) -> Interval:
    """Return the share of successes and its Wilson interval.

    Replicates of one draw resemble each other, so R replicates are worth only
    R / (1 + (m - 1) rho) independent ones (Kish 1965, Survey Sampling, sec. 5.4): m is the number
    of replicates that share a draw, rho their correlation (`padded_correlation`). Single replicates
    of different draws are independent, and the interval is then the plain one.

    Args:
        successes: one per replicate, shape (R,).
        groups: which replicates share a draw.
    """
    crowding = groups.crowding
    rho = padded_correlation(successes, groups) if crowding > 1.0 else 0.0
    return wilson(float(successes.mean()), groups.replicates / (1.0 + (crowding - 1.0) * rho))


def mean_interval(values: Floats, draws: Ints) -> tuple[float, float, float]:
    """Return the mean of values, and its 95 % interval by Student's t over the draws' means.

    Args:
        values: one per replicate, shape (R,).
        draws: number of each replicate's parameter draw, shape (R,); the draws are independent.
    """
    from scipy.special import stdtrit  # as below: not before it is needed

    means = grouped(draws).means(values)
    middle = float(means.mean())
    if len(means) < 2:
        return middle, -np.inf, np.inf
    error = float(means.std(ddof=1)) / sqrt(len(means))
    reach = float(stdtrit(len(means) - 1, 0.5 + CONFIDENCE / 2)) * error
    return middle, middle - reach, middle + reach


def wilson(share: float, number: float, confidence: float = CONFIDENCE) -> Interval:
    """Return a share and its Wilson score interval (Wilson 1927, JASA 22, 209-212).

    Args:
        share: of successes, 0 to 1.
        number: of independent trials; an effective number need not be whole.
        confidence: coverage aimed at. It holds on average over shares; near 0 and 1 the coverage
            of single shares dips below (Brown, Cai and DasGupta 2001, Statistical Science 16).

    Raises:
        ValueError: the share is not one, or the number or confidence is out of range.
    """
    if not (0.0 <= share <= 1.0 and number > 0.0 and 0.0 < confidence < 1.0):
        raise ValueError(f"no interval for {share=}, {number=}, {confidence=}")
    z = NormalDist().inv_cdf(0.5 + confidence / 2.0)
    weight = z * z / number
    middle = (share + weight / 2.0) / (1.0 + weight)
    reach = sqrt(weight * (share * (1.0 - share) + weight / 4.0)) / (1.0 + weight)
    # The interval holds the share, and ends at 0 or 1 with it, but for rounding.
    low = 0.0 if share == 0.0 else min(max(middle - reach, 0.0), share)
    high = 1.0 if share == 1.0 else max(min(middle + reach, 1.0), share)
    return Interval(share, low, high)


def list_error(share: float, effective: float) -> float:
    """Return how far a likelihood may be off at 95 % because its posterior is a list of draws.

    However many replicates are run, the list stays as it is. Were each parameter draw to decide
    its replicates alone, the likelihood over the list would have the standard error
    sqrt(p (1 - p) / n) of n independent draws; as luck decides, too, it has less. Wilson's form of
    it, the longer side, stays above 0 where the share is 0 or 1.

    Args:
        share: the likelihood, 0 to 1; at 0.5 the error is largest.
        effective: how many independent draws the list is worth (`Listed.effective`).

    Raises:
        ValueError: the share is not one, or the list is worth nothing.
    """
    return wilson(share, effective).half_width


def over_parameters(successes: Bools, groups: Groups) -> tuple[float, float]:
    """Return where the middle 80 % of the likelihoods given the parameters lie, over the prior.

    With its parameters fixed, a replicate succeeds with a likelihood of its own. Over the draws
    these have the overall share as their mean, and vary the more the more alike the replicates of a
    draw are. They are taken to follow a beta distribution with that mean and with the correlation
    rho = 1 / (a + b + 1), by which the beta-binomial distribution is known (Griffiths 1973,
    Biometrics 29, 637-648). Only mean and variance are estimated; the shape is assumed.

    Args:
        successes: one per replicate, shape (R,).
        groups: which replicates share a draw.

    Returns:
        The 10 % and the 90 % quantile; (0, 1), which says nothing, if no draw has two replicates or
        all replicates share one draw.
    """
    mean = float(successes.mean())
    if mean in (0.0, 1.0):
        return mean, mean
    rho = parameter_share(successes, groups)
    if rho is None:
        return 0.0, 1.0
    return beta_range(mean, rho)


def beta_range(mean: float, rho: float, middle: float = MIDDLE) -> tuple[float, float]:
    """Return the ends of the middle part of a beta distribution.

    Args:
        mean: of the distribution, 0 to 1.
        rho: 1 / (a + b + 1), 0 to 1; at 0 all mass is at the mean, at 1 all is at 0 and at 1.
        middle: probability between the ends, as much lying below as above.
    """
    tail = (1.0 - middle) / 2.0
    if min(rho, mean, 1.0 - mean) < NOTHING:
        return mean, mean
    if rho == 1.0:
        return float(mean > 1.0 - tail), float(mean >= tail)
    # SciPy is loaded where it is needed: who only reads a stored summary need not wait for it.
    from scipy.special import betaincinv

    both = 1.0 / rho - 1.0
    a, b = mean * both, (1.0 - mean) * both
    return float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1.0 - tail))
