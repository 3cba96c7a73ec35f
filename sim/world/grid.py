"""Shanghai on a 1 km grid: a cell's district, its land and where it lies."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim import city
from sim.plan import PLAN

HEIGHT = 130
"""Rows of the grid; row 0 is the northernmost."""
WIDTH = 121
"""Columns of the grid; column 0 is the westernmost."""
OUTSIDE = -1
"""District number of a cell that belongs to no district."""
CELLS_FILE = city.file("map/cells_1km.csv")


@dataclass(frozen=True, eq=False)
class Grid:
    """The map as flat arrays in row-major order; cell ``row * width + column``, 1 km by 1 km each.

    A cell's land is weighted so that every district's land adds up to its official area: cells cut
    from simplified outlines differ a little from the published figures.
    """

    height: int
    width: int
    district: NDArray[np.int8]
    """Shape (height * width,): district number 0 to 15, -1 outside Shanghai."""
    land: NDArray[np.float64]
    """Shape (height * width,): land in km2; 0 outside Shanghai and on water."""
    lon: NDArray[np.float64]
    """Shape (height * width,): degrees east (WGS84) of the cell's centre; NaN outside."""
    lat: NDArray[np.float64]
    """Shape (height * width,): degrees north (WGS84) of the cell's centre; NaN outside."""
    cells_of: tuple[NDArray[np.int32], NDArray[np.int32]]
    """Starts, shape (17,), and land cells ordered by district, then row by row: the land cells of
    district d are ``cells[starts[d]:starts[d + 1]]``."""


def read_cells(file: Path) -> NDArray[np.float64]:
    """Read a cells file: rows of (row, column, district number, land 0/1, lon, lat)."""
    return np.loadtxt(file, delimiter=",", skiprows=1, ndmin=2)


def official_areas() -> NDArray[np.float64]:
    """Return the sixteen districts' official areas in km2, by district number."""
    areas = np.zeros(len(PLAN.districts))
    for district in PLAN.districts:
        areas[district.number] = district.area_km2
    return areas


def build(cells: NDArray[np.float64], areas: NDArray[np.float64]) -> Grid:
    """Lay listed cells out on the grid and weight their land.

    Args:
        cells: shape (listed cells, 6), as from `read_cells`.
        areas: official km2 of each district, by district number.

    Raises:
        ValueError: a district has no land cell, or a cell lies off the grid.
    """
    row, column = cells[:, 0].astype(np.int64), cells[:, 1].astype(np.int64)
    at = np.ravel_multi_index((row, column), (HEIGHT, WIDTH))
    district = np.full(HEIGHT * WIDTH, OUTSIDE, dtype=np.int8)
    district[at] = cells[:, 2]
    is_land = np.zeros(HEIGHT * WIDTH, dtype=np.bool_)
    is_land[at] = cells[:, 3] == 1.0
    lon, lat = np.full((2, HEIGHT * WIDTH), np.nan)
    lon[at], lat[at] = cells[:, 4], cells[:, 5]

    land_cells = np.flatnonzero(is_land)
    number = np.bincount(district[land_cells], minlength=len(areas))
    if len(number) > len(areas) or not number.all():
        raise ValueError(
            "every district needs at least one land cell, and every land cell a known district"
        )
    land = np.zeros(HEIGHT * WIDTH)
    land[land_cells] = (areas / number)[district[land_cells]]
    by_district = land_cells[np.argsort(district[land_cells], kind="stable")]
    starts = np.concatenate(([0], np.cumsum(number))).astype(np.int32)
    cells_of = (starts, by_district.astype(np.int32))
    return Grid(HEIGHT, WIDTH, district, land, lon, lat, cells_of)


@cache
def grid() -> Grid:
    """Return Shanghai's grid, read once. Do not write into its arrays: everybody shares them."""
    return build(read_cells(CELLS_FILE), official_areas())


def cell_at(lon: float, lat: float) -> int:
    """Return the land cell whose centre is nearest to a place (degrees, WGS84).

    Distances are taken on a plane with longitudes shrunk by the cosine of the latitude, which is
    exact enough within one city. Of equally near cells, the first in district order is returned.

    Raises:
        ValueError: a coordinate is not a finite number.
    """
    if not (np.isfinite(lon) and np.isfinite(lat)):
        raise ValueError(f"a place needs finite coordinates, found lon={lon}, lat={lat}")
    map_ = grid()
    cells = map_.cells_of[1]
    east = (map_.lon[cells] - lon) * np.cos(np.radians(lat))
    north = map_.lat[cells] - lat
    return int(cells[np.argmin(east**2 + north**2)])
