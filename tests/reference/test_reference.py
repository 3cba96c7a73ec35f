"""The compiled rules do what the second implementation, written from the description, does."""

import os

import pytest

from sim.ensemble import draw_for
from sim.world.layout import COUNTS
from tests.reference.month import step
from tests.reference.objects import Reference
from tests.reference.processes import EVENTFUL, ORDER, Run, compare_processes, small
from tests.reference.reading import differences
from tests.reference.start import start

LONG = "SIM_LONG_REFERENCE" in os.environ
"""Whether to compare whole runs to December 2030 under many scenarios: some ten minutes."""
MONTHS = 99 if LONG else 30
RUNS = [
    ("as-written", 2022, 0),
    ("business-as-usual", 7, 3),
    *(
        [
            (scenario, seed, 1)
            for scenario in ("double-yulin", "late-start", "only-kaiyuan", "without-yanzhen")
            for seed in (1, 2, 3)
        ]
        if LONG
        else []
    ),
]


@pytest.mark.parametrize("scenario", ["as-written", "business-as-usual"])
def test_every_process_agrees_from_the_same_state(scenario: str) -> None:
    """Rare events happen all the time here; months with a July, a filing and a quarter are in."""
    setup = small(scenario, **EVENTFUL)
    assert compare_processes(ORDER, setup, {0, 1, 3, 6, 9, 14, 26}) == []


@pytest.mark.parametrize(("scenario", "seed", "replicate"), RUNS)
def test_whole_runs_agree_month_by_month(scenario: str, seed: int, replicate: int) -> None:
    """Both begin in October 2022 from the parameters alone; all state is compared every month."""
    setup = small(scenario)
    run = Run(setup, seed, replicate)
    model = Reference(setup, draw_for(setup, seed, replicate), seed, replicate)
    start(model)
    assert differences(model, run.world) == []
    for month in range(MONTHS):
        run.month(month)
        step(model, month)
        assert differences(model, run.world) == [], f"month {month}"
        counts = dict(zip(COUNTS, model.counts[month], strict=True))
        theirs = dict(zip(COUNTS, run.counts[month].tolist(), strict=True))
        assert counts == pytest.approx(theirs, rel=1e-9), f"month {month}"


def test_a_changed_rule_is_noticed() -> None:
    """The comparison itself can fail: one firm's cash a hundredth of a yuan off is a difference."""
    setup = small("as-written")
    run = Run(setup, 1, 0)
    model = Reference(setup, draw_for(setup, 1, 0), 1, 0)
    start(model)
    model.firms[3].cash *= 1.0 + 1e-6
    assert any("firms.cash[3]" in said for said in differences(model, run.world))
