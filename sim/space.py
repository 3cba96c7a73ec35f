"""Where everyone stands: the cells of firms, talents and funds, and the map that Mesa sees."""

from functools import cache, partial
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.adapter import Standing, TableSpace
from sim.model.world.codes import INSTITUTE_BASE, SEARCHING
from sim.model.world.grid import grid
from sim.model.world.world import World
from sim.plan import PLAN

Cells = NDArray[np.int64]
CAPITAL = "huangpu"
"""District where a fund that is bound to none has its office: the city government's."""


@cache
def middles() -> Cells:
    """Return the land cell nearest to the middle of each district's land, shape (districts,).

    It is the middle from which the model takes distances between districts.
    """
    map_ = grid()
    rows, columns = np.divmod(np.arange(len(map_.district)), map_.width)
    found = []
    for number in range(len(PLAN.districts)):
        cells = np.flatnonzero((map_.district == number) & (map_.land > 0.0))
        down, across = rows[cells], columns[cells]
        away = (down - down.mean()) ** 2 + (across - across.mean()) ** 2
        found.append(cells[np.argmin(away)])
    return np.array(found)


def cells_of_firms(world: World, rows: Cells) -> Cells:
    """Return the cells that firms stand on."""
    cells: Cells = world.firms["cell"][rows].astype(np.int64)
    return cells


def cells_of_talents(world: World, rows: Cells) -> Cells:
    """Return the cells where talents work, and of who has no post the middle of the home district.

    A talent's home is a district; the model knows no address.
    """
    employer = world.talents.employer[rows]
    firm = world.firms["cell"][np.maximum(employer, 0)]
    institute = world.programmes["cell"][np.maximum(INSTITUTE_BASE - employer, 0)]
    home = middles()[world.talents.home[rows]]
    return np.where(employer == SEARCHING, home, np.where(employer >= 0, firm, institute))


def cells_of_funds(world: World, rows: Cells) -> Cells:
    """Return the cells of funds' offices: the middle of the district that a fund is bound to."""
    capital = next(district.number for district in PLAN.districts if district.id == CAPITAL)
    district = world.funds["district"][rows]
    return middles()[np.where(district < 0, capital, district)]


class Places:
    """Who stands on which cell, for agents of one kind."""

    def __init__(self, rows: Cells, cells: Cells) -> None:
        """Sort rows by the cell that each stands on."""
        order = np.argsort(cells, kind="stable")
        self._rows, self._cells = rows[order], cells[order]

    def at(self, cell: int) -> list[int]:
        """Return the rows of who stands on a cell, in their order."""
        first, after = np.searchsorted(self._cells, (cell, cell + 1))
        found: list[int] = self._rows[first:after].tolist()
        return found


def space_of(world: World, random: Random, standing: Standing) -> TableSpace:
    """Return the space of a world; a cell's coordinate counts from the west and from the south.

    So do both axes of a layer, which Mesa therefore draws with north up.

    Layers: ``land`` (km2), ``district`` (number, -1 outside), ``firms``, ``zone`` (programme row,
    -1 none) and ``knowledge_<cluster>``. All of them share memory with the tables, the cells'
    records included, so they are never out of date and writing to them changes the world. These
    tables never grow, so the layers stay theirs.

    Args:
        world: the state.
        random: for Mesa's own choices of cells.
        standing: tells who stands on a cell.
    """
    map_ = grid()
    arrays = {name: world.cells[name] for name in ("land", "district", "firms", "zone")}
    for number, cluster in enumerate(PLAN.clusters):
        arrays[f"knowledge_{cluster.id}"] = world.knowledge[number]
    layers = {name: partial(from_the_south, array) for name, array in arrays.items()}
    return TableSpace((map_.width, map_.height), random, standing, layers)


def from_the_south(array: NDArray[Any]) -> NDArray[Any]:
    """Return a view of a cell's values in the table's order, shape (width, height)."""
    map_ = grid()
    seen: NDArray[Any] = array.reshape(map_.height, map_.width)[::-1].T
    return seen


def coordinates_of(cells: Cells) -> tuple[Cells, Cells]:
    """Return how far to the east and to the north cells lie that have numbers in the tables."""
    rows, columns = np.divmod(cells, grid().width)
    return columns, grid().height - 1 - rows


def number_of_cell(coordinate: tuple[int, int]) -> int:
    """Return the number in the tables of a cell that has a coordinate."""
    column, up = coordinate
    return (grid().height - 1 - up) * grid().width + column
