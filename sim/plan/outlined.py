"""The districts' outlines on the map of a city's pack, read once and checked with the plan."""

import json
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any, Final

from sim.problems import Problem
from sim.text.catalogue import worded
from sim.toml_tables import NOTHING, Table

FILE: Final = "map/districts.geojson"
FEWEST: Final = 4
"""Points of a ring, the last of which is the first."""


def check(pack: Traversable, districts: int) -> None:
    """Make sure that each district has an outline that can be drawn and a place for its name.

    Raises:
        Problem: one has not, or the file is no GeoJSON; names the first that is wrong.
    """
    numbers = list(range(districts))
    left = list(numbers)
    for feature in read(pack).tables("features"):
        about = feature.table("properties")
        if about.whole("id") not in left:
            raise about.problem("id", worded("expected.district_once", most=districts - 1))
        left.remove(about.whole("id"))
        for key in ("label", "cp") if "label" in about.values else ("cp",):
            if not _is_point(about.values.get(key)):
                raise about.problem(key, worded("expected.label_place"))
        shape = feature.table("geometry")
        shape.choice("type", "Polygon", "MultiPolygon")
        if not all(map(_is_ring, _rings_or_nothing(shape))):
            raise Problem(FILE, f"{shape.place}.coordinates", "…", worded("expected.rings"))
    if left:
        raise Problem(FILE, "features", NOTHING, worded("expected.outline_of", number=left[0]))


def read(pack: Traversable) -> Table:
    """Return the outlines as GeoJSON has them.

    Raises:
        Problem: the file is no JSON in UTF-8, or no table.
    """
    try:
        said = json.loads((pack / FILE).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Problem(FILE, "", str(error), worded("expected.geojson")) from error
    if not isinstance(said, dict):
        raise Problem(FILE, "", type(said).__name__, worded("expected.geojson"))
    return Table(FILE, "", said)


def rings(shape: dict[str, Any]) -> list[list[list[float]]]:
    """Return the rings of a feature's geometry, of all its parts, as [longitude, latitude]."""
    parts = shape["coordinates"]
    polygons = parts if shape["type"] == "MultiPolygon" else [parts]
    return [ring for polygon in polygons for ring in polygon]


def _rings_or_nothing(shape: Table) -> Iterator[Any]:
    """Yield what should be rings; what is not even a list of lists counts as no ring."""
    try:
        found = rings(dict(shape.values))
    except (KeyError, TypeError):
        found = []
    yield from found or [[]]


def _is_ring(found: object) -> bool:
    return isinstance(found, list) and len(found) >= FEWEST and all(map(_is_point, found))


def _is_point(found: object) -> bool:
    return (
        isinstance(found, list)
        and len(found) == 2
        and all(isinstance(each, int | float) and abs(each) <= 180 for each in found)
    )
