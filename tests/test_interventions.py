"""A person acts in the city through Mesa: the books balance, and the months after are right."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from sim.agents import Firm, Fund, Talent
from sim.cluster_model import ClusterModel
from sim.model.world import codes
from sim.model.world.layout import COUNTS
from sim.model.world.ledgers import FIRMS_HERE
from sim.model.world.tables import NOBODY
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import read_scenario
from tests.long import only_when_asked
from tests.reference import interventions as deeds
from tests.reference.month import step
from tests.reference.processes import EVENTFUL, small
from tests.reference.reading import RELATIVE, differences, read

SETUP = read_scenario("as-written").setup()._replace(draws=None)
SEED = 7
MONTHS = 24
OUTPUT = COUNTS.index("output")


def after(months: int, setup: Any = SETUP) -> ClusterModel:
    """Return a model after some months."""
    model = ClusterModel(setup, SEED, 0)
    for _ in range(months):
        model.step()
    return model


def unbalanced(model: ClusterModel) -> list[str]:
    """Return which books of the tables do not say what the rows say, counted anew row by row."""
    world, city = model.world, model.world.city[0]
    firms, people, deals = world.firms, world.talents, world.deals
    alive, here = np.flatnonzero(firms["alive"] == 1), np.flatnonzero(people.alive == 1)
    by_firm = Counter(people.employer[here].tolist())
    seniors = Counter(people.employer[here[people.level[here] > codes.JUNIOR]].tolist())
    held = [row for firm in alive for row in stakes(model, int(firm))]
    searching, levels = np.zeros_like(city["searching"]), np.zeros_like(city["levels"])
    idle = here[people.employer[here] == codes.SEARCHING]
    np.add.at(searching, (np.array(codes.CLUSTER_OF)[people.track[idle]], people.home[idle]), 1)
    np.add.at(levels, (people.origin[here], people.level[here]), 1)
    tallies = np.zeros_like(city["tallies"][FIRMS_HERE])
    np.add.at(tallies, (firms["cluster"][alive], firms["district"][alive]), 1)
    patrons = firms["patron"][alive]
    orders = np.bincount(patrons[patrons >= 0], minlength=len(firms))
    members = firms["consortium"][alive]
    joined = np.bincount(members[members >= 0], minlength=len(world.programmes))
    standing = world.programmes["alive"] == 1
    posts = {int(row): by_firm[codes.INSTITUTE_BASE - int(row)] for row in np.flatnonzero(standing)}
    free = np.flatnonzero(firms["alive"] == 0)
    books = {
        "talents": all(by_firm[row] == firms["talents"][row] for row in alive.tolist()),
        "seniors": all(seniors[row] == firms["seniors"][row] for row in alive.tolist()),
        "employers": {row for row in by_firm if row >= 0} <= set(alive.tolist()),
        "institutes": all(world.programmes["talents"][row] == n for row, n in posts.items()),
        "searching": np.array_equal(searching, city["searching"]),
        "levels": np.array_equal(levels, city["levels"]),
        "tallies": np.array_equal(tallies, city["tallies"][FIRMS_HERE]),
        "cells": np.array_equal(
            np.bincount(firms["cell"][alive], minlength=len(world.cells)), world.cells["firms"]
        ),
        "stakes": sorted(held) == np.flatnonzero(deals["alive"] == 1).tolist(),
        "portfolios": np.array_equal(
            np.bincount(deals["fund"][held], minlength=len(world.funds)), world.funds["portfolio"]
        ),
        "patrons": set(patrons[patrons >= 0].tolist()) <= set(alive.tolist()),
        "orders": (orders[alive] == firms["partners"][alive]).all(),
        "consortia": (joined[standing] == world.programmes["members"][standing]).all(),
        "identities": np.array_equal(world.ids[alive], firms["id"][alive]),
        "free rows": not len(free) or city["free_firm"] <= free[0],
    }
    return [name for name, right in books.items() if not right]


def stakes(model: ClusterModel, firm: int) -> list[int]:
    """Return the rows of a firm's deals, newest first."""
    deals, row = model.world.deals, int(model.world.firms["first_deal"][firm])
    found = []
    while row != NOBODY:
        assert deals["firm"][row] == firm
        found.append(row)
        row = int(deals["next"][row])
    return found


