"""The Mesa model is the ensemble's month, one step at a time."""

import numpy as np
import pytest

from sim import ensemble
from sim.model import ClusterModel
from sim.plan import PLAN
from sim.scenario import read_scenario
from sim.world.layout import CITY_MEASURES, COUNTS, MEASURES
from sim.world.setup import Setup

SEED = 2022
MONTHS = 30


@pytest.fixture(scope="module")
def setup() -> Setup:
    return read_scenario("as-written").setup()._replace(months=MONTHS)


@pytest.fixture(scope="module")
def finished(setup: Setup) -> ClusterModel:
    model = ClusterModel(setup, SEED, 2)
    while model.running:
        model.step()
    return model


def test_steps_give_the_bytes_of_the_ensemble(setup: Setup, finished: ClusterModel) -> None:
    bare = ensemble.run_one(setup, SEED, 2)
    stepped = finished.trajectory()
    assert stepped.counts.tobytes() == bare.counts.tobytes()
    assert stepped.measures.tobytes() == bare.measures.tobytes()
    assert stepped.parameters == bare.parameters
    assert (finished.month, finished.steps) == (MONTHS, MONTHS)


def test_two_models_side_by_side_do_not_mix(setup: Setup, finished: ClusterModel) -> None:
    one, other = ClusterModel(setup, SEED, 2), ClusterModel(setup, SEED, 3)
    for _ in range(3):
        one.step()
        other.step()
    assert (one.counts[:3] == finished.counts[:3]).all()
    assert (other.measures[:3] != one.measures[:3]).any()


def test_the_data_collector_has_a_row_a_month(finished: ClusterModel) -> None:
    frame = finished.datacollector.get_model_vars_dataframe()
    assert len(frame) == MONTHS
    assert list(frame.columns) == [*COUNTS, *CITY_MEASURES]
    assert (frame[list(COUNTS)].to_numpy() == finished.counts).all()
    firms = finished.measures[:, MEASURES.index("firms")]
    assert (frame["firms"].to_numpy() == firms).all()


def test_layers_are_the_kernels_arrays(finished: ClusterModel) -> None:
    world, layers = finished.world, finished.space._mesa_property_layers
    for name in ("land", "district", "firms", "zone"):
        assert np.shares_memory(layers[name].data, world.cells)
        assert (layers[name].data.ravel() == world.cells[name]).all()
    for number, cluster in enumerate(PLAN.clusters):
        assert np.shares_memory(layers[f"knowledge_{cluster.id}"].data, world.knowledge[number])
