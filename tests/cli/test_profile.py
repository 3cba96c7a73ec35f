"""``sim run --profile``: every process of the scenario's schedule has a time, and they add up."""

import time

import pytest

from sim.model.rules.month import SCHEDULE
from sim.present.terminal import print_parts
from sim.scenario import derive, read_scenario
from sim.studies.shared.profile import times_told
from sim.trace.times import times_of
from tests.reference.processes import small


def test_times_are_of_the_scenarios_processes_and_add_up_to_what_it_took() -> None:
    setup = small("as-written")
    times_of(setup, 7)
    began = time.perf_counter()
    found = times_of(setup, 7)
    took = time.perf_counter() - began
    assert tuple(found.processes) == SCHEDULE.names
    assert found.start > 0.0
    assert found.processes["talent"] > 0.0
    assert 0.0 < found.start + sum(found.processes.values()) < took


def test_what_is_left_out_takes_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    changes = {"draws": "prior", "processes": {"without": ["linkage"]}}
    scenario = derive(read_scenario("as-written"), changes, "mine", "test")
    print_parts(times_told(times_of(scenario.setup(), 7)), "en")
    shown = capsys.readouterr().out
    assert "linkage" not in shown
    for name in ("the start of October 2022", *SCHEDULE.without("linkage").names, "together"):
        assert name in shown
