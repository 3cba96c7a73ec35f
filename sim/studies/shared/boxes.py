"""Boxes of parameters in which a target is missed, among the draws they were measured on."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.estimate.discovery import Condition, Rule, rounded
from sim.estimate.groups import Floats
from sim.estimate.objectives import Objective
from sim.language import Text
from sim.parameters import find
from sim.spec import palette
from sim.spec.findings import Figure
from sim.spec.marks import Area, Dots, Layer, Panel, Panels, Pieces, Scale, numbers
from sim.spec.scales import ticked
from sim.studies.study import Basis
from sim.text.catalogue import worded
from sim.text.joining import between, unquoted
from sim.text.numbers import percent, percent_range
from sim.views.parameter_names import parameter_unit, short_names

MOST = 3
"""Boxes that are drawn."""
WIDE, HIGH, AROUND = 6.6, 3.9, 2.2
"""Inches: of the place for a box, and above and below all of them."""
APART = 0.13
"""Share of a scale that two of its numbers keep between them."""
DOTS = ((150, 5.0), (600, 3.4), (10**9, 1.8))
"""Up to how many draws a dot has which size in points."""
OUTSIDE = 0.45
"""Size of a dot that a further condition leaves out, over that of others."""
GOLDEN = (5**0.5 - 1) / 2


class Futures(NamedTuple):
    """Rules over parameters, and the draws that they were measured on, D of them."""

    rules: Sequence[Rule]
    """Densest first."""
    values: Mapping[str, Floats]
    """Of each parameter that a rule speaks about, shape (D,)."""
    missed: Floats
    """Share of each draw's lucks under which the target is missed, shape (D,)."""


def box(rule: Rule) -> Text:
    """Return the conditions of a rule, with what parameters are called."""
    return between(worded("mark.and"), map(_condition, rule.conditions))


def _condition(condition: Condition) -> Text:
    names = short_names()[condition.name]
    return Text(*(condition._replace(name=name).text() for name in names))


def unit_of(parameter: str) -> Text:
    """Return what a parameter is measured in."""
    unit = find(parameter).unit
    return Text(unit, parameter_unit(unit, "zh"))


def figure(goal: Objective, found: Futures, basis: Basis, said: Text) -> Figure:
    """Return a chart for each of the densest boxes, among the draws it was measured on.

    Args:
        goal: what is missed.
        found: rules and draws.
        basis: what they rest on.
        said: what there is to see, in words.
    """
    shown = found.rules[:MOST]
    columns = min(2, len(shown))
    panels = tuple(_panel(at, rule, found) for at, rule in enumerate(shown))
    rows = -(-len(shown) // 2)
    size = (columns * WIDE, AROUND + rows * HIGH)
    mark = Panels(panels, columns, size, "last" if len(shown) > 2 else "each")
    told = [worded("futures.reading"), *_further(shown)]
    if len(found.rules) > MOST:
        told.append(worded("futures.more", shown=MOST, all=len(found.rules)))
    return basis.figure(
        f"futures_{goal.id}",
        worded("futures.title", count=unquoted(goal.name)),
        worded("futures.subtitle"),
        mark,
        *told,
        alternative=said,
    )


def _further(shown: Sequence[Rule]) -> Iterator[Text]:
    """Yield the conditions beyond the two that a chart has room for."""
    for at, rule in enumerate(shown, start=1):
        for each in rule.conditions[2:]:
            yield worded("futures.also", box=at, condition=_condition(each))


def _panel(at: int, rule: Rule, found: Futures) -> Panel:
    """Return the chart of one box: draws by their places among all, and the box around some."""
    one, *others = rule.conditions
    across = ranks(found.values[one.name])
    if others:
        up, heights = ranks(found.values[others[0].name]), ends(others[0], found)
        upright = _scale(others[0], found)
    else:
        up, heights = np.asarray(np.arange(len(across)) * GOLDEN % 1.0), (0.0, 1.0)
        upright = Scale(0.0, 1.0, (), label=worded("futures.alone"))
    meets = np.ones(len(across), dtype=bool)
    for each in others[1:]:
        meets &= (each.low < found.values[each.name]) & (found.values[each.name] <= each.high)
    (left, right), (low, high) = ends(one, found), heights
    corners = ((left, low), (right, low), (right, high), (left, high), (left, low))
    sides = tuple((*start, *end) for start, end in pairwise(corners))
    title = worded(
        "futures.box",
        number=at + 1,
        density=percent(rule.density),
        range=percent_range(rule.low, rule.high),
        base=percent(rule.base),
    )
    layers = (
        Area((left, right), (low, low), (high, high), palette.TINTS[1]),
        Pieces(sides, palette.VERMILION, 1.4),
        *_dots(across, up, found.missed, meets),
    )
    return Panel(title, _scale(one, found), upright, layers)


def ranks(values: Floats) -> Floats:
    """Return each value's place among all, between 0 and 1; equal values share theirs."""
    return np.asarray((stats.rankdata(values) - 0.5) / len(values))


def ends(condition: Condition, found: Futures) -> tuple[float, float]:
    """Return where a condition's ends stand among the draws' values, between 0 and 1."""
    values = found.values[condition.name]
    return float((values <= condition.low).mean()), float((values <= condition.high).mean())


def _dots(across: Floats, up: Floats, missed: Floats, meets: NDArray[np.bool_]) -> Iterator[Layer]:
    """Yield the draws by what becomes of the target; those a further condition leaves out small."""
    size = next(size for most, size in DOTS if len(missed) <= most)
    for name, chosen, colour in (
        ("reached", missed == 0.0, palette.BANDS[2]),
        ("partly", (missed > 0.0) & (missed < 1.0), palette.VERMILION),
        ("missed", missed == 1.0, palette.VERMILION),
    ):
        for kept, own, label in (
            (chosen & ~meets, OUTSIDE * size, None),
            (chosen & meets, size, worded(f"futures.{name}")),
        ):
            if kept.any() or label is not None:
                yield Dots(
                    numbers(across[kept]), numbers(up[kept]), colour, size=own, name=label,
                    hollow=name == "partly",
                )  # fmt: skip


def _scale(condition: Condition, found: Futures) -> Scale:
    """Return a scale of places among all draws, on which the box's ends stand as values."""
    values = found.values[condition.name]
    at = dict(zip(ends(condition, found), condition[1:], strict=True))
    shown = {place: value for place, value in at.items() if np.isfinite(value)}
    for place, value in ((0.0, values.min()), (1.0, values.max())):
        if all(abs(place - other) > APART for other in shown):
            shown[place] = float(value)
    ticks = ticked(shown, map(rounded, shown.values()))
    return Scale(0.0, 1.0, ticks, label=_named(condition.name))


def _named(parameter: str) -> Text:
    name, unit = short_names()[parameter], unit_of(parameter)
    return worded("list.bracketed", name=name, inside=unit)
