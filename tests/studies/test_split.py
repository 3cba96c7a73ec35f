"""Why luck cannot be told from parameters is said of the draws that there are."""

from dataclasses import replace

import numpy as np

from sim.estimate import Outcomes, summarise_outcomes
from sim.plan import PLAN
from sim.sampling import draw_of
from sim.studies.shared.split import no_split


def test_draws_that_facts_had_drawn_anew_are_not_counted_as_having_two_lucks() -> None:
    usual = np.array([draw_of(each) for each in range(256)])
    values = np.random.default_rng(1).normal(100.0, 50.0, (256, len(PLAN.counts)))
    reached = np.full(values.shape, -1)
    draws = np.where(np.arange(256) < 150, np.arange(256) + 5000, usual)  # all but few anew
    found = summarise_outcomes(Outcomes(values, reached, values), draws, 98, 0.1, sequential=False)
    assert all(each.over_parameters is None for each in found.counts)
    told = no_split(found)
    assert f"{256 - len(np.unique(draws))} parameter draws" in told.en
    assert "anew" in told.en and "另行抽取" in told.zh
    few = no_split(replace(found, replicates=64, draws=64))
    assert "0 parameter draws" in few.en and "160 replicates" in few.en and "160" in few.zh
