"""The store loses nothing: run once, found again, damage noticed, two writers, a full disk."""

import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.experiments.questions import ask
from sim.language import Text
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario
from sim.store.block import REPLICATES, Task, run_block
from sim.store.fill import Sample, fill, load
from sim.store.inventory import chosen, clear_drafts, damaged, entries, remove
from sim.store.rerun import at_random, differing
from sim.store.store import DAMAGED, DRAFTS, SCENARIO, Store
from sim.store.work import Where

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
def test_the_rules_are_loaded_once_a_process_and_not_once_a_block(
    store: Store, scenarios: list[Scenario], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[int] = []
    monkeypatch.setattr("sim.store.block._WARM", set())
    monkeypatch.setattr("sim.ensemble.warm_up", lambda _setup, seed: loaded.append(seed))
    fill(scenarios, SAMPLE, store, HERE)
    fill(scenarios, Sample(8, SAMPLE.replicates), store, HERE)
    assert loaded == [7]


@pytest.mark.usefixtures("quick")
def test_scenarios_that_do_the_same_are_run_once(store: Store, scenarios: list[Scenario]) -> None:
    assert fill([scenarios[0], scenarios[0]], SAMPLE, store, HERE) == SAMPLE.replicates


@pytest.mark.usefixtures("quick")
def test_what_is_read_is_what_was_run(store: Store, scenarios: list[Scenario]) -> None:
    from tests.experiments.conftest import made_up

    fill(scenarios[:1], SAMPLE, store, HERE)
    found = load(scenarios[0], Sample(7, 20), store)
    assert found.counts.shape == (20, 99, 13)
    assert found.draws.tolist() == list(range(20))
    for replicate in (0, 15, 16, 19):
        expected = made_up(scenarios[0].setup(), 7, replicate)
        assert (found.counts[replicate] == expected.counts).all()
        assert (found.measures[replicate] == expected.measures[2::12]).all()


def test_the_same_bytes_from_any_number_of_threads(
    tmp_path: Path, scenarios: list[Scenario]
) -> None:
    """Real replicates; what processes of a cluster make is in `test_cluster`."""
    sample, made = Sample(2022, 2 * REPLICATES), []
    for name, where in (("one", Where(1)), ("two", Where(2))):
        store = Store(str(tmp_path / name))
        fill(scenarios[:1], sample, store, where)
        made.append(files(store))
    assert len(made[0]) == 3
    assert made[0] == made[1]


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
    block = store.blocks(store.folder_of(scenarios[0].hash()), SAMPLE.seed)[1]
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
    stranger = Path(store.folder_of(scenarios[0].hash())) / "s7" / "notes.txt"
    stranger.write_text("mine", encoding="utf-8")
    assert fill(scenarios[:1], SAMPLE, store, HERE) == 0
    assert stranger.read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("quick")
def test_a_block_in_another_s_folder_is_damaged(store: Store, scenarios: list[Scenario]) -> None:
    """Its bytes are sound, but it is of another seed: copied by hand, or from another version."""
    fill(scenarios[:1], SAMPLE, store, HERE)
    fill(scenarios[:1], Sample(8, REPLICATES), store, HERE)
    folder = store.folder_of(scenarios[0].hash())
    (stranger,) = store.blocks(folder, 8)
    wrong = Path(folder) / "s7" / Path(stranger.path).name
    Path(store.blocks(folder, 7)[0].path).unlink()
    wrong.write_bytes(Path(stranger.path).read_bytes())
    assert [each.path for each in damaged(store, repair=False)] == [str(wrong)]
    assert fill(scenarios[:1], SAMPLE, store, HERE) == REPLICATES
    assert store.aside == [str(wrong)]
    assert not wrong.exists()
    assert load(scenarios[0], SAMPLE, store).counts.shape == (48, 99, 13)


@pytest.mark.usefixtures("quick")
def test_a_half_written_description_is_written_anew(
    store: Store, scenarios: list[Scenario]
) -> None:
    fill(scenarios[:1], SAMPLE, store, HERE)
    before = files(store)
    description = Path(store.folder_of(scenarios[0].hash())) / SCENARIO
    description.write_bytes(description.read_bytes()[:50])
    with pytest.raises(Problem, match="wrote it down"):
        entries(store)
    assert fill(scenarios[:1], SAMPLE, store, HERE) == 0
    assert files(store) == before


@pytest.mark.usefixtures("quick")
def test_drafts_of_killed_processes_go_and_those_of_others_stay(
    store: Store, scenarios: list[Scenario]
) -> None:
    fill(scenarios[:1], SAMPLE, store, HERE)
    old, young = (Path(store.root) / DRAFTS / name for name in ("old", "young"))
    for draft in (old, young):
        draft.write_bytes(b"half")
    days_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (days_ago, days_ago))
    assert clear_drafts(store) == 1
    assert [path.name for path in (Path(store.root) / DRAFTS).iterdir()] == ["young"]


