"""From opened gates, and from failing futures, to their figures."""

from collections.abc import Iterator, Sequence
from functools import partial

from sim.experiments.futures import Futures
from sim.experiments.gates import Opened
from sim.language import Language
from sim.scenario import Scenario
from sim.store.fill import Sample
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.views.figures import Named
from sim.views.futures import futures
from sim.views.gates import Held, gates
from sim.views.of_scenario import count_name, experiment


def gates_figures(
    found: Sequence[Opened], base: Scenario, sample: Sample, language: Language
) -> Iterator[Named]:
    """Yield the figure of what holds each count back, undrawn.

    Args:
        found: one for each gate.
        base: the scenario with all gates as they are.
        sample: the replicates that all have in common.
        language: of all labels.
    """
    rests = experiment(worded("experiment.gates", base=unquoted(base.name)), base, sample)
    beside = zip(*(opened.comparison.counts for opened in found), strict=True)
    counts = [Held(own[0].first, [each.likelihood for each in own]) for own in beside]
    names = [opened.gate.name for opened in found]
    yield Named("gates", partial(gates, rests, names, counts, language))


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
