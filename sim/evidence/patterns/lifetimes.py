"""How long start-ups live, and how long they take to their first sale."""

import numpy as np
from scipy.stats import CensoredData, ecdf

from sim.calendar import MONTHS_A_YEAR
from sim.evidence.patterns.estimate import UNKNOWN, Estimate
from sim.evidence.patterns.panel import Bools, Floats, Ints, StartUps
from sim.model.world.tables import TRACKS

FEWEST = 20
"""Start-ups in a sample."""
HALF = 0.5


class Waiting:
    """The share of a sample that still waits for something, by Kaplan and Meier (1958).

    Who drops out of sight before it happens counts as long as it was seen.
    """

    def __init__(self, months: Ints, happened: Bools) -> None:
        """Take the sample.

        Args:
            months: that each was seen to wait, shape (n,).
            happened: whether it then happened, or only the watching ended, shape (n,).
        """
        self.many = len(months)
        sample = CensoredData(months[happened].astype(float), right=months[~happened].astype(float))
        self._left = ecdf(sample).sf
        self._seen = np.sort(months)
        times, deaths = np.unique(months[happened], return_counts=True)
        at_risk = self.many - np.searchsorted(self._seen, times, side="left")
        self._times = times
        steps = deaths / np.maximum(1.0, at_risk * (at_risk - deaths))
        self._greenwood = np.concatenate([[0.0], np.cumsum(steps)])

    def share(self, months: float) -> Estimate:
        """Return the share that still waits after some months; Greenwood's error."""
        if self._seen[-1] < months:
            return UNKNOWN
        left = float(self._left.evaluate(months))
        before = int(np.searchsorted(self._times, months, side="right"))
        return Estimate(left, left * float(np.sqrt(self._greenwood[before])))

    def median(self) -> float:
        """Return the months after which half no longer wait; infinite if fewer ever stop."""
        below = np.flatnonzero(self._left.probabilities <= HALF)
        return float(self._left.quantiles[below[0]]) if len(below) else np.inf


def lives(start_ups: StartUps) -> Waiting | None:
    """Return how long start-ups wait for their end; None if there are too few."""
    if len(start_ups.track) < FEWEST:
        return None
    return Waiting(start_ups.last - start_ups.founded, start_ups.died)


def survival(start_ups: StartUps, years: int) -> Estimate:
    """Return the share of start-ups that live to an age.

    Firms that are bought or leave the city have not died, as in the register of firms: they count
    while they are seen.
    """
    found = lives(start_ups)
    return UNKNOWN if found is None else found.share(years * MONTHS_A_YEAR)


def most_dangerous(start_ups: StartUps, years: int = 7) -> Estimate:
    """Return the year of life, from 1, in which the largest share of those alive at its start die.

    Args:
        start_ups: founded during the run.
        years: of life looked at.
    """
    found = lives(start_ups)
    if found is None:
        return UNKNOWN
    left = np.array([found.share(year * MONTHS_A_YEAR).value for year in range(years + 1)])
    if not np.isfinite(left).all():
        return UNKNOWN
    return Estimate(float(np.argmin(left[1:] / left[:-1]) + 1))


def products(start_ups: StartUps, track: int) -> Waiting | None:
    """Return how long a track's start-ups wait for their first sale; None if there are too few."""
    mine = start_ups.track == track
    if mine.sum() < FEWEST:
        return None
    sold = start_ups.product[mine] >= 0
    until = np.where(sold, start_ups.product[mine], start_ups.last[mine])
    return Waiting(until - start_ups.founded[mine], sold)


def years_to_product(start_ups: StartUps) -> Floats:
    """Return each track's median years from founding to the first sale, shape (tracks,).

    Infinite where fewer than half ever sell as far as is seen; not a number for too few start-ups.
    """
    found = [products(start_ups, track) for track in range(TRACKS)]
    return np.array([np.nan if each is None else each.median() for each in found]) / MONTHS_A_YEAR


def typical_years_to_product(start_ups: StartUps) -> Estimate:
    """Return the median over tracks of the median years from founding to the first sale."""
    years = years_to_product(start_ups)
    known = np.sort(years[~np.isnan(years)])
    if not len(known):
        return UNKNOWN
    # Of an even number of tracks the upper middle one: no mean with an infinite time.
    return Estimate(float(known[len(known) // 2]))


def share_with_product(start_ups: StartUps, track: int, years: int) -> Estimate:
    """Return the share of a track's start-ups that have sold by an age."""
    found = products(start_ups, track)
    if found is None:
        return UNKNOWN
    waiting = found.share(years * MONTHS_A_YEAR)
    return Estimate(1.0 - waiting.value, waiting.error)
