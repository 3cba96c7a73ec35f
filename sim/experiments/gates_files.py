"""Opened gates as files: ``gates.csv`` and ``gates.json``."""

from collections.abc import Iterator, Sequence

from sim.csv_files import table
from sim.experiments.files import document
from sim.experiments.gates import TWICE, Opened
from sim.scenario import Scenario
from sim.store.fill import Sample


def files_of_gates(
    base: Scenario, found: Sequence[Opened], sample: Sample
) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file.

    ``gates.csv`` holds what each gate, opened, adds to each count's likelihood, in fractions;
    ``gates.json`` what that rests on: the scenario, seed, replicates, model, and what was opened.
    """
    yield (
        "gates.csv",
        table(
            ("gate", "count", "likelihood", "difference", "low", "high", "told_apart"),
            (
                [opened.gate.id, each.id, each.first, *each.likelihood[:3], not each.likelihood.tie]
                for opened in found
                for each in opened.comparison.counts
            ),
        ),
    )
    gates = {each.gate.id: list(each.gate.parameters) for each in found}
    yield "gates.json", document(base, sample, {"factor": TWICE, "gates": gates})
