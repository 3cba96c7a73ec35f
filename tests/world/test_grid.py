"""Protects the map under the model: areas, who is where, the order of cells in loops."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.world.grid import (
    CELLS_FILE,
    OUTSIDE,
    build,
    cell_at,
    grid,
    official_areas,
    read_cells,
)
from sim.plan import PLAN, District, University, Zone
from sim.problems import Problem

DISTRICTS = 16


@pytest.mark.parametrize("district", PLAN.districts, ids=lambda district: district.id)
def test_every_districts_land_equals_its_official_area(district: District) -> None:
    map_ = grid()
    land = map_.land[map_.district == district.number].sum()
    assert land == pytest.approx(district.area_km2, rel=1e-12)


def test_a_cell_has_about_the_land_of_a_square_kilometre() -> None:
    """Weights correct for simplified outlines; they do not move districts about."""
    land = grid().land
    assert ((land > 0.85) & (land < 1.2) | (land == 0)).all()


def test_shapes_and_types_are_those_that_compiled_rules_expect() -> None:
    map_ = grid()
    cells = map_.height * map_.width
    starts, listed = map_.cells_of
    assert cells == 130 * 121
    for array, dtype in (
        (map_.district, np.int8),
        (map_.land, np.float64),
        (map_.lon, np.float64),
        (map_.lat, np.float64),
    ):
        assert array.shape == (cells,)
        assert array.dtype == dtype
    assert starts.dtype == listed.dtype == np.int32
    assert starts.shape == (DISTRICTS + 1,)


def test_land_cells_are_listed_once_by_district_and_row() -> None:
    map_ = grid()
    starts, cells = map_.cells_of
    assert sorted(cells) == list(np.flatnonzero(map_.land))
    assert starts[0] == 0
    assert starts[-1] == len(cells)
    for number in range(DISTRICTS):
        mine = cells[starts[number] : starts[number + 1]]
        assert len(mine)
        assert (map_.district[mine] == number).all()
        assert (np.diff(mine) > 0).all()


def test_outside_there_is_neither_land_nor_a_place() -> None:
    map_ = grid()
    outside = map_.district == OUTSIDE
    assert outside.any()
    assert not map_.land[outside].any()
    assert np.isnan(map_.lon[outside]).all()
    assert np.isfinite(map_.lat[~outside]).all()


def test_row_nought_is_north_and_column_nought_is_west() -> None:
    map_ = grid()
    lat = map_.lat.reshape(map_.height, map_.width)
    lon = map_.lon.reshape(map_.height, map_.width)
    down, right = lat[1:] - lat[:-1], lon[:, 1:] - lon[:, :-1]
    assert (down[np.isfinite(down)] < 0).all()
    assert (right[np.isfinite(right)] > 0).all()


def test_some_water_belongs_to_districts_on_the_river() -> None:
    map_ = grid()
    assert ((map_.district >= 0) & (map_.land == 0)).any()


@given(lon=st.floats(120.5, 122.5), lat=st.floats(30.4, 32.2))
def test_the_nearest_land_cell_is_found_from_anywhere(lon: float, lat: float) -> None:
    map_ = grid()
    found = cell_at(lon, lat)
    shrink = np.cos(np.radians(lat))
    far = np.hypot((map_.lon - lon) * shrink, map_.lat - lat)
    assert map_.land[found] > 0
    assert far[found] == pytest.approx(far[map_.land > 0].min())


@pytest.mark.parametrize("place", [*PLAN.universities, *PLAN.zones], ids=lambda place: place.id)
def test_the_plans_places_lie_in_the_districts_they_name(place: University | Zone) -> None:
    map_ = grid()
    number = {district.id: district.number for district in PLAN.districts}[place.district]
    assert map_.district[cell_at(place.lon, place.lat)] == number


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_place_without_coordinates_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        cell_at(bad, 31.0)


def test_a_district_without_land_is_refused() -> None:
    cells = read_cells(CELLS_FILE)
    with pytest.raises(Problem, match="jingan: found 0; expected a land cell"):
        build(cells[cells[:, 2] != 3], official_areas())


@pytest.mark.parametrize(("column", "value"), [(0, -1), (1, 0.5), (2, 16), (3, 2), (4, np.nan)])
def test_a_row_that_is_no_cell_is_refused_by_its_line(column: int, value: float) -> None:
    cells = read_cells(CELLS_FILE)
    cells[7, column] = value
    with pytest.raises(Problem, match=r"cells_1km\.csv:9: found .*districts 0 to 15"):
        build(cells, official_areas())


def test_a_cell_that_stands_twice_is_refused() -> None:
    cells = read_cells(CELLS_FILE)
    with pytest.raises(Problem, match="each cell once"):
        build(np.vstack([cells, cells[:1]]), official_areas())


def test_a_file_that_is_no_table_of_cells_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cells.csv"
    with pytest.raises(Problem, match="No such file"):
        read_cells(file)
    file.write_text("row,column\n1,2\n")
    with pytest.raises(Problem, match="1 x 2"):
        read_cells(file)
    file.write_text("row\nhere\n")
    with pytest.raises(Problem, match="could not convert"):
        read_cells(file)


def test_the_grid_is_read_once() -> None:
    assert grid() is grid()
