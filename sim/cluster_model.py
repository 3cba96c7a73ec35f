"""The Mesa model: one compiled month a step, the same rules as the ensemble."""

import itertools
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import mesa
import numpy as np
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.agents import Firm, Fund, Talent
from sim.calendar import month_label
from sim.ensemble import Trajectory
from sim.model.world.layout import CITY_MEASURES, COUNTS
from sim.model.world.setup import Setup
from sim.model.world.tables import NEVER
from sim.problems import Problem
from sim.proxies import Proxy, Registry, column
from sim.scenario import Scenario, read_scenario
from sim.space import (
    Places,
    cells_of_firms,
    cells_of_funds,
    cells_of_talents,
    coordinates_of,
    number_of_cell,
    space_of,
)
from sim.steering import Names, Policy
from sim.text.catalogue import worded

Kind = TypeVar("Kind", bound=Proxy)

CELLS_OF = {Firm: cells_of_firms, Fund: cells_of_funds, Talent: cells_of_talents}
"""Tells on which cells the agents in some rows stand, by kind."""
SEEDS = worded("expected.batch_run")
REPLICATES = worded("expected.whole_number_at_least_0")


class ClusterModel(mesa.Model):
    """The city's future industries, month by month, in Mesa.

    Agents are proxies for rows of the tables, made when somebody asks for ``agents``,
    ``agents_by_type``, a cell's ``agents`` or one of them. ``datacollector`` has a line a month:
    the counts and the city's measures. ``world`` has the tables themselves.
    """

    def __init__(self, setup: str | Path | Scenario | Setup, seed: int, replicate: int = 0) -> None:
        """Start in October 2022 with the luck and parameters of one replicate.

        Args:
            setup: name or file of a scenario, the scenario itself, or its ``setup()``. (Mesa 3.5
                takes an argument that is called scenario for one of its own.)
            seed: seed of the ensemble.
            replicate: number of the replicate; two with the same seed and number are the same.

        Raises:
            Problem: the scenario cannot be read, or the seed or the number is no whole number, or
                the number is below nought.
        """
        if not isinstance(seed, int | np.integer):
            raise Problem("ClusterModel", "seed", str(seed), worded("expected.whole_number"), SEEDS)
        if not isinstance(replicate, int | np.integer) or replicate < 0:
            raise Problem("ClusterModel", "replicate", str(replicate), REPLICATES)
        super().__init__(rng=int(seed))
        setup = setup_of(setup)
        self.numbers = itertools.count(1)
        self.added = itertools.count()
        self._policy = Policy(setup)
        self.luck = (seed, replicate)
        self._number = ensemble.accepted(setup, seed, replicate)
        self.draw: Mapping[str, float]
        self.draw, self.world = ensemble.begin(setup, seed, self._number)
        self.record = parameters.as_record(self.draw)
        self.counts, self.measures = setup.nothing_recorded()
        self.month = 0
        self._registries = {kind: Registry(self, kind) for kind in CELLS_OF}
        self._matched = NEVER
        self._places: dict[type[Proxy], Places] = {}
        self.space = space_of(self.world, self.random, self._standing)
        measured = (*CITY_MEASURES, *(each.name for each in setup.processes.measures))
        self.datacollector = mesa.DataCollector(
            {name: partial(_last, table="counts", column=k) for k, name in enumerate(COUNTS)}
            | {
                name: partial(_last, table="measures", column=setup.measures.index(name))
                for name in measured
            }
        )

    def step(self) -> None:
        """Run one compiled month, then bring the data collector up to date.

        Raises:
            ValueError: the run has reached its horizon.
        """
        if self.month == self.setup.months:
            raise ValueError(f"the run ended with {month_label(self.month - 1)}")
        after = self.month + 1
        self.world = ensemble.advance(
            self.world, self.record, self._policy.at(self.month), after, self.counts, self.measures
        )
        self.month = after
        self.running = after < self.setup.months
        self.forget_places()
        self.datacollector.collect(self)

    @property
    def setup(self) -> Setup:
        """Return policy and horizon as a scenario says them; ``follow`` changes the scenario."""
        return self._policy.setup

    def set_dose(
        self,
        instrument: str | int,
        dose: float | None,
        *,
        clusters: Names = None,
        districts: Names = None,
    ) -> None:
        """Set an instrument's dose from the next month on, until it is set anew.

        Args:
            instrument: id, name or number.
            dose: 0 is none, 1 as written; None lets the scenario say it again.
            clusters: where; None is everywhere.
            districts: likewise.

        Raises:
            Problem: there is no such instrument, cluster or district.
            ValueError: the dose is out of range.
        """
        self._policy.set_dose(instrument, dose, clusters, districts)

    def follow(self, scenario: str | Path | Scenario | Setup) -> None:
        """Do from the next month on what another scenario says, and run its processes.

        Parameters, facts and what is measured stay as they are.

        Raises:
            Problem: the scenario cannot be read.
            ValueError: it ends before this run does.
        """
        self._policy.follow(setup_of(scenario))

    def doses(self, instrument: str | int) -> NDArray[np.float64]:
        """Return an instrument's dose in the next month, shape (clusters, districts).

        Raises:
            Problem: there is no such instrument.
            ValueError: the run has ended.
        """
        if not self.running:
            raise ValueError(f"the run ended with {month_label(self.month - 1)}")
        return self._policy.doses(instrument, self.month, self.counts, self.measures)

    @property
    def agents(self) -> Any:
        """Return all agents, talents included."""
        self._match()
        return super().agents

    @agents.setter
    def agents(self, _agents: Any) -> None:
        raise AttributeError("the agents are what the tables hold")

    @property
    def agents_by_type(self) -> Any:
        """Return the agents of each kind."""
        self._match()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """Return the kinds of agents."""
        return list(self._registries)

    def agent(self, kind: type[Kind], row: int) -> Kind:
        """Return the agent in a row of its table.

        Raises:
            KeyError: nobody is in that row.
        """
        found: Kind = self._registries[kind].at(row)
        return found

    def arrived(self, kind: type[Kind], row: int) -> Kind:
        """Return the agent that has just been added in a row."""
        self.forget_places()
        return self.agent(kind, row)

    def ended(self, agent: Any, last: int | None = None) -> None:
        """Take an agent that has ended off the lists; who had row ``last`` now has its row."""
        registry = self._registries[type(agent)]
        registry.ended(agent)
        if last is not None and last != agent.row:
            registry.move(last, agent.row)
        self.forget_places()

    def remove_all_agents(self) -> None:
        """Refuse, which Mesa would do for those agents only whom somebody has asked for.

        Raises:
            ValueError: always.
        """
        raise ValueError("a city without anybody has no next month: remove agents one by one")

    @property
    def label(self) -> str:
        """Return the month that has been run last, or that the run begins with."""
        return month_label(max(0, self.month - 1))

    def cell_of(self, agent: Any) -> Any:
        """Return the cell that a living agent stands on."""
        (number,) = CELLS_OF[type(agent)](self.world, np.array([agent.row])).tolist()
        return self.cell_at(number)

    def cell_at(self, number: int) -> Any:
        """Return the cell of the space that has a number in the tables."""
        across, up = coordinates_of(np.array(number))
        return self.space[int(across), int(up)]

    def cell_number(self, cell: Any) -> int:
        """Return the number that a cell of the space has in the tables.

        Raises:
            ValueError: the cell is another model's.
        """
        if self.space[cell.coordinate] is not cell:
            raise ValueError("the cell is another model's")
        return number_of_cell(cell.coordinate)

    def forget_places(self) -> None:
        """Work out anew who stands where, the next time that somebody asks."""
        self._places.clear()

    def trajectory(self) -> Trajectory:
        """Return what has been recorded so far; months to come are zero."""
        replicate = self.luck[1]
        measures: Any = self.measures.astype(np.float32)
        draw = ensemble.draw_number(self.setup, self._number)
        return Trajectory(replicate, draw, self.counts.copy(), measures, dict(self.draw))

    def deregister_agent(self, agent: Any) -> None:
        """Take an agent off Mesa's lists; Mesa calls this when an agent is removed.

        Raises:
            ValueError: the agent is a living row of a table.
        """
        kind = type(agent)
        if kind in self._registries and self._registries[kind].holds(agent):
            raise ValueError(f"{agent!r} lives: remove() ends it")
        super().deregister_agent(agent)

    def _match(self) -> None:
        """Bring Mesa's lists up to date, once a month at most: it takes longer than the month."""
        if self._matched != self.month:
            self._matched = self.month
            for registry in self._registries.values():
                registry.match()

    def _standing(self, cell: Any) -> list[Any]:
        """Return the agents that the tables put on a cell: firms, then funds, then talents."""
        number = self.cell_number(cell)
        found: list[Any] = []
        for kind, registry in self._registries.items():
            if kind not in self._places:
                self._places[kind] = self._places_of(kind)
            found += map(registry.at, self._places[kind].at(number))
        return found

    def _places_of(self, kind: type[Proxy]) -> Places:
        rows = np.flatnonzero(column(getattr(self.world, kind.table), "alive") == 1)
        return Places(rows, CELLS_OF[kind](self.world, rows))


def setup_of(scenario: str | Path | Scenario | Setup) -> Setup:
    """Return the setup of a scenario, which may be named.

    Raises:
        Problem: the scenario cannot be read.
    """
    if isinstance(scenario, Setup):
        return scenario
    return (
        scenario if isinstance(scenario, Scenario) else read_scenario(scenario, foreign=True)
    ).setup()


def _last(model: ClusterModel, table: str, column: int) -> float:
    return float(getattr(model, table)[model.month - 1, column])
