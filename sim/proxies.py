"""Proxies: Mesa agents that are rows of a table, with no state of their own, and their registry."""

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from sim.adapter import TableAgent
from sim.engine.tables import Field

NO_ONE = -1
"""Stands for no agent where identities are listed row by row."""


RANGES: Final[dict[str, tuple[float, float]]] = {
    "0/1": (0, 1),
    "0-1": (0.0, 1.0),
    "0-2": (0, 2),
    "1-9": (1, 9),
}
"""Least and greatest value by unit."""

AMOUNTS: Final = frozenset(
    {
        *("ten thousand yuan", "ten thousand yuan a year", "persons", "count", "months", "share"),
        *("products", "factor", "1/sqrt(month)"),
    }
)
"""Units of amounts: there is none below nought."""
OWED: Final = frozenset({"cash"})
"""Amounts that may be below nought all the same."""
LIKE: Final = 0.8
"""From 0 to 1: how much a name is like a field's if it is taken for that, misspelt."""

IDENTITY: Final = "it is what the agent's luck is drawn by"
EXISTS: Final = "remove() ends an agent"
MADE_WITH: Final = "it is fixed when the agent comes"


class Column:
    """A field of the agent's row, as an attribute: reading and writing go to the table."""

    def __init__(self, field: Field, instead: str, most: int | None) -> None:
        """Stand for a field.

        Args:
            field: of the agent's table.
            instead: what to do instead of setting it; "" if it can be set.
            most: the greatest number, where it is one of a list; -1, none of them, is allowed
                where the table's type has negative numbers.
        """
        self.name = field.name
        self.instead = instead
        self.whole = field.type[0] in "iu"
        own: Any = np.iinfo(field.type) if self.whole else np.finfo(field.type)
        self.least: float
        self.most: float
        self.least, self.most = RANGES.get(field.unit, (own.min, own.max))
        if field.unit in AMOUNTS and field.name not in OWED:
            self.least = 0
        if most is not None:
            self.least, self.most = max(-1, self.least), most
        self.__doc__ = f"{field.meaning} ({field.unit})" if field.unit else field.meaning

    def __get__(self, agent: "Proxy | None", owner: type | None = None) -> Any:
        """Return the value in the table, as a plain number."""
        return self if agent is None else agent.column(self.name)[agent.row].item()

    def __set__(self, agent: "Proxy", value: float) -> None:
        """Write the value into the table.

        Raises:
            AttributeError: other tables would no longer agree with this one.
            ValueError: the field cannot have the value.
        """
        if self.instead:
            raise AttributeError(f"{self.name!r} cannot be set: {self.instead}")
        self.check(value)
        agent.column(self.name)[agent.row] = value
        agent.model.forget_places()

    def check(self, value: float) -> None:
        """Make sure that the field can have a value.

        Raises:
            ValueError: it cannot.
        """
        number = isinstance(value, int | float | np.number | np.bool_)
        inside = number and self.least <= value <= self.most
        if not inside or (self.whole and value != int(value)):
            kind = "a whole number" if self.whole else "a number"
            expected = f"{kind} from {self.least} to {self.most}"
            raise ValueError(f"{self.name!r} is {expected}, found {value!r}")


class Proxy(TableAgent):
    """An agent that is a row of a table of the model's current world.

    Once the agent is no more, its fields raise LookupError, also when another agent has the row.
    """

    table: ClassVar[str]
    """Name of the table in ``World``."""
    follows_from: ClassVar[str]
    """What its cell follows from, if the cell cannot be set."""
    added_by: ClassVar[str]
    """The method that adds an agent of the kind."""
    row: int
    identity: int

    def __init__(self, *_given: Any, **_named: Any) -> None:
        """Refuse: agents are what the tables hold.

        Raises:
            TypeError: always.
        """
        kind = type(self)
        raise TypeError(
            f"a {kind.__name__} is a row of the model's tables: {kind.added_by} adds one"
        )

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

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a field, or an attribute of somebody's own, of which the model takes no notice.

        Raises:
            AttributeError: it is so like a field that it must be that, misspelt.
        """
        kind: Any = type(self)
        if (meant := misspelt(kind, name)) is not None:
            raise AttributeError(f"a {kind.__name__} has no {name!r}: is it {meant!r}?")
        super().__setattr__(name, value)

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

    @property
    def present_row(self) -> int:
        """Return the agent's row.

        Raises:
            LookupError: the agent is no more.
        """
        self.column("id")
        return self.row

    def row_in(self, model: Any) -> int:
        """Return the agent's row in a model.

        Raises:
            LookupError: the agent is no more.
            ValueError: it is another model's.
        """
        if self.model is not model:
            raise ValueError(f"{self!r} is another model's")
        return self.present_row

    def __repr__(self) -> str:
        """Return who it is, whether it lives or not."""
        return f"{type(self).__name__}({self.identity})"


@cache
def misspelt(kind: type[Proxy], name: str) -> str | None:
    """Return the field of a kind of agent that a name must mean if it is no attribute; or None."""
    if hasattr(kind, name):
        return None
    fields = [each for each in dir(kind) if isinstance(getattr(kind, each), Column)]
    return next(iter(difflib.get_close_matches(name, fields, n=1, cutoff=LIKE)), None)


def with_columns(
    kind: type[Proxy],
    fields: Iterable[Field],
    instead: Mapping[str, str],
    most: Mapping[str, int],
) -> None:
    """Give a kind of agent an attribute for each field, except where it has one of its own.

    Args:
        kind: of agent.
        fields: of its table.
        instead: for fields that cannot be set, what to do instead.
        most: greatest numbers of fields that stand for one of a list.
    """
    for field in fields:
        if not hasattr(kind, field.name):
            setattr(
                kind, field.name, Column(field, instead.get(field.name, ""), most.get(field.name))
            )


def plan_id(entries: tuple[Any, ...], field: str) -> property:
    """Return an attribute: the plan's id of the entry whose number is in a field."""
    return property(lambda agent: entries[getattr(agent, field)].id, doc=f"The id of its {field}.")


def name_in(names: tuple[str, ...], field: str) -> property:
    """Return an attribute: what the number in a field stands for."""
    return property(lambda agent: names[getattr(agent, field)], doc=f"The name of its {field}.")


def check_values(kind: type[Proxy], values: Mapping[str, float]) -> None:
    """Make sure that fields of a kind of agent can have some values.

    Raises:
        ValueError: one cannot.
    """
    for name, value in values.items():
        found = getattr(kind, name)
        if isinstance(found, Column):
            found.check(value)


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

    def ended(self, agent: Any) -> None:
        """Take an agent that has ended off the lists."""
        self._renew(agent.row, NO_ONE)

    def move(self, old: int, new: int) -> None:
        """Let the agent of a row, if anybody has asked for it, have another row."""
        self._identities[new], self._identities[old] = self._identities[old], NO_ONE
        if old in self._proxies:
            self._proxies[new] = self._proxies.pop(old)
            self._proxies[new].row = new

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
