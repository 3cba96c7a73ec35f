"""What a person does between two months, written after docs/guide.md as plain objects and loops.

``act(model, what)`` does one ``Deed``; the tests do the same deed through Mesa.
"""

from typing import Any, NamedTuple

from sim.model.world import codes, namespaces
from sim.model.world.ledgers import (
    ARRIVED,
    BROUGHT,
    CAME,
    DEPARTED,
    FIRMS_HERE,
    FOUNDED,
    FUND_PAID_IN,
    SEED,
)
from sim.model.world.tables import NOBODY
from tests.reference import birth, exit, talent
from tests.reference.luck import name
from tests.reference.people import count_in, join, leave


class Found(NamedTuple):
    """Found a firm: the talent's row, or from outside; a district and a cell, or none (-1)."""

    founder: int
    track: int
    level: int
    quality: float
    cash: float
    district: int
    cell: int


class End(NamedTuple):
    """End the firm of a row for a reason."""

    row: int
    reason: int


class Arrive(NamedTuple):
    """Let a person come."""

    track: int
    home: int
    level: int
    skill: float


class Leave(NamedTuple):
    """Let the talent of a row leave the city."""

    row: int


class Employ(NamedTuple):
    """Let the talent of a row work for the firm of a row, or search (-1)."""

    row: int
    firm: int


class Promote(NamedTuple):
    """Give the talent of a row a level."""

    row: int
    level: int


class Open(NamedTuple):
    """Set up a fund."""

    kind: int
    focus: int
    district: int
    lowest: int
    highest: int
    accuracy: float
    money: float


class Close(NamedTuple):
    """Close the fund of a row."""

    row: int


class Move(NamedTuple):
    """Move the firm of a row to a cell."""

    row: int
    cell: int


class Order(NamedTuple):
    """Let the firm of a row hold the orders of the firm of another, or of none (-1)."""

    row: int
    patron: int


Deed = Found | End | Arrive | Leave | Employ | Promote | Open | Close | Move | Order

NAMESPACES = {
    Found: namespaces.ADDED_FIRM,
    Arrive: namespaces.ADDED_TALENT,
    Open: namespaces.ADDED_FUND,
}


def act(model: Any, deeds: list[Deed]) -> None:
    """Do some deeds, one after the other, at the beginning of the next month."""
    added = 0
    for deed in deeds:
        who = name(NAMESPACES.get(type(deed), 0), added)
        added += isinstance(deed, Found | Arrive | Open)
        {
            Found: found,
            End: end,
            Arrive: arrive,
            Leave: go,
            Employ: employ,
            Promote: promote,
            Open: open_fund,
            Close: close,
            Move: move,
            Order: order,
        }[type(deed)](model, deed, who)


def found(model: Any, deed: Any, who: int) -> None:
    """Let a firm begin, its founder leaving what post there is."""
    city, month = model.city, model.city.month
    person = None if deed.founder == NOBODY else model.talents[deed.founder]
    home, kind = NOBODY, codes.MOVED_IN
    if person is not None:
        home, kind = person.home, codes.STARTUP
    birth.rate_places(model)
    firm = birth.found_firm(model, who, deed.track, kind, deed.level, deed.quality, home, month)
    cell = deed.cell
    if cell == NOBODY and deed.district not in (NOBODY, firm.district):
        cell = birth.choose_cell(model, who, deed.district, month)
    if cell != NOBODY:
        place(model, firm, cell)
    firm.cash = deed.cash
    if person is None:
        city.flows[BROUGHT] += deed.cash
        city.events[CAME] += 1.0
        return
    firm.founder = person.id
    leave(model, person, month)
    join(firm, person, month)
    city.flows[SEED] += deed.cash
    city.events[FOUNDED] += 1.0


