"""A connection to a Dask cluster that can do something: it answers, and it has a worker."""

import asyncio
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from sim.digest import model_hash
from sim.language import Text
from sim.problems import Problem
from sim.scenario.place import shorten
from sim.store import undone
from sim.text.catalogue import worded
from sim.text.logs import Said

if TYPE_CHECKING:
    from distributed import Client

LOG = logging.getLogger(__name__)
LOOPBACK = "127.0.0.1:0"
"""Where Dask's own pages are served: to this machine alone, on a free port."""
PATIENCE = 10.0
"""Seconds that a scheduler may take to answer."""
RETURN = "60s"
"""How long a scheduler that was there may be away: it is started anew in less."""
FIRST_WORKER = 60.0
"""Seconds that a cluster may take to have its first worker; processes and pods start in less."""


@contextmanager
def connected(cluster: str) -> Iterator["Client"]:
    """Connect to a Dask cluster (``tcp://...``), or start one on this machine (``local:N``).

    Raises:
        Problem: there is no such cluster, it has no worker in time, or one of its workers has
            another version of the model.
    """
    kind, _, rest = cluster.partition(":")
    if kind == "local":
        if not (rest.isdecimal() and 1 <= int(rest) <= 4 * (os.cpu_count() or 1)):
            raise _no_cluster(cluster)
        with _started(int(rest)) as client:
            yield client
        return
    with _at_scheduler(cluster) as client:
        wait_for_a_worker(client)
        _check_versions(client, cluster)
        workers = len(client.scheduler_info()["workers"])
        LOG.info(Said("connected", cluster=cluster, workers=workers))
        yield client


@contextmanager
def _started(workers: int) -> Iterator["Client"]:
    from distributed import Client, LocalCluster

    with ExitStack() as ends:
        with _unheard_by_workers():
            cluster = ends.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    dashboard_address=LOOPBACK,
                    silence_logs=logging.CRITICAL,  # at its end it logs whatever that cuts short
                )
            )
            ends.enter_context(undone(cluster.close))
        LOG.info(Said("connected", cluster=f"local:{workers}", workers=workers))
        yield ends.enter_context(Client(cluster))


@contextmanager
def _unheard_by_workers() -> Iterator[None]:
    """Start processes that Ctrl-C in their terminal does not reach: this one ends them."""
    resource_tracker.ensure_running()  # started later, it would take the block away
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _at_scheduler(address: str) -> "Client":
    from distributed import Client

    try:
        if "://" not in address:
            raise ValueError(address)
        # A client that finds nobody leaves a thread behind that ends in a traceback: knock first.
        asyncio.run(_knock(address))
        return Client(address, timeout=RETURN, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise _no_cluster(address, worded("store.no_scheduler")) from error


async def _knock(address: str) -> None:
    """Connect to a scheduler, with the TLS options that Dask's configuration has.

    Raises:
        OSError, ValueError, TypeError, RuntimeError: nobody answers, or there cannot be anybody.
    """
    from distributed.comm import connect
    from distributed.security import Security

    known = Security().get_connection_args("client")
    # Dask's own limit ends with the connection; what listens there may then say nothing for ever.
    async with asyncio.timeout(PATIENCE):
        connection = await connect(address, timeout=PATIENCE, **known)
    connection.abort()


def wait_for_a_worker(client: "Client") -> None:
    """Wait for a first worker; a small task lets a cluster that grows on demand start one.

    Raises:
        Problem: there is none in time.
    """
    asked = client.submit(int, pure=False)
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER)
    except TimeoutError as error:
        raise _without_workers(client.scheduler.address) from error
    finally:
        asked.cancel()


def _check_versions(client: "Client", address: str) -> None:
    """Ask every worker for its version of the model.

    Raises:
        Problem: one has another version, or none at all.
    """
    own = model_hash()
    for worker, said in client.run(_version, on_error="return").items():
        if said != own:
            found = f"{worker}: {said[:12] if isinstance(said, str) else shorten(repr(said))}"
            expected = worded("expected.workers_of_version", version=own[:12])
            hint = worded("hint.install_same_version")
            raise Problem("--cluster", address, found, expected, hint)


def _version() -> str:
    """Return the version of the model where this is called, on a worker."""
    return model_hash()


def _no_cluster(cluster: str, hint: Text | None = None) -> Problem:
    host, port = worded("store.host"), worded("store.port")
    return Problem("--cluster", "", cluster, worded("expected.cluster", host=host, port=port), hint)


def _without_workers(address: str) -> Problem:
    seconds = f"{FIRST_WORKER:g}"
    expected = worded("expected.scheduler_with_workers", seconds=seconds)
    hint = worded("hint.start_workers", address=address)
    return Problem("--cluster", "", address, expected, hint)
