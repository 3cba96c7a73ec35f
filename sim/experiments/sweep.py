"""Carry out a sweep and say what came of each of its points."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.csv_files import table
from sim.digest import model_hash
from sim.estimate import Summary
from sim.estimate.paired import Difference
from sim.experiments.costs import cost
from sim.experiments.likelihoods import summary_of
from sim.experiments.reached import JOINT, differences, reached
from sim.experiments.sweep_file import Sweep
from sim.experiments.sweep_indices import DESIGN, Explained, explained, index_rows
from sim.experiments.sweep_indices import HEADER as INDICES
from sim.model.world.layout import DUE
from sim.spec.notebook import html_of
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.summaries import HEADER, to_document
from sim.store.work import Where

LIKELIHOOD = ("likelihood", "likelihood_low", "likelihood_high")
ABOUT = ("about", "about_low", "about_high")
AGAINST = ("difference", "difference_low", "difference_high", "told_apart")
"""Columns of a likelihood's paired difference to that of the base."""


class SweepResult(NamedTuple):
    """What came of a sweep."""

    sweep: Sweep
    sample: Sample
    summaries: tuple[Summary, ...]
    """One for each point."""
    changes: tuple[tuple[Difference, ...], ...]
    """Of each point, how each count's likelihood and that of all together differ from those of the
    base, pair by pair, shape (points, 14)."""
    costs: tuple[float, ...]
    """Public cost of each point until counts are due, 亿元."""
    ran: int
    """Replicates that were not in the store and had to be run."""
    indices: tuple[Explained, ...] = ()
    """Of a ``sobol`` design: what its factors explain."""

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return html_of(self)


def run_sweep(
    sweep: Sweep, sample: Sample, store: Store, where: Where, watch: Watcher | None = None
) -> SweepResult:
    """Run what the store does not hold and summarise every point, one at a time.

    Raises:
        Problem: the store or the cluster cannot be used.
    """
    ran = fill(sweep.scenarios, sample, store, where, watch)
    base = reached(load(sweep.scenarios[sweep.base_point], sample, store))
    summaries, changes = [], []
    for scenario in sweep.scenarios:
        found = load(scenario, sample, store)
        summaries.append(summary_of(found))
        changes.append(differences(base, reached(found)))
    costs = tuple(cost(scenario, DUE + 1) for scenario in sweep.scenarios)
    told = summaries[: sweep.designed] if sweep.design == DESIGN else []
    indices = explained(told, len(sweep.factors)) if told else ()
    return SweepResult(sweep, sample, tuple(summaries), tuple(changes), costs, ran, indices)


def files_of_sweep(result: SweepResult) -> Iterator[tuple[str, str]]:
    """Yield ``points.csv``, ``sweep.csv`` (a row per point and count) and ``sweep.json``.

    In both tables the base is marked; each likelihood stands beside its difference to the base. A
    ``sobol`` design has ``indices.csv`` as well.
    """
    sweep, names = result.sweep, [factor.name for factor in result.sweep.factors]
    points = list(zip(sweep.points, result.costs, strict=True))
    yield (
        "points.csv",
        table(
            ["point", "base", *names, "public_cost"],
            (
                [number, number == sweep.base_point, *map(_plain, point), cost]
                for number, (point, cost) in enumerate(points)
            ),
        ),
    )
    if sweep.design == DESIGN:
        yield "indices.csv", table(INDICES, index_rows(names, result.indices))
    documents = [to_document(summary) for summary in result.summaries]
    yield "sweep.csv", table(["point", "base", *HEADER, *AGAINST], _rows(result, documents))
    said = {
        "sweep": sweep.id,
        "name": sweep.name._asdict(),
        "design": sweep.design,
        "base": sweep.base.resolved(),
        "model_hash": model_hash(),
        "seed": result.sample.seed,
        "replicates": result.sample.replicates,
        "factors": names,
        "base_point": sweep.base_point,
        "points": [
            {
                "point": number,
                "scenario_hash": scenario.hash(),
                "values": [_plain(value) for value in point],
                "public_cost": cost,
                "summary": document,
                "differences": [change._asdict() for change in changes],
            }
            for number, ((point, cost), scenario, document, changes) in enumerate(
                zip(points, sweep.scenarios, documents, result.changes, strict=True)
            )
        ],
        "indices": [
            {
                "count": each.count_id,
                "of": each.of,
                "factors": each.indices and [index._asdict() for index in each.indices],
            }
            for each in result.indices
        ],
    }
    yield "sweep.json", json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _rows(result: SweepResult, documents: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """Yield each point's counts and all counts together, beside what they change."""
    for number, (document, changes) in enumerate(zip(documents, result.changes, strict=True)):
        joint = {
            "count": JOINT,
            **dict(zip(LIKELIHOOD, document["joint"].values(), strict=True)),
            **dict(zip(ABOUT, document["joint_about"].values(), strict=True)),
        }
        for row, change in zip([*document["counts"], joint], changes, strict=True):
            told = [*change[:3], not change.tie]
            base = number == result.sweep.base_point
            yield [number, base, *(row.get(key) for key in HEADER), *told]


def _plain(value: Any) -> Any:
    """Return a factor's value as a cell of a table."""
    return " ".join(value) if isinstance(value, tuple) else value
