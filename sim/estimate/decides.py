"""What decides each count: parameters that explain its ranks, and its likelihood with the first.

How parameters are found, and how often that errs, is told in `sim.estimate.rank_regression`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.estimate.groups import Bools, Floats, Ints, grouped
from sim.estimate.intervals import likelihood_interval
from sim.estimate.rank_regression import Regression, regress
from sim.estimate.records import Decided, Decider, Decisions, Interval
from sim.estimate.sequential import sequential_interval

FEWEST_DRAWS = 128
"""Below this many nothing is named: only shares above a tenth would stand clear of chance."""
ENOUGH = 4096
"""Replicates looked at, the first ones of a run: what more would name explains less than 1 %."""
LEAST_EXPLAINED = 0.005
"""What parameters must foretell, of draws that had no part in choosing them, to be named: what is
nought per cent was chosen by chance."""
QUARTER = 0.25
"""Of the draws, with the lowest or the highest values of a parameter."""


class Drawn(NamedTuple):
    """The replicates of an ensemble, with the parameters that they had."""

    names: Sequence[str]
    """Of the parameters that are drawn."""
    parameters: Floats
    """Shape (R, P)."""
    counts: Sequence[str]
    """Ids of the counts."""
    values: Floats
    """What each replicate has, shape (R, C)."""
    successes: Bools
    """Whether that is the target or more, shape (R, C)."""
    draws: Ints
    """Number of each replicate's parameter draw, shape (R,)."""


def what_decides(drawn: Drawn, *, sequential: bool) -> Decisions:
    """Return what decides each count, and its likelihood where the first parameter is low and high.

    Args:
        drawn: the replicates, in the order run; the first `ENOUGH` are looked at.
        sequential: whether their number was chosen by looking at the intervals.
    """
    seen = _first(drawn)
    groups = grouped(seen.draws)
    if len(groups.sizes) < FEWEST_DRAWS:
        return Decisions(
            len(groups.sizes), tuple(Decided(count, None, ()) for count in seen.counts)
        )
    _, first = np.unique(seen.draws, return_index=True)
    means = np.column_stack([groups.means(column) for column in seen.values.T])
    found = regress(seen.parameters[first], means)
    return Decisions(
        len(groups.sizes),
        tuple(_told(seen, number, each, sequential) for number, each in enumerate(found)),
    )


def _first(drawn: Drawn) -> Drawn:
    return drawn._replace(
        parameters=drawn.parameters[:ENOUGH],
        values=drawn.values[:ENOUGH],
        successes=drawn.successes[:ENOUGH],
        draws=drawn.draws[:ENOUGH],
    )


def _told(seen: Drawn, number: int, found: Regression, sequential: bool) -> Decided:
    """Return what decides one count, in names."""
    named = tuple(Decider(seen.names[each.column], each.share, each.rises) for each in found.named)
    count = seen.counts[number]
    if not named or found.explained < LEAST_EXPLAINED:
        return Decided(count, found.explained, ())
    values = seen.parameters[:, found.named[0].column]
    return Decided(
        count,
        found.explained,
        named,
        *quarters(values, seen.successes[:, number], seen.draws, sequential=sequential),
    )


def quarters(
    values: Floats, successes: Bools, draws: Ints, *, sequential: bool
) -> tuple[Interval, Interval]:
    """Return the likelihood where a parameter is low and where it is high, with 95 % intervals.

    Args:
        values: of the parameter, one a replicate, shape (R,).
        successes: one a replicate, shape (R,).
        draws: number of each replicate's parameter draw, shape (R,).
        sequential: whether R was chosen by looking at the intervals.

    Returns:
        The likelihood in the quarter with the lowest values and in that with the highest.
    """
    measure = sequential_interval if sequential else likelihood_interval
    low, high = np.quantile(values, (QUARTER, 1.0 - QUARTER))
    least, most = (
        measure(successes[part], grouped(draws[part])) for part in (values <= low, values >= high)
    )
    return least, most
