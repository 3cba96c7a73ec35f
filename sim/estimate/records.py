"""What an estimate says: plain records, quick to import."""

from dataclasses import dataclass
from typing import NamedTuple

from sim.plan import Reading


class Interval(NamedTuple):
    """A likelihood and its 95 % Monte-Carlo interval, as fractions.

    The interval says how far the likelihood is from what endless replicates of the same model and
    the same prior would give. It is not the spread of the replicates.
    """

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Distance from the value to the farther end: the truth is this near, at 95 %."""
        return max(self.value - self.low, self.high - self.value)


@dataclass(frozen=True)
class OtherReading:
    """What would be known of a count if it were read in the other way."""

    reading: Reading
    median: float
    likelihood: Interval
    """Of standing at the target or above."""
    about: Interval
    """The same for the 左右 threshold."""


@dataclass(frozen=True)
class CountSummary:
    """What is known of one of the plan's counts at the month of the summary."""

    id: str
    target: int
    unit: str
    """The unit's English name."""
    reading: Reading
    """Of all that follows, but for `other`."""
    median: float
    p10: float
    p90: float
    """Quantiles of the replicates (inverted distribution function: values that did occur)."""
    likelihood: Interval
    """Of standing at the target or above."""
    about: Interval
    """The same for the 左右 threshold; equal to the strict one where the plan does not say 左右."""
    over_parameters: tuple[float, float] | None
    """Middle 80 % of the likelihood given the parameters, over the parameters' prior; None if too
    few draws have two replicates to tell (`sim.estimate.groups`)."""
    median_year: float | None
    """Year in which the count first stood at its target; None if most replicates never did."""
    luck_share: float | None
    """Share of the count's variance that is there with the parameters fixed, 0 to 1."""
    parameter_share: float | None
    """The rest. Both are None if the count does not vary, or if too few draws have two
    replicates to tell them apart."""
    other: OtherReading | None
    """The other reading, if there is one and one of the two likelihoods differs in it."""


class Listed(NamedTuple):
    """The list of draws that stands for the posterior which an ensemble's draws come from."""

    rows: int
    effective: float
    """How many independent draws from the posterior they are worth."""


@dataclass(frozen=True)
class Summary:
    """What an ensemble says about the counts of one month."""

    counts: tuple[CountSummary, ...]
    """One per count, in the order of the plan."""
    joint: Interval
    """Likelihood that all counts stand at their targets at once."""
    joint_about: Interval
    """The same, with 左右 where the plan says so."""
    replicates: int
    draws: int
    """Number of different parameter draws."""
    sequential: bool
    """Whether the intervals hold even if the number of replicates was chosen by looking at them."""
    at: int
    """The month, counted from October 2022."""
    listed: Listed | None = None
    """Where the draws come from; None: from the prior, which is no list."""
    baseline: int = 0
    """Replicates of the stored baseline by which the likelihoods are adjusted; 0: by none."""


class Decider(NamedTuple):
    """A parameter that decides a count beyond chance."""

    parameter: str
    share: Interval
    """Of the variance of the count's ranks over the draws."""
    rises: bool
    """Whether the count rises with it."""


@dataclass(frozen=True)
class Decided:
    """What decides a count."""

    count: str
    explained: float | None
    """Share of the variance of the count's ranks that the parameters named foretell in draws that
    had no part in choosing them; None if there are too few draws to tell."""
    deciders: tuple[Decider, ...]
    """The largest share first; empty where nothing stands clear of chance."""
    low: Interval | None = None
    """Likelihood in the quarter of the draws where the first of them is lowest."""
    high: Interval | None = None
    """Likelihood where it is highest."""


@dataclass(frozen=True)
class Decisions:
    """What decides each count of a run."""

    draws: int
    """Parameter draws looked at."""
    counts: tuple[Decided, ...]
    """One per count, in the order of the plan."""

    @property
    def known(self) -> bool:
        """Whether there were draws enough to tell."""
        return any(each.explained is not None for each in self.counts)
