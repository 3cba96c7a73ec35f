"""What was observed, and what of a trajectory it is compared with.

An observation of the years since 2022 is the logarithm of a growth factor between two Decembers, or
a ratio in one. Most figures cover more than future industries, so they inform growth and timing and
not levels, and their spread is wide: it says how far the thing meant may lie from the thing
measured.

An observation that stands for patterns (``bands.csv``) was published before the plan, of other
firms and other years: what a whole run has of it at its end is compared, a rate as the logarithm of
its ratio to the published one. Such patterns validate nothing any more.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim import city
from sim.calendar import START
from sim.engine.declared import OwnMeasure, described_measures
from sim.evidence.calibration import tallies
from sim.evidence.patterns.bands import patterns
from sim.language import Text
from sim.model.world.layout import COUNTS, MEASURES
from sim.store.fill import Ensemble

FILE: Final = "evidence/observations.csv"
CODE: Final = Path(tallies.__file__)
LEAST: Final = 0.5
"""Stands in for nothing where a logarithm is taken: half of one firm, centre or 亿元."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Observation:
    """One observed quantity."""

    id: str
    year: int
    """It is known at the end of this year."""
    since: int | None
    """December that growth is measured from; None: it is no growth."""
    quantity: str
    """Count or measure."""
    over: str
    """Count or measure that it is divided by; empty: none."""
    low: float
    """Lower end of what the figures say."""
    high: float
    spread: float
    """Standard deviation of what lies between figure and thing meant."""
    figures: tuple[str, ...]
    """Ids of the figures."""
    name: Text
    why: str
    against: float | None = None
    """What it is set against, as the logarithm of a ratio; None: it stands as it is."""
    patterns: tuple[str, ...] = ()
    """Ids of the patterns that it stands for; none: it is of the years since 2022."""

    @property
    def until(self) -> str:
        """Return the month (``YYYY-MM``) at whose end it is known."""
        return f"{self.year}-12"

    def simulated(self, found: Ensemble) -> Floats:
        """Return what replicates have for it, shape (R,)."""
        if self.patterns:
            return self._pattern(found)
        now = self._ratio(found, self.year)
        if self.since is None:
            return now
        return np.log(np.maximum(now, _floor(self))) - np.log(
            np.maximum(self._ratio(found, self.since), _floor(self))
        )

    def _ratio(self, found: Ensemble, year: int) -> Floats:
        top = _series(found, self.quantity, year)
        return top / np.maximum(_series(found, self.over, year), 1.0) if self.over else top

    def _pattern(self, found: Ensemble) -> Floats:
        """Return what whole runs have for it at their end, shape (R,)."""
        last = START[0] + found.measures.shape[1] - 1
        top = _series(found, self.quantity, last)
        bottom = np.maximum(_series(found, self.over, last), 1.0) if self.over else 1.0
        if self.against is None:
            return np.asarray(top / bottom)
        return np.asarray(np.log(np.maximum(top, LEAST) / bottom / self.against))

    def log_likelihood(self, simulated: Floats) -> Floats:
        """Return the logarithm of the kernel: 0 within the range, normal outside it."""
        return -0.5 * (self.distance(simulated) / self.spread) ** 2

    def at(self, value: float) -> "Observation":
        """Return the observation as if this value had been observed, without rounding."""
        return replace(self, low=value, high=value)

    def distance(self, simulated: Floats) -> Floats:
        """Return how far values lie outside the observed range."""
        below = np.maximum(self.low - simulated, 0.0)
        return below + np.maximum(simulated - self.high, 0.0)


def _floor(observation: Observation) -> float:
    return 1e-6 if observation.over else LEAST


def _series(found: Ensemble, name: str, year: int) -> Floats:
    """Return a count or measure of each replicate in a December, shape (R,)."""
    december = year - START[0]
    if name in COUNTS:
        month = 2 + 12 * december
        return found.counts[:, month, COUNTS.index(name)]
    column = found.scenario.setup().measures.index(name)
    return found.measures[:, december, column].astype(np.float64)


@cache
def tallied() -> tuple[OwnMeasure, ...]:
    """Return the measures that calibration's runs record for patterns."""
    return described_measures(CODE)


@cache
def observations() -> tuple[Observation, ...]:
    """Return all observations, in the order of the file."""
    with city.present(FILE).open(encoding="utf-8") as file:
        return tuple(_observation(row) for row in csv.DictReader(file))


def _observation(row: dict[str, str]) -> Observation:
    own = tuple(each.name for each in tallied()) if row["patterns"] else ()
    for name in row["patterns"].split():
        if name not in [each.id for each in patterns() if each.in_view == "conditions"]:
            raise ValueError(f"{FILE}: {row['id']}: {name} is no pattern that conditions")
    for name in filter(None, (row["quantity"], row["over"])):
        if name not in (own or (*COUNTS, *MEASURES)):
            raise ValueError(f"{FILE}: {row['id']}: no count or measure {name}")
    return Observation(
        id=row["id"],
        year=int(row["year"]),
        since=int(row["since"]) if row["since"] else None,
        quantity=row["quantity"],
        over=row["over"],
        low=float(row["low"]),
        high=float(row["high"]),
        spread=float(row["spread"]),
        figures=tuple(row["figures"].split()),
        name=Text(row["name_en"], row["name_zh"]),
        why=row["why"],
        against=float(row["against"]) if row["against"] else None,
        patterns=tuple(row["patterns"].split()),
    )


def known(until: str) -> tuple[Observation, ...]:
    """Return the observations of the years since 2022 that are known by a month (``YYYY-MM``)."""
    return tuple(each for each in observations() if each.until <= until and not each.patterns)


def conditioning() -> tuple[Observation, ...]:
    """Return the observations that stand for patterns; all were known before the plan."""
    return tuple(each for each in observations() if each.patterns)


def last() -> str:
    """Return the month (``YYYY-MM``) of the latest observation."""
    return max(each.until for each in observations())
