"""Protects work on a Dask cluster: scheduler and workers are processes of their own.

Whatever is killed on the way, the blocks are those that threads make; a cluster that is not there,
has no workers or has others than ours is named.
"""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import dask
import pytest

import sim
from sim.cli import asking
from sim.cli.asking import Wanted, ask_about
from sim.cli.experiment_options import Asked
from sim.experiments.sweep_file import read_sweep
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.store import cluster
from sim.store.block import REPLICATES
from sim.store.fill import Sample, fill
from sim.store.store import Store
from sim.store.work import Where, runner
from sim.studies.study import Setting
from tests.experiments.test_store import files

TLS = Path(__file__).parent / "tls"
ASKED = Asked(lang="en")
SAMPLE = Sample(2022, 3 * REPLICATES)

Started = Callable[..., "subprocess.Popen[bytes]"]


@contextmanager
def starting() -> Iterator[Started]:
    """Yield how to start a program of Dask's in a process of its own; all end with the block."""
    with ExitStack() as running:

        def started(
            module: str, *words: str, folder: Path | None = None
        ) -> "subprocess.Popen[bytes]":
            command = [sys.executable, "-m", f"distributed.cli.{module}", *words, "--no-dashboard"]
            quiet = subprocess.DEVNULL
            own = subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=folder)
            running.callback(own.wait)
            running.callback(own.kill)
            return own

        yield started


@pytest.fixture
def start() -> Iterator[Started]:
    """Return how to start programs that end with the test."""
    with starting() as started:
        yield started


@pytest.fixture
def port() -> int:
    return free_port()


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Return the address of a scheduler to which tests bring workers, and take them away again."""
    with starting() as started:
        yield listen(started, free_port())[1]


def listen(
    start: Started, port: int, *words: str, kind: str = "tcp"
) -> tuple["subprocess.Popen[bytes]", str]:
    """Start a scheduler; return its process and its address once somebody can connect."""
    own = start("dask_scheduler", "--host", f"{kind}://127.0.0.1", "--port", str(port), *words)
    for _ in range(1500):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return own, f"{kind}://127.0.0.1:{port}"
        time.sleep(0.02)
    raise AssertionError("no scheduler")


def work(start: Started, address: str, *words: str, **more: Any) -> "subprocess.Popen[bytes]":
    return start("dask_worker", address, "--nthreads", "1", "--no-nanny", *words, **more)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the blocks as threads of this process make them."""
    store = Store(str(tmp_path_factory.mktemp("alone")))
    fill([read_scenario("as-written")], SAMPLE, store, Where(2))
    return files(store)


