"""A comparison as files: ``comparison.csv``, ``areas.csv`` and ``comparison.json``."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.compiled import model_hash
from sim.estimate.paired import Difference
from sim.experiments.compare import Comparison
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
    "tie",
    "about_difference",
    "about_low",
    "about_high",
    "median_difference",
    "median_low",
    "median_high",
    "months_difference",
    "months_low",
    "months_high",
    "only_first",
    "only_second",
    "variance_reduction",
    "cost_first",
    "cost_second",
    "points_per_cost",
)
"""Likelihoods and their differences are fractions; costs 亿元 up to the end of 2030; points per
cost are percentage points for each 亿元 more."""


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
            ("first", "second", "quantity", "area", "difference", "low", "high", "tie"),
            (
                [each.first.id, each.second.id, *area, area.tie]
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
        "first": comparison.first.id,
        "second": comparison.second.id,
        "count": "all",
        "likelihood_first": comparison.joint_likelihoods[0],
        "likelihood_second": comparison.joint_likelihoods[1],
        **_difference("difference", comparison.joint),
        "tie": comparison.joint.tie,
        "variance_reduction": comparison.joint.reduction,
        "cost_first": comparison.costs[0],
        "cost_second": comparison.costs[1],
    }


def _packages(comparisons: Sequence[Comparison]) -> list[Any]:
    return [comparisons[0].first, *(each.second for each in comparisons)]


def _rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for number, count in enumerate(comparison.counts):
        months = count.months
        yield {
            "first": comparison.first.id,
            "second": comparison.second.id,
            "count": count.id,
            "likelihood_first": count.first,
            "likelihood_second": count.second,
            **_difference("difference", count.likelihood, "difference"),
            "tie": count.likelihood.tie,
            **_difference("about_difference", count.about, "about"),
            **_difference("median_difference", count.median, "median"),
            "months_difference": months.value if months else None,
            "months_low": months.low if months else None,
            "months_high": months.high if months else None,
            "only_first": count.joint[0],
            "only_second": count.joint[1],
            "variance_reduction": count.likelihood.reduction,
            "cost_first": comparison.costs[0],
            "cost_second": comparison.costs[1],
            "points_per_cost": comparison.points_per_cost(number),
        }


def _difference(name: str, found: Difference, ends: str | None = None) -> dict[str, float]:
    ends = ends or name
    return {name: found.value, f"{ends}_low": found.low, f"{ends}_high": found.high}


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


def table(header: Sequence[str], rows: Any) -> str:
    """Return a table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
