"""The Mesa model: one compiled month a step, the same rules as the ensemble."""

import itertools
from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar

import mesa
import numpy as np

from sim import ensemble, parameters
from sim.agents import Firm, Fund, Talent
from sim.calendar import month_label
from sim.ensemble import Trajectory
from sim.language import Text
from sim.problems import Problem
from sim.space import space_of
from sim.windows import Roster, Window
from sim.world.layout import CITY_MEASURES, COUNTS, MEASURES
from sim.world.setup import Setup

Kind = TypeVar("Kind", bound=Window)

NOWHERE = -1


class ClusterModel(mesa.Model):
    """Shanghai's future industries, month by month, in Mesa.

    Firms and funds are kept in step with the tables every month, and firms stand on the cells of
    ``space``. Talents are some twenty thousand and made when somebody asks for ``agents``,
    ``agents_by_type`` or one of them. ``datacollector`` has a line a month: the thirteen counts
    and the city's measures. ``world`` has the tables themselves.
    """

    def __init__(self, setup: Setup, seed: int, replicate: int = 0) -> None:
        """Start in October 2022 with the luck and parameters of one replicate.

        Args:
            setup: policy and horizon; ``Scenario.setup()`` gives one.
            seed: seed of the ensemble.
            replicate: number of the replicate.
        """
        super().__init__(rng=seed)
        self.numbers = itertools.count(1)
        self.setup = setup
        self.luck = (seed, replicate)
        self._number = ensemble.accepted(setup, seed, replicate)
        self.draw: Mapping[str, float]
        self.draw, self.world = ensemble.begin(setup, seed, self._number)
        self.record = parameters.as_record(self.draw)
        self.counts = np.zeros((setup.months, len(COUNTS)))
        self.measures = np.zeros((setup.months, len(MEASURES)))
        self.month = 0
        self.space = space_of(self.world, self.random)
        self._rosters = {kind: Roster(self, kind) for kind in (Firm, Fund, Talent)}
        self._stands = np.zeros(0, np.int32)
        self._talents_of = -1
        self.datacollector = mesa.DataCollector(
            model_reporters={
                **{name: partial(_count, column=k) for k, name in enumerate(COUNTS)},
                **{name: partial(_measure, column=MEASURES.index(name)) for name in CITY_MEASURES},
            }
        )
        self._follow()

    def step(self) -> None:
        """Run one compiled month, then bring firms, funds and the data collector up to date.

        Raises:
            ValueError: the run has reached its horizon.
        """
        if self.month == self.setup.months:
            raise ValueError(f"the run ended with {month_label(self.month - 1)}")
        after = self.month + 1
        self.world = ensemble.advance(
            self.world, self.record, self.setup, after, self.counts, self.measures
        )
        self.month = after
        self.running = after < self.setup.months
        self._follow()
        self.datacollector.collect(self)

    @property
    def agents(self) -> Any:
        """Return all agents, talents included."""
        self._follow_talents()
        return super().agents

    @agents.setter
    def agents(self, _agents: Any) -> None:
        raise AttributeError("the agents are what the tables hold")

    @property
    def agents_by_type(self) -> Any:
        """Return the agents of each kind."""
        self._follow_talents()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """Return the kinds of agents."""
        return list(self._rosters)

    def window(self, kind: type[Kind], row: int) -> Kind:
        """Return the agent in a row of its table.

        Raises:
            KeyError: nobody is in that row.
        """
        if kind is Talent:
            self._follow_talents()
        window: Kind = self._rosters[kind].windows[row]
        return window

    def follows(self, agent: Any) -> bool:
        """Return whether an agent is on the model's lists: it lives and was not removed."""
        return self._rosters[type(agent)].windows.get(agent.row) is agent

    def cell_number(self, cell: Any) -> int:
        """Return the number that a cell of the space has in the tables."""
        row, column = cell.coordinate
        return int(row * self.space.dimensions[1] + column)

    def trajectory(self) -> Trajectory:
        """Return what has been recorded so far; months to come are zero."""
        replicate = self.luck[1]
        measures: Any = self.measures.astype(np.float32)
        return Trajectory(
            replicate, ensemble.draw_of(self._number), self.counts.copy(), measures, dict(self.draw)
        )

    def deregister_agent(self, agent: Any) -> None:
        """Take an agent off Mesa's lists; Mesa calls this when an agent is removed."""
        super().deregister_agent(agent)
        if type(agent) in self._rosters:  # else somebody else's agent, which is no row
            self._rosters[type(agent)].forget(agent)

    def _follow(self) -> None:
        """Bring firms and funds, and the cells that firms stand on, up to date with the tables."""
        self._rosters[Fund].match()
        changed = self._rosters[Firm].match()
        firms = self.world.firms
        stood = np.full(len(firms), NOWHERE, np.int32)
        stood[: len(self._stands)] = self._stands
        stood[changed] = NOWHERE
        self._stands = np.where(firms["alive"] == 1, firms["cell"], NOWHERE)
        width = self.space.dimensions[1]
        for row in np.flatnonzero((self._stands != stood) & (self._stands != NOWHERE)).tolist():
            number = int(self._stands[row])
            self.window(Firm, row).cell = self.space[divmod(number, width)]

    def _follow_talents(self) -> None:
        """Bring talents up to date, once a month at most: it takes longer than the month itself."""
        if self._talents_of != self.month:
            self._talents_of = self.month
            self._rosters[Talent].match()


def _count(model: ClusterModel, column: int) -> float:
    return float(model.counts[model.month - 1, column])


def _measure(model: ClusterModel, column: int) -> float:
    return float(model.measures[model.month - 1, column])


def model_of(result: Any, replicate: int) -> ClusterModel:
    """Return a replicate of a stored result as a model that stands at its beginning.

    Raises:
        Problem: this version of the model has no such scenarios.
    """
    return ClusterModel(result.scenario().setup(), result.seed, replicate)


def compare(result: Any, model: ClusterModel) -> None:
    """Compare a model that has run to its horizon with the replicate of the stored result.

    Raises:
        Problem: there is no such replicate, or the bytes differ.
    """
    replicate = model.luck[1]
    counts, measures = result.recorded(replicate)
    found = model.trajectory()
    if not (np.array_equal(counts, found.counts) and np.array_equal(measures, found.measures)):
        expected = Text("the stored bytes", "存储的字节")
        raise Problem(str(result.folder), "replicate", str(replicate), expected)
