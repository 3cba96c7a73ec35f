"""When a run to a precision may stop, and how far it still has to go."""

from collections.abc import Iterator
from math import ceil

from sim.estimate.paired import Z
from sim.estimate.records import Interval, Summary
from sim.estimate.sequential import confidence_sequence

MOST = 1 << 40
"""Draws beyond which no run is imagined."""
FIRST_LOOK = 256
"""Replicates of each package after which a study to a precision is looked at for the first time."""
CAP = 50_000
"""Replicates at which one gives up."""
BLOCK = 16
"""Replicates are added in whole blocks of the store."""
MOST_TIMES = 4
"""How many times as many a forecast may ask for at once: the first intervals are rough."""


def precise_enough(summary: Summary, half_width: float) -> bool:
    """Return whether every likelihood is known to within a half-width, at 95 %.

    Every one means that of each count, in its reading, at the strict and the 左右 threshold, and
    those of all counts together. An interval need not be symmetric: its longer side counts.

    Args:
        summary: of the replicates so far, with sequential intervals.
        half_width: as a fraction, such as 0.03.

    Raises:
        ValueError: the summary's intervals are not valid under this stopping rule, or the
            half-width is not positive.
    """
    if not summary.sequential:
        raise ValueError("to stop on precision, the intervals must be sequential")
    _check(half_width)
    return all(interval.half_width <= half_width for interval in intervals(summary))


def needed(summary: Summary, half_width: float) -> int:
    """Return about how many replicates a run to a precision will take in all.

    A forecast for a progress bar: it supposes that the likelihoods stay as they are.

    Args:
        summary: of the replicates so far.
        half_width: as a fraction, such as 0.03.

    Raises:
        ValueError: the half-width is not positive.
    """
    shares = {interval.value for interval in intervals(summary)}
    draws = max(draws_needed(share, half_width) for share in shares)
    return draws + summary.replicates - summary.draws


def expected(half_width: float) -> int:
    """Return about how many replicates a study to a precision takes: of a likelihood of one half.

    Args:
        half_width: as a fraction, such as 0.05.
    """
    return min(CAP, max(FIRST_LOOK, ceil((Z / half_width) ** 2 / 4.0)))


def draws_needed(share: float, half_width: float) -> int:
    """Return the fewest parameter draws whose sequential interval is narrow enough.

    Args:
        share: of successes among them, 0 to 1.
        half_width: wanted, as a fraction; the interval's longer side counts.

    Raises:
        ValueError: the half-width is not positive, or so small that no run could reach it.
    """
    _check(half_width)
    few, many = 0, 1
    while _half_width(share, many) > half_width:
        few, many = many, 2 * many
        if many > MOST:
            raise ValueError(f"no run reaches a half-width of {half_width}")
    while many - few > 1:
        between = (few + many) // 2
        if _half_width(share, between) > half_width:
            few = between
        else:
            many = between
    return many


def intervals(summary: Summary) -> Iterator[Interval]:
    """Yield the interval of every likelihood in a summary, those of the other readings aside."""
    yield summary.joint
    yield summary.joint_about
    for count in summary.counts:
        yield count.likelihood
        yield count.about


def _half_width(share: float, draws: int) -> float:
    return Interval(share, *confidence_sequence(share * draws, draws)).half_width


def _check(half_width: float) -> None:
    if not half_width > 0.0:
        raise ValueError(f"a half-width is positive: {half_width}")


def next_look(replicates: int, widest: float, wanted: float) -> int | None:
    """Return with how many replicates a study to a precision looks again; None: it ends.

    What is looked at is how wide ordinary intervals are, not what they hold: a fixed-width
    procedure, whose coverage tends to that of the interval as the width falls (Y. Chow and
    H. Robbins 1965, Annals of Mathematical Statistics 36, 457-462). Few looks, each forecast from
    the last, and `FIRST_LOOK` at least, keep it there (``tests/estimate/test_precision.py``).

    Args:
        replicates: looked at.
        widest: the longer side of the widest interval, as a fraction.
        wanted: what none may exceed.

    Raises:
        ValueError: what is wanted is not positive.
    """
    _check(wanted)
    if widest <= wanted or replicates >= CAP:
        return None
    times = min((widest / wanted) ** 2, MOST_TIMES)
    forecast = ceil(replicates * times / BLOCK) * BLOCK
    return min(max(forecast, replicates + BLOCK), CAP)
