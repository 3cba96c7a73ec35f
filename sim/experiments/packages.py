"""Packages that a search tries: a dose and a start for each plan and safeguard, within a budget."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from sim.calendar import month_index, month_label
from sim.experiments.costs import spent
from sim.experiments.targets import GROUPS
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.scenario import Scenario, Setting
from sim.scenario.doses import Step

LEVERS = GROUPS["lever"]
MOST = 3.0
"""Largest dose that a search tries: beyond it the mechanisms are extrapolated far."""
LATEST = "2027-01"
"""Latest start that it tries."""
AFTER = 24
"""Months after the first start that may be tried, up to which it tries starts, if that is later."""


class Package(NamedTuple):
    """What is done, and what it costs."""

    scenario: Scenario
    doses: tuple[float, ...]
    """Of each plan and safeguard, in the plan's order."""
    starts: tuple[str, ...]
    cost: float
    """Public money spent until counts are due, tax forgone left out, 亿元."""


class Space(NamedTuple):
    """What can be tried."""

    base: Scenario
    budget: float
    """Public money spent until counts are due, tax forgone left out, 亿元."""
    since: str | None = None
    """First month that may differ from the base; None: all of them."""

    @property
    def first(self) -> int:
        """The first start that is tried, as a month's number."""
        return 0 if self.since is None else month_index(self.since)

    @property
    def last(self) -> int:
        """The last one."""
        latest = month_index(LATEST)
        return latest if self.since is None else min(DUE, max(latest, self.first + AFTER))

    def package(self, doses: tuple[float, ...], starts: tuple[str, ...]) -> Package:
        """Return a package; if it costs more than the budget, all its doses are shrunk alike."""
        found = self._package(doses, starts)
        if found.cost <= self.budget:
            return found
        share = (self.budget - self.bound) / (found.cost - self.bound)
        return self._package(tuple(dose * share for dose in doses), starts)

    @property
    def bound(self) -> float:
        """What is spent whatever is tried, 亿元: before the first month that may differ."""
        if self.since is None:
            return 0.0
        starts = (month_label(self.first),) * len(LEVERS)
        return self._package((0.0,) * len(LEVERS), starts).cost

    def given(self) -> Package:
        """Return the base as a package: each lever's mean dose, from its earliest start on."""
        settings = self.base.settings
        doses, starts = [], []
        for lever in PLAN.levers:
            own = [settings[each.id] for each in lever.instruments]
            doses.append(float(np.mean([each.greatest * each.on for each in own])))
            earliest = min(each.start for each in own)
            starts.append(max(earliest, self.since or earliest))
        return self.package(tuple(doses), tuple(starts))

    def _package(self, doses: tuple[float, ...], starts: tuple[str, ...]) -> Package:
        settings = dict(self.base.settings)
        for lever, dose, start in zip(PLAN.levers, doses, starts, strict=True):
            for instrument in lever.instruments:
                old = settings[instrument.id]
                settings[instrument.id] = (
                    replace(old, on=dose > 0.0, dose=dose, start=start, end=None, later=())
                    if self.since is None
                    else from_then_on(old, dose, start)
                )
        scenario = replace(self.base, id=f"{self.base.id}-candidate", file=None, settings=settings)
        return Package(scenario, doses, starts, spent(scenario, DUE + 1))


def from_then_on(setting: Setting, dose: float, start: str) -> Setting:
    """Return a setting that has another dose from a month on, and is what it was before.

    One that has ended by then stays as it is: what is over is not taken up again.
    """
    if setting.end is not None and setting.end <= start:
        return setting
    if not setting.on or setting.start >= start:
        return replace(setting, on=dose > 0.0, dose=dose, start=start, end=None, later=())
    before = tuple(step for step in setting.later if step.start < start)
    return replace(setting, end=None, later=(*before, Step(start, dose)))


def parameters(package: Package, space: Space) -> dict[str, Any]:
    """Return a package as the optimiser's parameters."""
    found: dict[str, Any] = {}
    for lever, dose, start in zip(LEVERS, package.doses, package.starts, strict=True):
        found[f"{lever}.dose"] = min(dose, MOST)
        found[f"{lever}.start"] = min(max(month_index(start), space.first), space.last)
    return found
