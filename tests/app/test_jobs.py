"""Studies that the lab starts: only what is on lists is read; stopped, they go on from there."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from sim import city, csv_files
from sim.app.asking import NOW, command, finder, has_size, packages_of
from sim.app.jobs import (
    LONGEST,
    check_length,
    job_of,
    of_other_versions,
    outlook,
    ready_made,
    stoppable,
)
from sim.app.package import changed, preset
from sim.app.works import Stopped
from sim.engine.declared import Changes, Own
from sim.present.tables import csv_files_of
from sim.problems import Problem
from sim.store.fill import Watcher, fill
from sim.store.store import Store
from sim.studies import registry
from sim.studies.carried import carried_out
from sim.studies.study import Design, Setting
from tests.app.asked import asked_for

HERE = preset("as-written")
OFF = changed(HERE, {"plans": {"yulin": {"on": False}}})
FIND = finder(HERE, HERE)
OFFERED = [name for name in registry.names() if not (registry.study(name).hours or name == "run")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


@pytest.mark.parametrize("name", ["../as-written", "/etc/passwd", "six-plans.toml", "nothing"])
def test_only_what_is_on_a_list_is_read(name: str, store: Store) -> None:
    with pytest.raises(Problem):
        job_of(asked_for("sweep", file=name), [], store, 1)
    with pytest.raises(Problem):
        job_of(asked_for("rank", objective=name), [HERE], store, 1)
    with pytest.raises(Problem):
        packages_of(asked_for("rank", file=name), FIND)


WRONG: Mapping[str, Mapping[str, str]] = {
    "rank": {"up": "99", "way": "sideways", "levers": "nothing", "variants": "x"},
    "search": {"trials": "1", "count": "nothing", "since": "soon"},
    "deadline": {"level": "2", "lever": "nothing"},
    "watch": {"month": "never", "as_of": "<b>"},
}
"""Values that a study cannot use, however they got into a link."""


@pytest.mark.parametrize(
    ("study", "name", "value"),
    [(study, *each) for study, told in WRONG.items() for each in told.items()],
)
def test_what_cannot_be_used_is_told_in_words(
    study: str, name: str, value: str, store: Store
) -> None:
    with pytest.raises(Problem) as problem:
        job_of(asked_for(study, **{name: value}), [HERE], store, 1)
    assert problem.value.in_("en")
    assert problem.value.in_("zh")


@pytest.mark.parametrize("name", OFFERED)
def test_every_study_can_be_asked_for_as_its_page_begins(name: str, store: Store) -> None:
    """Of two packages one is changed, as it is when somebody asks why they differ."""
    asked = asked_for(name, "16" if has_size(registry.study(name)) else "")
    packages = packages_of(asked, finder(OFF, HERE))
    job = job_of(asked, packages, store, 1)
    assert job.design.scenarios
    assert command(asked, packages).startswith(f"sim {name}")


def test_a_command_names_files_and_what_differs_from_its_defaults() -> None:
    name = OFF.scenario.hash()[:8]
    asked = asked_for("rank", "32", 7, way="both", per_cost="true", file=NOW)
    assert command(asked, [OFF]) == (
        f"sim rank as-written-{name}.toml --objective all --way both --per-cost --replicates 32"
        " --seed 7"
    )
    asked = asked_for("explain", "32", 7)
    assert command(asked, [HERE, OFF]) == (
        f"sim explain as-written as-written-{name}.toml --replicates 32 --seed 7"
    )


def test_a_stopped_study_goes_on_where_it_was(store: Store) -> None:
    asked = asked_for("gates", "48", 2022)
    job = job_of(asked, [HERE], store, 1)
    job = job._replace(design=job.design._replace(scenarios=job.design.scenarios[:1]))
    stop, seen = Event(), list[int]()
    study = job.study._replace(compute=_filled, parts=lambda _found, _basis: (), files=None)

    def tell(done: int, _wanted: int) -> None:
        seen.append(done)
        if done:
            stop.set()

    assert outlook(job)[:2] == (0, 3)
    with pytest.raises(Stopped):
        carried_out(study, job.design, job.here, stoppable(stop, tell))
    kept, needed, _ = outlook(job)
    assert 0 < kept < needed
    seen.clear()
    watch = stoppable(Event(), lambda done, _: seen.append(done))
    carried_out(study, job.design, job.here, watch)
    assert seen[0] == 16 * kept
    assert outlook(job) == (3, 3, 0.0)
    assert of_other_versions(store) == 0


def test_a_study_of_a_day_is_left_to_the_command_line() -> None:
    check_length("sensitivity", LONGEST)
    with pytest.raises(Problem, match="13 h"):
        check_length("sensitivity", 13 * 3600.0)


def test_a_scenario_s_own_code_is_not_run(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep may start from a scenario that names Python files: its command runs them."""
    own = Changes(added=(Own("own.py", "", "0" * 64, "own.py"),))
    study = registry.study("gates")
    foreign = replace(HERE.scenario, processes=own)
    monkeypatch.setattr(
        registry,
        "study",
        lambda _: study._replace(design=lambda _: Design([foreign], "", study.help, {})),
    )
    with pytest.raises(Problem, match="runs nobody's code"):
        job_of(asked_for("gates"), [HERE], store, 1)


def _filled(design: Design, setting: Setting, watch: Watcher) -> None:
    fill(design.scenarios, setting.sample, setting.store, setting.where, watch)


@pytest.mark.parametrize("study", ["instruments", "influence"])
def test_what_is_shipped_is_handed_out_as_it_lies_in_the_pack(study: str) -> None:
    """With what every row of a study's tables ends with: of which run it is."""
    handed_out = dict(csv_files_of(ready_made(study)))[f"{study}.csv"]
    stored = city.file(f"evidence/{study}.csv").read_text(encoding=csv_files.ENCODING)
    assert handed_out == stored
