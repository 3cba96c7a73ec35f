"""Paired runs: the same luck and the same parameters, with an instrument and without it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import ensemble, parameters
from sim.model.world.codes import CLUSTER_OF, CLUSTER_OF_BRANCH, DISTRICT_OF_PLACE, instrument
from sim.model.world.layout import COUNTS, MEASURES
from sim.model.world.place import whole
from sim.model.world.population import create
from sim.model.world.setup import Setup
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, PLACES, Talents
from sim.model.world.world import World
from sim.plan import PLAN
from sim.sampling import draw_of

SEED = 20300928
"""Not the seed with which doses and months were chosen: that luck would have helped to choose."""
INSTRUMENTS = tuple(entry.id for entry in PLAN.instruments)

Overrides = tuple[tuple[str, float], ...]
Prepare = Callable[[World], None]
Where = Mapping[str, tuple[int | None, int | None]]
"""Instruments with the one cluster or track, and the one district or zone, that they reach, by the
numbers of branches and places (None: all of them)."""


class Before(NamedTuple):
    """What a probe may need to know of the world as it was a month earlier."""

    firm: NDArray[np.int64]
    """Identity of each living firm, 0 in free rows."""
    level: NDArray[np.int8]
    weight: NDArray[np.float64]
    person: NDArray[np.int64]
    """Identity of each talent."""
    seniority: NDArray[np.uint8]
    employer: NDArray[np.int32]


class Look(NamedTuple):
    """What a probe reads from: the world after a month, what was before, and the parameters."""

    world: World
    before: Before
    month: int
    p: np.void


class Probe(NamedTuple):
    """A number read every month, and what makes one number of these."""

    read: Callable[[Look], float]
    fold: Callable[[NDArray[np.float64]], float]


class Context(NamedTuple):
    """What both runs of a pair share besides luck: policy, fixed parameters, changed people."""

    doses: tuple[tuple[str, float], ...] = ()
    """Instruments that act in both, over the whole city and from month 0 on."""
    overrides: Overrides = ()
    prepare: Prepare | None = None


class Run(NamedTuple):
    """What was read in one run."""

    readings: dict[Probe, NDArray[np.float64]]
    """Shape (months,) each."""
    counts: NDArray[np.float64]
    """Shape (months, 13)."""
    measures: NDArray[np.float64]
    """Shape (months, measures)."""
    world: World


def doses(months: int, given: Mapping[str, float], start: int = 0) -> NDArray[np.float64]:
    """Return constant doses from month ``start`` on, shape (months, instruments)."""
    dose = np.zeros((months, len(INSTRUMENTS)))
    for name, value in given.items():
        dose[start:, instrument(name)] = value
    return dose


def area(branch: int | None, place: int | None) -> NDArray[np.float64]:
    """Return where an instrument applies for a cluster or track in a district or zone."""
    tracks = [branch in (None, b, CLUSTER_OF_BRANCH[b]) for b in range(CLUSTERS, BRANCHES)]
    spots = [place in (None, k, DISTRICT_OF_PLACE[k]) for k in range(DISTRICTS, PLACES)]
    clusters = [
        np.mean([chosen for chosen, own in zip(tracks, CLUSTER_OF, strict=True) if own == c])
        for c in range(CLUSTERS)
    ]
    return np.outer([*clusters, *tracks], whole(np.array(spots, np.float64)))


def setup(
    dose: NDArray[np.float64], overrides: Overrides = (), where: Where | None = None
) -> Setup:
    """Return a setup with doses of shape (months, instruments), everywhere unless ``where``."""
    reach = np.ones((len(INSTRUMENTS), BRANCHES, PLACES))
    for name, (cluster, district) in (where or {}).items():
        reach[instrument(name)] = area(cluster, district)
    return Setup(len(dose), dose, reach, 0.10, overrides)


def record_of(replicate: int, overrides: Overrides = ()) -> NDArray[np.void]:
    """Return a replicate's parameter draw, shape (1,)."""
    draw = parameters.draw(SEED, draw_of(replicate), overrides)
    return parameters.as_record(draw)


@lru_cache(maxsize=32)  # each takes some 10 MB
def _population(replicate: int, overrides: Overrides) -> World:
    return create(record_of(replicate, overrides), SEED, replicate)


def population(replicate: int, overrides: Overrides = ()) -> World:
    """Return a world of October 2022 that the caller may change."""
    return copy(_population(replicate, overrides))


def copy(world: World) -> World:
    """Return a world that shares no memory with another."""
    columns: dict[str, Any] = {k: column.copy() for k, column in world.talents._asdict().items()}
    others = world._asdict()
    del others["talents"]
    tables: dict[str, Any] = {k: table.copy() for k, table in others.items()}
    return World(talents=Talents(**columns), **tables)


def run(
    given: Setup,
    replicate: int,
    probes: Iterable[Probe] = (),
    prepare: Prepare | None = None,
) -> Run:
    """Run one replicate month by month and read the probes after each month."""
    world = population(replicate, given.overrides)
    if prepare is not None:
        prepare(world)
    return follow(world, given, replicate, 0, probes)


def follow(
    world: World, given: Setup, replicate: int, first: int, probes: Iterable[Probe] = ()
) -> Run:
    """Run a world on from month ``first`` to the end of the setup, in place.

    Readings of months before ``first`` are zero.
    """
    record = record_of(replicate, given.overrides)
    counts = np.zeros((given.months, len(COUNTS)))
    measures = np.zeros((given.months, len(MEASURES)))
    readings = {probe: np.zeros(given.months) for probe in probes}
    for month in range(first, given.months):
        before = _before(world) if readings else None
        world = ensemble.advance(world, record, given, month + 1, counts, measures)
        if before is not None:
            look = Look(world, before, month, record[0])
            for probe, values in readings.items():
                values[month] = probe.read(look)
    return Run(readings, counts, measures, world)


def _before(world: World) -> Before:
    firms, people = world.firms, world.talents
    return Before(
        np.where(firms["alive"] == 1, firms["id"], 0),
        firms["level"].copy(),
        firms["weight"].copy(),
        people.id.copy(),
        people.level.copy(),
        people.employer.copy(),
    )


def contents(world: World) -> dict[str, str]:
    """Return a digest of every column of a world, but for the doses and working space.

    Column by column, because the gaps between the fields of a record hold anything.
    """
    digests = {"knowledge": _digest(world.knowledge), "exposure": _digest(world.exposure)}
    tables = ("city", "cells", "tracks", "firms", "funds", "deals", "programmes", "breakthroughs")
    for name in tables:
        table = getattr(world, name)
        columns = set(table.dtype.names) - {"dose", "mean_dose", "given"}
        digests |= {f"{name}.{column}": _digest(table[column]) for column in columns}
    for name, column in world.talents._asdict().items():
        digests[f"talents.{name}"] = _digest(column)
    return digests


def _digest(values: NDArray[np.generic]) -> str:
    return hashlib.sha256(values.tobytes()).hexdigest()
