"""One replicate month by month, as compact bytes for the moving map in the browser."""

import json
import struct
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calendar import month_label
from sim.cluster_model import ClusterModel
from sim.mechanisms import PROGRAMME_KINDS
from sim.model.world.codes import FUND_KINDS
from sim.model.world.grid import grid
from sim.model.world.layout import BREAKDOWN, COUNTS, MEASURES
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.trace.names import FIRM_LENGTH, code
from sim.trace.words import year_of
from sim.views.outlines import OUTLINES_FILE, label_of

DIGITS = 4
"""Decimals of a degree: ten metres."""
SIZE_STEPS = 16.0
"""Steps of a firm's size for each doubling of its talents."""
STAGES = 5
"""None, proposed, approved, building, open."""
SIGNIFICANT = 2
"""Stage from which on a programme is shown at all."""
HIGHEST = 255


class Programme(NamedTuple):
    """A programme that was approved at some time."""

    identity: int
    kind: int
    cluster: int
    district: int
    cell: int
    """Number among the land cells."""
    stages: NDArray[np.uint8]
    """In each month, 0 where it does not exist; shape (months,)."""


class Film(NamedTuple):
    """What the map shows of one replicate; M months, F firms in all of them together."""

    months: int
    identities: NDArray[np.int64]
    """Of every firm that lived at a month's end, shape (F,)."""
    clusters: NDArray[np.uint8]
    """Of every firm, shape (F,)."""
    tracks: NDArray[np.uint8]
    years: NDArray[np.uint16]
    """In which every firm was founded, shape (F,)."""
    starts: NDArray[np.uint32]
    """Where each month's firms start in the arrays below, shape (M + 1,)."""
    firms: NDArray[np.uint32]
    """Number of the firm."""
    cells: NDArray[np.uint16]
    """Land cell that it stands in."""
    sizes: NDArray[np.uint8]
    """Its talents, in `SIZE_STEPS` a doubling."""
    levels: NDArray[np.uint8]
    """Its readiness level."""
    knowledge: NDArray[np.uint8]
    """Knowledge in reach of each land cell, by the square root, shape (M, cells)."""
    districts: NDArray[np.float32]
    """Firms, output and talents of each district, shape (M, 3, 16)."""
    homes: NDArray[np.float32]
    """Talents by the district in which they live, shape (M, 16)."""
    funds: NDArray[np.float32]
    """Funds and their money ready to invest (亿元) by kind, shape (M, 2, kinds)."""
    district_money: NDArray[np.float32]
    """Money that funds bound to a district have ready (亿元), shape (M, 16)."""
    counts: NDArray[np.float32]
    """The counts as recorded, shape (M, 13)."""
    programmes: tuple[Programme, ...]


WAN_A_YI = 1e4


def film(scenario: Scenario, replicate: int) -> Film:
    """Run one replicate in Mesa's live model and keep what the map shows of every month."""
    model = ClusterModel(scenario.setup(), scenario.seed, replicate)
    months, land = model.setup.months, grid().cells_of[1]
    place = np.zeros(len(grid().district), np.uint16)
    place[land] = np.arange(len(land))
    frames: list[Any] = []
    knowledge = np.zeros((months, len(land)))
    funds = np.zeros((months, 2, len(FUND_KINDS)), np.float32)
    money, homes = (np.zeros((months, len(PLAN.districts)), np.float32) for _ in range(2))
    seen: dict[int, tuple[Any, NDArray[np.uint8]]] = {}
    while model.running:
        model.step()
        month, world = model.month - 1, model.world
        alive = world.firms[world.firms["alive"] == 1]
        frames.append(
            alive[["id", "cluster", "track", "founded", "cell", "talents", "level"]].copy()
        )
        knowledge[month] = world.exposure.sum(axis=0)[land]
        np.add.at(homes[month], world.talents.home[world.talents.alive == 1], 1.0)
        _fund_money(world.funds[world.funds["alive"] == 1], funds[month], money[month])
        for entry in world.programmes[world.programmes["alive"] == 1]:
            known = seen.setdefault(int(entry["id"]), (entry.copy(), np.zeros(months, np.uint8)))
            known[1][month] = 1 + int(entry["stage"])
    every = np.concatenate(frames)
    identities, first, numbers = np.unique(every["id"], return_index=True, return_inverse=True)
    areas = [
        MEASURES.index(f"{quantity}_{district.id}")
        for quantity in BREAKDOWN
        for district in PLAN.districts
    ]
    return Film(
        months=months,
        identities=identities,
        clusters=every["cluster"][first].astype(np.uint8),
        tracks=every["track"][first].astype(np.uint8),
        years=np.array([*map(year_of, every["founded"][first].tolist())], np.uint16),
        starts=np.cumsum([0, *map(len, frames)]).astype(np.uint32),
        firms=numbers.astype(np.uint32),
        cells=place[every["cell"]],
        sizes=np.minimum(HIGHEST, SIZE_STEPS * np.log2(1.0 + every["talents"])).astype(np.uint8),
        levels=every["level"].astype(np.uint8),
        knowledge=_shades(knowledge),
        districts=model.measures[:, areas].reshape(months, len(BREAKDOWN), -1).astype(np.float32),
        homes=homes,
        funds=funds,
        district_money=money,
        counts=model.counts.astype(np.float32),
        programmes=tuple(
            _programme(entry, stages, place)
            for entry, stages in seen.values()
            if stages.max() >= SIGNIFICANT
        ),
    )