def test_a_scheduler_without_workers_is_one_clear_problem_and_not_waited_for_for_ever(
    scheduler: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first to come to the scheduler: nobody has brought workers yet."""
    monkeypatch.setattr(cluster, "FIRST_WORKER", 0.5)
    here = Setting(SAMPLE, Where(1, scheduler), store)
    scenarios = [read_scenario("as-written")]
    with pytest.raises(Problem, match=r"had none for 0\.5 seconds"):
        fill(scenarios, SAMPLE, store, here.where)
    with pytest.raises(Problem, match=r"had none for 0\.5 seconds") as caught:
        ask_about([Wanted(scenarios, here)], ASKED._replace(yes=True))
    assert caught.value.where == "--cluster"
    assert caught.value.found == scheduler
    assert scheduler in caught.value.in_("zh")


def test_the_time_told_is_that_of_the_cluster_s_threads(
    start: Started, scheduler: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is started together with the command, which waits for it."""
    monkeypatch.setattr(asking, "seconds_a_replicate", lambda *_: 6.0)
    here = Setting(Sample(2022, asking.LARGE), Where(1, scheduler), store)
    start("dask_worker", scheduler, "--nthreads", "5", "--no-nanny")
    with pytest.raises(Problem, match=r"about 400 minutes on 5 threads"):
        ask_about([Wanted([read_scenario("as-written")], here)], ASKED)


def test_a_sweep_runs_on_processes_as_a_person_starts_them(
    start: Started, scheduler: str, tmp_path: Path
) -> None:
    """Scheduler, worker and command are three processes that share nothing but an address."""
    work(start, scheduler)
    (tmp_path / "two.toml").write_text(
        'base = "as-written"\ndesign = "full"\nreplicates = 16\n'
        'name = { en = "two", zh = "二" }\n'
        '[[factors]]\nlever = "guidance_fund"\nset = "dose"\nvalues = [0, 1]\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "sim", "sweep", "two.toml", "--yes", "--no-figures"]
    place = ["--cluster", scheduler, "--store", "shared"]
    done = subprocess.run(
        [*command, *place], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    shared, own = (Store(str(tmp_path / name)) for name in ("shared", "own"))
    sweep = read_sweep(tmp_path / "two.toml")
    fill(sweep.scenarios, Sample(sweep.base.seed, 16), own, Where(2))
    assert files(shared) == files(own)
    assert sum(name.endswith(".parquet") for name in files(own)) == 2


def test_a_worker_and_then_the_scheduler_may_be_killed(
    start: Started, port: int, store: Store, alone: dict[str, bytes]
) -> None:
    """A block of a killed worker goes to another one.

    Workers end with their scheduler, as Dask's do; others are started with the new one.
    """
    first, address = listen(start, port)
    workers = [work(start, address) for _ in range(2)]
    killed: list[str] = []

    def watch(done: int, _wanted: int) -> None:
        if done >= REPLICATES and not killed:
            killed.append("worker")
            workers[0].kill()
        if done >= 2 * REPLICATES and len(killed) == 1:
            killed.append("scheduler")
            first.kill()
            first.wait()
            listen(start, port)
            work(start, address)

    fill([read_scenario("as-written")], SAMPLE, store, Where(1, address), watch)
    assert killed == ["worker", "scheduler"]
    assert files(store) == alone


def test_a_worker_of_another_version_is_refused_in_words(
    start: Started, scheduler: str, store: Store, tmp_path: Path
) -> None:
    package = Path(sim.__file__).parent
    shutil.copytree(package, tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "sim" / "model" / "rules" / "market.py").open("a", encoding="utf-8") as rule:
        rule.write("ANOTHER = 1\n")
    work(start, scheduler, folder=tmp_path)
    with pytest.raises(Problem, match="this version of the model") as caught:
        fill([read_scenario("as-written")], SAMPLE, store, Where(1, scheduler))
    assert caught.value.where == "--cluster"
    assert "tcp://127.0.0.1" in caught.value.found


def test_a_cluster_over_tls(
    start: Started, port: int, store: Store, alone: dict[str, bytes]
) -> None:
    """Dask's own options: on the command line for its programs, in its configuration for ours."""
    files_of = {"ca-file": "certificate.pem", "cert": "certificate.pem", "key": "key.pem"}
    own = {name: str(TLS / file) for name, file in files_of.items()}
    words = [word for name, path in own.items() for word in (f"--tls-{name}", path)]
    _, address = listen(start, port, *words, kind="tls")
    work(start, address, *words)
    here = Where(1, address)
    with pytest.raises(Problem, match="No scheduler answers there"):
        fill([read_scenario("as-written")], SAMPLE, store, here)
    settings = {
        "distributed.comm.tls.ca-file": own["ca-file"],
        "distributed.comm.tls.client.cert": own["cert"],
        "distributed.comm.tls.client.key": own["key"],
    }
    with dask.config.set(settings):
        fill([read_scenario("as-written")], Sample(2022, REPLICATES), store, here)
    found = files(store)
    assert len(found) == 2
    assert found.items() <= alone.items()


@pytest.mark.parametrize(
    "address",
    [
        *("tcp://127.0.0.1:9", "tls://127.0.0.1:9", "http://127.0.0.1:9", "inproc://x"),
        *("tcp://", "tcp://[::1", "tcp://127.0.0.1:99999", "local:0", "local:x", "nonsense"),
    ],
)
def test_a_cluster_that_is_not_there_is_one_clear_problem(
    store: Store, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with pytest.raises(Problem, match="--cluster"):
        fill([read_scenario("as-written")], SAMPLE, store, Where(1, address))
    assert not Path(store.root).exists() or not files(store)


def test_something_else_that_listens_is_no_scheduler(
    store: Store, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes connections and says nothing, as many services do."""
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", port))
        silent.listen()
        with pytest.raises(Problem, match="No scheduler answers there"):
            fill([read_scenario("as-written")], SAMPLE, store, Where(1, f"tcp://127.0.0.1:{port}"))


@pytest.mark.usefixtures("quick")
def test_what_is_in_the_store_needs_no_cluster(store: Store) -> None:
    scenario = read_scenario("as-written")
    fill([scenario], SAMPLE, store, Where(2))
    here = Setting(SAMPLE, Where(1, "nonsense"), store)
    ask_about([Wanted([scenario], here)], ASKED)
    with pytest.raises(Problem, match="--cluster"):
        ask_about([Wanted([read_scenario("without-yulin")], here)], ASKED)


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
