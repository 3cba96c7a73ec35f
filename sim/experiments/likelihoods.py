"""Likelihoods of the packages that an experiment is about, as a file beside its own.

Whatever an experiment looks at, its folder also holds what a run of the same packages would: both
thresholds, the other reading where it differs, and the range over parameters. So a report has the
same caveats whichever folder it is made from.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sim.digest import model_hash
from sim.estimate import Summary, summarise
from sim.estimate.controls import Baseline
from sim.model.world.layout import DUE
from sim.scenario import Scenario
from sim.store.fill import Ensemble, Sample, load
from sim.store.store import Store
from sim.store.summaries import listed, to_document

FILE: Final = "likelihoods.json"


def likelihoods_file(
    scenarios: Iterable[Scenario],
    sample: Sample,
    store: Store,
    baseline: Baseline | None = None,
) -> tuple[str, str]:
    """Return the file's name and text.

    Args:
        scenarios: packages whose replicates are in the store; those that do the same stand once.
        sample: seed and replicates of each.
        store: that holds them.
        baseline: by which likelihoods are adjusted (`sim.experiments.baseline.beside`).

    Raises:
        Problem: some are not there, or are damaged.
    """
    packages = {scenario.hash(): scenario for scenario in scenarios}
    found = (load(each, sample, store) for each in packages.values())
    return FILE, document(found, sample, baseline)


def document(found: Iterable[Ensemble], sample: Sample, baseline: Baseline | None = None) -> str:
    """Return the likelihoods of some packages as JSON."""
    said = {
        "model_hash": model_hash(),
        "seed": sample.seed,
        "replicates": sample.replicates,
        "packages": [
            {
                "scenario": each.scenario.resolved(),
                "scenario_hash": each.scenario.hash(),
                "summary": to_document(summary_of(each, baseline)),
            }
            for each in found
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def summary_of(found: Ensemble, baseline: Baseline | None = None) -> Summary:
    """Return what an ensemble says about the counts when counts are due.

    Args:
        found: the ensemble.
        baseline: by which likelihoods are adjusted (`sim.experiments.baseline.beside`).
    """
    scenario = found.scenario
    summary = summarise(
        found.counts,
        found.draws,
        DUE,
        scenario.tolerance,
        sequential=False,
        readings=scenario.readings,
        baseline=baseline,
    )
    return replace(summary, listed=listed(scenario))
