"""The Mesa model: the ensemble's numbers; agents, cells and layers that agree with the tables."""

import gc
import re
import weakref
from collections.abc import Iterator
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.discrete_space import CellAgent

from sim.adapter import check_version
from sim.agents import Firm, Fund, Talent
from sim.cluster_model import ClusterModel
from sim.ensemble import Trajectory, run_one
from sim.model.world.codes import INSTITUTE_BASE, SEARCHING
from sim.model.world.grid import grid
from sim.model.world.layout import CITY_MEASURES, COUNTS, MEASURES
from sim.model.world.tables import Talents
from sim.model.world.world import FIRM_MARGIN, TALENT_MARGIN
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import read_scenario
from sim.space import from_the_south, middles

WHOLE = read_scenario("as-written").setup()._replace(draws=None)
MONTHS = 24
SHORT = WHOLE._replace(months=MONTHS)
SEED = 7
KINDS = (Firm, Fund, Talent)
HUANGPU = 0
LOOKED_AT = (0, 1, 7)


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


def expected_cells(model: ClusterModel) -> dict[int, list[tuple[str, int]]]:
    """Return who stands on each cell, written down row by row."""
    world, middle = model.world, middles().tolist()
    found: dict[int, list[tuple[str, int]]] = {}
    for firm in world.firms[world.firms["alive"] == 1]:
        found.setdefault(int(firm["cell"]), []).append(("Firm", int(firm["id"])))
    for fund in world.funds[world.funds["alive"] == 1]:
        office = middle[fund["district"]] if fund["district"] >= 0 else middle[HUANGPU]
        found.setdefault(office, []).append(("Fund", int(fund["id"])))
    people = world.talents
    for row in np.flatnonzero(people.alive):
        employer, cell = int(people.employer[row]), middle[people.home[row]]
        if employer >= 0:
            cell = int(world.firms["cell"][employer])
        elif employer <= INSTITUTE_BASE:
            cell = int(world.programmes["cell"][INSTITUTE_BASE - employer])
        found.setdefault(cell, []).append(("Talent", int(people.id[row])))
    return {cell: sorted(here) for cell, here in found.items()}


def test_firms_talents_and_funds_stand_on_cells() -> None:
    moved = 0
    for model in stepping():
        found = {
            model.cell_number(cell): sorted((type(each).__name__, each.id) for each in cell.agents)
            for cell in model.space.all_cells
            if not cell.is_empty
        }
        assert found == expected_cells(model)
        for kind in KINDS:
            assert all(agent in agent.cell.agents for agent in model.agents_by_type[kind][::97])
        empty = np.ones(len(model.world.cells), np.bool_)
        empty[list(found)] = False
        assert np.array_equal(model.space.empty.data, from_the_south(empty))
        assert len(model.space.select_cells(only_empty=True)) == empty.sum()
        assert len(model.space.agents) == len(model.agents)
        if model.month:
            moved += int(model.measures[: model.month, MEASURES.index("moves")].sum())
    assert moved > 0  # else nobody has shown that a move is followed


def test_one_cell_can_be_asked_without_making_everybody() -> None:
    model = ClusterModel(SHORT, SEED, 0)
    cell = model.cell_at(int(model.world.cells["firms"].argmax()))
    made = {type(agent) for agent in cell.agents}
    assert {Firm, Talent} <= made
    assert len(mesa.Model.agents.fget(model)) == len(cell.agents) < 1000
    near = cell.get_neighborhood(1, include_center=True)
    assert set(cell.agents) <= set(near.agents)
    assert set(near.select(lambda each: each is cell).agents) == set(cell.agents)


def test_the_middle_of_a_district_is_its_land_cell_nearest_to_the_mean() -> None:
    map_ = grid()
    for number, cell in enumerate(middles().tolist()):
        assert map_.district[cell] == number and map_.land[cell] > 0.0
    lon, lat = map_.lon[middles()[HUANGPU]], map_.lat[middles()[HUANGPU]]
    assert (lon, lat) == pytest.approx((121.48, 31.22), abs=0.02)


