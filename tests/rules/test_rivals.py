"""Rivals: plans of other cities spread, and they answer a lead when they have seen it."""

import math

import numpy as np
from numpy.typing import NDArray

from sim import ensemble
from sim.evidence.cards.files import cards
from sim.figures import figure
from sim.model.world.codes import mechanism
from sim.model.world.layout import measure
from sim.model.world.setup import Setup
from tests.reference.processes import Run, small

EFFORT = measure("rival_effort")
CALLS = mechanism("global_talents")
MONTHS = 36
DEAF: dict[str, float] = {"rival_answer": 0.0, "rival_pace": 0.3}
WITHOUT_STRENGTH = {"rival_push": 0.0, "rival_pull": 0.0}


def run(setup: Setup, form: str = "answer") -> NDArray[np.float64]:
    """Return the measures of one replicate, shape (months, measures)."""
    chosen = setup._replace(months=MONTHS, variants=(("rivals", form),))
    (left,) = ensemble.run(chosen, 3, range(1))
    return left.measures.astype(np.float64)


def effort(name: str, **values: float) -> NDArray[np.float64]:
    """Return what rivals do that see, with ``values``, what only these cities do."""
    return run(small(name, **{**DEAF, **WITHOUT_STRENGTH, **values}))[:, EFFORT]


def test_plans_spread_at_their_pace_whatever_the_city_does() -> None:
    expected = [1.0 - (1.0 - 0.3 / 12) ** month for month in range(1, MONTHS + 1)]
    for name in ("as-written", "business-as-usual"):
        assert np.allclose(effort(name), expected, rtol=1e-6)


def test_a_lead_is_answered_late_and_only_where_there_is_one() -> None:
    deaf = effort("as-written")
    quick, slow = (
        effort("as-written", rival_answer=1.0, rival_delay=delay) for delay in (0.5, 3.0)
    )
    assert (quick > slow).all()
    assert (slow > deaf).all()
    behind = effort("business-as-usual", rival_growth=1.0, rival_answer=2.0)
    assert np.array_equal(behind, effort("business-as-usual", rival_growth=1.0))


def test_who_is_called_is_a_lead() -> None:
    called = {"global_intake": 250.0, "arrivals": 40.0}
    begun = Run(small("as-written", **DEAF, **WITHOUT_STRENGTH, **called), 3, 0)
    begun.process("policy", 0)
    come = 250.0 * begun.world.city["mean_dose"][0][CALLS]
    answered = effort("as-written", rival_answer=1.0, rival_delay=1.0, **called)[0]
    assert come > 20.0
    seen = answered - effort("as-written", **called)[0]
    assert math.isclose(seen, come / (come + 40.0) / 12.0, rel_tol=1e-5)


def test_effort_is_never_less_than_nothing() -> None:
    found = effort("as-written", rival_pace=0.01, rival_answer=-1.0, rival_delay=0.1)
    assert found.max() == found.min() == 0.0


def test_without_strength_effort_changes_nothing_and_held_rivals_make_none() -> None:
    weak = small("as-written", **WITHOUT_STRENGTH)
    plans, held = run(weak), run(small("as-written"), "held")
    assert (held[:, EFFORT] == 0.0).all()
    others = np.arange(plans.shape[1]) != EFFORT
    assert np.array_equal(plans[:, others], held[:, others])


def test_rivals_take_markets_and_draw_off_people_firms_and_money() -> None:
    held = run(small("as-written"), "held")
    strong = run(small("as-written", rival_pace=12.0, rival_push=0.3, rival_pull=1.0))
    parts = {"market_share": 0.8, "talents": 0.97, "private_investment": 0.95, "arrivals": 0.8}
    for name, part in parts.items():
        column = measure(name)
        assert strong[:, column].sum() < part * held[:, column].sum(), name


def test_what_is_judged_of_the_pace_has_published_plans_within() -> None:
    provinces, cities = figure("F294").number / 31.0, figure("F295").number / 293.0
    judged = cards()["rival_pace"].judged
    assert judged is not None
    for acting in (provinces, cities):
        # By 2023, of what was published in the one year since plans are made in numbers.
        assert judged.at.low * 0.9 < -math.log1p(-acting) < judged.at.high