def made_up_elsewhere(root: str, pause: float) -> "subprocess.Popen[bytes]":
    """Start a process that fills a store with made-up replicates; it has said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, root, str(pause)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.usefixtures("quick")
def test_two_processes_that_share_a_store_end_with_the_files_of_one(
    store: Store, tmp_path: Path, scenarios: list[Scenario]
) -> None:
    alone = Store(str(tmp_path / "alone"))
    fill(scenarios, Sample(7, 128), alone, HERE)
    both = [made_up_elsewhere(store.root, 0.005) for _ in range(2)]
    for process in both:
        process.communicate()
        assert process.returncode == 0
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
ensemble.run_one = lambda *given: (time.sleep(float(sys.argv[2])), made_up(*given))[1]
ensemble.warm_up = lambda *_: None
from sim.store.fill import Sample, fill
from sim.store.store import Store
from sim.store.work import Where
from sim.scenario import read_scenario
print("ready", flush=True)
scenarios = [read_scenario(name) for name in ("as-written", "business-as-usual")]
fill(scenarios, Sample(7, 128), Store(sys.argv[1]), Where(2))
"""


@pytest.mark.usefixtures("quick")
def test_a_sweep_killed_at_any_moment_goes_on_and_ends_with_the_same_bytes(
    store: Store, tmp_path: Path, scenarios: list[Scenario]
) -> None:
    """SIGKILL at eight random moments: what stands under its name is always whole."""
    never_killed = Store(str(tmp_path / "never"))
    fill(scenarios, Sample(7, 128), never_killed, HERE)
    whole, moment = files(never_killed), random.Random(3)
    kills = 0
    for _ in range(60):
        process = made_up_elsewhere(store.root, 0.005)
        if kills < 8:
            time.sleep(moment.uniform(0.0, 0.25))
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()
        status = process.returncode
        now = files(store)
        assert all(whole[name] == content for name, content in now.items())
        if status == 0:
            break
    assert kills >= 4
    assert files(store) == whole


@pytest.mark.usefixtures("quick")
def test_any_place_that_fsspec_knows_will_do(scenarios: list[Scenario]) -> None:
    memory = Store("memory://experiments")
    fill(scenarios[:1], SAMPLE, memory, HERE)
    assert load(scenarios[0], SAMPLE, memory).counts.shape == (48, 99, 13)
    assert fill(scenarios[:1], SAMPLE, memory, HERE) == 0
    assert ask(memory, "select count(*) from months")[1] == [(48 * 99,)]
    assert damaged(memory, repair=True) == []
    assert clear_drafts(memory) == 0
    remove(memory, entries(memory))
    assert entries(memory) == []
    with pytest.raises(Problem, match="nowhere"):
        Store("nowhere://x")


@pytest.mark.usefixtures("quick")
def test_a_block_of_another_version_is_refused(store: Store, scenarios: list[Scenario]) -> None:
    task = Task(scenarios[0].setup(), 7, 0)
    other = run_block(task)._replace(model_hash="0" * 64)
    with pytest.raises(Problem, match="another version"):
        store.write(store.folder_of(scenarios[0].hash()), task, other)
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


@pytest.mark.usefixtures("quick")
def test_a_question_over_many_blocks_is_answered_every_time(
    tmp_path: Path, scenarios: list[Scenario]
) -> None:
    """Read by several threads at once, from a folder whose name looks like a pattern."""
    store = Store(str(tmp_path / "a[b]*c?"))
    fill(scenarios, Sample(7, 128), store, HERE)
    question = "select scenario, month, min(output), max(firms) from months group by all"
    answers = {tuple(sorted(ask(store, question)[1], key=str)) for _ in range(10)}
    assert [len(answer) for answer in answers] == [2 * 99]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "question",
    [
        "select * from read_text('{outside}')",
        "select * from '{outside}'",
        "copy months to '{outside}'",
        "copy months to '{inside}'",
        "create table t as select 1",
        "attach '{outside}'",
        "install httpfs",
        "set enable_external_access = true",
        "select 1; select 2",
        "",
    ],
)
def test_a_question_reads_the_store_and_nothing_else(
    store: Store, tmp_path: Path, scenarios: list[Scenario], question: str
) -> None:
    fill(scenarios[:1], SAMPLE, store, HERE)
    outside = tmp_path / "secret.csv"
    outside.write_text("a,b")
    before = files(store)
    with pytest.raises(Problem, match="sim store query"):
        ask(store, question.format(outside=outside, inside=f"{store.root}/x.csv"))
    assert outside.read_text() == "a,b"
    assert files(store) == before


