"""Protects the pipeline of programmes: proposed, approved, built, open, and never backwards."""

import numpy as np
from numpy.typing import NDArray

from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world import codes
from sim.model.world.grid import WIDTH, cell_at
from sim.model.world.tables import BY_AREA, NEVER, NOBODY
from sim.plan import PLAN
from tests.rules.history import History, Month, Records

KINDS = len(PROGRAMME_KINDS)
PAYS_FOR = np.array(codes.PAYS_FOR)
PAYING = PAYS_FOR != NOBODY
"""Number of the instrument that calls for each kind."""
CALLING = np.array(codes.MECHANISM_OF)
COORDINATION = codes.mechanism("coordination")
YI = 10_000.0


def both(before: Month, after: Month) -> tuple[Records, Records]:
    """Return the programmes that were there a month ago, then and now."""
    return before.programmes, after.programmes[: len(before.programmes)]


def approved(before: Month, after: Month) -> Records:
    """Return the programmes that were approved this month."""
    old, _ = both(before, after)
    was = np.full(len(after.programmes), codes.PROPOSED)
    was[: len(old)] = old["stage"]
    found: Records = after.programmes[
        (was == codes.PROPOSED) & (after.programmes["stage"] != codes.PROPOSED)
    ]
    return found


def test_those_of_2022_are_there_and_open_from_the_start(history: History) -> None:
    """A few may close in the first month already, but only of kinds that close."""
    entries = history.start.programmes
    expected = history.p["existing"].astype(np.int64)
    assert (np.bincount(entries["kind"], minlength=KINDS) == expected).all()
    assert (entries["alive"] == 1).all()
    assert (entries["stage"] == codes.OPEN).all()
    assert (entries["existing"] == 1).all()
    assert (entries["opens"] < 0).all()
    first = history.months[0].programmes
    closed = first[: len(entries)]["alive"] == 0
    assert closed.sum() <= 5
    assert (history.p["closing"][entries["kind"][closed]] > 0.0).all()
    assert (first["existing"][len(entries) :] == 0).all()


def test_a_programme_keeps_what_it_is_and_where_it_stands(history: History) -> None:
    for before, after in history.pairs():
        old, now = both(before, after)
        for column in ("id", "kind", "existing", "cluster", "district", "site", "cell", "proposed"):
            assert (old[column] == now[column]).all(), (after.number, column)


def test_stages_go_forward_one_at_a_time(history: History) -> None:
    for before, after in history.pairs():
        old, now = both(before, after)
        step = now["stage"].astype(int) - old["stage"]
        assert ((step == 0) | (step == 1)).all(), after.number
        assert (now["alive"] <= old["alive"]).all(), after.number
        new = after.programmes[len(old) :]
        assert (new["proposed"] == after.number).all(), after.number
        assert (new["stage"] <= codes.APPROVED).all(), after.number


def test_building_takes_a_month_at_least_and_starts_after_the_approval(history: History) -> None:
    for before, after in history.pairs():
        chosen = approved(before, after)
        assert (chosen["stage"] == codes.APPROVED).all(), after.number
        assert (chosen["starts"] == after.number + 1).all(), after.number
        assert (chosen["opens"] > chosen["starts"]).all(), after.number
        entries = after.standing
        stage = entries["stage"]
        proposed, building = stage == codes.PROPOSED, stage == codes.BUILDING
        assert (entries["opens"][proposed] == NEVER).all(), after.number
        assert (entries["starts"][building] <= after.number).all(), after.number
        assert (entries["opens"][building] > after.number).all(), after.number
        assert (entries["opens"][stage == codes.OPEN] <= after.number).all(), after.number


def test_building_takes_about_as_long_as_the_kind_asks_for(history: History) -> None:
    p = history.p
    entries = history.months[-1].programmes
    entries = entries[(entries["stage"] != codes.PROPOSED) & (entries["existing"] == 0)]
    months = entries["opens"] - entries["starts"]
    usual = p["building_months"][entries["kind"]]
    assert (months >= np.maximum(1.0, usual * (1.0 - p["building_spread"]) - 0.5)).all()
    assert (months <= np.maximum(1.0, usual * (1.0 + p["building_spread"]) + 0.5)).all()


def rounds_held(before: Month, after: Month, p: np.void) -> NDArray[np.bool_]:
    """Return of which kinds a round of calls was held this month."""
    faster = 1.0 + p["coordination_gain"] * after.city["mean_dose"][COORDINATION]
    due = before.city["calls"] + faster / p["call_months"]
    if after.number == 0:  # how long ago the last round was is drawn in this month
        return np.ones(KINDS, np.bool_)
    held: NDArray[np.bool_] = (due >= 1.0) & (after.city["calls"] < due - 0.5)
    return held


def is_site(entries: Records) -> NDArray[np.bool_]:
    """Return which programmes are zones that the plan names."""
    sites: NDArray[np.bool_] = (entries["kind"] == codes.PILOT_ZONE) & (entries["site"] != NOBODY)
    return sites


def test_programmes_are_named_in_rounds_of_their_kind(history: History) -> None:
    """As many as the staff can, and a part of a place left over from the last round."""
    p = history.p
    for before, after in history.pairs():
        chosen = approved(before, after)
        called = chosen[~is_site(chosen)]
        assert rounds_held(before, after, p)[called["kind"]].all(), after.number
        staff = p["round_size"] * (p["usual_budget"] + after.city["mean_dose"][CALLING])
        assert (np.bincount(called["kind"], minlength=KINDS) <= staff + 1.0).all(), after.number
        assert ((after.city["carried"] >= 0.0) & (after.city["carried"] < 1.0)).all()


