"""A comparison as files: ``comparison.csv``, ``areas.csv`` and ``comparison.json``."""

import json
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from sim.csv_files import table
from sim.digest import model_hash
from sim.estimate.effects import Effect
from sim.estimate.paired import Difference
from sim.estimate.rates import CostDifference, Rate
from sim.experiments.compare import Comparison
from sim.experiments.effect_rows import COST, RATE, columns, names_of
from sim.experiments.existing import Existing
from sim.experiments.fill import Sample
from sim.scenario import Scenario

HEADER = (
    "first",
    "second",
    "count",
    "likelihood_first",
    "likelihood_second",
    "difference",
    "difference_low",
    "difference_high",
    "told_apart",
    "about_first",
    "about_second",
    "about_difference",
    "about_low",
    "about_high",
    "about_told_apart",
    *names_of(Effect),
    "count_told_apart",
    "months_difference",
    "months_low",
    "months_high",
    "only_first",
    "only_second",
    "variance_reduction",
    "cost_first",
    "cost_second",
    *names_of(CostDifference, COST),
    *names_of(Rate, RATE),
)
"""Likelihoods and their differences are fractions; costs 亿元 up to the end of 2030; points per
cost are percentage points for each 亿元 more; ``amount`` is in the count's unit. The columns of
effects are those of `sim.estimate.effects`, of rates those of `sim.estimate.rates`."""


def files_of(
    comparisons: Sequence[Comparison],
    existing: Sequence[Sequence[Existing]],
    sample: Sample,
) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file.

    Args:
        comparisons: each package against the first.
        existing: what exists only under one of them, for each comparison; may be empty.
        sample: seed and replicates.
    """
    rows = [row for comparison in comparisons for row in _rows(comparison)]
    joint = [_joint_row(each) for each in comparisons]
    yield "comparison.csv", comparison_table(rows, joint)
    yield (
        "areas.csv",
        table(
            ("first", "second", "quantity", "area", "difference", "low", "high", "told_apart"),
            (
                [each.first.id, each.second.id, *area, not area.tie]
                for each in comparisons
                for area in each.areas
            ),
        ),
    )
    said = {
        "model_hash": model_hash(),
        "seed": sample.seed,
        "replicates": sample.replicates,
        "packages": [each.resolved() for each in _packages(comparisons)],
        "scenario_hashes": [each.hash() for each in _packages(comparisons)],
        "counts": rows,
        "joint": joint,
        "existing": [
            {"first": each.first.id, "second": each.second.id, **entry._asdict()}
            for each, found in zip(comparisons, existing, strict=False)
            for entry in found
        ],
    }
    yield "comparison.json", json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def comparison_table(
    counts: Sequence[Mapping[str, Any]], joint: Sequence[Mapping[str, Any]]
) -> str:
    """Return ``comparison.csv``: the counts of every pair, then all thirteen together.

    Args:
        counts: the rows under ``counts`` of ``comparison.json``.
        joint: those under ``joint``; what a joint likelihood does not have stays empty.
    """
    return table(HEADER, ([row.get(key) for key in HEADER] for row in (*counts, *joint)))


def _joint_row(comparison: Comparison) -> dict[str, Any]:
    """Return what is known of all thirteen counts together, under the columns' names."""
    return {
        **_names(comparison, "all"),
        **_likelihoods(comparison.joint_likelihoods, comparison.joint),
        **_about(comparison.joint_about_likelihoods, comparison.joint_about),
        "variance_reduction": comparison.joint.reduction,
        **_costs(comparison),
    }


def _packages(comparisons: Sequence[Comparison]) -> list[Any]:
    return [comparisons[0].first, *(each.second for each in comparisons)]


def _rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for count in comparison.counts:
        months, effect = count.months, count.effect
        yield {
            **_names(comparison, count.id),
            **_likelihoods((count.first, count.second), count.likelihood),
            **_about(count.about_likelihoods, count.about),
            **columns("", effect),
            "count_told_apart": effect.told_apart,
            "months_difference": months.value if months else None,
            "months_low": _known(months.low) if months else None,
            "months_high": _known(months.high) if months else None,
            "only_first": count.joint[0],
            "only_second": count.joint[1],
            "variance_reduction": count.likelihood.reduction,
            **_costs(comparison),
            **(columns(RATE, count.rate) if count.rate else NO_RATE),
        }


NO_RATE = dict.fromkeys(names_of(Rate, RATE))


def _names(comparison: Comparison, count: str) -> dict[str, Any]:
    return {"first": comparison.first.id, "second": comparison.second.id, "count": count}


def _likelihoods(levels: tuple[float, float], found: Difference) -> dict[str, Any]:
    return {
        "likelihood_first": levels[0],
        "likelihood_second": levels[1],
        "difference": found.value,
        "difference_low": found.low,
        "difference_high": found.high,
        "told_apart": not found.tie,
    }


def _about(levels: tuple[float, float], found: Difference) -> dict[str, Any]:
    return {
        "about_first": levels[0],
        "about_second": levels[1],
        "about_difference": found.value,
        "about_low": found.low,
        "about_high": found.high,
        "about_told_apart": not found.tie,
    }


def _costs(comparison: Comparison) -> dict[str, Any]:
    return {
        "cost_first": comparison.costs[0],
        "cost_second": comparison.costs[1],
        **columns(COST, comparison.more),
    }


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def document(base: Scenario, sample: Sample, found: Mapping[str, Any]) -> str:
    """Return what an experiment on one scenario found as JSON, under what it rests on.

    Args:
        base: the scenario.
        sample: seed and replicates.
        found: plain data; numbers are finite.
    """
    said = {
        "base": base.resolved(),
        "model_hash": model_hash(),
        "seed": sample.seed,
        "replicates": sample.replicates,
        **found,
    }
    return json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
