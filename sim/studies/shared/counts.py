"""Likelihoods of all counts and what they vary with: one table, for terminal and report."""

from collections.abc import Callable, Iterable, Sequence

from sim.estimate import CountSummary, Interval, Summary
from sim.language import Text
from sim.plan import PLAN
from sim.spec.table import Column, Value
from sim.text.catalogue import worded
from sim.text.joining import semicolons
from sim.text.numbers import exact, percent, plain

NAMES = {count.id: count.name for count in PLAN.counts}
NONE = "—"
NUMBERED = [Text(str(n), str(n)) for n in range(1, len(PLAN.counts) + 1)] + [worded("compare.all")]
"""Heads of tables in which counts stand by their numbers, and all of them together."""
Line = CountSummary | Summary
"""A count, or all of them together."""


def _column(
    word: str,
    fields: Sequence[str],
    values: Callable[[CountSummary], Iterable[Value]],
    shown: Callable[[CountSummary], Text | str],
    group: int = 0,
    share: float = 1.0,
) -> Column[Line]:
    """Return a column that says nothing of all counts together."""
    nothing = (None,) * len(fields)
    return Column(
        fields,
        lambda line: nothing if isinstance(line, Summary) else values(line),
        worded(f"run.{word}"),
        lambda line: "" if isinstance(line, Summary) else shown(line),
        group,
        share,
    )


def _likelihood(word: str, name: str, found: Callable[[Line], Interval]) -> Column[Line]:
    fields = (name, f"{name}_low", f"{name}_high")
    head = worded(f"run.{word}")
    return Column(fields, found, head, lambda line: likelihood(found(line)), share=1.7)


COLUMNS: Sequence[Column[Line]] = (
    Column(
        ("count",),
        lambda line: ("all" if isinstance(line, Summary) else line.id,),
        worded("run.count"),
        lambda line: (
            worded("likelihood.joint") if isinstance(line, Summary) else NAMES[line.id]
        ),
        share=3.0,
        number=False,
    ),
    _column("target", ("target",), lambda each: (each.target,), lambda each: exact(each.target)),
    _likelihood(
        "strict",
        "likelihood",
        lambda line: line.joint if isinstance(line, Summary) else line.likelihood,
    ),
    _likelihood(
        "about",
        "about",
        lambda line: line.joint_about if isinstance(line, Summary) else line.about,
    ),
    _column("median", ("median",), lambda each: (each.median,), lambda each: plain(each.median), 1),
    _column(
        "range",
        ("p10", "p90"),
        lambda each: (each.p10, each.p90),
        lambda each: f"{plain(each.p10)} - {plain(each.p90)}",
        1,
        1.4,
    ),
    _column(
        "over",
        ("over_low", "over_high"),
        lambda each: each.over_parameters or (None, None),
        lambda each: ends(*each.over_parameters) if each.over_parameters else NONE,
        2,
        1.3,
    ),
    _column(
        "year",
        ("median_year",),
        lambda each: (each.median_year,),
        lambda each: _year(each.median_year),
        3,
    ),
    _column(
        "luck", ("luck_share",), lambda each: (each.luck_share,),
        lambda each: _share(each.luck_share), 4,
    ),
    _column(
        "parameters", ("parameter_share",), lambda each: (each.parameter_share,),
        lambda each: _share(each.parameter_share), 4,
    ),
)  # fmt: skip
"""What was asked first, so that a narrow terminal begins with it."""


def likelihood(interval: Interval, digits: int = 0) -> str:
    """Write a likelihood with its interval."""
    value = percent(interval.value) if digits == 0 else f"{100 * interval.value:.{digits}f}%"
    return f"{value} ({ends(interval.low, interval.high, digits)})"


def ends(low: float, high: float, digits: int = 0) -> str:
    """Write the ends of an interval; one that rounds to none or all without being it says so."""
    least, most = f"{100 * low:.{digits}f}", f"{100 * high:.{digits}f}%"
    if digits == 0 and high < 0.5:
        most = percent(high)
    if digits == 0 and low > 0.5:
        least = percent(low).removesuffix("%")
    return f"{least} - {most}"


def _share(value: float | None) -> str:
    return NONE if value is None else f"{100 * value:.0f}%"


def _year(value: float | None) -> Text | str:
    return worded("run.never") if value is None else f"{value:.1f}"


def numbered_counts() -> Text:
    """Return the key to tables in which counts stand by their numbers."""
    names = (
        worded("list.pair", one=number, other=count.name)
        for number, count in enumerate(PLAN.counts, start=1)
    )
    return semicolons(names)
