"""What the figures of a sweep need to know of it: what was varied, and what came of each point."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.language import Language, Text
from sim.text.catalogue import say, texts
from sim.text.together import Estimated

SEPARATOR = " · "
MOST_VALUES = 6
"""Factors whose values make a name; points that differ in more are called by their numbers."""
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
    """Of all counts together."""
    cost: float
    """Public cost until counts are due, 亿元."""
    changes: Sequence[Estimated]
    """How the counts' likelihoods and that of all together differ from those of the base, pair by
    pair, shape (14,)."""
    is_base: bool = False
    """Whether it is the point that all others are paired with."""


class Names(NamedTuple):
    """What the points of a sweep are called: a table of what differs, never cut."""

    heads: tuple[str, ...]
    """What all points have in common: the factors whose values stand below; "" if nothing."""
    rows: tuple[tuple[str, ...], ...]
    """One for each point; only the first of the base's may be filled."""

    @property
    def in_a_line(self) -> list[str]:
        """Return each point's name on one line."""
        return [SEPARATOR.join(filter(None, row)) for row in self.rows]


def all_of(point: Outcome) -> list[Estimated]:
    """Return the counts likelihoods and that of all together."""
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
    if key not in texts():
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


def names_of(factors: Sequence[Varied], points: Sequence[Outcome], language: Language) -> Names:
    """Return what sets points apart: as few words as tell each from all others.

    Things that are on or off are named by which are on, points that differ from the base in one
    thing by that, points of few factors by their values below the factors' names, and points of
    many by their numbers, as in ``points.csv``.

    Args:
        factors: what was varied.
        points: of the sweep; the base among them may stand outside its design.
        language: of the names.
    """
    base = say("sweep.base", language)
    told = [point for point in points if any(value is not None for value in point.values)]
    if told and all(isinstance(value, bool) for point in told for value in point.values):
        texts = [combination_text(factors, point, language) for point in points]
        return Names(("",), tuple((text,) for text in texts))
    if all(sum(value is not None for value in point.values) <= 1 for point in told):
        texts = [point_text(factors, point, language) for point in points]
        return Names(("",), tuple((text,) for text in texts))
    if len(factors) <= MOST_VALUES:
        heads = tuple(factor_name(factor, language) for factor in factors)
        spare = ("",) * (len(factors) - 1)
        values = [tuple(value_text(value, language) for value in each.values) for each in points]
        rows = ((base, *spare) if not any(map(_said, each.values)) else row
                for each, row in zip(points, values, strict=True))  # fmt: skip
        return Names(heads, tuple(rows))
    numbered = (
        base if point not in told else say("sweep.number", language, number=str(number))
        for number, point in enumerate(points)
    )
    return Names(("",), tuple((text,) for text in numbered))


def _said(value: Any) -> bool:
    return value is not None


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
