"""Where to look next: a cheap stand-in for the model, fitted to its first wave of runs.

History matching (I. Vernon, M. Goldstein and R. Bower, 2010) spends runs where an emulator does not
rule the parameters out. Here the emulator only proposes: each draw's weight then comes from its own
run, corrected for having been proposed, so a poor emulator costs precision and adds no bias.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.dependence import all_places
from sim.evidence.calibration.observations import Observation
from sim.parameters import PARAMETERS

Floats = NDArray[np.float64]
DEFENSIVE: Final = 0.1
"""Share of the proposal that is the prior itself: it bounds every weight (T. Hesterberg, 1995)."""
PENALTIES: Final = tuple(10.0**power for power in range(0, 6))
"""Ridge penalties tried; the best by leave-one-out error is taken."""
UNCERTAIN: Final = tuple(name for name, entry in PARAMETERS.items() if entry.uncertain)


def positions(seed: int, numbers: NDArray[np.int64]) -> Floats:
    """Return where in their priors the uncertain parameters of draws lie, shape (D, parameters).

    They are the numbers in (0, 1) that ``sim.dependence.places`` gives one by one.
    """
    return all_places(seed, numbers, UNCERTAIN)


class Emulator(NamedTuple):
    """One linear stand-in for each observed quantity."""

    seen: tuple[Observation, ...]
    lines: tuple[object, ...]
    residuals: Floats
    """Standard deviation of what each leaves unexplained, luck included, shape (J,)."""
    explained: Floats
    """Share of each quantity's variance that it explains in draws left out, shape (J,)."""

    def log_likelihood(self, where: Floats) -> Floats:
        """Return how likely the observations seem at draws, as a logarithm, shape (D,)."""
        return np.asarray(-0.5 * np.square(self._away(where)).sum(axis=0))

    def implausibility(self, where: Floats) -> Floats:
        """Return how far draws seem from the observation that they are furthest from, shape (D,).

        In standard deviations of what lies between figure, thing meant, luck and emulator.
        """
        return np.asarray(self._away(where).max(axis=0, initial=0.0))

    def _away(self, where: Floats) -> Floats:
        """Return the same of each observation, shape (J, D)."""
        found = np.empty((len(self.seen), len(where)))
        fitted = zip(self.seen, self.lines, self.residuals, strict=True)
        for row, (observation, line, residual) in enumerate(fitted):
            away = observation.distance(line.predict(where))  # type: ignore[attr-defined]
            found[row] = away / np.hypot(observation.spread, residual)
        return found


def emulator(seen: Sequence[Observation], where: Floats, simulated: Floats) -> Emulator:
    """Fit an emulator to runs.

    Args:
        seen: J observations.
        where: positions of the draws, shape (D, parameters).
        simulated: what the draws gave, the mean over lucks, shape (D, J).
    """
    from sklearn.linear_model import RidgeCV  # takes a second to load: not before it is needed
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    lines, residuals, explained = [], [], []
    for column in range(len(seen)):
        line = make_pipeline(StandardScaler(), RidgeCV(PENALTIES)).fit(where, simulated[:, column])
        error = float(np.sqrt(-line[-1].best_score_))  # leave-one-out
        lines.append(line)
        residuals.append(error)
        explained.append(max(0.0, 1.0 - error**2 / max(simulated[:, column].var(), 1e-12)))
    return Emulator(tuple(seen), tuple(lines), np.array(residuals), np.array(explained))
