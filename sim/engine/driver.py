"""Running rules on a world in the mode that SIM_MODE names; all three leave the same bytes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import numpy as np

from sim.engine.inputs import Inputs, leaves, no_policy
from sim.engine.marks import mark_of
from sim.engine.modes import mode
from sim.engine.plain import plain
from sim.engine.process import Process
from sim.engine.schedule import Schedule
from sim.engine.spread import NONE, Paths, spread, spread_paths
from sim.engine.watch import WATCH, Watch
from sim.language import Text
from sim.problems import Problem


class Clock(NamedTuple):
    """Rules by which the engine knows months."""

    ready: Callable[..., bool]
    """(world, until) -> whether another month before ``until`` can run."""
    month_of: Callable[..., int]
    """(world) -> the next month."""
    turn: Callable[..., None]
    """(world): let it be the month after."""


class Plain:
    """A world and its inputs as rules in plain Python see them."""

    def __init__(self, world: Any, inputs: Inputs) -> None:
        """Take a named tuple whose ``tables()`` lists its arrays, which rules change in place."""
        self.world, self.inputs = world, inputs
        self._seen = plain(world, inputs)

    def run(self, process: Process, month: int) -> None:
        """Run one process in one month."""
        self.call(process.run, month)

    def call(self, rule: Any, *given: float, back: type | None = None) -> Any:
        """Call a rule with world, parameters and numbers; ``back`` is int if it returns one."""
        del back
        return rule(self._seen, self._seen.parameters[0], *given)

    def months(self, schedule: Schedule, clock: Clock, until: int, many: bool = False) -> None:
        """Run months until ``until`` (exclusive) or until the clock is not ready for another."""
        del many
        _by_hand(self, self.world, self.inputs, schedule, clock, until)

    def step(self, process: Process, month: int, schedule: Schedule) -> None:
        """Run one process of a schedule in one month."""
        del schedule
        self.run(process, month)


class Checked(Plain):
    """The same, with every index looked at and every process held to what it declares."""

    def step(self, process: Process, month: int, schedule: Schedule) -> None:
        """Run one process in one month and hold it to its word."""
        check(process, self.watched(process, month), schedule)

    def watched(self, process: Process, month: int) -> Watch:
        """Run one process and return what it touched."""
        watch = Watch()
        seen = plain(self.world, self.inputs, watch)
        with _watching(watch):
            process.run(seen, seen.parameters[0], month)
        return watch


class Compiled:
    """A world and its inputs as compiled rules see them: addresses, valid while both are held."""

    def __init__(self, world: Any, inputs: Inputs) -> None:
        """Take a named tuple whose ``tables()`` lists its arrays, which rules change in place."""
        from sim.engine.view import addresses

        self._held = world, inputs
        self._tables = tuple(leaves(world, inputs))
        self._layout = _layout(world, inputs)
        self._addresses = addresses([array for _, array in self._tables])
        self._context = self._addresses.ctypes.data

    def run(self, process: Process, month: int) -> None:
        """Run one process in one month."""
        self._layout.entry(process.mark, (int,), None).ctypes(self._context, month)

    def call(self, rule: Any, *given: float, back: type | None = None) -> Any:
        """Call a rule with world, parameters and numbers; ``back`` is int if it returns one."""
        kinds = tuple(float if isinstance(each, float) else int for each in given)
        numbers = (kind(each) for kind, each in zip(kinds, given, strict=True))
        return self._layout.entry(mark_of(rule), kinds, back).ctypes(self._context, *numbers)

    def months(self, schedule: Schedule, clock: Clock, until: int, many: bool = False) -> None:
        """Run months until ``until`` (exclusive) or until the clock is not ready for another.

        ``many`` says that they are worth turning tables for (`sim.engine.spread`).
        """
        if schedule.around:
            _by_hand(self, *self._held, schedule, clock, until)
            return
        paths = spread_paths(self._tables) if many else NONE
        layout = _layout(*self._held, paths)
        listed = [layout.entry(each.mark, (int,), None).address for each in schedule]
        drive = layout.driver(*map(mark_of, clock)).ctypes
        addresses = np.array(listed, np.int64)
        with spread(self._tables, paths):
            drive(self._context, addresses.ctypes.data, len(addresses), until)

    def step(self, process: Process, month: int, schedule: Schedule) -> None:
        """Run one process of a schedule in one month."""
        del schedule
        self.run(process, month)


def _by_hand(
    way: Plain | Compiled,
    world: Any,
    inputs: Inputs,
    schedule: Schedule,
    clock: Clock,
    until: int,
) -> None:
    """Run months process by process, with what is done around each."""
    seen, arrays = plain(world, inputs), dict(leaves(world, inputs))
    while clock.ready(seen, until):
        month = clock.month_of(seen)
        for process in schedule:
            around = [each for each in schedule.around if each.coupling.reader == process.name]
            fields = [_field(arrays, each.coupling.field) for each in around]
            for each, now in zip(around, fields, strict=True):
                each.before(now, month)
            way.step(process, month, schedule)
            for each, now in reversed(list(zip(around, fields, strict=True))):
                each.after(now)
        clock.turn(seen)


def _field(arrays: dict[tuple[str, ...], Any], name: str) -> np.ndarray[Any, Any]:
    """Return what a name such as table.field stands for."""
    table, _, field = name.partition(".")
    found: np.ndarray[Any, Any] = arrays[table,][field] if field else arrays[table,]
    return found


WAYS: Final[dict[str, type[Plain | Compiled]]] = {
    "plain": Plain,
    "checked": Checked,
    "compiled": Compiled,
}


def bound(world: Any, inputs: Inputs | np.ndarray[Any, Any]) -> Plain | Compiled:
    """Return a world and its inputs, ready for rules in the mode that SIM_MODE names.

    Args:
        world: a named tuple whose ``tables()`` lists its arrays.
        inputs: of a run, or a parameter draw alone, shape (1,).

    Raises:
        Problem: SIM_MODE names no mode.
    """
    return WAYS[mode()](world, inputs if isinstance(inputs, Inputs) else no_policy(inputs))


def check(process: Process, seen: Watch, schedule: Schedule) -> None:
    """Hold a process to what it declares; what no process of the schedule writes may be read.

    Raises:
        Problem: it read, wrote or drew what it does not declare, or read scratch before writing it.
    """
    for what, zh, found in (
        ("reads", "读取", (seen.first_reads & schedule.changing) - process.reads),
        ("writes", "写入", seen.writes - process.writes - process.scratch),
        ("draws", "抽取", seen.draws - process.draws),
    ):
        if found:
            first = sorted(map(str, found))[0]
            expected = Text("expected.as_declared", what=Text(what, zh))
            raise Problem("process", process.name, f"{what} {first}", expected)


@contextmanager
def _watching(watch: Watch) -> Iterator[None]:
    token = WATCH.set(watch)
    try:
        yield
    finally:
        WATCH.reset(token)


_layouts: Final[dict[tuple[type, Paths], Any]] = {}
"""By the kind of world, all of a kind having the tables that are declared once, and by which of its
tables are turned."""


def _layout(world: Any, inputs: Inputs, paths: Paths = NONE) -> Any:
    from sim.engine.compiling import Layout

    key = type(world), paths
    if key not in _layouts:
        told = tuple((path, array.dtype, array.ndim) for path, array in leaves(world, inputs))
        parts = world.tables().items()
        groups = {name: type(table) for name, table in parts if isinstance(table, tuple)}
        _layouts[key] = Layout(told, groups, paths)
    return _layouts[key]
