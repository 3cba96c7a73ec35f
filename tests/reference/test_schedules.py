"""Promises 1 and 2: processes can be taken out and say what they touch; three modes, same bytes."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim import city, parameters
from sim.engine.declared import Changes, described_measures
from sim.engine.driver import Checked, check
from sim.engine.inputs import Inputs
from sim.engine.modes import MODES, mode
from sim.engine.watch import Watch
from sim.ensemble import advance, begin
from sim.model.rules.month import SCHEDULE
from sim.model.world import purposes
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.setup import Setup
from sim.model.world.world import grow
from sim.problems import Problem
from tests.reference.processes import (
    EVENTFUL,
    ORDER,
    STEPS,
    Run,
    reference_process,
    small,
)
from tests.reference.reading import RELATIVE, differences, read

NAMES = SCHEDULE.names
MONTHS = 10
"""One with a July, a quarter, a half-year."""
NOBODY_NEW = {
    "graduates": 0.0,
    "arrivals": 0.0,
    "moving_in": 0.0,
    "founding": 0.0,
    "relocation": 1.0,
}
"""What is kept from month to month is then read before anything is written to it."""


@pytest.mark.parametrize("name", NAMES)
def test_without_a_process_the_run_is_the_references_or_is_refused(name: str) -> None:
    try:
        schedule = SCHEDULE.without(name)
    except Problem as problem:
        reader = next(each for each in SCHEDULE if each.name == problem.key)
        taken = next(each for each in SCHEDULE if each.name == name)
        assert reader.reads & taken.writes & SCHEDULE.monthly, "refused without a reason"
        return
    run = Run(small("as-written"), 7, 0)
    model = read(run.world, run.setup, run.draw)
    for month in range(MONTHS):
        run.world = grow(run.world)
        run.world.city["month"] = model.city.month = month
        for each in ORDER:
            if each != name:
                reference_process(each)(model, month)
            for step in STEPS[each]:
                if step.name in schedule.names:
                    run.run(step, month)
    assert differences(model, run.world) == []


def test_a_scenario_without_a_process_runs_as_the_reference_does(tmp_path: Path) -> None:
    """The way of a person: a file, its setup, the months as an ensemble runs them."""
    file = tmp_path / "mine.toml"
    text = 'extends = "as-written"\nprocesses.without = ["linkage", "exit"]'
    file.write_text(text, encoding="utf-8")
    setup = small(str(file))
    values, world = begin(setup, 7, 0)
    model = read(world, setup, values)
    for month in range(MONTHS):
        model.city.month = month
        for each in ORDER:
            if each not in ("linkage", "exit"):
                reference_process(each)(model, month)
    counts, measures = np.zeros((MONTHS, len(COUNTS))), np.zeros((MONTHS, len(MEASURES)))
    world = advance(world, parameters.as_record(values), setup, MONTHS, counts, measures)
    model.city.month = MONTHS
    assert differences(model, world) == []
    expected = [model.counts[month] for month in range(MONTHS)]
    assert np.allclose(expected, counts, rtol=RELATIVE, atol=0.0)


def world_of_ci() -> Setup:
    """Return a year of a small Shanghai, or two quarters' beginnings in a made-up city."""
    setup = small("as-written", firms_2022=300.0, talents_2022=2000.0)
    return setup._replace(months=13 if city.comes_along() else 4)


