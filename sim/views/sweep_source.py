"""What the figures of a sweep need to know of it: what was varied, and what came of each point."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.language import Language, Text
from sim.views.experiment import Estimated
from sim.views.words import say, words

START = "start"
"""The setting that says when a lever begins."""


class Varied(NamedTuple):
    """One factor: a setting of a plan, a safeguard or an instrument, or a parameter."""

    name: Text
    """Of what is varied."""
    field: str = ""
    """Which setting of it, as scenario files name them; "" for a parameter."""


class Outcome(NamedTuple):
    """One point of a sweep, and what came of it."""

    values: tuple[Any, ...]
    """One for each factor; None: as in the base scenario."""
    counts: Sequence[Estimated]
    """Likelihood of every count, in the plan's order, shape (13,)."""
    joint: Estimated
    """Of all thirteen together."""
    cost: float
    """Public cost up to the end of 2030, 亿元."""


def all_of(point: Outcome) -> list[Estimated]:
    """Return the thirteen likelihoods and that of all together."""
    return [*point.counts, point.joint]


def farthest(points: Sequence[Outcome]) -> str:
    """Return how far the widest interval reaches from its likelihood, in percentage points."""
    found = [each for point in points for each in all_of(point)]
    reach = max(max(each.value - each.low, each.high - each.value) for each in found)
    return f"{100 * reach:.1f}"


def factor_name(factor: Varied, language: Language) -> str:
    """Return what is varied, with the setting: "Rainforest Plan, dose"."""
    name = factor.name.in_(language)
    key = f"setting.{factor.field}"
    if key not in words():
        return name
    return say("sweep.factor", language, name=name, setting=say(key, language))


def value_text(value: Any, language: Language) -> str:
    """Return a factor's value as a reader wants it."""
    if value is None:
        return say("sweep.as_base", language)
    if isinstance(value, bool):
        return say("sweep.on" if value else "sweep.off", language)
    if isinstance(value, tuple):
        return (", " if language == "en" else "、").join(map(str, value))
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def point_text(factors: Sequence[Varied], point: Outcome, language: Language) -> str:
    """Return what sets a point apart from the base scenario."""
    changed = [
        _change(factor, value, language)
        for factor, value in zip(factors, point.values, strict=True)
        if value is not None
    ]
    return " · ".join(changed) if changed else say("sweep.base", language)


def combination_text(factors: Sequence[Varied], point: Outcome, language: Language) -> str:
    """Return what a point is: which things are on, if on and off is all that was varied."""
    switches = all(factor.field == "on" for factor in factors)
    if not switches or not all(isinstance(value, bool) for value in point.values):
        return point_text(factors, point, language)
    on, off = (
        [
            factor.name.in_(language)
            for factor, value in zip(factors, point.values, strict=True)
            if value is wanted
        ]
        for wanted in (True, False)
    )
    if not on or not off:
        return say("sweep.all_on" if on else "sweep.none_on", language)
    comma = ", " if language == "en" else "、"
    if len(on) <= len(off):
        return say("sweep.only_on", language, names=comma.join(on))
    return say("sweep.all_but", language, names=comma.join(off))


def front_of(costs: Sequence[float], values: Sequence[float]) -> list[int]:
    """Return the points than which no other is as cheap and likelier, from the cheapest on.

    Of points that cost the same and are as likely, the first is taken.

    Args:
        costs: of each point.
        values: likelihood of each.
    """
    front: list[int] = []
    for number in sorted(range(len(costs)), key=lambda each: (costs[each], -values[each])):
        if not front or values[number] > values[front[-1]]:
            front.append(number)
    return front


def _change(factor: Varied, value: Any, language: Language) -> str:
    text = value_text(value, language)
    name = factor.name.in_(language) if factor.field == "on" else factor_name(factor, language)
    return f"{name} {text}"
