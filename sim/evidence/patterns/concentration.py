"""Whether firms stand closer together than chance would have it.

Both indices are set against locations thrown at random in the simulated city itself: thresholds of
the literature do not carry over from one set of areas to another (Ellison and Glaeser 1997). The
libraries at hand (libpysal and esda) would bring a whole geographic stack, GDAL included, for two
sums over sixteen districts and a grid, and they shuffle values over places instead of firms.
"""

from typing import NamedTuple

import numpy as np

from sim.evidence.patterns.estimate import UNKNOWN, Estimate
from sim.evidence.patterns.panel import Floats, Ints, Panel, Stock
from sim.model.world.grid import HEIGHT, WIDTH, grid
from sim.model.world.tables import DISTRICTS, TRACKS

THROWS = 100
"""Times that locations are thrown at random."""
LEVEL = 0.95
"""Quantile of the random ones above which a track counts as gathered."""
FEWEST = 10
"""Firms in a track."""


class Gathered(NamedTuple):
    """Ellison and Glaeser's gamma of each track, shape (tracks,), beside chance."""

    gamma: Floats
    """Not a number for a track with too few firms."""
    chance: Floats
    """The `LEVEL` quantile of gamma at random locations."""


def gamma(shares: Floats, overall: Floats, herfindahl: float) -> Floats:
    """Return Ellison and Glaeser's index (1997, Journal of Political Economy 105, 889-927).

    Args:
        shares: of a track's staff by area, shape (..., areas).
        overall: shares of everybody's staff by area, shape (areas,).
        herfindahl: sum of squares of the firms' shares of the track's staff.
    """
    raw = ((shares - overall) ** 2).sum(axis=-1) / (1.0 - (overall**2).sum())
    found: Floats = (raw - herfindahl) / (1.0 - herfindahl)
    return found


def gathered(stock: Stock, luck: np.random.Generator) -> Gathered:
    """Return every track's gamma over districts, by staff, and what chance makes of it.

    Chance keeps each firm's size and throws its district with the odds of all staff. Staff is very
    uneven, and one large firm's place is luck; with the same staff for every firm, gamma is that by
    counts (Guimaraes, Figueiredo and Woodward 2007, Journal of Regional Science 47, 753-775).
    """
    overall = _by_district(stock.district, stock.staff) / stock.staff.sum()
    found, chance = np.full(TRACKS, np.nan), np.full(TRACKS, np.nan)
    for track in range(TRACKS):
        mine = stock.track == track
        size = stock.staff[mine]
        if mine.sum() < FEWEST or size.sum() == 0.0:
            continue
        size = size / size.sum()
        herfindahl = float((size**2).sum())
        found[track] = gamma(_by_district(stock.district[mine], size), overall, herfindahl)
        thrown = luck.choice(DISTRICTS, (THROWS, len(size)), p=overall)
        by_chance = np.array([_by_district(districts, size) for districts in thrown])
        random = gamma(by_chance, overall, herfindahl)
        chance[track] = np.quantile(random, LEVEL)
    return Gathered(found, chance)


def _by_district(district: Ints, staff: Floats) -> Floats:
    return np.bincount(district, staff, DISTRICTS).astype(np.float64)


def share_gathered(found: Gathered) -> Estimate:
    """Return the share of tracks whose gamma is above that of nearly all throws."""
    known = ~np.isnan(found.gamma)
    if not known.any():
        return UNKNOWN
    return Estimate(float((found.gamma > found.chance)[known].mean()))


def moran(field: Floats) -> Floats:
    """Return Moran's I of a field on the grid, over neighbours that share an edge.

    Moran (1950, Biometrika 37, 17-23), for the whole of the land.

    Args:
        field: of mean zero over the land, zero elsewhere, shape (..., HEIGHT, WIDTH).
    """
    across = (field[..., :, 1:] * field[..., :, :-1]).sum(axis=(-2, -1))
    down = (field[..., 1:, :] * field[..., :-1, :]).sum(axis=(-2, -1))
    on_land = grid().land.reshape(HEIGHT, WIDTH) > 0.0
    pairs = (on_land[:, 1:] & on_land[:, :-1]).sum() + (on_land[1:] & on_land[:-1]).sum()
    found: Floats = (across + down) / pairs / ((field**2).sum(axis=(-2, -1)) / on_land.sum())
    return found


def moran_score(cells: Ints, luck: np.random.Generator) -> Estimate:
    """Return Moran's I of firms on the 1 km grid, in standard deviations from random locations.

    Chance throws as many firms over the cells in proportion to land.

    Args:
        cells: number of each firm's cell.
        luck: of the throws.
    """
    odds = grid().land / grid().land.sum()
    if len(cells) < FEWEST:
        return UNKNOWN
    counts = np.bincount(cells, minlength=len(odds)).astype(np.float64)
    thrown = luck.multinomial(len(cells), odds, THROWS).astype(np.float64)

    def excess(firms: Floats) -> Floats:
        """Return firms beyond those that land alone would bring, on the grid."""
        beyond: Floats = firms - len(cells) * odds
        return beyond.reshape(*firms.shape[:-1], HEIGHT, WIDTH)

    random = moran(excess(thrown))
    return Estimate(float((moran(excess(counts)) - random.mean()) / random.std()))


def of_panel(panel: Panel) -> tuple[Gathered, Gathered, Estimate]:
    """Return gamma by staff, gamma with every firm alike, and Moran's I of a replicate.

    The throws depend on seed and replicate alone.
    """
    luck = np.random.default_rng([panel.seed, panel.replicate])
    stock = panel.stock
    alike = stock._replace(staff=np.ones(len(stock.staff)))
    return gathered(stock, luck), gathered(alike, luck), moran_score(stock.cell, luck)
