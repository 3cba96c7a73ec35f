"""Many replicates at once: in threads without the interpreter's lock, yielded in order."""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import parameters
from sim.dependence import places
from sim.engine.driver import Checked, bound, check
from sim.engine.inputs import Inputs
from sim.engine.own import blamed, changed, owners
from sim.engine.schedule import Schedule
from sim.model.rules.month import CLOCK
from sim.model.rules.variants import month_of_variants
from sim.model.world.aims import set_aims
from sim.model.world.conditions import in_month
from sim.model.world.history import write_history
from sim.model.world.layout import MEASURES
from sim.model.world.population import create
from sim.model.world.setup import Belief, Setup
from sim.model.world.world import World, grow
from sim.sampling import LUCKS_A_DRAW, draw_of
from sim.shuffle import row_of
from sim.text.logs import Said

LOG = logging.getLogger(__name__)
AHEAD = 4
"""Replicates finished ahead of the one that is waited for, besides one a worker."""
TRIES = 256
"""Trajectories tried for a replicate until one agrees with the facts."""
WATCHED = 7
"""In every so many-th month processes from files are held to what they declare, in a run before all
others: it shares no factor with twelve, so that every time of the year has its turn."""
STRIDE = 1 << 20
"""What the number of a trajectory grows by from one try to the next: more than replicates asked."""

Create = Callable[[NDArray[np.void], int, int], World]
"""Draws a world of October 2022 from a parameter draw (shape (1,)), a seed and a luck's number."""


class ContradictedError(Exception):
    """No trajectory that was tried agrees with the facts."""


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
    tries: int = 1
    """Trajectories that it took to find one that agrees with the facts."""


def draw_number(setup: Setup, replicate: int) -> int:
    """Return the number of the parameter draw that a replicate, or a later try of one, has."""
    if setup.draws is not None and setup.draws.in_order:
        return replicate // LUCKS_A_DRAW
    return draw_of(replicate)


def tries_of(setup: Setup, replicate: int, draw: int) -> int:
    """Return how many trajectories were tried for a replicate that has a parameter draw."""
    tries = (replicate + attempt * STRIDE for attempt in range(TRIES))
    numbers = (draw_number(setup, number) for number in tries)
    return 1 + next(attempt for attempt, number in enumerate(numbers) if number == draw)


def draw_for(setup: Setup, seed: int, replicate: int) -> dict[str, float]:
    """Return the parameters of a replicate, as its scenario leaves them."""
    if setup.design is None:
        return draw_values(setup, seed, draw_number(setup, replicate))
    row = setup.design.values[replicate].tolist()
    given = {**parameters.defaults(), **dict(zip(setup.design.names, row, strict=True))}
    return parameters.changed(given, setup.overrides, setup.multipliers)


def draw_values(setup: Setup, seed: int, draw: int) -> dict[str, float]:
    """Return the values of a parameter draw, as its scenario leaves them."""
    origin, number = _source(setup, seed, draw)
    fixed = (*_believed(setup.beliefs, origin, number), *setup.overrides)
    return parameters.draw(origin, number, fixed, setup.multipliers)


def _believed(beliefs: tuple[Belief, ...], seed: int, number: int) -> Iterator[tuple[str, float]]:
    """Yield what experts' distributions give where the draw would have placed the priors' own."""
    if beliefs:
        placed = places(seed, number, tuple(each.name for each in beliefs))
        for each, u in zip(beliefs, placed, strict=True):
            yield each.name, each.quantile(u)


def _source(setup: Setup, seed: int, draw: int) -> tuple[int, int]:
    """Return the seed and number of the draw from the prior that a parameter draw is."""
    if setup.draws is None:
        return seed, draw
    numbers = setup.draws.numbers
    if setup.draws.in_order:
        return setup.draws.seed, numbers[draw]
    return setup.draws.seed, numbers[row_of(len(numbers), seed, draw)]


def begin(
    setup: Setup, seed: int, replicate: int, create: Create = create
) -> tuple[dict[str, float], World]:
    """Return the parameters and the world of October 2022 of a replicate, known facts included.

    ``create`` may be given to draw the world in some other way than each time anew.
    """
    values = draw_for(setup, seed, replicate)
    luck = replicate if setup.design is None else int(setup.design.lucks[replicate])
    world = create(parameters.as_record(values), seed, luck)
    set_aims(world.city, setup.aims)
    write_history(world, setup)
    return values, world


def schedule_of(setup: Setup) -> Schedule:
    """Return the processes of a month of a run, in order.

    Raises:
        Problem: a process from a file cannot be used.
    """
    return changed(month_of_variants(setup.variants), setup.processes, len(MEASURES))


