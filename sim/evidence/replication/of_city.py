"""Evaluations that compare places: the city, or a part of it, with and without a policy."""

from math import nan
from typing import Final

import numpy as np

from sim.calendar import MONTHS_A_YEAR
from sim.evidence.replication.arms import BEGINS, YEARS, Arm, Books, Found, Trial
from sim.evidence.replication.estimators import (
    Bools,
    Floats,
    Ints,
    change,
    foretold,
    in_differences,
    ratio,
    stratified,
)
from sim.model.world.codes import ACQUIRED, GATE_OF, IS_LICENSED, STARTUP
from sim.model.world.tables import CLUSTERS, DISTRICTS

DAYS_A_MONTH: Final = 365.25 / MONTHS_A_YEAR
EARLY: Final = 4
"""Highest readiness level of an early round."""
GROWN: Final = 2
"""Rounds of a start-up of high growth that was not bought."""
QUALITY_CELLS: Final = 5
FEW_LAUNCHES: Final = 5
"""Licensed firms that must come to market in both runs: few do before the end."""


def guidance(trial: Trial) -> Found:
    """Compare the city with the guidance fund and without."""
    end = BEGINS + YEARS[5]
    funded = trial.under("guidance_fund", range(BEGINS, end), end)
    return {} if funded is None else funded_city(trial.usual, funded, range(BEGINS, end))


def funded_city(usual: Arm, funded: Arm, span: range) -> Found:
    """Return private money a yuan of guidance money, and what early rounds and foundings do."""
    months = slice(span.start, span.stop)

    def total(name: str) -> list[float]:
        return [float(arm.measure(name)[months].sum()) for arm in (usual, funded)]

    private, public = total("private_investment"), total("guidance_investment")
    early, founded = [early_rounds(arm, span) for arm in (usual, funded)], total("entries")
    return {
        "private": ratio(private[1] - private[0], public[1] - public[0]),
        "early": change(early[1], early[0]),
        "founded": change(founded[1], founded[0]),
    }


def early_rounds(arm: Arm, span: range, ids: Ints | None = None) -> float:
    """Return how many rounds firms of low levels raised; of some firms, or of all."""
    found = 0
    for month in span:
        firms = arm.living(month)
        firms = firms[firms["level"] <= EARLY]
        if ids is not None:
            firms = firms[np.isin(firms["id"], ids)]
        before = np.nan_to_num(arm.values(month - 1, firms["id"], "raised"))
        found += int((firms["raised"] > before).sum())
    return float(found)


def talents(trial: Trial) -> Found:
    """Compare the start-ups of the city that calls talents and of the one that does not."""
    end = BEGINS + YEARS[6]
    called = trial.under("global_talents", range(BEGINS, end), end)
    if called is None:
        return {}
    return cohorts(trial.usual, called, end, float(trial.p["property_level"]))


def cohorts(usual: Arm, treated: Arm, end: int, protected: float) -> Found:
    """Compare number, foretold quality and fate of start-ups founded within three years.

    Quality is the chance of high growth that a start-up's ability and level at founding foretell,
    as learnt from the cohort that was not treated (Guzman and Stern 2020).
    """
    span = range(BEGINS, BEGINS + YEARS[3])
    born = [arm.entered(span) for arm in (usual, treated)]
    born = [firms[firms["kind"] == STARTUP] for firms in born]
    grown, active = [], []
    for arm, firms in zip((usual, treated), born, strict=True):
        ids = firms["id"]
        grown.append((arm.rounds(ids, span.start, end) >= GROWN) | arm.ended_as(ids, end, ACQUIRED))
        active.append(~np.isnan(arm.reached(ids, np.full(len(ids), protected), span.start)))
    edges = np.quantile(born[0]["quality"], np.arange(1, QUALITY_CELLS) / QUALITY_CELLS)
    cells = [
        QUALITY_CELLS * each["level"].astype(np.int64) + np.searchsorted(edges, each["quality"])
        for each in born
    ]
    quality = [foretold(cells[0], grown[0], each) for each in cells]
    return {
        "start_ups": change(len(born[1]), len(born[0])),
        "quality": change(quality[1], quality[0]),
        "high_growth": change(float(grown[1].sum()), float(grown[0].sum())),
        "patent_active": change(float(active[1].sum()), float(active[0].sum())),
    }


