"""The points of a sweep: what is varied, what each is called, and what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.estimate import Interval, Summary
from sim.estimate.paired import Difference
from sim.estimate.records import Decisions
from sim.experiments.sweep_file import Sweep
from sim.experiments.targets import Target
from sim.language import Text
from sim.parameters import find
from sim.plan import PLAN
from sim.scenario.variants import known as known_variants
from sim.studies.shared.turning import Turning
from sim.text.catalogue import texts, worded
from sim.text.joining import between, commas
from sim.text.together import Rounded, decimals_of, is_tie, together
from sim.views.parameter_names import parameter_meaning

SEPARATOR = " · "
MOST_VALUES = 6
"""Factors whose values make a name; points that differ in more are called by their numbers."""


class Varied(NamedTuple):
    """One factor: a setting of a plan, a safeguard or an instrument, a parameter or a form."""

    name: Text
    """Of what is varied."""
    field: str = ""
    """Which setting of it, as scenario files name them; "" where it has none."""

    @property
    def told(self) -> Text:
        """Return what is varied, with the setting: "Rainforest Plan, dose"."""
        key = f"setting.{self.field}"
        if key not in texts():
            return self.name
        return worded("sweep.factor", name=self.name, setting=worded(key))


class Point(NamedTuple):
    """One point of a sweep, and what came of it."""

    values: tuple[Any, ...]
    """One for each factor; None: as in the base scenario."""
    summary: Summary
    changes: tuple[Difference, ...]
    """How the counts' likelihoods and that of all together differ from those of the base, pair by
    pair."""
    cost: float
    """Public cost until counts are due, 亿元."""
    is_base: bool = False
    """Whether it is the point that all others are paired with."""

    @property
    def likelihoods(self) -> list[Interval]:
        """Return the likelihood of every count, and of all together."""
        return [*(count.likelihood for count in self.summary.counts), self.summary.joint]

    @property
    def clear(self) -> list[str]:
        """Return the counts whose likelihoods surely differ from those of the base."""
        own = zip(PLAN.counts, self.changes, strict=False)
        return [count.id for count, change in own if not change.tie]

    @property
    def largest(self) -> float:
        """Return the largest of these differences; 0: there is none."""
        own = self.changes[: len(PLAN.counts)]
        return max((abs(each.value) for each in own if not each.tie), default=0.0)


class Names(NamedTuple):
    """What the points of a sweep are called: as few words as tell each from all others."""

    key: Text | None
    """What all points have in common: the factors whose values make the names."""
    texts: list[Text]
    """One for each point."""


def turned_in(
    sweep: Sweep, points: Sequence[Point], names: Names, by: Sequence[Decisions]
) -> list[Turning]:
    """Return what turns the effects of each point but the base, the largest first.

    Args:
        sweep: whose points they are.
        points: what came of them.
        names: what they are called.
        by: what turns what each adds to each count; none: that was not looked at.
    """
    own = zip(points, names.texts, sweep.scenarios, by, strict=True) if by else ()
    others = sorted((each for each in own if not each[0].is_base), key=lambda e: -e[0].largest)
    return [
        Turning((sweep.base.id, scenario.id), name, point.clear, decisions)
        for point, name, scenario, decisions in others
    ]


def varied(targets: Sequence[Target]) -> Varied:
    """Return a factor as a person calls it: all that it changes at once."""
    names = [_name(target) for target in targets]
    joined = Text(*(" + ".join(own) for own in zip(*names, strict=True)))
    return Varied(joined, targets[0].field)


def _name(target: Target) -> Text:
    if target.kind == "move":
        giver, _, receiver = target.id.partition(">")
        told = {"of": _called(giver), "to": _called(receiver), "month": target.start}
        return worded("sweep.move", **told)
    if target.kind == "variant":
        return known_variants()[target.id].name
    if target.kind == "parameter":
        return parameter_meaning(find(target.id).name)
    return _called(target.id)


def _called(id_: str) -> Text:
    """Return the name of a plan, a safeguard or an instrument."""
    return next(entry.name for entry in (*PLAN.levers, *PLAN.instruments) if entry.id == id_)


def value_text(value: Any) -> Text:
    """Return a factor's value as a reader wants it."""
    if value is None:
        return worded("sweep.as_base")
    if isinstance(value, bool):
        return worded("sweep.on" if value else "sweep.off")
    if isinstance(value, tuple):
        return commas(Text(each, each) for each in map(str, value))
    text = f"{value:g}" if isinstance(value, int | float) else str(value)
    return Text(text, text)


