"""Firms, talents and funds as Mesa agents: proxies that read and write the rows of the tables."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from sim.agents import Firm, Fund, Talent
from sim.cluster_model import ClusterModel
from sim.engine.tables import Field
from sim.model.world import codes
from sim.model.world.ledgers import FIRMS_HERE
from sim.model.world.tables import FIRM_FIELDS, FUND_FIELDS, TALENT_FIELDS
from sim.plan import PLAN
from sim.proxies import Column, Proxy
from sim.scenario import read_scenario

MONTHS = 24
SETUP = read_scenario("as-written").setup()._replace(months=MONTHS)
FIELDS: dict[type[Proxy], tuple[Field, ...]] = {
    Firm: FIRM_FIELDS,
    Fund: FUND_FIELDS,
    Talent: TALENT_FIELDS,
}
KINDS = pytest.mark.parametrize("kind", list(FIELDS), ids=lambda kind: kind.__name__)


@pytest.fixture(scope="module")
def began() -> ClusterModel:
    """Return a model in its second month; tests put back what they change."""
    model = ClusterModel(SETUP, 7, 0)
    model.step()
    return model


@pytest.fixture(scope="module")
def ended() -> tuple[ClusterModel, list[Any]]:
    """Return a model after two years, and the agents of its second month, whom it has outlived."""
    model = ClusterModel(SETUP, 7, 0)
    model.step()
    early = list(model.agents)
    while model.running:
        model.step()
    return model, early


def in_table(model: ClusterModel, agent: Any, field: str) -> Any:
    """Return a field of an agent from the table itself, found by identity and not by row."""
    table: Any = getattr(model.world, agent.table)
    if isinstance(agent, Talent):
        (row,) = np.flatnonzero((table.id == agent.identity) & (table.alive == 1))
        return getattr(table, field)[row]
    (row,) = np.flatnonzero((table["id"] == agent.identity) & (table["alive"] == 1))
    return table[row][field]


@KINDS
def test_every_field_of_the_table_is_an_attribute(kind: type[Proxy]) -> None:
    """A field with the name of something of Mesa's would silently show that instead."""
    columns = {name for name in dir(kind) if isinstance(getattr(kind, name), Column)}
    assert {field.name for field in FIELDS[kind]} - columns <= {"cell", "home", "level"}
    for name in columns:
        (field,) = (field for field in FIELDS[kind] if field.name == name)
        assert field.meaning in getattr(kind, name).__doc__
        assert field.unit in getattr(kind, name).__doc__


@KINDS
def test_reading_gives_the_table_s_value_as_a_plain_number(
    began: ClusterModel, kind: type[Proxy]
) -> None:
    agents = list(began.agents_by_type[kind])
    for agent in (agents[0], agents[len(agents) // 2], agents[-1]):
        for field in FIELDS[kind]:
            if field.name != "cell":
                value = getattr(agent, field.name)
                assert value == in_table(began, agent, field.name)
                assert type(value) in (int, float)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (Firm, "cash", -12.5),
        (Firm, "level", 9),
        (Fund, "dry_powder", 4.25),
        (Talent, "skill", 2.5),
        (Talent, "home", 15),
    ],
)
def test_writing_goes_to_the_table(
    began: ClusterModel, kind: type[Proxy], field: str, value: float
) -> None:
    agents = list(began.agents_by_type[kind])
    agent = next(each for each in agents[1:] if getattr(each, field) != value)
    other = next(each for each in agents if each is not agent)
    before, beside = getattr(agent, field), getattr(other, field)
    setattr(agent, field, value)
    assert in_table(began, agent, field) == getattr(agent, field) == value
    assert getattr(other, field) == beside
    setattr(agent, field, before)
    assert in_table(began, agent, field) == before != value


