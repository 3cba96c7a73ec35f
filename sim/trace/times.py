"""Where the time of a replicate goes: its start, and each process of its months."""

from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from sim import ensemble, parameters
from sim.engine.driver import bound
from sim.engine.inputs import Inputs
from sim.engine.process import process
from sim.model.world.conditions import in_month
from sim.model.world.setup import Setup
from sim.model.world.world import grow


class Times(NamedTuple):
    """Seconds of one replicate on one thread, machine code being there."""

    start: float
    """To draw its parameters and the city of October 2022."""
    processes: dict[str, float]
    """By process, in the schedule's order, without the cost of calling them."""
    call: float
    """Of calling one process from Python once, which a run does not do."""


@process("nothing")
def nothing(world: Any, p: Any, month: int) -> None:
    """Do nothing: what it takes is the cost of calling."""


def times_of(setup: Setup, seed: int, replicate: int = 0) -> Times:
    """Run one replicate, process by process, and return what took how long.

    Raises:
        Problem: a process from a file cannot be used.
    """
    ensemble.warm_up(setup, seed, many=False)
    began = perf_counter()
    values, world = ensemble.begin(setup, seed, replicate)
    start = perf_counter() - began
    record = parameters.as_record(values)
    inputs = Inputs(record, setup.dose, setup.reach, *setup.nothing_recorded())
    schedule = ensemble.schedule_of(setup)
    spent = dict.fromkeys(schedule.names, 0.0)
    calls: list[float] = []
    bound(world, inputs).run(nothing, 0)  # compiles it
    for month in range(setup.months):
        world = grow(world)
        world.city["month"] = month
        ready = bound(world, in_month(inputs, setup.conditions, month))
        for each in (nothing, *schedule):
            began = perf_counter()
            ready.run(each, month)
            took = perf_counter() - began
            if each is nothing:
                calls.append(took)
            else:
                spent[each.name] += took
    call = median(calls)
    least = call * setup.months
    return Times(start, {name: max(0.0, took - least) for name, took in spent.items()}, call)
