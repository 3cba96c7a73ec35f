"""What was found: ``patterns.csv``, ``patterns.json``, ``replicates.csv`` and ``tracks.csv``."""

import json
import math
from collections.abc import Iterator
from typing import Any

from sim import ensemble
from sim.compiled import model_hash
from sim.csv_files import table
from sim.evidence.patterns.bands import patterns
from sim.evidence.patterns.look import Looked
from sim.evidence.patterns.measures import TRACK_MEASURES
from sim.evidence.patterns.verdict import MAJORITY, Finding, spread
from sim.experiments.fill import Sample
from sim.plan import PLAN
from sim.scenario import Scenario

HEADER = (
    "pattern",
    "median",
    "p10",
    "p90",
    "known",
    "band_low",
    "band_high",
    "rule",
    "pass_rate",
    "pass_low",
    "pass_high",
    "verdict",
    "in_view",
    "validates",
    "source",
)
"""Median, 10 % and 90 % quantile over replicates; in how many it could be measured; share of them
that pass and its 95 % interval; what the source was used for before."""


def files_of_patterns(
    found: Looked, scenario: Scenario, sample: Sample
) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file.

    Args:
        found: in the replicates of a scenario.
        scenario: whose replicates they are.
        sample: seed and replicates.
    """
    rows = [_row(finding) for finding in found.findings]
    yield "patterns.csv", table(HEADER, ([row[key] for key in HEADER] for row in rows))
    yield "replicates.csv", _replicates(found, sample)
    yield "tracks.csv", _tracks(found)
    said = {
        "model_hash": model_hash(),
        "seed": sample.seed,
        "replicates": sample.replicates,
        "scenario": scenario.resolved(),
        "scenario_hash": scenario.hash(),
        "majority": MAJORITY,
        "patterns": [
            {**row, "name": pattern.name._asdict(), "measure": pattern.measure._asdict(),
             "band": pattern.band._asdict()}
            for pattern, row in zip(patterns(), rows, strict=True)
        ],
    }  # fmt: skip
    yield "patterns.json", json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _row(finding: Finding) -> dict[str, Any]:
    pattern = finding.pattern
    return {
        "pattern": pattern.id,
        "median": _number(finding.median),
        "p10": _number(finding.low),
        "p90": _number(finding.high),
        "known": finding.known,
        "band_low": _number(pattern.low),
        "band_high": _number(pattern.high),
        "rule": pattern.rule,
        "pass_rate": finding.pass_rate.value,
        "pass_low": finding.pass_rate.low,
        "pass_high": finding.pass_rate.high,
        "verdict": finding.verdict,
        "in_view": pattern.in_view,
        "validates": pattern.validates,
        "source": pattern.source,
    }


def _number(value: float) -> float | str | None:
    """Return a number that JSON can hold: infinity is said in words, no number is nothing."""
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else ("inf" if value > 0 else "-inf")


def _replicates(found: Looked, sample: Sample) -> str:
    """Return every pattern's estimate in every replicate, its error, and whether it passes."""
    return table(
        ("pattern", "replicate", "draw", "value", "error", "passes"),
        (
            [
                finding.pattern.id,
                replicate,
                ensemble.draw_of(replicate),
                _number(each.value),
                _number(each.error),
                finding.pattern.passed(each),
            ]
            for finding in found.findings
            for replicate, each in zip(range(sample.replicates), finding.estimates, strict=True)
        ),
    )


def _tracks(found: Looked) -> str:
    """Return what is told track by track: its median and 10 % and 90 % quantile over replicates."""
    return table(
        ("track", "measure", "median", "p10", "p90"),
        (
            [track.id, name, _number(median), _number(low), _number(high)]
            for column, track in enumerate(PLAN.tracks)
            for row, name in enumerate(TRACK_MEASURES)
            for low, median, high in [spread(found.tracks[:, row, column])]
        ),
    )
