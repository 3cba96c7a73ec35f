"""Which parameters the observed years can pin down at all.

Runs of history with parameters from their priors are regressed the other way round: each
parameter's position in its prior on what a run shows up to the last observation. What such a line
explains in draws that it was not fitted to is a lower bound of what could be learnt, because it is
linear; it is an optimistic one in that every count and city measure is taken as seen without error.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from sim.evidence.calibration.emulator import positions
from sim.evidence.calibration.observations import last
from sim.evidence.calibration.trial import HISTORY, trial
from sim.evidence.sensitivity.designed import UNCERTAIN, Floats, Ints
from sim.model.world.layout import CITY
from sim.sampling import LUCKS_A_DRAW
from sim.scenario import read_scenario
from sim.store.block import decembers
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where

FOLDS: Final = 5
PERMUTATIONS: Final = 99
LEVEL: Final = 0.05
"""Chance that any parameter at all is listed when none can be learnt."""
PENALTY: Final = 100.0
"""Of the ridge, on standardised quantities; the same for the null, so it biases no verdict."""


class Identified(NamedTuple):
    """What the observed years say of each parameter."""

    until: str
    """Month (``YYYY-MM``) up to which runs are looked at."""
    draws: int
    names: tuple[str, ...]
    explained: Floats
    """Share of the prior's variance that is explained in draws left out, shape (parameters,)."""
    p_value: Floats
    """Of the largest of as many by chance being as large, shape (parameters,)."""
    published: Floats | None = None
    """Spread that the shipped posterior, which knows what was published, has of each parameter over
    the prior's, shape (parameters,); None if there is no posterior."""

    @property
    def left(self) -> Floats:
        """Return the spread that would be left of each parameter over the prior's."""
        return np.sqrt(np.clip(1.0 - self.explained, 0.0, 1.0))

    @property
    def found(self) -> list[int]:
        """Return the parameters that can be learnt, the best known first."""
        order = np.argsort(-self.explained, kind="stable").tolist()
        return [number for number in order if self.p_value[number] <= LEVEL]


def identify(
    draws: int, seed: int, store: Store, where: Where, watch: Watcher | None = None
) -> Identified:
    """Run history with draws from the prior, and see which parameters it gives away.

    Args:
        draws: of the parameters, each run with every luck of a draw.
        seed: of draws and luck.
        store: that keeps the runs.
        where: to run.
        watch: told how many replicates are there, and how many are wanted.

    Raises:
        Problem: the store, the cluster or the posterior cannot be used.
    """
    published = published_spread()  # told before anything is run, if it cannot be used
    until = last()
    history = trial(tuple(range(draws)), seed, until, until)
    sample = Sample(seed, LUCKS_A_DRAW * draws)
    fill([history], sample, store, where, watch)
    ran = load(history, sample, store)
    counts = ran.counts[:, decembers(ran.counts.shape[1])]
    seen = np.concatenate([counts, ran.measures[..., CITY:]], axis=2)
    shown = np.log1p(seen.reshape(len(seen), -1).astype(np.float64))
    placed = positions(seed, np.arange(draws))
    found = identified(until, UNCERTAIN, placed, shown, np.random.default_rng(seed))
    return found._replace(published=published)


def published_spread() -> Floats | None:
    """Return the spread of each parameter in the shipped posterior over its prior's.

    Spread is the standard deviation of positions in the prior, which has one of 1 / sqrt(12). None
    where runs draw from the prior: the posterior that is shipped may then be of other rules.

    Raises:
        Problem: the file of the posterior cannot be used.
    """
    known = read_scenario(HISTORY).fit()
    if known is None:
        return None
    placed = positions(known.draws.seed, np.array(known.draws.numbers))
    return np.asarray(placed.std(axis=0) * np.sqrt(12.0))


def identified(
    until: str,
    names: tuple[str, ...],
    where: Floats,
    shown: Floats,
    generator: np.random.Generator,
) -> Identified:
    """Return how much of each parameter's variance is explained, against a permutation null.

    Draws are permuted whole, all parameters together, and each parameter is held against the
    largest of all (P. Westfall and S. Young 1993, Resampling-based Multiple Testing).

    Args:
        until: month up to which runs were looked at.
        names: of the parameters.
        where: positions in their priors, shape (draws, parameters).
        shown: what runs show, those of a draw in a row, shape (draws * lucks, quantities).
        generator: of the permutations.
    """
    draws = len(where)
    drawn = np.repeat(np.arange(draws), len(shown) // draws)
    folds = _folds(StandardScaler().fit_transform(shown), drawn)
    explained = _explained(folds, where)
    largest = [
        _explained(folds, where[generator.permutation(draws)]).max() for _ in range(PERMUTATIONS)
    ]
    beaten = (np.array(largest)[:, None] >= explained).sum(axis=0)
    return Identified(until, draws, names, explained, (1.0 + beaten) / (PERMUTATIONS + 1.0))


class _Fold(NamedTuple):
    """A ridge regression in one fold, ready for any parameter: its predictions are linear."""

    left: Ints
    """Draw of each run left out."""
    fitted: Ints
    """Draws fitted to."""
    weights: Floats
    """Of the draws fitted to in each prediction, shape (runs left out, draws fitted to)."""


def _folds(shown: Floats, drawn: Ints) -> list[_Fold]:
    """Fit each fold once; runs of one draw stay in one fold."""
    folds = []
    for fitted, left in GroupKFold(FOLDS).split(shown, groups=drawn):
        draws = np.unique(drawn[fitted])
        line = Ridge(PENALTY).fit(shown[fitted], np.equal.outer(drawn[fitted], draws) * 1.0)
        folds.append(_Fold(drawn[left], draws, line.predict(shown[left])))
    return folds


def _explained(folds: Sequence[_Fold], where: Floats) -> Floats:
    """Return the share of each parameter's variance explained in folds left out."""
    missed = np.zeros(where.shape[1])
    whole = np.zeros(where.shape[1])
    mean = where.mean(axis=0)
    for fold in folds:
        truth = where[fold.left]
        missed += np.square(truth - fold.weights @ where[fold.fitted]).sum(axis=0)
        whole += np.square(truth - mean).sum(axis=0)
    return np.asarray(1.0 - missed / whole)
