"""The compiled rules do what the second implementation, written from the description, does."""

import pytest

from sim.ensemble import draw_for
from sim.model.world.layout import COUNTS, DUE
from sim.model.world.setup import Setup
from sim.plan import PLAN
from sim.scenario import read_scenario
from tests.long import LONG
from tests.reference.events import EVENTS, happened
from tests.reference.month import step
from tests.reference.objects import Reference
from tests.reference.processes import COMPARED, EVENTFUL, ORDER, Run, compare_processes, small
from tests.reference.reading import RELATIVE, differences
from tests.reference.start import start

WHOLE = DUE + 1
"""Months until the counts are due."""
MONTHS = WHOLE if LONG else 30
MORE = [
    (scenario, seed, 1)
    for scenario in ("double-yulin", "late-start", "only-kaiyuan", "without-yanzhen")
    for seed in (1, 2, 3)
]
RUNS = [("as-written", 2022, 0), ("business-as-usual", 7, 3), *(MORE if LONG else [])]
EVENTFUL_RUNS = [("as-written", 2022, 0), *(MORE if LONG else [])]
ALONE = (
    "a proposal lapses",
    "guidance money is used up",
    "a round is shared",
    "somebody is dismissed",
    "an order is won",
    "an insolvent firm ends",
)
"""Rules that are broken on purpose (``mutations.py``) and need a month in which they act."""


@pytest.mark.parametrize(
    ("scenario", "months"), [("as-written", COMPARED), ("business-as-usual", (0, 3, 9, 23))]
)
def test_every_process_agrees_from_the_same_state(scenario: str, months: tuple[int, ...]) -> None:
    """Rare events happen often here; months with a July, a filing and a quarter are in."""
    setup = small(scenario, **EVENTFUL)
    assert compare_processes(ORDER, setup, months) == []


def test_every_process_agrees_where_levers_reach_tracks_and_zones_alone() -> None:
    """A rule that took a cluster's dose for a track's, or a district's for a zone's, would fail."""
    usual = small("as-written", **EVENTFUL)
    where = {
        "districts": ["zhangjiang", "紫竹", "闵行区"],
        "clusters": ["6G", "brain-computer interface"],
    }
    setting = {"on": True, **where}
    told = {lever.id: setting for lever in PLAN.levers}
    confined = read_scenario("as-written").changed(draws="prior", **told).setup()
    setup = usual._replace(dose=confined.dose, reach=confined.reach)
    assert compare_processes(ORDER, setup, (0, 9)) == []


@pytest.mark.parametrize(("scenario", "seed", "replicate"), RUNS)
def test_whole_runs_agree_month_by_month(scenario: str, seed: int, replicate: int) -> None:
    """Both begin in October 2022 from the parameters alone; all state is compared every month."""
    agree_month_by_month(small(scenario), MONTHS, seed, replicate)


@pytest.mark.parametrize(("scenario", "seed", "replicate"), EVENTFUL_RUNS)
def test_whole_runs_agree_where_much_happens(scenario: str, seed: int, replicate: int) -> None:
    """The same to December 2030, in runs in which everything that is rare happens."""
    agree_month_by_month(small(scenario, **EVENTFUL), WHOLE, seed, replicate)


def agree_month_by_month(setup: Setup, months: int, seed: int, replicate: int) -> None:
    """Run both from October 2022 on, and compare all that exists and the counts every month."""
    run = Run(setup, seed, replicate)
    model = Reference(setup, draw_for(setup, seed, replicate), seed, replicate)
    start(model)
    assert differences(model, run.world) == []
    for month in range(months):
        run.month(month)
        step(model, month)
        assert differences(model, run.world) == [], f"month {month}"
        counts = dict(zip(COUNTS, model.counts[month], strict=True))
        theirs = dict(zip(COUNTS, run.counts[month].tolist(), strict=True))
        assert counts == pytest.approx(theirs, rel=RELATIVE), f"month {month}"


def test_what_is_rare_happens_in_the_months_compared() -> None:
    """A rule that never acts in the months compared could be broken without being noticed."""
    months = happened(small("as-written", **EVENTFUL), WHOLE, 2022, 0)
    assert set(months) == set(EVENTS)
    assert [event for event in ALONE if months[event].isdisjoint(COMPARED)] == []


def test_a_changed_rule_is_noticed() -> None:
    """The comparison itself can fail: an error in the twelfth digit of one firm is a difference.

    Cash is compared to the largest sum that went through it, which is more than it is.
    """
    setup = small("as-written")
    run = Run(setup, 1, 0)
    model = Reference(setup, draw_for(setup, 1, 0), 1, 0)
    start(model)
    firm = next(firm for firm in model.firms if firm.sales > 0.0)
    for field, part in (("quality", 1e-12), ("sales", 1e-12), ("cash", 1e-10)):
        kept = getattr(firm, field)
        setattr(firm, field, kept * (1.0 + part))
        assert any(f"firms.{field}[{firm.row}]" in said for said in differences(model, run.world))
        setattr(firm, field, kept)
    assert differences(model, run.world) == []
