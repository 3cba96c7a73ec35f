"""The table of published and simulated statistics, and how their values are written."""

import math
from collections.abc import Callable
from typing import Final, NamedTuple

from sim.evidence.replication.evaluations import Statistic
from sim.evidence.replication.replicated import Line, Replicated, Spread
from sim.language import Text
from sim.spec.table import Column, Value
from sim.text.catalogue import worded
from sim.text.numbers import MINUS, percent

PERCENT: Final = 100.0
HITS: Final = {each: worded(f"replicate.{each}") for each in ("hit", "missed", "cannot")}
ROLES: Final = {each: worded(f"replicate.{each}") for each in ("fit", "check", "seen")}


class Unit(NamedTuple):
    """How values of a unit are written, and where the figure has them, in per cent."""

    write: Callable[[float], str]
    percent: Callable[[float], float] | None
    """None: the figure leaves them out."""


def _signed(digits: int) -> Callable[[float], str]:
    def write(value: float) -> str:
        text = f"{value:+,.{digits}f}"
        return (text[1:] if not text.strip("+-0.,") else text).replace("-", MINUS)

    return write


def _changed(value: float) -> str:
    return f"{_signed(1 if abs(value) < 0.1 else 0)(PERCENT * value)}%"


UNITS: Final = {
    "change": Unit(_changed, lambda value: PERCENT * value),
    "share": Unit(lambda value: f"{_signed(0)(PERCENT * value)}%".lstrip("+"),
                  lambda value: PERCENT * value),
    "ratio": Unit(lambda value: f"×{value:.2f}", lambda value: PERCENT * (value - 1.0)),
    "yuan": Unit(lambda value: _signed(2)(value).lstrip("+"), lambda value: PERCENT * value),
    "days": Unit(_signed(0), None),
}  # fmt: skip


def _range(statistic: Statistic, low: float, high: float) -> str:
    """Write a range, or the end that it has."""
    write = UNITS[statistic.unit].write
    if math.isinf(low):
        return f"≤ {write(high)}"
    return f"≥ {write(low)}" if math.isinf(high) else f"{write(low)} … {write(high)}"


def published(line: Line) -> str:
    """Write the published interval; a direction alone as that, but of a ratio, which turns at 1."""
    statistic = line.statistic
    if statistic.basis == "sign" and statistic.unit != "ratio":
        return "> 0" if math.isinf(statistic.high) else "≤ 0"
    return _range(statistic, statistic.low, statistic.high)


def simulated(line: Line, found: Spread | None, first: int | None = None) -> str:
    """Write a median, or a range from one quantile to the one opposite."""
    if found is None or math.isnan(found.median):
        return "—"
    if first is None:
        return UNITS[line.statistic.unit].write(found.median)
    return _range(line.statistic, found.quantiles[first], found.quantiles[-1 - first])


def _inside(line: Line) -> str:
    """Write the share of replicates that lie in the published interval."""
    if line.prior is None or math.isnan(line.prior.inside):
        return "—"
    return percent(line.prior.inside)


def ids(line: Line) -> tuple[str, str]:
    """Return the ids of evaluation and statistic."""
    return line.evaluation.id, line.statistic.id


def _numbers(found: Spread | None) -> tuple[Value, ...]:
    if found is None:
        return (None,) * 7
    told = (*found.quantiles, found.inside)
    return (*(None if math.isnan(each) else each for each in told), found.known)


def columns(found: Replicated) -> tuple[Column[Line], ...]:
    """Return the columns: what is published, the prior, the posterior beside it, and the role."""
    ends = ("low_95", "low_80", "median", "high_80", "high_95", "inside", "known")
    posterior: tuple[Column[Line], ...] = ()
    if found.calibrated:
        posterior = (
            Column((), lambda _: (), worded("replicate.head_posterior"),
                   lambda line: simulated(line, line.posterior), 2),
            Column((), lambda _: (), worded("replicate.head_80"),
                   lambda line: simulated(line, line.posterior, 1), 2, 1.6),
            Column(("hit_posterior",), lambda line: (line.hit_posterior,),
                   worded("replicate.head_hit"), lambda line: HITS[line.hit_posterior or "cannot"],
                   2),
        )  # fmt: skip
    return (
        Column(
            ("evaluation", "statistic"),
            ids,
            worded("replicate.head_statistic"),
            label,
            share=2.6,
            number=False,
        ),
        Column(
            ("unit", "published_low", "published_high", "basis"),
            lambda line: (line.statistic.unit, *map(finite, line.statistic[3:5]),
                          line.statistic.basis),
            worded("replicate.head_published"),
            published,
            share=1.6,
        ),
        Column(
            tuple(f"prior_{each}" for each in ends),
            lambda line: _numbers(line.prior),
            worded("replicate.head_prior"),
            lambda line: simulated(line, line.prior),
        ),
        Column((), lambda _: (), worded("replicate.head_80"),
               lambda line: simulated(line, line.prior, 1), 1, 1.6),
        Column((), lambda _: (), worded("replicate.head_95"),
               lambda line: simulated(line, line.prior, 0), 1, 1.6),
        Column((), lambda _: (), worded("replicate.head_inside"), _inside, 1),
        Column(("hit", "sure"), lambda line: (line.hit, int(line.sure)),
               worded("replicate.head_hit"), lambda line: HITS[line.hit],
               quiet=lambda line: not line.sure),
        *posterior,
        Column(tuple(f"posterior_{each}" for each in ends), lambda line: _numbers(line.posterior)),
        Column(("role",), lambda line: (line.evaluation.role,), worded("replicate.head_role"),
               lambda line: ROLES[line.evaluation.role]),
        Column(("rows",), lambda line: (
            " ".join(row for source in line.evaluation.sources for row in source.rows),)),
    )  # fmt: skip


def finite(value: float) -> float | None:
    """Return a number as files hold it: neither infinity nor what is none."""
    return value if math.isfinite(value) else None


def label(line: Line) -> Text:
    """Name a statistic with its evaluation."""
    return worded("replicate.row", name=line.evaluation.name, statistic=line.statistic.name)