def test_a_firm_is_founded_and_a_thousand_end() -> None:
    """The script of a user; the books balance, and output falls."""
    model, other = after(12), after(12)
    robots = Firm.found(model, "general_ai", district="浦东", cash=50_000.0, level=7)
    assert robots.district_id == "pudong" and robots in robots.cell.agents
    firms = sorted(model.agents_by_type[Firm], key=lambda firm: -firm.sales)
    people = len(model.agents_by_type[Talent])
    ended = [firm for firm in firms if firm is not robots][:1000]
    for firm in ended:
        firm.remove()
    assert unbalanced(model) == []
    assert len(model.agents_by_type[Firm]) == len(firms) - 1000
    assert len(model.agents_by_type[Talent]) == people
    assert all(firm.cell is None and firm not in model.agents for firm in ended)
    with pytest.raises(LookupError, match="is no more"):
        ended[0].remove()
    for _ in range(MONTHS):
        model.step()
        other.step()
    assert unbalanced(model) == unbalanced(other) == []
    assert robots.talents > 0 and robots.rd_stock > 0.0
    assert model.counts[35, OUTPUT] < 0.5 * other.counts[35, OUTPUT]


def deeds_for(model: ClusterModel) -> list[deeds.Deed]:
    """Return deeds of every kind that the tables allow, so that each touches what others hold."""
    world = model.world
    firms, people = world.firms, world.talents
    alive = np.flatnonzero(firms["alive"] == 1)
    patron = alive[firms["partners"][alive].argmax()]
    others = alive[alive != patron]
    raised = others[np.argsort(firms["first_deal"][others] == NOBODY, kind="stable")]
    at_firm = np.flatnonzero((people.alive == 1) & (people.employer >= 0))
    at_institute = np.flatnonzero((people.alive == 1) & (people.employer <= codes.INSTITUTE_BASE))
    idle = np.flatnonzero((people.alive == 1) & (people.employer == codes.SEARCHING))
    ending = {int(patron), *raised[:2].tolist()}
    kept = np.array([row for row in at_firm if int(people.employer[row]) not in ending])
    target = next(
        int(row)
        for row in alive
        if row not in ending and firms["track"][row] == people.track[idle[1]]
    )
    deals = world.deals
    stakes_left = (deals["alive"] == 1) & ~np.isin(deals["firm"], list(ending))
    investor = int(np.bincount(deals["fund"][stakes_left], minlength=2)[1:].argmax()) + 1
    land = int(world.land_cells[700])
    same_cluster = [
        int(row)
        for row in alive
        if firms["cluster"][row] == firms["cluster"][target] and row not in (*ending, target)
    ]
    return [
        deeds.Found(NOBODY, 3, 5, 0.5, 4000.0, 2, NOBODY),
        deeds.Found(int(kept[0]), int(people.track[kept[0]]), 2, 0.1, 900.0, NOBODY, land),
        deeds.Found(
            int(at_institute[0]), int(people.track[at_institute[0]]), 1, 0.0, 700.0, -1, -1
        ),
        deeds.Found(int(idle[0]), int(people.track[idle[0]]), 1, 0.0, 300.0, NOBODY, NOBODY),
        deeds.End(int(patron), codes.CLOSED),
        deeds.End(int(raised[0]), codes.ACQUIRED),
        deeds.End(int(raised[1]), codes.MOVED_AWAY),
        deeds.Arrive(4, 10, codes.SCIENTIST, 1.5),
        deeds.Arrive(9, 3, codes.ENTREPRENEUR, -0.5),
        deeds.Leave(int(kept[1])),
        deeds.Leave(int(at_institute[1])),
        deeds.Leave(int(idle[2])),
        deeds.Employ(int(idle[1]), target),
        deeds.Employ(int(kept[2]), NOBODY),
        deeds.Promote(int(kept[3]), codes.SCIENTIST),
        deeds.Promote(int(idle[3]), codes.SENIOR),
        deeds.Close(investor),
        deeds.Open(codes.MARKET, 2, NOBODY, 1, 9, 0.9, 20_000.0),
        deeds.Open(codes.DISTRICT_FUND, NOBODY, 10, 2, 8, 0.4, 5_000.0),
        deeds.Move(target, land),
        deeds.Order(target, same_cluster[0]),
        deeds.Order(same_cluster[1], same_cluster[0]),
        deeds.Order(target, same_cluster[2]),
        deeds.Order(same_cluster[1], NOBODY),
    ]


