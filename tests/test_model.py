"""The Mesa model: the ensemble's numbers; agents, cells and layers that agree with the tables."""

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import mesa
import numpy as np
import pytest

from sim.agents import Firm, Fund, Talent
from sim.ensemble import Trajectory, run_one
from sim.model import ClusterModel
from sim.plan import PLAN
from sim.scenario import read_scenario
from sim.world.layout import CITY_MEASURES, COUNTS, MEASURES
from sim.world.tables import Talents
from sim.world.world import FIRM_MARGIN, TALENT_MARGIN

WHOLE = read_scenario("as-written").setup()._replace(draws=None)
MONTHS = 24
SHORT = WHOLE._replace(months=MONTHS)
SEED = 7
KINDS = (Firm, Fund, Talent)
LOOKED_AT = (0, 1, 6, 7, 23)


@pytest.fixture(scope="module")
def finished() -> ClusterModel:
    """Return a model that has run for two years; tests only look at it."""
    model = ClusterModel(SHORT, SEED, 1)
    while model.running:
        model.step()
    return model


def stepping() -> Iterator[ClusterModel]:
    """Yield one model at the beginning and after some of its months."""
    model = ClusterModel(SHORT, SEED, 0)
    for month in range(MONTHS):
        if month in LOOKED_AT:
            yield model
        model.step()
    yield model


def assert_same_bytes(one: Trajectory, two: Trajectory) -> None:
    assert one.counts.tobytes() == two.counts.tobytes()
    assert one.measures.tobytes() == two.measures.tobytes()
    assert one.parameters == two.parameters


def test_a_whole_run_month_by_month_gives_the_bytes_of_the_ensemble() -> None:
    model = ClusterModel(WHOLE, SEED, 3)
    while model.running:
        model.step()
    assert model.month == model.steps == WHOLE.months
    assert_same_bytes(model.trajectory(), run_one(WHOLE, SEED, 3))


def test_looking_at_agents_changes_nothing() -> None:
    for model in stepping():
        assert sum(firm.quality for firm in model.agents_by_type[Firm]) != 0.0
        assert len(model.agents.shuffle()) == len(model.agents)
        model.space.all_cells.select_random_cell().get_neighborhood(2)
    assert_same_bytes(model.trajectory(), run_one(SHORT, SEED, 0))


def test_a_scenario_with_other_parameters_steps_with_them() -> None:
    fixed = SHORT._replace(months=3, overrides=(("quit_rate", 0.9),))
    model = ClusterModel(fixed, SEED, 0)
    while model.running:
        model.step()
    assert model.draw["quit_rate"] == 0.9
    assert_same_bytes(model.trajectory(), run_one(fixed, SEED, 0))


def test_two_models_side_by_side_do_not_mix(finished: ClusterModel) -> None:
    one, other = ClusterModel(SHORT, SEED, 1), ClusterModel(SHORT, SEED, 2)
    for _ in range(3):
        one.step()
        other.step()
    assert np.array_equal(one.counts[:3], finished.counts[:3])
    assert (other.measures[:3] != one.measures[:3]).any()


def test_nothing_happens_beyond_the_horizon(finished: ClusterModel) -> None:
    """Without a check, compiled code would read and write past the ends of its arrays."""
    model = ClusterModel(SHORT._replace(months=1), SEED, 0)
    model.run_model()
    with pytest.raises(ValueError, match="2022-10"):
        model.step()
    assert model.month == 1
    assert finished.running is False


def test_there_is_one_agent_for_each_living_row_in_every_month() -> None:
    for model in stepping():
        world = model.world
        living = {
            Firm: world.firms["id"][world.firms["alive"] == 1],
            Fund: world.funds["id"][world.funds["alive"] == 1],
            Talent: world.talents.id[world.talents.alive == 1],
        }
        found = model.agents_by_type
        assert set(found) == set(model.agent_types) == set(living)
        for kind, identities in living.items():
            assert sorted(agent.id for agent in found[kind]) == sorted(identities.tolist())
        assert len(model.agents) == sum(map(len, living.values()))
        assert len({agent.unique_id for agent in model.agents}) == len(model.agents)


