"""What a person does to the tables between two months: the rules' own functions, one at a time.

Everything happens at the beginning of the next month, before that month's rules run. What is
booked in ledgers goes with the month before; the next one clears them.
"""

from typing import Any

import numpy as np

from sim.engine import rule
from sim.engine.rare import BYTES
from sim.model.rules.birth import choose_cell
from sim.model.rules.birth import found_firm as found_by_rules
from sim.model.rules.exit import drop_orders, free_people
from sim.model.rules.exit import end_firm as end_by_rules
from sim.model.rules.jobs import take_up
from sim.model.rules.locations import rate_locations, weigh_cells
from sim.model.rules.talent import depart
from sim.model.world import ledgers
from sim.model.world import tables as t
from sim.model.world.codes import BROUGHT_IN, SEARCHING
from sim.model.world.glances import draw_listed
from sim.model.world.rows import add_talent, count_in, join_firm, leave_employer, place_firm
from sim.model.world.world import World


@rule
def end_firm(world: Any, p: Any, row: int, reason: int) -> None:
    """End a firm for a reason, and free its people and those who hold its orders, as `exit_`."""
    month, orders = world.city[0].month, world.firms[row].partners
    end_by_rules(world, p, row, reason)
    world.ended[:] = 0
    world.ended[len(world.ended) - len(world.firms) + row] = 1
    free_people(world, month)
    if orders > 0:
        drop_orders(world)


@rule
def end_talent(world: Any, p: Any, row: int) -> None:
    """Let a person leave the employer, if any, and the city."""
    city, people = world.city[0], world.talents
    if people.employer[row] != SEARCHING:
        leave_employer(city, people, world.firms, world.programmes, row, city.month)
    depart(world, row)


@rule
def found_firm(  # noqa: PLR0913 - what a firm begins with
    world: Any,
    p: Any,
    identity: int,
    track: int,
    kind: int,
    level: int,
    quality: float,
    cash: float,
    founder: int,
    district: int,
    cell: int,
) -> int:
    """Found a firm, and return its row.

    ``founder`` is a talent's row, ``district`` and ``cell`` are numbers; -1 is none. Without a
    place the firm chooses its own, as the rules let it. A founder leaves the present employer.
    """
    city, people = world.city[0], world.talents
    home = t.NOBODY if founder == t.NOBODY else people.home[founder]
    city.firms_listed = 0  # the month that listed them is over
    rate_locations(city, p)
    weigh_cells(world, p)
    row: int = found_by_rules(world, p, identity, track, kind, level, quality, home, city.month)
    firm = world.firms[row]
    if cell == t.NOBODY and district != t.NOBODY and district != firm.district:
        cell = choose_cell(world, identity, district, city.month)
    if cell != t.NOBODY:
        world.cells[firm.cell].firms -= 1
        city.tallies[ledgers.FIRMS_HERE, firm.cluster, firm.district] -= 1.0
        place_firm(world, row, cell)
    firm.cash = cash
    if founder == t.NOBODY:
        city.flows[ledgers.BROUGHT] += cash
        city.events[ledgers.CAME] += 1.0
        return row
    firm.founder = people.id[founder]
    if people.employer[founder] != SEARCHING:
        leave_employer(city, people, world.firms, world.programmes, founder, city.month)
    join_firm(city, people, world.firms, founder, row, city.month)
    city.flows[ledgers.SEED] += cash
    city.events[ledgers.FOUNDED] += 1.0
    return row


@rule
def bring_talent(
    world: Any, p: Any, identity: int, track: int, level: int, home: int, skill: float
) -> int:
    """Let a person come, who searches for a post, and return the row."""
    city = world.city[0]
    city.newcomers_listed = 0  # the month that listed them is over
    add_talent(world, identity, track, level, BROUGHT_IN, home, skill)
    # Where tables grow before the next month, the list of newcomers is made anew.
    draw_listed(world.glances, world.newcomers, 1, world.talents.id, world, city.month // BYTES)
    city.newcomers_listed = 0
    city.events[ledgers.ARRIVED] += 1.0
    row: int = world.newcomers[0]
    return row


@rule
def employ(world: Any, p: Any, row: int, employer: int) -> None:
    """Let a person leave the present employer, if any, and take up a post; -1 is none."""
    city, people = world.city[0], world.talents
    if employer != SEARCHING:
        take_up(world, row, employer, city.month)
    elif people.employer[row] != SEARCHING:
        leave_employer(city, people, world.firms, world.programmes, row, city.month)


@rule
def set_level(world: Any, p: Any, row: int, level: int) -> None:
    """Give a person a level, on the city's and the firm's books too."""
    city, people = world.city[0], world.talents
    employer, origin, before = people.employer[row], people.origin[row], people.level[row]
    if employer >= 0:
        count_in(world.firms[employer], before, -1)
        count_in(world.firms[employer], level, 1)
    city.levels[origin, before] -= 1.0
    city.levels[origin, level] += 1.0
    people.level[row] = level


def open_fund(world: World, values: dict[str, float]) -> tuple[World, int]:
    """Set up a fund with these values of its fields, paid in what it has, and return its row."""
    city = world.city[0]
    row = int(city["fund_rows"])
    if row == len(world.funds):
        more = np.zeros(2 * row, t.FUND)
        more[:row] = world.funds
        world = world._replace(funds=more)
    world.funds[row] = np.zeros((), t.FUND)
    fund = world.funds[row]
    for name, value in ({"size": 1.0} | values).items():
        fund[name] = value
    fund["alive"], fund["vintage"], fund["committed"] = 1, city["month"], fund["dry_powder"]
    city["fund_rows"] = row + 1
    city["flows"][ledgers.FUND_PAID_IN] += fund["dry_powder"]
    return world, row


def close_fund(world: World, row: int) -> int:
    """Close a fund: its stakes lapse, and what it has left goes back to those who paid it in.

    The last fund takes its row, since rules look at every row in use. Firms keep the money that
    they raised.

    Returns:
        The row that the last fund had.
    """
    city, funds, deals = world.city[0], world.funds, world.deals
    held = (deals["alive"] == 1) & (deals["fund"] == row)
    for deal in np.flatnonzero(held).tolist():
        _unlink(world, deal)
    deals["alive"][held] = 0
    if held.any():
        city["free_deal"] = min(int(city["free_deal"]), int(held.argmax()))
    city["flows"][ledgers.FUND_PAID_IN] -= funds[row]["dry_powder"]
    last = int(city["fund_rows"]) - 1
    deals["fund"][deals["fund"] == last] = row
    funds[row] = funds[last]
    funds[last] = np.zeros((), t.FUND)
    city["fund_rows"] = last
    return last


def _unlink(world: World, deal: int) -> None:
    """Take a deal out of the list of its firm's deals."""
    deals = world.deals
    firm = world.firms[deals[deal]["firm"]]
    if firm["first_deal"] == deal:
        firm["first_deal"] = deals[deal]["next"]
        return
    newer = int(firm["first_deal"])
    while deals[newer]["next"] != deal:
        newer = int(deals[newer]["next"])
    deals[newer]["next"] = deals[deal]["next"]
