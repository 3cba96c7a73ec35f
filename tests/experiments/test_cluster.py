"""A Dask cluster: a worker may be lost in mid-sweep, and a cluster that is not there is named."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.cli import asking
from sim.cli.asking import ask_if_large
from sim.cli.experiment_options import Asked
from sim.cli.experiment_setting import Setting
from sim.cli.options import Lang
from sim.experiments import cluster
from sim.experiments.block import REPLICATES
from sim.experiments.cluster import LOOPBACK
from sim.experiments.fill import Sample, fill
from sim.experiments.store import Store
from sim.experiments.work import Where, runner
from sim.problems import Problem
from sim.scenario import read_scenario
from tests.experiments.test_store import files

ASKED = Asked(lang=Lang.en)
SAMPLE = Sample(2022, 3 * REPLICATES)


def test_a_sweep_survives_the_loss_of_a_worker(tmp_path: Path) -> None:
    """Two real worker processes; one is killed once the first block is in."""
    from distributed import Client, LocalCluster

    scenario = read_scenario("as-written")
    alone = Store(str(tmp_path / "alone"))
    fill([scenario], SAMPLE, alone, Where(2))
    shared = Store(str(tmp_path / "shared"))
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=LOOPBACK) as own,
        Client(own) as client,
    ):
        workers = client.run(os.getpid)
        killed = threading.Event()

        def watch(done: int, _wanted: int) -> None:
            if done >= REPLICATES and not killed.is_set():
                killed.set()
                os.kill(next(iter(workers.values())), signal.SIGKILL)

        fill([scenario], SAMPLE, shared, Where(1, own.scheduler_address), watch)
    assert killed.is_set()
    assert files(shared) == files(alone)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "local:0", "local:x", "nonsense"])
def test_a_cluster_that_is_not_there_is_one_clear_problem(
    store: Store, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.experiments.cluster.PATIENCE", "1s")
    with pytest.raises(Problem, match="--cluster"):
        fill([read_scenario("as-written")], SAMPLE, store, Where(1, address))
    assert not Path(store.root).exists() or files(store).keys() <= set()


@contextmanager
def process(module: str, *words: str) -> Iterator[None]:
    """Run a program of Dask's in a process of its own, as a person would."""
    command = [sys.executable, "-m", f"distributed.cli.{module}", *words, "--no-dashboard"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as own:
        try:
            yield
        finally:
            own.terminate()


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """Return the address of a scheduler without workers."""
    told = tmp_path / "scheduler.json"
    with process(
        "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told)
    ):
        for _ in range(3000):
            if told.exists() and told.read_text(encoding="utf-8").endswith("}"):
                break
            time.sleep(0.02)
        yield json.loads(told.read_text(encoding="utf-8"))["address"]


def test_a_scheduler_without_workers_is_one_clear_problem_and_not_waited_for_for_ever(
    scheduler: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "FIRST_WORKER", 0.5)
    here = Setting(SAMPLE, Where(1, scheduler), store)
    scenarios = [read_scenario("as-written")]
    with pytest.raises(Problem, match=r"had none for 0\.5 seconds"):
        fill(scenarios, SAMPLE, store, here.where)
    with pytest.raises(Problem, match=r"had none for 0\.5 seconds") as caught:
        ask_if_large(scenarios, here, ASKED._replace(yes=True))
    assert caught.value.where == "--cluster"
    assert caught.value.found == scheduler
    assert scheduler in caught.value.in_("zh")


def test_the_time_told_is_that_of_the_cluster_s_threads(
    scheduler: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is started together with the command, which waits for it."""
    monkeypatch.setattr(asking, "seconds_a_replicate", lambda *_: 6.0)
    here = Setting(Sample(2022, asking.LARGE), Where(1, scheduler), store)
    with (
        process("dask_worker", scheduler, "--nthreads", "5", "--no-nanny"),
        pytest.raises(Problem, match=r"about 400 minutes on 5 threads"),
    ):
        ask_if_large([read_scenario("as-written")], here, ASKED)


@pytest.mark.usefixtures("quick")
def test_what_is_in_the_store_needs_no_cluster(store: Store) -> None:
    scenario = read_scenario("as-written")
    fill([scenario], SAMPLE, store, Where(2))
    here = Setting(SAMPLE, Where(1, "nonsense"), store)
    ask_if_large([scenario], here, ASKED)
    with pytest.raises(Problem, match="--cluster"):
        ask_if_large([read_scenario("without-yulin")], here, ASKED)


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