def registration(trial: Trial) -> Found:
    """Compare pilot districts, drawn by lot, with the others, each with and without the reform."""
    end = BEGINS + YEARS[4]
    pilot = trial.lots("registration").permutation(DISTRICTS) < DISTRICTS // 2
    where = np.tile(pilot, (CLUSTERS, 1))
    reformed = trial.under("market_access", range(BEGINS, end), end, where)
    return {} if reformed is None else pilots(trial.usual, reformed, pilot, end - 1)


def pilots(usual: Arm, reformed: Arm, pilot: Bools, month: int) -> Found:
    """Return what entry, exit and productivity changed in pilot districts beyond the others."""
    span = range(BEGINS, BEGINS + YEARS[2])
    arms = (usual, reformed)
    came = [arm.entered(span) for arm in arms]
    gone = [arm.ended(span) for arm in arms]

    def beyond(firms: list[Books]) -> float:
        inside = [float(pilot[each["district"]].sum()) for each in firms]
        outside = [len(each) - many for each, many in zip(firms, inside, strict=True)]
        return in_differences((inside[0], inside[1]), (outside[0], outside[1]))

    heads = [_by_district(arm, firms, pilot, month) for arm, firms in zip(arms, came, strict=True)]
    inside, outside = ((each[0], each[1]) for each in zip(*heads, strict=True))
    return {
        "entry": beyond(came),
        "exit": beyond(gone),
        "productivity": in_differences(inside, outside, 0.0),
    }


def _by_district(arm: Arm, firms: Books, pilot: Bools, month: int) -> tuple[float, float]:
    """Return typical sales a head of entrants that sell, inside pilot districts and outside."""
    sales, staff = (arm.values(month, firms["id"], name) for name in ("sales", "staff"))
    known = (sales > 0.0) & (staff > 0.0)
    heads = np.log(sales[known] / staff[known])
    inside = pilot[firms["district"][known]]
    typical = [float(np.exp(heads[at].mean())) if at.any() else nan for at in (inside, ~inside)]
    return typical[0], typical[1]


def approval(trial: Trial) -> Found:
    """Compare when firms of licensed tracks and of others come to market, with and without."""
    end = len(trial.usual.months)
    eased = trial.under("market_access", range(BEGINS, end), end)
    if eased is None:
        return {}
    selling = np.array([trial.p["first_selling_level"][gate] for gate in GATE_OF])
    return launches(trial.usual, eased, selling, float(trial.p["gate_level"]))


def launches(usual: Arm, eased: Arm, selling: Floats, gate: float) -> Found:
    """Return how many days later licensed firms launch, beyond others, and how many trials begin.

    Trials are counted as a register does, each time that one begins, whoever begins it.

    Args:
        usual: the city.
        eased: with easier access.
        selling: level from which firms of each track sell.
        gate: level of which a trial is the way out.
    """
    is_licensed = np.array(IS_LICENSED)[np.array(GATE_OF)]
    firms = usual.living(BEGINS - 1)
    firms = firms[firms["level"] < selling[firms["track"]]]
    licensed = is_licensed[firms["track"]]
    at = [arm.reached(firms["id"], selling[firms["track"]], BEGINS) for arm in (usual, eased)]
    known = ~np.isnan(at[0]) & ~np.isnan(at[1])
    alike = np.zeros(int(known.sum()), np.int64)
    later = stratified((at[1] - at[0])[known], licensed[known], alike, FEW_LAUNCHES)
    months = range(BEGINS, len(usual.months))
    begun = [arm.climbs(months, gate, is_licensed) for arm in (usual, eased)]
    return {"launch": later * DAYS_A_MONTH, "trials": change(begun[1], begun[0])}
