"""From an attribution to its figures."""

from collections.abc import Iterator, Sequence
from functools import partial

from sim.experiments.attribution import CountAttribution
from sim.language import Language
from sim.plan import PLAN
from sim.scenario import Scenario
from sim.store.fill import Sample
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.views.attribution import Shares, attribution
from sim.views.experiment import experiment
from sim.views.figures import Named
from sim.views.interactions import interactions


def attribution_figures(
    found: Sequence[CountAttribution], base: Scenario, sample: Sample, language: Language
) -> Iterator[Named]:
    """Yield the figures of an attribution, undrawn.

    Args:
        found: one for each count, in the plan's order.
        base: scenario whose plans were switched on and off.
        sample: the replicates that all combinations have in common.
        language: of all labels.
    """
    rests = experiment(worded("experiment.attribution", base=unquoted(base.name)), base, sample)
    rows = [Shares(each.without, each.likelihood.players, each.with_all) for each in found]
    yield Named("attribution", partial(attribution, rests, rows, language))
    for count, each in zip(PLAN.counts, found, strict=True):
        yield Named(
            f"interactions_{count.id}",
            partial(interactions, rests, count, each.likelihood.pairs, language),
        )
