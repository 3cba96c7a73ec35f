"""What is told of two packages, count by count: declared columns and tables."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isfinite
from typing import Any, Protocol

from sim.estimate.effects import Effect, OverDraws, Signs, Size
from sim.estimate.paired import Difference
from sim.estimate.rates import CostDifference, Rate
from sim.experiments.compare import CountDifference
from sim.experiments.effect_rows import RATE, columns, names_of
from sim.language import Text
from sim.spec.table import Column, Table, Value, table
from sim.studies.shared.counts import NAMES, NONE
from sim.text.catalogue import worded
from sim.text.multiples import plain_ratio
from sim.text.numbers import decimals, with_ends
from sim.text.together import Rounded, amount, together

Count = CountDifference


class Told(Protocol):
    """Two packages compared, just now or as a file tells it."""

    @property
    def counts(self) -> Sequence[Count]:
        """How each count differs."""

    @property
    def joint(self) -> Difference:
        """Likelihood of all counts together."""

    @property
    def joint_likelihoods(self) -> tuple[float, float]:
        """That of both packages."""

    @property
    def joint_about(self) -> Difference:
        """The same, 左右 where the plan says so."""

    @property
    def joint_about_likelihoods(self) -> tuple[float, float]:
        """That of both packages."""

    @property
    def costs(self) -> tuple[float, float]:
        """Public cost of both until counts are due at default unit costs, 亿元."""

    @property
    def more(self) -> CostDifference:
        """What the second spends more, over the draws of the unit costs."""


def _column(
    word: str,
    fields: Sequence[str],
    values: Callable[[Count], Iterable[Value]],
    shown: Callable[[Count], str] | None = None,
    group: int = 0,
    quiet: Callable[[Count], bool] | None = None,
) -> Column[Count]:
    head = worded(f"compare.{word}")
    return Column(fields, values, head, shown, group, share=1.5, quiet=quiet)


def _of_effect(start: str, end: str) -> tuple[Sequence[str], Callable[[Count], Iterable[Value]]]:
    """Return the fields of an effect from one to another, and how their values are had."""
    names = names_of(Effect)
    fields = names[names.index(start) : names.index(end) + 1]

    def values(count: Count) -> list[Any]:
        row = columns("", count.effect)
        return [row[field] for field in fields]

    return fields, values


def _unclear(count: Count) -> bool:
    return not count.effect.told_apart


def known(value: float) -> float | None:
    """Return a number as files hold it: nothing where an interval is open."""
    return value if isfinite(value) else None


def apart(found: Difference) -> list[Value]:
    """Return a difference as files hold it, and whether it can be told from none."""
    return [found.value, found.low, found.high, not found.tie]


COUNT: Column[Count] = Column(
    ("count",),
    lambda count: (count.id,),
    worded("compare.count"),
    lambda count: NAMES[count.id],
    share=2.0,
    number=False,
)
LIKELIHOODS: Sequence[Column[Count]] = (
    _column(
        "likelihood",
        ("likelihood_first", "likelihood_second"),
        lambda count: (count.first, count.second),
        lambda count: levels(_strict(count)),
    ),
    _column(
        "points",
        ("difference", "difference_low", "difference_high", "told_apart"),
        lambda count: apart(count.likelihood),
        lambda count: points(_strict(count), count.likelihood),
        quiet=lambda count: count.likelihood.tie,
    ),
    _column(
        "likelihood",
        ("about_first", "about_second"),
        lambda count: count.about_likelihoods,
        lambda count: levels(_about(count)),
        1,
    ),
    _column(
        "about_points",
        ("about_difference", "about_low", "about_high", "about_told_apart"),
        lambda count: apart(count.about),
        lambda count: points(_about(count), count.about),
        1,
        quiet=lambda count: count.about.tie,
    ),
)
EFFECTS: Sequence[Column[Count]] = (
    _column(
        "amount",
        *_of_effect("amount", "amount_high"),
        lambda count: _size(count.effect.amount, amount),
        quiet=_unclear,
    ),
    _column(
        "spread",
        *_of_effect("amount_p10", "amount_p90"),
        lambda count: _range(*count.effect.amount[3:], amount),
    ),
    _column(
        "ratio",
        *_of_effect("ratio", "ratio_high"),
        lambda count: f"×{_size(count.effect.ratio, plain_ratio)}",
        1,
        quiet=_unclear,
    ),
    _column(
        "spread",
        *_of_effect("ratio_p10", "ratio_p90"),
        lambda count: _range(*count.effect.ratio[3:], plain_ratio),
        1,
    ),
    _column("pairs", *_of_effect("none_before", "none_before")),
    _column(
        "pairs",
        *_of_effect("pairs_up", "pairs_down"),
        lambda count: _unsure(_signs(count.effect.pairs), _unclear(count)),
        2,
        quiet=_unclear,
    ),
    _column(
        "draws",
        *_of_effect("draws_up", "draws_down"),
        lambda count: _signs(count.effect.draws),
        2,
        quiet=_unclear,
    ),
    _column("pairs", *_of_effect("sign", "sign_high")),
    _column(
        "amount_over",
        *_of_effect("amount_over_draws_p10", "amount_over_draws_luck"),
        lambda count: _over(count.effect.amount_over_draws, amount),
        3,
        quiet=lambda count: count.effect.amount_over_draws.all_luck,
    ),
    _column(
        "ratio_over",
        *_of_effect("ratio_over_draws_p10", "ratio_over_draws_luck"),
        lambda count: _over(count.effect.ratio_over_draws, plain_ratio),
        3,
        quiet=lambda count: count.effect.ratio_over_draws.all_luck,
    ),
)
BESIDE: Sequence[Column[Count]] = (
    _column(
        "decides",
        *_of_effect("decided_gained", names_of(Effect)[-1]),
        lambda count: " / ".join(f"{100 * each.share.value:.0f}" for each in (
            count.effect.decided, count.effect.decided_about)),
        2,
    ),
    _column("count", ("count_told_apart",), lambda count: (count.effect.told_apart,)),
    _column(
        "months",
        ("months_difference", "months_low", "months_high"),
        lambda count: map(known, count.months[:3]) if count.months else (None,) * 3,
        lambda count: with_ends(*count.months[:3]) if count.months else NONE,
        2,
    ),
    _column(
        "only",
        ("only_first", "only_second"),
        lambda count: count.joint,
        lambda count: f"{count.joint[0]} / {count.joint[1]}",
        3,
    ),
    _column(
        "reduction",
        ("variance_reduction",),
        lambda count: (count.likelihood.reduction,),
        lambda count: f"×{n:.1f}" if (n := count.likelihood.reduction) is not None else NONE,
        3,
    ),
)  # fmt: skip
NO_RATE = (None,) * len(names_of(Rate, RATE))
PER_COST: Column[Count] = _column(
    "rate",
    names_of(Rate, RATE),
    lambda count: columns(RATE, count.rate).values() if count.rate else NO_RATE,
    lambda count: _rate(count.rate),
    3,
)


def tables(found: Told, ending: str = "") -> Iterator[Table]:
    """Yield the tables on the counts themselves and on their likelihoods.

    Args:
        found: the comparison.
        ending: of the tables' titles, where several stand below each other.
    """
    for word, own in (("effects", EFFECTS), ("chances", (*LIKELIHOODS, *BESIDE, PER_COST))):
        title = worded(f"compare.{word}")
        titled = Text(*(f"{each}{ending}" for each in title))
        yield table("", titled, (COUNT, *own), found.counts)


def _strict(count: Count) -> Rounded:
    return together(count.first, count.second, count.likelihood)


def _about(count: Count) -> Rounded:
    return together(*count.about_likelihoods, count.about)


def levels(found: Rounded) -> str:
    """Return the likelihoods of both packages."""
    return f"{found.first.removesuffix('%')} → {found.second}"


def points(rounded: Rounded, found: Difference) -> str:
    """Return points with their interval, marked where they cannot be told from none."""
    return _unsure(f"{rounded.value} ({rounded.low} … {rounded.high})", found.tie)


def _unsure(text: str, unsure: bool) -> str:
    return f"≈ {text}" if unsure else text


def _signs(found: Signs) -> str:
    return f"{100 * found.up:.0f} / {100 * found.down:.0f}"


def _size(size: Size, write: Callable[[float], str]) -> str:
    return f"{write(size.value)} ({_range(size.low, size.high, write)})"


def _range(low: float, high: float, write: Callable[[float], str]) -> str:
    return f"{write(low)} … {write(high)}"


def _over(found: OverDraws, write: Callable[[float], str]) -> str:
    if found.all_luck:
        return f"≈ {write(found.p50)}"
    return " · ".join(write(each) for each in found[:3])


def _rate(found: Rate | None) -> str:
    if found is None:
        return NONE
    value, low, high = (decimals(each, 3) for each in (found.value, found.low, found.high))
    return f"{value} ({low} … {high})"
