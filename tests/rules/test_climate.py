"""Good and bad years: the same for everybody and in every scenario, and one on average."""

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim import ensemble
from sim.engine.declared import Changes
from sim.engine.driver import bound
from sim.engine.inputs import Inputs
from sim.evidence.cards.files import cards
from sim.figures import figure
from sim.ledger import ledger
from sim.model.rules.climate import climate
from sim.model.rules.month import SCHEDULE
from sim.model.world.layout import COUNTS, measure
from sim.model.world.setup import Setup
from tests.reference.processes import Run, small

OUTPUT = COUNTS.index("output")
DEMAND, INFLOW = measure("demand_climate"), measure("inflow_climate")
JANUARIES = (3, 15, 27, 39)
SPREADS = {"demand_spread": 0.1, "inflow_spread": 0.4, "climate_persistence": 0.6}
CALM = {"demand_spread": 0.0, "inflow_spread": 0.0}
MANY = 4000


def factors() -> NDArray[np.float64]:
    """Return both factors of four years in many replicates, shape (years, 2, replicates)."""
    run = Run(small("as-written", **SPREADS), 5, 0)
    inputs = Inputs(run.record, run.setup.dose, run.setup.reach, run.counts, run.measures)
    city, driven = run.world.city, bound(run.world, inputs)
    step = next(each for each in SCHEDULE if each.mark is climate.mark)
    found = np.zeros((len(JANUARIES), 2, MANY))
    for replicate in range(MANY):
        city["replicate"] = replicate
        city["demand_swing"] = city["inflow_swing"] = 0.0
        for year, month in enumerate(JANUARIES):
            driven.step(step, month, SCHEDULE)
            found[year, :, replicate] = city["demand_climate"][0], city["inflow_climate"][0]
    return found


def test_years_have_the_spread_that_is_said_keep_a_part_and_are_one_on_average() -> None:
    found = factors()
    logs = np.log(found)
    for which, spread in enumerate((0.1, 0.4)):
        usual = [spread * math.sqrt(sum(0.36**ago for ago in range(n))) for n in range(1, 5)]
        for year, expected in enumerate(usual):
            error = 4.0 / math.sqrt(MANY)
            assert abs(found[year, which].mean() - 1.0) < error * math.expm1(expected**2) ** 0.5
            assert abs(logs[year, which].std() / expected - 1.0) < error
        kept = np.corrcoef(logs[0, which], logs[1, which])[0, 1]
        assert abs(kept - 0.6 * usual[0] / usual[1]) < error
    assert abs(np.corrcoef(logs[0])[0, 1]) < error


def run(setup: Setup, luck: int = 2) -> list[NDArray[np.float64]]:
    """Return the output, and both factors, of some replicates, shape (replicates, months, 3)."""
    left = list(ensemble.run(setup, 3, range(luck)))
    return [
        np.column_stack((each.counts[:, OUTPUT], each.measures[:, [DEMAND, INFLOW]]))
        for each in left
    ]


def test_every_scenario_has_the_same_years_and_each_replicate_its_own() -> None:
    plan, usual = (
        run(small(name, **SPREADS)._replace(months=18))
        for name in ("as-written", "business-as-usual")
    )
    for first, second in zip(plan, usual, strict=True):
        assert np.array_equal(first[:, 1:], second[:, 1:])
        assert (first[:3, 1:] == 1.0).all()
        assert len({*first[:, 1]}) == len({*first[:, 2]}) == 3
    assert not np.array_equal(plan[0][:, 1:], plan[1][:, 1:])


def test_without_the_process_every_year_is_as_usual() -> None:
    calm = run(small("as-written", **CALM)._replace(months=18))
    setup = small("as-written", **SPREADS)._replace(months=18)
    without = run(setup._replace(processes=Changes(without=("climate",))))
    for first, second in zip(calm, without, strict=True):
        assert np.array_equal(first, second)
        assert (first[:, 1:] == 1.0).all()


def test_good_years_sell_more_and_bring_private_money() -> None:
    def end(**overrides: float) -> float:
        return sum(float(each[-1, 0]) for each in run(small("as-written", **CALM, **overrides)))

    assert end(demand_level=0.8) < 0.9 * end()


def growth(first: int, last: int) -> list[float]:
    """Return the yearly log growth of a series of figures."""
    series = [figure(f"F{number}").number for number in range(first, last + 1)]
    return [math.log(b / a) for a, b in pairwise(series)]


def test_priors_come_from_published_growth_by_the_stated_rule() -> None:
    latest = ledger()["G262"].value
    assert latest is not None
    leading = [*growth(150, 154), math.log1p(latest / 100.0)]
    for name, years in (("demand_spread", leading), ("inflow_spread", growth(288, 293))):
        (study,) = cards()[name].studies
        found = float(np.std(years, ddof=1))
        assert study.value is not None
        assert study.ends is not None
        assert abs(study.value - found) < 0.005
        # Ends of a normal sample's 95 % interval: chi-square with four degrees of freedom.
        for end, quantile in zip(study.ends, (11.143, 0.4844), strict=True):
            assert abs(end / (found * math.sqrt(4 / quantile)) - 1.0) < 0.02
