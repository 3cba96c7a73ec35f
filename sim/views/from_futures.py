"""From failing futures to their figure."""

from collections.abc import Iterator
from functools import partial

from sim.experiments.futures import Futures
from sim.language import Language
from sim.scenario import Scenario
from sim.store.fill import Sample
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.views.experiment import experiment
from sim.views.figures import Named
from sim.views.futures import futures
from sim.views.of_scenario import count_name


def futures_figures(
    found: Futures, count: str, base: Scenario, sample: Sample, language: Language
) -> Iterator[Named]:
    """Yield the figure of the futures that fail, undrawn; none if no part of them stands out.

    Args:
        found: the rules and the draws.
        count: id of the count, or ``all``.
        base: the scenario that was run.
        sample: its replicates.
        language: of all labels.
    """
    if found.rules:
        rests = experiment(worded("experiment.futures", base=unquoted(base.name)), base, sample)
        yield Named(f"futures_{count}", partial(futures, rests, count_name(count), found, language))
