"""The world: every table of one replicate in one place, and how its tables grow."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine import rule
from sim.model.world import tables as t
from sim.model.world.aims import set_aims
from sim.model.world.place import land_cells, set_place

Records = NDArray[np.void]

# Free rows that a table keeps for the births of one month, at least: a larger table keeps a part of
# its rows, as births grow with the population. More births than this in one month raise an error
# instead of losing an agent.
FIRM_MARGIN = 1024
TALENT_MARGIN = 8192
DEAL_MARGIN = 4096
PROGRAMME_MARGIN = 256
BREAKTHROUGH_MARGIN = 512
PART = 8
"""Of the rows of a large table, one in so many is kept free."""
SPARE = 8
"""Entries that a list has beyond its table's rows: it is written first and counted after."""
MOST_PROPOSALS = t.KINDS * t.CLUSTERS * t.DISTRICTS
"""Programmes of every kind that every place may propose in a month."""
OFFERS = 64
"""Seekers who meet posts before the first of them decides: as many as a processor's cache holds."""


class World(NamedTuple):
    """Everything that exists in one replicate.

    What has a fixed size stands in the one row of ``city``; the rest are tables with a row an
    agent, and working space so that a month allocates nothing.
    """

    city: Records
    cells: Records
    land_cells: NDArray[np.uint32]
    """Land cells, district by district."""
    knowledge: NDArray[np.float64]
    """Shape (clusters, height * width): knowledge stock of each cell."""
    exposure: NDArray[np.float64]
    """Shape (clusters, height * width): knowledge in reach of each cell."""
    tracks: Records
    firms: Records
    talents: t.Talents
    glances: NDArray[np.uint32]
    """Shape (4, talent rows): a random byte a talent for each of sixteen months."""
    funds: Records
    deals: Records
    programmes: Records
    breakthroughs: Records
    words: NDArray[np.uint32]
    """Shape (4, rows): random words of a block of agents."""
    ids: NDArray[np.int64]
    """Firm identities, row by row as in ``firms``: luck is drawn faster from a column."""
    kept: NDArray[np.uint32]
    """Talents whom each firm that dismisses some keeps."""
    rows: NDArray[np.uint32]
    """Firm rows with open posts, track by track."""
    open_posts: NDArray[np.float64]
    """Running sums of the open posts of the firms in ``rows``, in each track from nought."""
    hubs: NDArray[np.uint32]
    """Firm rows that are large enough to give open orders, cluster by cluster."""
    ended: NDArray[np.uint8]
    """1 for firms that ended this month; before them stand 0s for all other employers.

    Those have negative numbers, from SEARCHING down to the last institute's.
    """
    struck: NDArray[np.uint32]
    """Rows, or places in a list of them, that chance may strike this month."""
    firm_glances: NDArray[np.uint32]
    """Shape (4, firm rows): a random byte a firm for each of this month's chances."""
    new_firms: NDArray[np.uint32]
    """Firm rows of firms that have come this month."""
    sellers: NDArray[np.uint32]
    """Firm rows whose firm may sell this month."""
    news: NDArray[np.float64]
    """What this month's news multiplies the competitive weight of each seller by."""
    flags: NDArray[np.uint8]
    """1 for rows that a pass over agents has marked; as long as a multiple of eight."""
    who: NDArray[np.int64]
    """Identities whose random words are drawn together."""
    seekers: NDArray[np.uint32]
    """Talent rows that look for a post this month."""
    founders: NDArray[np.uint32]
    """Talent rows that think of founding a firm this month."""
    newcomers: NDArray[np.uint32]
    """Talent rows of who has come since everybody last lived a month."""
    offers: Records
    """What a block of seekers have met."""
    field: NDArray[np.float64]
    """Shape (height * width,): running sums over cells."""
    partial: NDArray[np.float64]
    """Shape (clusters, height * width): partial sums while knowledge spreads."""

    def tables(self) -> dict[str, Any]:
        """Return the tables as rules see them; ``eights`` is ``talents.alive`` once more.

        It has eight rows as one number; what is over is left out.
        """
        alive = self.talents.alive
        return {**self._asdict(), "eights": alive[: len(alive) // 8 * 8].view(np.uint64)}


@rule
def is_short(rows: int, used: int, margin: int) -> bool:
    """Return whether a table of so many rows has too few free ones for a month of births.

    Args:
        rows: that the table has.
        used: rows up to the last that is in use.
        margin: free rows that it keeps at least.
    """
    return rows - used < max(margin, rows // PART)


def _rounded_up(rows: float) -> int:
    return 1 << (int(rows) - 1).bit_length()


def allocate(firms: float, talents: float, funds: float, programmes: float) -> World:
    """Return an empty world with room for the given numbers of agents and some growth.

    Row numbers are rounded up to powers of two; tables grow later if that is not enough.
    """
    land = land_cells()
    cells = len(land.cell_table)
    firm_rows = _rounded_up(1.6 * firms + FIRM_MARGIN)
    talent_rows = _rounded_up(1.7 * talents + TALENT_MARGIN)
    programme_rows = _rounded_up(programmes + 2 * PROGRAMME_MARGIN)
    city = np.zeros(1, t.CITY)
    city["leading_pool"] = t.NEVER
    city["demand_climate"] = city["inflow_climate"] = city["left_by_rivals"] = 1.0
    set_place(city)
    set_aims(city)
    return World(
        city=city,
        cells=land.cell_table.copy(),
        land_cells=land.cells,
        knowledge=np.zeros((t.CLUSTERS, cells)),
        exposure=np.zeros((t.CLUSTERS, cells)),
        tracks=np.zeros(t.TRACKS, t.TRACK),
        firms=np.zeros(firm_rows, t.FIRM),
        talents=t.talent_columns(talent_rows),
        glances=np.zeros((4, talent_rows), np.uint32),
        funds=np.zeros(int(funds) + 16, t.FUND),
        deals=np.zeros(_rounded_up(2 * firm_rows), t.DEAL),
        programmes=np.zeros(programme_rows, t.PROGRAMME),
        breakthroughs=np.zeros(1024, t.BREAKTHROUGH),
        field=np.zeros(cells),
        partial=np.zeros((t.CLUSTERS, cells)),
        ids=np.zeros(firm_rows, np.int64),
        **working_space(firm_rows, talent_rows, programme_rows),
    )


def working_space(firm_rows: int, talent_rows: int, programme_rows: int) -> dict[str, Any]:
    """Return the lists and marks that a month uses, for tables of these lengths.

    Lists of rows are unsigned: compiled code then need not ask whether a row counts from the end.
    """
    rows = max(firm_rows, talent_rows, MOST_PROPOSALS)
    columns = max(2 * firm_rows, rows)  # certification needs two blocks of firms at once
    return {
        "words": np.zeros((4, columns), np.uint32),
        "kept": np.zeros(firm_rows, np.uint32),
        "rows": np.zeros(firm_rows, np.uint32),
        "open_posts": np.zeros(firm_rows),
        "hubs": np.zeros(firm_rows, np.uint32),
        "ended": np.zeros(firm_rows + 1 + programme_rows, np.uint8),
        "firm_glances": np.zeros((4, firm_rows), np.uint32),
        "new_firms": np.zeros(firm_rows + SPARE, np.uint32),
        "sellers": np.zeros(firm_rows + SPARE, np.uint32),
        "news": np.zeros(firm_rows + SPARE),
        "struck": np.zeros(rows + SPARE, np.uint32),
        "flags": np.zeros(8 * (max(firm_rows, talent_rows) // 8 + 1), np.uint8),
        "who": np.zeros(rows + SPARE, np.int64),
        "seekers": np.zeros(talent_rows + SPARE, np.uint32),
        "founders": np.zeros(talent_rows + SPARE, np.uint32),
        "newcomers": np.zeros(talent_rows + SPARE, np.uint32),
        "offers": np.zeros(OFFERS, t.OFFER),
    }


def twin(world: World, spare: World | None = None) -> World:
    """Return a world that goes on in the same way and shares nothing that a month writes.

    Args:
        world: the one to copy, all but its working space: no rule reads there before it writes.
        spare: a world that nobody needs any more. If its tables are as long as the other's they
            are written over, which costs a third of making new ones.
    """
    if spare is None or _lengths(spare) != _lengths(world):
        spare = _blank(world)
    for table, other in zip(_tables(spare), _tables(world), strict=True):
        np.copyto(table.view(np.uint8), other.view(np.uint8))  # a record would be copied by field
    return spare


def _lengths(world: World) -> list[tuple[int, ...]]:
    return [table.shape for table in _tables(world)]


def _tables(world: World) -> list[NDArray[Any]]:
    """Return what a month writes and the next one reads."""
    names = set(World._fields) - {"land_cells", "talents", *working_space(0, 0, 0)}
    return [getattr(world, name) for name in sorted(names)] + list(world.talents)


def _blank(world: World) -> World:
    lengths = len(world.firms), len(world.talents.id), len(world.programmes)
    tables = {
        name: np.empty_like(table)
        for name, table in world._asdict().items()
        if name not in ("land_cells", "talents")
    }
    talents = t.talent_columns(len(world.talents.id))
    return world._replace(**{**tables, **working_space(*lengths)}, talents=talents)


def _longer(table: NDArray[Any]) -> NDArray[Any]:
    more = np.zeros(2 * len(table), table.dtype)
    more[: len(table)] = table
    return more


def grow(world: World) -> World:
    """Return the world with every table that is short of free rows doubled.

    Rows keep their numbers, so growing changes no result.
    """
    city, before = world.city[0], world
    if is_short(len(world.firms), city["firm_rows"], FIRM_MARGIN):
        world = world._replace(firms=_longer(world.firms))
    if is_short(len(world.talents.id), city["talent_rows"], TALENT_MARGIN):
        world = world._replace(
            talents=t.Talents(*(_longer(column) for column in world.talents)),
            glances=np.stack([_longer(column) for column in world.glances]),
        )
    if is_short(len(world.deals), city["deal_rows"], DEAL_MARGIN):
        world = world._replace(deals=_longer(world.deals))
    if is_short(len(world.programmes), city["programme_rows"], PROGRAMME_MARGIN):
        world = world._replace(programmes=_longer(world.programmes))
    if is_short(len(world.breakthroughs), city["breakthrough_rows"], BREAKTHROUGH_MARGIN):
        world = world._replace(breakthroughs=_longer(world.breakthroughs))
    rows = len(world.firms), len(world.talents.id), len(world.programmes)
    if rows != (len(before.firms), len(before.talents.id), len(before.programmes)):
        world = world._replace(ids=world.firms["id"].copy(), **working_space(*rows))
    return world
