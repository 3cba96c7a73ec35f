"""An instrument that is confined to a place acts there and, at first, nowhere else."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.mechanisms import MECHANISMS
from sim.model.world import codes
from sim.model.world.tables import BRANCHES, CLUSTERS, DISTRICTS, FIRST_ZONE, NOBODY, PLACES
from sim.model.world.world import World
from sim.plan import PLAN
from tests.levers.runs import INSTRUMENTS, copy, doses, follow, record_of, run, setup
from tests.levers.table import GAINS

PUDONG = PLAN.districts[[district.id for district in PLAN.districts].index("pudong")].number
INTELLIGENCE = [cluster.id for cluster in PLAN.clusters].index("intelligence")
TRACK = CLUSTERS + [track.id for track in PLAN.tracks].index("general_ai")
ZONE = FIRST_ZONE + [zone.id for zone in PLAN.zones].index("zhangjiang")
MONTH = 12
"""The month in which the instrument acts: knowledge spreads in it, as in every third."""
REPLICATES = (0, 2, 4, 6)
DOSE = 5.0

Values = NDArray[np.generic]
Sites = tuple[Values, Values]
"""Cluster and district of each value."""
Local = Callable[[World], Values]


def firm(column: str) -> Local:
    return lambda world: world.firms[column]


def access(stage: int) -> Local:
    return lambda world: world.city["access"][0, stage].ravel()


def knowledge(world: World) -> Values:
    return world.knowledge.ravel()


def level(world: World) -> Values:
    return world.talents.level


PLACE_BOUND: dict[str, Local] = {
    "research_institute": knowledge,
    "scientist_autonomy": knowledge,
    "ownership_ties": firm("patron"),
    "accelerators": firm("exit_reason"),
    "test_fields": access(0),
    "ecosystem_cultivation": firm("patron"),
    "validation": access(0),
    "integration": access(1),
    "promotion": access(2),
    "open_challenges": firm("components"),
    "workstations": level,
    "financial_products": firm("plant_debt"),
    "standards_bodies": firm("standards"),
    "ip_protection": knowledge,
    "vouchers": firm("burn"),
    "product_promotion": firm("edge"),
    "grants": firm("wanted"),
    "first_of_kind": firm("products"),
    "track_focus": firm("level"),
    "market_access": access(2),
    "talent_burden": knowledge,
    "land": firm("capacity"),
    "data": firm("spillover"),
}
"""What an instrument with a place-bound mechanism moves in its first month, value by value."""

AT_FIRMS = [name for name, local in PLACE_BOUND.items() if local not in (knowledge, level)]
"""Those that act where a firm stands; others act where a programme or a person is too."""

COMMON = (
    ("component_rate", 4.0),
    ("product_rate", 0.5),
    ("standard_rate", 0.5),
    ("closing_rate", 0.5),
    *GAINS,
    ("existing:test_field", 4.0),
    ("land_capacity", 0.3),
)
"""What is rare made common, so that one month in one place has enough of it."""


@pytest.fixture(scope="module")
def worlds() -> dict[int, World]:
    return {r: run(setup(doses(MONTH, {}), COMMON), r).world for r in REPLICATES}


def sites(world: World, local: Local) -> Sites:
    """Return the cluster and the district of each value as they were before the month."""
    if local is level:
        tracks = np.array(codes.CLUSTER_OF)
        return tracks[world.talents.track], _workplaces(world)
    if local is knowledge:
        cells = world.cells["district"]
        return np.repeat(np.arange(CLUSTERS), len(cells)), np.tile(cells, CLUSTERS)
    if len(local(world)) == BRANCHES * PLACES:
        branches, places = np.indices((BRANCHES, PLACES)).reshape(2, -1)
        return np.array(codes.CLUSTER_OF_BRANCH)[branches], np.array(codes.DISTRICT_OF_PLACE)[
            places
        ]
    return world.firms["cluster"], world.firms["district"]


def _workplaces(world: World) -> NDArray[np.int64]:
    """Return the district in which each talent works; of those without a post, the home."""
    employer = world.talents.employer
    at_firm = world.firms["district"][np.maximum(employer, 0)]
    institutes = world.programmes["district"][np.maximum(codes.INSTITUTE_BASE - employer, 0)]
    places = np.where(employer >= 0, at_firm, institutes)
    return np.where(employer == codes.SEARCHING, world.talents.home, places).astype(np.int64)


def part(name: str) -> float:
    """Return an instrument's part of a dose, in the parameter draw of replicate 0."""
    shared = float(record_of(0)[0]["safeguard_part"])
    parts = {entry.id: entry.part_of for entry in PLAN.instruments}
    if parts[name] is not None:
        return shared / list(parts.values()).count(parts[name])
    return 1.0 - shared if name in parts.values() else 1.0


