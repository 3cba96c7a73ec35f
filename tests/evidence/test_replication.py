"""Protects the replication table: each evaluation's statistic, by hand and with a planted effect.

Books are made up: thirty or more firms that are alike but for what a test changes, so that what the
statistic must be follows from a line of arithmetic.
"""

import copy
import tomllib
from collections.abc import Callable
from dataclasses import replace
from math import inf, isnan, nan
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import city
from sim.evidence.replication import of_city, of_firms, of_support
from sim.evidence.replication.arms import BEGINS, BOOKS, YEARS, Arm, Award, Month, Trial
from sim.evidence.replication.designs import KNOWN
from sim.evidence.replication.estimators import (
    chance_ratio,
    foretold,
    in_differences,
    mean_change,
    per_tenth,
    stratified,
)
from sim.evidence.replication.evaluations import (
    ROLES,
    TABLE,
    check_known,
    evaluations,
    overall,
    parse,
)
from sim.evidence.replication.replicated import Line, around_median, spread
from sim.model.world.codes import ACQUIRED, CLOSED, GATE_OF, INSOLVENT, IS_LICENSED, STARTUP
from sim.model.world.layout import MEASURES
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, PLACES
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.scenario.posterior import PRIOR
from sim.studies.shared.replications import published
from sim.toml_tables import Table

Rows = NDArray[np.void]
FIRMS = 40
HALF = np.arange(FIRMS) % 2 == 0


def firms(number: int = FIRMS, first: int = 1, **columns: Any) -> Rows:
    """Return books of firms that live, have no patron, and have what is given."""
    rows = np.zeros(number, BOOKS)
    given = {"id": np.arange(first, first + number), "alive": 1, "patron": -1, "level": 5}
    given["place"] = DISTRICTS
    for name, value in {**given, "staff": 10.0, "sales": 100.0, "entered": -1, **columns}.items():
        rows[name] = value
    return rows


def arm(
    at: Callable[[int], Rows], months: int, *, price: float = 1.0, vouchers: Any = 0.0,
    **measures: float,
) -> Arm:  # fmt: skip
    """Return books that are given month by month; costs and measures are the same in all.

    Costs are known of tracks and of the parts of districts alone, as in the model.
    """
    places = np.zeros((BRANCHES, PLACES))
    places[CLUSTERS:, DISTRICTS:] = 1.0
    table = np.zeros((months, len(MEASURES)))
    for name, value in measures.items():
        table[:, MEASURES.index(name)] = value
    kept = tuple(
        Month(at(month), np.stack([price * places] * 2), vouchers * places)
        for month in range(months)
    )
    return Arm(kept, table)


def changing(rows: Rows, month: int, **later: Any) -> Callable[[int], Rows]:
    """Return books that change in a month, and stay."""
    after = copy.deepcopy(rows)
    for name, value in later.items():
        after[name] = value
    return lambda now: rows if now < month else after


def test_the_threshold_finds_what_was_relabelled() -> None:
    """Firms report a twentieth above the share asked; three quarters of that was done."""
    asked = 0.05 * 1000.0
    books = firms(600, sales=1000.0, reported_rd=1.05 * asked, real_rd=0.75 * 1.05 * asked)
    p = {
        "certificate_sales": 1.0, "small_revenue": 5000.0, "medium_revenue": 20000.0,
        "threshold_small": 0.05, "threshold_medium": 0.04, "threshold_large": 0.03,
    }  # fmt: skip
    trial = cast("Trial", SimpleNamespace(usual=arm(lambda _: books, 12), p=p))
    assert of_firms.threshold(trial)["relabelled"] == pytest.approx(0.25)


@pytest.mark.parametrize(("price", "research"), [(0.9, 1.21), (0.81, 1.21**2)])
def test_the_deduction_is_told_for_a_tenth(price: float, research: float) -> None:
    """An elasticity is the same whatever the price falls by."""
    last = BEGINS + 1
    usual = arm(lambda _: firms(real_rd=50.0), last + 1)
    eased = arm(lambda _: firms(real_rd=50.0 * research), last + 1, price=price)
    found = of_firms.research_response(usual, eased, last)
    assert found["real"] == pytest.approx(0.21)
    assert isnan(of_firms.research_response(usual, usual, last)["real"])


