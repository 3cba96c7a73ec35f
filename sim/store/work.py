"""Where blocks are run: threads here, or a Dask cluster; same code, same bytes."""

import logging
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sim.problems import Problem
from sim.scenario.place import shorten
from sim.store.block import Done, Task, run_block, warm_up_once
from sim.store.cluster import connected, wait_for_a_worker
from sim.text.catalogue import worded
from sim.text.logs import Said

if TYPE_CHECKING:
    from distributed import Client

LOG = logging.getLogger(__name__)
AHEAD = 2
"""Blocks under way for each worker: the next one waits beside the one that is run."""
LEAST_AHEAD = 8
"""Blocks under way where there are no workers yet: a cluster that grows on demand sees some."""

Label = TypeVar("Label")
Job = tuple[Label, Task]
Runner = Callable[[Iterable[Job[Any]]], Generator[tuple[Any, Task, Done], None, None]]
"""Runs jobs, holding few at a time, and yields each with what came of it."""


class Where(NamedTuple):
    """Where to run."""

    workers: int
    """Threads on this machine, unless there is a cluster."""
    cluster: str | None = None
    """``tcp://...`` of a Dask scheduler, or ``local:N`` for N processes on this machine."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads(where: Where) -> int:
    """Return on how many threads an experiment will run.

    Raises:
        Problem: there is no such cluster, or it has no worker in time.
    """
    if where.cluster is None:
        return where.workers
    kind, _, rest = where.cluster.partition(":")
    if kind == "local" and rest.isdecimal():
        return int(rest)  # processes with one thread each, started when there is work
    with connected(where.cluster) as client:
        return sum(client.nthreads().values())


@contextmanager
def runner(where: Where) -> Iterator[Runner]:
    """Open a place to run blocks in.

    Raises:
        Problem: there is no such cluster, or it has no worker in time.
    """
    if where.cluster is None:
        yield lambda jobs: _in_threads(jobs, where.workers)
        return
    with connected(where.cluster) as client:
        yield lambda jobs: _on_cluster(jobs, client)


def _in_threads(
    jobs: Iterable[Job[Label]], workers: int
) -> Generator[tuple[Label, Task, Done], None, None]:
    """Run jobs in threads and yield them in order; stopping early drops what has not begun."""
    waiting: deque[tuple[Label, Task, Future[Done]]] = deque()
    pool = ThreadPoolExecutor(workers)
    try:
        for label, task in jobs:
            warm_up_once(task)
            waiting.append((label, task, pool.submit(run_block, task)))
            if len(waiting) >= workers * AHEAD:
                yield _finished(waiting.popleft())
        while waiting:
            yield _finished(waiting.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _finished(job: tuple[Label, Task, "Future[Done]"]) -> tuple[Label, Task, Done]:
    label, task, future = job
    return label, task, future.result()


def _on_cluster(
    jobs: Iterable[Job[Label]], client: "Client"
) -> Generator[tuple[Label, Task, Done], None, None]:
    """Run jobs on a Dask cluster and yield them as they finish.

    A block whose worker is lost is run again elsewhere, a few times; what a scheduler had under way
    that was started anew is handed in again.

    Raises:
        Problem: the cluster is lost, or cannot run a block at all.
    """
    from distributed import as_completed
    from distributed.client import FutureCancelledError

    queue = iter(jobs)
    labels: dict[Any, Job[Label]] = {}

    def submit(job: Job[Label]) -> Any:
        future = client.submit(run_block, job[1], pure=False)
        labels[future.key] = job
        return future

    with _lost():
        running = as_completed(
            [submit(job) for job in islice(queue, _room(client))], loop=client.loop
        )
    while labels:
        with _lost():
            future = next(running)
            label, task = labels.pop(future.key)
            try:
                done: Done = future.result()
            except FutureCancelledError:
                LOG.warning(Said("block_again", first=task.first))
                wait_for_a_worker(client)
                running.add(submit((label, task)))
                continue
            future.release()
            for job in islice(queue, _room(client) - len(labels)):  # workers come and go
                running.add(submit(job))
        yield label, task, done


def _room(client: "Client") -> int:
    threads: int = sum(client.nthreads().values())
    return max(AHEAD * threads, LEAST_AHEAD)


@contextmanager
def _lost() -> Iterator[None]:
    """Tell of a cluster that no longer answers, or whose workers cannot do their work.

    Raises:
        Problem: so it is.
    """
    try:
        yield
    except Problem:
        raise
    except Exception as error:  # whatever happened on a worker comes back as it was raised there
        expected = worded("expected.workers")
        hint = worded("hint.kept")
        found = shorten(f"{type(error).__name__}: {error}")
        raise Problem("--cluster", "", found, expected, hint) from error