@KINDS
@pytest.mark.parametrize("field", ["id", "alive"])
def test_who_exists_is_the_model_s_to_say(
    began: ClusterModel, kind: type[Proxy], field: str
) -> None:
    agent = next(iter(began.agents_by_type[kind]))
    before = getattr(agent, field)
    with pytest.raises(AttributeError, match=f"'{field}' cannot be set: [a-z]+"):
        setattr(agent, field, 0)
    assert getattr(agent, field) == before


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (Firm, "talents"),
        (Firm, "patron"),
        (Talent, "employer"),
        (Talent, "origin"),
    ],
)
def test_what_another_table_counts_cannot_be_overwritten_alone(
    began: ClusterModel, kind: type[Proxy], field: str
) -> None:
    with pytest.raises(AttributeError, match=r"cannot be set: [a-z]+"):
        setattr(next(iter(began.agents_by_type[kind])), field, 0)


def test_who_searches_and_moves_is_counted_at_the_new_home(began: ClusterModel) -> None:
    talents = began.agents_by_type[Talent]
    books = began.world.city[0]["searching"]
    for searching in (True, False):
        agent = next(each for each in talents if (each.employer == codes.SEARCHING) == searching)
        before, old = books.copy(), agent.home
        agent.home = new = (old + 1) % 16
        cluster = codes.CLUSTER_OF[agent.track]
        before[cluster, old] -= searching
        before[cluster, new] += searching
        assert (books == before).all()
        agent.home = old
    with pytest.raises(ValueError, match="no district 16"):
        agent.home = 16


def test_a_proxy_shows_what_the_month_did() -> None:
    model = ClusterModel(SETUP, 7, 0)
    firms = list(model.agents_by_type[Firm])
    before = {firm: firm.cash for firm in firms}
    model.step()
    living = [firm for firm in firms if firm in model.agents_by_type[Firm]]
    assert all(firm.cash == in_table(model, firm, "cash") for firm in living[::100])
    assert sum(firm.cash != before[firm] for firm in living) > len(living) / 2


@pytest.mark.parametrize("kind", [Firm, Talent], ids=["Firm", "Talent"])
def test_an_agent_that_is_no_more_raises_and_never_shows_another_s_data(
    ended: tuple[ClusterModel, list[Any]], kind: type[Proxy]
) -> None:
    model, early = ended
    present = {agent.row: agent for agent in model.agents_by_type[kind]}
    gone = [
        agent for agent in early if isinstance(agent, kind) and present.get(agent.row) is not agent
    ]
    replaced = [agent for agent in gone if agent.row in present]
    assert len(gone) > len(replaced) > 0  # some rows are free, others somebody else's
    for agent in gone:
        for field in FIELDS[kind][:3]:
            with pytest.raises(LookupError, match=f"{kind.__name__} {agent.identity} is no more"):
                getattr(agent, field.name)
    trait = "quality" if kind is Firm else "skill"
    with pytest.raises(LookupError):
        setattr(replaced[0], trait, 99.0)
    assert getattr(present[replaced[0].row], trait) != 99.0
    assert str(replaced[0].identity) in repr(replaced[0])


def test_a_firm_that_is_no_more_stands_nowhere(ended: tuple[ClusterModel, list[Any]]) -> None:
    model, early = ended
    gone = [firm for firm in early if isinstance(firm, Firm) and firm not in model.agents]
    assert gone
    assert all(firm.cell is None for firm in gone)
    with pytest.raises(LookupError):
        gone[0].move_to(model.space[60, 60])
    assert gone[0] not in model.space[60, 60].agents


def test_a_firm_that_is_moved_is_moved_in_every_table(began: ClusterModel) -> None:
    firm = next(iter(began.agents_by_type[Firm]))
    home, world = firm.cell, began.world
    cells, here = world.cells["firms"].copy(), world.city[0]["tallies"][FIRMS_HERE].copy()
    other = next(
        cell
        for cell in began.space.all_cells
        if cell.district not in (-1, firm.district) and cell.land > 0.0
    )
    from_district = firm.district
    firm.move_to(other)
    assert firm in other.agents and firm not in home.agents
    assert in_table(began, firm, "cell") == began.cell_number(other)
    assert firm.district == other.district != from_district
    assert world.cells["firms"][began.cell_number(home)] == cells[began.cell_number(home)] - 1
    assert world.cells["firms"][began.cell_number(other)] == cells[began.cell_number(other)] + 1
    moved = world.city[0]["tallies"][FIRMS_HERE] - here
    assert (moved[firm.cluster, from_district], moved[firm.cluster, firm.district]) == (-1.0, 1.0)
    firm.move_to(home)
    assert np.array_equal(world.cells["firms"], cells)
    assert np.array_equal(world.city[0]["tallies"][FIRMS_HERE], here)


