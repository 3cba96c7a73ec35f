"""Windows: Mesa agents that are rows of a table, with no state of their own, and who keeps them."""

import itertools
from collections.abc import Iterable
from typing import Any, ClassVar

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.world.tables import Field

NO_ONE = -1
"""Stands for no agent where identities are listed row by row."""


class Column:
    """A field of the agent's row, as an attribute: reading and writing go to the table."""

    def __init__(self, field: Field, kept: bool) -> None:
        """Stand for a field.

        Args:
            field: of the agent's table.
            kept: whether only the model may change it.
        """
        self.name = field.name
        self.kept = kept
        self.__doc__ = f"{field.meaning} ({field.unit})" if field.unit else field.meaning

    def __get__(self, agent: "Window | None", owner: type | None = None) -> Any:
        """Return the value in the table, as a plain number."""
        return self if agent is None else agent.column(self.name)[agent.row].item()

    def __set__(self, agent: "Window", value: float) -> None:
        """Write the value into the table.

        Raises:
            AttributeError: other tables would no longer agree with this one.
        """
        if self.kept:
            raise AttributeError(f"only the model changes {self.name!r}")
        agent.column(self.name)[agent.row] = value


class _Counters:
    """Each model's own numbering of agents, instead of Mesa 3.3.1's, which keeps every model."""

    def __getitem__(self, model: Any) -> "itertools.count[int]":
        numbers: itertools.count[int] = model.numbers
        return numbers


class Window(mesa.Agent):
    """An agent that is a row of a table of the model's current world.

    Once the agent is no more, its fields raise LookupError, also when another agent has the row.
    """

    _ids = _Counters()
    table: ClassVar[str]
    """Name of the table in ``World``."""

    def __init__(self, model: Any, row: int, identity: int) -> None:
        """Look at a row.

        Args:
            model: a ``ClusterModel``, whose current world the row is in.
            row: number of the row; rows keep their numbers when tables grow.
            identity: of the agent in it: another agent may have the row later.
        """
        self.row = row
        self.identity = identity
        super().__init__(model)

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of the agent's table, shape (rows,), after checking the agent's row.

        Raises:
            LookupError: the agent is no more.
        """
        table: Any = getattr(self.model.world, self.table)
        if (
            _column(table, "alive")[self.row] == 0
            or _column(table, "id")[self.row] != self.identity
        ):
            raise LookupError(f"{type(self).__name__} {self.identity} is no more")
        return _column(table, name)

    def __repr__(self) -> str:
        """Return who it is, whether it lives or not."""
        return f"{type(self).__name__}({self.identity})"


def with_columns(kind: type[Window], fields: Iterable[Field], kept: Iterable[str]) -> None:
    """Give a kind of agent an attribute for each field, except where it has one of its own."""
    for field in fields:
        if not hasattr(kind, field.name):
            setattr(kind, field.name, Column(field, field.name in kept))


class Roster:
    """The windows of one kind of agent: one for each living row of their table."""

    def __init__(self, model: Any, kind: type[Window]) -> None:
        """Begin with no windows.

        Args:
            model: a ``ClusterModel``.
            kind: of agent.
        """
        self.model = model
        self.kind = kind
        self.windows: dict[int, Any] = {}
        self._identities = np.zeros(0, np.int64)

    def match(self) -> NDArray[np.int64]:
        """Make windows of new agents and remove those of agents that are no more.

        Returns:
            Rows whose agent is another than before.
        """
        table: Any = getattr(self.model.world, self.kind.table)
        now = np.where(_column(table, "alive") == 1, _column(table, "id"), NO_ONE)
        before = np.full(len(now), NO_ONE)
        before[: len(self._identities)] = self._identities
        rows = np.flatnonzero(now != before)
        for row in rows.tolist():
            if row in self.windows:
                self.windows[row].remove()
            if now[row] != NO_ONE:
                self.windows[row] = self.kind(self.model, row, int(now[row]))
        self._identities = now
        return rows

    def forget(self, window: Window) -> None:
        """Let go of a window that is being removed; a living agent gets a new one next month."""
        if self.windows.get(window.row) is window:
            del self.windows[window.row]
            self._identities[window.row] = NO_ONE


def _column(table: Any, name: str) -> NDArray[Any]:
    """Return a column of a table of records or, as for talents, of columns."""
    column: NDArray[Any] = getattr(table, name) if isinstance(table, tuple) else table[name]
    return column