def test_an_agent_stays_the_same_object_while_it_lives() -> None:
    model = ClusterModel(SHORT, SEED, 0)
    before = {kind: {agent.id: agent for agent in model.agents_by_type[kind]} for kind in KINDS}
    for _ in range(5):
        model.step()
    for kind in KINDS:
        after = {agent.id: agent for agent in model.agents_by_type[kind]}
        stayed = before[kind].keys() & after.keys()
        assert stayed
        assert all(before[kind][identity] is after[identity] for identity in stayed)


def test_the_agents_of_a_cell_are_the_firms_that_the_table_puts_there() -> None:
    moved = 0
    for model in stepping():
        firms = model.world.firms
        expected: dict[int, list[int]] = {}
        for firm in firms[firms["alive"] == 1]:
            expected.setdefault(int(firm["cell"]), []).append(int(firm["id"]))
        found = {
            model.cell_number(cell): [firm.id for firm in cell.agents]
            for cell in model.space.all_cells
            if cell.agents
        }
        assert {number: sorted(ids) for number, ids in found.items()} == {
            number: sorted(ids) for number, ids in expected.items()
        }
        assert all(firm in firm.cell.agents for firm in model.agents_by_type[Firm])
        assert np.array_equal(model.space.empty.data.ravel(), model.world.cells["firms"] == 0)
        if model.month:
            moved += int(model.measures[: model.month, MEASURES.index("moves")].sum())
    assert moved > 0  # else nobody has shown that a move is followed


def test_layers_are_the_tables_themselves(finished: ClusterModel) -> None:
    space, world = finished.space, finished.world
    shape = (130, 121)
    for name in ("land", "district", "firms", "zone"):
        layer = getattr(space, name)
        assert np.array_equal(layer.data, world.cells[name].reshape(shape))
        assert np.shares_memory(layer.data, world.cells)
    for number, cluster in enumerate(PLAN.clusters):
        layer = getattr(space, f"knowledge_{cluster.id}")
        assert np.array_equal(layer.data, world.knowledge[number].reshape(shape))
        assert np.shares_memory(layer.data, world.knowledge)
        assert layer.data.any()
    busiest = space[divmod(int(world.cells["firms"].argmax()), shape[1])]
    assert busiest.firms == len(busiest.agents) == world.cells["firms"].max()


def test_writing_to_a_layer_changes_the_world() -> None:
    """Mesa 3.3.1 puts a new array into a layer that is modified, which nobody would notice."""
    model = ClusterModel(SHORT, SEED, 0)
    layer, land = model.space.land, model.world.cells["land"].copy()
    layer.modify_cells(np.multiply, 2.0)
    assert np.array_equal(model.world.cells["land"], 2.0 * land)
    layer.set_cells(0.5, condition=lambda km2: km2 > 0.0)
    assert np.array_equal(model.world.cells["land"], np.where(land > 0.0, 0.5, 0.0))
    layer.data = land.reshape(layer.dimensions)
    assert np.array_equal(model.world.cells["land"], land)
    model.space[60, 60].land = 0.25
    assert model.world.cells["land"][60 * 121 + 60] == 0.25


@pytest.mark.parametrize("radius", [1, 2, 5])
def test_a_neighbourhood_is_the_square_around_a_cell(finished: ClusterModel, radius: int) -> None:
    cells = finished.space[60, 3].get_neighborhood(radius, include_center=True)
    rows, columns = range(60 - radius, 61 + radius), range(max(0, 3 - radius), 4 + radius)
    assert {cell.coordinate for cell in cells} == {(row, col) for row in rows for col in columns}
    assert len(finished.space[60, 3].get_neighborhood(radius)) == len(rows) * len(columns) - 1
    assert len(finished.space[0, 0].neighborhood) == 3
    with pytest.raises(ValueError, match="at least 1"):
        finished.space[60, 3].get_neighborhood(0)


