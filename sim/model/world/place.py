"""Geography for the compiled rules: which cells a district has, and how far apart places are."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.world import tables as t
from sim.model.world.codes import CLUSTER_OF_BRANCH, DISTRICT_OF_PLACE
from sim.model.world.grid import cell_at, grid, official_areas
from sim.parameters import PARAMETERS
from sim.plan import PLAN

RADIUS = "zone_radius"
"""Parameter whose default says how far a zone that the plan names reaches as a place."""


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
    table["place"] = _places()
    table["zone"] = t.NOBODY
    return Land(map_.cells_of[1].astype(np.uint32), table)


def _places() -> NDArray[np.int16]:
    """Return each cell's place: a zone that the plan names, or its district outside them.

    A zone is the land of its district within the usual radius of a pilot zone around its seat; of
    cells near two seats the first has them.
    """
    map_ = grid()
    outside = map_.district < 0
    found = np.where(outside, t.NOBODY, map_.district + t.DISTRICTS).astype(np.int16)
    rows, columns = np.divmod(np.arange(len(found)), map_.width)
    for k, zone in reversed(list(enumerate(PLAN.zones, t.FIRST_ZONE))):
        seat = divmod(cell_at(zone.lon, zone.lat), map_.width)
        near = np.hypot(rows - seat[0], columns - seat[1]) <= PARAMETERS[RADIUS].default
        own = map_.district == DISTRICT_OF_PLACE[k]
        found[near & own & (map_.land > 0.0)] = k
    return found


@cache
def zone_parts() -> NDArray[np.float64]:
    """Return what part of its district's land each zone is, shape (zones,)."""
    table = land_cells().cell_table
    land = [table["land"][table["place"] == place].sum() for place in range(t.FIRST_ZONE, t.PLACES)]
    own = list(DISTRICT_OF_PLACE[t.FIRST_ZONE :])
    return np.array(land, np.float64) / official_areas()[own]


def whole(chosen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return which part of each place is chosen, shape (places,).

    Args:
        chosen: 1 or 0 for what of each district lies outside zones, then for each zone.
    """
    outside = chosen[: t.DISTRICTS]
    districts = outside.copy()
    for k, part in enumerate(zone_parts()):
        own = DISTRICT_OF_PLACE[t.FIRST_ZONE + k]
        districts[own] += part * (chosen[t.DISTRICTS + k] - outside[own])
    return np.concatenate([districts, chosen])


def extent(reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return which part of the city some reaches are, shape (instruments,).

    Args:
        reach: shape (instruments, branches, places).
    """
    found: NDArray[np.float64] = reach[:, : t.CLUSTERS, : t.DISTRICTS].mean(axis=(1, 2))
    return found


def spread(where: NDArray[Any]) -> NDArray[Any]:
    """Return what holds in clusters and districts for their tracks and zones too.

    Args:
        where: shape (clusters, districts).

    Returns:
        Shape (branches, places).
    """
    found: NDArray[Any] = where[np.ix_(CLUSTER_OF_BRANCH, DISTRICT_OF_PLACE)]
    return found


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
