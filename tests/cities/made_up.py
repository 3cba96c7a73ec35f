"""Writes the pack of a made-up city of any size: square districts in rows, all named by number."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from sim import city
from sim.csv_files import table
from sim.figures import COLUMNS
from sim.indicators import COUNTABLE
from sim.mechanisms import MECHANISMS
from sim.plan.catalogue import GATES
from sim.plan.looked_up import BY_TRACK

SIDE = 4
"""Cells along a side of a district."""
ACROSS = 5
"""Districts in a row."""
SCALE = {"firms_2022": 60, "talents_2022": 500, "funds_2022": 8, "output_2022": 40, "graduates": 60}
"""Parameters of a city much smaller than Shanghai."""


class Size(NamedTuple):
    """How much of everything a made-up city has."""

    clusters: int
    districts: int
    due: str
    moves: Sequence[str]
    """The mechanism that each instrument moves."""
    measures: Sequence[str]
    """What each count is measured by."""
    gates: Sequence[str]
    """What stands between firms and markets, of the tracks of each cluster in turn."""


SMALL = Size(
    clusters=3,
    districts=7,
    due="2028-12",
    moves=(
        *("pilot_zones", "guidance_fund", "guidance_fund", "open_challenges", "forums"),
        *("technology_colleges", "promotion", "talent_burden", "super_deduction"),
    ),
    measures=("hightech_enterprises", "output", "seniors", "scenarios"),
    gates=("hardware", "service"),
)
LARGE = Size(
    clusters=9,
    districts=23,
    due="2030-12",
    moves=(*MECHANISMS, "forums", "forums", "accelerators", "accelerators", "land"),
    measures=COUNTABLE[:20],
    gates=GATES,
)


def write(folder: Path, size: Size, order: Sequence[int] | None = None) -> Path:
    """Write a pack and return its folder.

    Args:
        folder: of the pack; made if it is not there.
        size: of the city.
        order: numbers of the districts in the order in which the file lists them.
    """
    (folder / "map").mkdir(parents=True, exist_ok=True)
    numbers = range(size.districts) if order is None else order
    for name, text in (
        ("city.toml", _city(size)),
        ("goals.toml", "\n".join(_goals(size))),
        ("clusters.toml", "\n".join(_clusters(size))),
        ("places.toml", "\n".join(_places(numbers))),
        ("plans.toml", "\n".join(_levers(size, "plan"))),
        ("safeguards.toml", "\n".join(_levers(size, "safeguard"))),
        ("sentences.toml", "\n".join(_sentences(size))),
        ("figures.csv", _figures(size)),
        ("parameters.csv", _parameters(size)),
        ("map/cells_1km.csv", "\n".join(_cells(size))),
        ("map/districts.geojson", json.dumps(_outlines(size))),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _both(name: str) -> str:
    return f'{{ en = "{name}", zh = "{name}（虚构）" }}'


def _city(size: Size) -> str:
    return f'name = {_both("Madeup")}\nfirst = "2022-10"\ndue = "{size.due}"\ndraws = "prior"\n'


def _goals(size: Size) -> Iterable[str]:
    yield '[[goals]]\nsection = "一(一)"\nzh = "虚构目标。"\nen = "Made-up counts."'
    for number, measure in enumerate(size.measures):
        yield f'[[goals.counts]]\nid = "count{number}"\nmeasure = "{measure}"'
        yield f"target = {10 + number}\nabout = {str(number % 2 == 0).lower()}"
        yield f"unit = {_both('things')}\nname = {_both(f'Count {number}')}"


def _clusters(size: Size) -> Iterable[str]:
    for number in range(size.clusters):
        named = [f"d{number % size.districts}", f"d{(2 * number + 1) % size.districts}"]
        yield f'[[clusters]]\nid = "c{number}"\nname = {_both(f"Cluster {number}")}'
        yield f"districts = {json.dumps(sorted(set(named)))}"
        yield 'section = "二(一)"\nzh = "虚构集群。"\nen = "A made-up cluster."'
        for track in _tracks(number):
            yield f'[[clusters.tracks]]\nid = "{track}"\nname = {_both(track)}'
            yield 'section = "二(一)1"\nsource = "二(一)1"'
            yield f'gate = "{size.gates[number % len(size.gates)]}"'


def _tracks(cluster: int) -> list[str]:
    """Return the tracks of a cluster: one, two or three."""
    return [f"t{cluster}x{k}" for k in range(1 + cluster % 3)]


def _corner(district: int) -> tuple[int, int]:
    """Return row and column of a district's first cell."""
    return SIDE * (district // ACROSS), SIDE * (district % ACROSS)


def _at(row: float, column: float) -> tuple[float, float]:
    """Return longitude and latitude of a place on the grid, in cells."""
    return round(110 + 0.0104 * column, 5), round(31 - 0.009 * row, 5)


def _places(numbers: Iterable[int]) -> Iterable[str]:
    for number in numbers:
        core = str(number < 2).lower()
        yield f'[[districts]]\nid = "d{number}"\nnumber = {number}\ncore = {core}'
        yield f"name = {_both(f'District {number}')}"
        yield f'population = "F{number:03}"\narea = "F{number + 500:03}"'
    for key, district in (("zones", 2), ("universities", 0), ("universities", 3)):
        row, column = _corner(district)
        lon, lat = _at(row + 1.5, column + 1.5)
        yield f'[[{key}]]\nid = "{key}{district}"\nname = {_both(f"{key} {district}")}'
        yield f'district = "d{district}"\nlon = {lon}\nlat = {lat}\nquality = "made up"'
        yield 'section = "三(一)"' if key == "zones" else ""


LEVERS = (("a", "plan", "三(一)"), ("b", "plan", "三(二)"), ("s", "safeguard", "四(一)"))


def _own(size: Size, place: int) -> list[int]:
    """Return the instruments of a lever: they are dealt out in turn."""
    return list(range(place, len(size.moves), len(LEVERS)))


def _levers(size: Size, kind: str) -> Iterable[str]:
    for place, (lever, its, section) in enumerate(LEVERS):
        if its == kind:
            yield f'[[levers]]\nid = "{lever}"\nsection = "{section}"'
            yield f"name = {_both(f'Lever {lever}')}"
            for number in _own(size, place):
                yield f'[[levers.instruments]]\nid = "i{number}"\nname = {_both(f"Deed {number}")}'
                yield f'moves = "{size.moves[number]}"\nramp_months = {number % 13}'


def _sentences(size: Size) -> Iterable[str]:
    for place, (_, _, section) in enumerate(LEVERS):
        own = json.dumps([f"i{number}" for number in _own(size, place)])
        yield f'[[sentences]]\nsection = "{section}"\nzh = "虚构措施。"\nen = "Made-up deeds."'
        yield f"instruments = {own}"


def _figures(size: Size) -> str:
    rows: list[dict[str, object]] = []
    for number in range(size.districts):
        about = {"scope": "district", "entity": f"District {number}", "year": "2020"}
        told = {"source_url": "memory", "quality": "unverified"}
        people = {"quantity": "resident population (7th census)", "value": 90_000 + 7_000 * number}
        area = {"quantity": "land area", "value": SIDE * SIDE}
        rows.append({"id": f"F{number:03}", "unit": "persons", **people, **about, **told})
        rows.append({"id": f"F{number + 500:03}", "unit": "km2", **area, **about, **told})
    return table(COLUMNS, ([row.get(key, "") for key in COLUMNS] for row in rows))


def _parameters(size: Size) -> str:
    """Return Shanghai's parameters for other numbers of tracks and instruments, of a small city."""
    source = (city.CITIES / city.SHIPPED / "parameters.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(source.splitlines()))
    fields: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        fields.setdefault(row["name"].partition(":")[0], []).append(row)
    tracks = [track for cluster in range(size.clusters) for track in _tracks(cluster)]
    for vector in BY_TRACK:
        fields[vector] = [{**fields[vector][0], "name": f"{vector}:{track}"} for track in tracks]
    costs = [f"cost:i{n}" for place in range(len(LEVERS)) for n in _own(size, place)]
    fields["cost"] = [{**fields["cost"][0], "name": name} for name in costs]
    for name, value in SCALE.items():
        (row,) = fields[name]
        row |= {"default": str(value), "prior": "uniform"}
        row |= {"low": str(0.8 * value), "high": str(1.2 * value)}
    every = [row for field in fields.values() for row in field]
    return table(list(rows[0]), (row.values() for row in every))


def _cells(size: Size) -> Iterable[str]:
    yield "row,column,district,land,lon,lat"
    for number in range(size.districts):
        down, right = _corner(number)
        for row in range(down, down + SIDE):
            for column in range(right, right + SIDE):
                lon, lat = _at(row + 0.5, column + 0.5)
                yield f"{row},{column},{number},1,{lon},{lat}"


def _outlines(size: Size) -> dict[str, object]:
    features = []
    for number in range(size.districts):
        row, column = _corner(number)
        ring = [_at(row + y, column + x) for y, x in _SQUARE]
        about = {"id": number, "cp": _at(row + SIDE / 2, column + SIDE / 2)}
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": about, "geometry": shape})
    return {"type": "FeatureCollection", "features": features}


_SQUARE = ((0, 0), (0, SIDE), (SIDE, SIDE), (SIDE, 0), (0, 0))
