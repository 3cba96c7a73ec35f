"""Probes: one number each that stands nearest to what an instrument acts on."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.world import codes, ledgers, tables
from sim.model.world.place import land_cells
from tests.levers.runs import Look, Probe

Read = Callable[[Look], float]


def _last(values: NDArray[np.float64]) -> float:
    return float(values[-1])


def stock(read: Read) -> Probe:
    """Make a probe that is read at the end."""
    return Probe(read, _last)


def flow(read: Read) -> Probe:
    """Make a probe that is summed over the months."""
    return Probe(read, np.sum)


def mean(read: Read) -> Probe:
    """Make a probe that is averaged over the months in which there is something to read."""
    return Probe(read, np.nanmean)


# Programmes.


@cache
def opened(kind: int) -> Probe:
    """Programmes of a kind that are open and were not there in 2022."""

    def read(look: Look) -> float:
        rows = _programmes(look)
        new = (rows["alive"] == 1) & (rows["kind"] == kind) & (rows["existing"] == 0)
        return float((new & (rows["stage"] == codes.OPEN)).sum())

    return stock(read)


@stock
def approved(look: Look) -> float:
    """Programmes of all kinds that the city approved."""
    rows = _programmes(look)
    new = (rows["alive"] == 1) & (rows["existing"] == 0) & (rows["stage"] != codes.PROPOSED)
    return float(new.sum())


@stock
def case_of_approved(look: Look) -> float:
    """Mean strength of the case of what was approved."""
    rows = _programmes(look)
    new = (rows["existing"] == 0) & (rows["starts"] != tables.NEVER)
    return float(rows["case"][new].mean()) if new.any() else np.nan


# People.


@flow
def graduates(look: Look) -> float:
    """Those who graduate."""
    return _event(look, ledgers.GRADUATED)


@flow
def arrivals(look: Look) -> float:
    """Those who come from outside."""
    return _event(look, ledgers.ARRIVED)


@stock
def brought_in(look: Look) -> float:
    """Strategic scientists and entrepreneurs here who were brought in."""
    people = look.world.talents
    above = people.level > codes.SENIOR
    return float(((people.alive == 1) & (people.origin == codes.BROUGHT_IN) & above).sum())


@stock
def skill_of_arrivals(look: Look) -> float:
    """Mean skill of those who were brought in."""
    people = look.world.talents
    here = (people.alive == 1) & (people.origin == codes.BROUGHT_IN)
    return float(people.skill[here].mean())


@flow
def promotions(look: Look) -> float:
    """Juniors who became seniors."""
    people, before = look.world.talents, look.before
    rows = len(before.person)
    same = people.id[:rows] == before.person
    was_junior = before.seniority == codes.JUNIOR
    return float((same & was_junior & (people.level[:rows] == codes.SENIOR)).sum())


# Knowledge and readiness.


@stock
def knowledge(look: Look) -> float:
    """The stock of knowledge in all cells."""
    return float(look.world.knowledge.sum())


@stock
def reached_knowledge(look: Look) -> float:
    """How far what is known nearby moves firms' research, up or (a contested sign) down."""
    return float(np.abs(_living(look, "spillover") - 1.0).mean())


@cache
def access(stage: int) -> Probe:
    """How well firms reach the scenarios of a stage, mean over the city."""

    def read(look: Look) -> float:
        return float(
            look.world.city["access"][0, stage, tables.CLUSTERS :, tables.DISTRICTS :].mean()
        )

    return mean(read)


@cache
def climbs(lowest: int, highest: int) -> Probe:
    """Firms that climbed from a level between two."""

    def read(look: Look) -> float:
        firms, before = look.world.firms, look.before
        rows = len(before.firm)
        same = (before.firm != 0) & (firms["id"][:rows] == before.firm)
        up = same & (firms["level"][:rows] == before.level + 1)
        return float((up & (before.level >= lowest) & (before.level <= highest)).sum())

    return flow(read)


