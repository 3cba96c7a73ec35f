"""How much of an effect passes each channel, such that channels and rest are the whole.

With f(S) the outcome of a replicate under the first package with the channels S open to the second
one (same luck, same parameters), the whole is f(all as the second package) - f(none). What passes a
channel c is the mean of what it adds alone and of what it adds to all others,

    c = (f({c}) - f(none) + f(all) - f(all but c)) / 2.

Of two channels that is the Shapley value. What the second package does with all channels shut is
outside them; what is left of the whole acts together, three channels or more at a time, or cancels.
So channels, outside and together sum to the whole in every replicate, and in the mean.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.estimate.effects import Signs
from sim.estimate.groups import Floats, Ints, grouped
from sim.estimate.intervals import mean_interval
from sim.estimate.records import Interval

NOTHING = 1e-12
"""Of the largest difference: what sums of floating-point numbers leave is no effect."""


class Amount(NamedTuple):
    """A mean difference over the pairs, and how sure its sign is."""

    mean: Interval
    share: Interval | None
    """Of the whole; None where the whole cannot be told from nothing."""
    pairs: Signs
    """Shares of pairs in which it is above nought, and below."""
    draws: Signs
    """Of the mean of each parameter draw."""

    @property
    def tie(self) -> bool:
        """Return whether it may be nothing."""
        return self.mean.low <= 0.0 <= self.mean.high


class Passed(NamedTuple):
    """What passes a channel."""

    amount: Amount
    alone: Interval
    """What it adds where it alone is open."""
    last: Interval
    """What it adds to all others."""


class Decomposed(NamedTuple):
    """An effect by channels."""

    first: float
    """Mean under the first package."""
    second: float
    whole: Amount
    channels: tuple[Passed, ...]
    together: Amount
    """What channels do three or more at a time, beyond what each is given."""
    outside: Amount
    """What the second package does with all channels shut."""
    links: tuple[Amount, ...]
    """What would be missing of the whole with a link cut: below nought where it holds back."""


class Runs(NamedTuple):
    """One outcome of the same replicates, each of shape (R,)."""

    first: Floats
    second: Floats
    alone: Sequence[Floats]
    """The first package with one channel as the second has it, for each channel."""
    without: Sequence[Floats]
    """The second package with one channel as the first has it."""
    shut: Floats
    """The second package with all channels as the first has them."""
    cut: Sequence[Floats]
    """The second package with a link as the first has it, for each link."""


def decomposed(runs: Runs, draws: Ints) -> Decomposed:
    """Return what passes each channel.

    Args:
        runs: the outcome in all runs.
        draws: number of each replicate's parameter draw, shape (R,).
    """
    whole = runs.second - runs.first
    alone = [each - runs.first for each in runs.alone]
    last = [runs.second - each for each in runs.without]
    passed = [(one + other) / 2.0 for one, other in zip(alone, last, strict=True)]
    outside = runs.shut - runs.first
    together = whole - outside - (np.sum(passed, axis=0) if passed else 0.0)
    together[np.abs(together) <= NOTHING * np.abs(whole).max()] = 0.0

    def told(values: Floats) -> Amount:
        return _amount(values, whole, draws)

    return Decomposed(
        float(grouped(draws).means(runs.first).mean()),
        float(grouped(draws).means(runs.second).mean()),
        told(whole),
        tuple(
            Passed(
                told(each),
                Interval(*mean_interval(one, draws)),
                Interval(*mean_interval(other, draws)),
            )
            for each, one, other in zip(passed, alone, last, strict=True)
        ),
        told(together),
        told(outside),
        tuple(told(runs.second - each) for each in runs.cut),
    )


def _amount(values: Floats, whole: Floats, draws: Ints) -> Amount:
    means = grouped(draws).means(values)
    return Amount(
        Interval(*mean_interval(values, draws)),
        _share(values, whole, draws),
        Signs(float((values > 0.0).mean()), float((values < 0.0).mean())),
        Signs(float((means > 0.0).mean()), float((means < 0.0).mean())),
    )


def _share(values: Floats, whole: Floats, draws: Ints) -> Interval | None:
    """Return the ratio of two means with its interval.

    The error of a ratio of means a / b is that of the mean of a - (a / b) b, over the mean of b
    (Cochran 1977, Sampling Techniques, sec. 2.11).
    """
    total, low, high = mean_interval(whole, draws)
    if low <= 0.0 <= high or not np.isfinite(low):
        return None
    share = mean_interval(values, draws)[0] / total
    _, least, most = mean_interval(values - share * whole, draws)
    ends = sorted((share + least / total, share + most / total))
    return Interval(share, *ends)
