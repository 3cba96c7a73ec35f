"""The districts' outlines as matplotlib paths in longitude and latitude."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from sim import city
from sim.plan import PLAN

OUTLINES_FILE = city.file("map/districts.geojson")

# Where a name stands if the outlines' own point for it would crowd its neighbours, in degrees.
MOVED = {
    "qingpu": (120.990, 31.055),
    "minhang": (121.437, 31.055),
    "baoshan": (121.390, 31.425),
    "jingan": (121.4445, 31.3085),
    "hongkou": (121.4850, 31.2650),
    "putuo": (121.3890, 31.2560),
    "yangpu": (121.5350, 31.3110),
    "huangpu": (121.4870, 31.2110),
    "changning": (121.3800, 31.2110),
}


class District(NamedTuple):
    """A district's shape on the map."""

    number: int
    outline: Outline
    """All its parts, in degrees."""
    label_at: tuple[float, float]
    """Longitude and latitude where its name stands."""


def _district(feature: dict[str, Any]) -> District:
    geometry, about = feature["geometry"], feature["properties"]
    parts = geometry["coordinates"]
    polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
    rings = [Outline(np.asarray(ring), closed=True) for polygon in polygons for ring in polygon]
    lon, lat = MOVED.get(PLAN.districts[about["id"]].id, about["cp"])
    return District(about["id"], Outline.make_compound_path(*rings), (lon, lat))


@cache
def outlines() -> tuple[District, ...]:
    """Return the sixteen districts in the order of their numbers."""
    features = json.loads(OUTLINES_FILE.read_text(encoding="utf-8"))["features"]
    return tuple(sorted(map(_district, features), key=lambda district: district.number))


def bounds(districts: Sequence[District]) -> Bbox:
    """Return the least box of longitude and latitude around some districts."""
    return Bbox.union([district.outline.get_extents() for district in districts])
