"""A Dask cluster: a worker may be lost in mid-sweep, and a cluster that is not there is named."""

import os
import signal
import threading
from pathlib import Path

import pytest

from sim.experiments.block import REPLICATES
from sim.experiments.fill import Sample, fill
from sim.experiments.store import Store
from sim.experiments.work import LOOPBACK, Where, runner
from sim.problems import Problem
from sim.scenario import read_scenario
from tests.experiments.test_store import files

SAMPLE = Sample(2022, 3 * REPLICATES)


def test_a_sweep_survives_the_loss_of_a_worker(tmp_path: Path) -> None:
    """Two real worker processes; one is killed once the first block is in."""
    from distributed import Client, LocalCluster

    scenario = read_scenario("as-written")
    alone = Store(str(tmp_path / "alone"))
    fill([scenario], SAMPLE, alone, Where(2))
    shared = Store(str(tmp_path / "shared"))
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=LOOPBACK) as cluster,
        Client(cluster) as client,
    ):
        workers = client.run(os.getpid)
        killed = threading.Event()

        def watch(done: int, _wanted: int) -> None:
            if done >= REPLICATES and not killed.is_set():
                killed.set()
                os.kill(next(iter(workers.values())), signal.SIGKILL)

        fill([scenario], SAMPLE, shared, Where(1, cluster.scheduler_address), watch)
    assert killed.is_set()
    assert files(shared) == files(alone)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "local:0", "local:x", "nonsense"])
def test_a_cluster_that_is_not_there_is_one_clear_problem(
    store: Store, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.experiments.work.PATIENCE", "1s")
    with pytest.raises(Problem, match="--cluster"):
        fill([read_scenario("as-written")], SAMPLE, store, Where(1, address))
    assert not Path(store.root).exists() or files(store).keys() <= set()


def test_a_cluster_of_one_s_own_can_be_reached_from_this_machine_only() -> None:
    before = _listening()
    with runner(Where(1, "local:1")):
        own = _listening() - before
        assert own
        assert {address for address, _ in own} <= {"127.0.0.1", "::1"}


def _listening() -> set[tuple[str, int]]:
    """Return where this process and its children listen."""
    import psutil

    here = psutil.Process()
    found: set[tuple[str, int]] = set()
    for process in (here, *here.children(recursive=True)):
        for each in process.net_connections(kind="tcp"):
            if each.status == psutil.CONN_LISTEN:
                found.add((each.laddr.ip, each.laddr.port))
    return found
