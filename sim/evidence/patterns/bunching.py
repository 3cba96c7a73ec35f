"""Whether reported R&D bunches just above what the certificate asks, and how much of it is real.

R&D is measured in the share of sales that the rule asks for, so that all three thresholds lie at 1.
"""

from typing import NamedTuple

import numpy as np

from sim.evidence.patterns.estimate import UNKNOWN, Estimate
from sim.evidence.patterns.panel import Filings, Floats

BIN = 0.1
"""Of log R&D."""
BINS = np.arange(-20, 21)
"""Edges in bins: from a seventh of what is asked to seven times as much."""
MISSING = -10
"""Edge from which firms may have left for the threshold: R&D below 0.37 of it is out of reach."""
BUNCH = 1
"""Edge up to which firms land: 1.105 times the threshold."""
DEGREE = 4
"""Of the polynomial that stands for the distribution without a threshold."""
FEWEST = 200
"""Filings."""


class Bunching(NamedTuple):
    """Filings by bins of log R&D, and how many there would be without a threshold."""

    edges: Floats
    """Log R&D over what is asked, shape (bins + 1,)."""
    counts: Floats
    without: Floats
    excess: Estimate
    """Filings just above the threshold beyond `without`, over `without`."""


def bunching(research: Floats) -> Bunching | None:
    """Return the excess of filings just above the threshold; None for too few filings.

    The counterfactual is a polynomial through the bins that the threshold leaves alone (Chetty,
    Friedman, Olsen and Pistaferri 2011, Quarterly Journal of Economics 126, 749-804; for notches
    Kleven and Waseem 2013, same journal 128, 669-723), fitted to log counts, which keeps it above
    zero. The error is that of the count just above, as if it were Poisson, and of the fit.

    Args:
        research: R&D over what is asked, one a filing, above zero.
    """
    logs = np.log(research)
    edges = (BIN * BINS).astype(np.float64)
    counts = np.histogram(logs, edges)[0].astype(np.float64)
    if counts.sum() < FEWEST:
        return None
    middle = BINS[:-1] + 0.5
    touched = (middle > MISSING) & (middle < BUNCH)
    usable = ~touched & (counts > 0.0)
    if usable.sum() <= DEGREE + 2:
        return None
    scale = middle / len(BINS)
    weights = np.sqrt(counts[usable])  # of a log count, the inverse of its error
    fit, spread = np.polyfit(
        scale[usable], np.log(counts[usable]), DEGREE, w=weights, cov="unscaled"
    )
    logs_without = np.polyval(fit, scale)
    above = (middle > 0) & (middle < BUNCH)
    expected, seen = float(np.exp(logs_without[above]).sum()), float(counts[above].sum())
    powers = np.vander(scale[above], DEGREE + 1).mean(axis=0)
    of_fit = float(powers @ spread @ powers)  # variance of the log of `expected`
    ratio = seen / expected
    error = ratio * np.sqrt(1.0 / max(seen, 1.0) + of_fit)
    return Bunching(edges, counts, np.exp(logs_without), Estimate(ratio - 1.0, float(error)))


def excess(filings: Filings) -> Estimate:
    """Return the excess of reported R&D just above the threshold."""
    found = bunching(filings.reported)
    return UNKNOWN if found is None else found.excess


def excess_of_real(filings: Filings) -> Estimate:
    """Return the same of real R&D."""
    found = bunching(filings.real[filings.real > 0.0])
    return UNKNOWN if found is None else found.excess


def relabelled(filings: Filings) -> Estimate:
    """Return which share of the R&D reported just above the threshold was not done."""
    near = (filings.reported >= 1.0) & (filings.reported < np.exp(BIN * BUNCH))
    if near.sum() < FEWEST:
        return UNKNOWN
    amount = filings.amount[near]
    done = amount * filings.real[near] / filings.reported[near]
    return Estimate(1.0 - float(done.sum() / amount.sum()))
