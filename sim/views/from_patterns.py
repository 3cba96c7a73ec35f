"""From patterns to their figure."""

from collections.abc import Iterator
from functools import partial

from sim.evidence.patterns.look import Looked
from sim.experiments.fill import Sample
from sim.language import Language
from sim.scenario import Scenario
from sim.views.experiment import unquoted
from sim.views.figures import Named
from sim.views.of_scenario import both, experiment
from sim.views.patterns import patterns


def pattern_figures(
    found: Looked, scenario: Scenario, sample: Sample, language: Language
) -> Iterator[Named]:
    """Yield the sheet of patterns, undrawn.

    Args:
        found: verdicts and some replicates.
        scenario: whose replicates they are.
        sample: seed and replicates.
        language: of all labels.
    """
    rests = experiment(both("experiment.patterns", base=unquoted(scenario.name)), scenario, sample)
    # Readings of the counts do not matter here: no count is shown.
    yield Named("patterns", partial(patterns, rests._replace(remark=None), found, language))
