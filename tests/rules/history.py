"""One replicate, month by month, with a copy of its tables at the end of each month."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import parameters
from sim.ensemble import advance
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.population import create
from sim.model.world.tables import Talents
from sim.model.world.world import World
from sim.sampling import draw_of
from sim.scenario import read_scenario

SEED = 2022
Records = NDArray[np.void]


def chosen(talents: Talents, rows: Any) -> Talents:
    """Return a copy of some rows of a talent table; ``rows`` is a mask."""
    return Talents(*(column[rows] for column in talents))


@dataclass(frozen=True, eq=False)
class Month:
    """The tables at the end of a month, without the rows that were never used."""

    number: int
    """The month; -1 is the world as it starts."""
    city: np.void
    cells: Records
    tracks: Records
    firms: Records
    talents: Talents
    funds: Records
    deals: Records
    programmes: Records
    breakthroughs: Records
    knowledge: float
    """Sum over cells and clusters."""
    counts: dict[str, float]
    measures: dict[str, float]

    def flow(self, *numbers: int) -> float:
        """Return the sum of some of the month's money flows, in ten thousand yuan."""
        return float(self.city["flows"][list(numbers)].sum())

    @cached_property
    def living(self) -> Records:
        """The firms that exist."""
        found: Records = self.firms[self.firms["alive"] == 1]
        return found

    @cached_property
    def present(self) -> Talents:
        """The talents who are in the city."""
        return chosen(self.talents, self.talents.alive == 1)

    @cached_property
    def held(self) -> Records:
        """The deals whose stake is still held."""
        found: Records = self.deals[self.deals["alive"] == 1]
        return found

    @cached_property
    def standing(self) -> Records:
        """The programmes that are proposed or exist."""
        found: Records = self.programmes[self.programmes["alive"] == 1]
        return found


@dataclass(frozen=True, eq=False)
class History:
    """A replicate from its start to the end of 2030."""

    scenario: str
    replicate: int
    p: np.void
    """The parameter draw."""
    start: Month
    months: tuple[Month, ...]
    counts: NDArray[np.float64]
    """Shape (months, 13), as recorded."""
    measures: NDArray[np.float64]
    """Shape (months, measures), as recorded."""

    def pairs(self) -> Iterator[tuple[Month, Month]]:
        """Yield each month with the one before it, the start included."""
        return zip((self.start, *self.months), self.months, strict=False)


def play(scenario: str, replicate: int) -> History:
    """Run one replicate of a scenario a month at a time and keep every month's tables."""
    setup = read_scenario(scenario).setup()
    draw = parameters.draw(SEED, draw_of(replicate), setup.overrides)
    record = parameters.as_record(draw)
    counts = np.zeros((setup.months, len(COUNTS)))
    measures = np.zeros((setup.months, len(MEASURES)))
    world = create(record, SEED, replicate)
    kept = [snapshot(world, -1, counts[0], measures[0])]
    for month in range(setup.months):
        world = advance(world, record, setup, month + 1, counts, measures)
        kept.append(snapshot(world, month, counts[month], measures[month]))
    return History(scenario, replicate, record[0], kept[0], tuple(kept[1:]), counts, measures)


def snapshot(
    world: World, month: int, counts: NDArray[np.float64], measures: NDArray[np.float64]
) -> Month:
    """Copy what a month's tests look at."""
    city = world.city[0].copy()
    return Month(
        number=month,
        city=city,
        cells=world.cells.copy(),
        tracks=world.tracks.copy(),
        firms=world.firms[: city["firm_rows"]].copy(),
        talents=chosen(world.talents, np.arange(len(world.talents.id)) < city["talent_rows"]),
        funds=world.funds[: city["fund_rows"]].copy(),
        deals=world.deals[: city["deal_rows"]].copy(),
        programmes=world.programmes[: city["programme_rows"]].copy(),
        breakthroughs=world.breakthroughs[: city["breakthrough_rows"]].copy(),
        knowledge=float(world.knowledge.sum()),
        counts=dict(zip(COUNTS, counts.tolist(), strict=True)),
        measures=dict(zip(MEASURES, measures.tolist(), strict=True)),
    )
