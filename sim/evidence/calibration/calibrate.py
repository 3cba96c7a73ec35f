"""Calibration in waves: runs from the prior, then runs where they seem to agree with the data.

Adaptive importance sampling (O. Cappe et al., 2004) for approximate Bayesian computation (M.
Beaumont, 2010): no likelihood of the model is known, so runs are compared with observations through
a kernel as wide as the observations are uncertain. Each wave after the first is proposed by an
emulator of all runs before, as history matching does (I. Vernon, M. Goldstein and R. Bower, 2010),
and all waves are weighed together as draws from the mixture of what proposed them (J.-M. Cornuet,
J.-M. Marin, A. Mira and C. Robert, 2012).
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibration.emulator import DEFENSIVE, Emulator, emulator, positions
from sim.evidence.calibration.observations import Observation, conditioning, known
from sim.evidence.calibration.trial import trial, watched
from sim.evidence.calibration.weights import (
    by_draw,
    by_mean,
    log_likelihoods,
    resampled,
    weighed_by,
)
from sim.hypercubes import parameter_uniform
from sim.sampling import LUCKS_A_DRAW
from sim.scenario import Scenario
from sim.store.block import REPLICATES
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WAVES: Final = 4
POOL: Final = 16
"""Draws that the proposal of a wave chooses from, for each one that it takes."""
SEED: Final = 20221001
"""Of all calibration: the posterior names draws of this ensemble."""
CHUNK: Final = 4096
"""Draws whose positions are held at a time."""
IMPLAUSIBLE: Final = 3.0
"""Standard deviations from an observation at which it rules a draw out (F. Pukelsheim, 1994)."""


class Wave(NamedTuple):
    """Runs of one wave."""

    numbers: Ints
    """Of the draws from the prior, shape (D,)."""
    simulated: Floats
    """What replicates have for each observation, shape (D * lucks, J)."""


class Proposal(NamedTuple):
    """What the draws of a wave after the first were chosen by."""

    guide: Emulator
    mean: float
    """Of the emulator's likelihood, under the prior."""
    possible: float
    """Share of the prior that the emulator does not rule out."""

    def density(self, where: Floats) -> Floats:
        """Return the density over that of the prior at draws, shape (D,).

        Args:
            where: their positions in the priors, shape (D, parameters).
        """
        return DEFENSIVE + (1.0 - DEFENSIVE) * np.exp(self.guide.log_likelihood(where)) / self.mean


class Calibration(NamedTuple):
    """Draws from the prior and what they weigh given what was observed."""

    until: str
    """Month up to which observations were used."""
    seen: tuple[Observation, ...]
    seed: int
    waves: tuple[Wave, ...]
    proposals: tuple[Proposal, ...]
    """Of each wave but the first, which is from the prior."""
    log_likelihood: Floats
    """Of each replicate, shape (D * lucks,)."""
    mixture: Floats
    """Density of what all waves were drawn from over that of the prior, at each draw, (D,)."""
    weights: Floats
    """Of each draw, summing to one, shape (D,)."""

    @property
    def numbers(self) -> Ints:
        """Return the numbers of all draws, shape (D,)."""
        return np.concatenate([wave.numbers for wave in self.waves])

    @property
    def simulated(self) -> Floats:
        """Return what all replicates have for each observation, shape (D * lucks, J)."""
        return np.concatenate([wave.simulated for wave in self.waves])

    def given(self, until: str) -> "Calibration":
        """Return the same runs, weighed by what was observed up to an earlier date."""
        kept = [column for column, each in enumerate(self.seen) if each.until <= until]
        seen = tuple(self.seen[column] for column in kept)
        waves = tuple(wave._replace(simulated=wave.simulated[:, kept]) for wave in self.waves)
        log_likelihood = log_likelihoods(seen, np.concatenate([w.simulated for w in waves]))
        weights = weighed_by(by_draw(log_likelihood), self.mixture)
        return self._replace(
            until=until, seen=seen, waves=waves, log_likelihood=log_likelihood, weights=weights
        )

    def posterior(self, size: int) -> Ints:
        """Return numbers of draws, each as often as it weighs, shape (size,)."""
        picked = resampled(self.weights, size, parameter_uniform(self.seed, 0, "resampling"))
        return self.numbers[picked]


class Plan(NamedTuple):
    """How calibration is run."""

    runs: int
    """In all waves together."""
    store: Store
    where: Where
    watch: Watcher | None = None
    seed: int = SEED

    @property
    def draws(self) -> int:
        """Return the draws of one wave."""
        return draws_a_wave(self.runs)