def test_the_guidance_fund_is_told_a_yuan() -> None:
    """Three yuan of private money to ten of public; rounds of firms at low levels count."""
    span = range(BEGINS, BEGINS + 4)
    low = firms(level=3)
    few = changing(low, BEGINS + 1, raised=np.where(np.arange(FIRMS) < 10, 5.0, 0.0))
    more = changing(low, BEGINS + 1, raised=np.where(np.arange(FIRMS) < 15, 5.0, 0.0))
    usual = arm(few, span.stop, private_investment=7.0, entries=10.0)
    funded = arm(more, span.stop, private_investment=7.3, guidance_investment=1.0, entries=9.0)
    found = of_city.funded_city(usual, funded, span)
    assert found == pytest.approx({"private": 0.3, "early": 0.5, "founded": -0.1})


def test_talents_are_told_by_the_cohort() -> None:
    """Able start-ups grow; the treated city has as many of them again, and as many firms."""
    end = BEGINS + YEARS[3]

    def city_of(able: int) -> Arm:
        best = np.arange(FIRMS) < able
        born = firms(kind=STARTUP, entered=BEGINS, quality=np.where(best, 1.0, -1.0), level=1)
        sold = np.where(best, ACQUIRED, 0)
        lives = np.where(best, 0, 1)
        grown = changing(born, BEGINS + 6, exit_reason=sold, alive=lives, level=6)
        return arm(lambda now: grown(now) if now >= BEGINS else firms(first=1000), end)

    found = of_city.cohorts(city_of(10), city_of(20), end, 5.5)
    assert found["start_ups"] == 0.0
    assert found["high_growth"] == pytest.approx(1.0)
    assert found["quality"] == pytest.approx(1.0)
    assert found["patent_active"] == pytest.approx(20 / 30 - 1.0)


def test_pilot_districts_are_told_beyond_the_others() -> None:
    """Entry rises by half inside and by a tenth outside; a head sells a fifth more inside."""
    pilot = np.arange(DISTRICTS) < 1
    last = BEGINS + YEARS[2]

    def city_of(inside: int, outside: int, gone: int, worth: float) -> Arm:
        old = firms(100, 1, district=0)
        rest = firms(100, 101, district=1)
        came = firms(inside, 1001, district=0, entered=BEGINS + 1, sales=100.0 * worth)
        other = firms(outside, 2001, district=1, entered=BEGINS + 1)
        before = np.concatenate([old, rest])
        after = np.concatenate([old, rest, came, other])
        after["alive"][:gone] = 0
        after["alive"][100:140] = 0
        return arm(lambda now: before if now <= BEGINS else after, last + 1)

    found = of_city.pilots(city_of(40, 40, 40, 1.0), city_of(60, 44, 50, 1.2), pilot, last)
    assert found["entry"] == pytest.approx(1.5 / 1.1 - 1.0)
    assert found["exit"] == pytest.approx(0.25)
    assert found["productivity"] == pytest.approx(0.2)


def test_a_grant_is_told_by_the_chance_of_a_round() -> None:
    """Ten of forty raise a round without the grant, twenty with it; what came before is none."""
    before = firms(raised=7.0)

    def raising(many: int) -> Arm:
        more = np.where(np.arange(FIRMS) < many, 9.0, 7.0)
        return arm(changing(before, BEGINS + 5, raised=more), BEGINS + YEARS[2])

    awards = [Award(BEGINS, before["id"].astype(np.int64), 100.0)]
    assert of_firms.rounds_after(raising(10), raising(20), awards) == pytest.approx(2.0)


def test_a_list_is_told_early_and_late() -> None:
    """One listed firm in ten more raises a round at once, later fewer do; half as much is sold."""
    last = BEGINS + YEARS[3] - 1
    number = np.arange(FIRMS)

    def city_of(soon: int, later: int, lives: int, sales: float) -> Arm:
        first = firms()
        second = firms(raised=np.where(number < soon, 1.0, 0.0))
        third = firms(
            raised=second["raised"] + np.where(number < later, 1.0, 0.0),
            alive=np.where(number < lives, 1, 0),
            sales=sales,
        )

        def at(now: int) -> Rows:
            return first if now < BEGINS + 2 else second if now < BEGINS + 8 else third

        return arm(at, last + 1)

    ids = firms()["id"].astype(np.int64)
    found = of_firms.after_listing(
        city_of(10, 20, 40, 100.0), city_of(14, 15, 30, 150.0), ids, last
    )
    expected = {"sales": 0.5, "survival": -0.25, "round_soon": 0.4, "round_later": -0.25}
    assert found == pytest.approx(expected)


