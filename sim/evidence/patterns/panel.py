"""What a statistical office would know of one replicate, copied month by month.

A replicate is run one month at a time. What firms sold, raised and reported, who was founded, who
ended, and where successes were is copied from the tables; nothing is changed.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.calendar import MONTHS_A_YEAR, START
from sim.model.world.codes import CLOSED, INSOLVENT, STARTUP
from sim.model.world.ledgers import FIRMS_HERE, SUCCESSES_HERE
from sim.model.world.population import create
from sim.model.world.setup import Setup
from sim.model.world.tables import CLUSTERS, DISTRICTS
from sim.model.world.world import World

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FIRST_JANUARY = MONTHS_A_YEAR - START[1] + 1
"""Number of the first January in a run."""
NOT_YET = -2
"""Month of a first sale or an end that has not come."""


class StartUps(NamedTuple):
    """Firms founded during the run, one row each."""

    track: Ints
    founded: Ints
    last: Ints
    """Month up to which it was seen: its end, or the last month of the run."""
    died: Bools
    """It ran out of money or was given up; sold or moved firms only drop out of sight."""
    product: Ints
    """Month of the first sale, `NOT_YET` if there was none."""


class Years(NamedTuple):
    """Sales of a calendar year in 万元, one row a firm and year; whole years of selling only."""

    year: Ints
    firm: Ints
    sales: Floats


class Stock(NamedTuple):
    """Firms alive at the end of the run, one row each."""

    track: Ints
    district: Ints
    cell: Ints
    staff: Floats


class Filings(NamedTuple):
    """R&D as filed for a certificate, one row a filing: shares of sales, over the share asked."""

    reported: Floats
    real: Floats
    amount: Floats
    """Reported R&D in 万元 a year."""


class Places(NamedTuple):
    """By month, cluster and district, each of shape (months, clusters, districts)."""

    founded: Floats
    """Firms founded in the month."""
    succeeded: Floats
    """Successes of the month, as the model counts them: listings, and firms bought."""
    firms: Floats
    """Firms there at the end of the month."""


class Panel(NamedTuple):
    """One replicate as its firms' books show it."""

    seed: int
    replicate: int
    months: int
    start_ups: StartUps
    years: Years
    stock: Stock
    filings: Filings
    places: Places
    rounds: Floats
    """Equity raised by a firm in a month, 万元."""


class Month(NamedTuple):
    """Copies of some columns of the firm table at the end of a month."""

    id: Ints
    alive: Bools
    reason: NDArray[np.uint8]
    sales: Floats
    raised: Floats


class Born(NamedTuple):
    """Rows of firms founded in a month."""

    month: int
    row: NDArray[np.intp]
    track: Ints
    cluster: Ints
    district: Ints


def observe(setup: Setup, seed: int, replicate: int) -> Panel:
    """Run one replicate and return what its firms' books show.

    Args:
        setup: policy and horizon.
        seed: of the ensemble.
        replicate: number of the replicate; its parameters are drawn from the prior.
    """
    record = parameters.as_record(ensemble.draw_for(setup, seed, replicate))
    p = record[0]
    world = create(record, seed, replicate)
    counts, measures = setup.nothing_recorded()
    months: list[Month] = []
    born: list[Born] = []
    filings: list[Floats] = []
    tallies: list[Floats] = []
    for month in range(setup.months):
        world = ensemble.advance(world, record, setup, month + 1, counts, measures)
        months.append(_month(world))
        born.append(_born(world, month))
        filings.append(filed(world.firms, p, month))
        tallies.append(world.city["tallies"][0].copy())
    table = _stacked(months)
    forget = 1.0 - 1.0 / MONTHS_A_YEAR
    sold = _added(table, table.sales, forget)
    sold[0] = 0.0  # what stood in the books of October 2022 was not sold in that month
    raised = _added(table, table.raised, 1.0)
    raised[0] = 0.0
    reported, real, amount = np.concatenate(filings, axis=1)
    return Panel(
        seed=seed,
        replicate=replicate,
        months=setup.months,
        start_ups=_start_ups(table, sold, born),
        years=_years(table, sold),
        stock=_stock(world),
        filings=Filings(reported, real, amount),
        places=_places(born, np.array(tallies), float(p["success_decay"])),
        rounds=raised[raised > 0.0],
    )


def _month(world: World) -> Month:
    firms = world.firms
    return Month(
        firms["id"].copy(),
        firms["alive"] == 1,
        firms["exit_reason"].copy(),
        firms["sales"].copy(),
        firms["raised"].copy(),
    )


