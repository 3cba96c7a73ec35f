"""Evaluations of support that a whole city has: the same city with it and without."""

import numpy as np

from sim.evidence.replication.arms import BEGINS, YEARS, Arm, Books, Found, Trial
from sim.evidence.replication.estimators import chance_ratio, change
from sim.evidence.replication.of_city import early_rounds
from sim.model.world.codes import CLOSED, INSOLVENT, STARTUP
from sim.model.world.tables import NOBODY, TRACKS

FIVE_YEARS = range(BEGINS, BEGINS + YEARS[5])
COHORT = range(BEGINS, BEGINS + YEARS[3])
"""Months in which those are founded who are followed to the end of the five years."""


def accelerator(trial: Trial) -> Found:
    """Compare the city in which accelerators open and the one in which none do."""
    helped = trial.under("accelerators", FIVE_YEARS, FIVE_YEARS.stop)
    return {} if helped is None else accelerated(trial.usual, helped)


def accelerated(usual: Arm, helped: Arm) -> Found:
    """Return what becomes of early rounds of firms that were there before, and of start-ups since.

    Firms that were there before are outside any cohort; those founded since are the cohorts.
    """
    there = usual.living(BEGINS - 1)["id"]
    early = [early_rounds(arm, FIVE_YEARS, there) for arm in (helped, usual)]
    closed = [
        arm.ended_as(_cohort(arm)["id"], FIVE_YEARS.stop, CLOSED, INSOLVENT)
        for arm in (helped, usual)
    ]
    return {"outside": change(*early), "closed": chance_ratio(closed[0], closed[1])}


def guarantee(trial: Trial) -> Found:
    """Compare new firms of the city whose banks lend more and of the one whose banks do not."""
    lent = trial.under("financial_products", FIVE_YEARS, FIVE_YEARS.stop)
    return {} if lent is None else lent_to(trial.usual, lent)


def lent_to(usual: Arm, lent: Arm) -> Found:
    """Return what lending does to staff and defaults of new firms, and to foundings."""
    arms = lent, usual
    born = [_cohort(arm)["id"] for arm in arms]
    staff = [
        float(np.nanmean(arm.values(FIVE_YEARS.stop - 1, ids, "staff")))
        for arm, ids in zip(arms, born, strict=True)
    ]
    failed = [
        arm.ended_as(ids, FIVE_YEARS.stop, INSOLVENT) for arm, ids in zip(arms, born, strict=True)
    ]
    return {
        "staff": change(*staff),
        "default": chance_ratio(failed[0], failed[1]) - 1.0,
        "founded": change(*(_entries(arm) for arm in arms)),
    }


def forum(trial: Trial) -> Found:
    """Compare the orders that firms win for the first time without forums and with them."""
    span = range(BEGINS, BEGINS + YEARS[2])
    held = trial.under("forums", span, span.stop)
    return {} if held is None else ties_without(held, trial.usual, span)


def ties_without(held: Arm, cancelled: Arm, span: range) -> Found:
    """Return by how much fewer pairs of firms come together where forums are cancelled."""
    return {"pairs": change(_ties(cancelled, span), _ties(held, span))}


def _ties(arm: Arm, span: range) -> float:
    """Return how many firms without a standing order won one."""
    found = 0
    for month in span:
        before = arm.living(month - 1)
        ids = before["id"][before["patron"] == NOBODY]
        found += int((arm.values(month, ids, "patron") >= 0).sum())
    return float(found)


def bureau(trial: Trial) -> Found:
    """Compare the city whose offices decide under one roof and the one whose do not."""
    joined = trial.under("coordination", FIVE_YEARS, FIVE_YEARS.stop)
    if joined is None:
        return {}
    return under_one_roof(trial.usual, joined, float(trial.p["property_level"]))


def under_one_roof(usual: Arm, joined: Arm, protected: float) -> Found:
    """Return what becomes of foundings, and of climbs to the level of property rights."""
    tracks = np.ones(TRACKS, np.bool_)
    patents = [arm.climbs(FIVE_YEARS, protected, tracks) for arm in (joined, usual)]
    founded = [_entries(arm) for arm in (joined, usual)]
    return {"founded": change(*founded), "patents": change(*patents)}


def subsidy(trial: Trial) -> Found:
    """Compare the sales of the city whose buyers are subsidised and of the one whose are not."""
    end = BEGINS + YEARS[4]
    paid = trial.under("consumer_subsidies", range(BEGINS, end), end)
    return {} if paid is None else subsidised(trial.usual, paid, end - 1)


def subsidised(usual: Arm, paid: Arm, month: int) -> Found:
    """Return how much more firms sell where buyers are subsidised."""
    sold = [float(arm.living(month)["sales"].sum()) for arm in (paid, usual)]
    return {"sales": change(*sold)}


def _cohort(arm: Arm) -> Books:
    """Return start-ups founded in the first three years."""
    firms = arm.entered(COHORT)
    start_ups: Books = firms[firms["kind"] == STARTUP]
    return start_ups


def _entries(arm: Arm) -> float:
    return float(arm.measure("entries")[FIVE_YEARS.start : FIVE_YEARS.stop].sum())
