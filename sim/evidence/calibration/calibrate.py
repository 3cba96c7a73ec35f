"""Calibration in two waves: runs from the prior, then runs where they seem to agree with the data.

Importance sampling with adaptive proposals (O. Cappe et al., 2004) for approximate Bayesian
computation (M. Beaumont, 2010): no likelihood of the model is known, so runs are compared with
observations through a kernel as wide as the observations are uncertain.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibration.emulator import Emulator, emulator, positions, ratio
from sim.evidence.calibration.observations import Observation, known
from sim.evidence.calibration.trial import trial
from sim.evidence.calibration.weights import balanced, by_draw, log_likelihoods, resampled
from sim.hypercubes import parameter_uniform
from sim.sampling import LUCKS_A_DRAW
from sim.scenario import Scenario
from sim.store.block import REPLICATES
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WAVES: Final = 2
POOL: Final = 16
"""Draws that the proposal of the second wave chooses from, for each one that it takes."""
SEED: Final = 20221001
"""Of all calibration: the posterior names draws of this ensemble."""
CHUNK: Final = 4096
"""Draws whose positions are held at a time."""


class Wave(NamedTuple):
    """Runs of one wave."""

    numbers: Ints
    """Of the draws from the prior, shape (D,)."""
    simulated: Floats
    """What replicates have for each observation, shape (D * lucks, J)."""


class Calibration(NamedTuple):
    """Draws from the prior and what they weigh given what was observed."""

    until: str
    """Month up to which observations were used."""
    seen: tuple[Observation, ...]
    seed: int
    waves: tuple[Wave, ...]
    guide: Emulator
    log_likelihood: Floats
    """Of each replicate, shape (D * lucks,)."""
    ratio: Floats
    """Density of the proposal over that of the prior at each draw, shape (D,)."""
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
        weights = balanced(by_draw(log_likelihood), self.ratio, len(waves[0].numbers))
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
    """In both waves together."""
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
    lucks = WAVES * LUCKS_A_DRAW * REPLICATES
    return -(-runs // lucks) * REPLICATES


def first_wave(runs: int, seed: int, until: str) -> tuple[Scenario, Sample]:
    """Return what the first wave runs, to ask about the time that it takes."""
    numbers = tuple(range(draws_a_wave(runs)))
    return trial(numbers, seed, until, until), Sample(seed, LUCKS_A_DRAW * len(numbers))


def calibrate(until: str, plan: Plan) -> Calibration:
    """Weigh draws from the prior by what was observed up to a date.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    seen = known(until)
    first = np.arange(plan.draws)
    prior = _run(first, seen, until, plan)
    where = positions(plan.seed, first)
    guide = emulator(seen, where, _mean_of_lucks(prior.simulated))
    chosen, mean = _proposed(guide, plan)
    second = _run(chosen, seen, until, plan)
    return weighed(until, seen, plan.seed, (prior, second), guide, mean)


def weighed(
    until: str,
    seen: Sequence[Observation],
    seed: int,
    waves: tuple[Wave, ...],
    guide: Emulator,
    mean: float,
) -> Calibration:
    """Return the draws of two waves with their weights.

    Args:
        until: month up to which observations were used.
        seen: the observations.
        seed: of the ensemble whose draws they are.
        waves: first those from the prior, then those from the proposal.
        guide: what the proposal was made by.
        mean: its mean likelihood under the prior.
    """
    numbers = np.concatenate([wave.numbers for wave in waves])
    simulated = np.concatenate([wave.simulated for wave in waves])
    log_likelihood = log_likelihoods(seen, simulated)
    densities = ratio(_likelihood(guide, seed, numbers), mean)
    weights = balanced(by_draw(log_likelihood), densities, len(waves[0].numbers))
    return Calibration(until, tuple(seen), seed, waves, guide, log_likelihood, densities, weights)


def _run(numbers: Ints, seen: Sequence[Observation], until: str, plan: Plan) -> Wave:
    scenario = trial(tuple(numbers.tolist()), plan.seed, until, until)
    sample = Sample(plan.seed, LUCKS_A_DRAW * len(numbers))
    fill([scenario], sample, plan.store, plan.where, plan.watch)
    found = load(scenario, sample, plan.store)
    return Wave(numbers, np.stack([each.simulated(found) for each in seen], axis=1))


def _mean_of_lucks(simulated: Floats) -> Floats:
    return np.asarray(simulated.reshape(-1, LUCKS_A_DRAW, simulated.shape[1]).mean(axis=1))


def _proposed(guide: Emulator, plan: Plan) -> tuple[Ints, float]:
    """Return the draws of the second wave, and the emulator's mean likelihood under the prior."""
    pool = np.arange(plan.draws, plan.draws * (1 + POOL))
    likelihood = _likelihood(guide, plan.seed, pool)
    mean = float(likelihood.mean())
    density = ratio(likelihood, mean)
    u = parameter_uniform(plan.seed, 0, "proposal")
    return pool[resampled(density / density.sum(), plan.draws, u)], mean


def _likelihood(guide: Emulator, seed: int, numbers: Ints) -> Floats:
    """Return the emulator's likelihood at draws, some of them at a time, shape (D,)."""
    parts = [
        guide.log_likelihood(positions(seed, numbers[start : start + CHUNK]))
        for start in range(0, len(numbers), CHUNK)
    ]
    return np.asarray(np.exp(np.concatenate(parts)))
