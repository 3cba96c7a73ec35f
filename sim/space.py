"""Mesa's space over the map: a cell for each square kilometre, layers over the kernel's arrays."""

from random import Random
from typing import Any

import numpy as np
from mesa.discrete_space import Cell, OrthogonalMooreGrid, PropertyLayer
from numpy.typing import NDArray

from sim.plan import PLAN
from sim.world.grid import grid
from sim.world.world import World


class SquareKilometre(Cell):
    """A cell that forgets its neighbourhoods: Mesa's cache would keep whole models for ever."""

    def get_neighborhood(self, radius: int = 1, include_center: bool = False) -> Any:
        """Return the cells within a radius."""
        plain = Cell.get_neighborhood.__wrapped__
        return plain(self, radius=radius, include_center=include_center)

    def _neighborhood(self, radius: int = 1, include_center: bool = False) -> Any:
        return Cell._neighborhood.__wrapped__(self, radius=radius, include_center=include_center)

    def _clear_cache(self) -> None:
        self.__dict__.pop("neighborhood", None)


def space_of(world: World, random: Random) -> OrthogonalMooreGrid:
    """Return the space of a world; its layers are the kernel's arrays themselves, not copies.

    Layers: ``land`` (km2), ``district`` (number, -1 outside), ``firms``, ``zone`` (programme row,
    -1 none) and ``knowledge_<cluster>``. These tables never grow, so the layers stay theirs.

    Args:
        world: the state.
        random: for Mesa's own choices of cells.
    """
    map_ = grid()
    shape = (map_.height, map_.width)
    space = OrthogonalMooreGrid(shape, torus=False, random=random, cell_klass=SquareKilometre)
    for name in ("land", "district", "firms", "zone"):
        _add_layer(space, name, world.cells[name].reshape(shape))
    for number, cluster in enumerate(PLAN.clusters):
        _add_layer(space, f"knowledge_{cluster.id}", world.knowledge[number].reshape(shape))
    return space


def _add_layer(space: OrthogonalMooreGrid, name: str, data: NDArray[Any]) -> None:
    layer = PropertyLayer(name, data.shape, data.dtype.type(0), data.dtype.type)
    # Where Mesa keeps the array differs between its releases.
    attribute = "_mesa_data" if hasattr(layer, "_mesa_data") else "_data"
    setattr(layer, attribute, data)
    assert np.shares_memory(layer.data, data)
    space.add_property_layer(layer)
