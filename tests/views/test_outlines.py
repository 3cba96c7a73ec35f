"""Protects the drawn outlines: they are the districts that the model's cells belong to."""

import numpy as np
import pytest

from sim.model.world.grid import grid
from sim.plan import PLAN
from sim.views.outlines import District, bounds, label_of, outlines


def test_sixteen_districts_in_the_plans_order() -> None:
    assert [district.number for district in outlines()] == [d.number for d in PLAN.districts]


@pytest.mark.parametrize("district", outlines(), ids=lambda district: str(district.number))
def test_a_name_stands_inside_its_district(district: District) -> None:
    assert district.outline.contains_point(district.label_at)


@pytest.mark.parametrize("district", outlines(), ids=lambda district: str(district.number))
def test_outlines_and_cells_are_the_same_map(district: District) -> None:
    map_ = grid()
    inside = map_.district == district.number
    places = np.column_stack([map_.lon[inside], map_.lat[inside]])
    assert district.outline.contains_points(places).mean() > 0.97


def test_a_pack_s_own_place_for_a_name_wins() -> None:
    about = {"id": 3, "cp": [1.0, 2.0]}
    assert label_of({"properties": about}) == (1.0, 2.0)
    assert label_of({"properties": {**about, "label": [3.0, 4.0]}}) == (3.0, 4.0)


def test_bounds_hold_all_outlines() -> None:
    box = bounds(outlines())
    assert box.x0 < 121 < 122 < box.x1
    assert box.y0 < 30.8 < 31.8 < box.y1
