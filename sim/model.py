"""The Mesa model: one compiled month a step, the same rules as the ensemble."""

import itertools
from collections.abc import Mapping
from functools import partial
from typing import Any

import mesa
import numpy as np

from sim import ensemble, parameters
from sim.agents import Firm, Fund, Talent, Window
from sim.ensemble import Trajectory
from sim.language import Text
from sim.problems import Problem
from sim.space import space_of
from sim.world.layout import CITY_MEASURES, COUNTS, MEASURES
from sim.world.population import create
from sim.world.setup import Setup

GONE = -1
"""Stands for no agent where identities are listed row by row."""


class ClusterModel(mesa.Model):
    """Shanghai's future industries, month by month, in Mesa.

    Firms and funds are kept in step with the tables every month. Talents are some twenty thousand
    and made when somebody asks for ``agents`` or ``agents_by_type``.
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
        self.draw: Mapping[str, float] = ensemble.draw_for(setup, seed, replicate)
        self.record = parameters.as_record(self.draw)
        self.counts = np.zeros((setup.months, len(COUNTS)))
        self.measures = np.zeros((setup.months, len(MEASURES)))
        self.month = 0
        self.world = create(self.record, seed, replicate)
        self.space = space_of(self.world, self.random)
        self._windows: dict[type[Window], dict[int, Any]] = {Firm: {}, Fund: {}, Talent: {}}
        self._talents_month = GONE
        self.datacollector = mesa.DataCollector(
            model_reporters={
                **{name: partial(_count, column=k) for k, name in enumerate(COUNTS)},
                **{name: partial(_measure, column=MEASURES.index(name)) for name in CITY_MEASURES},
            }
        )
        self._sync()

    def step(self) -> None:
        """Run one compiled month, then bring firms, funds and the data collector up to date."""
        after = self.month + 1
        self.world = ensemble.advance(
            self.world, self.record, self.setup, after, self.counts, self.measures
        )
        self.month = after
        self.running = after < self.setup.months
        self._sync()
        self.datacollector.collect(self)

    @property
    def agents(self) -> Any:
        """Return all agents, talents included."""
        self._sync_talents()
        return super().agents

    @agents.setter
    def agents(self, _agents: Any) -> None:
        raise AttributeError("the agents are what the tables hold")

    @property
    def agents_by_type(self) -> Any:
        """Return the agents of each kind."""
        self._sync_talents()
        return super().agents_by_type

    def cell_number(self, cell: Any) -> int:
        """Return the number that a cell of the space has in the tables."""
        row, column = cell.coordinate
        return int(row * self.space.dimensions[1] + column)

    def trajectory(self) -> Trajectory:
        """Return what has been recorded so far."""
        replicate = self.luck[1]
        measures: Any = self.measures.astype(np.float32)
        return Trajectory(
            replicate, ensemble.draw_of(replicate), self.counts, measures, dict(self.draw)
        )

    def _sync(self) -> None:
        """Make and remove the windows of firms and funds, and move the firms that moved."""
        firms, funds = self.world.firms, self.world.funds
        self._match(Firm, firms["id"], firms["alive"])
        self._match(Fund, funds["id"], funds["alive"])
        width = self.space.dimensions[1]
        for row, number in self._moved(firms["cell"], firms["alive"]):
            self._windows[Firm][row].cell = self.space[divmod(number, width)]

    def _moved(self, cells: Any, alive: Any) -> list[tuple[int, int]]:
        """Return row and cell of the firms that do not stand where the table says."""
        return [
            (row, int(cells[row]))
            for row, firm in self._windows[Firm].items()
            if alive[row] and (firm.cell is None or self.cell_number(firm.cell) != cells[row])
        ]

    def _sync_talents(self) -> None:
        """Make and remove the windows of talents, once a month at most."""
        if self._talents_month != self.month:
            self._talents_month = self.month
            people = self.world.talents
            self._match(Talent, people.id, people.alive)

    def _match(self, kind: type[Window], identities: Any, alive: Any) -> None:
        """Let there be one window for each living row, of the agent that is in it."""
        windows = self._windows[kind]
        now = np.where(alive == 1, identities, GONE)
        before = np.full(len(now), GONE)
        if windows:
            rows = np.fromiter(windows, dtype=np.int64, count=len(windows))
            before[rows] = [window.identity for window in windows.values()]
        for row in np.flatnonzero(now != before).tolist():
            if row in windows:
                windows.pop(row).remove()
            if now[row] != GONE:
                windows[row] = kind(self, row, int(now[row]))


def _count(model: ClusterModel, column: int) -> float:
    return float(model.counts[model.month - 1, column])


def _measure(model: ClusterModel, column: int) -> float:
    return float(model.measures[model.month - 1, column])


def replay(result: Any, replicate: int) -> Trajectory:
    """Rerun one replicate of a stored result and compare it with what is stored.

    Raises:
        Problem: the bytes differ.
    """
    counts, measures = result.recorded(replicate)
    model = ClusterModel(result.scenario().setup(), result.seed, replicate)
    while model.running:
        model.step()
    found = model.trajectory()
    if not (np.array_equal(counts, found.counts) and np.array_equal(measures, found.measures)):
        expected = Text("the stored bytes", "存储的字节")
        raise Problem(str(result.folder), "replicate", str(replicate), expected)
    return found
