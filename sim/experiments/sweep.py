"""Carry out a sweep and say what came of each of its points."""

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from sim.compiled import model_hash
from sim.estimate import Summary, summarise
from sim.experiments.comparison_files import table
from sim.experiments.costs import cost
from sim.experiments.fill import Sample, Watcher, fill, load
from sim.experiments.store import Store
from sim.experiments.sweep_file import Sweep
from sim.experiments.sweep_indices import DESIGN, index_rows
from sim.experiments.sweep_indices import HEADER as INDICES
from sim.experiments.work import Where
from sim.store.summaries import HEADER, to_document
from sim.world.layout import END_OF_2030


class SweepResult(NamedTuple):
    """What came of a sweep."""

    sweep: Sweep
    sample: Sample
    summaries: tuple[Summary, ...]
    """One for each point."""
    costs: tuple[float, ...]
    """Public cost of each point up to the end of 2030, 亿元."""
    ran: int
    """Replicates that were not in the store and had to be run."""

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        # Named, not imported: figures lie above this room, and matplotlib takes its time.
        return str(import_module("sim.views.notebook").html_of(self))


def run_sweep(
    sweep: Sweep, sample: Sample, store: Store, where: Where, watch: Watcher | None = None
) -> SweepResult:
    """Run what the store does not hold and summarise every point, one at a time.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    ran = fill(sweep.scenarios, sample, store, where, watch)
    summaries = []
    for scenario in sweep.scenarios:
        found = load(scenario, sample, store)
        summaries.append(
            summarise(
                found.counts,
                found.draws,
                END_OF_2030,
                scenario.tolerance,
                sequential=False,
                readings=scenario.readings,
            )
        )
    costs = tuple(cost(scenario, END_OF_2030 + 1) for scenario in sweep.scenarios)
    return SweepResult(sweep, sample, tuple(summaries), costs, ran)


def files_of_sweep(result: SweepResult) -> Iterator[tuple[str, str]]:
    """Yield ``points.csv``, ``sweep.csv`` (a row per point and count) and ``sweep.json``.

    A ``sobol`` design has ``indices.csv`` as well.
    """
    names = [factor.name for factor in result.sweep.factors]
    points = list(zip(result.sweep.points, result.costs, strict=True))
    yield (
        "points.csv",
        table(
            ["point", *names, "public_cost"],
            ([number, *map(_plain, point), cost] for number, (point, cost) in enumerate(points)),
        ),
    )
    if result.sweep.design == DESIGN:
        yield "indices.csv", table(INDICES, index_rows(names, result.summaries))
    documents = [to_document(summary) for summary in result.summaries]
    yield (
        "sweep.csv",
        table(
            ["point", *HEADER],
            (
                [number, *(row[key] for key in HEADER)]
                for number, document in enumerate(documents)
                for row in document["counts"]
            ),
        ),
    )
    said = {
        "sweep": result.sweep.id,
        "name": result.sweep.name._asdict(),
        "design": result.sweep.design,
        "base": result.sweep.base.resolved(),
        "model_hash": model_hash(),
        "seed": result.sample.seed,
        "replicates": result.sample.replicates,
        "factors": names,
        "points": [
            {
                "point": number,
                "scenario_hash": scenario.hash(),
                "values": [_plain(value) for value in point],
                "public_cost": cost,
                "summary": document,
            }
            for number, ((point, cost), scenario, document) in enumerate(
                zip(points, result.sweep.scenarios, documents, strict=True)
            )
        ],
    }
    yield "sweep.json", json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    """Return a factor's value as a cell of a table."""
    return " ".join(value) if isinstance(value, tuple) else value
