"""Known facts in a run: they hold in every replicate, and nothing else is touched before them."""

from dataclasses import replace

import numpy as np
import pytest

from sim import ensemble
from sim.calendar import month_index
from sim.cluster_model import ClusterModel
from sim.model.world.layout import COUNTS
from sim.model.world.setup import Draws, Observed, Setup
from sim.scenario import as_known_in, read_scenario

SEED = 7
ZONES = COUNTS.index("pilot_zones")
PRODUCTS = COUNTS.index("products")
MARCH, DECEMBER = month_index("2023-03"), month_index("2024-12")


@pytest.fixture(scope="module")
def setup() -> Setup:
    """Return the plan as written, up to the beginning of 2025, its parameters from the prior."""
    return read_scenario("as-written").setup()._replace(months=DECEMBER + 3, draws=None)


def _runs(setup: Setup, replicates: int = 8) -> list[ensemble.Trajectory]:
    return list(ensemble.run(setup, SEED, range(replicates)))


def test_programmes_that_opened_are_there_and_those_that_did_not_are_not(setup: Setup) -> None:
    known = as_known_in(read_scenario("as-written"), "2024-12").setup()
    told = setup._replace(placed=known.placed, held=known.held)
    for run in _runs(told):
        zones = run.counts[:, ZONES]
        assert zones[:MARCH].max() == 0
        assert (zones[MARCH : DECEMBER + 1] == 3).all()
    assert max(run.counts[DECEMBER, ZONES] for run in _runs(setup)) > 3


def test_every_replicate_agrees_with_an_observed_count(setup: Setup) -> None:
    free = [run.counts[12, PRODUCTS] for run in _runs(setup)]
    middle = float(np.median(free))
    told = setup._replace(observed=(Observed(PRODUCTS, 12, middle, middle + 1),))
    runs = _runs(told)
    assert all(middle <= run.counts[12, PRODUCTS] <= middle + 1 for run in runs)
    assert max(run.tries for run in runs) > 1
    assert not all(middle <= value <= middle + 1 for value in free)


def test_a_replicate_that_agrees_at_once_is_the_one_that_runs_without_the_fact(
    setup: Setup,
) -> None:
    told = setup._replace(observed=(Observed(PRODUCTS, 12, 0.0, 1e9),))
    for free, held in zip(_runs(setup, 2), _runs(told, 2), strict=True):
        assert held.tries == 1
        assert np.array_equal(free.counts, held.counts)


def test_the_mesa_model_follows_the_try_that_agreed(setup: Setup) -> None:
    short = setup._replace(months=6)
    first = _runs(short, 1)[0].counts[4, PRODUCTS]
    told = short._replace(observed=(Observed(PRODUCTS, 4, first + 1, 1e9),))
    run = _runs(told, 1)[0]
    model = ClusterModel(told, SEED, 0)
    model.run_model()
    assert run.tries > 1
    assert np.array_equal(model.trajectory().counts, run.counts)
    assert model.trajectory().draw == run.draw


def test_facts_that_never_come_true_are_told(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ensemble, "TRIES", 3)
    told = setup._replace(observed=(Observed(PRODUCTS, 0, 1e6, 1e7),))
    with pytest.raises(ensemble.ContradictedError, match="none of 3"):
        ensemble.run_one(told, SEED, 0)


def test_a_posterior_hands_out_draws_from_the_prior_each_as_often_as_it_stands(
    setup: Setup,
) -> None:
    told = setup._replace(draws=Draws(99, (4, 7, 7, 7)))
    fourth = ensemble.draw_values(setup, 99, 4)
    seventh = ensemble.draw_values(setup, 99, 7)
    handed = [ensemble.draw_values(told, SEED, draw) for draw in range(200)]
    assert all(values in (fourth, seventh) for values in handed)
    assert sum(values == seventh for values in handed) == 150
    in_order = replace_draws(told, in_order=True)
    assert ensemble.draw_values(in_order, SEED, 0) == fourth
    assert ensemble.draw_values(in_order, SEED, 1) == seventh


def replace_draws(setup: Setup, in_order: bool) -> Setup:
    """Return the setup with its draws handed out in order, or not."""
    assert setup.draws is not None
    return setup._replace(draws=setup.draws._replace(in_order=in_order))


def test_a_fact_that_a_scenario_cannot_have_changes_nothing_in_it() -> None:
    scenario = as_known_in(read_scenario("business-as-usual"), "2024-12")
    without = replace(scenario, as_of=None)
    assert np.array_equal(scenario.setup().dose, without.setup().dose)