def test_no_firm_is_moved_to_where_none_can_stand(began: ClusterModel) -> None:
    firm = next(iter(began.agents_by_type[Firm]))
    home, before = firm.cell, began.world.cells["firms"].copy()
    dry = next(c for c in began.space.all_cells if c.district != -1 and c.land <= 0.0)
    other = ClusterModel(began.setup, 1)
    for cell, why in (
        (began.space[0, 0], "no land"),
        (dry, "no land"),
        (other.space[home.coordinate], "another model"),
        (None, "stands somewhere"),
    ):
        with pytest.raises(ValueError, match=why):
            firm.cell = cell
    assert firm.cell is home and firm in home.agents
    assert np.array_equal(began.world.cells["firms"], before)


def test_names_are_the_plan_s(began: ClusterModel) -> None:
    for firm in list(began.agents_by_type[Firm])[::200]:
        track = next(track for track in PLAN.tracks if track.id == firm.track_id)
        assert track.cluster == firm.cluster_id
        assert PLAN.districts[firm.district].id == firm.district_id
        assert firm.kind_name in codes.FIRM_KINDS
    talents = list(began.agents_by_type[Talent])
    assert {talent.level_name for talent in talents} == set(codes.TALENT_LEVELS)
    assert {talent.track_id for talent in talents} == {track.id for track in PLAN.tracks}
    assert {talent.home_id for talent in talents} == {place.id for place in PLAN.districts}
    kinds = {fund.kind_name for fund in began.agents_by_type[Fund]}
    assert kinds <= set(codes.FUND_KINDS) and "guidance" in kinds


def test_employees_and_employers_agree(ended: tuple[ClusterModel, list[Any]]) -> None:
    model, _ = ended
    firms = list(model.agents_by_type[Firm])
    for firm in firms[::100]:
        assert len(firm.employees) == firm.talents
        assert all(person.employer_firm is firm for person in firm.employees)
    elsewhere = [person for person in model.agents_by_type[Talent] if person.employer < 0]
    assert elsewhere and all(person.employer_firm is None for person in elsewhere)


def test_a_patron_counts_those_who_hold_its_orders(
    ended: tuple[ClusterModel, list[Any]],
) -> None:
    model, _ = ended
    firms = list(model.agents_by_type[Firm])
    patrons = [firm.patron_firm for firm in firms]
    assert None in patrons
    for patron in {patron for patron in patrons if patron is not None}:
        assert patrons.count(patron) == patron.partners


def test_the_package_does_not_load_mesa_until_it_is_asked_for() -> None:
    code = "import sim, sys; sim.read_scenario('as-written'); sys.exit('mesa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_moved_firm_is_where_the_next_month_finds_it() -> None:
    model = ClusterModel(SETUP, 7, 0)
    firm = next(iter(model.agents_by_type[Firm]))
    there = next(cell for cell in model.space.all_cells if cell.district == 15 and cell.land > 0.0)
    firm.cell = there
    model.step()
    firms = model.world.firms[model.world.firms["alive"] == 1]
    found = np.zeros_like(model.world.city[0]["tallies"][FIRMS_HERE])
    np.add.at(found, (firms["cluster"], firms["district"]), 1)
    assert np.array_equal(found, model.world.city[0]["tallies"][FIRMS_HERE])
    standing = np.bincount(firms["cell"], minlength=len(model.world.cells))
    assert np.array_equal(standing, model.world.cells["firms"])
    assert firm in there.agents or firm.cell is None  # it may have ended
