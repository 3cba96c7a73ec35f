"""A traced life is that of one firm, and agrees with the tables."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.trace import Event, trace_firm
from sim.world.layout import COUNTS, MEASURES
from sim.world.population import create
from sim.world.setup import Setup

SEED = 2022
MONTHS = 40
Firms = NDArray[np.void]


@pytest.fixture(scope="module")
def setup() -> Setup:
    return read_scenario("as-written").setup()._replace(months=MONTHS)


@pytest.fixture(scope="module")
def table(setup: Setup) -> Iterator[Firms]:
    """The firm table after the last month, ended firms whose row is free included."""
    record = parameters.as_record(ensemble.draw_for(setup, SEED, 0))
    counts = np.zeros((MONTHS, len(COUNTS)))
    measures = np.zeros((MONTHS, len(MEASURES)))
    world = create(record, SEED, 0)
    world = ensemble.advance(world, record, setup, MONTHS, counts, measures)
    yield world.firms[: world.city[0]["firm_rows"]]


def texts(events: list[Event]) -> str:
    return "\n".join(event.what.en for event in events)


def test_a_firm_of_2022_lives_through_the_run(setup: Setup, table: Firms) -> None:
    old = table[(table["alive"] == 1) & (table["entered"] < 0) & (table["level"] == 9)]
    firm = old[np.argmax(old["sales"])]
    events = trace_firm(setup, SEED, 0, int(firm["id"]))
    assert events[0].month == -1
    assert "there in October 2022" in events[0].what.en
    assert "2022年10月已存在" in events[0].what.zh
    assert [event.month for event in events] == sorted(event.month for event in events)
    assert events[-1].month < MONTHS
    assert texts(events).count("year's end") == 4  # Decembers of 2022 to 2025


def test_a_founded_firm_begins_with_its_founding_and_raises_what_its_row_says(
    setup: Setup, table: Firms
) -> None:
    young = table[(table["alive"] == 1) & (table["founder"] >= 0) & (table["raised"] > 0)]
    assert len(young) > 0
    firm = young[np.argmax(young["raised"])]
    events = trace_firm(setup, SEED, 0, int(firm["id"]))
    assert events[0].month == firm["founded"]
    assert f"founded by talent {firm['founder']}" in events[0].what.en
    raised = [
        float(event.what.en.split()[1].replace(",", ""))
        for event in events
        if event.what.en.startswith("raises")
    ]
    assert sum(raised) == pytest.approx(firm["raised"], abs=0.5 * len(raised) + 0.5)
    climbs = texts(events).count("climbs") - texts(events).count("falls back")
    begun = int(events[0].what.en.split("readiness level ")[1].split(",")[0])
    assert begun + climbs == firm["level"]


def test_a_firm_that_ends_ends_its_trace(setup: Setup, table: Firms) -> None:
    ended = table[(table["alive"] == 0) & (table["id"] != 0)]
    events = trace_firm(setup, SEED, 0, int(ended["id"][0]))
    assert events[-1].what.en.startswith("ends: ")
    assert texts(events).count("ends: ") == 1


def test_nobodys_id_is_one_clear_problem(setup: Setup) -> None:
    with pytest.raises(Problem, match="such as"):
        trace_firm(setup, SEED, 0, 77)
