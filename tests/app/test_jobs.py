"""Long experiments: only those of the folder are read; stopped, they go on where they were."""

from pathlib import Path
from threading import Event

import pytest

from sim.app.jobs import (
    Job,
    Outcome,
    Present,
    deadline_job,
    of_other_versions,
    shapley_job,
    stoppable,
    sweep_job,
    sweep_title,
    there,
)
from sim.app.works import Stopped
from sim.experiments.sweep_file import sweep_names
from sim.language import Text
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.store.fill import Sample, Watcher, fill
from sim.store.store import Store
from sim.store.work import Where

SAMPLE = Sample(2022, 48)
ONE = Where(1)


@pytest.mark.parametrize("name", ["../as-written", "/etc/passwd", "", "six-plans.toml", "nothing"])
def test_only_sweeps_of_the_folder_are_read(name: str) -> None:
    with pytest.raises(Problem):
        sweep_job(name)


def test_every_sweep_of_the_folder_can_be_started() -> None:
    for name in sweep_names():
        job = sweep_job(name)
        assert job.name == sweep_title(name)
        assert job.scenarios


def test_attribution_and_deadlines_start_from_the_package_of_now() -> None:
    base = read_scenario("late-start")
    assert len(shapley_job(base).scenarios) == 64
    starts = deadline_job(base, "yulin", "standards").scenarios
    assert len({scenario.hash() for scenario in starts}) == len(starts) > 10
    with pytest.raises(Problem):
        deadline_job(base, "yulin", "nothing")


def test_a_stopped_job_goes_on_where_it_was(tmp_path: Path) -> None:
    scenario = read_scenario("as-written")
    store = Store(str(tmp_path / "store"))

    def run(sample: Sample, store: Store, where: Where, watch: Watcher) -> Present:
        fill([scenario], sample, store, where, watch)
        return lambda _language: Outcome((), ())

    job = Job(Text("", ""), (scenario,), run)
    stop, seen = Event(), list[int]()

    def tell(done: int, _wanted: int) -> None:
        seen.append(done)
        if done:
            stop.set()

    watch = stoppable(stop, tell)
    assert there(job, SAMPLE, store) == (0, 3)
    with pytest.raises(Stopped):
        job.run(SAMPLE, store, ONE, watch)
    kept, needed = there(job, SAMPLE, store)
    assert 0 < kept < needed
    seen.clear()
    job.run(SAMPLE, store, ONE, stoppable(Event(), lambda done, _: seen.append(done)))
    assert seen[0] == 16 * kept
    assert there(job, SAMPLE, store) == (3, 3)
    assert of_other_versions(store) == 0