@pytest.fixture(scope="module")
def seen() -> dict[str, list[Watch]]:
    """Return what each process touched, month by month, in runs in which much or little happens."""
    found: dict[str, list[Watch]] = defaultdict(list)
    eventful = small("as-written", **EVENTFUL, college_lag=3.0)
    quiet = small("business-as-usual", **NOBODY_NEW, layoff_runway=60.0)
    # Months in which, together, all that a process can touch is touched; others run compiled.
    for setup, seed, looked_at in (
        (eventful, 39, (0, 2, 3, 9, *range(12, 27), 30, 41, 48)),
        (world_of_ci(), 5, (1, 7)),
        (quiet, 1, (3, 5)),
    ):
        values, world = begin(setup, seed, 0)
        record = parameters.as_record(values)
        months = looked_at[-1] + 1
        counts, measures = np.zeros((months, len(COUNTS))), np.zeros((months, len(MEASURES)))
        inputs = Inputs(record, setup.dose, setup.reach, counts, measures)
        for month in looked_at:
            world = grow(advance(world, record, setup, month, counts, measures))
            checked = Checked(world, inputs)
            for each in SCHEDULE:
                found[each.name].append(checked.watched(each, month))
            world.city["month"] = month + 1
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_process_touches_what_it_declares(name: str, seen: dict[str, list[Watch]]) -> None:
    process = next(each for each in SCHEDULE if each.name == name)
    for watch in seen[name]:
        check(process, watch, SCHEDULE)


SELDOM = {
    "programmes": {
        *("programmes.cluster", "programmes.district", "programmes.members", "programmes.wanted"),
        *("firms.alive", "firms.cluster", "firms.consortium", "firms.district", "firms.id"),
        *("firms.level", purposes.MEMBERSHIP),
    },
    "proposals": {"city.overflow", "city.planned", "city.services"},
    "administration": {
        *("city.held", "city.target", "city.pursued", "city.due", "programmes.proposed"),
    },
    "talent": {"programmes.cluster", "programmes.opens", "programmes.id"},
    "finance": {"deals.fund"},
    "exit": {"programmes.members"},
    "record": {"programmes.existing"},
}
"""What a process touches in none of the months looked at: only in a month of a call or in which a
consortium opens, when tables are full, when a member of a consortium ends, when a firm that funds
have backed is listed. Whole runs of the second
implementation hold these."""


@pytest.mark.parametrize("name", NAMES)
def test_a_declaration_taken_away_is_noticed(name: str, seen: dict[str, list[Watch]]) -> None:
    process = next(each for each in SCHEDULE if each.name == name)
    for kind in ("reads", "writes", "scratch", "draws"):
        for entry in getattr(process, kind) - SELDOM.get(name, set()):
            less = replace(process, **{kind: getattr(process, kind) - {entry}})
            with pytest.raises(Problem, match=name):
                for watch in seen[name]:
                    check(less, watch, SCHEDULE)


MEASURE = """
from sim.engine.measure import measure

@measure("mean_level", unit="level", reads=("city: firm_rows", "firms: alive level"))
def mean_level(world, p, month):
    levels, number = 0, 0
    for i in range(world.city[0].firm_rows):
        levels += world.firms[i].level * world.firms[i].alive
        number += world.firms[i].alive
    return levels / max(1, number)
"""


def test_three_modes_leave_the_same_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Those of a measure of one's own too, which is what the tables say."""
    (tmp_path / "own.py").write_text(MEASURE, encoding="utf-8")
    own = Changes(measures=described_measures(tmp_path / "own.py"))
    setup, left = world_of_ci()._replace(processes=own), set()
    for each in MODES:
        monkeypatch.setenv("SIM_MODE", each)
        values, world = begin(setup, 5, 0)
        record = parameters.as_record(values)
        counts, measures = setup.nothing_recorded()
        world = advance(world, record, setup, setup.months, counts, measures)
        living = world.firms["level"][world.firms["alive"] == 1]
        assert measures[-1, -1] == living.sum() / len(living)
        assert world.city["month"][0] == setup.months
        tables = [*world.firms[["id", "sales", "cash"]].tolist(), *world.talents.employer.tolist()]
        left.add((counts.tobytes(), measures.tobytes(), repr(tables)))
    assert len(left) == 1


def test_a_mode_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIM_MODE", "fast")
    with pytest.raises(Problem, match="SIM_MODE"):
        mode()
    monkeypatch.delenv("SIM_MODE")
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    assert mode() == "plain"
