"""Firms, talents and funds in Mesa are windows on the tables: they hold nothing of their own."""

import gc
import subprocess
import sys
import weakref
from typing import Any

import numpy as np
import pytest

from sim.agents import Firm, Fund, Talent
from sim.model import ClusterModel
from sim.scenario import read_scenario
from sim.world.setup import Setup
from sim.world.tables import FIRM_FIELDS, FIRMS_HERE, FUND_FIELDS, TALENT_FIELDS, Field
from sim.world.world import World

SEED = 2022
STEPS = 14


@pytest.fixture(scope="module")
def setup() -> Setup:
    return read_scenario("as-written").setup()


@pytest.fixture(scope="module")
def model(setup: Setup) -> ClusterModel:
    stepped = ClusterModel(setup, SEED, 1)
    for _ in range(STEPS):
        stepped.step()
    return stepped


def first(model: ClusterModel, kind: Any) -> Any:
    return next(iter(model.agents_by_type[kind]))


def test_there_is_an_agent_for_every_living_row_and_no_other(model: ClusterModel) -> None:
    world, by_type = model.world, model.agents_by_type
    rows = {
        Firm: (world.firms["id"], world.firms["alive"]),
        Fund: (world.funds["id"], world.funds["alive"]),
        Talent: (world.talents.id, world.talents.alive),
    }
    for kind, (identities, alive) in rows.items():
        seen = sorted(agent.identity for agent in by_type[kind])
        assert seen == sorted(identities[alive == 1].tolist()), kind
    assert len(model.agents) == sum(len(found) for found in by_type.values())
    numbers = [agent.unique_id for agent in model.agents]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("kind", "fields"), [(Firm, FIRM_FIELDS), (Fund, FUND_FIELDS), (Talent, TALENT_FIELDS)]
)
def test_every_field_reads_the_table(
    model: ClusterModel, kind: Any, fields: tuple[Field, ...]
) -> None:
    agent = first(model, kind)
    table = getattr(model.world, f"{kind.kind_of_row}s")
    for field in fields:
        if field.name == "cell":
            continue
        column = getattr(table, field.name) if kind is Talent else table[field.name]
        value = getattr(agent, field.name)
        assert type(value) in (int, float), field.name
        assert value == column[agent.row], field.name


def test_writing_goes_to_the_table_and_survives_its_growth(setup: Setup) -> None:
    model = ClusterModel(setup, SEED, 0)
    firm, person = first(model, Firm), first(model, Talent)
    firm.cash = 123.5
    person.skill = 2.5
    assert model.world.firms["cash"][firm.row] == 123.5
    old = model.world
    longer = np.zeros(2 * len(old.firms), old.firms.dtype)
    longer[: len(old.firms)] = old.firms
    model.world = World(**{**old._asdict(), "firms": longer})
    firm.cash = 7.0
    assert (longer["cash"][firm.row], firm.cash, person.skill) == (7.0, 7.0, 2.5)


def test_who_is_no_more_is_not_taken_for_who_has_the_row_now(setup: Setup) -> None:
    model = ClusterModel(setup, SEED, 0)
    firm, person = first(model, Firm), first(model, Talent)
    model.world.firms["id"][firm.row] += 1  # another firm in the same row
    model.world.talents.alive[person.row] = 0
    for gone, field in ((firm, "cash"), (person, "skill")):
        with pytest.raises(LookupError, match="no more"):
            getattr(gone, field)
        with pytest.raises(LookupError, match="no more"):
            setattr(gone, field, 1.0)


def test_firms_stand_on_their_cells(model: ClusterModel) -> None:
    standing = np.zeros(len(model.world.cells), dtype=int)
    for firm in model.agents_by_type[Firm]:
        number = model.cell_number(firm.cell)
        assert number == model.world.firms["cell"][firm.row]
        standing[number] += 1
    assert (standing == model.world.cells["firms"]).all()
    busiest = model.space[divmod(int(standing.argmax()), model.space.dimensions[1])]
    assert len(busiest.agents) == standing.max()


def test_moving_a_firm_moves_it_in_the_tables_too(setup: Setup) -> None:
    model = ClusterModel(setup, SEED, 0)
    firm = first(model, Firm)
    world = model.world
    there = int(np.flatnonzero((world.cells["land"] > 0) & (world.cells["district"] == 3))[0])
    firm.cell = model.space[divmod(there, model.space.dimensions[1])]
    assert (firm.district, world.firms["cell"][firm.row]) == (3, there)
    firms = world.firms[world.firms["alive"] == 1]
    assert (np.bincount(firms["cell"], minlength=len(world.cells)) == world.cells["firms"]).all()
    tallies = world.city[0]["tallies"][FIRMS_HERE]
    found = np.zeros_like(tallies)
    np.add.at(found, (firms["cluster"], firms["district"]), 1)
    assert (found == tallies).all()
    model.step()


def test_a_model_that_nobody_holds_is_gone(setup: Setup) -> None:
    model = ClusterModel(setup, SEED, 0)
    model.step()
    assert len(model.agents) > 0
    cell = first(model, Firm).cell
    assert len(list(cell.get_neighborhood(radius=2))) > 0
    gone = [weakref.ref(model), weakref.ref(first(model, Talent))]
    del model, cell
    gc.collect()
    assert [ref() for ref in gone] == [None, None]


def test_the_package_does_not_load_mesa_until_it_is_asked_for() -> None:
    code = "import sim, sys; sim.read_scenario('as-written'); sys.exit('mesa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
