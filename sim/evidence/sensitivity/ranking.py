"""Whether the ranking of the six plans survives across the priors."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau

from sim.evidence.sensitivity.designed import Floats

RESAMPLES: Final = 400


class Split(NamedTuple):
    """The ranking where a parameter is low, against where it is high."""

    parameter: str
    tau: float
    """Kendall's rank correlation of the two halves' rankings."""
    first_low: int
    """The plan that comes first where the parameter is low."""
    first_high: int


class Ranking(NamedTuple):
    """Plans by what leaving them out costs, in likelihood."""

    effects: Floats
    """Shape (plans,)."""
    ranks: Floats
    """Share of resamples of the draws in which a plan has each rank, shape (plans, plans).

    Plans whose effects are equal in a resample share their ranks, so that no order stands for a
    difference.
    """
    tau: float
    """Mean rank correlation of two random halves of the draws: what chance alone leaves."""
    tau_low: float
    """Its 5 % quantile: a split below it reorders the plans by more than chance."""
    splits: tuple[Split, ...]


def ranking(
    by_draw: Floats, where: Floats, names: Sequence[str], generator: np.random.Generator
) -> Ranking:
    """Return how plans rank, and how far that depends on the parameters.

    Args:
        by_draw: effect of each plan in each draw, shape (draws, plans).
        where: positions of some parameters in each draw, shape (draws, names).
        names: of these parameters.
        generator: of resamples and halves.
    """
    draws, plans = by_draw.shape
    ranks = np.zeros((plans, plans))
    taus = np.empty(RESAMPLES)
    for number in range(RESAMPLES):
        picked = generator.integers(0, draws, draws)
        ranks += _shared_ranks(by_draw[picked].mean(axis=0))
        half = generator.permutation(draws)
        taus[number] = _tau(by_draw, half[: draws // 2], half[draws // 2 :])
    splits = []
    for column, name in enumerate(names):
        order = np.argsort(where[:, column], kind="stable")
        low, high = order[: draws // 2], order[draws // 2 :]
        first = [int(_order(by_draw[rows].mean(axis=0))[0]) for rows in (low, high)]
        splits.append(Split(name, _tau(by_draw, low, high), *first))
    return Ranking(
        by_draw.mean(axis=0),
        ranks / RESAMPLES,
        float(taus.mean()),
        float(np.quantile(taus, 0.05)),
        tuple(splits),
    )


def _order(effects: Floats) -> NDArray[np.int64]:
    """Return the plans, that with the largest effect first."""
    return np.argsort(-effects, kind="stable")


def _shared_ranks(effects: Floats) -> Floats:
    """Return each plan's part of each rank, shape (plans, plans): equal plans share theirs."""
    ahead = (effects > effects[:, None]).sum(axis=1)
    equal = (effects == effects[:, None]).sum(axis=1)
    rank = np.arange(len(effects))
    among = (rank >= ahead[:, None]) & (rank < (ahead + equal)[:, None])
    return np.asarray(among / equal[:, None])


def _tau(by_draw: Floats, one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    tau = kendalltau(by_draw[one].mean(axis=0), by_draw[other].mean(axis=0)).statistic
    return 0.0 if np.isnan(tau) else float(tau)
