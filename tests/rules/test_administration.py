"""Protects the office that names programmes: it has targets, a staff and calls for each kind."""

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import parameters
from sim.ensemble import advance, begin
from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world import codes
from sim.model.world.aims import AIMS
from sim.model.world.tables import NOBODY
from sim.scenario import read_scenario

REPLICATES = range(4)
COUNTED = sorted({kind for aim in AIMS for kind in aim.kinds})
"""Kinds of programme that a count of the plan counts."""
OTHERS = sorted(set(range(len(PROGRAMME_KINDS))) - set(COUNTED))
PLACES = {"need_firms": 1.0, "need_talents": 1.0, "price": 1.0}
"""What makes candidates plenty, and money no object: then only the staff is short."""
PLENTY = tuple(
    (f"{name}:{kind}", value) for name, value in PLACES.items() for kind in PROGRAMME_KINDS
)


class Named(NamedTuple):
    """A run, read off its programmes."""

    numbers: NDArray[np.int64]
    """Programmes named of each kind."""
    largest: NDArray[np.int64]
    """Most that were named in one month, but for the zones that the plan names."""
    months: NDArray[np.int64]
    """Months in which some were named, likewise."""
    calls: NDArray[np.float64]
    counts: NDArray[np.float64]
    """At the end."""
    p: np.void


@cache
def named(
    replicate: int,
    times: float = 1.0,
    scenario: str = "as-written",
    overrides: tuple[tuple[str, float], ...] = (),
) -> Named:
    """Run a scenario with the plan's targets multiplied."""
    # From the prior, so that no calibration changes what is looked at.
    setup = replace(read_scenario(scenario), draws="prior").setup()
    aims = tuple(aim._replace(target=times * aim.target) for aim in AIMS)
    setup = setup._replace(aims=aims, overrides=(*setup.overrides, *overrides))
    values, world = begin(setup, 2022, replicate)
    record = parameters.as_record(values)
    counts, measures = setup.nothing_recorded()
    world = advance(world, record, setup, setup.months, counts, measures)
    city = world.city[0]
    entries = world.programmes[: int(city["programme_rows"])]
    entries = entries[(entries["stage"] != codes.PROPOSED) & (entries["existing"] == 0)]
    by_call = entries[(entries["kind"] != codes.PILOT_ZONE) | (entries["site"] == NOBODY)]
    rounds = np.zeros((len(PROGRAMME_KINDS), setup.months + 2), np.int64)
    np.add.at(rounds, (by_call["kind"], by_call["starts"]), 1)
    return Named(
        np.bincount(entries["kind"], minlength=len(PROGRAMME_KINDS)),
        rounds.max(axis=1),
        (rounds > 0).sum(axis=1),
        city["calls"].copy(),
        counts[-1],
        record[0],
    )


def total(times: float, **more: str) -> NDArray[np.int64]:
    runs = [named(replicate, times, **more) for replicate in REPLICATES]
    found: NDArray[np.int64] = np.sum([run.numbers for run in runs], axis=0)
    return found


def test_the_pace_rises_with_the_gap_to_the_target() -> None:
    none, plan, tenfold = (total(times)[COUNTED] for times in (0.0, 1.0, 10.0))
    # Who proposes differs between worlds that have parted: kinds without a gap may lose a case.
    assert (none <= 1.02 * plan).all() and (plan <= 1.02 * tenfold).all()
    assert none.sum() < plan.sum() < tenfold.sum()


@pytest.mark.parametrize("replicate", REPLICATES)
def test_a_kind_that_no_count_counts_is_named_whatever_the_targets(replicate: int) -> None:
    none, tenfold = named(replicate, 0.0), named(replicate, 10.0)
    assert np.abs(none.numbers - tenfold.numbers)[OTHERS].max() <= 6  # cases differ in the end


@pytest.mark.parametrize("replicate", REPLICATES)
def test_no_round_names_more_than_the_staff_can(replicate: int) -> None:
    run = named(replicate, 1000.0, overrides=PLENTY)
    staff = run.p["round_size"] * (1.0 + run.p["usual_budget"])
    assert (run.largest <= staff + 1.0).all()
    assert (run.largest[COUNTED] >= np.minimum(staff - 1.0, 1.0)[COUNTED]).all()
    assert (run.numbers == named(replicate, 100.0, overrides=PLENTY).numbers).all()


def test_without_targets_merit_and_staff_decide() -> None:
    assert (total(0.0)[COUNTED] > 0).all()
    assert (total(0.0, scenario="business-as-usual") < total(0.0)).sum() >= len(COUNTED)


def test_ten_times_the_targets_are_not_reached() -> None:
    for aim in AIMS:
        reached = [
            named(replicate, 10.0).counts[aim.column] >= 10.0 * aim.target
            for replicate in REPLICATES
        ]
        assert not all(reached), aim


@pytest.mark.parametrize("replicate", REPLICATES)
def test_dropping_a_plan_leaves_the_calls_of_other_kinds(replicate: int) -> None:
    usual, without = named(replicate), named(replicate, scenario="without-kaiyuan")
    dropped = [codes.VALIDATION, codes.INTEGRATION, codes.PROMOTION]
    others = [kind for kind in COUNTED if kind not in dropped]
    assert (usual.calls == without.calls).all()
    assert without.numbers[dropped].sum() < 0.6 * usual.numbers[dropped].sum()
    # Test fields alone now stand for the count of scenarios, and are pressed for more.
    others.remove(codes.TEST_FIELD)
    assert np.abs(without.numbers - usual.numbers)[others].max() <= 2


@pytest.mark.parametrize("replicate", REPLICATES)
def test_programmes_are_named_in_lumps(replicate: int) -> None:
    """At most one month for each round of a kind."""
    run = named(replicate)
    faster = 1.0 + run.p["coordination_gain"]
    assert (run.months <= 1.0 + 99.0 * faster / run.p["call_months"]).all()