def draws_a_wave(runs: int) -> int:
    """Return how many draws each wave has, in whole blocks of the store."""
    whole = WAVES * LUCKS_A_DRAW * REPLICATES
    return -(-runs // whole) * REPLICATES


def runs_of(runs: int) -> int:
    """Return how many replicates all waves have together, where so many are asked for."""
    return WAVES * LUCKS_A_DRAW * draws_a_wave(runs)


def first_wave(runs: int, seed: int, until: str) -> tuple[Scenario, Sample]:
    """Return what the first wave runs, to ask about the time that it takes."""
    numbers = tuple(range(draws_a_wave(runs)))
    return watched(numbers, seed, until), Sample(seed, LUCKS_A_DRAW * len(numbers))


def calibrate(until: str, plan: Plan, patterns: bool = True) -> Calibration:
    """Weigh draws from the prior by what was observed up to a date, and by patterns.

    Args:
        until: the date.
        plan: how it is run.
        patterns: whether patterns condition, too; runs are then as long as the plan's horizon.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    seen = (*known(until), *(conditioning() if patterns else ()))
    waves = [_run(np.arange(plan.draws), seen, until, plan)]
    proposals: list[Proposal] = []
    while len(waves) < WAVES:
        proposal, chosen = _proposed(_fitted(seen, plan.seed, waves), plan, len(waves))
        proposals.append(proposal)
        waves.append(_run(chosen, seen, until, plan))
    return weighed(until, seen, plan.seed, waves, proposals)


def weighed(
    until: str,
    seen: Sequence[Observation],
    seed: int,
    waves: Sequence[Wave],
    proposals: Sequence[Proposal],
) -> Calibration:
    """Return the draws of all waves with their weights.

    Args:
        until: month up to which observations were used.
        seen: the observations.
        seed: of the ensemble whose draws they are.
        waves: first those from the prior, then those from proposals.
        proposals: what the draws of each wave but the first were chosen by.
    """
    numbers = np.concatenate([wave.numbers for wave in waves])
    log_likelihood = log_likelihoods(seen, np.concatenate([wave.simulated for wave in waves]))
    mixture = np.full(len(numbers), len(waves[0].numbers) / len(numbers))
    for proposal, wave in zip(proposals, waves[1:], strict=True):
        density = _at_draws(proposal.density, seed, numbers)
        mixture += len(wave.numbers) / len(numbers) * density
    weights = weighed_by(by_draw(log_likelihood), mixture)
    said = (until, tuple(seen), seed, tuple(waves), tuple(proposals))
    return Calibration(*said, log_likelihood, mixture, weights)


def _run(numbers: Ints, seen: Sequence[Observation], until: str, plan: Plan) -> Wave:
    drawn = tuple(numbers.tolist())
    long = any(each.patterns for each in seen)
    scenario = watched(drawn, plan.seed, until) if long else trial(drawn, plan.seed, until, until)
    sample = Sample(plan.seed, LUCKS_A_DRAW * len(numbers))
    fill([scenario], sample, plan.store, plan.where, plan.watch)
    found = load(scenario, sample, plan.store)
    return Wave(numbers, np.stack([each.simulated(found) for each in seen], axis=1))


def _fitted(seen: Sequence[Observation], seed: int, waves: Sequence[Wave]) -> Emulator:
    """Return an emulator of all runs so far, of each draw the mean over its lucks."""
    where = positions(seed, np.concatenate([wave.numbers for wave in waves]))
    simulated = np.concatenate([wave.simulated for wave in waves])
    return emulator(seen, where, by_mean(simulated))


def _proposed(guide: Emulator, plan: Plan, wave: int) -> tuple[Proposal, Ints]:
    """Return by what a wave's draws are chosen, and their numbers, none of which was in a pool."""
    first = plan.draws * (1 + (wave - 1) * POOL)
    pool = np.arange(first, first + plan.draws * POOL)
    likelihood = np.exp(_at_draws(guide.log_likelihood, plan.seed, pool))
    possible = float((_at_draws(guide.implausibility, plan.seed, pool) < IMPLAUSIBLE).mean())
    proposal = Proposal(guide, float(likelihood.mean()), possible)
    density = DEFENSIVE + (1.0 - DEFENSIVE) * likelihood / proposal.mean
    u = parameter_uniform(plan.seed, wave, "proposal")
    return proposal, pool[resampled(density / density.sum(), plan.draws, u)]


def _at_draws(of: Callable[[Floats], Floats], seed: int, numbers: Ints) -> Floats:
    """Return a function of draws' positions in the priors, some draws at a time, shape (D,)."""
    return np.concatenate(
        [
            of(positions(seed, numbers[start : start + CHUNK]))
            for start in range(0, len(numbers), CHUNK)
        ]
    )
