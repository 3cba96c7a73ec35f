"""The districts' outlines as matplotlib paths in longitude and latitude."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from sim import city
from sim.plan import outlined

OUTLINES_FILE = city.file(outlined.FILE)


class District(NamedTuple):
    """A district's shape on the map."""

    number: int
    outline: Outline
    """All its parts, in degrees."""
    label_at: tuple[float, float]
    """Longitude and latitude where its name stands."""


def _district(feature: dict[str, Any]) -> District:
    rings = [Outline(np.asarray(ring), closed=True) for ring in outlined.rings(feature["geometry"])]
    number: int = feature["properties"]["id"]
    return District(number, Outline.make_compound_path(*rings), label_of(feature))


def label_of(feature: dict[str, Any]) -> tuple[float, float]:
    """Return where the name of a district stands, longitude and latitude.

    That is ``label``, or ``cp``, the outlines' own point for it, where that crowds no neighbour.
    """
    about = feature["properties"]
    lon, lat = about.get("label", about["cp"])
    return lon, lat


@cache
def outlines() -> tuple[District, ...]:
    """Return the districts in the order of their numbers."""
    features = outlined.read(city.folder()).values["features"]
    return tuple(sorted(map(_district, features), key=lambda district: district.number))


def bounds(districts: Sequence[District]) -> Bbox:
    """Return the least box of longitude and latitude around some districts."""
    return Bbox.union([district.outline.get_extents() for district in districts])