def test_the_data_collector_has_every_count_and_city_measure(finished: ClusterModel) -> None:
    found = finished.datacollector.get_model_vars_dataframe()
    assert list(found.columns) == [*COUNTS, *CITY_MEASURES]
    assert len(found) == MONTHS
    trajectory = finished.trajectory()
    assert np.array_equal(found[list(COUNTS)].to_numpy(), trajectory.counts)
    columns = [MEASURES.index(name) for name in CITY_MEASURES]
    collected = found[list(CITY_MEASURES)].to_numpy().astype(np.float32)
    assert np.array_equal(collected, trajectory.measures[:, columns])
    assert trajectory.measures[:, columns].any()


def test_agents_survive_the_growth_of_their_tables() -> None:
    model = ClusterModel(SHORT, SEED, 0)
    squeeze(model)
    firm_rows, talent_rows = len(model.world.firms), len(model.world.talents.id)
    firms = {firm.id: firm for firm in model.agents_by_type[Firm]}
    for _ in range(2):
        model.step()
    assert len(model.world.firms) > firm_rows
    assert len(model.world.talents.id) > talent_rows
    table = model.world.firms
    living = table[(table["alive"] == 1) & (np.isin(table["id"], list(firms)))]
    assert len(living) > FIRM_MARGIN
    for row in living:
        firm = firms[int(row["id"])]
        assert (firm.cash, firm.level) == (row["cash"], row["level"])
        firm.cash = 123.0
    assert (model.world.firms["cash"] == 123.0).sum() == len(living)
    assert len(model.agents_by_type[Talent]) == model.world.talents.alive.sum()


def squeeze(model: ClusterModel) -> None:
    """Cut a model's tables down to less room than a month needs, so that they must grow."""
    world, city = model.world, model.world.city[0]
    firms = world.firms[: int(city["firm_rows"]) + FIRM_MARGIN - 1].copy()
    last = int(city["talent_rows"]) + TALENT_MARGIN - 1
    columns: Any = (column[:last].copy() for column in world.talents)
    talents = Talents(*columns)
    model.world = world._replace(firms=firms, talents=talents)


def test_a_removed_agent_comes_back_while_its_row_lives() -> None:
    """The tables say who exists; Mesa's lists follow."""
    model = ClusterModel(SHORT, SEED, 0)
    firm = next(iter(model.agents_by_type[Firm]))
    number, cell = len(model.agents), firm.cell
    firm.remove()
    assert len(model.agents) == number - 1
    assert firm not in cell.agents
    model.step()
    (again,) = (other for other in model.agents_by_type[Firm] if other.id == firm.identity)
    assert again is not firm
    assert again in again.cell.agents
    assert len(model.agents_by_type[Firm]) == model.world.firms["alive"].sum()


class Observer(mesa.Agent):  # type: ignore[misc]
    """Watches, and has no row."""

    _ids = Firm._ids  # else Mesa 3.3.1 keeps the model


def test_agents_of_somebody_else_can_come_and_go() -> None:
    model = ClusterModel(SHORT, SEED, 0)
    before = len(model.agents)
    observer: Any = Observer(model)
    assert len(model.agents) == before + 1
    observer.remove()
    assert len(model.agents) == before


def test_nobody_sets_the_agents() -> None:
    with pytest.raises(AttributeError, match="tables"):
        ClusterModel(SHORT, SEED, 0).agents = []


def test_a_model_that_is_let_go_leaves_nothing_behind() -> None:
    """Mesa keeps models and classes of cells in several places of its own."""
    model = ClusterModel(SHORT, SEED, 0)
    model.step()
    assert len(model.agents) > 0
    model.space[60, 60].get_neighborhood(2)
    assert model.space[60, 60].neighborhood
    firm = next(iter(model.agents_by_type[Firm]))
    things: list[Any] = [model, firm, model.world.cells, model.world.knowledge, model.space]
    kept: list[Any] = [weakref.ref(thing) for thing in (*things, model.space.cell_klass)]
    del model, firm, things
    gc.collect()
    assert [reference() for reference in kept] == [None] * len(kept)
