"""The sensitivity analysis: screening, indices, shares, ranking of plans, what can be learnt."""

from typing import Final, NamedTuple

import numpy as np

from sim.ensemble import draw_values
from sim.evidence.calibration.trial import handed_out
from sim.evidence.sensitivity.designed import TARGETS, UNCERTAIN, Floats, Runner
from sim.evidence.sensitivity.identify import Identified, identify
from sim.evidence.sensitivity.indices import Indices, indices
from sim.evidence.sensitivity.ranking import Ranking, ranking
from sim.evidence.sensitivity.screening import Screened, screen
from sim.evidence.sensitivity.shares import Shares, shares
from sim.experiments.attribution import PLANS, coalitions, values_of
from sim.sampling import LUCKS_A_DRAW
from sim.scenario import Scenario, drawn_from
from sim.scenario.posterior import PRIOR
from sim.store.fill import Sample, Watcher, fill
from sim.store.store import Store
from sim.store.work import Where

EXTRA: Final = 2
"""Factors beside the important parameters: all others, and luck."""


class Size(NamedTuple):
    """How large the analysis is."""

    trajectories: int
    """Of the screening."""
    important: int
    """Parameters with indices of their own."""
    base: int
    """Size of the base sample of the indices, a power of two."""
    replicates: int
    """Of each package."""
    histories: int
    """Parameter draws with which the observed years are run."""

    @property
    def runs(self) -> int:
        """Return the replicates of the whole analysis."""
        morris = self.trajectories * (len(UNCERTAIN) + 1)
        sobol = self.base * (self.important + EXTRA + 2)
        packages = self.replicates * (1 << len(PLANS))
        return morris + sobol + packages + LUCKS_A_DRAW * self.histories


class Sensitivity(NamedTuple):
    """What the answer depends on."""

    size: Size
    seed: int
    screened: Screened
    values: Indices
    """Of the counts."""
    reached: Indices
    """Of reaching the targets."""
    value_shares: tuple[Shares | None, ...]
    """Of the variance of each count."""
    reached_shares: tuple[Shares | None, ...]
    """Of the variance of reaching each target."""
    rankings: tuple[Ranking, ...]
    """Of the plans, by each count's likelihood; last, by the expected number of targets reached."""
    identified: Identified
    """Which parameters the observed years can pin down."""


def sensitivity(
    base: Scenario,
    size: Size,
    seed: int,
    store: Store,
    where: Where,
    watch: Watcher | None = None,
) -> Sensitivity:
    """Analyse what a scenario's counts depend on.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    base = drawn_from(base, PRIOR)
    runner = Runner(base, seed, store, where, watch)
    screened = screen(runner, size.trajectories)
    important = screened.important(size.important)
    values, reached = indices(runner, important, size.base)
    packages, where_draws = _packages(base, Sample(seed, size.replicates), store, where, watch)
    made = (packages >= 1.0).astype(np.float64)
    names = tuple(important)
    columns = where_draws[:, [UNCERTAIN.index(name) for name in names]]
    generator = np.random.default_rng(seed)
    effects = [_left_out(made[..., count]) for count in range(made.shape[-1])]
    effects.append(_left_out(made.sum(axis=-1)))
    return Sensitivity(
        size,
        seed,
        screened,
        values,
        reached,
        tuple(shares(packages[..., count]) for count in range(packages.shape[-1])),
        tuple(shares(made[..., count]) for count in range(made.shape[-1])),
        tuple(ranking(each, columns, names, generator) for each in effects),
        identify(size.histories, seed, store, where, watch),
    )


def _packages(
    base: Scenario, sample: Sample, store: Store, where: Where, watch: Watcher | None
) -> tuple[Floats, Floats]:
    """Return counts over targets, shape (64, draws, lucks, 13), and the draws' parameters."""
    draws = sample.replicates // LUCKS_A_DRAW
    numbers = tuple(range(draws))
    crossed = handed_out(base, numbers, sample.seed, base.horizon)
    scenarios = coalitions(crossed)
    fill(scenarios, sample, store, where, watch)
    found, _ = values_of(scenarios, sample, store)
    shape = (len(scenarios), draws, LUCKS_A_DRAW, len(TARGETS))
    setup = base.setup()
    drawn = [draw_values(setup, sample.seed, draw) for draw in numbers]
    where_draws = np.array([[values[name] for name in UNCERTAIN] for values in drawn])
    return (found / TARGETS).reshape(shape), where_draws


def _left_out(values: Floats) -> Floats:
    """Return what each plan adds to all others in each draw, shape (draws, plans).

    Args:
        values: of one quantity, shape (64, draws, lucks); bit k of a package says plan k is on.
    """
    whole = len(values) - 1
    without = [values[whole & ~(1 << plan)] for plan in range(len(PLANS))]
    return np.stack([(values[whole] - each).mean(axis=1) for each in without], axis=1)
