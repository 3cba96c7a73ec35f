"""Firms, talents and funds as Mesa agents: windows on table rows, with no state of their own."""

from typing import Any

import mesa
from mesa.discrete_space import CellAgent

from sim.plan import PLAN
from sim.world import codes
from sim.world.tables import FIRM_FIELDS, FIRMS_HERE, FUND_FIELDS, TALENT_FIELDS, Field

RESERVED = frozenset({"cell"})
"""Fields under whose name Mesa keeps something else: ``firm.cell`` is a cell, not its number."""


class Column:
    """A field of the agent's row, as an attribute: reading and writing go to the table."""

    def __init__(self, field: Field) -> None:
        """Stand for a field."""
        self.name = field.name
        self.__doc__ = f"{field.meaning} ({field.unit})" if field.unit else field.meaning

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        """Return the value in the table, as a plain number."""
        return self if agent is None else agent.read(self.name)

    def __set__(self, agent: Any, value: Any) -> None:
        """Write the value into the table."""
        agent.write(self.name, value)


class _Counters:
    """Each model's own count of agents, instead of Mesa 3.3.1's, which keeps models for ever."""

    def __getitem__(self, model: Any) -> Any:
        return model.numbers


class Window(mesa.Agent):
    """An agent that is a row of a table."""

    _ids = _Counters()
    kind_of_row = ""

    def __init__(self, model: Any, row: int, identity: int) -> None:
        """Look at a row.

        Args:
            model: whose current world the row is in.
            row: number of the row; rows keep their numbers when tables grow.
            identity: of the agent in it: another agent may have the row later.
        """
        self.row = row
        self.identity = identity
        super().__init__(model)

    def read(self, name: str) -> Any:
        """Return a field of the row.

        Raises:
            LookupError: the agent is no more.
        """
        return self._table()[self.row][name].item()

    def write(self, name: str, value: Any) -> None:
        """Change a field of the row.

        Raises:
            LookupError: the agent is no more.
        """
        self._table()[self.row][name] = value

    def _table(self) -> Any:
        """Return the agent's table, after making sure that the row is still the agent's."""
        table = getattr(self.model.world, f"{self.kind_of_row}s")
        row = table[self.row]
        if row["alive"] == 0 or row["id"] != self.identity:
            raise LookupError(f"{self.kind_of_row} {self.identity} is no more")
        return table


def _with_columns(cls: type, fields: tuple[Field, ...]) -> None:
    """Give a class an attribute for each field of its table."""
    for field in fields:
        if field.name not in RESERVED:
            setattr(cls, field.name, Column(field))


class Firm(Window, CellAgent):
    """A firm; it stands on a cell of the model's space."""

    kind_of_row = "firm"

    @property
    def cell(self) -> Any:
        """Return the cell that the firm stands on; setting it moves the firm, in the tables too."""
        return self._mesa_cell

    @cell.setter
    def cell(self, cell: Any) -> None:
        if self.cell is not None:
            self.cell.remove_agent(self)
        self._mesa_cell: Any = cell
        if cell is not None:
            cell.add_agent(self)
            self._stand_on(self.model.cell_number(cell))

    def _stand_on(self, number: int) -> None:
        """Write a cell into the tables, and keep their counts of firms."""
        world, row = self.model.world, self._table()[self.row]
        if row["cell"] == number:
            return
        tallies = world.city[0]["tallies"]
        world.cells[row["cell"]]["firms"] -= 1
        tallies[FIRMS_HERE, row["cluster"], row["district"]] -= 1
        row["cell"], row["district"] = number, world.cells[number]["district"]
        world.cells[number]["firms"] += 1
        tallies[FIRMS_HERE, row["cluster"], row["district"]] += 1

    @property
    def track_id(self) -> str:
        """Return the id of the firm's track in the plan."""
        return str(PLAN.tracks[self.read("track")].id)

    @property
    def cluster_id(self) -> str:
        """Return the id of its cluster."""
        return str(PLAN.clusters[self.read("cluster")].id)

    @property
    def district_id(self) -> str:
        """Return the id of its district."""
        return str(PLAN.districts[self.read("district")].id)

    @property
    def kind_name(self) -> str:
        """Return what kind of firm it is."""
        return str(codes.FIRM_KINDS[self.read("kind")])


class Fund(Window):
    """A fund."""

    kind_of_row = "fund"

    @property
    def kind_name(self) -> str:
        """Return what kind of fund it is."""
        return str(codes.FUND_KINDS[self.read("kind")])


class Talent(Window):
    """A talent; their table has columns, so a window reads one number of each."""

    kind_of_row = "talent"

    def read(self, name: str) -> Any:
        """Return a field of the row.

        Raises:
            LookupError: the person has left.
        """
        return getattr(self._columns(), name)[self.row].item()

    def write(self, name: str, value: Any) -> None:
        """Change a field of the row.

        Raises:
            LookupError: the person has left.
        """
        getattr(self._columns(), name)[self.row] = value

    def _columns(self) -> Any:
        people = self.model.world.talents
        if people.alive[self.row] == 0 or people.id[self.row] != self.identity:
            raise LookupError(f"talent {self.identity} is no more")
        return people

    @property
    def track_id(self) -> str:
        """Return the id of the person's track in the plan."""
        return str(PLAN.tracks[self.read("track")].id)

    @property
    def level_name(self) -> str:
        """Return the person's level."""
        return str(codes.TALENT_LEVELS[self.read("level")])


_with_columns(Firm, FIRM_FIELDS)
_with_columns(Fund, FUND_FIELDS)
_with_columns(Talent, TALENT_FIELDS)
