"""Replicates of one scenario in order: those that a store keeps are read, all others run and kept.

A run that is killed loses no more than the block that it was in.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import groupby

import pyarrow as pa

from sim import ensemble
from sim.ensemble import Trajectory
from sim.scenario import Scenario
from sim.store.block import REPLICATES, Done, Kept, Task, packed, unpacked
from sim.store.store import REPLACE, Damaged, Store, check_version
from sim.store.work import Where, runner
from sim.text.catalogue import worded


def trajectories(
    scenario: Scenario, seed: int, replicates: range, where: Where, store: Store | None
) -> Iterator[Trajectory]:
    """Yield the trajectories of some replicates in order.

    Args:
        scenario: what is run.
        seed: of the ensemble.
        replicates: their numbers, from the first of a block on.
        where: threads or a cluster; a cluster needs a store.
        store: where whole blocks are kept; None keeps nothing.

    Raises:
        Problem: the store or the cluster cannot be used.
        ContradictedError: no trajectory agrees with the facts.
        OverflowError: a month had more births than the tables keep room for.
    """
    if store is None:
        yield from ensemble.run(scenario.setup(), seed, replicates, where.workers)
        return
    mark = scenario.hash()
    folder, setup = store.folder_of(mark), scenario.setup()
    tasks = {
        first: Task(setup, seed, first, mark, whole=True)
        for first in range(replicates.start, replicates.stop, REPLICATES)
    }
    missing = store.missing(folder, seed, replicates, whole=True)
    if len(replicates) >= REPLICATES:
        store.describe(scenario, mark)
    if where.cluster is not None and missing:
        _on_cluster([tasks[first] for first in missing], folder, where, store)
        missing = []
    kept = store.one_each(folder, seed, whole=True)
    for run, firsts in groupby(tasks, key=lambda first: first in missing):
        blocks = list(firsts)
        stop = min(blocks[-1] + REPLICATES, replicates.stop)
        if run:
            yield from _run([tasks[first] for first in blocks], stop, folder, where, store)
        else:
            for first in blocks:
                yield from _read(kept[first], tasks[first], store)[: stop - first]


def _run(
    tasks: list[Task], stop: int, folder: str, where: Where, store: Store
) -> Iterator[Trajectory]:
    """Run blocks that follow each other, and keep each that is full."""
    due, block = iter(tasks), list[Trajectory]()
    span = range(tasks[0].first, stop)
    with closing(ensemble.run(tasks[0].setup, tasks[0].seed, span, where.workers)) as running:
        for trajectory in running:
            block.append(trajectory)
            if len(block) == REPLICATES:
                task = next(due)
                store.write(folder, task, packed(task, block))
                block.clear()
            yield trajectory


def _on_cluster(tasks: list[Task], folder: str, where: Where, store: Store) -> None:
    """Run blocks on a cluster, and keep each as it comes."""
    with runner(where) as run, closing(run((task.first, task) for task in tasks)) as results:
        for _, task, done in results:
            check_version(done)
            _raise_failure(done, task)
            store.write(folder, task, done)


def _raise_failure(done: Done, task: Task) -> None:
    if done.failure:
        kind = ensemble.ContradictedError if task.setup.observed else OverflowError
        raise kind(done.failure)


def _read(block: Kept, task: Task, store: Store) -> list[Trajectory]:
    try:
        return unpacked(store.read(block), task)
    except (pa.ArrowException, KeyError, ValueError) as error:
        expected = worded("expected.whole_block")
        raise Damaged(block.path, "", type(error).__name__, expected, REPLACE) from error