def do(model: ClusterModel, deed: Any) -> None:
    """Do a deed through Mesa, as a person would."""

    def firm(row: int) -> Any:
        return model.agent(Firm, row)

    def talent(row: int) -> Any:
        return None if row == NOBODY else model.agent(Talent, row)

    def cell(number: int) -> Any:
        return None if number == NOBODY else model.cell_at(number)

    def none(number: int) -> int | None:
        return None if number == NOBODY else number

    match deed:
        case deeds.Found(founder, track, level, quality, cash, district, place):
            person, here = talent(founder), cell(place)
            values: Any = {"level": level, "quality": quality, "cash": cash}
            Firm.found(model, track, founder=person, district=none(district), cell=here, **values)
        case deeds.End(row, reason):
            firm(row).remove(codes.EXIT_REASONS[reason])
        case deeds.Arrive(track, home, level, skill):
            Talent.arrive(model, track, home, level=codes.TALENT_LEVELS[level], skill=skill)
        case deeds.Leave(row):
            talent(row).remove()
        case deeds.Employ(row, employer):
            talent(row).employer_firm = None if employer == NOBODY else firm(employer)
        case deeds.Promote(row, level):
            talent(row).level = level
        case deeds.Open(kind, focus, district, lowest, highest, accuracy, money):
            Fund.open(
                model,
                money,
                kind=codes.FUND_KINDS[kind],
                focus=none(focus),
                district=none(district),
                levels=(lowest, highest),
                accuracy=accuracy,
            )
        case deeds.Close(row):
            model.agent(Fund, row).remove()
        case deeds.Move(row, place):
            firm(row).cell = cell(place)
        case deeds.Order(row, patron):
            firm(row).patron_firm = None if patron == NOBODY else firm(patron)


def same_months(model: ClusterModel, other: Any, months: int) -> None:
    """Run both on and compare all state and the counts every month."""
    assert differences(other, model.world) == []
    for month in range(model.month, model.month + months):
        model.step()
        step(other, month)
        assert differences(other, model.world) == [], f"month {month}"
        counts = other.counts[month]
        assert counts == pytest.approx(model.counts[month].tolist(), rel=RELATIVE), month


@only_when_asked
def test_a_whole_city_without_its_thousand_largest_firms_is_that_of_the_second_one() -> None:
    model = after(12)
    other = read(model.world, SETUP, dict(model.draw))
    todo: list[deeds.Deed] = [deeds.Found(NOBODY, 5, 7, 0.0, 50_000.0, 10, NOBODY)]
    firms = sorted(model.agents_by_type[Firm], key=lambda firm: -firm.sales)
    todo += [deeds.End(firm.row, codes.CLOSED) for firm in firms[:1000]]
    for deed in todo:
        do(model, deed)
    deeds.act(other, todo)
    same_months(model, other, MONTHS)


@pytest.mark.parametrize("months", [0, 11, 32])
def test_the_months_after_are_those_of_the_second_implementation(months: int) -> None:
    """All state is compared after the deeds and after each of the next 24 months."""
    setup = small("as-written", **EVENTFUL)
    model = after(months, setup)
    other = read(model.world, setup, dict(model.draw))
    todo = deeds_for(model)
    assert {type(deed) for deed in todo} == set(deeds.Deed.__args__)
    closed = next(deed.row for deed in todo if isinstance(deed, deeds.Close))
    assert months < 20 or model.world.funds["portfolio"][closed] > 1
    for deed in todo:
        do(model, deed)
        assert unbalanced(model) == [], deed
    deeds.act(other, todo)
    same_months(model, other, MONTHS)
    assert unbalanced(model) == []


def test_agents_keep_to_their_rows_when_a_fund_closes() -> None:
    model = after(18)
    funds = list(model.agents_by_type[Fund])
    while funds[-1].portfolio == 0:  # else nobody would see its stakes follow it
        funds.pop().remove()
    powder = {fund: (fund.id, fund.dry_powder) for fund in funds}
    funds[3].remove()
    with pytest.raises(LookupError):
        funds[3].dry_powder  # noqa: B018 - reading raises
    assert set(model.agents_by_type[Fund]) == set(funds) - {funds[3]}
    assert all((fund.id, fund.dry_powder) == powder[fund] for fund in set(funds) - {funds[3]})
    assert unbalanced(model) == []
    funds[-1].remove()
    assert len(model.agents_by_type[Fund]) == len(funds) - 2
    with pytest.raises(ValueError, match="guidance fund belongs to the plan"):
        funds[0].remove()


def test_tables_grow_for_whom_is_added() -> None:
    """Who is added before a table grows has luck like everybody, and is not lost with a list."""
    model = after(1)
    rows = len(model.world.firms), len(model.world.talents.id), len(model.world.funds)
    city = model.world.city[0]
    room = rows[0] - int(city["firm_rows"]), rows[1] - int(city["talent_rows"])
    first = Talent.arrive(model, 0, "pudong")
    firms = [Firm.found(model, 1, cash=10.0) for _ in range(room[0] + 1)]
    talents = [Talent.arrive(model, 0, "pudong") for _ in range(room[1] + 1)]
    funds = [Fund.open(model, 10.0) for _ in range(rows[2])]
    grown = len(model.world.firms), len(model.world.talents.id), len(model.world.funds)
    assert all(after > before for before, after in zip(rows, grown, strict=True))
    assert (
        len({agent.id for agent in (first, *firms, *talents, *funds)})
        == len(firms) + len(talents) + len(funds) + 1
    )
    glances = model.world.glances[:, [first.row, talents[-1].row]]
    assert (glances != 0).any(axis=0).all()
    assert unbalanced(model) == []
    for _ in range(3):
        model.step()
    assert unbalanced(model) == []
    assert sum(talent.lives for talent in talents) > 0.8 * len(talents)