def test_vouchers_are_told_a_yuan() -> None:
    """Winners have a tenth more done; vouchers buy an eighth of what a small firm's people do.

    Of ten vouchers won nine are used.
    """
    span = range(BEGINS, BEGINS + 12)
    small = np.where(HALF, 100.0, 5000.0)
    usual = arm(lambda _: firms(sales=small, real_rd=100.0, products=2), span.stop + 12)
    more = firms(sales=small, real_rd=np.where(HALF, 110.0, 100.0), products=3)
    paid = arm(lambda _: more, span.stop + 12, vouchers=0.125)
    ids = firms()["id"][HALF].astype(np.int64)
    found = of_firms.winners(usual, paid, ids, span, 2000.0, 0.2)
    assert found["additional"] == pytest.approx(9.0 / (110.0 / 1.1 * 0.125))
    assert found["innovation"] == pytest.approx(0.5)


def test_a_first_order_is_told_beside_firms_alike() -> None:
    """Staff with an order doubles and else grows by a half; those of a track alone do not count.

    A fifth of sales with an order goes to the patron. Capacity grows by a quarter with an order.
    """
    won = BEGINS + 1
    track = np.where(np.isin(np.arange(FIRMS), (1, 3)), 1, 0)
    rows = firms(track=track, capacity=100.0)
    ordered = HALF | (track == 1)
    grown = np.where(ordered, 2.0, 1.5)
    grown[track == 1] = 9.0
    after = firms(track=track, patron=np.where(ordered, 3, -1), staff=10.0 * grown,
                  sales=100.0 * grown * np.where(ordered, 1.1, 1.0),
                  to_patron=np.where(ordered, 20.0 * grown * 1.1, 0.0),
                  capacity=100.0 * np.where(ordered, 1.25 * 1.5, 1.5))  # fmt: skip
    found = of_firms.event_study(
        arm(lambda now: rows if now < won else after, BEGINS + YEARS[2] + YEARS[5]), 4.5, 1e6
    )
    assert found["staff"] == pytest.approx(2.0 / 1.5 - 1.0)
    assert found["other_sales"] == pytest.approx(0.8 * 2.2 / 1.5 - 1.0)
    used = (2.0 / 1.5) ** (2.0 / 3.0) * 1.25 ** (1.0 / 3.0)
    assert found["productivity"] == pytest.approx(2.2 / 1.5 / used - 1.0)


def test_an_approval_is_told_in_days_beyond_other_tracks() -> None:
    """Licensed firms launch a year earlier, and others a month; every second one tries.

    Who fails and tries again counts twice.
    """
    licensed = np.array(IS_LICENSED)[np.array(GATE_OF)]
    tracks = np.where(HALF, int(np.flatnonzero(licensed)[0]), int(np.flatnonzero(~licensed)[0]))
    early = np.where(np.arange(FIRMS) < 20, 5, 4)

    def city_of(launch: Any, tries: int, again: int = 0) -> Arm:
        def at(now: int) -> Rows:
            level = np.where(now >= BEGINS + np.asarray(launch), 9, early)
            failed = (np.arange(FIRMS) < again) & (now == BEGINS + 6)
            trying = (np.arange(FIRMS) < tries) & (level < 9) & (now >= BEGINS) & ~failed
            return firms(track=tracks, level=np.where(trying, 6, level))

        return arm(at, BEGINS + 40)

    selling = np.full(len(GATE_OF), 9.0)
    found = of_city.launches(
        city_of(np.where(HALF, 30, 30), 0), city_of(np.where(HALF, 18, 29), 0), selling, 6.0
    )
    assert found["launch"] == pytest.approx(-11 * 365.25 / 12)
    never = np.full(FIRMS, 99)
    begun = of_city.launches(city_of(never, 20), city_of(never, 30), selling, 6.0)
    assert begun["trials"] == pytest.approx(0.5)
    assert isnan(begun["launch"])
    again = of_city.launches(city_of(never, 20), city_of(never, 20, 10), selling, 6.0)
    assert again["trials"] == pytest.approx(0.5)