# Breakthroughs.


@cache
def breakthroughs(kind: int) -> Probe:
    """Breakthroughs of a kind so far."""

    def read(look: Look) -> float:
        rows = look.world.breakthroughs[: look.world.city["breakthrough_rows"][0]]
        return float((rows["kind"] == kind).sum())

    return stock(read)


@flow
def joint_components(look: Look) -> float:
    """Components of this month from members of consortia."""
    rows = look.world.breakthroughs[: look.world.city["breakthrough_rows"][0]]
    made = rows["firm"][(rows["kind"] == codes.COMPONENT) & (rows["month"] == look.month)]
    members = _living(look, "id")[_living(look, "consortium") != tables.NOBODY]
    return float(np.isin(made, members).sum())


# Money.


@cache
def money(name: str) -> Probe:
    """Money that flowed under a heading of the ledger, without its sign."""
    column = ledgers.FLOWS.index(name)

    def read(look: Look) -> float:
        return abs(float(look.world.city["flows"][0, column]))

    return flow(read)


@flow
def bought_research(look: Look) -> float:
    """What vouchers buy: research that small firms have done, and do not do themselves."""
    branch, place = tables.CLUSTERS + _living(look, "track"), _living(look, "place")
    share = look.world.city["bought"][0][branch, place]
    small = _living(look, "sales") < look.p["small_sales"]
    added = (1.0 - look.p["grant_crowding"]) * share
    return float((_living(look, "real_rd") * share / (1.0 + added))[small].sum())


@stock
def research_stock(look: Look) -> float:
    """R&D that firms have done, depreciated."""
    return float(_living(look, "rd_stock").sum())


@flow
def guidance_money(look: Look) -> float:
    """What the guidance fund invests."""
    return _event(look, ledgers.GUIDANCE_MONEY)


@mean
def share_backed(look: Look) -> float:
    """Part of the firms that look for money which find a fund."""
    seekers, backed = _seekers(look)
    return float(backed.mean()) if len(seekers) else np.nan


@mean
def choice(look: Look) -> float:
    """By how much the firms that funds back are better than those that ask."""
    seekers, backed = _seekers(look)
    if not backed.any():
        return np.nan
    merit = seekers["quality"] + look.p["level_merit"] * seekers["level"]
    return float(merit[backed].mean() - merit.mean())


@mean
def rent(look: Look) -> float:
    """Firms' outlay beyond research, per talent, over the city: lower where zones cut rents."""
    talents = _living(look, "talents").sum()
    return abs(float(look.world.city["flows"][0, ledgers.OVERHEAD])) / float(talents)


@mean
def seed_money(look: Look) -> float:
    """What a firm founded this month starts with."""
    founded = _event(look, ledgers.FOUNDED)
    return float(look.world.city["flows"][0, ledgers.SEED]) / founded if founded else np.nan


# Markets.


@stock
def adoption(look: Look) -> float:
    """How far markets are adopted, summed over tracks."""
    return float(look.world.tracks["adoption"].sum())


@flow
def first_weight(look: Look) -> float:
    """Competitive weight with which firms began to sell this month."""
    firms, before = look.world.firms, look.before
    rows = len(before.firm)
    same = (before.firm != 0) & (firms["id"][:rows] == before.firm)
    begun = same & (before.weight == 0.0)
    return float(firms["weight"][:rows][begun].sum())


@stock
def weight(look: Look) -> float:
    """Competitive weight of the city's firms."""
    return float(_living(look, "weight").sum())


@stock
def capacity(look: Look) -> float:
    """What the city's firms could deliver."""
    return float(_living(look, "capacity").sum())


# Ties, births and ends.


@stock
def orders(look: Look) -> float:
    """Firms that hold a large firm's standing order."""
    return float((_living(look, "patron") != tables.NOBODY).sum())


