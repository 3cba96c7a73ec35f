"""What calibration runs: history as it is known, with draws that are handed out in order."""

from dataclasses import dataclass, fields, replace

import numpy as np

from sim.calendar import month_index
from sim.engine.declared import Changes
from sim.evidence.calibration.observations import tallied
from sim.model.world.setup import Draws, Setup
from sim.scenario import Scenario, as_known_in, read_scenario
from sim.scenario.posterior import Fit

HISTORY = "as-written"
"""The scenario that happened: the plan, with what facts say of when things began."""


NOTHING = Draws(0, ())


@dataclass(frozen=True)
class Trial(Scenario):
    """A scenario that is run for a part of its horizon, with given parameter draws."""

    handed: Draws = NOTHING
    until: str = ""
    """Last month that is run."""

    def fit(self) -> Fit:
        """Return the draws that are handed out."""
        return Fit(self.until, 0.0, self.handed)

    def setup(self) -> Setup:
        """Return the scenario as numbers, cut short."""
        whole = super().setup()
        months = month_index(self.until) + 1
        return whole._replace(months=months, dose=np.ascontiguousarray(whole.dose[:months]))


def trial(numbers: tuple[int, ...], seed: int, until: str, as_of: str) -> Trial:
    """Return history up to a month, with draws from the prior by their numbers.

    Args:
        numbers: of the draws, in the order in which replicates use them.
        seed: of the ensemble whose draws they are.
        until: last month that is run.
        as_of: month up to which facts are known.
    """
    return handed_out(history(as_of), numbers, seed, until)


def watched(numbers: tuple[int, ...], seed: int, as_of: str) -> Trial:
    """Return history, then the plan to the end of its horizon, with what patterns are read off.

    Args:
        numbers: of the draws, in the order in which replicates use them.
        seed: of the ensemble whose draws they are.
        as_of: month up to which facts are known.
    """
    whole = history(as_of)
    scenario = replace(whole, processes=Changes(measures=tallied()))
    return handed_out(scenario, numbers, seed, whole.horizon)


def history(as_of: str) -> Scenario:
    """Return what happened, as far as it was known in a month.

    Counts that were observed are left out: a run with `--as-of` is run anew until it agrees with
    them, whatever its draw, so a posterior that they had weighed would use them twice.
    """
    scenario = as_known_in(read_scenario(HISTORY), as_of)
    return replace(scenario, facts=tuple(each for each in scenario.facts if each.kind != "count"))


def handed_out(scenario: Scenario, numbers: tuple[int, ...], seed: int, until: str) -> Trial:
    """Return a scenario with draws from the prior by their numbers, each with two lucks in a row.

    Args:
        scenario: any.
        numbers: of the draws, in the order in which replicates use them.
        seed: of the ensemble whose draws they are.
        until: last month that is run.
    """
    said = {field.name: getattr(scenario, field.name) for field in fields(Scenario)}
    return Trial(**said, handed=Draws(seed, numbers, in_order=True), until=until)
