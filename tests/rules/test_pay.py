"""Pay by level: scarcity of a level raises its pay, and firms turn from who gets dearer."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import ensemble
from sim.model.rules.pay import moved, part_above
from sim.model.world.layout import measure
from tests.reference.processes import Run, small

PAY, SENIOR_PAY = measure("pay"), measure("senior_pay")
MONTHS, LUCK = 30, 4
CALM = {"posts_a_seeker": 2.0, "pay_speed": 0.6}
NOBODY_CALLED, MANY_CALLED = {"global_intake": 0.0}, {"global_intake": 200.0}


def run(**values: float) -> NDArray[np.float64]:
    """Return the measures of some replicates, shape (replicates, months, measures)."""
    setup = small("as-written", **CALM, **values)._replace(months=MONTHS)
    return np.array([each.measures for each in ensemble.run(setup, 3, range(LUCK))], float)


def test_firms_ask_for_the_usual_levels_at_even_pay_and_turn_from_the_dearer_one() -> None:
    p: Any = SimpleNamespace(level_substitution=2.0)
    even: Any = SimpleNamespace(pay=1.2, senior_pay=1.2)
    dearer: Any = SimpleNamespace(pay=1.0, senior_pay=1.5)
    assert abs(part_above(p, even, 0.3) - 0.3) < 1e-12
    odds = 0.3 / 0.7 / 1.5**2
    assert abs(part_above(p, dearer, 0.3) - odds / (1.0 + odds)) < 1e-12


def test_pay_of_a_level_rests_where_posts_are_as_many_as_usual_for_each_who_looks() -> None:
    p: Any = SimpleNamespace(posts_a_seeker=2.0, pay_speed=0.6, pay_floor=0.5, pay_ceiling=4.0)
    assert moved(p, 1.0, 20.0, 10.0) == 1.0
    assert moved(p, 1.0, 30.0, 10.0) > 1.0 > moved(p, 1.0, 10.0, 10.0)


def test_calling_people_above_junior_lowers_their_pay_against_juniors() -> None:
    few, many = run(**NOBODY_CALLED), run(**MANY_CALLED)
    relative = [found[:, -1, SENIOR_PAY] / found[:, -1, PAY] for found in (few, many)]
    assert relative[1].mean() < 0.97 * relative[0].mean()
    assert many[:, -1, SENIOR_PAY].mean() < few[:, -1, SENIOR_PAY].mean()


def test_a_firm_pays_what_its_levels_cost_and_every_firm_the_same_in_2022() -> None:
    usual = {"senior_premium": 2.0, "talent_cost": 60.0}
    begun = Run(small("business-as-usual", **usual), 3, 0)
    firms = begun.world.firms
    for senior_pay in (1.0, 1.5):
        begun.world.tracks["senior_pay"] = senior_pay
        begun.process("finance", 0)
        staffed = firms[(firms["alive"] == 1) & (firms["talents"] > 0)]
        above, juniors = 2.0 * staffed["seniors"], staffed["talents"] - staffed["seniors"]
        index = (juniors + above * senior_pay) / (juniors + above)
        assert len({*index}) > 1 or senior_pay == 1.0
        assert np.allclose(staffed["real_rd"], 60.0 * staffed["talents"] * index, rtol=1e-12)
