"""What calibration learnt, and what contradicts it."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from sim.evidence.calibration.calibrate import Calibration
from sim.evidence.calibration.emulator import UNCERTAIN, positions
from sim.evidence.calibration.observations import Observation
from sim.evidence.calibration.weights import by_mean, effective, quantile
from sim.sampling import LUCKS_A_DRAW

Floats = NDArray[np.float64]
LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
CONFLICT: Final = 0.05
"""Tail probability below which an observation contradicts the others."""


class Predicted(NamedTuple):
    """One observation beside what the model has for it."""

    observation: Observation
    prior: Floats
    """Quantiles at ``LEVELS``."""
    posterior: Floats
    others: float
    """Two-sided tail probability of the observation given all others: low means conflict."""

    @property
    def conflict(self) -> bool:
        """Return whether it contradicts the other observations under the model."""
        return self.others < CONFLICT


class Learnt(NamedTuple):
    """What the observations say of one parameter."""

    name: str
    shift: float
    """Posterior mean minus prior mean, in standard deviations of the prior."""
    narrowing: float
    """One minus posterior over prior standard deviation, of its position in the prior."""
    at_best: float
    """The narrowing if all that is observed were known exactly, by a straight line."""

    @property
    def information(self) -> float:
        """Return what was learnt in nats: the divergence of two normals that differ so."""
        spread = max(1.0 - self.narrowing, 1e-6)
        return 0.5 * (spread**2 + self.shift**2 - 1.0) - float(np.log(spread))


def predicted(found: Calibration) -> list[Predicted]:
    """Return each observation with its prior and posterior predictive distribution."""
    simulated = found.simulated
    lucks = np.repeat(found.weights, LUCKS_A_DRAW) / LUCKS_A_DRAW
    prior = found.waves[0].simulated
    flat = np.full(len(prior), 1.0 / len(prior))
    rows = []
    for column, observation in enumerate(found.seen):
        rows.append(
            Predicted(
                observation,
                quantile(prior[:, column], flat, LEVELS),
                quantile(simulated[:, column], lucks, LEVELS),
                _given_others(found, column),
            )
        )
    return rows


def _given_others(found: Calibration, column: int) -> float:
    """Return the tail probability of an observation under the posterior from all others."""
    own = found.seen[column]
    values = found.simulated[:, column]
    rest = found.log_likelihood - own.log_likelihood(values)
    weights = np.exp(rest - rest.max())
    weights /= np.repeat(found.mixture, LUCKS_A_DRAW)
    weights /= weights.sum()
    # What would have been observed: what the run has, and the spread between figure and meaning.
    middle = 0.5 * (own.low + own.high)
    width = np.hypot(own.spread, 0.5 * (own.high - own.low))
    below = float(weights @ ndtr((middle - values) / width))
    return 2.0 * min(below, 1.0 - below)


def learnt(found: Calibration) -> list[Learnt]:
    """Return what the observations say of each parameter, those they say most about first."""
    where = positions(found.seed, found.numbers)
    mean = found.weights @ where
    deviation = np.sqrt(np.maximum(found.weights @ (where - mean) ** 2, 0.0))
    uniform = float(np.sqrt(1.0 / 12.0))
    first = len(found.waves[0].numbers)
    best = at_best(where[:first], by_mean(found.waves[0].simulated))
    shift, narrowing = (mean - 0.5) / uniform, 1.0 - deviation / uniform
    rows = [
        Learnt(name, *(float(each[k]) for each in (shift, narrowing, best)))
        for k, name in enumerate(UNCERTAIN)
    ]
    return sorted(rows, key=lambda row: -row.information)


def noise(found: Calibration) -> float:
    """Return the shift that a parameter without influence shows by chance, at 95 %, of the largest.

    Of as many parameters as there are, the largest shift by chance alone is below it in 95 % of
    cases: a normal quantile (Sidak), over the root of the effective sample size.
    """
    level = 1.0 - (1.0 - 0.95 ** (1.0 / len(UNCERTAIN))) / 2.0
    return float(ndtri(level) / np.sqrt(effective(found.weights)))


def at_best(where: Floats, simulated: Floats) -> Floats:
    """Return how far each parameter narrows once all J quantities are known exactly.

    One minus the root of what a straight line in them leaves unexplained of its position, over
    draws from the prior: of draws that are too few for it, nothing. No spread of an observation is
    small enough to narrow it further, but for what is not a straight line.

    Args:
        where: positions in the priors, shape (D, parameters).
        simulated: the quantities, shape (D, J).
    """
    free = len(where) - simulated.shape[1] - 1
    if free < 1:
        return np.zeros(where.shape[1])
    given = np.column_stack([np.ones(len(where)), simulated])
    line = np.linalg.lstsq(given, where, rcond=None)[0]
    left = np.square(where - given @ line).sum(axis=0) / free
    return np.asarray(1.0 - np.sqrt(np.minimum(left / where.var(axis=0, ddof=1), 1.0)))
