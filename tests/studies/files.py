"""What studies would write into a folder, for tests that need its files."""

from collections.abc import Sequence
from typing import Any

from sim.experiments.compare import Comparison
from sim.present.tables import csv_files_of
from sim.scenario import Scenario
from sim.spec.findings import Findings
from sim.spec.stored import FILE, document
from sim.store.fill import Sample
from sim.studies.shared.compared_file import document_of, file_tables
from sim.studies.shared.comparison import rests_on
from sim.studies.study import Study, basis_of


def comparison_files(found: Sequence[Comparison], sample: Sample) -> list[tuple[str, str]]:
    """Return name and text of the files of a comparison, but for findings and figures."""
    basis = rests_on(found, sample)
    return [*csv_files_of(file_tables(found, basis.name)), document_of(found, [], basis)]


def study_files(
    study: Study[Any], found: Any, scenarios: Sequence[Scenario], sample: Sample
) -> list[tuple[str, str]]:
    """Return name and text of the files of a study that found something, but for figures."""
    basis = basis_of(study.help, scenarios, sample)
    parts = tuple(study.parts(found, basis))
    told = Findings(study.id, study.help, basis.model, sample.seed, sample.replicates, parts)
    more = [] if study.files is None else study.files(found, basis)
    return [*csv_files_of(parts), *more, (FILE, document(told))]
