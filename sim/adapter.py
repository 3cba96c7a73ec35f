"""All that depends on which Mesa is installed, and all of Mesa's own names that are no promise.

Mesa 3.3 and 3.5 are known to work, others are refused: in 3.4 a layer's array cannot be told where
to lie, and Mesa 4 has neither steps nor layers of this kind. What Mesa keeps to itself is touched
in one place, ``TableAgent._ids``.
"""

import copyreg
import itertools
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from random import Random
from typing import Any, Final

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.problems import Problem
from sim.text.catalogue import worded
from sim.text.joining import alternatives

KNOWN: Final = ("3.3", "3.5")


def check_version(version: str = mesa.__version__) -> None:
    """Refuse a version of Mesa that this side is not known to work with.

    Raises:
        Problem: it is older or newer.
    """
    if ".".join(version.split(".")[:2]) not in KNOWN:
        raise Problem("Mesa", "version", version, alternatives(KNOWN), worded("hint.mesa"))


check_version()

from mesa.discrete_space import (  # noqa: E402 - a version that lacks them is refused first
    Cell,
    CellAgent,
    CellCollection,
    OrthogonalMooreGrid,
    PropertyLayer,
)

Read = Callable[[], NDArray[Any]]
"""Returns the array that a layer shows, as it is now."""
Standing = Callable[["SquareKilometre"], list[Any]]
"""Returns the agents that tables put on a cell."""


class _Counters:
    """Each model's own numbering of agents."""

    def __getitem__(self, model: Any) -> "itertools.count[int]":
        numbers: itertools.count[int] = model.numbers
        return numbers


class TableAgent(CellAgent):
    """An agent whose place is told by tables and not by a cell's list."""

    _ids = _Counters()
    """Mesa 3.3 keeps in this place every model that ever was; later ones do not look here."""

    def take_off_lists(self) -> None:
        """Take the agent off Mesa's lists, and off nothing else."""
        mesa.Agent.remove(self)


class Cells(CellCollection):
    """Cells that are asked who stands on them when somebody wants to know."""

    def __init__(self, cells: Iterable[Any], random: Random) -> None:
        """Collect cells, in their order."""
        super().__init__(dict.fromkeys(cells), random=random)

    def __getitem__(self, cell: Any) -> list[Any]:
        """Return who stands on a cell."""
        agents: list[Any] = cell.agents
        return agents

    @property
    def agents(self) -> Iterable[Any]:
        """Return who stands on any of the cells."""
        return chain.from_iterable(cell.agents for cell in self)

    def select(self, filter_func: Any = None, at_most: float = float("inf")) -> "Cells":
        """Return those of the cells that a function picks, at most so many."""
        return Cells(super().select(filter_func, at_most), self.random)


class SquareKilometre(Cell):
    """A cell that asks who stands on it, and remembers no neighbourhoods.

    Mesa's memory of neighbourhoods would keep whole models.
    """

    standing: Standing

    @property
    def agents(self) -> list[Any]:
        """Return whom the tables put here, and agents of somebody else's that were put here."""
        return [*type(self).standing(self), *super().agents]

    @property
    def is_empty(self) -> bool:
        """Return whether nobody stands here."""
        return not self.agents

    @property
    def empty(self) -> bool:
        """Return whether nobody stands here."""
        return not self.agents

    @empty.setter
    def empty(self, value: bool) -> None:
        """Take no notice: Mesa says it when an agent comes or goes, and ``agents`` knows."""

    def add_agent(self, agent: Any) -> None:
        """Put somebody else's agent here; Mesa calls this when such an agent is given a cell.

        Raises:
            ValueError: the tables say where the agent stands.
        """
        if isinstance(agent, TableAgent):
            raise ValueError(f"set the cell of {agent!r} instead: the tables say where it stands")
        super().add_agent(agent)

    def remove_agent(self, agent: Any) -> None:
        """Take somebody else's agent away; Mesa calls this when such an agent leaves a cell.

        Raises:
            ValueError: the tables say where the agent stands.
        """
        if isinstance(agent, TableAgent):
            raise ValueError(f"{agent!r} stands where the tables say: set its cell, or remove() it")
        super().remove_agent(agent)

    def connect(self, other: Cell, key: tuple[int, ...] | None = None) -> None:
        """Make another cell a neighbour, in the direction ``key``."""
        self.connections[other.coordinate if key is None else key] = other

    @property
    def neighborhood(self) -> Cells:
        """Return the cells around this one."""
        return self.get_neighborhood()

    def get_neighborhood(self, radius: int = 1, include_center: bool = False) -> Cells:
        """Return the cells within a radius (in steps, also diagonal ones), nearest first.

        Raises:
            ValueError: the radius is less than 1.
        """
        if radius < 1:
            raise ValueError(f"a radius is at least 1, found {radius}")
        found: dict[Any, None] = {self: None}
        edge: list[Any] = [self]
        for _ in range(radius):
            beyond = dict.fromkeys(near for cell in edge for near in cell.connections.values())
            edge = [cell for cell in beyond if cell not in found]
            found |= dict.fromkeys(edge)
        if not include_center:
            del found[self]
        return Cells(found, self.random)


