"""Geography for the compiled rules: which cells a district has, and how far apart places are."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.world import tables as t
from sim.model.world.grid import cell_at, grid
from sim.plan import PLAN


class Land(NamedTuple):
    """The grid as the tables need it, shared by all replicates."""

    cells: NDArray[np.uint32]
    """Land cells, district by district."""
    cell_table: NDArray[np.void]
    """The cell table of the empty city."""


@cache
def land_cells() -> Land:
    """Return the land cells and the empty cell table."""
    map_ = grid()
    table = np.zeros(len(map_.district), t.CELL)
    table["district"] = map_.district
    table["land"] = map_.land
    table["zone"] = t.NOBODY
    return Land(map_.cells_of[1].astype(np.uint32), table)


def _district_distances() -> NDArray[np.float64]:
    map_ = grid()
    rows, columns = np.divmod(np.arange(len(map_.district)), map_.width)
    centres = np.array(
        [
            [
                np.average(axis, weights=map_.land * (map_.district == number))
                for axis in (rows, columns)
            ]
            for number in range(len(PLAN.districts))
        ]
    )
    gaps = centres[:, None, :] - centres[None, :, :]
    distances: NDArray[np.float64] = np.sqrt((gaps**2).sum(axis=2))
    return distances


def _land_of_rows() -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return each grid row's first land cell and the cell after its last; without land, all."""
    map_ = grid()
    land = map_.land.reshape(map_.height, map_.width) > 0.0
    first = land.argmax(axis=1)
    after = map_.width - land[:, ::-1].argmax(axis=1)
    starts = map_.width * np.arange(map_.height)
    return starts + first, starts + after


@cache
def _values() -> dict[str, NDArray[np.generic]]:
    map_ = grid()
    number = {district.id: district.number for district in PLAN.districts}
    designated = np.zeros((len(PLAN.clusters), len(PLAN.districts)))
    for row, cluster in enumerate(PLAN.clusters):
        designated[row, [number[name] for name in cluster.districts]] = 1.0
    universities, zones = PLAN.universities, PLAN.zones
    anchors = [cell_at(seat.lon, seat.lat) for seat in universities]
    anchors += [cell_at(zone.lon, zone.lat) for zone in zones]
    anchor_row, anchor_column = np.divmod(anchors, map_.width)
    land_start, land_end = _land_of_rows()
    return {
        "anchor_row": anchor_row,
        "anchor_column": anchor_column,
        "width": np.array(map_.width),
        "land_start": land_start,
        "land_end": land_end,
        "district_start": map_.cells_of[0],
        "distance": _district_distances(),
        "designated": designated,
        "core": np.array([float(district.core) for district in PLAN.districts]),
        "people": np.array([float(district.population) for district in PLAN.districts]),
        "area": np.array([float(district.area_km2) for district in PLAN.districts]),
        "university_district": np.array([number[seat.district] for seat in universities]),
        "university_cell": np.array(anchors[: len(universities)]),
        "zone_district": np.array([number[zone.district] for zone in zones]),
        "zone_cell": np.array(anchors[len(universities) :]),
    }


def set_place(city: NDArray[np.void]) -> None:
    """Write the city's geography into the city's row; distances are in km, as cells are 1 km."""
    for name, value in _values().items():
        city[name] = value
