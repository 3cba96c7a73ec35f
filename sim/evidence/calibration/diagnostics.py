"""What calibration learnt, what contradicts it, and whether it finds truths that are known."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import chisquare, spearmanr

from sim.evidence.calibration.calibrate import Calibration
from sim.evidence.calibration.emulator import UNCERTAIN, positions
from sim.evidence.calibration.observations import Observation
from sim.evidence.calibration.weights import (
    by_draw,
    effective,
    log_likelihoods,
    quantile,
    weighed_by,
)
from sim.sampling import LUCKS_A_DRAW

Floats = NDArray[np.float64]
LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
CONFLICT: Final = 0.05
"""Tail probability below which an observation contradicts the others."""
BINS: Final = 10
"""Of ranks, in the check of calibration on synthetic truth."""
SHOWN: Final = 12
"""Parameters looked at one by one: those that the observations tell most about."""


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

    @property
    def information(self) -> float:
        """Return what was learnt in nats: the divergence of two normals that differ so."""
        spread = max(1.0 - self.narrowing, 1e-6)
        return 0.5 * (spread**2 + self.shift**2 - 1.0) - float(np.log(spread))


class Synthetic(NamedTuple):
    """What calibration finds where the truth is known."""

    truths: int
    ranks: NDArray[np.int64]
    """How many truths have their rank in each of ``BINS`` equal bins, all parameters together."""
    p_value: float
    """Of uniform ranks: the least of the parameters' chi-square tests, times their number."""
    covered: float
    """Share of truths in their 80 % intervals."""
    recovery: dict[str, float]
    """Parameter -> rank correlation of posterior means with truths."""


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
    rows = [
        Learnt(name, float((mean[k] - 0.5) / uniform), float(1.0 - deviation[k] / uniform))
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


def synthetic(found: Calibration, truths: int) -> Synthetic:
    """Check calibration on truths drawn from the prior (simulation-based calibration).

    S. Talts et al. 2018: if truths come from the prior and data from the model, the rank of a
    truth among draws from its posterior is uniform. Each truth is a run of the first wave, observed
    with the observations' own spread; the posterior is all other draws, weighed anew: those of one
    wave are too few where observations say much.

    Args:
        found: a calibration.
        truths: how many truths to try.
    """
    draws = len(found.waves[0].numbers)
    names = [row.name for row in learnt(found)[:SHOWN]]
    where = positions(found.seed, found.numbers)[:, [UNCERTAIN.index(name) for name in names]]
    simulated = found.simulated
    generator = np.random.default_rng(found.seed)
    chosen = generator.permutation(draws)[: min(truths, draws // 2)]
    ranks = np.empty((len(chosen), len(names)))
    means = np.empty_like(ranks)
    for row, truth in enumerate(chosen):
        weights = _weights_of(found.seen, simulated, found.mixture, truth, generator)
        below = where < where[truth]
        ranks[row] = weights @ below
        means[row] = weights @ where
    tallies = np.stack([np.histogram(each, BINS, (0.0, 1.0))[0] for each in ranks.T])
    least = min(float(chisquare(each).pvalue) for each in tallies)
    return Synthetic(
        len(chosen),
        tallies.sum(axis=0).astype(np.int64),
        min(1.0, least * len(names)),  # C. Bonferroni: truths are independent, parameters are not
        float(((ranks > 0.1) & (ranks < 0.9)).mean()),
        {
            name: float(spearmanr(means[:, column], where[chosen, column]).statistic)
            for column, name in enumerate(names)
        },
    )


def _weights_of(
    seen: Sequence[Observation],
    simulated: Floats,
    mixture: Floats,
    truth: int,
    generator: np.random.Generator,
) -> Floats:
    """Return weights of all draws but the truth, given the truth observed."""
    run = simulated[LUCKS_A_DRAW * truth]
    shown = [
        observation.at(value + observation.spread * generator.standard_normal())
        for observation, value in zip(seen, run, strict=True)
    ]
    likelihood = by_draw(log_likelihoods(shown, simulated))
    likelihood[truth] = 0.0
    return weighed_by(likelihood, mixture)
