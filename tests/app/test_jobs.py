"""Long experiments: only those of the folder are read; stopped, they go on where they were."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from sim.app.jobs import (
    Job,
    Outcome,
    Present,
    changes,
    deadline_job,
    of_other_versions,
    shapley_job,
    stoppable,
    sweep_job,
    sweep_title,
    there,
)
from sim.app.works import Stopped
from sim.experiments.compare import compare
from sim.experiments.sweep import run_sweep
from sim.experiments.sweep_file import read_sweep, sweep_names
from sim.language import Text
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.store.fill import Sample, Watcher, fill, load
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


def test_a_sweep_of_one_thing_at_a_time_tells_what_each_changes(tmp_path: Path) -> None:
    whole = read_sweep("one-lever-off")
    sweep = replace(whole, points=whole.points[:2], scenarios=whole.scenarios[:2])
    store, sample = Store(str(tmp_path / "store")), Sample(2022, 16)
    result = run_sweep(sweep, sample, store, ONE)
    ((point, found),) = changes(result, sample, store)
    assert point == 1
    base, off = (load(scenario, sample, store) for scenario in sweep.scenarios)
    told = compare(base, off)
    assert [each.likelihood for each in told.counts] == list(found.strict)
    assert found.strict[1].value < 0.0
    full = result._replace(sweep=replace(sweep, design="full"))
    assert not list(changes(full, sample, store))


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
