"""Packages that were searched, by cost and likelihood, or by the likelihoods of several goals."""

from collections.abc import Iterator, Sequence

from sim.estimate import Interval
from sim.experiments.search import Candidate, Searched
from sim.language import NOTHING, Text
from sim.spec import palette, scales
from sim.spec.findings import Figure
from sim.spec.marks import Dots, Ending, Layer, Line, Panel, Panels, Pieces, Scale, numbers
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import commas
from sim.text.numbers import percent

SIZE = (10.0, 5.6)
HIGH = 4.4
"""Inches: of a sheet with one chart, and of a row of several."""
ANEW = 6.5
SEEN, GIVEN_UP = 4.5, 3.0
"""Sizes of dots: run anew, as the search saw them, and given up."""


def figure(searched: Searched, basis: Basis, said: Text) -> Figure:
    """Return packages by cost and likelihood; for several goals, by their likelihoods.

    Args:
        searched: the search.
        basis: what it rests on.
        said: what there is to see, in words.
    """
    goals = len(searched.goals)
    panels = tuple(_panel(searched, at) for at in ([0] if goals == 1 else range(1, goals)))
    columns = min(2, len(panels))
    size = SIZE if len(panels) == 1 else (2 * 6.6, 2.2 + HIGH * -(-len(panels) // 2))
    key = "cost" if goals == 1 else "goals"
    told = worded("search.interval")
    return basis.figure(
        "front",
        worded(f"search.title_{key}", goal=commas(each.name for each in searched.goals)),
        worded(f"search.subtitle_{key}"),
        Panels(panels, columns, size, "each" if len(panels) <= columns else "last"),
        told,
        alternative=said,
    )


def _panel(searched: Searched, at: int) -> Panel:
    """Return the likelihood of one goal against cost, or against that of the first goal."""
    single = len(searched.goals) == 1
    up = scales.shares()._replace(label=worded("search.likelihood", goal=searched.goals[at].name))
    if single:
        costs = [each.package.cost for each in (*searched.tried, searched.base)]
        across = _upward(max(1.0, *costs))
    else:
        first = worded("search.likelihood", goal=searched.goals[0].name)
        across = scales.shares()._replace(label=first)
    layers = tuple(_layers(searched, at, single=single))
    return Panel(NOTHING, across, up, layers, endings=tuple(_endings(searched)) if single else ())


def _upward(top: float) -> Scale:
    found = scales.upward(top)
    return found._replace(low=-0.03 * top, high=1.03 * top, label=worded("search.cost_axis"))


def _layers(searched: Searched, at: int, *, single: bool) -> Iterator[Layer]:
    """Yield the front, what the search saw, what it gave up, and what was run anew."""

    def seen(each: Candidate) -> tuple[float, float]:
        return (each.package.cost if single else each.found[0]), each.found[at]

    def fresh(each: Candidate) -> tuple[float, float]:
        return (each.package.cost if single else each.fresh[0].value), each.fresh[at].value

    def dots(
        points: Sequence[tuple[float, float]], key: str, colour: str, size: float, *, hollow: bool
    ) -> Dots:
        across, up = (numbers(each[end] for each in points) for end in (0, 1))
        return Dots(across, up, colour, size=size, name=worded(f"search.{key}"), hollow=hollow)

    along = sorted(map(seen, searched.front))
    costs, likely = (numbers(each[end] for each in along) for end in (0, 1))
    yield Line(costs, likely, palette.BANDS[2], 1.6)
    whole = searched.base.replicates
    early = [seen(each) for each in searched.tried if each.replicates < whole]
    if early:
        yield dots(early, "given_up", palette.PALE, GIVEN_UP, hollow=False)
    judged = [seen(each) for each in searched.tried if each.replicates == whole]
    yield dots(judged, "as_seen", palette.GREY, SEEN, hollow=True)
    anew = (*searched.best, *searched.front)
    yield Pieces(tuple((*seen(each), *fresh(each)) for each in anew), palette.PALE, 0.9)
    for own, key, colour in (
        (anew, "again", palette.BLUE),
        ((searched.base,), "given", palette.VERMILION),
    ):
        yield Pieces(tuple(_upright(fresh(each), each.fresh[at]) for each in own), colour, 1.8)
        if not single:
            yield Pieces(tuple(_level(fresh(each), each.fresh[0]) for each in own), colour, 1.8)
        yield dots([fresh(each) for each in own], key, colour, ANEW, hollow=False)


def _upright(at: tuple[float, float], found: Interval) -> tuple[float, float, float, float]:
    return at[0], found.low, at[0], found.high


def _level(at: tuple[float, float], found: Interval) -> tuple[float, float, float, float]:
    return found.low, at[1], found.high, at[1]


def _endings(searched: Searched) -> Iterator[Ending]:
    """Yield what the best package and the one given come to, beside the chart."""
    for name, each, colour in (
        ("#1", searched.best[0], palette.BLUE),
        (worded("search.given"), searched.base, palette.VERMILION),
    ):
        value = percent(each.fresh[0].value)
        text = worded("list.pair", one=name, other=value)
        yield Ending(each.fresh[0].value, text, colour)
