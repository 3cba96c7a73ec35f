"""Whether calibration finds truths that are known, and on how many draws that rests.

Simulation-based calibration (S. Talts et al. 2018): if truths come from what is known beforehand
and data from the model, the rank of a truth among draws from its posterior is uniform. That asks
for as many draws near a truth as its rank is fine, and truths that the waves did not look for have
few. So the truth is one of the draws here. Given all draws and data of one of them, each is the one
with the probability that it weighs, the truth as any other (C. Andrieu, A. Doucet and R.
Holenstein, 2010, of conditional importance sampling). With ties and its own weight split at random
its rank is uniform however few draws carry the weight; what few draws cost is power alone.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chisquare, spearmanr

from sim.evidence.calibration.calibrate import Calibration
from sim.evidence.calibration.emulator import UNCERTAIN, positions
from sim.evidence.calibration.observations import Observation
from sim.evidence.calibration.weights import by_draw, effective, log_likelihoods, weighed_by
from sim.sampling import LUCKS_A_DRAW

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BINS: Final = 10
"""Of ranks."""
SHOWN: Final = 12
"""Parameters looked at one by one: those that the observations tell most about."""
TRUTHS: Final = 500
FEW: Final = 100
"""Effective draws below which an interval from them alone is too narrow to see."""
ENOUGH: Final = 3
"""Truths from which on a correlation of ranks means anything."""
QUANTILES: Final = (0.0, 0.1, 0.5, 0.9)


class Runs(NamedTuple):
    """Runs that a truth is sought among."""

    seen: tuple[Observation, ...]
    """J quantities that are observed."""
    simulated: Floats
    """What replicates have for them, shape (D * lucks, J)."""
    before: Floats
    """Log-likelihood of what was known before the truth was observed, shape (D * lucks,)."""
    mixture: Floats
    """Density of what draws come from over that of the prior, shape (D,)."""
    agreement: Floats
    """Of each draw with what waves were proposed for, shape (D,)."""


class Found(NamedTuple):
    """Where one truth lies among the draws, once it was observed."""

    rank: Floats
    """Uniform if calibration is right: the truth among all draws, itself included, shape (K,)."""
    beside: Floats
    """Share of the weight of all other draws that lies below it, shape (K,)."""
    mean: Floats
    """Of the posterior from all other draws, shape (K,)."""
    effective: float
    """Effective sample size of all other draws."""


class Synthetic(NamedTuple):
    """What calibration finds where the truth is known."""

    truths: int
    ranks: Ints
    """How many truths have their rank in each of ``BINS`` equal bins, all quantities together."""
    p_value: float
    """Of uniform ranks: the least of the quantities' chi-square tests, times their number."""
    covered: float
    """Share of ranks in the middle 80 %: 0.8 if calibration is right, however few draws count."""
    beside: float
    """Share of truths in 80 % intervals of the other draws: less than 0.8 where few count."""
    effective: tuple[float, ...]
    """Quantiles over truths, at ``QUANTILES``, of the effective sample size."""
    few: int
    """Truths with fewer than ``FEW`` effective draws. They are not left out."""
    recovery: dict[str, float]
    """Quantity -> rank correlation of posterior means with truths."""


