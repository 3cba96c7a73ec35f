"""Proxies: Mesa agents that are rows of a table, with no state of their own, and their registry."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.adapter import TableAgent
from sim.world.tables import Field

NO_ONE = -1
"""Stands for no agent where identities are listed row by row."""


class Column:
    """A field of the agent's row, as an attribute: reading and writing go to the table."""

    def __init__(self, field: Field, instead: str) -> None:
        """Stand for a field.

        Args:
            field: of the agent's table.
            instead: what to do instead of setting it; "" if it can be set.
        """
        self.name = field.name
        self.instead = instead
        self.__doc__ = f"{field.meaning} ({field.unit})" if field.unit else field.meaning

    def __get__(self, agent: "Proxy | None", owner: type | None = None) -> Any:
        """Return the value in the table, as a plain number."""
        return self if agent is None else agent.column(self.name)[agent.row].item()

    def __set__(self, agent: "Proxy", value: float) -> None:
        """Write the value into the table.

        Raises:
            AttributeError: other tables would no longer agree with this one.
        """
        if self.instead:
            raise AttributeError(f"{self.name!r} cannot be set: {self.instead}")
        agent.column(self.name)[agent.row] = value
        agent.model.forget_places()


class Proxy(TableAgent):
    """An agent that is a row of a table of the model's current world.

    Once the agent is no more, its fields raise LookupError, also when another agent has the row.
    """

    table: ClassVar[str]
    """Name of the table in ``World``."""
    follows_from: ClassVar[str]
    """What its cell follows from, if the cell cannot be set."""
    row: int
    identity: int

    def __init__(self, *_given: Any, **_named: Any) -> None:
        """Refuse: agents are what the tables hold.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"a {type(self).__name__} is a row of the model's tables")

    @classmethod
    def of(cls, model: Any, row: int, identity: int) -> Any:
        """Return a proxy for a row.

        Args:
            model: a ``ClusterModel``, whose current world the row is in.
            row: number of the row; rows keep their numbers when tables grow.
            identity: of the agent in it: another agent may have the row later.
        """
        proxy = cls.__new__(cls)
        proxy.row, proxy.identity = row, identity
        super(Proxy, proxy).__init__(model)
        return proxy

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of the agent's table, shape (rows,), after checking the agent's row.

        Raises:
            LookupError: the agent is no more.
        """
        table: Any = getattr(self.model.world, self.table)
        if self.lives:
            return column(table, name)
        raise LookupError(f"{type(self).__name__} {self.identity} is no more")

    @property
    def lives(self) -> bool:
        """Return whether the agent is still in its row."""
        table: Any = getattr(self.model.world, self.table)
        here = column(table, "id")[self.row] == self.identity
        return bool(here and column(table, "alive")[self.row] == 1)

    @property
    def cell(self) -> Any:
        """Return the cell that the agent stands on, None once it is no more."""
        return self.model.cell_of(self) if self.lives else None

    @cell.setter
    def cell(self, cell: Any) -> None:
        self.column("id")  # raises if it is no more
        self.stand_on(cell)
        self.model.forget_places()

    def stand_on(self, _cell: Any) -> None:
        """Move the agent to a cell, in the tables, if it is of a kind that can be moved.

        Raises:
            ValueError: it cannot stand there; says what to do instead.
        """
        raise ValueError(self.follows_from)

    def __repr__(self) -> str:
        """Return who it is, whether it lives or not."""
        return f"{type(self).__name__}({self.identity})"


def with_columns(kind: type[Proxy], fields: Iterable[Field], instead: Mapping[str, str]) -> None:
    """Give a kind of agent an attribute for each field, except where it has one of its own.

    Args:
        kind: of agent.
        fields: of its table.
        instead: for fields that cannot be set, what to do instead.
    """
    for field in fields:
        if not hasattr(kind, field.name):
            setattr(kind, field.name, Column(field, instead.get(field.name, "")))


class Registry:
    """The proxies of one kind of agent, made when somebody asks for them."""

    def __init__(self, model: Any, kind: type[Proxy]) -> None:
        """Begin with no proxies.

        Args:
            model: a ``ClusterModel``.
            kind: of agent.
        """
        self.model = model
        self.kind = kind
        self._proxies: dict[int, Any] = {}
        self._identities = np.zeros(0, np.int64)

    def match(self) -> None:
        """Make proxies of all new agents, and remove those of agents that are no more."""
        table = self._table()
        now = np.where(column(table, "alive") == 1, column(table, "id"), NO_ONE)
        for row in np.flatnonzero(now != self._identities).tolist():
            self._renew(row, int(now[row]))

    def at(self, row: int) -> Any:
        """Return the agent in a row.

        Raises:
            KeyError: nobody is in that row.
        """
        table = self._table()
        here = int(column(table, "id")[row]) if column(table, "alive")[row] == 1 else NO_ONE
        if here != self._identities[row]:
            self._renew(row, here)
        return self._proxies[row]

    def holds(self, agent: Any) -> bool:
        """Return whether an agent is on Mesa's lists."""
        return self._proxies.get(agent.row) is agent

    def _table(self) -> Any:
        """Return the table, after making the list of identities as long."""
        table = getattr(self.model.world, self.kind.table)
        more = len(column(table, "id")) - len(self._identities)
        if more:
            self._identities = np.append(self._identities, np.full(more, NO_ONE))
        return table

    def _renew(self, row: int, identity: int) -> None:
        if row in self._proxies:
            self._proxies.pop(row).take_off_lists()
        if identity != NO_ONE:
            self._proxies[row] = self.kind.of(self.model, row, identity)
        self._identities[row] = identity


def column(table: Any, name: str) -> NDArray[Any]:
    """Return a column of a table of records or, as for talents, of columns."""
    found: NDArray[Any] = getattr(table, name) if isinstance(table, tuple) else table[name]
    return found