@pytest.mark.parametrize("turn", range(3))
def test_no_dose_arrives_elsewhere(turn: int) -> None:
    """Every instrument in each of three places in turn, beside others that are elsewhere."""
    places = ((None, PUDONG), (INTELLIGENCE, None), (INTELLIGENCE, PUDONG))
    where = {name: places[(k + turn) % 3] for k, name in enumerate(INSTRUMENTS)}
    given = setup(doses(1, dict.fromkeys(INSTRUMENTS, 1.0)), where=where)
    expected = np.zeros((len(MECHANISMS), CLUSTERS, DISTRICTS))
    for name, at in where.items():
        area = (slice(None) if place is None else place for place in at)
        expected[(codes.MOVED[codes.instrument(name)], *area)] += part(name)
    assert run(given, 0).world.city["dose"][0, :, :CLUSTERS, :DISTRICTS] == pytest.approx(
        expected, rel=1e-12
    )


@pytest.mark.parametrize("name", PLACE_BOUND)
@pytest.mark.parametrize(("cluster", "district"), [(None, PUDONG), (INTELLIGENCE, None)])
def test_the_first_month_moves_what_is_there_and_nothing_elsewhere(
    name: str, cluster: int | None, district: int | None, worlds: dict[int, World]
) -> None:
    """Exact: outside the place, every firm, person or cell has the same bytes as without it."""
    local = PLACE_BOUND[name]
    moved_inside = 0
    for replicate, world in worlds.items():
        acting = doses(MONTH + 1, {name: DOSE}, MONTH)
        policy = setup(acting, COMMON, {name: (cluster, district)})
        nothing = setup(np.zeros_like(acting), COMMON)
        with_it = follow(copy(world), policy, replicate, MONTH).world
        without = follow(copy(world), nothing, replicate, MONTH).world
        moved = local(with_it) != local(without)
        clusters, districts = sites(world, local)
        inside = (cluster is None) | (clusters == cluster)
        inside &= (district is None) | (districts == district)
        newcomers = _newcomers(world, with_it, local) | _newcomers(world, without, local)
        assert not (moved & ~inside & ~newcomers).any()
        moved_inside += int((moved & inside).sum())
    assert moved_inside > 0


@pytest.mark.parametrize("name", AT_FIRMS)
def test_a_track_or_a_zone_is_a_place_too(name: str, worlds: dict[int, World]) -> None:
    """Exact: firms of other tracks, or outside the zone, have the same bytes as without it."""
    local, moved_inside = PLACE_BOUND[name], 0
    for (track, zone), (replicate, world) in product(((TRACK, None), (None, ZONE)), worlds.items()):
        acting = doses(MONTH + 1, {name: DOSE}, MONTH)
        policy = setup(acting, COMMON, {name: (track, zone)})
        with_it = follow(copy(world), policy, replicate, MONTH).world
        without = follow(copy(world), setup(np.zeros_like(acting), COMMON), replicate, MONTH).world
        moved = local(with_it) != local(without)
        branches, places = CLUSTERS + world.firms["track"], world.firms["place"]
        if len(moved) == BRANCHES * PLACES:
            branches, places = np.indices((BRANCHES, PLACES)).reshape(2, -1)
        inside = (branches == track) | (places == zone)
        newcomers = _newcomers(world, with_it, local) | _newcomers(world, without, local)
        assert not (moved & ~inside & ~newcomers).any()
        moved_inside += int((moved & inside).sum())
    assert moved_inside > 0


def _newcomers(before: World, after: World, local: Local) -> NDArray[np.bool_]:
    """Return the rows of firms that came this month: they had no place before it."""
    values = local(after)
    if len(values) != len(after.firms) or local is level:
        return np.zeros(len(values), dtype=np.bool_)
    fresh: NDArray[np.bool_] = before.firms["id"] != after.firms["id"]
    return fresh


def test_a_call_for_one_zone_names_that_alone() -> None:
    policy = setup(doses(1, {"pilot_zones": 1.0}), (), {"pilot_zones": (None, ZONE)})
    rows = run(policy, 0).world.programmes
    named = (rows["alive"] == 1) & (rows["kind"] == codes.PILOT_ZONE) & (rows["site"] != NOBODY)
    assert [PLAN.zones[k].id for k in rows["site"][named]] == ["zhangjiang"]


def test_zones_are_named_only_for_clusters_that_are_called() -> None:
    for cluster in range(CLUSTERS):
        policy = setup(doses(1, {"pilot_zones": 1.0}), (), {"pilot_zones": (cluster, None)})
        rows = run(policy, 0).world.programmes
        named = (rows["alive"] == 1) & (rows["kind"] == codes.PILOT_ZONE) & (rows["site"] != NOBODY)
        assert named.sum() == len(PLAN.zones)
        assert (rows["cluster"][named] == cluster).all()