def test_nobody_is_put_on_a_cell_behind_the_tables_back() -> None:
    model = ClusterModel(SHORT, SEED, 0)
    cell = model.space[60, 60]
    for kind in KINDS:
        agent = next(iter(model.agents_by_type[kind]))
        with pytest.raises(ValueError, match="set the cell of"):
            cell.add_agent(agent)
        with pytest.raises(ValueError, match="lives"):
            model.deregister_agent(agent)
        with pytest.raises(TypeError, match="row of the model's tables"):
            kind(model)
    for kind, why in ((Talent, "or home"), (Fund, "set district")):
        agent = next(iter(model.agents_by_type[kind]))
        with pytest.raises(ValueError, match=why):
            agent.cell = cell


def test_a_fund_and_a_talent_stand_where_their_district_is() -> None:
    model = ClusterModel(SHORT, SEED, 0)
    fund = next(iter(model.agents_by_type[Fund]))
    talent = next(each for each in model.agents_by_type[Talent] if each.employer == SEARCHING)
    for agent, field in ((fund, "district"), (talent, "home")):
        for district in (3, 15):
            setattr(agent, field, district)
            assert agent in agent.cell.agents
            assert model.cell_number(agent.cell) == middles()[district]


@pytest.mark.parametrize("version", ["2.4.0", "3.2.0", "3.4.2", "3.6.0", "4.0.0a0"])
def test_a_mesa_that_is_not_known_to_work_is_refused(version: str) -> None:
    with pytest.raises(Problem, match=re.escape(version)):
        check_version(version)
    for known in ("3.3.1", "3.5.1"):
        check_version(known)


def test_layers_are_the_tables_themselves(finished: ClusterModel) -> None:
    space, world = finished.space, finished.world

    def drawn(array: Any) -> Any:
        """Return an array of the tables, whose rows begin in the north, as Mesa counts it."""
        return np.array([[array[(129 - y) * 121 + x] for y in range(130)] for x in range(121)])

    for name in ("land", "district", "firms", "zone"):
        layer = getattr(space, name)
        assert np.array_equal(layer.data, drawn(world.cells[name]))
        assert np.shares_memory(layer.data, world.cells)
    for number, cluster in enumerate(PLAN.clusters):
        layer = getattr(space, f"knowledge_{cluster.id}")
        assert np.array_equal(layer.data, drawn(world.knowledge[number]))
        assert np.shares_memory(layer.data, world.knowledge)
        assert layer.data.any()
    busiest = finished.cell_at(int(world.cells["firms"].argmax()))
    firms = [agent for agent in busiest.agents if isinstance(agent, Firm)]
    assert busiest.firms == len(firms) == world.cells["firms"].max()


def test_writing_to_a_layer_changes_the_world() -> None:
    """Mesa 3.3.1 puts a new array into a layer that is modified, which nobody would notice."""
    model = ClusterModel(SHORT, SEED, 0)
    layer, land = model.space.land, model.world.cells["land"].copy()
    layer.modify_cells(np.multiply, 2.0)
    assert np.array_equal(model.world.cells["land"], 2.0 * land)
    layer.set_cells(0.5, condition=lambda km2: km2 > 0.0)
    assert np.array_equal(model.world.cells["land"], np.where(land > 0.0, 0.5, 0.0))
    layer.data = from_the_south(land)
    assert np.array_equal(model.world.cells["land"], land)
    model.space[60, 60].land = 0.25
    assert model.world.cells["land"][(129 - 60) * 121 + 60] == 0.25


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


class Observer(CellAgent):  # type: ignore[misc]
    """Watches, and has no row."""

    _ids = Firm._ids  # else Mesa 3.3.1 keeps the model


def test_agents_of_somebody_else_can_come_and_go() -> None:
    model = ClusterModel(SHORT, SEED, 0)
    before = len(model.agents)
    observer: Any = Observer(model)
    assert len(model.agents) == before + 1
    cell = model.space[60, 60]
    here = len(cell.agents)
    observer.cell = cell
    assert observer in cell.agents and len(cell.agents) == here + 1
    model.step()
    assert observer in cell.agents
    number = len(model.agents)
    observer.remove()
    assert observer not in cell.agents
    assert len(model.agents) == number - 1


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
