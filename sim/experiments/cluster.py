"""A connection to a Dask cluster that can do something: it answers, and it has a worker."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.language import Text
from sim.problems import Problem

if TYPE_CHECKING:
    from distributed import Client

LOOPBACK = "127.0.0.1:0"
"""Where Dask's own pages are served: to this machine alone, on a free port."""
PATIENCE = "10s"
"""How long a scheduler may take to answer."""
FIRST_WORKER = 60.0
"""Seconds that a cluster may take to have its first worker; processes and pods start in less."""


@contextmanager
def connected(cluster: str) -> Iterator["Client"]:
    """Connect to a Dask cluster (``tcp://...``), or start one on this machine (``local:N``).

    Raises:
        Problem: there is no such cluster, or it has no worker in time.
    """
    kind, _, rest = cluster.partition(":")
    if kind == "local":
        if not (rest.isdigit() and 1 <= int(rest) <= 4 * (os.cpu_count() or 1)):
            raise _no_cluster(cluster)
        with _started(int(rest)) as client:
            yield client
        return
    with _at_scheduler(cluster) as client:
        _wait_for_a_worker(client, cluster)
        yield client


@contextmanager
def _started(workers: int) -> Iterator["Client"]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=LOOPBACK
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _at_scheduler(address: str) -> "Client":
    from distributed import Client

    try:
        if "://" not in address:
            raise ValueError(address)
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        hint = Text("no scheduler answers there", "该处没有调度器应答")
        raise _no_cluster(address, hint) from error


def _wait_for_a_worker(client: "Client", address: str) -> None:
    """Wait for a first worker; a small task lets a cluster that grows on demand start one."""
    asked = client.submit(int, pure=False)
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER)
    except TimeoutError as error:
        raise _without_workers(address) from error
    finally:
        asked.cancel()


def _no_cluster(cluster: str, hint: Text | None = None) -> Problem:
    expected = Text("tcp://HOST:PORT or local:N", "tcp://主机:端口 或 local:N")
    return Problem("--cluster", "", cluster, expected, hint)


def _without_workers(address: str) -> Problem:
    seconds = f"{FIRST_WORKER:g}"
    expected = Text(
        f"a scheduler with workers: it is there, but had none for {seconds} seconds",
        f"有工作进程的调度器（调度器有应答，但 {seconds} 秒内没有工作进程）",
    )
    hint = Text(
        f"start some (for example: dask worker {address}) and run the same command again",
        f"请启动工作进程（例如 dask worker {address}）后重新运行同一命令",
    )
    return Problem("--cluster", "", address, expected, hint)