@pytest.mark.usefixtures("quick")
def test_scenarios_that_do_the_same_are_found_by_each_name(
    store: Store, scenarios: list[Scenario]
) -> None:
    mine = replace(scenarios[0], id="mine", name=Text("Mine", "我的"))
    fill(scenarios[:1], SAMPLE, store, HERE)
    for _ in range(2):
        assert fill([mine], SAMPLE, store, HERE) == 0
    (entry,) = entries(store)
    assert entry.names == ("as-written", "mine")
    assert chosen(store, "mine", other_versions=False) == [entry]
    rows = ask(store, "select scenario, count(*) from months group by 1 order by 1")[1]
    assert rows == [("as-written", 48 * 99), ("mine", 48 * 99)]
    remove(store, [entry])
    assert files(store) == {}


def test_a_forged_block_is_found_by_running_it_again(
    store: Store, scenarios: list[Scenario]
) -> None:
    """Its numbers are changed and its name and its origin are right: only the model knows."""
    sample = Sample(7, REPLICATES)
    fill(scenarios[:1], sample, store, HERE)
    (block,) = store.blocks(store.folder_of(scenarios[0].hash()), 7)
    assert differing(store, at_random(store, 5)) == []
    table = pq.read_table(block.path)
    better = table.column("output").to_numpy() + 100.0
    forged = table.set_column(table.schema.get_field_index("output"), "output", pa.array(better))
    sink = pa.BufferOutputStream()
    pq.write_table(forged, sink)
    content = sink.getvalue().to_pybytes()
    name = f"{block.first:07d}-{hashlib.sha256(content).hexdigest()}.parquet"
    beside = Path(block.path).with_name(name)
    beside.write_bytes(content)
    # Beside the true one it is noticed at once: one of the two is false, so both go.
    assert {each.path for each in damaged(store, repair=False)} == {block.path, str(beside)}
    with pytest.raises(Problem, match="one block"):
        load(scenarios[0], sample, store)
    Path(block.path).unlink()
    # In its place nothing that can be read tells.
    assert damaged(store, repair=False) == []
    assert [each.path for each in differing(store, at_random(store, 5))] == [str(beside)]


@pytest.mark.usefixtures("quick")
def test_two_different_blocks_of_the_same_replicates_are_both_run_again(
    store: Store, scenarios: list[Scenario]
) -> None:
    sample = Sample(7, REPLICATES)
    fill(scenarios[:1], sample, store, HERE)
    (block,) = store.blocks(store.folder_of(scenarios[0].hash()), 7)
    before = files(store)
    repacked = pa.BufferOutputStream()
    pq.write_table(pq.read_table(block.path), repacked, compression="none")
    content = repacked.getvalue().to_pybytes()
    name = f"{block.first:07d}-{hashlib.sha256(content).hexdigest()}.parquet"
    Path(block.path).with_name(name).write_bytes(content)
    assert fill(scenarios[:1], sample, store, HERE) == REPLICATES
    assert len(store.aside) == 2
    left = {path: content for path, content in files(store).items() if DAMAGED not in path}
    assert left == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "content",
    ["[]", "{}", '{"id": 3}', '{"id": "a", "name": "b"}', "[" * 100_000, '{"id": "a", "name": {}}'],
)
def test_an_odd_description_is_one_message(
    store: Store, scenarios: list[Scenario], content: str
) -> None:
    fill(scenarios[:1], SAMPLE, store, HERE)
    (Path(store.folder_of(scenarios[0].hash())) / SCENARIO).write_text(content)
    with pytest.raises(Problem, match=r"scenario\.json"):
        entries(store)
    assert fill(scenarios[:1], SAMPLE, store, HERE) == 0
    assert len(entries(store)) == 1


@pytest.mark.usefixtures("quick")
def test_folders_of_others_are_left_alone(store: Store, scenarios: list[Scenario]) -> None:
    fill(scenarios[:1], SAMPLE, store, HERE)
    (block, *_) = store.blocks(store.folder_of(scenarios[0].hash()), 7)
    for odd in ("x/y/s7", "x/y/seven", f"{'0' * 16}/{'1' * 16}/s-7"):
        folder = Path(store.root) / odd
        folder.mkdir(parents=True)
        shutil.copy(block.path, folder)
    assert len(entries(store)) == 1
