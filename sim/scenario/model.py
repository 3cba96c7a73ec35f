"""A scenario: what is done in the city, complete and checked."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sim.calendar import month_index, month_label
from sim.language import Text
from sim.parameters import PARAMETERS
from sim.plan import PLAN, Reading
from sim.problems import Problem
from sim.scenario.doses import dose_by_month, reach
from sim.world.setup import Setup

HORIZONS = ("2030-12", "2035-12")
"""Last months that a run may have: when the plan's counts are due, and when its outlook ends."""

FIRST, LAST = month_label(0), HORIZONS[-1]
"""Earliest and latest month that a lever may start or end in."""


@dataclass(frozen=True)
class Setting:
    """How one instrument is used."""

    on: bool
    dose: float
    """Strength: 1 is as written in the plan."""
    start: str
    """First month (``YYYY-MM``) in which the instrument acts."""
    end: str | None
    """First month in which it no longer acts; None: it never ends."""
    ramp_months: int
    """Months until the dose is full."""
    districts: tuple[str, ...] | None
    """Ids of the districts it applies to; None: the whole city."""
    clusters: tuple[str, ...] | None
    """Ids of the clusters it applies to; None: all of them."""


@dataclass(frozen=True)
class Scenario:
    """Everything that a run needs to know about policy, and how often to repeat it."""

    id: str
    file: Path | None
    """Where it was read from; None if it was not read from a scenario file."""
    name: Text
    description: Text
    horizon: str
    """Last month: one of ``HORIZONS``."""
    settings: Mapping[str, Setting]
    """A setting for every instrument of the plan, in the plan's order."""
    parameters: Mapping[str, float]
    """Model parameters fixed at a value, instead of drawn."""
    readings: Mapping[str, Reading]
    """How each count is read, by its id, in the plan's order. It changes no trajectory."""
    replicates: int
    seed: int
    tolerance: float
    """How far below a target still counts as 左右 (about), as a fraction of the target."""
    multipliers: Mapping[str, float] = field(default_factory=dict)
    """Model parameters whose draws are multiplied by a factor."""

    def __post_init__(self) -> None:
        """Make sure that a copy with another horizon still has one that the model can run to.

        Raises:
            Problem: it has not.
        """
        if self.horizon not in HORIZONS:
            expected = Text(" or ".join(HORIZONS), " 或 ".join(HORIZONS))
            raise Problem("horizon", "", str(self.horizon), expected)

    def resolved(self) -> dict[str, Any]:
        """Return the whole scenario as plain data, without the place it was read from."""
        return {
            "id": self.id,
            "name": self.name._asdict(),
            "description": self.description._asdict(),
            "horizon": self.horizon,
            "replicates": self.replicates,
            "seed": self.seed,
            "tolerance": self.tolerance,
            "readings": dict(self.readings),
            "settings": {name: _plain(setting) for name, setting in self.settings.items()},
            "parameters": dict(self.parameters),
            "multipliers": dict(self.multipliers),
        }

    def setup(self) -> Setup:
        """Return the scenario as numbers, the only form of it that the model sees."""
        months = month_index(self.horizon) + 1
        settings = [self.settings[instrument.id] for instrument in PLAN.instruments]
        return Setup(
            months=months,
            dose=np.stack([dose_by_month(setting, months) for setting in settings], axis=1),
            reach=np.stack([reach(setting) for setting in settings]),
            tolerance=self.tolerance,
            overrides=tuple(sorted(self.parameters.items())),
            multipliers=tuple(sorted(self.multipliers.items())),
        )

    def hash(self) -> str:
        """Return the SHA-256, in hexadecimal digits, of what determines the trajectories.

        Names, description, seed, replicates, tolerance and readings do not count, nor do settings
        without an effect: scenarios with the same hash do the same in every month.
        """
        text = json.dumps(self._effect(), sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _effect(self) -> dict[str, Any]:
        """Return what the scenario does, each thing said in the one way that it can be said."""
        setup = self.setup()
        used = np.flatnonzero(setup.dose.any(axis=0))
        return {
            "months": setup.months,
            "parameters": {name: value for name, value in setup.overrides if _fixes(name, value)},
            "multipliers": {name: by for name, by in setup.multipliers if by != 1.0},
            "instruments": {
                PLAN.instruments[number].id: {
                    "dose": setup.dose[:, number].tolist(),
                    "reach": np.flatnonzero(setup.reach[number]).tolist(),
                }
                for number in used
            },
        }


def _plain(setting: Setting) -> dict[str, Any]:
    """Return a setting as plain data: lists for tuples, as a JSON file would give them back."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(setting).items()
    }


def _fixes(name: str, value: float) -> bool:
    """Return whether fixing a parameter at a value changes anything."""
    parameter = PARAMETERS[name]
    return parameter.uncertain or value != parameter.default
