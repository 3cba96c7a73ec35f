"""The store loses nothing: run once, found again, damage noticed, two writers, a full disk."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from sim.experiments.block import REPLICATES, Task, run_block
from sim.experiments.fill import Sample, fill, load
from sim.experiments.inventory import ask, chosen, damaged, entries, remove
from sim.experiments.store import DAMAGED, DRAFTS, Store
from sim.experiments.work import Where
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario

HERE = Where(2)
SAMPLE = Sample(7, 3 * REPLICATES)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def scenarios() -> list[Scenario]:
    return [read_scenario(name) for name in ("as-written", "business-as-usual")]


def files(store: Store) -> dict[str, bytes]:
    """Return all files of a store by their place in it, drafts aside."""
    root = Path(store.root)
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and DRAFTS not in path.parts
    }


@pytest.mark.usefixtures("quick")
def test_a_run_asked_for_twice_is_read_and_not_repeated(
    store: Store, scenarios: list[Scenario]
) -> None:
    seen: list[tuple[int, int]] = []
    ran = fill(scenarios, SAMPLE, store, HERE, lambda *at: seen.append(at))
    assert ran == 2 * SAMPLE.replicates
    assert seen[0] == (0, 96)
    assert seen[-1] == (96, 96)
    assert fill(scenarios, SAMPLE, store, HERE) == 0
    before = files(store)
    assert fill(scenarios, Sample(7, SAMPLE.replicates + 1), store, HERE) == 2 * REPLICATES
    after = files(store)
    assert {name: after[name] for name in before} == before  # an ensemble that grows keeps its own


@pytest.mark.usefixtures("quick")
def test_scenarios_that_do_the_same_are_run_once(store: Store, scenarios: list[Scenario]) -> None:
    assert fill([scenarios[0], scenarios[0]], SAMPLE, store, HERE) == SAMPLE.replicates


@pytest.mark.usefixtures("quick")
def test_what_is_read_is_what_was_run(store: Store, scenarios: list[Scenario]) -> None:
    from tests.experiments.conftest import made_up

    fill(scenarios[:1], SAMPLE, store, HERE)
    found = load(scenarios[0], Sample(7, 20), store)
    assert found.counts.shape == (20, 99, 13)
    assert found.draws.tolist() == [number // 2 for number in range(20)]
    for replicate in (0, 15, 16, 19):
        expected = made_up(scenarios[0].setup(), 7, replicate)
        assert (found.counts[replicate] == expected.counts).all()
        assert (found.measures[replicate] == expected.measures[2::12]).all()


def test_the_same_bytes_from_any_number_of_threads_and_from_other_processes(
    tmp_path: Path, scenarios: list[Scenario]
) -> None:
    """Real replicates: one thread, two threads, and two Dask workers in processes of their own."""
    sample, made = Sample(2022, 2 * REPLICATES), []
    for name, where in (("one", Where(1)), ("two", Where(2)), ("dask", Where(1, "local:2"))):
        store = Store(str(tmp_path / name))
        fill(scenarios[:1], sample, store, where)
        made.append(files(store))
    assert len(made[0]) == 3
    assert made[0] == made[1] == made[2]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "flipped": lambda content: content[:99] + bytes([content[99] ^ 1]) + content[100:],
    "cut short": lambda content: content[:-7],
    "empty": lambda _: b"",
}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_block_is_noticed_set_aside_and_run_again(
    store: Store, scenarios: list[Scenario], how: str
) -> None:
    fill(scenarios, SAMPLE, store, HERE)
    before = files(store)
    block = store.blocks(store.folder(scenarios[0]), SAMPLE.seed)[1]
    Path(block.path).write_bytes(DAMAGE[how](Path(block.path).read_bytes()))
    with pytest.raises(Problem, match="damaged"):
        load(scenarios[0], SAMPLE, store)
    assert [each.path for each in damaged(store, repair=False)] == [block.path]
    assert fill(scenarios, SAMPLE, store, HERE) == REPLICATES
    after = files(store)
    aside = [name for name in after if name.startswith(DAMAGED)]
    assert len(aside) == 1
    assert {name: after[name] for name in before} == before
    assert damaged(store, repair=True) == []


@pytest.mark.usefixtures("quick")
def test_what_is_not_a_block_is_left_alone(store: Store, scenarios: list[Scenario]) -> None:
    fill(scenarios[:1], SAMPLE, store, HERE)
    stranger = Path(store.folder(scenarios[0])) / "s7" / "notes.txt"
    stranger.write_text("mine", encoding="utf-8")
    assert fill(scenarios[:1], SAMPLE, store, HERE) == 0
    assert stranger.read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("quick")
def test_two_writers_end_with_the_files_of_one(
    store: Store, tmp_path: Path, scenarios: list[Scenario]
) -> None:
    alone = Store(str(tmp_path / "alone"))
    fill(scenarios, SAMPLE, alone, HERE)
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(fill, scenarios, SAMPLE, store, Where(1)) for _ in range(2)]
        for each in both:
            each.result()
    assert files(store) == files(alone)


@pytest.mark.usefixtures("quick")
def test_a_full_disk_stops_with_one_message_and_keeps_what_was_there(
    store: Store, scenarios: list[Scenario], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(scenarios[:1], SAMPLE, store, HERE)
    before = files(store)

    def full(path: str, content: bytes) -> None:
        Path(path).write_bytes(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    monkeypatch.setattr(store.files, "pipe_file", full)
    with pytest.raises(Problem, match="No space left") as told:
        fill(scenarios, SAMPLE, store, HERE)
    assert told.value.hint is not None
    assert files(store) == before
    assert not any((Path(store.root) / DRAFTS).iterdir())


KILLED = """
import sys, time
import sim.ensemble as ensemble
from tests.experiments.conftest import made_up
ensemble.run_one = lambda *given: (time.sleep(0.002), made_up(*given))[1]
ensemble.warm_up = lambda *_: None
from sim.experiments.fill import Sample, fill
from sim.experiments.store import Store
from sim.experiments.work import Where
from sim.scenario import read_scenario
print("ready", flush=True)
scenarios = [read_scenario(name) for name in ("as-written", "business-as-usual")]
fill(scenarios, Sample(7, 128), Store(sys.argv[1]), Where(2))
"""


@pytest.mark.usefixtures("quick")
def test_a_sweep_killed_at_any_moment_goes_on_and_ends_with_the_same_bytes(
    store: Store, tmp_path: Path, scenarios: list[Scenario]
) -> None:
    """SIGKILL at twenty random moments: what stands under its name is always whole."""
    never_killed = Store(str(tmp_path / "never"))
    fill(scenarios, Sample(7, 128), never_killed, HERE)
    whole, moment = files(never_killed), random.Random(3)
    kills = 0
    for _ in range(60):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, store.root],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None
        process.stdout.readline()
        if kills < 20:
            time.sleep(moment.uniform(0.0, 0.25))
            process.send_signal(signal.SIGKILL)
            kills += 1
        status = process.wait()
        process.stdout.close()
        now = files(store)
        assert all(whole[name] == content for name, content in now.items())
        if status == 0:
            break
    assert kills >= 10
    assert files(store) == whole


@pytest.mark.usefixtures("quick")
def test_any_place_that_fsspec_knows_will_do(scenarios: list[Scenario]) -> None:
    memory = Store("memory://experiments")
    fill(scenarios[:1], SAMPLE, memory, HERE)
    assert load(scenarios[0], SAMPLE, memory).counts.shape == (48, 99, 13)
    with pytest.raises(Problem, match="nowhere"):
        Store("nowhere://x")


@pytest.mark.usefixtures("quick")
def test_a_block_of_another_version_is_refused(store: Store, scenarios: list[Scenario]) -> None:
    task = Task(scenarios[0].setup(), 7, 0)
    other = run_block(task)._replace(model_hash="0" * 64)
    with pytest.raises(Problem, match="another version"):
        store.write(store.folder(scenarios[0]), task, other)
    assert entries(store) == []


@pytest.mark.usefixtures("quick")
def test_the_inventory_lists_asks_and_removes(store: Store, scenarios: list[Scenario]) -> None:
    assert entries(store) == []
    fill(scenarios, SAMPLE, store, HERE)
    listed = {entry.said["id"]: entry for entry in entries(store)}
    assert set(listed) == {"as-written", "business-as-usual"}
    assert all(entry.replicates == 48 and entry.current for entry in listed.values())
    names, rows = ask(store, "select scenario, avg(output) from months where month = 98 group by 1")
    assert names[0] == "scenario"
    found = load(scenarios[0], SAMPLE, store)
    assert dict(rows)["as-written"] == pytest.approx(np.mean(found.counts[:, 98, 0]))
    with pytest.raises(Problem, match="SQL"):
        ask(store, "selec")
    with pytest.raises(Problem, match="as-written"):
        chosen(store, "nobody", other_versions=False)
    assert chosen(store, None, other_versions=True) == []
    remove(store, chosen(store, "as-written", other_versions=False))
    assert [entry.said["id"] for entry in entries(store)] == ["business-as-usual"]


def test_what_is_removed_leaves_no_empty_folder_and_no_name_removes_nothing(
    store: Store, scenarios: list[Scenario]
) -> None:
    fill(scenarios[:1], Sample(2022, REPLICATES), store, Where(1))
    with pytest.raises(Problem):
        chosen(store, "", other_versions=False)
    remove(store, chosen(store, None, other_versions=False))
    left = [path for path in Path(store.root).rglob("*") if path.name != ".drafts"]
    assert left == []