def _fund_money(alive: Any, by_kind: Any, by_district: Any) -> None:
    """Add up the funds of a month, into arrays of nought."""
    np.add.at(by_kind[0], alive["kind"], 1.0)
    np.add.at(by_kind[1], alive["kind"], alive["dry_powder"] / WAN_A_YI)
    bound = alive[alive["district"] >= 0]
    np.add.at(by_district, bound["district"], bound["dry_powder"] / WAN_A_YI)


def _shades(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return values as shades from 0 to 255 by their square root: area is what the eye compares."""
    most = max(float(np.quantile(values, 0.999)), 1e-12)
    shades = np.sqrt(np.clip(values / most, 0.0, 1.0)) * HIGHEST
    return np.asarray(np.round(shades), dtype=np.uint8)


def _programme(entry: Any, stages: NDArray[np.uint8], place: NDArray[np.uint16]) -> Programme:
    return Programme(
        identity=int(entry["id"]),
        kind=int(entry["kind"]),
        cluster=int(entry["cluster"]),
        district=int(entry["district"]),
        cell=int(place[entry["cell"]]),
        stages=stages,
    )


def packed(film_: Film) -> bytes:
    """Return a film as bytes: the length of a JSON text, the text, and the arrays it lists.

    Every array starts at a multiple of four bytes, counted from the end of the text, so that the
    browser can look at it in place.
    """
    arrays: list[dict[str, Any]] = []
    body = b""
    for name, value in film_._asdict().items():
        if isinstance(value, np.ndarray) and name != "identities":
            arrays.append(
                {"name": name, "type": str(value.dtype), "at": len(body), "size": int(value.size)}
            )
            body += value.tobytes()
            body += bytes(-len(body) % 4)
    said = {
        "months": [month_label(number) for number in range(film_.months)],
        "arrays": arrays,
        # Identities have 64 bits, more than a number in the browser holds.
        "identities": [str(number) for number in film_.identities.tolist()],
        "codes": [code(number, FIRM_LENGTH) for number in film_.identities.tolist()],
        "programmes": [
            {**each._asdict(), "identity": str(each.identity), "stages": each.stages.tolist()}
            for each in film_.programmes
        ],
        "counts": COUNTS,
        "kinds": PROGRAMME_KINDS,
        **_map(),
    }
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    return struct.pack("<I", len(text)) + text + body


@cache
def _map() -> dict[str, Any]:
    """Return the outlines of the districts and the middles of the land cells, in degrees."""
    features = json.loads(OUTLINES_FILE.read_text(encoding="utf-8"))["features"]
    shapes: list[Any] = [None] * len(PLAN.districts)
    for feature in features:
        parts = feature["geometry"]["coordinates"]
        many = feature["geometry"]["type"] == "MultiPolygon"
        number = feature["properties"]["id"]
        rings = [ring for polygon in (parts if many else [parts]) for ring in polygon]
        shapes[number] = {"rings": rings, "label": list(label_of(feature))}
    land = grid().cells_of[1]
    places = np.stack([grid().lon[land], grid().lat[land]], axis=1)
    return {"shapes": shapes, "places": np.round(places, DIGITS).ravel().tolist()}
