"""The city on a 1 km grid: a cell's district, its land and where it lies."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim import city
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem

OUTSIDE = -1
"""District number of a cell that belongs to no district."""
CELLS = "map/cells_1km.csv"
CELLS_FILE = city.file(CELLS)
ROWS = Text("expected.grid_rows")


@dataclass(frozen=True, eq=False)
class Grid:
    """The map as flat arrays in row-major order; cell ``row * width + column``, 1 km by 1 km each.

    A cell's land is weighted so that every district's land adds up to its official area: cells cut
    from simplified outlines differ a little from the published figures.
    """

    height: int
    """Rows of the grid; row 0 is the northernmost."""
    width: int
    """Columns of the grid; column 0 is the westernmost."""
    district: NDArray[np.int8]
    """Shape (height * width,): district number from 0, -1 outside the city."""
    land: NDArray[np.float64]
    """Shape (height * width,): land in km2; 0 outside the city and on water."""
    lon: NDArray[np.float64]
    """Shape (height * width,): degrees east (WGS84) of the cell's centre; NaN outside."""
    lat: NDArray[np.float64]
    """Shape (height * width,): degrees north (WGS84) of the cell's centre; NaN outside."""
    cells_of: tuple[NDArray[np.int32], NDArray[np.int32]]
    """Starts, shape (districts + 1,), and land cells by district, then by row: the land cells of
    district d are ``cells[starts[d]:starts[d + 1]]``."""


def read_cells(file: Path) -> NDArray[np.float64]:
    """Read a cells file: rows of (row, column, district number, land 0/1, lon, lat).

    Raises:
        Problem: it cannot be read, or holds something else.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()[1:]
        cells = np.loadtxt(lines or ["0"], delimiter=",", ndmin=2)
    except OSError as error:
        raise Problem(CELLS, "", os.strerror(error.errno or 0), ROWS) from error
    except ValueError as error:
        raise Problem(CELLS, "", str(error), ROWS) from error
    if cells.shape[1] != 6:
        raise Problem(CELLS, "", f"{cells.shape[0]} x {cells.shape[1]}", ROWS)
    return cells


def official_areas() -> NDArray[np.float64]:
    """Return the districts' official areas in km2, by district number."""
    return np.array([district.area_km2 for district in PLAN.districts])


def build(cells: NDArray[np.float64], areas: NDArray[np.float64]) -> Grid:
    """Lay listed cells out on a grid that just holds them, and weight their land.

    Args:
        cells: shape (listed cells, 6), as from `read_cells`.
        areas: official km2 of each district, by district number.

    Raises:
        Problem: a row makes no sense, a cell stands twice, or a district has no land cell.
    """
    _check(cells, len(areas))
    row, column = cells[:, 0].astype(np.int64), cells[:, 1].astype(np.int64)
    height, width = int(row.max()) + 1, int(column.max()) + 1
    at = row * width + column
    district = np.full(height * width, OUTSIDE, dtype=np.int8)
    district[at] = cells[:, 2]
    is_land = np.zeros(height * width, dtype=np.bool_)
    is_land[at] = cells[:, 3] == 1.0
    lon, lat = np.full((2, height * width), np.nan)
    lon[at], lat[at] = cells[:, 4], cells[:, 5]

    land_cells = np.flatnonzero(is_land)
    number = np.bincount(district[land_cells], minlength=len(areas))
    land = np.zeros(height * width)
    land[land_cells] = (areas / number)[district[land_cells]]
    by_district = land_cells[np.argsort(district[land_cells], kind="stable")]
    starts = np.concatenate(([0], np.cumsum(number))).astype(np.int32)
    cells_of = (starts, by_district.astype(np.int32))
    return Grid(height, width, district, land, lon, lat, cells_of)


def _check(cells: NDArray[np.float64], districts: int) -> None:
    """Make sure that each row is a cell of its own in a district, and each district has land."""
    whole, known = cells[:, :2], (cells[:, 2] >= 0) & (cells[:, 2] < districts)
    sound = np.isfinite(cells).all(axis=1) & (whole >= 0).all(axis=1) & known
    sound &= (np.round(cells[:, :3]) == cells[:, :3]).all(axis=1) & np.isin(cells[:, 3], (0, 1))
    if not sound.all():
        line = int(np.argmin(sound))
        numbers = Text("expected.grid_districts", last=districts - 1)
        expected = Text("list.bracketed", name=ROWS, inside=numbers)
        raise Problem(f"{CELLS}:{line + 2}", "", str(cells[line].tolist()), expected)
    if len(np.unique(whole, axis=0)) < len(cells):
        raise Problem(CELLS, "", "×2", Text("expected.each_cell_once"))
    with_land = np.isin(np.arange(districts), cells[cells[:, 3] == 1, 2])
    if not with_land.all():
        lacking = PLAN.districts[int(np.argmin(with_land))].id
        expected = Text("expected.land_everywhere")
        raise Problem(CELLS, lacking, "0", expected)


@cache
def grid() -> Grid:
    """Return the city's grid, read once. Do not write into its arrays: everybody shares them."""
    return build(read_cells(CELLS_FILE), official_areas())


HEIGHT, WIDTH = grid().height, grid().width


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
