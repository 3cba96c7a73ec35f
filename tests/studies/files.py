"""What studies would write into a folder, for tests that need its files."""

from collections.abc import Sequence

from sim.experiments.compare import Comparison
from sim.experiments.fill import Sample
from sim.present.tables import csv_files_of
from sim.studies.compare import document_of, file_tables
from sim.studies.shared.comparison import rests_on


def comparison_files(found: Sequence[Comparison], sample: Sample) -> list[tuple[str, str]]:
    """Return name and text of the files of a comparison, but for findings and figures."""
    basis = rests_on(found, sample)
    return [*csv_files_of(file_tables(found, basis.name)), document_of(found, [], basis)]
