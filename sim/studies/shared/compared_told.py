"""What is told of two packages in sentences: what rises and falls, what they cost, all together."""

from collections.abc import Iterator

from sim.language import NOTHING, Text
from sim.spec.findings import Sentence
from sim.studies.shared.compared import Told, levels, points
from sim.studies.shared.headline import headline
from sim.text.catalogue import worded
from sim.text.joining import in_both
from sim.text.together import amount, together

INTERVALS = 4
"""Of every count, at least: change, ratio, points strict and 左右."""


def sentences(found: Told) -> Iterator[Sentence]:
    """Yield what the second package does and costs, in words."""
    yield Sentence(in_both(lambda language: headline(found.counts, language)))
    yield Sentence(costs_told(found))


def costs_told(found: Told) -> Text:
    """Return a sentence on what both packages cost, and how sure their difference is."""
    costs, more = found.costs, found.more
    return worded(
        "compare.costs",
        first=f"{costs[0]:.0f}",
        second=f"{costs[1]:.0f}",
        mean=amount(more.mean),
        ends=f"{amount(more.low)} … {amount(more.high)}",
        open=NOTHING if more.told_apart else worded("compare.costs_open"),
    )


def all_together(found: Told) -> Text:
    """Return a sentence on the likelihood of all counts together, strict and 左右."""
    strict = together(*found.joint_likelihoods, found.joint)
    about = together(*found.joint_about_likelihoods, found.joint_about)
    one, other = (
        f"{levels(rounded)}, {points(rounded, difference)}"
        for rounded, difference in ((strict, found.joint), (about, found.joint_about))
    )
    return worded("compare.together", strict=one, about=other)


def intervals(found: Told) -> int:
    """Return how many intervals the tables and the sentence on all counts hold."""
    counts = found.counts
    some = sum(
        (each.months is not None) + (each.rate is not None) + 2 * (each.other is not None)
        for each in counts
    )
    return INTERVALS * len(counts) + 2 + some
