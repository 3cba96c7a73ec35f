"""Likelihoods of the packages that an experiment is about, as a file beside its own.

Whatever an experiment looks at, its folder also holds what a run of the same packages would: both
thresholds, the other reading where it differs, and the range over parameters. So a report has the
same caveats whichever folder it is made from.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sim.digest import model_hash
from sim.estimate import Summary, summarise
from sim.estimate.controls import Baseline
from sim.experiments.baseline import Stored, stored
from sim.model.world.layout import DUE
from sim.scenario import Scenario
from sim.spec.stored import as_json
from sim.store.fill import Ensemble, Sample, load
from sim.store.store import Store
from sim.store.summaries import listed, to_document

FILE: Final = "likelihoods.json"


def likelihoods_file(
    scenarios: Iterable[Scenario], sample: Sample, store: Store
) -> tuple[str, str]:
    """Return the file's name and text.

    Args:
        scenarios: packages whose replicates are in the store; those that do the same stand once.
        sample: seed and replicates of each.
        store: that holds them.

    Raises:
        Problem: some are not there, or are damaged.
    """
    packages = {scenario.hash(): scenario for scenario in scenarios}
    return FILE, document((load(each, sample, store) for each in packages.values()), sample)


def likelihoods_of(found: Iterable[Ensemble], sample: Sample) -> tuple[str, str]:
    """Return the same file of replicates that were read already."""
    packages = {each.scenario.hash(): each for each in found}
    return FILE, document(packages.values(), sample)


def document(found: Iterable[Ensemble], sample: Sample) -> str:
    """Return the likelihoods of some packages as JSON: each is what a run of it says."""
    said = {
        "model_hash": model_hash(),
        "seed": sample.seed,
        "replicates": sample.replicates,
        "packages": [
            {
                "scenario": each.scenario.resolved(),
                "scenario_hash": each.scenario.hash(),
                "summary": to_document(summary_of(each, stored_for(each).baseline)),
            }
            for each in found
        ],
    }
    return as_json(said)


def stored_for(*found: Ensemble) -> Stored:
    """Return the stored baseline for some ensembles, if it serves them all."""
    first = found[0]
    return stored([each.scenario for each in found], first.seed, first.draws)


def summary_of(found: Ensemble, baseline: Baseline | None = None) -> Summary:
    """Return what an ensemble says about the counts when counts are due.

    Args:
        found: the ensemble.
        baseline: by which likelihoods are adjusted (`sim.experiments.baseline.stored`).
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
