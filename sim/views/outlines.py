"""The districts' outlines as matplotlib paths in longitude and latitude."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from sim import city
from sim.problems import Problem
from sim.text.catalogue import worded

OUTLINES_FILE = city.file("map/districts.geojson")


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
    return District(about["id"], Outline.make_compound_path(*rings), label_of(feature))


def label_of(feature: dict[str, Any]) -> tuple[float, float]:
    """Return where the name of a district stands, longitude and latitude.

    That is ``label``, or ``cp``, the outlines' own point for it, where that crowds no neighbour.

    Raises:
        Problem: the outlines have neither.
    """
    about = feature["properties"]
    if "cp" not in about:
        expected = worded("expected.label_place")
        raise Problem(str(OUTLINES_FILE), f"{about['id']}.cp", "—", expected)
    lon, lat = about.get("label", about["cp"])
    return lon, lat


@cache
def outlines() -> tuple[District, ...]:
    """Return the districts in the order of their numbers."""
    features = json.loads(OUTLINES_FILE.read_text(encoding="utf-8"))["features"]
    return tuple(sorted(map(_district, features), key=lambda district: district.number))


def bounds(districts: Sequence[District]) -> Bbox:
    """Return the least box of longitude and latitude around some districts."""
    return Bbox.union([district.outline.get_extents() for district in districts])
