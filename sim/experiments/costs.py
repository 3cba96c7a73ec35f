"""What levers cost the public."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.ensemble import draw_values
from sim.language import Text
from sim.model.world.place import extent
from sim.model.world.setup import Belief, Draws, Setup
from sim.parameters import find
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.scenario.money import SPENT, Moved
from sim.text.catalogue import worded

Floats = NDArray[np.float64]
NOTHING: Final = np.zeros(0)
KEPT: Final = 4096
"""Draws whose unit costs are kept, some 400 bytes each: all parameters of one take milliseconds."""

_USUAL: Final = f"{find('deduction_usual').default:.0%}"
_OF_MECHANISMS: Final[Mapping[str, Text]] = {
    "super_deduction": worded("costs.super_deduction", usual=_USUAL),
}
"""Mechanisms whose instruments cost tax forgone, with what that means."""
FORGONE: Final[Mapping[str, Text]] = {
    entry.id: _OF_MECHANISMS[entry.moves]
    for entry in PLAN.instruments
    if entry.moves in _OF_MECHANISMS
}
"""Instruments whose cost is tax forgone, with what that means."""


def cost(scenario: Scenario, until: int) -> float:
    """Return what a scenario's levers cost the public up to a month, 亿元, at default unit costs.

    Cost is booked, not simulated: unit cost times dose, where the dose applies. Tax forgone is in.
    """
    unit = np.array([_unit_cost(entry.cost, scenario) for entry in PLAN.instruments])
    return float((unit * _doses(scenario, until)).sum())


def spent(scenario: Scenario, until: int) -> float:
    """Return the same without tax forgone (`FORGONE`): what can be set against an effect."""
    unit = np.array([_unit_cost(entry.cost, scenario) for entry in PLAN.instruments])
    return float((unit * _doses(scenario, until) * SPENT).sum())


def spent_by_draw(scenario: Scenario, until: int, seed: int, draws: NDArray[np.int64]) -> Floats:
    """Return what a scenario's levers cost, tax forgone left out, in each draw, shape (K,), 亿元.

    Unit costs are uncertain parameters as others are: two packages under the same draw have them
    in common, unless a package says otherwise.

    Args:
        scenario: whose cost.
        until: month up to which cost is booked.
        seed: of the ensemble.
        draws: numbers of its parameter draws, shape (K,).
    """
    return np.asarray(_prices(scenario, seed, draws) @ (_doses(scenario, until) * SPENT))


def left_by_draw(scenario: Scenario, found: Moved, seed: int, draws: NDArray[np.int64]) -> Floats:
    """Return what remains of moved money, less where it is not enough, in each draw, 亿元.

    A move is balanced at default prices; prices are uncertain parameters.
    """
    years = (found.before - found.after).sum(axis=0) / 12.0 * extent(scenario.setup().reach)
    return np.asarray(_prices(scenario, seed, draws) @ (years * SPENT))


def _prices(scenario: Scenario, seed: int, draws: NDArray[np.int64]) -> Floats:
    """Return the unit cost of each instrument in each draw, shape (K, instruments)."""
    setup = scenario.setup()
    drawn = (setup.overrides, setup.multipliers, setup.draws, setup.beliefs)
    return np.array([_drawn_prices(*drawn, seed, number) for number in draws.tolist()])


@lru_cache(KEPT)
def _drawn_prices(
    overrides: tuple[tuple[str, float], ...],
    multipliers: tuple[tuple[str, float], ...],
    draws: Draws | None,
    beliefs: tuple[Belief, ...],
    seed: int,
    number: int,
) -> Floats:
    """Return the unit costs in one draw: packages that differ in doses alone have them in common.

    The other arguments are what a draw depends on of a setup.
    """
    setup = Setup(0, NOTHING, NOTHING, 0.0, overrides, multipliers, draws, beliefs)
    values = draw_values(setup, seed, number)
    return np.array([values[each.cost] if each.cost else 0.0 for each in PLAN.instruments])


def _doses(scenario: Scenario, until: int) -> Floats:
    """Return how many years at dose 1 everywhere each instrument comes to, shape (instruments,)."""
    setup = scenario.setup()
    where = extent(setup.reach)
    return np.asarray(setup.dose[:until].sum(axis=0) / 12.0 * where)


def _unit_cost(name: str | None, scenario: Scenario) -> float:
    if name is None:
        return 0.0
    return scenario.parameters.get(name, find(name).default)
