"""Where blocks are run: threads here, or a Dask cluster; same code, same bytes."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sim import ensemble
from sim.experiments.block import Done, Task, run_block
from sim.language import Text
from sim.problems import Problem

if TYPE_CHECKING:
    from distributed import Client

AHEAD = 2
"""Blocks under way for each worker: the next one waits beside the one that is run."""
RETRIES = 5
"""Times that a block is tried again when the worker that ran it is lost."""
PATIENCE = "10s"
"""How long a cluster may take to answer."""

Label = TypeVar("Label")
Job = tuple[Label, Task]
Runner = Callable[[Iterable[Job[Any]]], Iterator[tuple[Any, Task, Done]]]
"""Runs jobs, holding few at a time, and yields each with what came of it."""


class Where(NamedTuple):
    """Where to run."""

    workers: int
    """Threads on this machine, unless there is a cluster."""
    cluster: str | None = None
    """``tcp://...`` of a Dask scheduler, or ``local:N`` for N processes on this machine."""


@contextmanager
def runner(where: Where) -> Iterator[Runner]:
    """Open a place to run blocks in.

    Raises:
        Problem: there is no such cluster.
    """
    if where.cluster is None:
        yield lambda jobs: _in_threads(jobs, where.workers)
        return
    with _client(where.cluster) as client:
        yield lambda jobs: _on_cluster(jobs, client)


def _in_threads(jobs: Iterable[Job[Label]], workers: int) -> Iterator[tuple[Label, Task, Done]]:
    """Run jobs in threads and yield them in order; stopping early drops what has not begun."""
    waiting: deque[tuple[Label, Task, Future[Done]]] = deque()
    pool = ThreadPoolExecutor(workers)
    warm = False
    try:
        for label, task in jobs:
            if not warm:
                ensemble.warm_up(task.setup, task.seed)
                warm = True
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


def _on_cluster(jobs: Iterable[Job[Label]], client: "Client") -> Iterator[tuple[Label, Task, Done]]:
    """Run jobs on a Dask cluster and yield them as they finish."""
    from distributed import as_completed

    queue = iter(jobs)
    labels: dict[Any, Job[Label]] = {}

    def submit(job: Job[Label]) -> Any:
        future = client.submit(run_block, job[1], pure=False, retries=RETRIES)
        labels[future.key] = job
        return future

    room = AHEAD * max(1, sum(client.nthreads().values()))
    running = as_completed([submit(job) for job in islice(queue, room)])
    for future in running:
        label, task = labels.pop(future.key)
        done: Done = future.result()
        future.release()
        for job in islice(queue, 1):
            running.add(submit(job))
        yield label, task, done


@contextmanager
def _client(cluster: str) -> Iterator["Client"]:
    """Connect to a Dask cluster, or start one on this machine.

    Raises:
        Problem: there is no such cluster.
    """
    from distributed import Client, LocalCluster

    expected = Text("tcp://HOST:PORT or local:N", "tcp://主机:端口 或 local:N")
    kind, _, rest = cluster.partition(":")
    if kind == "local":
        if not (rest.isdigit() and 1 <= int(rest) <= 4 * (os.cpu_count() or 1)):
            raise Problem("--cluster", "", cluster, expected)
        with (
            LocalCluster(n_workers=int(rest), threads_per_worker=1, dashboard_address=":0") as own,
            Client(own) as client,
        ):
            yield client
        return
    try:
        client = Client(cluster, timeout=PATIENCE)
    except (OSError, ValueError, TypeError) as error:
        hint = Text(f"no scheduler answers: {error}", f"调度器无应答：{error}")
        raise Problem("--cluster", "", cluster, expected, hint) from error
    with client:
        yield client
