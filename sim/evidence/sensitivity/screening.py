"""Morris screening: which of all uncertain parameters move the counts at all."""

from typing import Final, NamedTuple

import numpy as np
from SALib.analyze import morris as analysis
from SALib.sample import morris as sampling

from sim.evidence.sensitivity.designed import UNCERTAIN, Floats, Runner

LEVELS: Final = 4
"""Of the grid (M. Morris 1991; four is the usual choice, A. Saltelli et al. 2008, ch. 3)."""
EDGE: Final = 0.02
"""Distance of the grid's ends from those of the priors, where loguniform ones are extreme."""


class Screened(NamedTuple):
    """What Morris screening found."""

    trajectories: int
    mu_star: Floats
    """Mean absolute elementary effect on each count over its target, shape (13, parameters)."""
    error: Floats
    """Half-width of its 95 % bootstrap interval, same shape."""
    sigma: Floats
    """Standard deviation of the effects: interactions and curvature, same shape."""

    @property
    def share(self) -> Floats:
        """Return each parameter's part of all effects on a count, shape (13, parameters).

        A count that nothing moves has no parts.
        """
        whole = self.mu_star.sum(axis=1, keepdims=True)
        return np.asarray(self.mu_star / np.where(whole > 0.0, whole, 1.0))

    def important(self, many: int) -> list[str]:
        """Return the parameters with the largest mean part over all counts."""
        order = np.argsort(-self.share.mean(axis=0), kind="stable")
        return [UNCERTAIN[number] for number in order[:many]]


def problem(names: int) -> dict[str, object]:
    """Return a cube as SALib names it."""
    bounds = [[EDGE, 1.0 - EDGE]] * names
    return {"num_vars": names, "names": [f"x{k}" for k in range(names)], "bounds": bounds}


def screen(runner: Runner, trajectories: int) -> Screened:
    """Screen all uncertain parameters; each trajectory has the same luck throughout.

    Args:
        runner: runs the model.
        trajectories: how many, each of one run more than there are parameters.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    cube = problem(len(UNCERTAIN))
    points = sampling.sample(cube, trajectories, num_levels=LEVELS, seed=runner.seed)
    each = len(UNCERTAIN) + 1
    parts = [
        runner.counts(
            points[number * each : (number + 1) * each],
            np.full(each, number),
            f"morris-{number:03d}",
        )
        for number in range(trajectories)
    ]
    return effects(cube, points, np.concatenate(parts), runner.seed)


def effects(cube: dict[str, object], points: Floats, found: Floats, seed: int) -> Screened:
    """Return the effects of a Morris design.

    Args:
        cube: as ``problem`` gives it.
        points: the design.
        found: outputs, shape (points, outputs).
        seed: of the bootstrap.
    """
    rows = [
        analysis.analyze(cube, points, column, num_levels=LEVELS, scaled=False, seed=seed)
        for column in found.T
    ]
    names = cube["num_vars"]
    return Screened(
        len(points) // (int(str(names)) + 1),
        np.array([row["mu_star"] for row in rows], dtype=np.float64),
        np.array([row["mu_star_conf"] for row in rows], dtype=np.float64),
        np.array([row["sigma"] for row in rows], dtype=np.float64),
    )
