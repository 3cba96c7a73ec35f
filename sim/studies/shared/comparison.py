"""All figures of a comparison of packages."""

from collections.abc import Iterator, Sequence

from sim.experiments.compare import Comparison
from sim.language import Text
from sim.plan import PLAN
from sim.spec import palette
from sim.spec.findings import Figure
from sim.store.fill import Sample
from sim.studies.shared.caveats import footed
from sim.studies.shared.headline import headline
from sim.studies.shared.maps import QUANTITIES
from sim.studies.shared.of_comparison import (
    Change,
    Package,
    difference_fans,
    difference_map,
    differences,
    effects,
)
from sim.studies.study import Basis, basis_of
from sim.text.catalogue import worded
from sim.text.joining import in_both, joined, unquoted

AT_ONCE = len(palette.PACKAGES)
"""Packages on one chart of differences."""


def rests_on(found: Sequence[Comparison], sample: Sample) -> Basis:
    """Return what the figures of a comparison rest on.

    Args:
        found: each package's comparison with the first, which is the same in all.
        sample: the replicates that all have in common.
    """
    first = found[0].first
    name = worded("experiment.comparison", first=unquoted(first.name))
    return basis_of(name, [first, *(each.second for each in found)], sample)


def comparison_figures(
    found: Sequence[Comparison], basis: Basis, *, single: bool = True
) -> Iterator[Figure]:
    """Yield the figures of a comparison.

    Args:
        found: each package's comparison with the first, which is the same in all.
        basis: what they rest on.
        single: whether each package also has fans and maps of its own.
    """
    told = [headlined(each) for each in found]
    likely = footed(basis, found[0].baseline)
    for start in range(0, len(found), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        packages = [package(each) for each in found[some]]
        stem = "differences" if len(found) <= AT_ONCE else f"differences_{start // AT_ONCE + 1}"
        yield differences(likely, stem, found[0].first.name, packages, joined(told[some]))
    for number, (each, said) in enumerate(zip(found if single else (), told, strict=False), 2):
        yield from of_one(each, basis, f"_{number}", said)


def of_one(found: Comparison, basis: Basis, ending: str, said: Text) -> Iterator[Figure]:
    """Yield the figures of one package alone.

    Args:
        found: its comparison with the first.
        basis: what they rest on.
        ending: of the stems of their files.
        said: what there is to see.
    """
    names = (found.first.name, found.second.name)
    own = [count.effect for count in found.counts]
    yield effects(basis, f"effects{ending}", names, own, said)
    yield difference_fans(basis, f"difference_fans{ending}", names, found.curves, said)
    for quantity in QUANTITIES:
        known = {area.area: area for area in found.areas if area.quantity == quantity}
        districts = [known[district.id] for district in PLAN.districts]
        yield difference_map(
            basis, f"difference_map_{quantity}{ending}", names, quantity, districts
        )


def headlined(found: Comparison) -> Text:
    """Return what the second package does, in a few sentences."""
    return in_both(lambda language: headline(found.counts, language))


def package(found: Comparison) -> Package:
    """Return a comparison as the chart of differences takes it."""
    counts = tuple(Change(each.first, each.second, each.likelihood) for each in found.counts)
    return Package(found.second.name, counts, Change(*found.joint_likelihoods, found.joint))