def test_the_same_script_gives_the_same_bytes() -> None:
    runs = []
    for _ in range(2):
        model = after(3)
        firm = Firm.found(model, 2, district="jiading")
        firm.cash *= 2.0
        for talent in list(model.agents_by_type[Talent])[:50:7]:
            talent.remove()
        len(model.space.agents)
        for _ in range(9):
            model.step()
        runs.append(model.trajectory())
    assert runs[0].measures.tobytes() == runs[1].measures.tobytes()
    assert runs[0].counts.tobytes() == runs[1].counts.tobytes()


def test_what_cannot_be_done_raises_and_changes_nothing() -> None:
    model = after(1)
    before = [table.copy() for table in (model.world.city, model.world.firms, model.world.funds)]
    firm = next(iter(model.agents_by_type[Firm]))
    talent = next(each for each in model.agents_by_type[Talent] if each.track != firm.track)
    fund = next(iter(model.agents_by_type[Fund]))
    other = after(0)
    stranger = next(iter(other.agents_by_type[Firm]))
    sea = next(cell for cell in model.space.all_cells if cell.district == -1)
    refused: list[tuple[type[Exception], str, Any]] = [
        (ValueError, "needs a track", lambda: Firm.found(model)),
        (Problem, "a track", lambda: Firm.found(model, "cooking")),
        (ValueError, "no track 99", lambda: Firm.found(model, 99)),
        (ValueError, "from 1 to 9", lambda: Firm.found(model, 1, level=10)),
        (ValueError, "'cash' is a number", lambda: Firm.found(model, 1, cash=float("nan"))),
        (ValueError, "no land", lambda: Firm.found(model, 1, cell=sea)),
        (ValueError, "own field", lambda: Firm.found(model, firm.track, founder=talent)),
        (ValueError, "own field", lambda: setattr(talent, "employer_firm", firm)),
        (ValueError, "a patron is another", lambda: setattr(firm, "patron_firm", firm)),
        (ValueError, "a reason to end", lambda: firm.remove("boredom")),
        (ValueError, "0 to 3", lambda: setattr(talent, "level", 4)),
        (ValueError, "from 1 to 9", lambda: setattr(firm, "level", 0)),
        (ValueError, "a whole number", lambda: setattr(firm, "products", 1.5)),
        (ValueError, "from 0 to", lambda: setattr(firm, "capacity", -1.0)),
        (ValueError, "from 0 to", lambda: Fund.open(model, -1.0)),
        (ValueError, "the lowest and the highest", lambda: Fund.open(model, 1.0, levels=(9, 1))),
        (ValueError, "'cash' is a number", lambda: setattr(firm, "cash", "much")),
        (AttributeError, "no 'chash': is it 'cash'", lambda: setattr(firm, "chash", 1.0)),
        (ValueError, "set its cell", lambda: firm.cell.remove_agent(firm)),
        (Problem, "at least 0", lambda: ClusterModel("as-written", seed=7, replicate=-1)),
        (ValueError, "from -1 to 15", lambda: setattr(fund, "district", 16)),
        (ValueError, "a fund is market", lambda: Fund.open(model, 1.0, kind="guidance")),
        (ValueError, "a level is junior", lambda: Talent.arrive(model, 1, 1, level="boss")),
        (Problem, "a district", lambda: Talent.arrive(model, 1, "soho")),
        (ValueError, "one by one", model.remove_all_agents),
        (ValueError, "another model", lambda: Firm.found(model, 1, cell=other.space[60, 60])),
        (ValueError, "another model", lambda: setattr(talent, "employer_firm", stranger)),
    ]
    for kind, said, attempt in refused:
        with pytest.raises(kind, match=said):
            attempt()
    now = (model.world.city, model.world.firms, model.world.funds)
    assert all(np.array_equal(a, b) for a, b in zip(before, now, strict=True))
    assert unbalanced(model) == []


def test_every_field_that_cannot_be_set_says_what_to_do_instead() -> None:
    model = after(1)
    for kind, fields in (
        (Firm, ("id", "alive", "track", "district", "place", "talents", "patron", "spillover")),
        (Fund, ("id", "alive", "kind", "portfolio")),
        (Talent, ("id", "alive", "track", "origin", "employer")),
    ):
        agent = next(iter(model.agents_by_type[kind]))
        for field in fields:
            with pytest.raises(AttributeError, match=rf"'{field}' cannot be set: [a-z]+"):
                setattr(agent, field, 1)
    assert len(PLAN.districts) == 16  # the greatest number above