def synthetic(
    found: Calibration, names: Sequence[str], truths: int = TRUTHS
) -> dict[str, Synthetic]:
    """Check calibration on truths from the prior, and from the posterior.

    Truths are runs of the first wave, which no weight takes part in: from the prior as they are,
    and from the posterior by rejection (J. von Neumann, 1951). Those are observed a second time,
    beside what was observed of the city (T. Säilynoja et al. 2025): there calibration is used.

    Args:
        found: a calibration.
        names: of the parameters that are looked at one by one.
        truths: how many from the prior; of the posterior, all that are accepted.

    Returns:
        by what truths come from, ``prior`` and ``posterior``.
    """
    generator = np.random.default_rng(found.seed)
    where = positions(found.seed, found.numbers)[:, [UNCERTAIN.index(name) for name in names]]
    values = dict(zip(names, where.T, strict=True))
    draws = len(found.waves[0].numbers)
    lucks = generator.integers(LUCKS_A_DRAW, size=draws)
    replicates = np.arange(draws) * LUCKS_A_DRAW + lucks
    chosen = generator.permutation(replicates)[: min(truths, draws // 2)]
    accepted = replicates[_accepted(found.log_likelihood[replicates], generator)]
    nothing = np.zeros(len(found.simulated))
    agreement = by_draw(found.log_likelihood)
    prior = Runs(found.seen, found.simulated, nothing, found.mixture, agreement)
    return {
        name: checked(prior._replace(before=before), values, rows, generator)
        for name, before, rows in (
            ("prior", nothing, chosen),
            ("posterior", found.log_likelihood, accepted),
        )
    }


def _accepted(log_likelihood: Floats, generator: np.random.Generator) -> NDArray[np.bool_]:
    """Return which draws from the prior are draws from the posterior, one or more."""
    u = generator.random(len(log_likelihood))
    return np.asarray(u < np.exp(log_likelihood - log_likelihood.max()))


def checked(
    runs: Runs, values: dict[str, Floats], truths: Ints, generator: np.random.Generator
) -> Synthetic:
    """Say where truths lie among draws.

    Besides the quantities given, ranks are taken of the agreement that draws were proposed for and
    of the likelihood: these notice wrong weights that hardly move any parameter (M. Modrák et al.
    2023).

    Args:
        runs: that the truths are among.
        values: of quantities at each draw, shape (D,) each.
        truths: replicates that are observed; with their draws independent, and as likely as
            ``before`` says.
        generator: of what is observed and of ties.
    """
    found = [_sought(runs, list(values.values()), int(truth), generator) for truth in truths]
    ranks = np.stack([each.rank for each in found])
    beside = np.stack([each.beside for each in found])
    means = np.stack([each.mean for each in found])
    size = np.array([each.effective for each in found])
    tallies = np.stack([np.histogram(each, BINS, (0.0, 1.0))[0] for each in ranks.T])
    least = min(float(chisquare(each).pvalue) for each in tallies)
    at = truths // LUCKS_A_DRAW
    return Synthetic(
        len(truths),
        tallies.sum(axis=0).astype(np.int64),
        min(1.0, least * len(tallies)),  # C. Bonferroni: the quantities are not independent
        _in_the_middle(ranks),
        _in_the_middle(beside),
        tuple(np.quantile(size, QUANTILES).tolist()),
        int((size < FEW).sum()),
        {
            name: float(spearmanr(means[:, column], of[at]).statistic)
            for column, (name, of) in enumerate(values.items())
            if len(truths) >= ENOUGH
        },
    )


def _in_the_middle(ranks: Floats) -> float:
    return float(((ranks > 0.1) & (ranks < 0.9)).mean())


def _sought(
    runs: Runs, values: Sequence[Floats], truth: int, generator: np.random.Generator
) -> Found:
    """Observe one replicate, with the observations' own spread, and find its draw."""
    shown = [
        observation.at(value + observation.spread * generator.standard_normal())
        for observation, value in zip(runs.seen, runs.simulated[truth], strict=True)
    ]
    log_likelihood = log_likelihoods(shown, runs.simulated)
    weights = weighed_by(by_draw(runs.before + log_likelihood), runs.mixture)
    looked_at = np.stack([*values, runs.agreement, by_draw(log_likelihood)], axis=1)
    own = truth // LUCKS_A_DRAW
    below, level = looked_at < looked_at[own], looked_at == looked_at[own]
    rank = weights @ below + generator.random() * (weights @ level)
    others = weights.copy()
    others[own] = 0.0
    # Where no other draw agrees at all, nothing but the truth is left to say where it lies.
    others = others / others.sum() if others.sum() > 0.0 else weights
    return Found(rank, others @ below, others @ looked_at, effective(others))