@stock
def mixed_orders(look: Look) -> float:
    """Standing orders between a state-owned firm and another."""
    firms = _firms(look)
    held = firms[(firms["alive"] == 1) & (firms["patron"] != tables.NOBODY)]
    own, patrons = (each["kind"] == codes.STATE_OWNED for each in (held, firms[held["patron"]]))
    return float((own != patrons).sum())


@flow
def state_posts(look: Look) -> float:
    """People whom the budgets of state-owned firms pay for."""
    return float(_living(look, "wanted")[_living(look, "kind") == codes.STATE_OWNED].sum())


@stock
def leading_units(look: Look) -> float:
    """Leading firms that opened a unit."""
    return float((look.world.city["leading_pool"][0] != tables.NEVER).sum())


@flow
def foundings(look: Look) -> float:
    """Firms that talents founded."""
    return _event(look, ledgers.FOUNDED)


@flow
def foundings_from_institutes(look: Look) -> float:
    """Firms founded this month by those who worked at an institute a month earlier."""
    founders = _new(look, codes.STARTUP)["founder"]
    before = look.before
    return float(np.isin(founders, before.person[before.employer <= codes.INSTITUTE_BASE]).sum())


@flow
def comers(look: Look) -> float:
    """Firms that came from outside."""
    return _event(look, ledgers.CAME)


@flow
def given_up(look: Look) -> float:
    """Small firms that were given up."""
    firms = look.world.firms
    ended = look.world.ended[-len(firms) :] == 1
    return float((ended & (firms["exit_reason"] == codes.CLOSED)).sum())


@mean
def new_in_first_zones(look: Look) -> float:
    """Part of this month's new firms that stand where the plan's first zones are."""
    new = _new(look)
    return float(_first_zones()[new["cell"]].mean()) if len(new) else np.nan


@mean
def new_in_named(look: Look) -> float:
    """Part of this month's new firms that stand in a district named for their cluster."""
    new, named = _new(look), look.world.city["designated"][0]
    return float(named[new["cluster"], new["district"]].mean()) if len(new) else np.nan


@cache
def _first_zones() -> NDArray[np.bool_]:
    """Return which cells lie within 2 km of the centre of a zone that the plan names."""
    from sim.model.world.grid import cell_at, grid
    from sim.plan import PLAN

    width = grid().width
    rows, columns = np.divmod(np.arange(len(land_cells().cell_table)), width)
    near = np.zeros(len(rows), dtype=np.bool_)
    for zone in PLAN.zones:
        row, column = divmod(cell_at(zone.lon, zone.lat), width)
        near |= (rows - row) ** 2 + (columns - column) ** 2 <= 4
    return near


def _event(look: Look, number: int) -> float:
    return float(look.world.city["events"][0, number])


def _programmes(look: Look) -> NDArray[np.void]:
    return look.world.programmes[: look.world.city["programme_rows"][0]]


def _firms(look: Look) -> NDArray[np.void]:
    return look.world.firms[: look.world.city["firm_rows"][0]]


def _living(look: Look, column: str) -> NDArray[Any]:
    firms = _firms(look)
    values: NDArray[Any] = firms[column][firms["alive"] == 1]
    return values


def _new(look: Look, kind: int | None = None) -> NDArray[np.void]:
    firms = _firms(look)
    new = firms["entered"] == look.month
    chosen: NDArray[np.void] = firms[new if kind is None else new & (firms["kind"] == kind)]
    return chosen


def _seekers(look: Look) -> tuple[NDArray[np.void], NDArray[np.bool_]]:
    """Return the firms that looked for money this month, and which of them found a fund."""
    firms = look.world.firms
    seekers = firms[(firms["alive"] == 1) & (firms["last_round"] == look.month)]
    deal = look.world.deals[seekers["first_deal"]]
    backed = (seekers["first_deal"] != tables.NOBODY) & (deal["month"] == look.month)
    return seekers, backed
