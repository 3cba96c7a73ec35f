"""Differences between packages: as a comparison stored them, or computed from runs in pairs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.estimate.paired import Curves, Difference
from sim.estimate.rates import CostDifference
from sim.estimate.records import Decided
from sim.experiments.baseline import stored
from sim.experiments.compare import Comparison, CountDifference, compare
from sim.experiments.effect_rows import cost_difference_of, difference_of, joint_of
from sim.language import Text
from sim.parameters import UNCERTAIN
from sim.plan import PLAN
from sim.present.report.given import Given
from sim.present.report.readers import READ_SO, TURNED
from sim.present.report.wording import gap
from sim.spec.findings import Figure
from sim.store import Result
from sim.store.block import decembers
from sim.store.decides import drawn_in
from sim.store.fill import Ensemble, Sample
from sim.studies.shared.headline import headline
from sim.studies.shared.maps import Quantity
from sim.studies.shared.of_comparison import (
    Change,
    Package,
    difference_fans,
    difference_map,
    differences,
    effects,
)
from sim.studies.shared.turning import turned_by
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import in_both, unquoted
from sim.views.of_scenario import remark_on


class Compared(NamedTuple):
    """Two packages, the second against the first."""

    first: Text
    second: Text
    counts: tuple[CountDifference, ...]
    joint: Difference
    joint_likelihoods: tuple[float, float]
    joint_about: Difference
    joint_about_likelihoods: tuple[float, float]
    costs: tuple[float, float]
    more: CostDifference
    districts: Mapping[str, tuple[Difference, ...]]
    """Differences by district, for each quantity."""
    curves: Sequence[Curves] | None
    """Month by month, where the runs themselves are at hand."""
    turning: Sequence[Decided]
    """What turns each effect; empty where that was not looked at."""
    rests: Basis
    source: str
    areas_source: str
    beside: Mapping[str, str]
    """Sources of what else is told, by the names of files."""


def comparisons(given: Sequence[Given]) -> list[Compared]:
    """Return every comparison that the results hold, stored ones first."""
    found = [each for one in given if one.kind == "comparison" for each in _stored(one)]
    covered = {
        (one.document["scenario_hashes"][0], other)
        for one in given
        if one.kind == "comparison"
        for other in one.document["scenario_hashes"][1:]
    }
    runs = [one for one in given if one.result is not None]
    for other in runs[1:]:
        a, b = runs[0], other
        assert a.result is not None
        assert b.result is not None
        pair = (a.result.scenario_hash, b.result.scenario_hash)
        if pair not in covered and pair[0] != pair[1] and paired(a.result, b.result):
            found.append(_computed(a, b))
    return found


def paired(first: Result, second: Result) -> bool:
    """Return whether the replicates of two runs are pairs.

    They are if seed, number, model and horizon are the same, and parameters and known facts come
    from the same place.
    """
    one, other = first.manifest, second.manifest
    sources = SOURCES if one["scenario"].get("as_of") is None else (*SOURCES, "facts")
    return all(one[key] == other[key] for key in ALIKE) and all(
        one["scenario"].get(key) == other["scenario"].get(key) for key in sources
    )


ALIKE = ("seed", "replicates", "model_hash", "months")
"""What the manifests of two runs of pairs have in common."""
SOURCES = ("draws", "posterior", "as_of")
"""What their scenarios have in common: where parameters are drawn from, and what is known."""


def _stored(given: Given) -> list[Compared]:
    said = given.document
    names = [Text(**package["name"]) for package in said["packages"]]
    rests = Basis(
        worded("experiment.comparison", first=unquoted(names[0])),
        Sample(said["seed"], said["replicates"]),
        said["model_hash"],
        remark_on(*said["packages"]),
    )
    many = len(PLAN.counts)
    found = []
    for number, name in enumerate(names[1:]):
        told = said["counts"][number * many : (number + 1) * many]
        first, second = told[0]["first"], told[0]["second"]
        areas = [row for row in said["areas"] if (row["first"], row["second"]) == (first, second)]
        found.append(
            Compared(
                names[0],
                name,
                tuple(
                    difference_of(row)._replace(
                        other=said["readings"].get((first, second, row["count"]))
                    )
                    for row in told
                ),
                *joint_of(said["joint"][number]),
                (told[0]["cost_first"], told[0]["cost_second"]),
                cost_difference_of(told[0]),
                _districts(areas),
                None,
                said["turned"].get((first, second), ()),
                rests,
                given.cite("comparison.json"),
                given.cite("areas.csv"),
                {each.name: given.cite(each.name) for each in given.stamps},
            )
        )
    return found


def _districts(areas: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Difference, ...]]:
    known = {(row["quantity"], row["area"]): gap(row, "difference", "low", "high") for row in areas}
    return {
        quantity: tuple(known[quantity, district.id] for district in PLAN.districts)
        for quantity in dict.fromkeys(row["quantity"] for row in areas)
    }


def _computed(a: Given, b: Given) -> Compared:
    assert a.result is not None
    assert b.result is not None
    one, other = (_ensemble(each) for each in (a.result, b.result))
    adjusted = a.result.summary.baseline and b.result.summary.baseline
    packages = [one.scenario, other.scenario]
    known = stored(packages, one.seed, one.draws).baseline if adjusted else None
    found = compare(one, other, known)
    rests = Basis(
        worded("experiment.comparison", first=unquoted(found.first.name)),
        Sample(a.result.seed, a.result.replicates),
        a.result.manifest["model_hash"],
        remark_on(*(each.manifest["scenario"] for each in (a.result, b.result))),
    )
    source = " · ".join(each.cite("trajectories.parquet") for each in (a, b))
    held = {each["name"] for each in a.result.manifest["parameters"]}
    names = [name for name in UNCERTAIN if name in held]
    usual, turned = (drawn_in(each.folder, names) for each in (a.result, b.result))
    by = turned_by(usual, turned.values, turned.draws)
    return of_comparison(found, rests, source, by.counts)


def of_comparison(
    found: Comparison, rests: Basis, source: str, by: Sequence[Decided] = ()
) -> Compared:
    """Return a comparison that was just made, as one that was stored."""
    return Compared(
        found.first.name,
        found.second.name,
        found.counts,
        found.joint,
        found.joint_likelihoods,
        found.joint_about,
        found.joint_about_likelihoods,
        found.costs,
        found.more,
        _areas(found),
        found.curves,
        by,
        rests,
        source,
        source,
        dict.fromkeys((TURNED, READ_SO), source),
    )


def _areas(found: Comparison) -> dict[str, tuple[Difference, ...]]:
    rows = [
        {
            "quantity": each.quantity,
            "area": each.area,
            "difference": each.value,
            "low": each.low,
            "high": each.high,
        }
        for each in found.areas
    ]
    return _districts(rows)


def _ensemble(result: Result) -> Ensemble:
    """Return a run's replicates as experiments hold them."""
    counts = np.stack([result.recorded_count(name) for name in result.count_names], axis=2)
    at = decembers(result.months)
    measures = np.stack([result.measure(name)[:, at] for name in result.measure_names], axis=2)
    return Ensemble(result.scenario(), counts, result.draws(), measures, result.seed)


class Shown(NamedTuple):
    """A figure, and what the report says below it."""

    figure: Figure
    caption: Text
    source: str
    vectors: bool = True


def figures(found: Compared, quantity: Quantity = "output") -> Iterator[Shown]:
    """Yield the figures of a comparison."""
    told = in_both(lambda language: headline(found.counts, language))
    names, basis = (found.first, found.second), found.rests
    own = [row.effect for row in found.counts]
    changes = tuple(Change(row.first, row.second, row.likelihood) for row in found.counts)
    package = Package(found.second, changes, Change(*found.joint_likelihoods, found.joint))
    yield Shown(
        effects(basis, "effects", names, own, told),
        worded("report.effects"),
        found.source,
    )
    yield Shown(
        differences(basis, "differences", found.first, [package], told),
        worded("report.differences"),
        found.source,
    )
    if found.curves is not None:
        yield Shown(
            difference_fans(basis, "difference_fans", names, found.curves, told),
            worded("report.difference_fans"),
            found.source,
        )
    if quantity in found.districts:
        yield Shown(
            difference_map(basis, "difference_map", names, quantity, found.districts[quantity]),
            worded("report.difference_map"),
            found.areas_source,
            vectors=False,
        )
