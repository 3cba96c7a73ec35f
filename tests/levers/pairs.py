"""Pairs of runs, each run once and kept for all tests of a session."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.model.world.codes import instrument
from tests.levers.runs import Context, Probe, doses, run, setup
from tests.levers.table import Effect

Readings = dict[Probe, NDArray[np.float64]]
Group = tuple[str | None, float, int, Context]
"""Instrument (None: none more), dose, first month, and what both runs of the pair share."""


def group(effect: Effect) -> Group:
    """Return what the effects that one run can show have in common."""
    return effect.instrument, effect.dose, effect.first, effect.context


def usual(effect: Effect) -> Group:
    """Return the run that an effect is compared with."""
    return None, 0.0, 0, effect.context


class Pairs:
    """The readings of every run that the effects need, run when first asked for."""

    def __init__(self, effects: Iterable[Effect], replicates: Iterable[int]) -> None:
        """Take which effects are to be shown, on which replicates."""
        self.replicates = tuple(replicates)
        self.effects = tuple(effects)
        self.kept: dict[tuple[Group, int], Readings] = {}

    def differences(self, effect: Effect) -> NDArray[np.float64]:
        """Return, for each replicate, the probe with the instrument minus that without it."""
        with_it, without = (
            np.array([self._value(effect, who, replicate) for replicate in self.replicates])
            for who in (group(effect), usual(effect))
        )
        difference: NDArray[np.float64] = with_it - without
        return difference

    def _value(self, effect: Effect, who: Group, replicate: int) -> float:
        if (who, replicate) not in self.kept:
            self.kept[who, replicate] = self._run(who, replicate)
        values = self.kept[who, replicate][effect.probe][effect.first : effect.months]
        return effect.probe.fold(values)

    def _run(self, who: Group, replicate: int) -> Readings:
        name, dose, first, context = who
        served = [effect for effect in self.effects if who in (group(effect), usual(effect))]
        policy = doses(max(effect.months for effect in served), dict(context.doses))
        if name is not None:
            policy[first:, instrument(name)] = dose
        probes = {effect.probe for effect in served}
        given = setup(policy, context.overrides)
        return run(given, replicate, probes, context.prepare).readings