FIVE = of_support.FIVE_YEARS


def cohort(*, number: int = FIRMS, ended: int = 0, reason: int = 0, **columns: Any) -> Arm:
    """Return a city of old firms to which start-ups come, of which some end."""
    old = firms(first=1)
    before = firms(number, 1001, kind=STARTUP, entered=BEGINS, **columns)
    after = before.copy()
    after["alive"][:ended], after["exit_reason"][:ended] = 0, reason

    def at(month: int) -> Rows:
        came = before if month < BEGINS + 20 else after
        return old if month < BEGINS else np.concatenate([old, came])

    return arm(at, FIVE.stop, entries=float(number))


def test_accelerators_are_told_outside_their_cohorts_and_by_those_who_close() -> None:
    """Ten old firms raise a round without and fifteen with; who is new or grown does not count."""

    def city_of(raised: int, closed: int, reason: int) -> Arm:
        there = firms(level=np.where(np.arange(FIRMS) < 30, 3, 8))
        paid = changing(
            there, BEGINS + 3, raised=np.where(np.arange(FIRMS) % 30 < raised, 5.0, 0.0)
        )
        new = cohort(ended=closed, reason=reason, level=2, raised=9.0)
        return arm(
            lambda now: np.concatenate([paid(now), new.months[now].firms[FIRMS:]]), FIVE.stop
        )

    found = of_support.accelerated(city_of(10, 10, CLOSED), city_of(15, 12, INSOLVENT))
    assert found == pytest.approx({"outside": 0.5, "closed": 1.2})
    sold = of_support.accelerated(city_of(10, 10, CLOSED), city_of(15, 12, ACQUIRED))
    assert sold["closed"] == 0.0


def test_lending_is_told_by_staff_defaults_and_foundings() -> None:
    """Those who live have a fifth more staff, half as many again default, as many are founded."""
    usual = cohort(ended=10, reason=INSOLVENT, staff=10.0)
    lent = cohort(ended=15, reason=INSOLVENT, staff=12.0)
    assert of_support.lent_to(usual, lent) == pytest.approx(
        {"staff": 0.2, "default": 0.5, "founded": 0.0}
    )


def test_a_cancelled_meeting_is_told_by_pairs_that_do_not_come_together() -> None:
    span = range(BEGINS, BEGINS + 6)

    def city_of(won: int) -> Arm:
        mine = np.where(np.arange(FIRMS) < won, 3, -1)
        return arm(changing(firms(), BEGINS + 2, patron=mine), span.stop)

    assert of_support.ties_without(city_of(20), city_of(15), span) == {"pairs": -0.25}


def test_one_bureau_is_told_by_foundings_and_climbs() -> None:
    def city_of(number: int, climbing: int) -> Arm:
        up = np.where(np.arange(FIRMS) < climbing, 6, 5)
        return arm(changing(firms(), BEGINS + 2, level=up), FIVE.stop, entries=float(number))

    found = of_support.under_one_roof(city_of(10, 20), city_of(11, 15), 6.0)
    assert found == pytest.approx({"founded": 0.1, "patents": -0.25})


def test_a_subsidy_is_told_by_sales() -> None:
    usual, paid = (arm(changing(firms(), 0, sales=sold), 5) for sold in (100.0, 150.0))
    assert of_support.subsidised(usual, paid, 4) == {"sales": 0.5}


def test_estimators_say_nothing_of_too_few() -> None:
    """Whatever is told of three firms would be chance."""
    three = np.ones(3)
    assert isnan(in_differences((3.0, 6.0), (3.0, 3.0)))
    assert isnan(chance_ratio(three > 0.0, three > 0.0))
    assert isnan(mean_change(three, three))
    assert isnan(stratified(three, three > 0.0, np.zeros(3, np.int64)))
    assert isnan(per_tenth(1.2, 1.001))
    assert isnan(foretold(np.array([1]), np.array([True]), np.array([0])))


