"""What is done in the city in each month of a run that a person steers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.adding import number_of
from sim.model.world.conditions import doses_in
from sim.model.world.place import spread
from sim.model.world.setup import Setup
from sim.model.world.tables import CLUSTERS, DISTRICTS
from sim.scenario.levers import MOST_DOSE

Names = Sequence[str | int] | str | int | None


class Policy:
    """The doses of a scenario, and what a person has set since."""

    def __init__(self, setup: Setup) -> None:
        """Begin with what the scenario says."""
        self.setup = setup
        self._set: dict[int, NDArray[np.float64]] = {}
        """By instrument, shape (clusters, districts): the dose; NaN where nobody set it."""

    def set_dose(
        self, instrument: str | int, dose: float | None, clusters: Names, districts: Names
    ) -> None:
        """Set an instrument's dose in some places, or let the scenario say it again (None).

        Raises:
            Problem: there is no such instrument, cluster or district.
            ValueError: the dose is out of range.
        """
        if dose is not None and not 0.0 <= dose <= MOST_DOSE:
            raise ValueError(f"a dose is 0 to {MOST_DOSE:g}, 1 as written; found {dose!r}")
        number = number_of("instrument", instrument)
        places = np.ix_(
            _numbers("cluster", clusters, CLUSTERS), _numbers("district", districts, DISTRICTS)
        )
        held = self._set.setdefault(number, np.full((CLUSTERS, DISTRICTS), np.nan))
        held[places] = np.nan if dose is None else dose

    def follow(self, setup: Setup) -> None:
        """Do from now on what another scenario says, and nothing that a person set before.

        Its processes run from now on too; parameters, facts and measures stay those of the first.

        Raises:
            ValueError: the other scenario ends earlier.
        """
        if setup.months < self.setup.months:
            raise ValueError("the other scenario ends before this run does")
        self.setup = self.setup._replace(
            dose=setup.dose[: self.setup.months].copy(),
            reach=setup.reach,
            processes=setup.processes._replace(measures=self.setup.processes.measures),
            variants=setup.variants,
            conditions=setup.conditions,
        )
        self._set.clear()

    def doses(
        self,
        instrument: str | int,
        month: int,
        counts: NDArray[np.float64],
        measures: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Return an instrument's dose in a month, shape (clusters, districts): of each the mean.

        Args:
            instrument: id, name or number.
            month: which.
            counts: recorded so far, which rules of the scenario look at.
            measures: likewise.
        """
        number = number_of("instrument", instrument)
        setup = self.at(month)
        doses = doses_in(setup.dose, setup.conditions.rules, month, counts, measures)
        where = setup.reach[number, :CLUSTERS, :DISTRICTS]
        found: NDArray[np.float64] = doses[month, number] * where
        return found

    def at(self, month: int) -> Setup:
        """Return a setup that is right for one month."""
        if not self._set:
            return self.setup
        dose, reach = self.setup.dose.copy(), self.setup.reach.copy()
        for number, own in self._set.items():
            held = spread(own)
            reach[number] = np.where(np.isnan(held), dose[month, number] * reach[number], held)
            dose[month, number] = 1.0
        # An instrument that a person has set follows no rule of the scenario.
        conditions = self.setup.conditions.without(*self._set)
        return self.setup._replace(dose=dose, reach=reach, conditions=conditions)


def _numbers(kind: str, names: Names, number: int) -> list[int]:
    """Return the numbers of some entries of the plan; None stands for all."""
    if names is None:
        return list(range(number))
    return [number_of(kind, name) for name in ([names] if isinstance(names, str | int) else names)]
