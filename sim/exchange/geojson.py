"""A result on the map: districts as GeoJSON (RFC 7946), in degrees of WGS 84.

Outer rings turn counterclockwise, and there is no other system of coordinates. What the standard
does not know (units, where outlines come from) stands in members of its own beside the features.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from sim import city
from sim.estimate.quantiles import quantiles
from sim.exchange.result import LEVELS, Taken, only_runs
from sim.model.world.layout import BREAKDOWN, DUE
from sim.plan import PLAN, outlined
from sim.store.columns import BREAKDOWN_UNITS
from sim.text.catalogue import worded

NEEDED: Final = worded("expected.districts_told")
Ring = list[list[float]]


def as_geojson(taken: Taken) -> bytes:
    """Return the districts with what a run has in them, or what a comparison changes there.

    Raises:
        Problem: the result tells nothing by district.
    """
    values = _of_run(taken) if taken.given.result is not None else _of_comparison(taken)
    outlines = outlined.read(city.folder()).values
    features = sorted(outlines["features"], key=lambda each: int(each["properties"]["id"]))
    said = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": district.id,
                "properties": {
                    "name_en": district.name.en,
                    "name_zh": district.name.zh,
                    "area_km2": district.area_km2,
                    "population": district.population,
                    **values[district.id],
                },
                "geometry": _turned(feature["geometry"]),
            }
            for district, feature in zip(PLAN.districts, features, strict=True)
        ],
        "units": dict(BREAKDOWN_UNITS),
        "outlines": outlines.get("source", ""),
        "origin": {key: value for key, _, value in taken.origin()},
    }
    return (json.dumps(said, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _of_run(taken: Taken) -> Mapping[str, dict[str, float]]:
    """Return of each district the quantiles of each quantity when counts are due."""
    result = taken.given.result
    assert result is not None  # looked at before
    found: dict[str, dict[str, float]] = {}
    for district in PLAN.districts:
        found[district.id] = {}
        for quantity in BREAKDOWN:
            at = quantiles(result.measure(f"{quantity}_{district.id}")[:, [DUE]], LEVELS)
            names = (f"{quantity}_{end}" for end in ("median", "p10", "p90"))
            told = zip(names, (float(value) for value in at[:, 0]), strict=True)
            found[district.id] |= dict(told)
    return found


def _of_comparison(taken: Taken) -> Mapping[str, dict[str, Any]]:
    """Return of each district what each package changes against the first, with 95 % intervals.

    Raises:
        Problem: the result is no comparison.
    """
    if taken.given.kind != "comparison":
        raise only_runs(taken, NEEDED)
    found: dict[str, dict[str, Any]] = {each.id: {} for each in PLAN.districts}
    for row in taken.given.document["areas"]:
        if (of := found.get(row["area"])) is not None:
            name = f"{row['second']}:{row['quantity']}_change"
            ends = (("", "difference"), ("_low", "low"), ("_high", "high"))
            of |= {f"{name}{end}": row[key] for end, key in ends}
    return found


def _turned(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a geometry whose outer rings turn counterclockwise and whose holes turn clockwise."""
    parts = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": _rings(parts)}
    return {"type": "MultiPolygon", "coordinates": [_rings(each) for each in parts]}


def _rings(rings: Sequence[Ring]) -> list[Ring]:
    return [
        ring if (turns(ring) > 0.0) == (number == 0) else ring[::-1]
        for number, ring in enumerate(rings)
    ]


def turns(ring: Sequence[Sequence[float]]) -> float:
    """Return twice the area that a closed ring goes around, above nought if counterclockwise."""
    pairs = pairwise(ring)
    return sum(one[0] * two[1] - two[0] * one[1] for one, two in pairs)
