"""Many replicates at once: in threads without the interpreter's lock, yielded in order."""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import parameters
from sim.compiled import compile_lock
from sim.rules.month import run_months
from sim.world.layout import COUNTS, MEASURES
from sim.world.population import create
from sim.world.setup import Setup
from sim.world.world import World, grow

LUCKS_A_DRAW = 2
"""Replicates that share a parameter draw, so that luck and parameters can be told apart."""
AHEAD = 4
"""Replicates finished ahead of the one that is waited for, besides one a worker."""


class Trajectory(NamedTuple):
    """What one replicate left behind."""

    replicate: int
    draw: int
    counts: NDArray[np.float64]
    """Shape (months, 13)."""
    measures: NDArray[np.float32]
    """Shape (months, measures)."""
    parameters: dict[str, float]
    """The parameter draw."""


def draw_of(replicate: int) -> int:
    """Return the parameter draw that a replicate uses."""
    return replicate // LUCKS_A_DRAW


def draw_for(setup: Setup, seed: int, replicate: int) -> dict[str, float]:
    """Return the parameters of a replicate, as its scenario leaves them."""
    return parameters.draw(seed, draw_of(replicate), setup.overrides, setup.multipliers)


def advance(
    world: World,
    record: NDArray[np.void],
    setup: Setup,
    until: int,
    counts: NDArray[np.float64],
    measures: NDArray[np.float64],
) -> World:
    """Run a world up to month ``until`` (exclusive), growing its tables where they get short.

    Args:
        world: the state, changed in place.
        record: shape (1,), the parameter draw.
        setup: policy and horizon.
        until: month to stop before.
        counts: shape (months, 13), filled for the months that are run.
        measures: shape (months, measures), likewise.

    Returns:
        The world, or its grown successor.

    Raises:
        OverflowError: a month brought more births than a table keeps room for.
    """
    world = grow(world)
    while run_months(world, record, setup.dose, setup.reach, until, counts, measures) < until:
        if world.city["overflow"][0]:
            raise OverflowError("a month had more births than the tables keep room for")
        world = grow(world)
    if world.city["overflow"][0]:
        raise OverflowError("a month had more births than the tables keep room for")
    return world


def run_one(setup: Setup, seed: int, replicate: int) -> Trajectory:
    """Run one replicate from October 2022 to the end of its horizon."""
    values = draw_for(setup, seed, replicate)
    record = parameters.as_record(values)
    counts = np.zeros((setup.months, len(COUNTS)))
    measures = np.zeros((setup.months, len(MEASURES)))
    world = create(record, seed, replicate)
    advance(world, record, setup, setup.months, counts, measures)
    return Trajectory(replicate, draw_of(replicate), counts, measures.astype(np.float32), values)


def warm_up(setup: Setup, seed: int) -> None:
    """Compile, or load, the monthly rules once, so that threads do not all wait to do it."""
    with compile_lock():
        record = parameters.as_record(draw_for(setup, seed, 0))
        counts, measures = np.zeros((1, len(COUNTS))), np.zeros((1, len(MEASURES)))
        advance(create(record, seed, 0), record, setup, 1, counts, measures)


def run(
    setup: Setup, seed: int, replicates: range, workers: int | None = None
) -> Iterator[Trajectory]:
    """Yield the trajectories of ``replicates`` in order, while later ones are being run.

    The same setup, seed and replicate give the same trajectory on any number of workers. When the
    caller stops early, running replicates finish and waiting ones are dropped.

    Args:
        setup: policy and horizon.
        seed: seed of the ensemble, below 2**64.
        replicates: numbers of the replicates to run.
        workers: threads; by default one a processor.
    """
    workers = workers or os.cpu_count() or 1
    warm_up(setup, seed)
    waiting: deque[Future[Trajectory]] = deque()
    pool = ThreadPoolExecutor(workers)
    try:
        for replicate in replicates:
            waiting.append(pool.submit(run_one, setup, seed, replicate))
            if len(waiting) >= workers + AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
