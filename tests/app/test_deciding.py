"""The lab names what decides each count as a run of the same replicates does."""

import numpy as np

from sim.app.deciding import decisions
from sim.app.growth import Replicates
from sim.ensemble import draw_values
from sim.estimate.decides import Drawn, what_decides
from sim.model.world.layout import COUNTS, DUE
from sim.parameters import UNCERTAIN
from sim.plan import PLAN
from sim.sampling import draw_of
from sim.scenario import read_scenario
from tests.store import made

SCENARIO = read_scenario("as-written")
NUMBER = 800
PACE = "market_pace"


def test_replicates_of_the_lab_say_what_a_run_says() -> None:
    replicates, rows = Replicates(made.MONTHS), {}
    for place in range(NUMBER):
        each = made.trajectory(place)
        values = draw_values(SCENARIO.setup(), SCENARIO.seed, each.draw)
        rows[each.replicate] = [values[name] for name in UNCERTAIN]
        replicates.add(each._replace(counts=each.counts * values[PACE]))
    found = decisions(SCENARIO, replicates, NUMBER)
    ends = replicates.counts[:, DUE]
    drawn = Drawn(
        list(UNCERTAIN),
        np.array([rows[number] for number in range(NUMBER)]),
        COUNTS,
        ends,
        ends >= [count.target for count in PLAN.counts],
        np.array([draw_of(number) for number in range(NUMBER)]),
    )
    assert found.counts == what_decides(drawn, sequential=False).counts
    assert {each.deciders[0].parameter for each in found.counts} == {PACE}