def _born(world: World, month: int) -> Born:
    firms = world.firms
    row = np.flatnonzero((firms["entered"] == month) & (firms["kind"] == STARTUP))
    row = row[firms["id"][row] != 0]
    parts = (firms[name][row].astype(np.int64) for name in ("track", "cluster", "district"))
    return Born(month, row, *parts)


def filed(firms: Any, p: Any, month: int) -> Floats:
    """Return what firms file in a month: reported and real R&D over what is asked, and the amount.

    Args:
        firms: a table with the columns of the world's.
        p: the parameter draw.
        month: its number.

    Returns:
        Shape (3, filings).
    """
    files = (firms["alive"] == 1) & ((month + firms["id"]) % MONTHS_A_YEAR == 0)
    files &= (firms["reported_rd"] > 0.0) & (firms["sales"] >= p["certificate_sales"])
    sales, reported, real = (firms[name][files] for name in ("sales", "reported_rd", "real_rd"))
    small, medium = sales <= p["small_revenue"], sales <= p["medium_revenue"]
    large = np.where(medium, p["threshold_medium"], p["threshold_large"])
    asked = np.where(small, p["threshold_small"], large) * sales
    return np.array([reported / asked, real / asked, reported])


def _stacked(months: list[Month]) -> Month:
    """Return the months' columns as arrays of shape (months, rows); a table may have grown."""
    rows = len(months[-1].id)

    def column(parts: tuple[NDArray[np.generic], ...]) -> NDArray[np.generic]:
        return np.array([np.pad(part, (0, rows - len(part))) for part in parts])

    return Month(*(column(parts) for parts in zip(*months, strict=True)))  # type: ignore[arg-type]


def _added(table: Month, column: Floats, kept: float) -> Floats:
    """Return what a month added to a column that keeps a part of the last month's value."""
    same = table.id[1:] == table.id[:-1]
    added = column.copy()
    added[1:] -= np.where(same, kept * column[:-1], 0.0)
    # A firm that had ended stays in its row until another takes it: nothing is added any more.
    added[1:][same & ~table.alive[:-1]] = 0.0
    # Below a millionth of the column it is rounding.
    added[added <= 1e-6 * np.abs(column)] = 0.0
    return added


def _start_ups(table: Month, sold: Floats, born: list[Born]) -> StartUps:
    months = len(table.id)
    found: list[tuple[int, int, int, bool, int]] = []
    for each in born:
        for row, track in zip(each.row, each.track, strict=True):
            gone = ~table.alive[each.month :, row]
            last = each.month + int(gone.argmax()) if gone.any() else months - 1
            died = bool(gone.any()) and table.reason[last, row] in (INSOLVENT, CLOSED)
            selling = sold[each.month : last + 1, row] > 0.0
            product = each.month + int(selling.argmax()) if selling.any() else NOT_YET
            found.append((int(track), each.month, last, died, product))
    columns = np.array(found, dtype=np.int64).reshape(-1, 5).T
    return StartUps(columns[0], columns[1], columns[2], columns[3] == 1, columns[4])


def _years(table: Month, sold: Floats) -> Years:
    """Return calendar years' sales of firms that sold something in every month of the year."""
    starts = range(FIRST_JANUARY, len(sold) - MONTHS_A_YEAR + 1, MONTHS_A_YEAR)
    parts = []
    for start in starts:
        span = slice(start, start + MONTHS_A_YEAR)
        whole = (sold[span] > 0.0).all(axis=0) & (table.id[start] == table.id[span][-1])
        row = np.flatnonzero(whole & table.alive[span][-1])
        year = np.full(len(row), START[0] + 1 + (start - FIRST_JANUARY) // MONTHS_A_YEAR)
        parts.append((year, table.id[start, row], sold[span, row].sum(axis=0)))
    year, firm, sales = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return Years(year.astype(np.int64), firm.astype(np.int64), sales)


def _stock(world: World) -> Stock:
    firms = world.firms[world.firms["alive"] == 1]
    track, district, cell = (firms[key].astype(np.int64) for key in ("track", "district", "cell"))
    return Stock(track, district, cell, firms["staff"].astype(np.float64))


def _places(born: list[Born], tallies: Floats, decay: float) -> Places:
    founded = np.zeros((len(born), CLUSTERS, DISTRICTS))
    for each in born:
        np.add.at(founded[each.month], (each.cluster, each.district), 1.0)
    memory = tallies[:, SUCCESSES_HERE]
    before = np.concatenate([np.zeros_like(memory[:1]), memory[:-1]])
    # At the end of a month the model forgets a part of the old successes and the new.
    succeeded = np.maximum(0.0, memory / (1.0 - decay) - before)
    succeeded[succeeded < 1e-6] = 0.0
    return Places(founded, succeeded, tallies[:, FIRMS_HERE].copy())