class SharedLayer(PropertyLayer):
    """A layer that shows an array of the tables; whatever writes to it writes in place."""

    def __init__(self, name: str, shape: tuple[int, int], read: Read) -> None:
        """Show the array that ``read`` returns, of the shape (width, height)."""
        super().__init__(name, shape, default_value=False, dtype=bool)
        self.read = read

    @property
    def data(self) -> NDArray[Any]:
        """Return the array."""
        return self.read()

    @data.setter
    def data(self, values: Any) -> None:
        self.data[...] = values

    def set_cells(self, value: Any, condition: Any = None) -> None:
        """Write values, everywhere or where a condition holds."""
        where = True if condition is None else np.vectorize(condition)(self.data)
        self.data[...] = np.where(where, value, self.data)

    def modify_cells(self, operation: Any, value: Any = None, condition: Any = None) -> None:
        """Write what an operation makes of the values, everywhere or where a condition holds."""
        if not isinstance(operation, np.ufunc):
            found = np.vectorize(operation)(self.data)
        elif value is None:
            found = operation(self.data)
        else:
            found = operation(self.data, value)
        self.set_cells(found, condition)

    def select_cells(self, condition: Any, return_list: bool = True) -> Any:
        """Return the coordinates for which a condition holds, or the condition cell by cell."""
        chosen = condition(self.data)
        return list(zip(*np.where(chosen), strict=True)) if return_list else chosen

    def aggregate(self, operation: Any) -> Any:
        """Return what an operation makes of the whole array."""
        return operation(self.data)


class TableSpace(OrthogonalMooreGrid):
    """A grid whose cells and layers are read from tables."""

    def __init__(
        self, shape: tuple[int, int], random: Random, standing: Standing, layers: Mapping[str, Read]
    ) -> None:
        """Lay out the grid.

        Args:
            shape: width and height; a cell's coordinate counts from the west and from the south, so
                that Mesa draws north up.
            random: for Mesa's own choices of cells.
            standing: tells who stands on a cell.
            layers: by name.
        """
        super().__init__(shape, torus=False, random=random, cell_klass=SquareKilometre)
        # Mesa registers every grid's own class of cells for copying, for ever.
        copyreg.dispatch_table.pop(self.cell_klass, None)
        self.cell_klass.standing = staticmethod(standing)
        self.remove_property_layer("empty")
        for name, read in layers.items():
            self._show(SharedLayer(name, shape, read))
        self._show(SharedLayer("empty", shape, self._empty))
        delattr(self.cell_klass, "empty")  # a cell knows by itself

    @property
    def all_cells(self) -> Cells:
        """Return all cells."""
        return Cells(self, self.random)

    def select_cells(
        self,
        conditions: Any = None,
        extreme_values: Any = None,
        masks: Any = None,
        only_empty: bool = False,
        return_list: bool = True,
    ) -> Any:
        """Return the coordinates that conditions and masks leave; Mesa 3.3 takes all for empty."""
        if only_empty:
            given = masks if isinstance(masks, list) else [] if masks is None else [masks]
            masks = [*given, self.empty.data]
        return super().select_cells(conditions, extreme_values, masks, False, return_list)

    def _show(self, layer: SharedLayer) -> None:
        """Add a layer; from Mesa 3.5 on its own access from cells would miss the tables."""

        def get(cell: Any) -> Any:
            return layer.data[cell.coordinate]

        def put(cell: Any, value: Any) -> None:
            layer.data[cell.coordinate] = value

        self.add_property_layer(layer)
        setattr(self.cell_klass, layer.name, property(get, put))

    def _empty(self) -> NDArray[np.bool_]:
        found = np.fromiter((cell.is_empty for cell in self), np.bool_)
        return found.reshape(self.dimensions)
