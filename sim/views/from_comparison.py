"""From a comparison of packages to its figures."""

from collections.abc import Iterator, Sequence
from functools import partial

from sim.experiments.compare import Comparison
from sim.experiments.fill import Sample
from sim.language import Language
from sim.plan import PLAN
from sim.spec import palette
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.views.difference_fans import difference_fans
from sim.views.difference_map import difference_map
from sim.views.differences import Change, Package, differences
from sim.views.district_map import QUANTITIES
from sim.views.effects import effects
from sim.views.figures import Named
from sim.views.of_scenario import experiment

AT_ONCE = len(palette.PACKAGES)
"""Packages on one chart of differences."""


def comparison_figures(
    found: Sequence[Comparison], sample: Sample, language: Language, *, single: bool = True
) -> Iterator[Named]:
    """Yield the figures of a comparison, undrawn.

    Args:
        found: each package's comparison with the first, which is the same in all.
        sample: the replicates that all have in common.
        language: of all labels.
        single: whether each package also has fans and maps of its own.
    """
    first = found[0].first
    rests = experiment(worded("experiment.comparison", first=unquoted(first.name)), first, sample)
    for start in range(0, len(found), AT_ONCE):
        packages = [_package(each) for each in found[start : start + AT_ONCE]]
        stem = "differences" if len(found) <= AT_ONCE else f"differences_{start // AT_ONCE + 1}"
        yield Named(stem, partial(differences, rests, first.name, packages, language))
    for number, each in enumerate(found if single else (), start=2):
        names = (first.name, each.second.name)
        own = [count.effect for count in each.counts]
        yield Named(f"effects_{number}", partial(effects, rests, *names, own, language))
        yield Named(
            f"difference_fans_{number}",
            partial(difference_fans, rests, *names, each.curves, language),
        )
        for quantity in QUANTITIES:
            known = {area.area: area for area in each.areas if area.quantity == quantity}
            districts = [known[district.id] for district in PLAN.districts]
            yield Named(
                f"difference_map_{quantity}_{number}",
                partial(difference_map, rests, names, quantity, districts, language),
            )


def _package(found: Comparison) -> Package:
    counts = tuple(Change(each.first, each.second, each.likelihood) for each in found.counts)
    return Package(found.second.name, counts, Change(*found.joint_likelihoods, found.joint))