def names_of(factors: Sequence[Varied], points: Sequence[Sequence[Any]]) -> Names:
    """Return what points are called.

    Things that are on or off are named by which are on, points that differ from the base in one
    thing by that, points of few factors by their values in the factors' order, and points of many
    by their numbers, as in ``points.csv``.

    Args:
        factors: what was varied.
        points: their values; the base among them may stand outside the design.
    """
    told = [values for values in points if any(value is not None for value in values)]
    base = worded("sweep.base")
    if all(isinstance(value, bool) for values in told for value in values):
        return Names(None, [_combination(factors, values) if values in told else base
                            for values in points])  # fmt: skip
    if all(sum(value is not None for value in values) <= 1 for values in told):
        return Names(None, [_changed(factors, values) for values in points])
    if len(factors) > MOST_VALUES:
        numbered = [
            worded("sweep.number", number=number) if values in told else base
            for number, values in enumerate(points)
        ]
        return Names(None, numbered)
    key = _dotted([factor.told for factor in factors])
    return Names(key, [_dotted(map(value_text, each)) if each in told else base for each in points])


def marked(names: Names, points: Sequence[Point]) -> list[Text]:
    """Return names with the base marked."""
    return [
        worded("sweep.marked", name=name) if point.is_base else name
        for name, point in zip(names.texts, points, strict=True)
    ]


def _dotted(parts: Any) -> Text:
    return between(Text(SEPARATOR, SEPARATOR), parts)


def _changed(factors: Sequence[Varied], values: Sequence[Any]) -> Text:
    """Return what sets a point apart from the base."""
    told = [
        worded(
            "sweep.changed",
            name=factor.name if factor.field == "on" else factor.told,
            value=value_text(value),
        )
        for factor, value in zip(factors, values, strict=True)
        if value is not None
    ]
    return _dotted(told) if told else worded("sweep.base")


def _combination(factors: Sequence[Varied], values: Sequence[Any]) -> Text:
    """Return what a point is whose things are on or off: which of them are on."""
    if any(factor.field != "on" for factor in factors) or len(factors) == 1:
        return _changed(factors, values)
    on, off = (
        [factor.name for factor, value in zip(factors, values, strict=True) if value is wanted]
        for wanted in (True, False)
    )
    if not on or not off:
        return worded("sweep.all_on" if on else "sweep.none_on")
    if len(on) <= len(off):
        return worded("sweep.only_on", names=commas(on))
    return worded("sweep.all_but", names=commas(off))


class Told(NamedTuple):
    """One likelihood of one point, as it is written."""

    likelihood: str
    change: str
    """Difference to the base in percentage points; "" for the base itself, like the next two."""
    low: str
    high: str
    tie: bool
    """Whether it cannot be told from the base."""

    def with_ends(self, between: str) -> str:
        """Return the difference with the ends of its interval in brackets."""
        return f"{self.change} ({self.low}{between}{self.high})" if self.change else ""


def base_of(points: Sequence[Point]) -> Point:
    """Return the point that all others are paired with."""
    return next(point for point in points if point.is_base)


def intervals_of(points: Sequence[Point]) -> int:
    """Return how many differences to the base a sweep shows."""
    return sum(len(point.changes) for point in points if not point.is_base)


def told_cells(points: Sequence[Point]) -> list[list[Told]]:
    """Return what is written of each point: its counts, and all of them together.

    A count's likelihoods all have as many decimals as the one that needs most of them: what stands
    in a column is set against the base above it.
    """
    levels = [each.value for each in base_of(points).likelihoods]
    others = [point for point in points if not point.is_base]
    finest = [
        max(
            (decimals_of(level, each.likelihoods[k].value, each.changes[k]) for each in others),
            default=0,
        )
        for k, level in enumerate(levels)
    ]
    return [_told(point, levels, finest) for point in points]


def _told(point: Point, levels: Sequence[float], finest: Sequence[int]) -> list[Told]:
    found = point.likelihoods
    if point.is_base:
        return [
            Told(f"{100 * each.value:.{decimals}f}%", "", "", "", tie=True)
            for each, decimals in zip(found, finest, strict=True)
        ]
    cells: list[Rounded] = [
        together(level, each.value, change, decimals)
        for level, each, change, decimals in zip(levels, found, point.changes, finest, strict=True)
    ]
    return [
        Told(*cell[1:], is_tie(change)) for cell, change in zip(cells, point.changes, strict=True)
    ]


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


def plain(value: Any) -> Any:
    """Return a factor's value as a cell of a file."""
    return " ".join(value) if isinstance(value, tuple) else value


def differs(points: Sequence[Point], at: int) -> Mapping[float, list[int]]:
    """Return which points have each likelihood of a count (the last: all together)."""
    found: dict[float, list[int]] = {}
    for number, point in enumerate(points):
        found.setdefault(point.likelihoods[at].value, []).append(number)
    return found