def place(model: Any, firm: Any, cell: int) -> None:
    """Let a firm stand elsewhere than it stood."""
    model.cells[firm.cell].firms -= 1
    model.city.tallies[FIRMS_HERE][firm.cluster][firm.district] -= 1.0
    birth.place_firm(model, firm, cell)


def move(model: Any, deed: Any, _: int) -> None:
    """Move a firm."""
    place(model, model.firms[deed.row], deed.cell)


def order(model: Any, deed: Any, _: int) -> None:
    """Let a firm hold another's orders instead of those that it holds."""
    firm = model.firms[deed.row]
    if firm.patron != NOBODY:
        model.firms[firm.patron].partners -= 1
    firm.patron = deed.patron
    if deed.patron != NOBODY:
        model.firms[deed.patron].partners += 1


def end(model: Any, deed: Any, _: int) -> None:
    """End a firm as process 11 does: its people search, its orders lapse."""
    firm = model.firms[deed.row]
    exit.end(model, firm, deed.reason)
    for person in model.talents:
        if person.alive and person.employer == deed.row:
            failed = deed.reason in (codes.INSOLVENT, codes.CLOSED)
            person.failures += failed and firm.founder == person.id
            person.employer, person.since = codes.SEARCHING, model.city.month
    for other in model.firms:
        if other.patron == deed.row:
            other.patron = NOBODY


def arrive(model: Any, deed: Any, who: int) -> None:
    """Let a person come who searches."""
    talent.add(model, who, deed.track, deed.level, codes.BROUGHT_IN, deed.home, deed.skill)
    model.city.events[ARRIVED] += 1.0


def go(model: Any, deed: Any, _: int) -> None:
    """Let a person leave the post and the city."""
    person = model.talents[deed.row]
    leave(model, person, model.city.month)
    model.end("talents", person)
    model.city.events[DEPARTED] += 1.0


def employ(model: Any, deed: Any, _: int) -> None:
    """Let a person change the post."""
    person = model.talents[deed.row]
    leave(model, person, model.city.month)
    if deed.firm != NOBODY:
        join(model.firms[deed.firm], person, model.city.month)


def promote(model: Any, deed: Any, _: int) -> None:
    """Give a person a level, in the employer's books too."""
    person = model.talents[deed.row]
    if person.employer >= 0:
        count_in(model.firms[person.employer], person.level, -1)
        count_in(model.firms[person.employer], deed.level, 1)
    person.level = deed.level


def open_fund(model: Any, deed: Any, who: int) -> None:
    """Set up a fund after the last one."""
    fund = model.new("funds")
    fund.id, fund.kind, fund.focus, fund.district = who, deed.kind, deed.focus, deed.district
    fund.lowest_level, fund.highest_level = deed.lowest, deed.highest
    fund.accuracy, fund.vintage, fund.size = deed.accuracy, model.city.month, 1.0
    fund.dry_powder = fund.committed = deed.money
    model.city.flows[FUND_PAID_IN] += deed.money


def close(model: Any, deed: Any, _: int) -> None:
    """Close a fund: its stakes lapse; the last fund takes its place in the list."""
    fund = model.funds[deed.row]
    for firm in model.firms:
        held, row = [], firm.first_deal if firm.alive else NOBODY
        while row != NOBODY:
            held.append(row)
            row = model.deals[row].next
        kept = [row for row in held if model.deals[row].fund != deed.row]
        if firm.alive:
            for row, older in zip([None, *kept], [*kept, NOBODY], strict=True):
                if row is None:
                    firm.first_deal = older
                else:
                    model.deals[row].next = older
        for row in set(held) - set(kept):
            model.end("deals", model.deals[row])
    model.city.flows[FUND_PAID_IN] -= fund.dry_powder
    fund.remove()
    last = model.funds.pop()
    for deal in model.deals:
        if deal.fund == last.row:
            deal.fund = deed.row
    if last is not fund:
        last.row = deed.row
        model.funds[deed.row] = last
    model.first_free["funds"] = 0