def test_an_effect_planted_in_the_model_is_found() -> None:
    """What orders add to sales and growth is what the event study reads off simulated firms."""
    base = replace(read_scenario("business-as-usual"), draws=PRIOR).setup()
    nothing = {"order_gain": 0.0, "order_part": 0.0, "order_credit": 0.0}
    found = [
        of_firms.order(Trial(base._replace(overrides=tuple((nothing | planted).items())), 7, 0))
        for planted in ({}, {"order_gain": 0.3}, {"order_part": 1.0})
    ]
    assert abs(found[0]["staff"]) < 0.1
    assert all(each["staff"] > found[0]["staff"] + 0.1 for each in found[1:])
    assert found[1]["other_sales"] > found[0]["other_sales"] + 0.1 > found[2]["other_sales"]


def test_half_of_the_shipped_evaluations_are_held_to_check() -> None:
    found = evaluations()
    check_known(found, KNOWN)
    assert [sum(each.role == role for each in found) for role in ROLES] == [6, 7, 2]
    assert set(KNOWN) == {each.id for each in found}


def test_a_direction_is_written_where_it_turns() -> None:
    """Of a change that is nought, of a ratio one."""
    written = {
        (each.id, statistic.id): published(Line(each, statistic, None, None))
        for each in evaluations()
        for statistic in each.statistics
        if statistic.basis == "sign"
    }
    assert written["accelerator", "closed"] == "≥ ×1.00"
    assert written["accelerator", "outside"] == "> 0"
    assert written["guidance", "founded"] == "≤ 0"


def told(change: Callable[[dict[str, Any]], object]) -> str:
    """Return what is said of the shipped table with its first evaluation changed."""
    text = (city.folder() / TABLE).read_text(encoding="utf-8")
    values = tomllib.loads(text)
    change(values["evaluations"][0])
    with pytest.raises(Problem) as caught:
        check_known(parse(Table(TABLE, "", values)), KNOWN)
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "key", "expected"),
    [
        (lambda each: each.update(sources=[]), "threshold.sources", "found —; expected one"),
        (lambda each: each["sources"][0].pop("source"), "threshold.sources.1.source", "found —"),
        (lambda each: each["sources"][0].update(address="memory"), "address", "found 'memory'"),
        (lambda each: each["sources"][0].update(rows=["140"]), "rows", "ids such as L140"),
        (
            lambda each: [each["statistics"][0].pop(end) for end in ("low", "high")],
            "threshold.statistics.relabelled.low",
            "found —; expected an interval",
        ),
        (lambda each: each["statistics"][0].update(low=0.5), "relabelled.high", "above 0.5"),
        (lambda each: each.update(role="both"), "threshold.role", "fit or check or seen"),
        (lambda each: each.update(id="treshold"), "id", "Did you mean threshold?"),
        (lambda each: each.update(id="order"), "id", "an id of its own"),
        (lambda each: each["statistics"][0].update(id="share"), "id", "relabelled"),
    ],
)
def test_a_row_that_lacks_something_is_refused(
    change: Callable[[dict[str, Any]], object], key: str, expected: str
) -> None:
    message = told(change)
    assert message.startswith(TABLE) and "\n" not in message
    assert key in message and expected in message


def test_what_is_hit_follows_the_rule() -> None:
    """The median decides, ends included; too few replicates that know decide nothing."""
    ((relabelled,),) = [each.statistics for each in evaluations() if each.id == "threshold"]
    assert relabelled.hit(0.15) == "hit" and relabelled.hit(0.46) == "missed"
    found = spread(relabelled, np.array([0.1, 0.2, nan, 0.3]))
    assert found.median == pytest.approx(0.2)
    assert found.known == 3
    assert found.inside == pytest.approx(2 / 3)
    assert isnan(spread(relabelled, np.array([0.2, nan, nan, 0.3])).median)
    # Of ten values the second lowest and the second highest, by tables of the sign test.
    assert around_median(np.arange(1.0, 11.0)) == (2.0, 9.0)
    assert around_median(np.arange(5.0)) == (-inf, inf)
    (evaluation,) = [each for each in evaluations() if each.id == "threshold"]
    near, far = (spread(relabelled, np.linspace(at, at + 0.23, 24)) for at in (0.0, 0.2))
    assert [Line(evaluation, relabelled, each, None).sure for each in (near, far)] == [False, True]
    assert overall(["hit", "cannot"]) == "hit"
    assert overall(["hit", "missed"]) == "missed"
    assert overall(["cannot"]) == "cannot"
