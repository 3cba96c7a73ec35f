"""Policy changed in mid-run, and Mesa's batch_run: what is set holds from the next month on."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mesa.batchrunner import batch_run

from sim.cluster_model import ClusterModel
from sim.engine.declared import Changes, described_measures
from sim.ensemble import run_one
from sim.model.world import codes
from sim.model.world.layout import COUNTS, MEASURES
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import read_scenario
from tests.reference.month import step
from tests.reference.processes import EVENTFUL, small
from tests.reference.reading import differences, read

SETUP = read_scenario("as-written").setup()._replace(draws=None)
SEED = 7
IDS = [instrument.id for instrument in PLAN.instruments]
VOUCHERS, LAND = IDS.index("vouchers"), IDS.index("land")
HEALTH, PUDONG = 0, 10


def after(months: int, setup: Any = SETUP) -> ClusterModel:
    """Return a model after some months."""
    model = ClusterModel(setup, SEED, 0)
    for _ in range(months):
        model.step()
    return model


def test_a_policy_changed_in_mid_run_is_that_of_the_second_implementation() -> None:
    """Doses are set everywhere, in places, and given back; all state is compared every month."""
    setup = small("as-written", **EVENTFUL)
    start, months = 14, 24
    model = after(start, setup)
    other = read(model.world, setup, dict(model.draw))
    dose, reach = setup.dose.tolist(), setup.reach.tolist()
    for month in range(start, start + months):
        if month == start:
            model.set_dose("vouchers", 0.5)
            model.set_dose("land", 2.0, clusters="health", districts=["浦东新区", 3])
        if month == start + 12:
            model.set_dose("vouchers", None, districts="pudong")
        # The same in plain loops.
        for b, c in enumerate(codes.CLUSTER_OF_BRANCH):
            for place, d in enumerate(codes.DISTRICT_OF_PLACE):
                given_back = month >= start + 12 and d == PUDONG
                said = dose[month][VOUCHERS] * reach[VOUCHERS][b][place]
                other.reach[VOUCHERS][b][place] = said if given_back else 0.5
                said = dose[month][LAND] * reach[LAND][b][place]
                set_ = c == HEALTH and d in (PUDONG, 3)
                other.reach[LAND][b][place] = 2.0 if set_ else said
        other.dose[month][VOUCHERS] = other.dose[month][LAND] = 1.0
        assert np.array_equal(model.doses("land"), np.array(other.reach[LAND])[:5, :16])
        model.step()
        step(other, month)
        assert differences(other, model.world) == [], f"month {month}"


def test_setting_what_the_scenario_says_changes_no_byte() -> None:
    setup = SETUP._replace(months=30)
    model = after(6, setup)
    for instrument in IDS:
        model.set_dose(instrument, 0.25, districts="chongming")
        model.set_dose(instrument, None)
    while model.running:
        model.step()
    bare = run_one(setup, SEED, 0)
    assert model.trajectory().measures.tobytes() == bare.measures.tobytes()


def test_following_another_scenario_leaves_the_past_as_it_was() -> None:
    model, plain = after(24), after(24)
    model.follow("business-as-usual")
    for _ in range(24):
        model.step()
        plain.step()
    cost = MEASURES.index("public_cost")
    assert np.array_equal(model.measures[:24], plain.measures[:24])
    assert model.measures[47, cost] == model.measures[23, cost] < plain.measures[47, cost]
    assert not model.doses("vouchers").any()
    assert np.array_equal(SETUP.dose, plain.setup.dose)


def test_following_a_scenario_follows_its_processes_too() -> None:
    """A run that follows one without exits goes on without them, and back with them."""
    model, none = after(6), Changes(without=("exit",))
    without = [SETUP._replace(processes=none), SETUP]
    exits = MEASURES.index("exits")
    for setup in without:
        model.follow(setup)
        for _ in range(6):
            model.step()
    ended = model.measures[:18, exits] > 0.0
    assert ended.tolist() == [True] * 6 + [False] * 6 + [True] * 6


def test_a_measure_of_ones_own_is_collected_and_outlives_another_scenario(tmp_path: Path) -> None:
    file = tmp_path / "own.py"
    file.write_text(
        "from sim.engine.measure import measure\n\n"
        '@measure("rows", unit="firms", reads=("city: firm_rows",))\n'
        "def rows(world, p, month):\n    return world.city[0].firm_rows\n",
        encoding="utf-8",
    )
    model = after(2, SETUP._replace(processes=Changes(measures=described_measures(file))))
    model.follow(SETUP)
    model.step()
    found = model.datacollector.get_model_vars_dataframe()["rows"].tolist()
    assert len(found) == 3
    assert found[-1] == model.world.city["firm_rows"][0] > 0


def test_what_is_no_policy_is_refused() -> None:
    model = after(1, SETUP._replace(months=2))
    for kind, said, attempt in (
        (Problem, "an instrument", lambda: model.set_dose("magic", 1.0)),
        (Problem, "a district", lambda: model.set_dose("land", 1.0, districts=["soho"])),
        (ValueError, "a dose is 0 to 10", lambda: model.set_dose("land", -0.1)),
        (ValueError, "a dose is 0 to 10", lambda: model.set_dose("land", float("nan"))),
        (ValueError, "no cluster 5", lambda: model.set_dose("land", 1.0, clusters=5)),
        (ValueError, "ends before", lambda: model.follow(SETUP._replace(months=1))),
        (Problem, "nowhere", lambda: model.follow("nowhere")),
        (AttributeError, "setup", lambda: setattr(model, "setup", SETUP)),
        (Problem, "seed: found None", lambda: ClusterModel("as-written", None)),  # type: ignore[arg-type]
    ):
        with pytest.raises(kind, match=said):
            attempt()
    assert not np.isnan(model.doses("land")).any()
    model.step()
    with pytest.raises(ValueError, match="the run ended"):
        model.doses("land")


def test_a_model_is_made_of_a_scenario_s_name() -> None:
    scenario = read_scenario("as-written")
    made = [ClusterModel(given, SEED, 2) for given in ("as-written", scenario, scenario.setup())]
    assert len({tuple(model.draw.items()) for model in made}) == 1


@pytest.mark.parametrize("processes", [1, 2])
def test_batch_run_gives_the_ensemble_s_numbers(processes: int) -> None:
    """Seeds go with the parameters in Mesa 3.3, in a place of their own in later versions."""
    parameters: dict[str, Any] = {"setup": ["as-written", "business-as-usual"]}
    parameters["replicate"] = [0, 1]
    given: dict[str, Any] = {"rng": SEED}
    months = 4
    if version("mesa").startswith("3.3."):
        given, months = {}, 5  # it runs one step more than it is told
        parameters["seed"] = SEED
    rows = batch_run(
        ClusterModel,
        parameters,
        number_processes=processes,
        max_steps=4,
        display_progress=False,
        **given,
    )
    assert len(rows) == 4
    for row in rows:
        setup = read_scenario(row["setup"]).setup()
        alone = run_one(setup._replace(months=months), SEED, row["replicate"])
        assert [row[name] for name in COUNTS] == alone.counts[-1].tolist()