def advance(
    world: World,
    record: NDArray[np.void],
    setup: Setup,
    until: int,
    counts: NDArray[np.float64],
    measures: NDArray[np.float64],
    schedule: Schedule | None = None,
    many: bool = False,
) -> World:
    """Run a world up to month ``until`` (exclusive), growing its tables where they get short.

    Args:
        world: the state, changed in place.
        record: shape (1,), the parameter draw.
        setup: policy and horizon.
        until: month to stop before.
        counts: shape (months, 13), filled for the months that are run.
        measures: shape (months, measures), likewise.
        schedule: of a month; None: the setup's.
        many: run by the code for many months in a row, which turns large tables for them.

    Returns:
        The world, or its grown successor.

    Raises:
        OverflowError: a month brought more births than a table keeps room for.
        Problem: a process from a file cannot be used.
    """
    inputs = Inputs(record, setup.dose, setup.reach, counts, measures)
    schedule = schedule or schedule_of(setup)
    while True:
        world = grow(world)
        month = int(world.city["month"][0])
        given = in_month(inputs, setup.conditions, month)
        turn = setup.conditions.next_turn(month, until)
        bound(world, given).months(schedule, CLOCK, turn, many)
        if world.city["overflow"][0]:
            raise OverflowError("a month had more births than the tables keep room for")
        if world.city["month"][0] >= until:
            return world


def run_one(
    setup: Setup,
    seed: int,
    replicate: int,
    create: Create = create,
    schedule: Schedule | None = None,
) -> Trajectory:
    """Run one replicate from October 2022 to the end of its horizon.

    Where counts are known, trajectories are tried until one agrees with all of them, which makes
    the replicate an exact draw from what the model holds possible given the facts (rejection
    sampling; each try has parameters and luck of its own). A schedule may be given, such as one
    with couplings held; None is the setup's.

    Raises:
        ContradictedError: none of them did.
    """
    for attempt in range(TRIES if setup.observed else 1):
        number = replicate + attempt * STRIDE
        found = _attempt(setup, seed, number, create, schedule)
        if found is not None:
            counts, measures, values = found
            narrow = measures.astype(np.float32)
            draw = draw_number(setup, number)
            if attempt:
                LOG.info(Said("tries", replicate=replicate, tries=attempt + 1))
            return Trajectory(replicate, draw, counts, narrow, values, attempt + 1)
    raise ContradictedError(
        f"none of {TRIES} trajectories of replicate {replicate} agrees with facts"
    )


def paths_of(
    setup: Setup, seed: int, replicate: int, couplings: Sequence[str]
) -> dict[str, NDArray[Any]]:
    """Return what the readers of couplings see in a replicate, each of shape (months, ...).

    Raises:
        Problem: there is no such coupling, or it cannot be held.
    """
    schedule, found = schedule_of(setup).recorded(*couplings)
    run_one(setup, seed, replicate, schedule=schedule)
    return {name: each.path() for name, each in found.items()}


def accepted(setup: Setup, seed: int, replicate: int) -> int:
    """Return the number whose luck and parameters a replicate has: its own, or a later try's.

    Raises:
        ContradictedError: no try agrees with the facts.
    """
    if not setup.observed:
        return replicate
    return replicate + (run_one(setup, seed, replicate).tries - 1) * STRIDE


def _attempt(
    setup: Setup, seed: int, number: int, create: Create, schedule: Schedule | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], dict[str, float]] | None:
    """Return counts, measures and parameters of a trajectory; None as soon as a fact fails."""
    values, world = begin(setup, seed, number, create)
    record = parameters.as_record(values)
    counts, measures = setup.nothing_recorded()
    for fact in setup.observed:
        world = advance(world, record, setup, fact.month + 1, counts, measures, schedule, many=True)
        if not fact.low <= counts[fact.month, fact.column] <= fact.high:
            return None
    advance(world, record, setup, setup.months, counts, measures, schedule, many=True)
    return counts, measures, values


def warm_up(setup: Setup, seed: int, many: bool = True) -> None:
    """Compile, or load, the monthly rules once, so that threads do not all wait to do it.

    Args:
        setup: what is to be run.
        seed: of it.
        many: for whole runs; not for processes or months one by one.

    Raises:
        Problem: a process from a file cannot be used, or does what it does not declare.
    """
    _watch(setup, seed, create)
    record = parameters.as_record(draw_for(setup, seed, 0))
    advance(create(record, seed, 0), record, setup, 1, *setup.nothing_recorded(1), many=many)


def _watch(setup: Setup, seed: int, create: Create) -> None:
    """Run a replicate in which processes and measures from files are held to what they declare.

    Raises:
        Problem: one does something else, or fails.
    """
    own = owners(setup.processes, len(MEASURES))
    if not own:
        return
    schedule = schedule_of(setup)
    record = parameters.as_record(draw_for(setup, seed, 0))
    inputs = Inputs(record, setup.dose, setup.reach, *setup.nothing_recorded())
    world = create(record, seed, 0)
    for month in range(setup.months):
        world = grow(world)
        world.city["month"] = month
        given = in_month(inputs, setup.conditions, month)
        usual, checked = bound(world, given), Checked(world, given)
        for each in schedule:
            if each in own and month % WATCHED == 0:
                with blamed(own[each]):
                    check(each, checked.watched(each, month), schedule)
            else:
                usual.run(each, month)


def run(
    setup: Setup, seed: int, replicates: range, workers: int | None = None
) -> Generator[Trajectory, None, None]:
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
    first, last, began = replicates.start, replicates.stop - 1, time.perf_counter()
    LOG.info(Said("started", first=first, last=last, workers=workers))
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
        took = f"{time.perf_counter() - began:.1f}"
        LOG.info(Said("ended", first=first, last=last, seconds=took))
