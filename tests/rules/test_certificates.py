"""Protects the titles: certificates by the national rule for three years, centres, standing."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.model.world.tables import NEVER
from tests.rules.history import History, Month, Records


def stayed(history: History) -> Iterator[tuple[Month, Records, Records]]:
    """Yield each month with the firms that were there before and after it, in the same order."""
    for before, after in history.pairs():
        now = after.firms[: len(before.firms)]
        same = (before.firms["alive"] == 1) & (now["alive"] == 1)
        yield after, before.firms[same], now[same]


def asked(history: History, firms: Records) -> NDArray[np.float64]:
    """Return the R&D that the national rule asks of each firm."""
    p, sales = history.p, firms["sales"]
    small, medium = sales <= p["small_revenue"], sales <= p["medium_revenue"]
    share = np.where(medium, p["threshold_medium"], p["threshold_large"])
    needed: NDArray[np.float64] = np.where(small, p["threshold_small"], share) * sales
    return needed


def its_month(month: Month, firms: Records) -> NDArray[np.bool_]:
    """Return which firms file in this month."""
    chosen: NDArray[np.bool_] = (month.number + firms["id"]) % 12 == 0
    return chosen


def test_certificates_run_three_years(history: History) -> None:
    years = 36
    assert history.p["certificate_months"] == years
    granted = 0
    for month, old, now in stayed(history):
        change = old["certificate_until"] != now["certificate_until"]
        assert (now["certificate_until"][change] == month.number + years).all(), month.number
        assert its_month(month, now)[change].all(), month.number
        assert (old["certificate_until"][change] - month.number < 12).all(), month.number
        granted += int(change.sum())
    assert granted > 100


def test_those_of_2022_run_out_within_three_years(history: History) -> None:
    until = history.start.living["certificate_until"]
    assert ((until == NEVER) | ((until > 0) & (until <= 36))).all()
    assert (until > 0).sum() > 0
    assert len(np.unique(until)) > 30


def test_certificates_are_granted_by_the_national_rule(history: History) -> None:
    p = history.p
    for month, old, now in stayed(history):
        new = now[old["certificate_until"] != now["certificate_until"]]
        assert (new["reported_rd"] >= asked(history, new)).all(), month.number
        assert (month.number - new["founded"] >= p["certificate_age"]).all(), month.number
        assert (new["sales"] >= p["certificate_sales"]).all(), month.number
        technical = p["team"] * new["talents"]
        assert (technical >= p["technical_share"] * new["staff"]).all(), month.number
        assert (new["level"] >= p["property_level"]).all(), month.number


def test_reported_research_differs_from_real_only_just_above_the_threshold(
    history: History,
) -> None:
    p = history.p
    relabelled = 0
    for month, old, now in stayed(history):
        filed = now[its_month(month, now) & (now["reported_rd"] != old["reported_rd"])]
        filed = filed[filed["reported_rd"] != filed["real_rd"]]
        needed = asked(history, filed)
        assert (filed["reported_rd"] >= needed).all(), month.number
        assert (filed["reported_rd"] <= needed * (1.0 + p["relabel_margin"])).all(), month.number
        assert (filed["real_rd"] < needed).all(), month.number
        assert (filed["real_rd"] >= (1.0 - p["relabel_reach"]) * needed).all(), month.number
        relabelled += len(filed)
    assert relabelled > 0


def test_technology_centres_are_granted_and_lost_by_the_rule(history: History) -> None:
    p, lost = history.p, 0
    for month, old, now in stayed(history):
        new = now[(old["technology_centre"] == 0) & (now["technology_centre"] == 1)]
        assert (new["real_rd"] >= p["centre_rd"]).all(), month.number
        assert (new["real_rd"] >= p["centre_rd_share"] * new["sales"]).all(), month.number
        assert (p["team"] * new["talents"] >= p["centre_staff"]).all(), month.number
        held = old["technology_centre"] == 1
        due = held & its_month(month, now) & (month.number - old["centre_since"] >= 24)
        few = now["real_rd"] < p["centre_tolerance"] * p["centre_rd"]
        few |= p["team"] * now["talents"] < p["centre_tolerance"] * p["centre_staff"]
        assert (now["technology_centre"][due] == ~few[due]).all(), month.number
        assert (now["technology_centre"][held & ~due] == 1).all(), month.number
        assert (now["centre_since"][due] == month.number).all(), month.number
        lost += int((due & few).sum())
        changed = old["technology_centre"] != now["technology_centre"]
        assert its_month(month, now)[changed].all(), month.number
    assert lost > 0


def test_ecosystem_standing_needs_sales_and_partners(history: History) -> None:
    p = history.p
    for month, old, now in stayed(history):
        mine = its_month(month, now)
        leads = now["sales"] >= p["ecosystem_sales"]
        # Partners that ended this month were still there when the firm was looked at.
        new = now[mine & (old["ecosystem"] == 0) & (now["ecosystem"] == 1)]
        assert (new["sales"] >= p["ecosystem_sales"]).all(), month.number
        enough = now["partners"] >= p["ecosystem_partners"]
        assert (now["ecosystem"][mine & leads & enough] == 1).all(), month.number
        assert (now["ecosystem"][mine & ~leads] == 0).all(), month.number
        assert (now["ecosystem"][~mine] == old["ecosystem"][~mine]).all(), month.number
