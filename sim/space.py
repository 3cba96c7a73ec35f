"""Mesa's space over the map: a cell for each square kilometre, layers over the tables' arrays."""

import copyreg
from random import Random
from typing import Any

from mesa.discrete_space import Cell, CellCollection, OrthogonalMooreGrid, PropertyLayer
from numpy.typing import NDArray

from sim.plan import PLAN
from sim.world.grid import grid
from sim.world.world import World


class SquareKilometre(Cell):
    """A cell that remembers no neighbourhoods: Mesa's memory of them would keep whole models."""

    def connect(self, other: Cell, key: tuple[int, ...] | None = None) -> None:
        """Make another cell a neighbour, in the direction ``key``."""
        self.connections[other.coordinate if key is None else key] = other

    @property
    def neighborhood(self) -> Any:
        """Return the cells around this one."""
        return self.get_neighborhood()

    def get_neighborhood(self, radius: int = 1, include_center: bool = False) -> Any:
        """Return the cells within a radius (in steps, also diagonal ones), nearest first.

        Raises:
            ValueError: the radius is less than 1.
        """
        if radius < 1:
            raise ValueError(f"a radius is at least 1, found {radius}")
        found: dict[Cell, Any] = {self: self._agents}
        edge: list[Cell] = [self]
        for _ in range(radius):
            beyond = dict.fromkeys(near for cell in edge for near in cell.connections.values())
            edge = [cell for cell in beyond if cell not in found]
            found |= {cell: cell._agents for cell in edge}
        if not include_center:
            del found[self]
        return CellCollection(found, random=self.random)

    def _clear_cache(self) -> None:
        """Do nothing: nothing is remembered."""


class SharedLayer(PropertyLayer):
    """A layer whose data is an array of the tables; whatever writes to it writes in place."""

    def __init__(self, name: str, array: NDArray[Any]) -> None:
        """Lay an array over the map, shape (height, width)."""
        self.name = name
        self.dimensions = array.shape
        self._array = array

    @property
    def _mesa_data(self) -> NDArray[Any]:
        return self._array

    @_mesa_data.setter
    def _mesa_data(self, values: Any) -> None:
        self._array[...] = values

    _data = _mesa_data  # its name in later releases of Mesa


def space_of(world: World, random: Random) -> OrthogonalMooreGrid:
    """Return the space of a world; a cell's coordinate is its (row, column) on the map.

    Layers: ``land`` (km2), ``district`` (number, -1 outside), ``firms``, ``zone`` (programme row,
    -1 none) and ``knowledge_<cluster>``. All of them share memory with the tables, the cells'
    records included, so they are never out of date and writing to them changes the world. These
    tables never grow, so the layers stay theirs.

    Args:
        world: the state.
        random: for Mesa's own choices of cells.
    """
    map_ = grid()
    shape = (map_.height, map_.width)
    space = OrthogonalMooreGrid(shape, torus=False, random=random, cell_klass=SquareKilometre)
    # Mesa registers every grid's own class of cells for copying, for ever.
    copyreg.dispatch_table.pop(space.cell_klass, None)
    for name in ("land", "district", "firms", "zone"):
        space.add_property_layer(SharedLayer(name, world.cells[name].reshape(shape)))
    for number, cluster in enumerate(PLAN.clusters):
        layer = SharedLayer(f"knowledge_{cluster.id}", world.knowledge[number].reshape(shape))
        space.add_property_layer(layer)
    return space
