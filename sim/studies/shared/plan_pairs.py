"""What pairs of plans do together beyond what each does, as columns and as a figure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.estimate.shapley import Attribution, Share
from sim.experiments.attribution import PLANS
from sim.language import Text
from sim.plan import PLAN
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Beside, Interval, Row, Rows, Series, Told
from sim.spec.table import Column, read
from sim.studies.shared.points import in_points
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import capitalised
from sim.views.by_chance import by_chance

WIDTH, AROUND, ROW = 11.5, 2.5, 0.36
"""Inches: of the sheet of pairs, around its rows, for one row."""
NAMES = {plan.id: plan.name for plan in PLAN.plans}
FIELDS = ("value", "low", "high")
NOTHING = (None,) * 3


class Owed(NamedTuple):
    """What each plan is owed of one count, or of an objective as a whole."""

    id: str
    name: Text
    likelihood: Attribution
    """Shares of the likelihood, fractions."""
    median: Attribution | None
    """Shares of the median, in the count's unit; None of an objective."""
    without: float
    """Likelihood without any of the plans."""
    with_all: float


class Pair(NamedTuple):
    """What two plans do together beyond what each does."""

    of: Owed
    one: str
    other: str
    likelihood: Share
    median: Share | None


def pairs_of(each: Owed) -> Iterator[Pair]:
    """Yield what each pair of plans does together to a count."""
    for (i, j), share in each.likelihood.pairs.items():
        median = None if each.median is None else each.median.pairs[i, j]
        yield Pair(each, PLANS[i], PLANS[j], share, median)


PAIRS: Sequence[Column[Pair]] = (
    read(worded("attribute.count"), lambda each: each.of.name, share=2.0, number=False),
    read(
        worded("attribute.plans"), lambda each: _both(each.one, each.other), share=3.0, number=False
    ),
    read(worded("attribute.interaction"), lambda each: in_points(each.likelihood)),
)


def _both(*plans: str) -> Text:
    one, other = (NAMES[plan] for plan in plans)
    return worded("attribute.both", one=one, other=other)


PAIRS_IN_FILE: Sequence[Column[Pair]] = (
    Column(("count", "plan", "other"), lambda each: (each.of.id, each.one, each.other)),
    Column(FIELDS, lambda each: each.likelihood),
    Column(("median", "median_low", "median_high"), lambda each: each.median or NOTHING),
)
"""``interactions.csv``, likewise."""


def pairs_figure(pairs: Sequence[Pair], looked_at: int, basis: Basis) -> Figure:
    """Return the interactions of pairs of plans, on one axis.

    Args:
        pairs: clear of nought, the largest first.
        looked_at: pairs from which they come.
        basis: what they rest on.
    """
    ends = [100 * end for each in pairs for end in each.likelihood]
    mark = Rows(
        scales.differing(*scales.around((0.0, *ends))),
        (Series(worded("attribute.interaction"), palette.BLUE),),
        (
            Beside(worded("attribute.count"), flush="left", after=False),
            Beside(worded("attribute.plans"), palette.INK, flush="left", after=False),
            Beside(worded("attribute.interaction")),
        ),
        tuple(map(_row, range(len(pairs)), pairs)),
        (WIDTH, AROUND + ROW * len(pairs)),
        zero=0.0,
    )
    title, subtitle = worded("attribute.pairs_title"), worded("attribute.pairs_subtitle")
    told = [worded("attribute.pairs_interval")]
    told += by_chance(looked_at)
    return basis.figure("interactions", title, subtitle, mark, *told, alternative=title)


def _row(at: int, pair: Pair) -> Row:
    name, text = pair.of.name, in_points(pair.likelihood)
    texts = (capitalised(name), _both(pair.one, pair.other), Text(text, text))
    value, low, high = (100 * end for end in pair.likelihood)
    return Row(float(at), tuple((Told(each),) for each in texts), (Interval(value, low, high),))
