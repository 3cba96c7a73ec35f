"""Why a count fails: which gate holds it back, found by opening one at a time."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.experiments.compare import Comparison, compare
from sim.language import Text
from sim.scenario import Scenario, derive
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where
from sim.text.together import Estimated

TWICE = 2.0
"""How much wider an opened gate is. The same for all, so that they can be set side by side."""


class Gate(NamedTuple):
    """Something that growth has to pass through."""

    id: str
    name: Text
    parameters: tuple[str, ...]
    """What is multiplied to open it."""


GATES = (
    Gate("talent", Text("talent", "人才"), ("graduates", "arrivals", "college_cohort")),
    Gate("money", Text("money", "资金"), ("private_inflow", "seed_money")),
    Gate("readiness", Text("readiness", "技术成熟"), ("climb_pace",)),
    Gate("scenario_access", Text("scenario access", "场景供给"), ("scenario_places",)),
    Gate("market", Text("market", "市场"), ("market_pace",)),
    Gate("approvals", Text("approvals", "审批"), ("approvals_a_month", "purse_2022")),
)


class Opened(NamedTuple):
    """What opening one gate does to the thirteen counts."""

    gate: Gate
    comparison: Comparison
    """The scenario with the gate opened against the scenario as it is."""


def largest(gains: Sequence[Estimated]) -> tuple[int, ...]:
    """Return which gates add most: the one, and those whose intervals reach its own.

    Args:
        gains: what each gate adds, with intervals; none adds most that may add nothing.
    """
    clear = [number for number, gain in enumerate(gains) if gain.low > 0.0]
    if not clear:
        return ()
    best = max(clear, key=lambda number: gains[number].value)
    return tuple(number for number in clear if gains[number].high >= gains[best].low)


def opened(scenario: Scenario, gate: Gate) -> Scenario:
    """Return the scenario with one gate twice as wide, in every parameter draw."""
    factors = {name: TWICE * scenario.multipliers.get(name, 1.0) for name in gate.parameters}
    return derive(scenario, {"multipliers": factors}, f"{scenario.id}-{gate.id}", "gates")


def gates(
    scenario: Scenario, sample: Sample, store: Store, where: Where, watch: Watcher | None = None
) -> list[Opened]:
    """Open each gate in turn, under the same luck and parameter draws.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    wider = [opened(scenario, gate) for gate in GATES]
    fill([scenario, *wider], sample, store, where, watch)
    before = load(scenario, sample, store)
    return [
        Opened(gate, compare(before, load(each, sample, store)))
        for gate, each in zip(GATES, wider, strict=True)
    ]