def city_s_price(p: np.void, after: Month) -> NDArray[np.float64]:
    """Return what the city pays for each kind, less what the nation pays of what it places."""
    dose = after.city["mean_dose"][codes.mechanism("ministry_cooperation")]
    price: NDArray[np.float64] = p["price"].copy()
    national = [codes.COLLEGE, codes.INSTITUTE, codes.INNOVATION_CENTRE]
    price[national] *= max(0.0, 1.0 - p["ministry_share"] * dose)
    return price


def test_approvals_are_paid_from_the_purse_of_their_kind(history: History) -> None:
    p = history.p
    for before, after in history.pairs():
        funded = p["usual_budget"] + after.city["given"]
        paid = np.zeros(KINDS)
        np.add.at(paid, PAYS_FOR[PAYING], (p["cost"] * YI / 12.0 * funded)[PAYING])
        chosen = np.bincount(approved(before, after)["kind"], minlength=KINDS)
        left = before.city["purse"] + paid - city_s_price(p, after) * chosen
        assert np.abs(after.city["purse"] - left).max() < 1e-6, after.number


def test_proposals_lapse(history: History) -> None:
    """Before that a round may turn them down, but not the zones that the plan names."""
    life = history.p["proposal_life"]
    for before, after in history.pairs():
        old, now = both(before, after)
        waited = (old["alive"] == 1) & (old["stage"] == codes.PROPOSED)
        stale = waited & (after.number - old["proposed"] >= life)
        assert (now["alive"][stale] == 0).all(), after.number
        judged = rounds_held(before, after, history.p)[old["kind"]] & ~is_site(old)
        assert (now["alive"][waited & ~stale & ~judged] == 1).all(), after.number


def test_only_kinds_that_close_are_closed(history: History) -> None:
    for before, after in history.pairs():
        old, now = both(before, after)
        closed = (old["alive"] == 1) & (now["alive"] == 0) & (old["stage"] != codes.PROPOSED)
        assert (history.p["closing"][old["kind"][closed]] > 0.0).all(), after.number
        assert (old["stage"][closed] == codes.OPEN).all(), after.number


def test_services_count_what_is_open_in_reach(history: History) -> None:
    reach = history.p["service_reach"]
    for month in history.months:
        entries = month.standing
        entries = entries[entries["stage"] == codes.OPEN]
        here = np.zeros((KINDS, *BY_AREA))
        np.add.at(here, (entries["kind"], entries["cluster"], entries["district"]), 1.0)
        expected = here + reach * (here.sum(axis=2, keepdims=True) - here)
        assert np.allclose(month.city["services"], expected, rtol=1e-12), month.number


def test_a_university_has_one_college_at_most(history: History) -> None:
    seats = np.array([cell_at(seat.lon, seat.lat) for seat in PLAN.universities])
    number = {district.id: district.number for district in PLAN.districts}
    district = np.array([number[seat.district] for seat in PLAN.universities])
    for month in history.months:
        colleges = month.standing[month.standing["kind"] == codes.COLLEGE]
        assert (np.bincount(colleges["site"], minlength=1) <= 1).all(), month.number
        assert (colleges["cell"] == seats[colleges["site"]]).all(), month.number
        assert (colleges["district"] == district[colleges["site"]]).all(), month.number


def test_cells_in_a_zone_lie_within_its_radius(history: History) -> None:
    radius = history.p["zone_radius"]
    for month in history.months:
        inside = np.flatnonzero(month.cells["zone"] != NOBODY)
        zones = month.programmes[month.cells["zone"][inside]]
        assert (zones["kind"] == codes.PILOT_ZONE).all(), month.number
        assert ((zones["stage"] == codes.OPEN) & (zones["alive"] == 1)).all(), month.number
        down, right = (
            inside // WIDTH - zones["cell"] // WIDTH,
            inside % WIDTH - zones["cell"] % WIDTH,
        )
        assert (down**2 + right**2 <= radius**2).all(), month.number


def test_the_named_zones_are_proposed_with_the_plan_and_not_without(history: History) -> None:
    cells = [cell_at(zone.lon, zone.lat) for zone in PLAN.zones]
    entries = history.months[-1].programmes
    named = entries[(entries["kind"] == codes.PILOT_ZONE) & (entries["site"] != NOBODY)]
    if history.scenario == "business-as-usual":
        assert len(named) == 0
    else:
        assert sorted(named["cell"]) == sorted(cells)
        assert (named["proposed"] == 0).all()
        assert (named["case"] == 1.0).all()


def test_consortia_list_their_members(history: History) -> None:
    most = np.ceil(history.p["consortium_size"])
    for month in history.months:
        members = month.living[month.living["consortium"] != NOBODY]
        here = np.bincount(members["consortium"], minlength=len(month.programmes))
        assert (month.programmes["members"] == here).all(), month.number
        assert (here <= most).all(), month.number
        consortia = month.programmes[members["consortium"]]
        assert ((consortia["kind"] == codes.CONSORTIUM) & (consortia["alive"] == 1)).all()
        assert (consortia["stage"] == codes.OPEN).all(), month.number
        assert (consortia["cluster"] == members["cluster"]).all(), month.number


def test_no_two_programmes_share_an_identity(history: History) -> None:
    """Those that did would share the luck of their priority and their building time."""
    entries = history.months[-1].programmes["id"]
    assert len(np.unique(entries)) == len(entries)
